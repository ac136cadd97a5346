"""The columns of an export by what they mean, and those that a product has no key for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet

from storegen.errors import ContentError, Problem, suggest
from storegen.importers.table import Row, Table

Names = Mapping[str, tuple[str, ...]]


def value_of(row: Row, names: Names, field: str) -> str:
    """Return the cell that holds a field, under any of the names that its column has had."""
    return next((text for name in names[field] if (text := row.get(name))), "")


def first_value(rows: Iterable[Row], names: Names, field: str) -> str:
    """Return the first filled cell of a field in several rows."""
    return next((text for row in rows if (text := value_of(row, names, field))), "")


def require_columns(table: Table, names: Names, fields: Sequence[str], *, platform: str, other: str) -> None:
    """Raise ContentError unless the file has a column for each field; *other* is what it seems to be instead."""
    for field in fields:
        if any(name in table.headers for name in names[field]):
            continue
        wanted = names[field][0]
        found = ", ".join(list(table.headers.values())[:8])
        near = suggest(wanted, table.headers)
        message = (
            f'expected a {platform} product export with the column "{wanted.capitalize()}", '
            f"found the columns {found}{near}"
        )
        raise ContentError([Problem(table.name, 1, "", f"{message}; {other}" if other else message)])


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
