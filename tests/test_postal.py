"""Postal addresses in the order of their country."""

from __future__ import annotations

import pytest

from storegen.postal import postal_address, with_country
from tests.conftest import FIVE, MakeShop
from tests.shop import SITE

ICHEON = {"street": "도예로 5번길 12", "city": "이천시", "region": "경기도", "postcode": "17379", "country": "KR"}
MASHIKO = {"street": "陶器通り5-12", "city": "益子町", "region": "栃木県", "postcode": "321-4217", "country": "JP"}
PORTLAND = {"street": "1 Main St", "city": "Portland", "region": "OR", "postcode": "97201", "country": "US"}
PORVOO = {"street": "Jokikatu 14", "city": "Porvoo", "region": "", "postcode": "06100", "country": "FI"}
LONDON = {"street": "1 High St", "city": "London", "region": "", "postcode": "E1 6AN", "country": "GB"}
BANTUL = {"street": "Jl. Raya 12", "city": "Bantul", "region": "DI Yogyakarta", "postcode": "55184", "country": "ID"}


@pytest.mark.parametrize(
    ("place", "language", "written"),
    [
        (ICHEON, "ko", "(17379) 경기도 이천시 도예로 5번길 12"),
        (ICHEON, "en", "도예로 5번길 12, 이천시, 경기도, 17379, South Korea"),
        (MASHIKO, "ja", "〒321-4217 栃木県 益子町 陶器通り5-12"),
        (PORTLAND, "en", "1 Main St, Portland, OR 97201, United States"),
        (PORVOO, "fi", "Jokikatu 14, 06100 Porvoo, Suomi"),
        (LONDON, "en", "1 High St, London, E1 6AN, United Kingdom"),
        (BANTUL, "id", "Jl. Raya 12, Bantul, DI Yogyakarta 55184, Indonesia"),
        ({**PORVOO, "country": ""}, "en", "Jokikatu 14, 06100 Porvoo"),
        ({**ICHEON, "street": "", "postcode": ""}, "ko", "경기도 이천시"),
        ({**MASHIKO, "postcode": ""}, "ja", "栃木県 益子町 陶器通り5-12"),
        ({**PORTLAND, "city": "", "postcode": "", "region": ""}, "en", "1 Main St, United States"),
    ],
)
def test_address_has_the_order_of_its_country(place: dict[str, str], language: str, written: str) -> None:
    found = with_country(postal_address(**place, language=language), place["country"], language)

    assert found == written


def test_pages_and_structured_data_have_the_whole_address(make_shop: MakeShop) -> None:
    company = "legal_name: Lamps, street: 1 Main St, city: Portland, region: OR, postcode: '97201', country: US"
    start, end = SITE.index("company:"), SITE.index("delivery:")
    shop = make_shop(FIVE | {"site.yaml": f"{SITE[:start]}company: {{{company}, email: a@shop.example}}\n{SITE[end:]}"})
    shop.build()

    assert "1 Main St, Portland, OR 97201, United States" in shop.html("index.html").footer.get_text()  # type: ignore[union-attr]
    address = next(each["address"] for each in shop.jsonld("index.html") if "address" in each)
    assert address == {
        "@type": "PostalAddress",
        "streetAddress": "1 Main St",
        "addressLocality": "Portland",
        "addressRegion": "OR",
        "postalCode": "97201",
        "addressCountry": "US",
    }
