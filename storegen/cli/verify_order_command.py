"""storegen verify-order."""

from __future__ import annotations

import sys
from typing import TextIO

import click

from storegen.checkout.order import OrderLine, read_order, read_sums, sums_add_up, unread_lines
from storegen.errors import StoregenError, UsageError
from storegen.model.money import Money, decimal_text
from storegen.plan import order_key


class OrderError(StoregenError):
    """An order's prices can't be proved."""


@click.command(
    epilog="Examples:\n\n  storegen verify-order order.txt\n\n  pbpaste | storegen verify-order -\n\n"
    "The key is read from STOREGEN_ORDER_KEY, the one that the shop was built with."
)
@click.argument("file", type=click.File("r", encoding="utf-8"), default="-")
def command(file: TextIO) -> None:
    """Read an order mail and prove that its prices are those that the shop showed.

    Exits 1 where a line's code is not the shop's, a line can't be read or a sum doesn't add up.
    """
    key, warning = order_key()
    if not key:
        raise UsageError(warning)
    if file is sys.stdin and sys.stdin.isatty():
        click.echo("paste the order, then press Ctrl-D", err=True)
    text = file.read()
    lines, unread = read_order(text, key), unread_lines(text)
    if not lines and not unread:
        raise OrderError(
            "no order line found; a line looks like: 1 × Ring, 17 [RG-17] à 59.00 EUR = 59.00 EUR  #ABCDEFGHIJ"
        )
    wrong = [line for line in lines if not _show(line)]
    for line in unread:
        click.echo(f"{line}: NO ORDER LINE, changed or broken on its way")
    if lines:
        pieces = sum((line.total.amount for line in lines), start=lines[0].total.amount * 0)
        click.echo(f"pieces: {decimal_text(Money(pieces, lines[0].total.currency))} {lines[0].total.currency}")
    sums = read_sums(text)
    for name, amount in sums[1:-1]:
        click.echo(f"{name}: {amount} (not signed: see that the shop says so)")
    if count := len(wrong) + len(unread):
        raise OrderError(
            f"{count} of {len(lines) + len(unread)} lines can't be trusted; do not send before you have asked"
        )
    if not sums_add_up(sums, lines):
        raise OrderError("the sums below the lines don't add up; do not send before you have asked")


def _show(line: OrderLine) -> bool:
    """Print a line and what is to be said of it; returns whether it can be trusted."""
    says = {True: "the price is the shop's", False: "THE CODE IS NOT THE SHOP'S", None: "NO CODE"}[line.signed]
    if not line.adds_up:
        says += ", THE SUM DOES NOT ADD UP"
    click.echo(f"{line.count} × {line.name} [{line.sku}] à {decimal_text(line.price)} {line.price.currency}: {says}")
    return bool(line.signed) and line.adds_up
