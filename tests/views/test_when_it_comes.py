"""When an article comes: page, cart, order, structured data, feed and search tell the same of each availability."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from storegen.checkout.order_reading import order_faults, read_order
from tests.browser import hosted
from tests.conftest import FIVE, MakeShop
from tests.shop import NOW, SITE, Shop

KEY = "a key that nobody else has"
G = "{http://base.google.com/ns/1.0}"
SCHEMA = "https://schema.org/"
BACK = "Out of stock for now; sent when it is back"


class Told(NamedTuple):
    """What a shop says of a lamp with the lines *file*, on Monday 23 November 2026 at 11:50 in Helsinki.

    *plain* is the promise without scripts, *dated* with them. *cart* is the line's text, *arrives* the cart's date.
    *handling* are the days of structured data and feed, *transit* says whether they name the days on the way.
    """

    file: str
    plain: str
    dated: str
    cart: str
    arrives: str
    schema: str
    feed: str
    handling: tuple[int, int] | None
    transit: bool = True
    day: str = ""


RULE = "Order by 14:00 on a working day, sent the same day In stock in Helsinki, 1–3 working days"
TODAY = "Order within 2 h 10 min, arrives Tue 24 – Thu 26 Nov In stock in Helsinki, sent today"
CASES = {
    "in": Told("stock: 9", RULE, TODAY, "", "Arrives Tue 24 – Thu 26 Nov", "InStock", "in_stock", (0, 1)),
    "few": Told(
        "stock: 2",
        RULE.replace("In stock in Helsinki", "2 left"),
        TODAY.replace("In stock in Helsinki", "2 left"),
        "",
        "Arrives Tue 24 – Thu 26 Nov",
        "LimitedAvailability",
        "in_stock",
        (0, 1),
    ),
    "made": Told(
        "delivery: {make_days: 10-15}",
        "Made for you in 10–15 days 1–3 working days",
        "Made for you in 10–15 days, arrives by Thu 17 Dec",
        "Made to order, 10–15 days",
        "Arrives by Thu 17 Dec",
        "MadeToOrder",
        "in_stock",
        (10, 15),
    ),
    "made some day": Told(
        "availability: made_to_order",
        "Made to order",
        "Made to order",
        "Made to order",
        "",
        "MadeToOrder",
        "in_stock",
        None,
        transit=False,
    ),
    "back": Told("availability: backorder", BACK, BACK, BACK, "", "BackOrder", "", None, transit=False),
    "back on a day": Told(
        "availability: backorder\navailable_from: 2026-12-10",
        "Out of stock for now; back on 10 Dec 1–3 working days",
        "Out of stock for now; back on 10 Dec Arrives Fri 11 – Tue 15 Dec",
        "Out of stock for now; back on 10 Dec",
        "Arrives Fri 11 – Tue 15 Dec",
        "BackOrder",
        "backorder",
        None,
        day="2026-12-10",
    ),
    "released": Told(
        "availability: preorder",
        "Coming soon; pre-order now",
        "Coming soon; pre-order now",
        "Coming soon; pre-order now",
        "",
        "PreOrder",
        "",
        None,
        transit=False,
    ),
    "released on a day": Told(
        "available_from: 2026-12-10",
        "Released on 10 Dec; pre-order now 1–3 working days",
        "Released on 10 Dec; pre-order now Arrives Fri 11 – Tue 15 Dec",
        "Released on 10 Dec; pre-order now",
        "Arrives Fri 11 – Tue 15 Dec",
        "PreOrder",
        "preorder",
        None,
        day="2026-12-10",
    ),
    "digital": Told(
        "delivery: {digital: yes}",
        "Sent by e-mail after payment; no parcel",
        "Sent by e-mail after payment; no parcel",
        "",
        "",
        "InStock",
        "in_stock",
        None,
        transit=False,
    ),
    "out": Told("stock: 0", "Sold out", "Sold out", "", "", "OutOfStock", "out_of_stock", None, transit=False),
}
SITE_WITH_FEED = SITE.replace('menu: ["category:rings", "guides"]\n', "feeds: [google]\n")


@pytest.fixture(scope="module", params=CASES)
def told(request: pytest.FixtureRequest) -> Told:
    return CASES[request.param]


@pytest.fixture
def shop(make_shop: MakeShop, told: Told, monkeypatch: pytest.MonkeyPatch) -> Shop:
    monkeypatch.setenv("STOREGEN_ORDER_KEY", KEY)
    lamp = f"name: Lamp\nsku: L-1\nprice: 50.00\ncategory: lamps\n{told.file}\n"
    files = {"content/products/lamp.yaml": lamp, "content/categories/lamps.yaml": "name: Lamps\n"}
    shop = make_shop({"site.yaml": SITE_WITH_FEED, **files})
    shop.build()
    return shop


def words(text: str) -> str:
    """Return a text with plain spaces, without the signs that keep dates on one line."""
    return re.sub(r"\s+", " ", text.replace("\u2060", "")).replace(" ,", ",").strip()


def test_page_without_scripts_names_only_days_that_somebody_promised(shop: Shop, told: Told) -> None:
    promise = shop.html("products/lamp/index.html").select(".promise")[0]

    assert words(promise.get_text(" ")) == told.plain


def test_structured_data_says_what_the_page_says(shop: Shop, told: Told) -> None:
    offer = shop.jsonld("products/lamp/index.html")[0]["offers"]
    first: dict[str, Any] = next(iter(offer.get("shippingDetails", [])), {})
    time = first.get("deliveryTime", {})

    assert offer["availability"] == SCHEMA + told.schema
    assert offer.get("availabilityStarts", "") == told.day
    assert _days(time.get("handlingTime")) == told.handling
    assert _days(time.get("transitTime")) == ((1, 3) if told.transit else None)


def _days(quantity: dict[str, Any] | None) -> tuple[int, int] | None:
    return (quantity["minValue"], quantity["maxValue"]) if quantity else None


def test_feed_says_what_the_page_says(shop: Shop, told: Told) -> None:
    items = ET.fromstring(shop.text("feeds/google.xml")).findall(".//item")  # noqa: S314 - our own file
    if not told.feed:
        assert items == []  # a day is required there, and the shop names none
        return
    (item,) = items

    assert item.findtext(f"{G}availability") == told.feed
    assert item.findtext(f"{G}availability_date", "") == told.day
    handling = [item.findtext(f"{G}{each}_handling_time") for each in ("min", "max")]
    assert handling == ([None, None] if told.handling is None else list(map(str, told.handling)))
    assert (item.findtext(f"{G}shipping/{G}max_transit_time") is not None) is told.transit


def test_promise_names_the_carrier_that_the_method_has(make_shop: MakeShop) -> None:
    """The name of a method, such as "Parcel", is none."""
    shop = make_shop(FIVE)
    shop.build()
    assert "with" not in shop.html("products/plain-band/index.html").select(".promise")[0].get_text()
    shop.edit("site.yaml", "name: Post,", "name: Parcel, carrier: posti,")
    shop.build()
    assert "1–3 working days with Posti" in shop.html("products/plain-band/index.html").select(".promise")[0].get_text()


@pytest.fixture
def page(browser: Browser, shop: Shop) -> Iterator[Page]:
    with hosted(shop.output) as address:
        page = browser.new_page(base_url=address, timezone_id="Europe/Helsinki", locale="en-GB")
        page.clock.set_fixed_time(NOW)
        yield page
        page.close()


@pytest.mark.browser
def test_page_cart_and_order_name_the_same_day(page: Page, told: Told) -> None:
    page.goto("/products/lamp/")
    expect(page.locator(".promise")).to_be_visible()
    assert words(page.locator(".promise").inner_text()) == told.dated
    if told.schema == "OutOfStock":
        expect(page.get_by_role("button", name="Add to cart")).to_be_hidden()
        return

    link = page.get_by_role("link", name="Buy now").first.get_attribute("href") or ""
    assert_order_says(parse_qs(urlsplit(link).query)["body"][0], told)
    page.get_by_role("button", name="Add to cart").first.click()
    cart = page.locator("dialog[open]")
    expect(cart.locator("[data-part=total]")).to_contain_text("€")
    assert words(cart.locator("li [data-part=when]").inner_text()) == told.cart
    arrives = cart.locator("[data-part=arrives]")
    assert (words(arrives.inner_text()) if arrives.is_visible() else "") == told.arrives
    assert_order_says(page.evaluate("storegen.orderText"), told)


def assert_order_says(text: str, told: Told) -> None:
    """The order names when it can be sent, if that is not at once, and can still be read and verified."""
    order = read_order(text, KEY)

    assert list(order_faults(order)) == []
    assert [line.sku for line in order.lines] == ["L-1"]
    said = [row for row in order.after if row.startswith("[")]
    assert said == ([f"[L-1] {told.cart}"] if told.cart else [])


@pytest.mark.browser
def test_search_says_what_the_page_says(page: Page, told: Told) -> None:
    page.goto("/search/?q=lamp")
    found = page.locator(".search__grid .product-card").first
    expect(found).to_contain_text("Lamp")
    shown = words(found.inner_text())

    if told.schema == "OutOfStock":
        assert "Sold out" in shown
    elif told.cart or "Digital" in told.plain:
        assert (told.cart or told.plain) in shown
    else:
        assert not re.search("order|Out|Released", shown)


@pytest.mark.browser
@pytest.mark.parametrize(
    ("language", "days"),
    [
        ("en", "Tue 24 – Thu 26 Nov"),
        ("en-US", "Tue Nov 24 – Thu Nov 26"),
        ("de", "Di. 24. – Do. 26. Nov."),
        ("ko", "11월 24일 (화) ~ 26일 (목)"),
        ("ja", "11月24日(火) ～ 26日(木)"),
    ],
)
def test_days_stand_in_the_order_of_the_language(
    make_shop: MakeShop, browser: Browser, language: str, days: str
) -> None:
    shop = make_shop(FIVE)
    shop.write("site.yaml", f"{SITE}languages: [{language}]\n")
    shop.build()
    with hosted(shop.output) as address:
        page = browser.new_page(base_url=address, timezone_id="Europe/Helsinki", locale=language)
        page.clock.set_fixed_time(NOW)
        page.goto(next(f"/{each.parent.relative_to(shop.output)}/" for each in shop.output.rglob("ball-studs/*.html")))
        expect(page.locator("[data-part=promise]")).to_contain_text("24")
        assert days in words(page.locator(".promise").inner_text())
        page.close()


def test_way_to_fetch_it_oneself_names_no_days_on_the_way(make_shop: MakeShop) -> None:
    methods = "    - {id: fetch, name: Fetch it in the shop, price: 0, days: 0, countries: [FI]}\n"
    page = {"content/pages/delivery.md": "---\ntitle: Delivery\nlayout: delivery\n---\n"}
    shop = make_shop({**FIVE, **page, "site.yaml": SITE.replace("returns:", f"{methods}returns:")})
    shop.build()
    rows = [row.get_text(" ", strip=True) for row in shop.html("delivery/index.html").select(".deliveries tbody tr")]

    assert rows[0].startswith("Post Finland 1–3 working days")
    assert rows[1] == "Fetch it in the shop Finland Free"
