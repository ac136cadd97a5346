"""The columns of an export by what they mean, and those that a product has no key for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet

import msgspec

from storegen.errors import ContentError, Problem, suggest
from storegen.importers.lookalikes import look_alike
from storegen.importers.table import Row, Table

Names = Mapping[str, tuple[str, ...]]


def value_of(row: Row, names: Names, field: str) -> str:
    """Return the cell that holds a field, under any of the names that its column has had."""
    return next((text for name in names[field] if (text := row.get(name))), "")


def first_value(rows: Iterable[Row], names: Names, field: str) -> str:
    """Return the first filled cell of a field in several rows."""
    return next((text for row in rows if (text := value_of(row, names, field))), "")


class Platform(msgspec.Struct, frozen=True, kw_only=True):
    """A shop system: its name, the fields whose columns its product export must have, and how to get that export.

    Of fields with ``|`` between them one is enough. *other* says what to do with a file that lacks such a column.
    """

    name: str
    required: tuple[str, ...]
    price: str
    advice: str
    other: str = ""


def require_columns(table: Table, names: Names, platform: Platform) -> None:
    """Raise ContentError for another export than that of products, named as what it is."""
    lacking = [
        fields for fields in platform.required if not any(has_column(table, names, each) for each in fields.split("|"))
    ]
    other = look_alike(table.headers) if lacking or not has_column(table, names, platform.price) else ""
    if other:
        message = f"expected a {platform.name} product export, found {other}; {platform.advice}"
        raise ContentError([Problem(table.name, table.line, "", message)])
    if not lacking:
        return
    wanted = names[lacking[0].partition("|")[0]][0]
    found = ", ".join(list(table.headers.values())[:8])
    message = (
        f'expected a {platform.name} product export with the column "{wanted.capitalize()}", '
        f"found the columns {found}{suggest(wanted, table.headers)}"
    )
    raise ContentError([Problem(table.name, table.line, "", f"{message}; {platform.other or platform.advice}")])


def has_column(table: Table, names: Names, field: str) -> bool:
    """Say whether the file has a column for a field."""
    return any(name in table.headers for name in names[field])


def known_fields(table: Table, names: Names, columns: Mapping[str, Sequence[str]]) -> frozenset[str]:
    """Return the keys of a product that the file can say something of: those with at least one column.

    *columns* names for each key the fields that it is made of.
    """
    return frozenset(key for key, fields in columns.items() if any(has_column(table, names, field) for field in fields))


def unused_columns(
    table: Table,
    row: Row,
    used: AbstractSet[str],
    *,
    kept: AbstractSet[str] = frozenset(),
    usual: AbstractSet[tuple[str, str]] = frozenset(),
) -> dict[str, str]:
    """Return a row's cells by header as written: all but the used ones and those that say the usual.

    *kept* are used columns whose value could not be used in this row.
    """
    return {
        table.headers[name]: text
        for name, text in row.cells.items()
        if (name not in used or name in kept) and (name, text.casefold()) not in usual
    }


def shared_columns(rows: Sequence[Mapping[str, str]]) -> tuple[dict[str, str], list[dict[str, str]]]:
    """Return the columns that speak of the whole product, and for each row those that speak of it alone.

    A column speaks of the whole where only the first row fills it, or where all rows say the same.
    """
    first, rest = rows[0], rows[1:]
    whole = {
        name: text
        for name, text in first.items()
        if not any(name in row for row in rest) or all(row.get(name) == text for row in rest)
    }
    return whole, [{name: text for name, text in row.items() if name not in whole} for row in rows]
