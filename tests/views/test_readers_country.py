"""Pages name the delivery to the country of their readers."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from storegen.load.site import load_config
from tests.conftest import FIVE
from tests.shop import SITE, Shop

HOME = "{id: post, name: Post, price: 5.90, free_from: 120.00, days: 1-3, countries: [FI]}"
KOREA = "{id: air, name: Air mail, carrier: EMS, price: 19.00, days: 4-8, countries: [KR]}"
EUROPE = "{id: eu, name: Parcel, price: 12.90, days: 3-7, countries: [DE, AT, EE, IE]}"
SWISS = "{id: ch, name: Swiss post, price: 29.00, days: 3-7, countries: [CH]}"
WORLD = "{id: world, name: World, price: 39.00, days: 9-20}"
PROMISES = """\
promises:
  delivery:
    title: With you in {delivery_days} days
    text: "To {country} for {delivery_price}. Free from {free_from}."
    icon: parcel
product_promises: [delivery]
banner: [delivery]
feeds: [google]
"""


def site(languages: str, *methods: str) -> str:
    lines = "".join(f"    - {method}\n" for method in methods)
    return SITE.replace(f"    - {HOME}\n", lines) + f"languages: [{languages}]\n"


def test_second_language_names_the_delivery_to_its_country(tmp_path: Path) -> None:
    delivery = "---\ntitle: Delivery\nlayout: delivery\n---\nText.\n"
    files = {**FIVE, "site.yaml": site("en, ko", HOME, KOREA) + PROMISES, "content/pages/delivery.md": delivery}
    shop = Shop(tmp_path, files)
    shop.build()

    english, korean = shop.html("products/plain-band/index.html"), shop.html("ko/products/plain-band/index.html")
    assert "With you in 1–3 days" in english.get_text()
    assert "To Finland for €5.90. Free from €120." in english.get_text()
    assert "With you in 4~8 days" in korean.get_text()
    assert "To 대한민국 for €19." in korean.get_text()
    assert "Free from" not in korean.get_text()
    assert [row.get_text(" ") for row in shop.html("ko/delivery/index.html").select(".deliveries tbody th")] == [
        "Air mail EMS",
        "Post",
    ]
    feed = next(shop.output.glob("ko/feeds/*.xml")).read_text()
    assert {each.text for each in ET.fromstring(feed).iter("{http://base.google.com/ns/1.0}country")} == {"KR"}  # noqa: S314


@pytest.mark.parametrize(
    ("languages", "methods", "country"),
    [
        ("en, ko", (HOME, KOREA), "KR"),
        ("en, ko", (HOME, KOREA, WORLD), "KR"),
        ("en, ko", (HOME, WORLD), "KR"),
        ("en, ko", (HOME, EUROPE), "FI"),
        ("ko, en", (HOME, KOREA), "FI"),
        ("en, fi", (HOME, KOREA), "FI"),
        ("en, sv", (HOME, "{id: sek, name: S, price: 9.00, days: 2-4, countries: [SE]}"), "FI"),
        ("fi, en", (HOME, EUROPE), "FI"),
        ("en, de", (HOME, EUROPE), "DE"),
        ("en, de", (HOME, EUROPE, SWISS), "FI"),
        ("en, et", (HOME, EUROPE), "EE"),
        ("en, en-IE", (HOME, EUROPE), "IE"),
    ],
)
def test_language_tells_the_country_where_only_one_is_meant(
    tmp_path: Path, languages: str, methods: tuple[str, ...], country: str
) -> None:
    Shop(tmp_path, {"site.yaml": site(languages, *methods)})

    configs = load_config(tmp_path)
    first, second = languages.split(", ")

    assert configs[first].country == "FI"
    assert configs[second].country == country
    assert configs[first].delivery.methods[0].id == "post"
