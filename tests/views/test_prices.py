"""Prices and badges as pages show them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from storegen.model.money import Money
from storegen.model.product import variants_of
from storegen.views.contexts.parts import BadgeTag, PlanTag, PriceTag
from storegen.views.prices import lowest_tag, unit_price
from tests.planned import plan_shop
from tests.records import HELSINKI, product
from tests.shop import SITE

PLAIN = SITE.replace('menu: ["category:rings", "guides"]\n', "")
SALE = "name: Week\nproducts: [tea]\npercent: 20\nstarts: 2026-11-20\nends: 2026-11-30\n"


def tag(amount: str, **fields: Any) -> PriceTag:
    return PriceTag(now=Money(Decimal(amount), "EUR"), **fields)


@pytest.mark.parametrize(
    ("articles", "amount", "lowest"),
    [
        ([("50", "5")], "50", False),
        ([("50", "5"), ("50", "5")], "50", False),
        ([("60", "5"), ("50", "5")], "50", True),
        ([("50", "5"), ("60", "5")], "50", True),
        ([("40", "0"), ("50", "5")], "50", False),  # nobody can have the cheaper one
        ([("40", "0"), ("50", "5"), ("60", "5")], "50", True),
        ([("60", "0"), ("50", "0")], "50", True),  # nobody can have any: the price is still told
    ],
)
def test_price_of_a_product_is_the_lowest_that_can_be_had(
    articles: list[tuple[str, str]], amount: str, *, lowest: bool
) -> None:
    variants = variants_of(product(variants=[{"price": price, "stock": stock} for price, stock in articles]))
    found = lowest_tag(variants, [tag(price) for price, _ in articles])

    assert (found.now.amount, found.lowest) == (Decimal(amount), lowest)


def test_lowest_price_keeps_what_belongs_to_it() -> None:
    variants = variants_of(product(variants=[{"sku": "a"}, {"sku": "b"}]))
    reduced = tag("50", before=Money(Decimal(60), "EUR"), percent=17)

    assert lowest_tag(variants, [tag("55"), reduced]).percent == 17


@pytest.mark.parametrize(
    ("price", "content", "per", "shown"),
    [
        ("5.00", "250 g", "1 kg", "20.00"),
        ("5.00", "250 g", "100 g", "2.00"),
        ("1.00", "30 ml", "1 l", "33.33"),
        ("0.99", "8 g", "1 g", "0.12"),  # 0.12375
        ("1.01", "8 piece", "1 piece", "0.13"),  # 0.12625
        ("5.00", "250 g", "1 l", None),
    ],
)
def test_unit_price_is_that_of_the_measure_beside_it(price: str, content: str, per: str, shown: str | None) -> None:
    unit = variants_of(product(unit_price={"content": content, "per": per}))[0].unit_price
    assert unit is not None
    found = unit_price(Money(Decimal(price), "EUR"), unit)

    assert found == (Money(Decimal(shown), "EUR") if shown else None)


TEA = "name: Tea\nprice: 5.00\nunit_price: {content: 250 g, per: 1 kg}\n"
EUR5, EUR4 = Money(Decimal(5), "EUR"), Money(Decimal(4), "EUR")


def shown(tea: str, *, more: str = "lowest_price: no\n", **files: str) -> PriceTag:
    """Return the price on the page of a product."""
    named = {f"content/{name.replace('__', '/')}.yaml": text for name, text in files.items()}
    shop = plan_shop({"site.yaml": PLAIN + more, "content/products/tea.yaml": tea, **named})
    found: PriceTag = shop.context("products/tea/index.html").variants[0].price
    return found


def test_page_shows_the_price_and_that_of_a_measure() -> None:
    assert shown(TEA) == PriceTag(now=EUR5, unit=Money(Decimal(20), "EUR"), unit_per="kg")
    assert shown("name: Tea\nprice: 5.00\n") == PriceTag(now=EUR5)


def test_page_shows_a_sale_until_it_ends() -> None:
    assert shown(TEA, offers__week=SALE) == PriceTag(
        now=EUR4,
        before=EUR5,
        percent=20,
        ends=dt.datetime(2026, 12, 1, tzinfo=HELSINKI),
        until=dt.datetime(2026, 12, 1, tzinfo=HELSINKI),
        then=PriceTag(now=EUR5, unit=Money(Decimal(20), "EUR"), unit_per="kg"),
        unit=Money(Decimal(16), "EUR"),
        unit_per="kg",
    )


def test_where_another_shop_keeps_the_cart_no_page_changes_a_price_by_itself() -> None:
    snipcart = "lowest_price: no\ncheckout: {provider: snipcart, snipcart: {public_key: abc}}\n"
    found = shown(TEA.replace("price: 5", "sku: T\nprice: 5", 1), more=snipcart, offers__week=SALE)

    assert (found.now, found.then) == (EUR4, None)


def test_price_that_is_charged_again_says_how_often() -> None:
    snipcart = "checkout: {provider: snipcart, snipcart: {public_key: abc}}\n"
    plan = "T: {subscription: {every: month, count: 3, trial: 14}}\nU: {choices: {Box: [none, oak +9.00]}}\n"
    tea = "name: Tea\nsku: T\nprice: 5.00\n"
    cup = {"products__cup": "name: Cup\nsku: U\nprice: 5.00\n"}

    assert shown(tea, more=snipcart, checkout__snipcart=plan, **cup).plan == PlanTag(every="month", count=3, trial=14)
    swapped = tea.replace("sku: T", "sku: U")
    cup = {"products__cup": cup["products__cup"].replace("sku: U", "sku: T")}
    assert shown(swapped, more=snipcart, checkout__snipcart=plan, **cup).plan is None


@pytest.mark.parametrize(
    ("recorded", "before", "claim"), [("2026-01-01T00:00Z,tea,5.00,EUR\n", EUR5, True), ("", None, False)]
)
def test_price_before_is_claimed_where_the_record_proves_it(
    recorded: str, before: Money | None, *, claim: bool
) -> None:
    history = {"content/history/prices.csv": f"since,sku,price,currency\n{recorded}"}
    shop = plan_shop(
        {"site.yaml": PLAIN, "content/products/tea.yaml": TEA, "content/offers/week.yaml": SALE, **history}
    )
    found = shop.context("products/tea/index.html").price

    assert (found.now, found.before, found.claim) == (EUR4, before, claim)


BADGES = "lowest_price: no\nbadges: {new: {text: New}, best: {text: Best, strong: yes}}\n"


@pytest.mark.parametrize(
    ("tags", "more", "badge"),
    [
        ("[]", BADGES, None),
        ("[odd]", BADGES, None),
        ("[odd, new, best]", BADGES, BadgeTag(kind="fact", text="New")),
        ("[best, new]", BADGES, BadgeTag(kind="strong", text="Best")),
    ],
)
def test_badge_is_that_of_the_first_tag_that_has_one(tags: str, more: str, badge: BadgeTag | None) -> None:
    shop = plan_shop({"site.yaml": PLAIN + more, "content/products/tea.yaml": f"{TEA}tags: {tags}\n"})

    assert shop.context("products/tea/index.html").badge == badge


def test_badge_of_a_reduction_counts_before_those_of_tags_and_ends_with_it() -> None:
    snipcart = f"{BADGES}checkout: {{provider: snipcart, snipcart: {{public_key: abc}}}}\n"
    files = {"content/products/tea.yaml": f"{TEA}sku: T\ntags: [new]\n", "content/offers/week.yaml": SALE}
    own = plan_shop({"site.yaml": PLAIN + BADGES, **files}).context("products/tea/index.html").badge
    theirs = plan_shop({"site.yaml": PLAIN + snipcart, **files}).context("products/tea/index.html").badge

    assert own == BadgeTag(kind="sale", percent=20, ends=dt.datetime(2026, 12, 1, tzinfo=HELSINKI))
    assert theirs == BadgeTag(kind="sale", percent=20)  # no page may change a price that Snipcart has read
