"""storegen verify-order."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TextIO

import click

from storegen.checkout.order import OrderLine, read_order, unread_lines
from storegen.checkout.proof import Proof, sum_faults
from storegen.cli.options import Moment, site_option
from storegen.errors import StoregenError, UsageError
from storegen.load import load_config, load_store
from storegen.model.clock import Clock
from storegen.model.money import Money, sum_text
from storegen.plan import order_key


class OrderError(StoregenError):
    """An order's prices can't be proved."""


@click.command(
    epilog="Examples:\n\n  storegen verify-order order.txt --at 2026-12-01T18:30\n\n"
    "  pbpaste | storegen verify-order -\n\n"
    "The key is read from STOREGEN_ORDER_KEY, the one that the shop was built with."
)
@click.argument("file", type=click.File("r", encoding="utf-8"), default="-")
@site_option
@click.option("--at", type=Moment(), metavar="ISO", help="When the order was written, for offers (default: now).")
def command(file: TextIO, site: Path, at: dt.datetime | None) -> None:
    """Read an order mail and prove that its prices are those that the shop showed.

    In the shop's folder its reductions, what comes free, delivery and the total are held against the shop too. Exits 1
    where a line's code is not the shop's, a line can't be read, a sum doesn't add up, or the shop would have asked for
    something else.
    """
    key, warning = order_key()
    if not key:
        raise UsageError(warning)
    if file is sys.stdin and sys.stdin.isatty():
        click.echo("paste the order, then press Ctrl-D", err=True)
    text = file.read()
    lines = read_order(text, key)
    if not lines and not unread_lines(text):
        raise OrderError(
            "no order line found; a line looks like: 1 × Ring, 17 [RG-17] à 59.00 EUR = 59.00 EUR  #ABCDEFGHIJ"
        )
    wrong = [line for line in lines if not _show(line)]
    if lines:
        pieces = sum((line.total.amount for line in lines), start=lines[0].total.amount * 0)
        click.echo(f"pieces: {sum_text(Money(pieces, lines[0].total.currency))}")
    faults = list(sum_faults(lines, text))
    if not wrong:
        faults += _held(site, Clock(at or dt.datetime.now(dt.UTC)), lines, text)
    for fault in faults:
        click.echo(fault)
    if wrong:
        raise OrderError(f"{len(wrong)} of {len(lines)} lines can't be trusted; do not send before you have asked")
    if faults:
        raise OrderError("the order is not what the shop would have written; was it written at another time? (--at)")


def _held(site: Path, clock: Clock, lines: Sequence[OrderLine], text: str) -> Iterator[str]:
    """Yield what the shop in *site* would have written otherwise; without one only the lines are proved."""
    if not (site / "site.yaml").is_file():
        click.echo("only the lines are proved: reductions and delivery need the shop's folder (--site)", err=True)
        return
    configs = load_config(site)
    proof = Proof(lines, text, load_store(site, configs), configs, clock)
    for note in proof.notes():
        click.echo(f"note: {note}")
    yield from proof.faults()


def _show(line: OrderLine) -> bool:
    """Print a line and what is to be said of it; returns whether it can be trusted."""
    says = {True: "the price is the shop's", False: "THE CODE IS NOT THE SHOP'S", None: "NO CODE"}[line.signed]
    if not line.adds_up:
        says += ", THE SUM DOES NOT ADD UP"
    click.echo(f"{line.count} × {line.name} [{line.sku}] à {sum_text(line.price)}: {says}")
    return bool(line.signed) and line.adds_up
