"""Promises: where they hold, and that they say what the page says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import pytest

from storegen.views.contexts.parts import Fact
from tests.planned import plan_shop
from tests.records import HELSINKI
from tests.shop import NOW, SITE

PROMISES = """\
promises:
  delivery: {title: "With you in {delivery_days} days", text: "Sent before {send_before}. {delivery_price}, free from {free_from}. Ask us.", short: "Free from {free_from}", icon: parcel}
  hallmark: {title: Hallmarked 925, %s}
banner: [delivery]
product_promises: [delivery, hallmark]
"""
PLAIN = SITE.replace('menu: ["category:rings", "guides"]\n', "")
END = dt.datetime(2026, 12, 1, tzinfo=HELSINKI)
FILES: Mapping[str, str] = {
    "content/categories/rings.yaml": "name: Rings\n",
    "content/categories/rings/bands.yaml": "name: Bands\n",
    "content/categories/cloths.yaml": "name: Cloths\n",
    "content/products/band.yaml": "name: Band\nprice: 50.00\ncategory: bands\ntags: [silver]\n",
    "content/products/cloth.yaml": "name: Cloth\nprice: 12.00\ncategory: cloths\n",
    "content/products/voucher.yaml": "name: Voucher\nprice: 20.00\ntags: [silver]\ndelivery: {digital: yes}\n",
}
USUAL = "Sent before 14:00. €5.90, free from €120. Ask us."


def facts(product: str, hallmark: str = "icon: hallmark", site: str = PLAIN, **files: str) -> tuple[Fact, ...]:
    """Return the promises on the page of a product."""
    more = {f"content/{name.replace('__', '/')}.yaml": text for name, text in files.items()}
    shop = plan_shop({**FILES, "site.yaml": site + PROMISES % hallmark, **more})
    found: tuple[Fact, ...] = shop.context(f"products/{product}/index.html").facts
    return found


def ids(found: tuple[Fact, ...]) -> list[str]:
    return [each.id for each in found]


@pytest.mark.parametrize(
    ("limit", "holds"),
    [
        ("icon: hallmark", {"band", "cloth", "voucher"}),
        ("categories: [rings]", {"band"}),
        ("categories: [bands]", {"band"}),
        ("categories: [cloths]", {"cloth"}),
        ("categories: [cloths], products: [band]", {"band", "cloth"}),
        ("tags: [silver]", {"band", "voucher"}),
        ("tags: [silver], excluding: [band]", {"voucher"}),
        ("excluding: [cloth]", {"band", "voucher"}),
        ("tags: [silver], digital: no", {"band"}),
        ("digital: no", {"band", "cloth"}),
        ("digital: yes, icon: truck", {"band", "cloth", "voucher"}),
        ("icon: truck", {"band", "cloth"}),
        ("icon: return", {"band", "cloth"}),
        ("text: 'Back within {return_days} days.'", {"band", "cloth"}),
        ("text: 'We answer {answer_hours} hours.'", {"band", "cloth", "voucher"}),
    ],
)
def test_promise_is_where_it_holds(limit: str, holds: set[str]) -> None:
    assert {name for name in ("band", "cloth", "voucher") if "hallmark" in ids(facts(name, limit))} == holds


def test_digital_product_promises_no_parcel() -> None:
    assert ids(facts("voucher")) == ["hallmark"]
    assert ids(facts("band")) == ["delivery", "hallmark"]


def test_page_shows_the_first_four_promises_that_hold() -> None:
    several = "".join(
        f"  p{number}: {{title: P{number}, {limit}}}\n"
        for number, limit in enumerate(["tags: [other]", "icon: lock", "icon: lock", "icon: lock", "icon: lock"])
    )
    site = PLAIN + f"promises:\n{several}product_promises: [p0, p1, p2, p3, p4]\n"
    shop = plan_shop({**FILES, "site.yaml": site})

    assert ids(shop.context("products/band/index.html").facts) == ["p1", "p2", "p3", "p4"]


def test_promise_says_the_costs_of_the_shop() -> None:
    [delivery, _] = facts("band")

    assert (delivery.title, delivery.text, delivery.ends) == ("With you in 1–3 days", USUAL, None)


@pytest.mark.parametrize(
    ("offer", "product", "free"),
    [
        ("products: [band]", "band", True),
        ("products: [band]", "cloth", False),
        ("min_total: 50.00", "band", True),
        ("min_total: 50.00", "cloth", False),
        ("methods: [post]", "cloth", True),
        ("countries: [FI]", "cloth", True),
        ("code: SENT", "cloth", False),
        ("min_count: 2", "cloth", False),
    ],
)
def test_promise_does_not_name_a_cost_where_delivery_is_free(offer: str, product: str, *, free: bool) -> None:
    found = facts(product, offers__sent=f"kind: free_delivery\nname: Sent\n{offer}\n")[0]

    assert found.text == ("Sent before 14:00. Delivery is free. Ask us." if free else USUAL)


def test_promise_of_free_delivery_ends_with_its_offer() -> None:
    found = facts("band", offers__sent="kind: free_delivery\nname: Sent\nstarts: 2026-11-20\nends: 2026-11-30\n")[0]

    assert found.ends == END
    assert found.then is not None
    assert (found.text, found.then.text) == ("Sent before 14:00. Delivery is free. Ask us.", USUAL)
    assert (found.then.ends, found.then.then) == (None, None)


def test_dear_product_is_sent_free_and_says_so() -> None:
    dear = {"products__band": "name: Band\nprice: 120.00\ncategory: bands\n"}

    assert facts("band", **dear)[0].text == "Sent before 14:00. Delivery is free. Ask us."


def test_product_with_its_own_delivery_promises_that() -> None:
    two = PLAIN.replace(
        "returns:", "    - {id: lorry, name: Lorry, price: 49.00, days: 5-8, countries: [FI]}\nreturns:"
    )
    heavy = {"products__band": "name: Band\nprice: 50.00\ncategory: bands\ndelivery: {methods: [lorry]}\n"}
    [found, _] = facts("band", site=two, **heavy)

    # No sum frees the lorry, so the sentence with that sum is left out.
    assert (found.title, found.text) == ("With you in 5–8 days", "Sent before 14:00. Ask us.")


def banner(site: str = PLAIN + PROMISES % "icon: hallmark", *, now: dt.datetime = NOW, **offers: str) -> list[object]:
    more = {f"content/offers/{name}.yaml": f"name: {name.title()}\n{text}" for name, text in offers.items()}
    shop = plan_shop({**FILES, "site.yaml": site, **more}, now=now)
    return [(line.text, line.href, line.ends, line.then) for line in shop.plan.shared["en"].banner]


FREE = "kind: free_delivery\nstarts: 2026-11-20\nends: 2026-11-30\n"


@pytest.mark.parametrize(
    ("offer", "line"),
    [
        (FREE, ("Delivery is free", "", END, "Free from €120")),
        (f"{FREE}everything: yes\n", ("Delivery is free", "", END, "Free from €120")),
        ("kind: free_delivery\n", ("Delivery is free", "", None, "")),
        (f"{FREE}products: [band]\n", ("Free from €120", "", None, "")),
        (f"{FREE}excluding: [band]\n", ("Free from €120", "", None, "")),
        (f"{FREE}min_total: 40.00\n", ("Free from €120", "", None, "")),
        (f"{FREE}countries: [FI]\n", ("Free from €120", "", None, "")),
        (f"{FREE}methods: [post]\n", ("Free from €120", "", None, "")),
        (f"{FREE}code: HI\n", ("Free from €120", "", None, "")),
    ],
)
def test_banner_says_that_delivery_is_free_if_it_is_for_every_order(offer: str, line: tuple[object, ...]) -> None:
    assert banner(sent=offer) == [line]


WEEK = "percent: 10\nproducts: [band]\nstarts: 2026-11-20\nends: 2026-11-30\n"
ANNOUNCED = PLAIN + "banner: ['offer:week']\n"


@pytest.mark.parametrize(
    ("offer", "days", "lines"),
    [
        (WEEK, 0, [("Week", "", END, "")]),
        (f"{WEEK}page: yes\n", 0, [("Week", "/offers/week/", END, "")]),
        (WEEK, -10, []),
        (WEEK, 10, []),
    ],
)
def test_banner_announces_an_offer_while_it_runs(offer: str, days: int, lines: list[object]) -> None:
    assert banner(ANNOUNCED, now=NOW + dt.timedelta(days=days), week=offer) == lines


def test_offer_that_is_announced_nowhere_is_not_in_the_banner() -> None:
    assert banner(PLAIN, week=WEEK) == []
