"""Read one row of an export field by field. Unusable values are reported with their columns."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TypeVar

import msgspec

from storegen.importers.bodies import as_markdown
from storegen.importers.cells import as_address, as_barcode, as_price, as_quantity, as_weight, as_words, is_shortened
from storegen.importers.columns import Names, value_of
from storegen.importers.report import Remark
from storegen.importers.table import Row

T = TypeVar("T")


class Reading(msgspec.Struct, frozen=True):
    """A product's row. *remarks* collects messages, *kept* the columns whose values are stored under ``private``."""

    row: Row
    names: Names
    product: str
    remarks: list[Remark]
    kept: set[str]


def text_of(reading: Reading, field: str) -> str:
    """Return a field's cell, or an empty string."""
    return value_of(reading.row, reading.names, field)


def word_of(reading: Reading, field: str) -> str:
    """Return a field's cell case-folded, for comparison."""
    return text_of(reading, field).casefold()


def say(reading: Reading, message: str, found: str = "", *, dropped: bool = False) -> None:
    """Add a remark about the row."""
    remark = Remark(line=reading.row.line, product=reading.product, message=message, found=found, dropped=dropped)
    reading.remarks.append(remark)


def keep(reading: Reading, *fields: str) -> None:
    """Keep the columns of fields under ``private``, because no product key fits their values."""
    reading.kept.update(name for field in fields for name in reading.names[field])


def price_of(reading: Reading, field: str) -> Decimal | None:
    """Return an amount of money, None if the cell is blank or unreadable."""
    return _read(reading, field, as_price)


def quantity_of(reading: Reading, field: str) -> int | None:
    """Return a number of pieces, None if the cell is blank or unreadable."""
    return _read(reading, field, as_quantity)


def barcode_of(reading: Reading, field: str) -> str:
    """Return a GTIN, an empty string if the cell has no valid one."""
    return _read(reading, field, as_barcode) or ""


def sku_of(reading: Reading) -> str:
    """Return an article number, and report one that a spreadsheet has shortened."""
    text = as_words(text_of(reading, "sku"))
    if is_shortened(text):
        message = "a spreadsheet has shortened this article number, so format its column as text and export it again"
        say(reading, message, text)
    return text


def weight_of(reading: Reading, field: str, unit: str) -> str:
    """Return a weight, an empty string if the cell is blank or unreadable."""
    return _read(reading, field, lambda text: as_weight(text, unit)) or ""


def picture_of(reading: Reading, text: str) -> str:
    """Return a picture's web address, an empty string for anything else."""
    try:
        return as_address(text) if text else ""
    except ValueError:
        say(reading, "a picture without an address on the web", text, dropped=True)
        return ""


def markdown_of(reading: Reading, text: str, *, line_ends: bool = False) -> str:
    """Return a description as Markdown, and report its omitted content."""
    body = as_markdown(text, line_ends=line_ends)
    if body.left_out:
        say(reading, "parts of the description", body.left_out, dropped=True)
    if body.attributes:
        message = "attributes for looks and scripts, in descriptions"
        reading.remarks.append(Remark(message=message, count=body.attributes, dropped=True))
    return body.text


def stock_of(reading: Reading, quantity: int, *, on_order: bool) -> tuple[int | None, str]:
    """Return stock and availability of an item with stock tracking. With *on_order* it can be bought at stock 0."""
    if on_order and quantity <= 0:
        return None, "backorder"
    if quantity < 0:
        say(reading, "more were sold than there were; the stock is 0", str(quantity))
    return max(quantity, 0), ""


def _read(reading: Reading, field: str, read: Callable[[str], T]) -> T | None:
    text = text_of(reading, field)
    try:
        return read(text) if text else None
    except ValueError as error:
        say(reading, f"{str(error).partition(', found')[0]}; what was found is kept under private", text)
        keep(reading, field)
        return None
