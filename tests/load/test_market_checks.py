"""Checks and warnings about amounts look at the prices of each market."""

from __future__ import annotations

from pathlib import Path

import pytest

from storegen.errors import ContentError
from tests.shop import SITE, Shop
from tests.views.test_markets import MARKETS, METHODS

WITH_MARKETS = SITE.replace(
    "    - {id: post, name: Post, price: 5.90, free_from: 120.00, days: 1-3, countries: [FI]}\n", METHODS
)
RING = """\
name: Ring
price: 59.00
compare_at_price: 69.00
prices: {SE: {price: 649.00, compare_at_price: 599.00}}
category: rings
"""
SIZES = """\
name: Band
category: rings
options: {Size: [S, M, L]}
variants:
  - {sku: B-S, options: {Size: S}, price: 5.00}
  - {sku: B-M, options: {Size: M}, price: 6.00, prices: {SE: 60.00}}
  - {sku: B-L, options: {Size: L}, price: 7.00, prices: {SE: {price: 70.00, compare_at_price: 65.00}}}
"""


def shop_of(folder: Path, site: str = "", **files: str) -> Shop:
    content = {f"content/{name.replace('__', '/')}.yaml": text for name, text in files.items()}
    content |= {"content/categories/rings.yaml": "name: Rings\n"}
    return Shop(folder, {"site.yaml": (site or WITH_MARKETS) + MARKETS, **content})


def warnings(shop: Shop, word: str) -> list[str]:
    return [each for each in shop.build().warnings if word in each]


def test_price_before_a_reduction_is_compared_in_each_market(tmp_path: Path) -> None:
    shop = shop_of(tmp_path, products__ring=RING, products__band=SIZES)

    assert warnings(shop, "before the reduction") == [
        f'content/products/{place}.compare_at_price: expected the price before the reduction, above the price {numbers}"'
        for place, numbers in (
            ("band.yaml:7: variants.2.prices.SE", '70.00; found "65.00'),
            ("ring.yaml:4: prices.SE", '649.00; found "599.00'),
        )
    ]


def test_wrong_price_at_home_is_told_once(tmp_path: Path) -> None:
    wrong = RING.replace("69.00", "49.00").replace("599.00", "799.00")

    assert warnings(shop_of(tmp_path, products__ring=wrong), "before the reduction") == [
        'content/products/ring.yaml:3: compare_at_price: expected the price before the reduction, above the price 59.00; found "49.00"'
    ]


def test_free_delivery_is_compared_in_each_market_and_once_for_all_its_languages(tmp_path: Path) -> None:
    shop = shop_of(tmp_path, WITH_MARKETS.replace("free_from: 999.00", "free_from: 9.00"), products__ring=RING)

    assert warnings(shop, "delivery costs") == [
        'site.yaml:11: delivery.methods.0.prices.SE.free_from: expected more than delivery costs, 69.00; found "9.00"'
    ]


def test_method_of_another_countrys_readers_is_told_by_its_place_in_the_file(tmp_path: Path) -> None:
    methods = (
        "    - {id: post, name: Post, price: 5.90, days: 1-3, countries: [FI]}\n"
        "    - {id: air, name: Air, price: 15.00, free_from: 9.00, days: 5-9, countries: [KR]}\n"
    )
    site = SITE.replace(
        "    - {id: post, name: Post, price: 5.90, free_from: 120.00, days: 1-3, countries: [FI]}\n", methods
    )
    shop = Shop(
        tmp_path, {"site.yaml": site + "languages: [en, ko]\n", "content/categories/rings.yaml": "name: Rings\n"}
    )

    assert [each.partition(": expected")[0] for each in warnings(shop, "delivery costs")] == [
        "site.yaml:11: delivery.methods.1.free_from"
    ]


@pytest.mark.parametrize("price", ["1300.00", "1299.00"])
def test_bundle_is_cheaper_than_its_parts_in_each_market(tmp_path: Path, price: str) -> None:
    part = "name: Part\nprice: 59.00\nprices: {SE: 650.00}\ncategory: rings\n"
    bundle = f"name: Pair\nkind: bundle\nproducts: [a, b]\nprice: 99.00\nprices: {{SE: {price}}}\n"
    shop = shop_of(tmp_path, products__a=part, products__b=part, offers__pair=bundle)
    if price == "1299.00":
        shop.build()
        return

    with pytest.raises(ContentError) as caught:
        shop.build()
    dear = 'expected less than 1300.00, which its parts cost at their cheapest, found "1300.00"'
    assert [str(each) for each in caught.value.problems] == [f"content/offers/pair.yaml:5: prices.SE.price: {dear}"]


def test_tax_and_company_have_their_own_details_in_a_market(tmp_path: Path) -> None:
    markets = MARKETS.replace(
        "tax: {rates: {standard: 25}}",
        "tax: {name: Moms, rates: {standard: 25}}, company: {vat_id: SE01, phone: +46 8 1}",
    )
    ring = RING.replace("599.00", "799.00")
    contact = "---\ntitle: Contact\nlayout: contact\n---\nText.\n"
    files = {
        "site.yaml": WITH_MARKETS.replace("country: FI,", "country: FI, vat_id: FI01, phone: +358 9 1,") + markets,
        "site.sv.yaml": "addresses: {products: products}\n",
        "content/products/ring.yaml": ring,
        "content/categories/rings.yaml": "name: Rings\n",
        "content/pages/contact.md": contact,
    }
    shop = Shop(tmp_path, files)
    shop.build()

    home, swedish = shop.html("contact/index.html").get_text(), shop.html("sv/contact/index.html").get_text()
    assert ("FI01" in home, "+358 9 1" in home, "SE01" in home) == (True, True, False)
    assert ("FI01" in swedish, "SE01" in swedish, "+46 8 1" in swedish) == (False, True, True)
    assert "25\u00a0% Moms" in shop.html("sv/products/ring/index.html").get_text()
    assert "Moms" not in shop.html("products/ring/index.html").get_text()
