"""The price history: a table that `storegen prices record` extends, kept under version control."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path

from storegen.errors import Problem
from storegen.load.sources import read_table
from storegen.model.clock import Clock
from storegen.model.history import History, Past
from storegen.model.market import HOME
from storegen.model.money import Money, decimal_text
from storegen.model.price import price_of
from storegen.model.product import variants_of
from storegen.model.store import LocalizedContent

HISTORY = "content/history/prices.csv"
COLUMNS = ("since", "sku", "price", "currency")
# A shop with several markets has one more column. It is empty in lines of the home market.
MARKET_COLUMNS = (*COLUMNS, "market")


def read_histories(site: Path, problems: list[Problem]) -> Mapping[str, History]:
    """Return the price history of each market. Mistakes are added to *problems*."""
    text = read_table(site, HISTORY, problems)
    if text is None:
        return {}
    rows = csv.reader(text.splitlines())
    if tuple(next(rows, ())) not in {COLUMNS, MARKET_COLUMNS}:
        problems.append(Problem(HISTORY, 1, "", f"expected the columns {','.join(COLUMNS)}"))
        return {}
    found: dict[str, dict[str, list[Past]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        try:
            since, sku, amount, currency, market = row if len(row) == len(MARKET_COLUMNS) else (*row, HOME)
            past = Past(_moment(since), Money(_amount(amount), currency))
        except (ValueError, InvalidOperation):
            message = f'expected a line like 2026-11-01T09:00:00Z,RG-14,59.00,EUR, found "{",".join(row)}"'
            problems.append(Problem(HISTORY, rows.line_num, "", message))
            continue
        found[market][sku].append(past)
    return {market: _history(prices) for market, prices in found.items()}


def _history(prices: Mapping[str, list[Past]]) -> History:
    return History({sku: tuple(sorted(past, key=lambda each: each.since)) for sku, past in prices.items()})


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


def unrecorded(content: LocalizedContent, history: History, clock: Clock) -> Iterator[tuple[str, Money]]:
    """Yield the article numbers whose current price in a market differs from the last recorded one."""
    pricing = content.pricing(clock)
    for product in content.products.values():
        for variant in variants_of(product):
            now = price_of(product, variant, pricing).now
            past = history.prices.get(variant.sku)
            if past is None or past[-1].price != now:
                yield variant.sku, now


def history_lines(now: dt.datetime, prices: Iterable[tuple[str, Money, str | None]]) -> Iterator[str]:
    """Yield lines of the table, each with a time, an article number, its price from then on, and the market.

    In a shop without markets, the market is None.
    """
    since = now.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    line = io.StringIO()
    writer = csv.writer(line, lineterminator="\n")
    for sku, price, market in prices:
        line.seek(0)
        line.truncate()
        place = () if market is None else (market,)
        writer.writerow((since, sku, decimal_text(price), price.currency, *place))
        yield line.getvalue()
