"""Convert sale prices with dates to offers, which begin and end automatically."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal

import msgspec

from storegen.importers.records import ImportedProduct, ImportedSale
from storegen.importers.report import Remark

_ALWAYS = "2000-01-01"
_STEP = Decimal("0.001")


class Sale(msgspec.Struct, frozen=True, kw_only=True):
    """A sale price of one product or variation, with its dates as the export writes them."""

    product: str
    line: int
    regular: Decimal
    sale: Decimal
    starts: str = ""
    ends: str = ""


def make_sales(
    products: Iterable[ImportedProduct], sales: Iterable[Sale], remarks: list[Remark]
) -> tuple[ImportedSale, ...]:
    """Return one offer for each reduction and period that products share.

    An offer reduces a whole product by one percentage. So a sale becomes an offer only if the same percentage fits all
    variants of its product, to the cent. Any other sale is reported, and the product gets its regular price.
    """
    by_product: dict[str, list[Sale]] = defaultdict(list)
    for sale in sales:
        by_product[sale.product].append(sale)
    offers: dict[tuple[Decimal, str, str], list[str]] = defaultdict(list)
    for product in products:
        found = by_product.get(product.id, [])
        rows = {variant.line for variant in product.variants} or {product.line}
        offer = _offer(found) if len(found) == len(rows) else None
        if offer:
            offers[offer].append(product.id)
        remarks += (_remark(sale, made=offer is not None) for sale in found)
    return tuple(_written(offer, ids) for offer, ids in offers.items())


def _offer(sales: Sequence[Sale]) -> tuple[Decimal, str, str] | None:
    """Return the percentage, the beginning and the end that all the sales share, None if they differ."""
    starts, ends = _moment(sales[0].starts) or _ALWAYS, _moment(sales[0].ends, end=True)
    if not ends or len({(sale.starts, sale.ends) for sale in sales}) > 1 or (sales[0].starts and starts == _ALWAYS):
        return None
    percent = _percent(sales[0])
    if percent is None or any(_reduced(sale.regular, percent) != sale.sale for sale in sales):
        return None
    return percent, starts, ends


def _percent(sale: Sale) -> Decimal | None:
    """Return the percentage with the fewest digits that gives the sale price, rounded to the cent."""
    if not 0 <= sale.sale < sale.regular:
        return None
    exact = (sale.regular - sale.sale) * 100 / sale.regular
    for step in (Decimal(1), Decimal("0.1"), Decimal("0.01"), _STEP):
        percent = exact.quantize(step, ROUND_HALF_UP)
        if _reduced(sale.regular, percent) == sale.sale:
            return percent
    return None


def _reduced(price: Decimal, percent: Decimal) -> Decimal:
    return (price * (100 - percent) / 100).quantize(Decimal("0.01"), ROUND_HALF_UP)


def _moment(text: str, *, end: bool = False) -> str:
    """Return a moment in the format of content files, where a day alone is a first day, or with *end* a last day."""
    match = re.fullmatch(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[ T]([0-9]{1,2}:[0-9]{2})(?::([0-9]{2}))?)?", text)
    try:
        day = dt.date.fromisoformat(match[1]) if match else None
    except ValueError:
        day = None
    if not match or day is None:
        return ""
    time = (match[2] or "").zfill(5)
    if time == "23:59":  # the last minute of a day
        return (day if end else day + dt.timedelta(days=1)).isoformat()
    if match[2] and time == "00:00" and end:
        return (day - dt.timedelta(days=1)).isoformat()
    return f"{day} {time}" if match[2] and time != "00:00" else day.isoformat()


def _remark(sale: Sale, *, made: bool) -> Remark:
    found = f"{sale.sale} from {sale.starts or 'the beginning'} until {sale.ends or 'nobody knows when'}"
    message = (
        "a sale price with dates became an offer in content/offers"
        if made
        else "a sale price with dates, which no offer can make; the regular price stands"
    )
    return Remark(line=sale.line, product=sale.product, message=message, found=found, dropped=not made)


def _written(offer: tuple[Decimal, str, str], products: Sequence[str]) -> ImportedSale:
    percent, starts, ends = offer
    number = str(percent).replace(".", "-")
    name = "-".join(re.sub("[^0-9-]", "-", part) for part in (number, starts, ends))
    return ImportedSale(
        id=f"sale-{name}", name="Sale", percent=percent, products=tuple(products), starts=starts, ends=ends
    )
