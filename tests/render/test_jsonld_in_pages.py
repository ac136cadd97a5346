"""Structured data: what machines are told is what the files say."""

from __future__ import annotations

import pytest

from tests.conftest import FIVE, MakeShop

SHIRT = "name: Shirt\nsku: S\nprice: 19.00\n"


@pytest.mark.parametrize(
    ("postcode", "city", "shown"),
    [
        ("06100", "New York", "06100 New York"),
        ("SW1A 1AA", "London", "SW1A 1AA London"),
        ("", "Port of Spain", "Port of Spain"),
    ],
)
def test_postcode_and_city_are_told_apart(make_shop: MakeShop, postcode: str, city: str, shown: str) -> None:
    shop = make_shop(FIVE)
    shop.edit("site.yaml", 'postcode: "00100", city: Helsinki', f'postcode: "{postcode}", city: {city}')
    shop.build()
    address = shop.jsonld("index.html")[0]["address"]

    assert (address.get("postalCode", ""), address["addressLocality"]) == (postcode, city)
    assert f"Street 1, {shown}, Finland" in shop.html("index.html").select(".footer")[0].get_text()


@pytest.mark.parametrize(
    ("languages", "option", "known"),
    [("en", "Colour", "color"), ("fi", "Väri", "color"), ("fi, en", "Kuosi", "pattern"), ("en", "Koko", "")],
)
def test_option_is_known_by_its_name_in_the_languages_of_the_shop(
    make_shop: MakeShop, languages: str, option: str, known: str
) -> None:
    shop = make_shop(FIVE | {"content/products/shirt.yaml": f"{SHIRT}options: {{{option}: [a, b]}}\n"})
    shop.edit("site.yaml", "menu:", f"languages: [{languages}]\nmenu:")
    shop.build()

    own = "tuotteet" if languages.startswith("fi") else "products"
    for place in (own, "en/products")[: languages.count(",") + 1]:
        group = shop.jsonld(f"{place}/shirt/index.html")[0]
        assert group.get("variesBy", []) == ([f"https://schema.org/{known}"] if known else [])
        assert [each.get(known) for each in group["hasVariant"]] == (["a", "b"] if known else [None, None])
