"""When an article can be sent: one value for each availability."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from storegen.views.contexts.parts import Stock
from storegen.views.contexts.product import ProductPage
from storegen.views.stock import handling_days
from tests.planned import plan_shop
from tests.shop import SITE

PLAIN = SITE.replace('menu: ["category:rings", "guides"]\n', "")
DAY = dt.date(2026, 12, 10)
THERE: dict[str, Any] = {"text": "In stock in Helsinki", "ready": (0, 0)}


def page(text: str, site: str = PLAIN) -> ProductPage:
    """Return the page of a product with these lines in its file."""
    found = plan_shop({"site.yaml": site, "content/products/pin.yaml": f"name: Pin\nprice: 5.00\n{text}"})
    context = found.context("products/pin/index.html")
    assert isinstance(context, ProductPage)
    return context


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", Stock(state="in", **THERE)),
        ("stock: 4", Stock(state="in", left=4, **THERE)),
        ("stock: 3", Stock(state="few", text="3 left", left=3, ready=(0, 0))),
        ("stock: 1", Stock(state="few", text="1 left", left=1, ready=(0, 0))),
        ("stock: 0", Stock(state="out", text="Sold out")),
        ("stock: 0\navailability: in_stock", Stock(state="in", **THERE)),
        ("stock: 2\navailability: out_of_stock", Stock(state="out", text="Sold out")),
        ("stock: 2\navailability: discontinued", Stock(state="out", text="Sold out")),
        ("availability: made_to_order", Stock(state="order", text="Made to order")),
        (
            "delivery: {make_days: 3-5}",
            Stock(state="order", text="Made to order, 3–5 days", ready=(3, 5)),
        ),
        ("delivery: {make_days: 1}", Stock(state="order", text="Made to order, 1 day", ready=(1, 1))),
        ("delivery: {make_days: 3-5}\nstock: 9", Stock(state="in", left=9, **THERE)),  # it is made already
        ("delivery: {make_days: 3-5}\nstock: 0", Stock(state="out", text="Sold out")),
        ("availability: backorder", Stock(state="back", text="Out of stock for now; sent when it is back")),
        (
            "availability: backorder\ndelivery: {make_days: 7}",
            Stock(state="back", text="Out of stock for now; sent when it is back", ready=(7, 7)),
        ),
        (
            "availability: backorder\navailable_from: 2026-12-10",
            Stock(state="back", text="Out of stock for now; back on 10 Dec", ready=(0, 0), available=DAY),
        ),
        ("availability: preorder", Stock(state="pre", text="Coming soon; pre-order now")),
        (
            "available_from: 2026-12-10",
            Stock(state="pre", text="Released on 10 Dec; pre-order now", ready=(0, 0), available=DAY),
        ),
        ("delivery: {digital: yes}", Stock(state="digital", text="Sent by e-mail after payment; no parcel")),
        (
            "delivery: {digital: yes}\nstock: 2",
            Stock(state="digital", text="Sent by e-mail after payment; no parcel", left=2),
        ),
        ("delivery: {digital: yes}\nstock: 0", Stock(state="out", text="Sold out")),
    ],
)
def test_each_availability_has_one_value(text: str, shown: Stock) -> None:
    found = page(text)

    assert found.stock == shown
    assert found.variants[0].stock == shown


@pytest.mark.parametrize(
    ("variants", "shown"),
    [
        (["stock: 2"], Stock(state="few", text="2 left", left=2, ready=(0, 0))),
        (["stock: 2", "stock: 2"], Stock(state="few", text="2 left", left=2, ready=(0, 0))),
        (["stock: 2", "stock: 1"], Stock(state="in", **THERE)),  # which of them is short, the choice says
        (["stock: 0", "stock: 2"], Stock(state="in", **THERE)),
        (
            ["stock: 0", "availability: preorder"],
            Stock(state="pre", text="Coming soon; pre-order now", ready=(9, 9)),
        ),
        (
            ["availability: preorder", "availability: made_to_order"],
            Stock(state="order", text="Made to order, 9 days", ready=(9, 9)),
        ),
        (["availability: made_to_order", "stock: 5"], Stock(state="in", **THERE)),
        (["availability: made_to_order", "stock: 2"], Stock(state="in", **THERE)),
        (["stock: 0", "availability: discontinued"], Stock(state="out", text="Sold out")),
    ],
)
def test_stock_of_a_product_is_the_best_of_its_articles(variants: list[str], shown: Stock) -> None:
    rows = "".join(
        f"  - {{sku: P-{place}, options: {{Size: {place}}}, {each}}}\n" for place, each in enumerate(variants)
    )
    found = page(f"delivery: {{make_days: 9}}\nvariants:\n{rows}")

    assert found.stock == shown


def test_place_is_named_only_where_the_shop_says_when_it_sends() -> None:
    silent = PLAIN.replace("  dispatch: {before: 14:00, days: Mon-Fri}\n", "")

    assert page("", silent).stock.text == "In stock"


@pytest.mark.parametrize(
    ("stock", "dispatched", "days"),
    [
        ({"state": "in", "ready": (0, 0)}, True, (0, 1)),
        ({"state": "in", "ready": (0, 0)}, False, None),
        ({"state": "order", "ready": (3, 5)}, False, (3, 5)),
        ({"state": "order"}, True, None),
        ({"state": "pre", "ready": (0, 0), "available": DAY}, True, None),
    ],
)
def test_machines_are_told_no_day_that_nobody_promised(
    stock: dict[str, Any], *, dispatched: bool, days: tuple[int, int] | None
) -> None:
    assert handling_days(Stock(**stock), dispatched=dispatched) == days
