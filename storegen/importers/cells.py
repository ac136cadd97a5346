"""The text of one cell to a value of the shop; each raises ValueError with what it expected."""

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
# What storegen's YAML refuses (control characters, noncharacters) and the byte order mark; and Unicode's line ends.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufdd0-\ufdef\ufeff\ufffe\uffff]")
_LINE_ENDS = re.compile("\r\n|[\r\x85\u2028\u2029]")


def as_price(text: str) -> Decimal:
    """Return an amount of money; a comma counts as the decimal point only where it can't part thousands."""
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
    """Return how many there are: whole, and negative where more were sold than there were."""
    if not re.fullmatch(r"[+-]?[0-9]{1,12}(\.[0-9]+)?", text):
        raise ValueError("expected a number of pieces like 12")
    number = int(Decimal(text).to_integral_value(ROUND_FLOOR))
    return max(-_MOST, min(_MOST, number))


def as_weight(text: str, unit: str) -> str:
    """Return a weight such as ``0.5 lb``; an empty string for none (0)."""
    known = _UNITS.get(unit.strip().casefold())
    plain = text.replace(",", ".")
    if not known or not re.fullmatch(r"[0-9]{0,9}\.?[0-9]*", plain) or not re.search("[0-9]", plain):
        raise ValueError("expected a weight in g, kg, mg, oz or lb")
    number = Decimal(plain).quantize(Decimal("0.000001"))
    if known == "g" and number >= 1000:
        number, known = number / 1000, "kg"
    return f"{_shortest(number)} {known}" if number else ""


def as_measure(number: str, unit: str) -> str:
    """Return a measure such as ``250 g``, for a price per unit."""
    plain = re.fullmatch(r"[0-9]+\.?[0-9]*|\.[0-9]+", number)
    return str(Measure.parse(f"{_shortest(Decimal(number)) if plain else number} {unit}", UTC))


def is_shortened(text: str) -> bool:
    """Say whether a spreadsheet has made a long number unreadable, such as ``1.23457E+12``."""
    return bool(re.fullmatch(r"[0-9]+([.,][0-9]+)?[eE]\+[0-9]+", text))


def as_barcode(text: str) -> str:
    """Return a barcode number whose check digit is right; the apostrophe that spreadsheets need is taken off."""
    if is_shortened(text):
        raise ValueError("a spreadsheet has shortened this barcode, so format its column as text and export it again")
    return str(Gtin.parse(text.lstrip("'’").strip(), UTC))


def as_flag(text: str) -> bool:
    """Return yes or no however an export writes it; blank is no."""
    return text.strip().casefold() in {"true", "yes", "1", "y", "on"}


def as_address(text: str) -> str:
    """Return an http or https address, with what may not stand in one percent-encoded."""
    plain = f"https:{text}" if text.startswith("//") else text
    return str(Url.parse(_UNWRITTEN.sub(lambda found: quote(found[0]), plain), UTC))


def legible(text: str) -> str:
    """Return text that a content file can hold: without control characters, with one kind of line end."""
    return text if text.isprintable() else _LINE_ENDS.sub("\n", _CONTROLS.sub("", text))


def as_words(text: str) -> str:
    """Return text on one line without surrounding or doubled spaces."""
    return as_line(text)


def as_list(text: str, *, escaped: bool = False) -> tuple[str, ...]:
    """Return the different parts between commas; with *escaped*, a comma after a backslash belongs to its part."""
    parts = re.split(r"(?<!\\)," if escaped else ",", text)
    plain = (part.replace("\\,", ",") if escaped else part for part in parts)
    return once(as_words(part) for part in plain)


def as_text(text: str) -> str:
    """Return what a reader sees of a name that may hold entities or simple markup."""
    return as_words(legible(html.unescape(re.sub(r"</?[a-zA-Z][^<>]*>", "", text))))


def once(values: Iterable[str]) -> tuple[str, ...]:
    """Return values without blanks and repetitions, in their order."""
    return tuple(dict.fromkeys(value for value in values if value))


def _shortest(number: Decimal) -> str:
    text = format(number, "f")
    return (text.rstrip("0").rstrip(".") or "0") if "." in text else text
