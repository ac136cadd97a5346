"""Convert the text of one cell to a value of the shop. Each function raises ValueError with the expected format."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from decimal import ROUND_FLOOR, Decimal
from urllib.parse import quote

from storegen.model.scalars import Gtin, Measure, Url
from storegen.model.text import as_line
from storegen.model.times import UTC

_UNITS = {
    **dict.fromkeys(("g", "gram", "grams"), "g"),
    **dict.fromkeys(("kg", "kgs", "kilogram", "kilograms"), "kg"),
    **dict.fromkeys(("lb", "lbs", "pound", "pounds"), "lb"),
    **dict.fromkeys(("oz", "ounce", "ounces"), "oz"),
    "mg": "mg",
}
_MOST = 999_999_999
_UNWRITTEN = re.compile(r"[\s<>\"'\\`{}|^\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2060-\u206f]")
# Characters that storegen's YAML rejects (control characters, noncharacters), the byte order mark, Unicode line ends.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufdd0-\ufdef\ufeff\ufffe\uffff]")
_LINE_ENDS = re.compile("\r\n|[\r\x85\u2028\u2029]")


def as_price(text: str) -> Decimal:
    """Return an amount of money. A comma is the decimal point only if it can't be a thousands separator."""
    plain = text.replace("\u00a0", "").replace(" ", "")
    if re.fullmatch(r"[0-9]+,([0-9]{1,2}|[0-9]{4,})", plain):
        plain = plain.replace(",", ".")
    elif re.fullmatch(r"[0-9]{1,3}(,[0-9]{3})+\.[0-9]+", plain):
        plain = plain.replace(",", "")
    elif re.fullmatch(r"[0-9]{1,3}(\.[0-9]{3})+,[0-9]+", plain):
        plain = plain.replace(".", "").replace(",", ".")
    match = re.fullmatch(r"0*([0-9]{1,12})(?:\.([0-9]*))?|\.([0-9]+)", plain)
    fraction = (match[2] or match[3] or "") if match else ""
    if len(fraction) > 2:
        fraction = fraction.rstrip("0").ljust(2, "0")
    if not match or len(fraction) > 4:
        raise ValueError("expected an amount like 59.00")
    return Decimal(f"{match[1] or 0}.{fraction}" if fraction else match[1])


def as_quantity(text: str) -> int:
    """Return a whole number of pieces, negative if more were sold than were in stock."""
    if not re.fullmatch(r"[+-]?[0-9]{1,12}(\.[0-9]+)?", text):
        raise ValueError("expected a number of pieces like 12")
    number = int(Decimal(text).to_integral_value(ROUND_FLOOR))
    return max(-_MOST, min(_MOST, number))


def as_weight(text: str, unit: str) -> str:
    """Return a weight such as ``0.5 lb``, an empty string for 0."""
    known = _UNITS.get(unit.strip().casefold())
    plain = text.replace(",", ".")
    if not known or not re.fullmatch(r"[0-9]{0,9}\.?[0-9]*", plain) or not re.search("[0-9]", plain):
        raise ValueError("expected a weight in g, kg, mg, oz or lb")
    number = Decimal(plain).quantize(Decimal("0.000001"))
    if known == "g" and number >= 1000:
        number, known = number / 1000, "kg"
    return f"{_shortest(number)} {known}" if number else ""


def as_measure(number: str, unit: str) -> str:
    """Return a measure such as ``250 g``, for a unit price."""
    plain = re.fullmatch(r"[0-9]+\.?[0-9]*|\.[0-9]+", number)
    return str(Measure.parse(f"{_shortest(Decimal(number)) if plain else number} {unit}", UTC))


def is_shortened(text: str) -> bool:
    """Return whether a spreadsheet has shortened a long number, as in ``1.23457E+12``."""
    return bool(re.fullmatch(r"[0-9]+([.,][0-9]+)?[eE]\+[0-9]+", text))


def as_barcode(text: str) -> str:
    """Return a barcode number with a valid check digit, without the apostrophe that spreadsheets need."""
    if is_shortened(text):
        raise ValueError("a spreadsheet has shortened this barcode, so format its column as text and export it again")
    return str(Gtin.parse(text.lstrip("'’").strip(), UTC))


def as_flag(text: str) -> bool:
    """Return yes or no in any spelling of an export. Blank means no."""
    return text.strip().casefold() in {"true", "yes", "1", "y", "on"}


def as_address(text: str) -> str:
    """Return an http or https address with invalid characters percent-encoded."""
    plain = f"https:{text}" if text.startswith("//") else text
    return str(Url.parse(_UNWRITTEN.sub(lambda found: quote(found[0]), plain), UTC))


def legible(text: str) -> str:
    """Return text without characters that a content file can't contain, and with one kind of line end."""
    return text if text.isprintable() else _LINE_ENDS.sub("\n", _CONTROLS.sub("", text))


def as_words(text: str) -> str:
    """Return text on one line with single spaces only."""
    return as_line(text)


def as_list(text: str, *, escaped: bool = False) -> tuple[str, ...]:
    """Return the distinct parts between commas. With *escaped*, a comma after a backslash does not separate parts."""
    parts = re.split(r"(?<!\\)," if escaped else ",", text)
    plain = (part.replace("\\,", ",") if escaped else part for part in parts)
    return once(as_words(part) for part in plain)


def as_text(text: str) -> str:
    """Return the visible text of a name with entities or simple markup."""
    return as_words(legible(html.unescape(re.sub(r"</?[a-zA-Z][^<>]*>", "", text))))


def once(values: Iterable[str]) -> tuple[str, ...]:
    """Return the values without blanks and duplicates, in their order."""
    return tuple(dict.fromkeys(value for value in values if value))


def _shortest(number: Decimal) -> str:
    text = format(number, "f")
    return (text.rstrip("0").rstrip(".") or "0") if "." in text else text
