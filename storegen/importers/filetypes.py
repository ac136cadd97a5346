"""Recognise files that are not CSV, to name their type in the error."""

from __future__ import annotations

import io
import re
import zipfile

_MAGIC = {
    b"\xd0\xcf\x11\xe0": "an old Excel workbook (.xls)",
    b"%PDF": "a PDF",
    b"{\\rtf": "an RTF document",
    b"\x1f\x8b": "a compressed file (gzip); unpack it first",
    b"Rar!": "a compressed file (RAR); unpack it first",
    b"7z\xbc\xaf": "a compressed file (7z); unpack it first",
    b"SQLite format 3": "an SQLite database",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
}
# Types of zip files by the names of their members, tried in this order.
_PACKED = (
    ("xl/workbook", "an Excel workbook (.xlsx); open it and save it as CSV UTF-8"),
    ("content.xml", "an OpenDocument file (.ods); open it and save it as CSV in UTF-8"),
    ("Index/Document.iwa", "a Numbers document; open it and export it as CSV in UTF-8"),
    ("word/document.xml", "a Word document"),
    (".csv", "a ZIP archive that contains CSV files; unpack it and import the one with the products"),
)
_START = 4096
# Types of text files by their first characters.
_TEXTS = (
    (r"<.*wordpress\.org/export", "a WordPress export (WXR, an XML file)"),
    (r"<(?:rss|feed|\?xml).*base\.google\.com", "a product feed for Google (XML)"),
    (r"<(?:rss|feed|\?xml.*<(?:rss|feed))\b", "a feed (RSS or Atom)"),
    (r"<!doctype html|<html\b|<head\b|<body\b", "a web page (HTML), perhaps a login page that was saved instead"),
    (r"<table\b", "an HTML table, as some tools save under the ending .xls; open it and save it as CSV UTF-8"),
    (r"<\?xml.*urn:schemas-microsoft-com:office:spreadsheet", "an Excel workbook in XML; save it as CSV UTF-8"),
    (r"<\?xml\b|<[a-z][\w:-]*[\s>]", "an XML file"),
    (r"\{\s*[\"}]|\[\s*[\[{\"\]]", "a JSON file"),
    (r"-- .*(?:dump|phpmyadmin)|CREATE TABLE|INSERT INTO", "a dump of an SQL database"),
    (r"a:[0-9]+:\{", "a PHP array"),
)


def foreign_binary(data: bytes) -> str:
    """Return a file's type by its first bytes, empty if it may be text."""
    if data.startswith(b"PK\x03\x04"):
        return _packed(data)
    return next((what for magic, what in _MAGIC.items() if data.startswith(magic)), "")


def foreign_text(text: str) -> str:
    """Return the type of a text without a header line, empty if it may be a CSV file."""
    start = text[:_START].lstrip("\ufeff \t\r\n")
    flags = re.IGNORECASE | re.DOTALL
    return next((what for pattern, what in _TEXTS if re.match(pattern, start, flags)), "")


def _packed(data: bytes) -> str:
    try:
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError):
        return "a damaged ZIP archive or Excel workbook"
    found = next((what for part, what in _PACKED if any(part in name for name in names)), "")
    return found or "a ZIP archive; unpack it first"
