"""Parse a CSV file of any usual encoding and separator into rows with their line numbers."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

import msgspec

from storegen.errors import ContentError, Problem
from storegen.importers.cells import as_words, legible
from storegen.importers.encodings import decode_export
from storegen.importers.filetypes import foreign_binary, foreign_text
from storegen.importers.report import Remark

_SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_HINT = re.compile(r"\ufeff?\"?sep=", re.IGNORECASE)  # Excel's separator line, "sep=;"
_HEADER_WITHIN = 50  # lines
_FEW = 4
_SERVER = re.compile(
    r"<br\s*/?>|(?:PHP )?(?:<b>)?(?:Warning|Notice|Deprecated|Fatal error|Parse error)(?:</b>)?:\s", re.IGNORECASE
)


class Layout(msgspec.Struct, frozen=True, kw_only=True):
    """Information on an export before it is read.

    *columns* are case-folded column names that identify the header. *advice* explains how to get the right file.
    *encoding* is the merchant's setting, empty for detection.
    """

    columns: frozenset[str] = frozenset()
    advice: str = ""
    encoding: str = ""


class Row(msgspec.Struct, frozen=True):
    """A row: its first line, and its non-empty cells keyed by folded header name."""

    line: int
    cells: Mapping[str, str]

    def get(self, name: str) -> str:
        """Return a cell's text, or an empty string."""
        return self.cells.get(name, "")


class Table(msgspec.Struct, frozen=True):
    """A CSV file: the headers as written, keyed by their case-folded names, the rows, and remarks on irregularities.

    *line* is the line of the header.
    """

    name: str
    headers: Mapping[str, str]
    rows: tuple[Row, ...]
    remarks: tuple[Remark, ...] = ()
    line: int = 1


def read_table(data: bytes, name: str, layout: Layout) -> Table:
    """Read a CSV file with a header line.

    The encodings are UTF-8, UTF-16 and the usual ones of Windows. The separator (comma, semicolon, tab or bar) is the
    one that splits the header into the most columns. Lines before the header, such as a server's warnings, are skipped.
    Raises ContentError or EncodingError, with the name of the file.
    """
    _refuse(foreign_binary(data), name, layout)
    whole, encoding, example = decode_export(data, name, layout.encoding)
    text, first, remarks = _from_header(whole, name, layout)
    separator = _separator(text, name)
    remarks += _guesses(encoding, example, separator)
    with _long_fields(len(text)):
        records = _records(text, separator, name, first)
        _, header = next(records)
        headers = _headers(header)
        rows = tuple(_rows(headers, header, records, remarks))
    return Table(name, headers, rows, tuple(remarks), first)


def _refuse(foreign: str, name: str, layout: Layout) -> None:
    if foreign:
        advice = f"; {layout.advice}" if layout.advice else ""
        raise ContentError([Problem(name, 0, "", f"expected a CSV file, found {foreign}{advice}")])


def _from_header(text: str, name: str, layout: Layout) -> tuple[str, int, list[Remark]]:
    """Return the text from the header line on, the number of that line, and remarks on the skipped lines.

    The header is the first line with two known columns, else the first non-blank line.
    """
    lines = re.split(r"(?<=\n)|(?<=\r)(?!\n)", text, maxsplit=_HEADER_WITHIN)[:_HEADER_WITHIN]
    known = (number for number, line in enumerate(lines) if len(_names(line) & layout.columns) > 1)
    number = next(known, None)
    if number is None:
        _refuse(foreign_text(text), name, layout)
        number = next((number for number, line in enumerate(lines) if _names(line) and not _HINT.match(line)), None)
    if number is None:
        message = "expected a header line with the names of the columns, found nothing"
        raise ContentError([Problem(name, 1, "", message)])
    before = [line.strip("\ufeff \t\r\n") for line in lines[:number] if _names(line) and not _HINT.match(line)]
    remarks = (
        [Remark(line=1, message="lines before the header", found=" ".join(before), dropped=True)] if before else []
    )
    start = sum(map(len, lines[:number]))
    return text[start:].lstrip("\ufeff \t"), number + 1, remarks


def _names(line: str) -> frozenset[str]:
    """Return the possible column names in a line, folded."""
    return frozenset(filter(None, (fold(legible(part).strip().strip("\"'")) for part in re.split(r"[,;\t|]", line))))


def _guesses(encoding: str, example: str, separator: str) -> Iterator[Remark]:
    """Yield remarks on what was guessed about the file, so that the merchant notices a wrong guess."""
    if encoding:
        message = (
            f"the file is not UTF-8; it was read as {encoding}. Where letters are wrong, "
            "save it as CSV UTF-8 or name its encoding with --encoding"
        )
        yield Remark(message=message, found=example)
    if separator != ",":
        yield Remark(
            message=f"the cells are separated by {_SEPARATORS[separator]}, not by commas as the shop writes them"
        )


def _rows(
    headers: Mapping[str, str], header: list[str], records: Iterable[tuple[int, list[str]]], remarks: list[Remark]
) -> Iterator[Row]:
    for line, cells in records:
        filled = [text for cell in cells if (text := cell.strip())]
        if cells == header:
            remarks.append(Remark(line=line, message="the header line again", dropped=True))
        elif filled and len(filled) < _FEW and _SERVER.match(filled[0]):
            remarks.append(Remark(line=line, message="a message of the server", found=", ".join(filled), dropped=True))
        elif filled:
            yield _row(headers, cells, line, remarks)


def fold(header: str) -> str:
    """Return a header's name folded: without differences of case and spaces."""
    return " ".join(header.split()).casefold()


@contextmanager
def _long_fields(size: int) -> Iterator[None]:
    """Let csv read fields of up to *size* characters. The limit is global, so it is restored afterwards."""
    limit = csv.field_size_limit(max(size, 1))
    try:
        yield
    finally:
        csv.field_size_limit(limit)


def _separator(text: str, name: str) -> str:
    def columns(separator: str) -> int:
        """Return the number of columns in the first record, 0 if it can't be read."""
        try:
            return len(next(_records(text, separator, name, 1), (1, []))[1])
        except ContentError:
            return 0

    return max(_SEPARATORS, key=columns)


def _records(text: str, separator: str, name: str, first: int) -> Iterator[tuple[int, list[str]]]:
    """Yield each record with its first line."""
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
    """Return the headers as written, keyed by folded name. A blank or duplicate name gets a unique one."""
    headers: dict[str, str] = {}
    for number, cell in enumerate(cells, 1):
        plain = as_words(legible(cell)) or f"Column {number}"
        written = plain if fold(plain) not in headers else f"{plain} (column {number})"
        headers[fold(written)] = written
    return headers


def _row(headers: Mapping[str, str], cells: list[str], line: int, remarks: list[Remark]) -> Row:
    """Return a row. Cells beyond the header are reported, missing cells are blank."""
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
