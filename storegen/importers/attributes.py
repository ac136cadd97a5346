"""Read the numbered attribute columns of a WooCommerce row, ``Attribute 1 name`` and so on."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Sequence

import msgspec

from storegen.importers.cells import as_list, as_text, once
from storegen.importers.table import Row

_COLUMN = re.compile(r"attribute ([0-9]+) (name|value\(s\)|visible|global|default)")
_QUOTED = re.compile(r'(?:^|,)\s*"[^"]*"\s*(?:,|$)')
_ATTRIBUTE_PARTS = ("name", "value(s)", "visible", "global")


class Attribute(msgspec.Struct, frozen=True):
    """An attribute of a product or a variation. *columns* are the names of its columns."""

    name: str
    values: tuple[str, ...]
    visible: bool
    columns: tuple[str, ...]


def attributes_of(row: Row) -> tuple[Attribute, ...]:
    """Return a product row's named attributes in order, with lists of values. Attributes of one name are merged."""
    return _attributes(row, _listed)


def values_of(row: Row) -> tuple[Attribute, ...]:
    """Return a variation row's attributes. Each has one value, which may contain commas."""
    return _attributes(row, _single)


def own_value(value: str, listed: Sequence[str]) -> str:
    """Return a variation's value in the spelling of the product's list, or unchanged if the list doesn't contain it."""
    if value in listed:
        return value
    return next((each for each in listed if each.casefold() == value.casefold()), value)


def with_commas(listed: Sequence[str], values: Iterable[str]) -> tuple[str, ...]:
    """Return a product's list of values in which values with commas are joined again, as the variations name them.

    Older and hand-made exports don't escape these commas.
    """
    found = list(listed)
    for value in values:
        parts = as_list(value)
        size = len(parts)
        if size < 2 or value in found:
            continue
        places = (place for place in range(len(found)) if tuple(found[place : place + size]) == parts)
        place = next(places, None)
        if place is not None:
            found[place : place + size] = [value]
    return once(found)


def _attributes(row: Row, read: Callable[[str], tuple[str, ...]]) -> tuple[Attribute, ...]:
    numbers = sorted({int(match[1]) for name in row.cells if (match := _COLUMN.fullmatch(name))})
    found: dict[str, Attribute] = {}
    for number in numbers:
        name = as_text(row.get(f"attribute {number} name"))
        if not name:
            continue
        columns = tuple(f"attribute {number} {part}" for part in _ATTRIBUTE_PARTS)
        values = read(row.get(columns[1]))
        before = found.get(name)
        found[name] = Attribute(
            name,
            (*before.values, *values) if before else values,
            row.get(columns[2]) != "0",
            (*before.columns, *columns) if before else columns,
        )
    return tuple(found.values())


def _listed(text: str) -> tuple[str, ...]:
    if _QUOTED.search(text):
        try:
            (parts,) = csv.reader([text], skipinitialspace=True, strict=True)
        except (csv.Error, ValueError):
            pass
        else:
            return once(map(as_text, parts))
    return tuple(as_text(value) for value in as_list(text, escaped=True))


def _single(text: str) -> tuple[str, ...]:
    whole = text[1:-1].replace('""', '"') if re.fullmatch(r'"(?:[^"]|"")*"', text) else text
    return once((as_text(whole.replace("\\,", ",")),))
