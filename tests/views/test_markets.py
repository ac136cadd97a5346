"""A shop that sells in several countries: each market has one price everywhere."""

from __future__ import annotations

import gzip
import json
import re
import xml.etree.ElementTree as ET
from decimal import Decimal
from typing import Any
from urllib.parse import unquote

import pytest

from storegen.model.money import Money, sum_text
from tests.conftest import FIVE, RING, MakeShop
from tests.shop import SITE, Shop, tree

MARKETS = """\
languages: [fi, sv, en-SE, ko]
addresses: {products: products, cart: cart, search: search}
feeds: [google]
markets:
  SE: {languages: [sv, en-SE], currency: SEK, countries: [SE], tax: {rates: {standard: 25}}}
  KR: {languages: [ko], currency: KRW, countries: [KR], tax: {rates: {standard: 10}}}
"""
METHODS = """\
    - {id: post, name: Post, price: 5.90, free_from: 120.00, days: 1-3, countries: [FI, SE],
       prices: {SE: {price: 69.00, free_from: 999.00}}}
    - {id: air, name: Air mail, prices: {KR: 15000}, days: 5-9, countries: [KR]}
"""
THREE: dict[str, str | bytes] = {
    **FIVE,
    "site.yaml": re.sub(r" +- \{id: post.*\n", METHODS, SITE) + MARKETS,
    "site.sv.yaml": "addresses: {products: products, cart: cart, search: search}\n",
    "content/products/rope-ring.yaml": RING.replace("price: 59.00", "price: 59.00\nprices: {SE: 649.00, KR: 79000}"),
    "content/products/plain-band.yaml": "name: Plain band\nsku: RG-001\ncategory: rings\nprice: 49.00\n"
    "compare_at_price: 59.00\nprices: {SE: {price: 549.00, compare_at_price: 649.00}}\nstock: 9\n",
}
LANGUAGES = {"fi": "", "sv": "sv/", "en-SE": "en-se/", "ko": "ko/"}
PRICES = {
    "fi": (Decimal("59.00"), "EUR"),
    "sv": (Decimal("649.00"), "SEK"),
    "en-SE": (Decimal("649.00"), "SEK"),
    "ko": (Decimal(79000), "KRW"),
}
GOOGLE = "{http://base.google.com/ns/1.0}"


@pytest.fixture
def three(make_shop: MakeShop) -> Shop:
    """Return a shop with three markets."""
    return make_shop(THREE)


def number_of(text: str) -> Decimal:
    """Return the amount in a text that a visitor reads, in any of the three currencies."""
    digits = re.sub(r"[^0-9.,]", "", text)
    if re.search(r"[.,][0-9]{2}$", digits):
        return Decimal(re.sub(r"[.,]", "", digits)) / 100
    return Decimal(re.sub(r"[.,]", "", digits))


def written(shop: Shop, path: str, selector: str) -> Decimal:
    """Return the amount that a visitor reads in a part of a page."""
    part = shop.html(path).select_one(selector)
    assert part is not None, f"{selector} in {path}"
    return number_of(part.get_text())


def data_of(shop: Shop, language: str, name: str, sku: str) -> dict[str, Any]:
    """Return what a product's page gives its script about an article."""
    data = shop.html(f"{LANGUAGES[language]}products/{name}/index.html").select_one("product-buy [data-part=data]")
    assert data is not None
    found: dict[str, Any] = next(each for each in json.loads(data.string or "")["variants"] if each["sku"] == sku)
    return found


def jsonld_prices(shop: Shop, path: str) -> set[tuple[Decimal, str]]:
    return {
        (Decimal(variant["offers"]["price"]), variant["offers"]["priceCurrency"])
        for item in shop.jsonld(path)
        for variant in item.get("hasVariant", ())
    }


def feed_of(shop: Shop, language: str, sku: str) -> ET.Element:
    feed = ET.fromstring(shop.text(f"{LANGUAGES[language]}feeds/google.xml"))  # noqa: S314 - our own file
    return next(item for item in feed.iter("item") if item.findtext(f"{GOOGLE}id") == sku)


def searched(shop: Shop, language: str, href: str) -> dict[str, Any]:
    """Return the result that the search shows for a page."""
    blocks = (shop.output / LANGUAGES[language] / "search").glob("[0-9]*.bin")
    results = [each for block in blocks for each in json.loads(gzip.decompress(block.read_bytes()))]
    found: dict[str, Any] = next(each for each in results if each["href"] == href)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_price_of_a_market_is_the_same_everywhere(three: Shop, language: str) -> None:
    three.build()
    folder, (amount, currency) = LANGUAGES[language], PRICES[language]
    page = f"{folder}products/rope-ring/index.html"
    buy = data_of(three, language, "rope-ring", "RG-014-17")["buy"]
    found = searched(three, language, f"/{folder}products/rope-ring/")["price"]["now"]
    fed = feed_of(three, language, "RG-014-17")

    assert written(three, page, "product-buy .price__now") == amount
    assert written(three, f"{folder}rings/index.html", ".product-card:has([href$='/rope-ring/']) .price__now") == amount
    assert jsonld_prices(three, page) == {(amount, currency)}
    assert fed.findtext(f"{GOOGLE}price") == sum_text(Money(amount, currency))
    assert fed.findtext(f"{GOOGLE}link") == f"https://shop.example/{folder}products/rope-ring/?variant=RG-014-17"
    assert (Decimal(found["amount"]), found["currency"]) == (amount, currency)
    assert (Decimal(buy["price"]["amount"]), buy["price"]["currency"]) == (amount, currency)
    assert f"[RG-014-17] à {sum_text(Money(amount, currency))} =" in unquote(buy["href"])
    others = {each for _, each in PRICES.values()} - {currency}
    assert not [each for each in others if each in three.text(page).replace(f"({each})", "")]


def test_product_without_a_price_is_not_sold_in_a_market(three: Shop) -> None:
    report = three.build()

    assert three.has("sv/products/plain-band/index.html")
    assert not three.has("ko/products/plain-band/index.html")
    assert not three.has("sv/products/small-hoops/index.html")
    links = three.html("products/plain-band/index.html").select("link[rel=alternate][hreflang]")
    assert {link["hreflang"] for link in links} - {"x-default"} == {"fi", "sv", "en-SE"}
    assert "plain-band" not in three.text("ko/rings/index.html")
    assert "/ko/products/plain-band/" not in three.text("sitemap.xml")
    assert (
        "market SE: 3 products have no price (not sold there): ball-studs, polishing-cloth, small-hoops; "
        "write prices: {SE: …}" in report.warnings
    )


def test_link_to_a_product_of_other_markets_is_left_out(three: Shop) -> None:
    three.build()

    assert three.html("sv/products/rope-ring/index.html").select(".prose a[href='/sv/products/plain-band/']")
    assert not three.html("ko/products/rope-ring/index.html").select(".prose a[href*=plain-band]")


def test_variant_without_a_price_is_not_offered_there(make_shop: MakeShop) -> None:
    ring = RING.replace("price: 59.00", "price: 59.00\nprices: {SE: 649.00}").replace(
        "{Size: 18}, stock: 0", "{Size: 18}, price: 69.00, stock: 5"
    )
    shop = make_shop(THREE | {"content/products/rope-ring.yaml": ring})
    report = shop.build()

    assert "RG-014-18" in shop.text("products/rope-ring/index.html")
    assert "RG-014-18" not in shop.text("sv/products/rope-ring/index.html")
    assert "market SE: 1 article has no price (not sold there): RG-014-18; write prices: {SE: …}" in report.warnings

    shop.edit("content/products/rope-ring.yaml", "price: 69.00", "price: 69.00, prices: {SE: 749.00}")
    shop.build()
    assert data_of(shop, "sv", "rope-ring", "RG-014-18")["buy"]["price"] == {"amount": "749.00", "currency": "SEK"}


def test_product_may_be_sold_abroad_only(make_shop: MakeShop) -> None:
    pin = "name: Pin\nsku: PIN\ncategory: rings\nprices: {SE: 99.00}\n"
    shop = make_shop(THREE | {"content/products/pin.yaml": pin})
    report = shop.build()

    assert shop.has("sv/products/pin/index.html")
    assert not shop.has("products/pin/index.html")
    assert "home market: 1 product has no price (not sold there): pin; write price: …" in report.warnings


def test_delivery_is_that_of_the_market(three: Shop) -> None:
    three.build()

    swedish, korean = feed_of(three, "sv", "RG-014-17"), feed_of(three, "ko", "RG-014-17")
    assert [each.text for each in swedish.find(f"{GOOGLE}shipping") or ()][:3] == ["SE", "Post", "69.00 SEK"]
    assert [each.text for each in korean.find(f"{GOOGLE}shipping") or ()][:3] == ["KR", "Air mail", "15000 KRW"]
    rules = three.cart_rules("sv/cart/index.html")
    assert [(each["id"], each["countries"], each["free_from"]["amount"]) for each in rules["methods"]] == [
        ("post", ["SE"], "999.00")
    ]
    assert (rules["currency"], rules["country"], rules["tax_rate"]) == ("SEK", "SE", "25")
    home = three.cart_rules()
    assert [(each["id"], each["countries"]) for each in home["methods"]] == [("post", ["FI"])]


def test_offer_runs_where_it_has_amounts(make_shop: MakeShop) -> None:
    offers: dict[str, str | bytes] = {
        "content/offers/winter.yaml": "name: Winter\nkind: sale\namount: 10.00\nprices: {SE: 100.00}\n"
        "everything: yes\nstarts: 2026-11-20\nends: 2026-11-30\n",
        "content/offers/tenth.yaml": "name: A tenth\nkind: coupon\npercent: 10\ncode: TEN\nmin_total: 50.00\n",
    }
    shop = make_shop(THREE | offers)
    shop.edit("site.yaml", "country: FI,", "country: US,")
    report = shop.build()

    page = "products/rope-ring/index.html"
    assert written(shop, page, "product-buy .price__now") == 49
    assert written(shop, f"sv/{page}", "product-buy .price__now") == 549
    assert written(shop, f"ko/{page}", "product-buy .price__now") == 79000
    assert (
        "market KR: 2 offers have no amounts (don't run there): tenth, winter; write prices: {KR: …}" in report.warnings
    )
    assert "market SE: 1 offer has no amounts (doesn't run there): tenth; write prices: {SE: …}" in report.warnings


def test_language_switch_names_the_currency(three: Shop) -> None:
    three.build()

    names = [link.get_text() for link in three.html("sv/index.html").select(".language__link")]
    assert "Svenska (SEK)" in names
    assert "한국어 (KRW)" in names


def test_price_of_one_market_changes_its_pages_only(three: Shop) -> None:
    three.build()
    before = tree(three.output)
    three.edit("content/products/rope-ring.yaml", "KR: 79000", "KR: 89000")
    report = three.build()

    changed = {each.output.path for each in report.made}
    assert changed
    assert {path.split("/")[0] for path in changed} == {"ko"}
    three.build(clean=True)
    after = tree(three.output)
    assert {path for path in after if before.get(path) != after[path] and not path.startswith("ko/")} == set()


def test_chain_of_edits_ends_where_a_clean_build_ends(three: Shop) -> None:
    three.build()
    for old, new in (("SE: 649.00, ", ""), ("prices: {KR", "prices: {SE: 599.00, KR"), ("KR: 79000", "KR: 1")):
        three.edit("content/products/rope-ring.yaml", old, new)
        three.build()
    three.edit("site.yaml", "countries: [SE], tax", "countries: [SE, DK], tax")
    three.build()
    chained = tree(three.output)
    three.build(clean=True)

    assert tree(three.output) == chained
