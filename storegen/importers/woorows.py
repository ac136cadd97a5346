"""Read one row of a WooCommerce export: its columns, prices, stock, measures, pictures and texts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from storegen.importers.attributes import attributes_of
from storegen.importers.bodies import as_summary
from storegen.importers.cells import as_list, once
from storegen.importers.columns import unused_columns
from storegen.importers.reading import (
    Reading,
    keep,
    markdown_of,
    picture_of,
    price_of,
    quantity_of,
    say,
    stock_of,
    text_of,
    weight_of,
    word_of,
)
from storegen.importers.repetition import joined, without_name, without_repetition
from storegen.importers.sales import Sale
from storegen.importers.table import Table

_USUAL = frozenset(
    [
        ("tax status", "taxable"),
        ("tax class", "standard"),
        ("tax class", "parent"),
        ("download limit", "-1"),
        ("download expiry days", "-1"),
        ("allow customer reviews?", "1"),
        ("is featured?", "0"),
        ("sold individually?", "0"),
        ("position", "0"),
    ]
)
_MEASURED = re.compile(r"(weight|length|width|height) \(([^()]+)\)")
_ON_ORDER = frozenset(("1", "notify", "yes", "true"))


def other_columns(table: Table, reading: Reading, *, besides: frozenset[str] = frozenset()) -> dict[str, str]:
    """Return the columns of a row that belong to no product key, and those of *besides*, which do."""
    attributes = {name for each in attributes_of(reading.row) for name in each.columns}
    measures = {name for name in table.headers if _MEASURED.fullmatch(name)}
    used = {name for field, names in reading.names.items() if field != "id" for name in names} | attributes | measures
    return unused_columns(table, reading.row, used, kept=reading.kept | besides, usual=_USUAL)


def prices_of(reading: Reading, sales: list[Sale]) -> tuple[Decimal | None, Decimal | None]:
    """Return the present and earlier price. A sale with dates is added to *sales*, which leaves the regular price."""
    regular, sale = price_of(reading, "regular"), price_of(reading, "sale")
    if sale is None or regular is None:
        return (regular if sale is None else sale), None
    starts, ends = text_of(reading, "starts"), text_of(reading, "ends")
    if starts or ends:
        keep(reading, "sale", "starts", "ends")
        line = reading.row.line
        sales.append(Sale(product=reading.product, line=line, regular=regular, sale=sale, starts=starts, ends=ends))
        return regular, None
    if sale >= regular:
        say(reading, "the sale price is not below the regular price, so it is no sale", str(sale), dropped=True)
        return regular, None
    return sale, regular


def counted(reading: Reading) -> tuple[int | None, str]:
    """Return stock and availability, both empty for a variation that shares its product's stock."""
    on_order = word_of(reading, "backorders") in _ON_ORDER
    if on_order:
        keep(reading, "backorders")
    if word_of(reading, "stock") == "parent":
        return None, ""
    quantity = quantity_of(reading, "stock")
    if quantity is not None:
        return stock_of(reading, quantity, on_order=on_order)
    state = word_of(reading, "in stock")
    return None, {"backorder": "backorder", "0": "out_of_stock", "false": "out_of_stock"}.get(state, "")


def weight_in(table: Table, reading: Reading) -> str:
    """Return the weight. Its unit is in the header, ``Weight (lbs)``."""
    for name in table.headers:
        match = _MEASURED.fullmatch(name)
        if match and match[1] == "weight":
            named = Reading(reading.row, {"weight": (name,)}, reading.product, reading.remarks, reading.kept)
            return weight_of(named, "weight", match[2])
    return ""


def measures_of(table: Table, reading: Reading) -> dict[str, str]:
    """Return the non-empty length, width and height, keyed by column name, each with its unit."""
    found: dict[str, str] = {}
    for name in table.headers:
        match = _MEASURED.fullmatch(name)
        text = reading.row.get(name)
        if match and match[1] != "weight" and text not in {"", "0"}:
            found[name] = f"{re.sub('^[.]', '0.', text)} {match[2]}"
    return found


def specs_of(table: Table, measures: Mapping[str, str]) -> dict[str, str]:
    """Return measures with labels for buyers: ``Length: 24 in``."""
    return {table.headers[name].partition(" (")[0]: text for name, text in measures.items()}


def pictures_of(reading: Reading) -> tuple[str, ...]:
    """Return the addresses of a row's pictures in order, each once."""
    return once(picture_of(reading, text) for text in as_list(text_of(reading, "images"), escaped=True))


def texts_of(reading: Reading, name: str) -> tuple[str, str]:
    """Return the summary and the description. A long or formatted short description is put before the description.

    Text that both contain is kept once, and the product's *name* at their beginning is left out.
    """
    short, long = (_line_ends(text_of(reading, field)) for field in ("short", "description"))
    summary = without_name(name, as_summary(short))
    body = without_name(name, markdown_of(reading, long, line_ends=True))
    if summary:
        return without_repetition(summary, body)
    return "", joined(without_name(name, markdown_of(reading, short, line_ends=True)), body)


def kinds_of(reading: Reading) -> frozenset[str]:
    """Return the words of the type column: ``simple``, ``virtual``, ``downloadable`` and so on."""
    return frozenset(as_list(word_of(reading, "type"))) or frozenset(("simple",))


def _line_ends(text: str) -> str:
    r"""Replace ``\n``, which the exporter writes for a line end, by a line end. ``\\n`` stands for a literal ``\n``."""
    return "\\n".join(part.replace("\\n", "\n") for part in text.split("\\\\n"))
