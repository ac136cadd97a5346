"""CSV files as spreadsheets and shops save them."""

from __future__ import annotations

import csv

import pytest

from storegen.errors import ContentError, EncodingError
from storegen.importers.cells import as_measure
from storegen.importers.table import Layout, Row, Table
from storegen.importers.table import read_table as read_any_table

LAYOUT = Layout(columns=frozenset(("handle", "title")))
TEXT = "Handle,Title\nring,Sõrmus\n"


def read_table(data: bytes, name: str) -> Table:
    return read_any_table(data, name, LAYOUT)


def rows(data: bytes) -> list[dict[str, str]]:
    return [dict(row.cells) for row in read_table(data, "p.csv").rows]


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        TEXT.replace(",", "\t").encode("utf-16"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        TEXT.replace(",", ";").encode(),
        TEXT.replace(",", "\t").encode(),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),
        ("sep=;\n" + TEXT.replace(",", ";")).encode(),
        TEXT.rstrip("\n").encode(),
        TEXT.replace("ring,Sõrmus", '"ring" , "Sõrmus"').replace('" ,', '",').encode(),
    ],
)
def test_usual_encodings_separators_and_line_ends_read_alike(data: bytes) -> None:
    assert rows(data) == [{"handle": "ring", "title": "Sõrmus"}]


def test_header_names_are_matched_without_regard_to_case_and_spaces() -> None:
    table = read_table(b"  HANDLE ,Body   (HTML)\nring,x\n", "p.csv")
    assert dict(table.headers) == {"handle": "HANDLE", "body (html)": "Body (HTML)"}


def test_cell_keeps_its_lines_and_its_row_the_line_where_it_begins() -> None:
    data = b'Handle,Title\nring,"one\r\ntwo"\n\n,,\nchain,x\n'
    assert read_table(data, "p.csv").rows == (
        Row(2, {"handle": "ring", "title": "one\ntwo"}),
        Row(6, {"handle": "chain", "title": "x"}),
    )


def test_lines_are_counted_from_the_hint_for_excel_too() -> None:
    assert read_table(b"sep=;\nHandle;Title\nring;x\n", "p.csv").rows[0].line == 3


def test_row_with_fewer_cells_is_filled_with_blanks() -> None:
    assert rows(b"Handle,Title\nring\n") == [{"handle": "ring"}]


def test_row_with_more_cells_reports_those_beyond_the_header() -> None:
    table = read_table(b"Handle,Title\nring,x,lost,\n", "p.csv")
    assert [str(remark) for remark in table.remarks] == ["line 2: left out: cells beyond the last column: lost"]


def test_column_without_a_name_and_second_column_of_a_name_are_kept_apart() -> None:
    table = read_table(b"Handle,,Handle\na,b,c\n", "p.csv")
    assert list(table.headers.values()) == ["Handle", "Column 2", "Handle (column 3)"]
    assert list(table.rows[0].cells.values()) == ["a", "b", "c"]


def test_huge_cell_is_read_and_the_limit_of_csv_is_put_back() -> None:
    before = csv.field_size_limit()
    assert rows(b"Handle,Title\nring," + b"x" * 300_000 + b"\n")[0]["title"] == "x" * 300_000
    assert csv.field_size_limit() == before


def test_control_characters_are_removed_and_reported() -> None:
    table = read_table(b"Handle,Title\nri\x02ng,x\n", "p.csv")
    assert table.rows[0].get("handle") == "ring"
    assert [str(remark) for remark in table.remarks] == ["line 2: left out: control characters: Handle"]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (
            b'Handle,Title\nring,x\nchain,"never closed\nmore\n',
            'p.csv:3: a quotation mark (") is opened here and never closed',
        ),
        (
            b'Handle,Title\nring,"5" pipe"\n',
            'p.csv:2: a quotation mark (") inside a quoted cell must be doubled (""), or the cell must end after it',
        ),
        (b"", "p.csv:1: expected a header line with the names of the columns, found nothing"),
        (b"\n\n", "p.csv:1: expected a header line with the names of the columns, found nothing"),
        (b"PK\x03\x04x", "p.csv: expected a CSV file, found a damaged ZIP archive or Excel workbook"),
    ],
)
def test_file_that_is_no_csv_is_refused_with_its_line(data: bytes, message: str) -> None:
    with pytest.raises(ContentError) as error:
        read_table(data, "p.csv")
    assert str(error.value) == message


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (
            "Handle\n指輪とネックレス\n".encode("euc_jp"),
            (
                "p.csv: expected UTF-8, found the byte 0xbb on line 2; save the file as UTF-8, or name its encoding with "
                "--encoding"
            ),
        ),
        (
            "Handle\nSõrmus, sõrmused, \n".encode() + b"\xf5\n",
            (
                "p.csv: expected UTF-8, found the byte 0xf5 on line 3; save the file as UTF-8, or name its encoding with "
                "--encoding"
            ),
        ),
        (b"Handle\nx\0\n", "p.csv: expected text, found a NUL byte on line 2"),
        (b"\xff\xfeH\x00\x00", "p.csv: expected UTF-16: truncated data"),
    ],
)
def test_other_encoding_is_refused_instead_of_read_wrong(data: bytes, message: str) -> None:
    with pytest.raises(EncodingError) as error:
        read_table(data, "p.csv")
    assert str(error.value) == message


@pytest.mark.parametrize("number", [".", "1.2.3", "..5", "", "x"])
def test_number_that_is_none_is_refused_as_a_measure(number: str) -> None:
    with pytest.raises(ValueError, match="expected a measure"):
        as_measure(number, "g")
