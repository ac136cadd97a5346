"""A CSV file of any usual encoding and separator to rows that know their line."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import msgspec

from storegen.errors import ContentError, EncodingError, Problem
from storegen.files import decode
from storegen.importers.cells import as_words, legible
from storegen.importers.report import Remark

_SEPARATORS = (",", ";", "\t", "|")
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_OTHER_FILES = {
    b"PK\x03\x04": "an Excel or Numbers workbook",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"%PDF": "a PDF",
    b"\x1f\x8b": "a packed file",
}


class Row(msgspec.Struct, frozen=True):
    """One row: the line on which it begins, and its filled cells by the header's folded name."""

    line: int
    cells: Mapping[str, str]

    def get(self, name: str) -> str:
        """Return a cell's text, or an empty string."""
        return self.cells.get(name, "")


class Table(msgspec.Struct, frozen=True):
    """A CSV file: folded header names to the names as written, the rows, and what was odd about them."""

    name: str
    headers: Mapping[str, str]
    rows: tuple[Row, ...]
    remarks: tuple[Remark, ...] = ()


def read_table(data: bytes, name: str) -> Table:
    """Read a CSV file with a header line.

    UTF-8 with or without byte order mark and UTF-16 with one are read; the separator (comma, semicolon, tab or bar)
    is the one that makes the most of the header. Raises ContentError or EncodingError, each naming the file.
    """
    text, first = _without_hint(_decoded(data, name))
    remarks: list[Remark] = []
    with _long_fields(len(text)):
        records = _records(text, _separator(text, name), name, first)
        line, header = next(records, (1, []))
        if not any(cell.strip() for cell in header):
            raise ContentError(
                [Problem(name, line, "", "expected a header line with the names of the columns, found nothing")]
            )
        headers = _headers(header)
        rows = tuple(_row(headers, cells, line, remarks) for line, cells in records if any(map(str.strip, cells)))
    return Table(name, headers, rows, tuple(remarks))


def fold(header: str) -> str:
    """Return a header's name without regard to case and spaces."""
    return " ".join(header.split()).casefold()


def _decoded(data: bytes, name: str) -> str:
    kind = next((what for magic, what in _OTHER_FILES.items() if data.startswith(magic)), "")
    if kind:
        raise ContentError([Problem(name, 0, "", f"expected a CSV file, found {kind}; save it as CSV (UTF-8)")])
    if data[:2] in _UTF16:
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError as error:
            raise EncodingError(f"{name}: expected UTF-16, as its first two bytes say: {error.reason}") from None
    try:
        return decode(data)
    except EncodingError as error:
        raise EncodingError(f"{name}: {error}") from None


def _without_hint(text: str) -> tuple[str, int]:
    """Return the text without Excel's ``sep=;`` line, and the number of its first line."""
    hint = re.match(r"sep=.\r?\n", text)
    return (text[hint.end() :], 2) if hint else (text, 1)


@contextmanager
def _long_fields(size: int) -> Iterator[None]:
    """Let csv read fields as long as the file; its limit is global, so it is put back."""
    limit = csv.field_size_limit(max(size, 1))
    try:
        yield
    finally:
        csv.field_size_limit(limit)


def _separator(text: str, name: str) -> str:
    def columns(separator: str) -> int:
        try:
            return len(next(_records(text, separator, name, 1), (1, []))[1])
        except ContentError:
            return 0

    return max(_SEPARATORS, key=columns)


def _records(text: str, separator: str, name: str, first: int) -> Iterator[tuple[int, list[str]]]:
    """Yield each record with the line on which it begins."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True, skipinitialspace=True)
    while True:
        line = reader.line_num + first
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise ContentError([Problem(name, line, "", _explained(error))]) from None
        yield line, record


def _explained(error: csv.Error) -> str:
    if "unexpected end" in str(error):
        return 'a quotation mark (") is opened here and never closed'
    return 'a quotation mark (") inside a quoted cell must be doubled (""), or the cell must end after it'


def _headers(cells: list[str]) -> dict[str, str]:
    """Return folded names to names as written; a blank or second name becomes one of its own."""
    headers: dict[str, str] = {}
    for number, cell in enumerate(cells, 1):
        plain = as_words(legible(cell)) or f"Column {number}"
        written = plain if fold(plain) not in headers else f"{plain} (column {number})"
        headers[fold(written)] = written
    return headers


def _row(headers: Mapping[str, str], cells: list[str], line: int, remarks: list[Remark]) -> Row:
    """Return a row; cells beyond the header's are reported, missing ones are blank."""
    beyond = [cell.strip() for cell in cells[len(headers) :] if cell.strip()]
    if beyond:
        message = "cells beyond the last column"
        remarks.append(Remark(line=line, message=message, found=", ".join(beyond), dropped=True))
    filled: dict[str, str] = {}
    for name, cell in zip(headers, cells, strict=False):
        clean = legible(cell)
        if len(clean) < len(cell.replace("\r\n", "\n")):
            remarks.append(Remark(line=line, message="control characters", found=headers[name], dropped=True))
        if text := clean.strip():
            filled[name] = text
    return Row(line, filled)
