"""The numbered attribute columns of a WooCommerce row, ``Attribute 1 name`` and so on."""

from __future__ import annotations

import re

import msgspec

from storegen.importers.cells import as_list, as_text
from storegen.importers.table import Row

_COLUMN = re.compile(r"attribute ([0-9]+) (name|value\(s\)|visible|global|default)")
_ATTRIBUTE_PARTS = ("name", "value(s)", "visible", "global")


class Attribute(msgspec.Struct, frozen=True):
    """An attribute of a product or a variation; *columns* are the names of those that it was read from."""

    name: str
    values: tuple[str, ...]
    visible: bool
    columns: tuple[str, ...]


def attributes_of(row: Row) -> tuple[Attribute, ...]:
    """Return a row's named attributes in order; several of one name are one."""
    numbers = sorted({int(match[1]) for name in row.cells if (match := _COLUMN.fullmatch(name))})
    found: dict[str, Attribute] = {}
    for number in numbers:
        name = as_text(row.get(f"attribute {number} name"))
        if not name:
            continue
        columns = tuple(f"attribute {number} {part}" for part in _ATTRIBUTE_PARTS)
        values = tuple(as_text(value) for value in as_list(row.get(columns[1]), escaped=True))
        before = found.get(name)
        found[name] = Attribute(
            name,
            (*before.values, *values) if before else values,
            row.get(columns[2]) != "0",
            (*before.columns, *columns) if before else columns,
        )
    return tuple(found.values())
