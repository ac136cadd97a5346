"""The Atom feed: articles, and products on the day on which they come."""

from __future__ import annotations

import datetime as dt
import xml.etree.ElementTree as ET

import pytest

from tests.conftest import FIVE, MakeShop
from tests.shop import NOW, Shop

A = "{http://www.w3.org/2005/Atom}"
PRODUCTS = {name: text for name, text in FIVE.items() if not name.startswith("content/guides/")}


def with_days(make_shop: MakeShop, **days: str) -> Shop:
    shop = make_shop(dict(PRODUCTS))
    for name, day in days.items():
        shop.edit(f"content/products/{name.replace('_', '-')}.yaml", "\ncategory:", f"\nadded: {day}\ncategory:")
    return shop


def entries(shop: Shop) -> list[tuple[str, ...]]:
    feed = ET.fromstring(shop.text("feed.xml"))  # noqa: S314 - our own file
    parts = ("title", "id", "published")
    return [tuple(entry.findtext(f"{A}{part}", "") for part in parts) for entry in feed.iter(f"{A}entry")]


def test_new_products_are_in_the_feed_newest_first(make_shop: MakeShop) -> None:
    shop = with_days(make_shop, plain_band="2026-11-02", small_hoops="2026-11-20")
    shop.edit("content/products/small-hoops.yaml", "\ncategory:", "\nsummary: Round, with a *hinge*.\ncategory:")
    shop.build()

    assert entries(shop) == [
        ("Small hoops", "https://shop.example/products/small-hoops/", "2026-11-20T00:00:00+02:00"),
        ("Plain band", "https://shop.example/products/plain-band/", "2026-11-02T00:00:00+02:00"),
    ]
    assert "Round, with a hinge." in shop.text("feed.xml")
    assert shop.html("index.html").select_one("link[type='application/atom+xml'][href='/feed.xml']")


def test_product_of_tomorrow_comes_tomorrow(make_shop: MakeShop) -> None:
    tomorrow = NOW.date() + dt.timedelta(days=1)
    shop = with_days(make_shop, plain_band="2026-11-02", small_hoops=str(tomorrow))
    result = shop.build()
    assert [title for title, *_ in entries(shop)] == ["Plain band"]
    assert result.next_instant is not None
    assert result.next_instant <= NOW + dt.timedelta(days=1)

    shop.build(now=NOW + dt.timedelta(days=1))
    assert [title for title, *_ in entries(shop)] == ["Small hoops", "Plain band"]


@pytest.mark.parametrize("status", ["draft", "unlisted"])
def test_product_that_is_in_no_list_is_not_in_the_feed(make_shop: MakeShop, status: str) -> None:
    shop = with_days(make_shop, plain_band="2026-11-02", small_hoops="2026-11-20")
    shop.edit("content/products/small-hoops.yaml", "\ncategory:", f"\nstatus: {status}\ncategory:")
    shop.build()

    assert [title for title, *_ in entries(shop)] == ["Plain band"]


def test_shop_without_articles_and_days_has_no_feed(make_shop: MakeShop) -> None:
    shop = with_days(make_shop)
    shop.build()

    assert not (shop.output / "feed.xml").exists()
    assert not shop.html("index.html").select("link[type='application/atom+xml']")


def test_price_is_not_in_the_feed_but_a_name_is(make_shop: MakeShop) -> None:
    shop = with_days(make_shop, plain_band="2026-11-02")
    shop.build()
    before = shop.text("feed.xml")
    shop.edit("content/products/plain-band.yaml", "49.00", "51.00")
    shop.build()
    assert shop.text("feed.xml") == before

    shop.edit("content/products/plain-band.yaml", "name: Plain band", "name: Smooth band")
    shop.build()
    assert [title for title, *_ in entries(shop)] == ["Smooth band"]
