"""The sales: how many pieces of each article buyers ordered, from a table such as a shop system exports."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from storegen.errors import Problem
from storegen.load.sources import read_table
from storegen.model.store import Store

SALES = "content/sales.csv"
_COLUMNS = ("sku", "quantity")
_COUNT = re.compile(r"[+-]?[0-9]{1,9}")


def read_sales(site: Path, problems: list[Problem]) -> Mapping[str, int]:
    """Return the pieces sold of each article number. Lines with the same number are added up.

    A column counts if its name ends with ``sku`` or ``quantity``, so a table of order lines can be used as it is. A
    negative quantity is a return. Mistakes are added to *problems*.
    """
    text = read_table(site, SALES, problems)
    if text is None:
        return {}
    first = text.partition("\n")[0]
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count))
    names = [name.strip().lower() for name in next(rows, ())]
    places = [next((at for at, name in enumerate(names) if name.endswith(column)), -1) for column in _COLUMNS]
    if -1 in places:
        problems.append(Problem(SALES, 1, "", f'expected the columns sku and quantity, found "{first}"'))
        return {}
    found: Counter[str] = Counter()
    for row in rows:
        sku, count = (row[place].strip() if place < len(row) else "" for place in places)
        if sku and _COUNT.fullmatch(count):
            found[sku] += int(count)
        elif sku:  # a line without an article number, such as that of a sum, is none of an article
            problems.append(Problem(SALES, rows.line_num, "quantity", f'expected a number like 3, found "{count}"'))
    return found


def sales_warnings(store: Store) -> Iterator[str]:
    """Yield a warning if none of the articles that were sold is in the shop."""
    if store.sales and store.sales.keys().isdisjoint(
        sku for row in store.home.rows["product"].values() for sku in row.numbers
    ):
        yield f'{SALES}: the shop has none of these article numbers, such as "{next(iter(store.sales))}"'
