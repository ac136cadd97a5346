"""When an article can be sent: the one value that pages, cart, orders, structured data, feed and search read."""

from __future__ import annotations

from collections.abc import Sequence

from storegen.locale import date_text, days_text
from storegen.model.product import FEW_LEFT, Product, Sellable
from storegen.model.times import DayRange
from storegen.views.contexts.parts import Stock
from storegen.views.delivery import methods_for
from storegen.views.shop import Shop

_NOW = (0, 0)  # working days until dispatch
_ORDER = ("in", "few", "digital", "order", "pre", "back", "out")


def stock_of(shop: Shop, product: Product, variant: Sellable) -> Stock:
    """Return when a variant can be sent."""
    days = product.delivery.make_days if product.delivery else None
    match variant.availability:
        case "out_of_stock" | "discontinued":
            return Stock(state="out", text=shop.word("stock.out"))
        case "made_to_order":
            return Stock(state="order", text=_made(shop, days), ready=days)
        case "preorder":
            return _later(shop, "pre", variant, days)
        case "backorder":
            return _later(shop, "back", variant, days)
    left = variant.stock or None  # 0 with `availability: in_stock` means that nobody counts
    if product.digital:
        return Stock(
            state="digital", text=shop.word("stock.voucher" if product.voucher else "stock.digital"), left=left
        )
    if left is not None and left <= FEW_LEFT:
        return Stock(state="few", text=shop.word("stock.few", count=left), left=left, ready=_NOW)
    return Stock(state="in", text=_there(shop, product), left=left, ready=_NOW)


def handling_days(stock: Stock, *, dispatched: bool) -> tuple[int, int] | None:
    """Return the minimum and maximum number of days until dispatch for machines, None if the shop promises none.

    What is in stock leaves on the day of the order or on the next, if the shop says when it dispatches.
    """
    if stock.ready is None or stock.available is not None:
        return None
    return stock.ready if stock.ready != _NOW else (0, 1) if dispatched else None


def _there(shop: Shop, product: Product) -> str:
    dispatch = shop.config.delivery.dispatch if methods_for(shop, product) else None
    place = (dispatch.place or shop.config.company.city) if dispatch else ""
    return shop.word("stock.in_place", place=place) if place else shop.word("stock.in")


def _made(shop: Shop, days: DayRange | None) -> str:
    if days is None:
        return shop.word("stock.order")
    return shop.word("stock.order_days", count=days.most, days=days_text(days, shop.language))


def _later(shop: Shop, state: str, variant: Sellable, days: DayRange | None) -> Stock:
    """Return the stock of a preorder or backorder. Its days are known if the shop names a day or the working days."""
    day = variant.available_from
    text = shop.word(f"stock.{state}_from", day=date_text(day, shop.language, "brief")) if day else ""
    return Stock(
        state="pre" if state == "pre" else "back",
        text=text or shop.word(f"stock.{state}"),
        ready=days or (_NOW if day else None),
        available=day,
    )


def stock_of_all(shop: Shop, product: Product, variants: Sequence[Sellable]) -> Stock:
    """Return a product's stock: that of its variants if they share it, else the best of theirs without a number."""
    stocks = [stock_of(shop, product, variant) for variant in variants]
    if all(stock == stocks[0] for stock in stocks):
        return stocks[0]
    best = min(stocks, key=lambda stock: _ORDER.index(stock.state))
    if best.state not in ("in", "few"):
        return best
    return Stock(state="in", text=_there(shop, product), ready=_NOW)
