"""Offers as a whole: each mistake that no single key shows is reported with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from storegen.errors import ContentError
from storegen.load.shop import load_shop
from tests.shop import SITE, Shop

PLAIN = SITE.replace('menu: ["category:rings", "guides"]\n', "")
TIMES = "starts: 2026-11-23\nends: 2026-11-30\n"
ABOUT = "products: [band]\n"


def problems(folder: Path, **offers: str) -> list[str]:
    """Return what is wrong with offers, without the folder of their files."""
    files = {
        "site.yaml": PLAIN,
        "content/categories/rings.yaml": "name: Rings\n",
        "content/products/band.yaml": "name: Band\nprice: 50.00\n",
        "content/products/hoops.yaml": "name: Hoops\nprice: 40.00\nvariants: [{sku: H-1, price: 30.00}]\n",
        "content/products/yen.yaml": "name: Yen\nprice: 100\ncurrency: JPY\n",
        **{f"content/offers/{name}.yaml": f"name: Offer\n{text}" for name, text in offers.items()},
    }
    site = Shop(folder / "shop", files).folder
    try:
        load_shop(site)
    except ContentError as error:
        return [str(problem).removeprefix("content/offers/") for problem in error.problems]
    return []


GOOD = [
    f"kind: sale\npercent: 10\n{ABOUT}{TIMES}",
    f"percent: 10\n{ABOUT}{TIMES}",
    f"kind: sale\namount: 5.00\neverything: yes\nexcluding: [band]\n{TIMES}",
    f"kind: sale\namount: 5.00\ntags: [silver]\n{TIMES}",
    f"kind: sale\namount: 5.00\ncategories: [rings]\n{TIMES}",
    "kind: coupon\ncode: HI\npercent: 10\n",
    f"kind: coupon\ncode: HI\namount: 5.00\nmin_total: 20.00\nmin_count: 2\n{ABOUT}",
    f"kind: first_purchase\ncode: HI\npercent: 10\n{TIMES}",
    f"kind: volume\ntiers: [{{count: 2, percent: 10}}, {{count: 3, percent: 15}}]\n{ABOUT}",
    "kind: bundle\nproducts: [band, hoops]\npercent: 10\n",
    "kind: bundle\nproducts: [band, hoops]\namount: 10.00\n",
    "kind: bundle\nproducts: [band, hoops]\nprice: 79.99\n",
    "kind: bundle\nproducts: [band, yen]\nprice: 500.00\n",  # sums in two currencies can't be compared
    f"kind: add_on\nreduced: [hoops]\npercent: 30\n{ABOUT}",
    "kind: gift\ngift: hoops\n",
    f"kind: gift\ngift: hoops\ncode: HI\nmin_total: 20.00\n{ABOUT}",
    f"kind: sample\nsamples: [hoops]\nmin_count: 2\n{ABOUT}",
    "kind: free_delivery\n",
    "kind: free_delivery\nmethods: [post]\ncountries: [FI]\nbadge: Sent free\n",
    f"kind: sale\npercent: 10\n{ABOUT}starts: 2026-11-23\nends: 2026-11-23\nbadge: Only today\n",
    f"kind: volume\ntiers: [{{count: 2, percent: 10}}]\n{ABOUT}badge: 2 for 10 % less\n",  # no reduction of a price
    f"kind: free_delivery\ncode: HI\nmin_total: 20.00\n{ABOUT}{TIMES}page: yes\nslug: sent\ntext: Yes.\nterms: No.\n",
]


@pytest.mark.parametrize("offer", GOOD)
def test_offer_of_the_right_keys_is_taken(tmp_path: Path, offer: str) -> None:
    assert problems(tmp_path, week=offer) == []


SALE = f"kind: sale\npercent: 10\n{ABOUT}{TIMES}"
ABOUT_WHAT = "everything: yes, products, categories or tags"


@pytest.mark.parametrize(
    ("offer", "fault"),
    [
        (f"{SALE}code: HI\n", "7: code: a sale takes no code"),
        (f"{SALE}min_total: 5.00\n", "7: min_total: a sale takes no min_total"),
        (f"{SALE}gift: hoops\n", "7: gift: a sale takes no gift"),
        (SALE.replace("ends: 2026-11-30\n", ""), "1: a sale needs ends"),
        (SALE.replace("starts: 2026-11-23\n", ""), "1: a sale needs starts"),
        (SALE.replace(ABOUT, ""), f"1: a sale needs {ABOUT_WHAT}"),
        (
            SALE.replace("2026-11-30", "2026-11-22"),
            "6: ends: expected a moment after starts (2026-11-23), found the end of 2026-11-22",
        ),
        (
            SALE.replace("2026-11-30", "2026-11-23 00:00"),
            "6: ends: expected a moment after starts (2026-11-23), found the end of 2026-11-22",
        ),
        (
            SALE.replace("2026-11-30", "2026-11-23 09:00").replace("starts: 2026-11-23", "starts: 2026-11-23 10:30"),
            "6: ends: expected a moment after starts (2026-11-23 10:30), found 2026-11-23 09:00",
        ),
        (f"{SALE}methods: [post]\n", "7: methods: a sale takes no methods"),
        (
            "kind: free_delivery\nmethods: [post, pots]\n",
            '3: methods.1: no delivery method "pots", did you mean "post"?',
        ),
        (
            "kind: free_delivery\ncountries: [FI, SE]\n",
            '3: countries.1: no delivery method lists the country "SE" (they list FI)',
        ),
        (
            f"{SALE}badge: Week −10 %\n",
            '7: badge: leave the percentage out, it appears once the price history proves it; found "Week −10 %"',
        ),
        (
            f"kind: first_purchase\ncode: HI\npercent: 10\n{TIMES}badge: Welcome\n",
            "7: badge: a first purchase takes no badge",
        ),
        (
            SALE.replace("percent: 10\n", ""),
            "1: a sale needs percent or amount, above 0 and only one of them; found none",
        ),
        (
            SALE.replace("percent: 10", "percent: 0"),
            "1: a sale needs percent or amount, above 0 and only one of them; found none",
        ),
        (
            f"{SALE}amount: 5.00\n",
            "1: a sale needs percent or amount, above 0 and only one of them; found percent and amount",
        ),
        ("kind: coupon\npercent: 10\n", "1: a coupon needs code"),
        (f"kind: first_purchase\npercent: 10\n{TIMES}", "1: a first purchase needs code"),
        (f"kind: add_on\npercent: 10\n{ABOUT}", "1: an add on needs reduced"),
        ("kind: add_on\npercent: 10\nreduced: [band]\n", f"1: an add on needs {ABOUT_WHAT}"),
        ("kind: gift\n", "1: a gift needs gift"),
        ("kind: sample\n", "1: a sample needs samples"),
        ("kind: free_delivery\npercent: 10\n", "3: percent: a free delivery takes no percent"),
        (f"kind: volume\n{ABOUT}", "1: a volume needs tiers"),
        (
            "kind: bundle\nproducts: [band, hoops]\n",
            "1: a bundle needs percent, amount or price, above 0 and only one of them; found none",
        ),
        (
            "kind: bundle\nproducts: [band, hoops]\npercent: 10\namount: 5.00\nprice: 60.00\n",
            "1: a bundle needs percent, amount or price, above 0 and only one of them; found percent and amount and price",
        ),
        ("kind: bundle\nproducts: [band]\npercent: 10\n", "3: products: expected two or more different products"),
        ("kind: bundle\nproducts: [band, band]\npercent: 10\n", "3: products: expected two or more different products"),
        (
            "kind: bundle\nproducts: [band, hoops, band]\npercent: 10\n",
            "3: products: expected two or more different products",
        ),
        (
            "kind: bundle\nproducts: [band, hoops]\nprice: 80.00\n",  # hoops cost 30.00 in the smaller size
            '4: price: expected less than 80.00, which its parts cost at their cheapest, found "80.00"',
        ),
        (
            "kind: bundle\nproducts: [band, hoops]\nprice: 80.01\n",
            '4: price: expected less than 80.00, which its parts cost at their cheapest, found "80.01"',
        ),
    ],
)
def test_offer_that_can_not_hold_is_reported(tmp_path: Path, offer: str, fault: str) -> None:
    assert problems(tmp_path, week=offer) == [f"week.yaml:{fault}"]


STEP = "expected more pieces and a higher percentage than in the step before"


@pytest.mark.parametrize(
    ("tiers", "wrong"),
    [
        ("{count: 2, percent: 5}", []),
        ("{count: 2, percent: 0.5}", []),
        ("{count: 1, percent: 5}", [0]),  # one piece has its price
        ("{count: 0, percent: 5}", [0]),
        ("{count: 2, percent: 0}", [0]),
        ("{count: 2, percent: 5}, {count: 2, percent: 10}", [1]),
        ("{count: 2, percent: 5}, {count: 3, percent: 5}", [1]),
        ("{count: 2, percent: 5}, {count: 3, percent: 5.5}", []),
        ("{count: 5, percent: 5}, {count: 3, percent: 10}, {count: 4, percent: 15}", [1]),
        ("{count: 5, percent: 9}, {count: 6, percent: 7}, {count: 7, percent: 8}", [1]),
    ],
)
def test_steps_of_a_volume_price_rise(tmp_path: Path, tiers: str, wrong: list[int]) -> None:
    found = problems(tmp_path, week=f"kind: volume\n{ABOUT}tiers: [{tiers}]\n")

    assert found == [f"week.yaml:4: tiers.{number}: {STEP}" for number in wrong]


def test_bundle_of_a_product_that_there_is_not_is_only_told_so(tmp_path: Path) -> None:
    (found,) = problems(tmp_path, week="kind: bundle\nproducts: [band, hops]\nprice: 900.00\n")

    assert found == 'week.yaml:3: products.1: no product "hops", did you mean "hoops"?'


def test_two_offers_have_two_codes(tmp_path: Path) -> None:
    coupon = "kind: coupon\npercent: 10\ncode: "
    found = problems(
        tmp_path,
        a=f"{coupon}STRASSE\n",
        b=f"{coupon}other\n",
        c=f"{coupon}straße\n",
        d="kind: free_delivery\n",
        e="kind: gift\ngift: hoops\n",
    )

    assert found == ['c.yaml:4: code: "straße" is already the code of content/offers/a.yaml']
