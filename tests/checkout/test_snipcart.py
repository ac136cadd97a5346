"""What Snipcart charges is what the page says: taxes, currencies, offers, subscriptions and choices with surcharges."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from storegen.errors import ContentError
from tests.browser import hosted
from tests.conftest import MakeShop
from tests.paying import paid_by
from tests.shop import SITE, Shop

pytestmark = pytest.mark.slow

SALE = "name: Week\npercent: 15\nproducts: [plain-band]\nstarts: 2026-11-01\nends: 2026-12-23\n"
PLANS = """\
RG-001:
  subscription: {every: month}
ER-002:
  subscription: {every: month, count: 3, trial: 14}
  choices:
    Gift box: [none, ribbon +2, box +5.50, without paper -0.50]
    Engraving: text
RG-014-17:
  subscription: {every: year}
  choices: {Box: [none, oak +9.00]}
"""


def shop_with(make_shop: MakeShop, extras: str, **files: str) -> Shop:
    named: dict[str, str | bytes] = {name.replace("__", "/"): text for name, text in files.items()}
    return make_shop(dict(paid_by("snipcart")) | {"content/checkout/snipcart.yaml": extras} | named)


def told(shop: Shop, name: str) -> dict[str, str]:
    """Return what the one button on a product's page tells Snipcart."""
    button = shop.html(f"products/{name}/index.html").select_one(".snipcart-add-item")
    assert button is not None
    return {str(key): str(value) for key, value in button.attrs.items()}


def mistakes(shop: Shop) -> list[str]:
    with pytest.raises(ContentError) as found:
        shop.build()
    return str(found.value).splitlines()


@pytest.mark.parametrize(("included", "said"), [("yes", "true"), ("no", None)])
def test_tax_that_a_price_holds_is_not_laid_on_it_again(make_shop: MakeShop, included: str, said: str | None) -> None:
    files = dict(paid_by("snipcart"))
    site = str(files["site.yaml"]).replace("tax: {", f"tax: {{included: {included}, ")
    shop = make_shop(files | {"site.yaml": site})
    shop.build()

    assert told(shop, "plain-band").get("data-item-has-taxes-included") == said


def test_offer_takes_the_same_share_off_in_every_currency(make_shop: MakeShop) -> None:
    shop = shop_with(make_shop, "RG-001:\n  prices: {USD: 54.00, JPY: 7999}\n")
    shop.write("content/offers/week.yaml", SALE)
    shop.build()

    expected = {"eur": Decimal("41.65"), "usd": Decimal("45.90"), "jpy": 6799}
    assert json.loads(told(shop, "plain-band")["data-item-price"], parse_float=Decimal) == expected
    (row,) = [row for row in json.loads(shop.text("snipcart.json"), parse_float=Decimal) if row["id"] == "RG-001"]
    assert row["price"] == expected


def test_prices_and_choices_that_would_be_charged_otherwise_than_written(make_shop: MakeShop) -> None:
    extras = """\
RG-001:
  prices: {EUR: 40.00, JPY: 79.50, XQX: 3.00}
ER-002:
  choices: {Box: [], Paper: [plain, red +1.005]}
"""
    file = "content/checkout/snipcart.yaml"

    assert mistakes(shop_with(make_shop, extras)) == [
        f"{file}:2: RG-001.prices.EUR: the price in the shop's own currency is in the product's file; remove it here",
        f'{file}:2: RG-001.prices.JPY: JPY has no decimals, found "79.50"',
        f'{file}:2: RG-001.prices.XQX: expected a currency code like USD, found "XQX"',
        f'{file}:4: ER-002.choices.Box: expected a list of values, or text; found "nothing"',
        f'{file}:4: ER-002.choices.Paper: EUR has 2 decimals, found "1.005"',
    ]


def test_surcharge_has_the_decimals_of_the_currency(make_shop: MakeShop) -> None:
    files = dict(paid_by("snipcart"))
    site = str(files["site.yaml"]).replace(SITE, "name: Shop\nurl: https://shop.example\ncurrency: KWD\n")
    shop = make_shop(
        files | {"site.yaml": site, "content/checkout/snipcart.yaml": "RG-001: {choices: {Box: [a, b +1.255]}}\n"}
    )
    shop.build()

    assert told(shop, "plain-band")["data-item-custom1-options"] == "a|b[+1.255]"


@pytest.mark.parametrize(
    ("language", "band", "hoops", "card"),
    [
        ("en", "a month", "every 3 months, the first 14 days free", "every 3 months"),
        ("fi", "kuukaudessa", "3 kuukauden välein, ensimmäiset 14 päivää ilmaiseksi", "3 kuukauden välein"),
    ],
)
def test_page_says_how_often_a_price_is_charged(
    make_shop: MakeShop, language: str, band: str, hoops: str, card: str
) -> None:
    shop = shop_with(make_shop, PLANS)
    shop.edit(
        "site.yaml", "currency: EUR\n", f"currency: EUR\nlanguages: [{language}]\naddresses: {{products: products}}\n"
    )
    shop.build()
    plans = {
        name: shop.html(f"products/{name}/index.html").select_one(".buy__price .price__line .plan")
        for name in ("plain-band", "small-hoops", "ball-studs")
    }
    listed = shop.html("earrings/index.html").select(".plan")
    bar = shop.html("products/small-hoops/index.html").select_one(".buy-bar__price")

    assert {name: plan and plan.get_text() for name, plan in plans.items()} == {
        "plain-band": band,
        "small-hoops": hoops,
        "ball-studs": None,
    }
    assert [plan.get_text() for plan in listed] == [card]
    assert bar is not None
    assert bar.get_text().endswith(f" {card}")


def test_machines_read_what_a_price_is_charged_for(make_shop: MakeShop) -> None:
    shop = shop_with(make_shop, PLANS)
    shop.write("content/offers/week.yaml", SALE)
    shop.edit("site.yaml", "currency: EUR\n", "currency: EUR\nlowest_price: no\n")
    shop.build()

    def offer(name: str) -> dict[str, Any]:
        found: dict[str, Any] = shop.jsonld(f"products/{name}/index.html")[0]["offers"]
        return found

    period = {"@type": "QuantitativeValue", "value": 3, "unitCode": "MON"}
    assert (offer("small-hoops")["price"], offer("small-hoops")["priceSpecification"]) == (
        "45.00",
        {"@type": "UnitPriceSpecification", "price": "45.00", "priceCurrency": "EUR", "referenceQuantity": period},
    )
    before, charged = offer("plain-band")["priceSpecification"]
    assert (before["price"], charged["price"], charged["referenceQuantity"]["value"]) == ("49.00", "41.65", 1)
    assert "priceSpecification" not in offer("ball-studs")


def test_page_says_what_a_choice_adds(make_shop: MakeShop) -> None:
    shop = shop_with(make_shop, PLANS)
    shop.build()
    box = shop.html("products/small-hoops/index.html").select_one(".choices")
    assert box is not None

    lines = {line.dt.get_text(): line.dd.get_text() for line in box.select(".choices__line") if line.dt and line.dd}
    assert lines == {
        "Gift box": "none, ribbon +€2.00, box +€5.50, without paper -€0.50",
        "Engraving": "words of your own",
    }
    assert not shop.html("products/ball-studs/index.html").select(".choices")


@pytest.mark.browser
def test_plan_and_choices_are_those_of_the_chosen_variant(browser: Browser, make_shop: MakeShop) -> None:
    shop = shop_with(make_shop, PLANS)
    shop.build()
    with hosted(shop.output) as address:
        page = browser.new_page(viewport={"width": 390, "height": 800})
        page.goto(f"{address}/products/rope-ring/")
        price = page.locator(".buy__price")
        page.get_by_text("17", exact=True).first.click()
        expect(price).to_have_text("€59.00 a year")
        expect(page.locator(".choices")).to_contain_text("oak +€9.00")
        assert page.locator("[data-part=bar-price]").text_content() == "€59.00 a year"
        page.get_by_text("16", exact=True).first.click()
        expect(price).to_have_text("€59.00")
        expect(page.locator(".choices")).to_be_hidden()
        page.close()
