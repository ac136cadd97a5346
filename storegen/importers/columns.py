"""Find the columns of an export by their meaning, and the columns without a product key."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet

import msgspec

from storegen.errors import ContentError, Problem, suggest
from storegen.importers.lookalikes import look_alike
from storegen.importers.table import Row, Table

Names = Mapping[str, tuple[str, ...]]
_CURRENCY = frozenset(("currency", "currency code", "price currency", "variant price currency", "meta: _currency"))


def value_of(row: Row, names: Names, field: str) -> str:
    """Return the cell of a field. Its column may have any of the field's names."""
    return next((text for name in names[field] if (text := row.get(name))), "")


def first_value(rows: Iterable[Row], names: Names, field: str) -> str:
    """Return the first non-empty cell of a field in several rows."""
    return next((text for row in rows if (text := value_of(row, names, field))), "")


class Platform(msgspec.Struct, frozen=True, kw_only=True):
    """A shop system: its name, the required fields of its product export, and the advice on how to get that export.

    Of fields separated by ``|``, one is enough. *other* is the advice for a file without a required column.
    """

    name: str
    required: tuple[str, ...]
    price: str
    advice: str
    other: str = ""


def require_columns(table: Table, names: Names, platform: Platform) -> None:
    """Raise ContentError if the file isn't a product export. If it is another known export, the message names that."""
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
    """Return whether the file has a column for a field."""
    return any(name in table.headers for name in names[field])


def stated_currency(table: Table) -> str:
    """Return the currency code that all rows of the export state, empty if they state none or several."""
    columns = [name for name in table.headers if name in _CURRENCY]
    found = {text for row in table.rows for name in columns if (text := row.get(name).strip().upper())}
    code = next(iter(found)) if len(found) == 1 else ""
    return code if re.fullmatch("[A-Z]{3}", code) else ""


def known_fields(table: Table, names: Names, columns: Mapping[str, Sequence[str]]) -> frozenset[str]:
    """Return the product keys with at least one column in the file.

    *columns* maps each key to its fields.
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
    """Return a row's cells that are neither used nor usual values, keyed by the header as written.

    *kept* are used columns whose value in this row could not be used.
    """
    return {
        table.headers[name]: text
        for name, text in row.cells.items()
        if (name not in used or name in kept) and (name, text.casefold()) not in usual
    }


def shared_columns(rows: Sequence[Mapping[str, str]]) -> tuple[dict[str, str], list[dict[str, str]]]:
    """Return the columns about the whole product, and for each row the columns about that row only.

    A column is about the whole product if only the first row has a value, or if all rows have the same value.
    """
    first, rest = rows[0], rows[1:]
    whole = {
        name: text
        for name, text in first.items()
        if not any(name in row for row in rest) or all(row.get(name) == text for row in rest)
    }
    return whole, [{name: text for name, text in row.items() if name not in whole} for row in rows]
