"""Prices with decimal commas, as spreadsheets write them in most of Europe."""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

from storegen.importers.report import Remark
from storegen.importers.table import Row, Table

_COMMA = re.compile(r"(?:[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+),[0-9]{1,2}")
_POINT = re.compile(r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)\.[0-9]{1,2}")
_IN_COMMA_FILE = re.compile(r"(?:[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+)(?:,[0-9]{1,4})?")


def with_decimal_points(table: Table, columns: Iterable[str]) -> Table:
    """Return a table whose prices have decimal points, where all of them were written with commas.

    One cell alone may be unclear: ``1.234`` is a thousand only in a file that has ``12,50`` elsewhere. Where commas and
    points are mixed nothing is changed, and that is reported.
    """
    names = frozenset(columns)
    cells = [_plain(text) for row in table.rows for name, text in row.cells.items() if name in names]
    commas = [text for text in cells if _COMMA.fullmatch(text)]
    if not commas:
        return table
    if not all(_IN_COMMA_FILE.fullmatch(text) for text in cells):
        points = next((text for text in cells if _POINT.fullmatch(text)), "")
        message = "some prices have a decimal comma and others a point, so look whether all were read right"
        more = (Remark(message=message, found=f"{commas[0]} and {points}"),) if points else ()
        return msgspec.structs.replace(table, remarks=(*table.remarks, *more))
    rows = tuple(
        Row(row.line, {name: _pointed(text) if name in names else text for name, text in row.cells.items()})
        for row in table.rows
    )
    remark = Remark(message="the prices have decimal commas, and were read so", found=commas[0])
    return msgspec.structs.replace(table, rows=rows, remarks=(*table.remarks, remark))


def _plain(text: str) -> str:
    return text.replace("\u00a0", "").replace("\u202f", "").replace(" ", "")


def _pointed(text: str) -> str:
    return _plain(text).replace(".", "").replace(",", ".")
