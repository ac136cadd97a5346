"""Undo the changes of spreadsheet programs in other languages: decimal commas and translated TRUE and FALSE."""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

from storegen.importers.report import Remark
from storegen.importers.table import Row, Table

_COMMA = re.compile(r"(?:[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+),[0-9]{1,2}")
_POINT = re.compile(r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)\.[0-9]{1,2}")
# TRUE and FALSE as Excel and LibreOffice write them in other languages.
_TRUE = frozenset(
    "wahr vrai vero verdadero verdadeiro waar sann sant sand tosi prawda pravda igaz doğru истина істина adevărat "
    "αληθησ αληθήσ tõene patiesa tiesa istina resnično".split()
)
_FALSE = frozenset(
    "falsch faux falso onwaar falskt usann falsk epätosi fałsz nepravda hamis yanliş yanlış ложь хибність fals ψευδησ "
    "ψευδήσ väär vale aplams netiesa neistina napačno".split()
)
_IN_COMMA_FILE = re.compile(r"(?:[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+)(?:,[0-9]{1,4})?")


def with_decimal_points(table: Table, columns: Iterable[str]) -> Table:
    """Return a table with decimal points in its prices, if all of them had commas.

    A single cell can be ambiguous: ``1.234`` is a thousand only in a file with values such as ``12,50``. If the file
    mixes commas and points, nothing is changed and a remark is added.
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


def with_english_flags(table: Table, columns: Iterable[str]) -> Table:
    """Return a table with English TRUE and FALSE in its yes-or-no columns."""
    names = frozenset(columns)
    local = [text for row in table.rows for name, text in row.cells.items() if name in names and _flag(text) != text]
    if not local:
        return table
    rows = tuple(
        Row(row.line, {name: _flag(text) if name in names else text for name, text in row.cells.items()})
        for row in table.rows
    )
    remark = Remark(
        message="TRUE and FALSE are in the language of a spreadsheet program, and were read so", found=local[0]
    )
    return msgspec.structs.replace(table, rows=rows, remarks=(*table.remarks, remark))


def _flag(text: str) -> str:
    folded = text.casefold()
    return "FALSE" if folded in _FALSE else "TRUE" if folded in _TRUE else text


def _plain(text: str) -> str:
    return text.replace("\u00a0", "").replace("\u202f", "").replace(" ", "")


def _pointed(text: str) -> str:
    return _plain(text).replace(".", "").replace(",", ".")
