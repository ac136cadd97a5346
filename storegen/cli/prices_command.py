"""The command `storegen prices`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import click

from storegen.cli.examples import examples
from storegen.cli.options import now_option, site_option
from storegen.errors import ContentError, Problem, StoregenError, UsageError, suggest
from storegen.files import read_text
from storegen.load import load_config, load_shop
from storegen.load.history import COLUMNS, HISTORY, MARKET_COLUMNS, history_lines, read_histories, unrecorded
from storegen.model.clock import Clock
from storegen.model.history import WINDOW, History
from storegen.model.money import decimal_text, sum_text
from storegen.write.disk import replace_file


class UnrecordedError(StoregenError):
    """Some current prices are not in the price history."""


@click.group(
    epilog=examples(
        ("storegen prices record", "after every change of prices, and when a sale begins or ends"),
        ("storegen prices record --check", "exit 1 if a price is not recorded"),
        ("storegen prices show RG-014-17", "the past prices of an article"),
        after=f"The record is {HISTORY}: keep it under version control.",
    )
)
def command() -> None:
    """Record prices, and show the past prices of an article.

    In the European Union an announced earlier price must be the lowest price of the 30 days before the reduction. Pages
    show an earlier price only if the record proves it.
    """


@command.command()
@site_option
@now_option("Record the prices of another time")
@click.option("--check", is_flag=True, help="Write nothing; exit 1 if a price is not recorded.")
def record(site: Path, now: dt.datetime | None, *, check: bool) -> None:
    """Record every price that differs from the last recorded one."""
    moment = now or dt.datetime.now(dt.UTC)
    configs, store = load_shop(site)
    zone = next(iter(configs.values())).zone
    histories = _histories(site)
    latest = max((past[-1].since for each in histories.values() for past in each.prices.values()), default=None)
    if latest is not None and latest > moment:
        raise UsageError(
            f"prices of {latest.astimezone(zone):%Y-%m-%d %H:%M} are already recorded; you can't record earlier prices"
        )
    markets = {content.market: content for content in store.localized.values()}
    new = [
        (sku, price, market if len(markets) > 1 else None)
        for market, content in sorted(markets.items())
        for sku, price in unrecorded(content, histories.get(market, History()), Clock(moment))
    ]
    if check and new:
        what = f"{len(new)} prices are not recorded, such as that" if len(new) > 1 else "1 price is not recorded: that"
        raise UnrecordedError(f"{what} of {new[0][0]}")
    if new:
        replace_file(
            site / HISTORY, (_begun(site, histories, len(markets)) + "".join(history_lines(moment, new))).encode()
        )
    count = f"{len(new)} {'price' if len(new) == 1 else 'prices'}"
    click.echo(f"{count} recorded in {HISTORY}" if new else "all prices are already recorded")


def _begun(site: Path, histories: Mapping[str, History], markets: int) -> str:
    """Return the table, ending with a newline. In a shop with several *markets*, it has a column for the market."""
    old = read_text(site, HISTORY) if histories else ",".join(COLUMNS) + "\n"
    head, _, rest = old.partition("\n")
    if markets > 1 and head.strip() == ",".join(COLUMNS):
        head = ",".join(MARKET_COLUMNS)
    text = f"{head}\n{rest}"
    return text if text.endswith("\n") else f"{text}\n"


@command.command()
@click.argument("sku")
@site_option
@now_option("Assume that the reduction begins at another time")
def show(sku: str, site: Path, now: dt.datetime | None) -> None:
    """Show the past prices of an article, and the lowest price to state if a reduction begins now.

    Times are in the shop's time zone.
    """
    zone = next(iter(load_config(site).values())).zone
    histories = {market: each for market, each in _histories(site).items() if sku in each.prices}
    if not histories:
        known = [name for each in _histories(site).values() for name in each.prices]
        raise UsageError(f'no article "{sku}" in {HISTORY}{suggest(sku, known)}')
    for market, history in sorted(histories.items()):
        if market:
            click.echo(f"{market}:")
        _show(history, sku, now, zone)


def _show(history: History, sku: str, now: dt.datetime | None, zone: dt.tzinfo) -> None:
    """Print the past prices of an article in one market."""
    for each in history.prices[sku]:
        click.echo(
            f"{each.since.astimezone(zone):%Y-%m-%d %H:%M}  {decimal_text(each.price):>10} {each.price.currency}"
        )
    lowest = history.lowest_before(sku, now or dt.datetime.now(dt.UTC))
    when = f"on {now.astimezone(zone):%Y-%m-%d %H:%M}" if now else "now"
    if lowest is None:
        click.echo(f"a reduction that begins {when} can't be shown: the record is younger than {WINDOW.days} days then")
    else:
        days = f"lowest of the {WINDOW.days} days before a reduction that begins {when}"
        click.echo(f"{days}: {sum_text(lowest)}")


def _histories(site: Path) -> Mapping[str, History]:
    problems: list[Problem] = []
    histories = read_histories(site, problems)
    if problems:
        raise ContentError(problems)
    return histories
