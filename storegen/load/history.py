"""The price history: a table that `storegen prices record` extends, kept under version control."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path

from storegen.errors import EncodingError, Problem, StoregenError
from storegen.files import read_text
from storegen.model.history import History, Past
from storegen.model.money import Money, decimal_text
from storegen.model.price import Pricing, price_of
from storegen.model.product import variants_of
from storegen.model.store import Store

HISTORY = "content/history/prices.csv"
COLUMNS = ("since", "sku", "price", "currency")


def read_history(site: Path, problems: list[Problem]) -> History:
    """Return the price history. Mistakes are added to *problems*."""
    try:
        text = read_text(site, HISTORY)
    except FileNotFoundError:
        return History()
    except EncodingError as error:
        problems.append(Problem(HISTORY, error.line, "", error.message))
        return History()
    except StoregenError as error:
        problems.append(Problem(HISTORY, 0, "", str(error).removeprefix(f"{HISTORY}: ")))
        return History()
    found: dict[str, list[Past]] = defaultdict(list)
    rows = csv.reader(text.splitlines())
    if tuple(next(rows, ())) != COLUMNS:
        problems.append(Problem(HISTORY, 1, "", f"expected the columns {','.join(COLUMNS)}"))
        return History()
    for row in rows:
        try:
            since, sku, amount, currency = row
            past = Past(_moment(since), Money(_amount(amount), currency))
        except (ValueError, InvalidOperation):
            message = f'expected a line like 2026-11-01T09:00:00Z,RG-14,59.00,EUR, found "{",".join(row)}"'
            problems.append(Problem(HISTORY, rows.line_num, "", message))
            continue
        found[sku].append(past)
    return History({sku: tuple(sorted(past, key=lambda each: each.since)) for sku, past in found.items()})


def _moment(text: str) -> dt.datetime:
    moment = dt.datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(text)
    return moment


def _amount(text: str) -> Decimal:
    amount = Decimal(text)
    if not amount.is_finite() or amount < 0:
        raise ValueError(text)
    return amount


def unrecorded(store: Store, history: History, pricing: Pricing) -> Iterator[tuple[str, Money]]:
    """Yield the article numbers whose current price differs from the last recorded one."""
    content = next(iter(store.localized.values()))
    for product in content.products.values():
        for variant in variants_of(product):
            now = price_of(product, variant, pricing).now
            past = history.prices.get(variant.sku)
            if past is None or past[-1].price != now:
                yield variant.sku, now


def history_lines(now: dt.datetime, prices: Iterable[tuple[str, Money]]) -> Iterator[str]:
    """Yield lines of the table, each with a time, an article number and its price from then on."""
    since = now.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    line = io.StringIO()
    writer = csv.writer(line, lineterminator="\n")
    for sku, price in prices:
        line.seek(0)
        line.truncate()
        writer.writerow((since, sku, decimal_text(price), price.currency))
        yield line.getvalue()
