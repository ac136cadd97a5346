"""The command storegen verify-order."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

import click

from storegen.checkout.order_reading import OrderLine, OrderText, order_faults, read_order
from storegen.checkout.order_verification import OrderVerification
from storegen.checkout.signing import order_key
from storegen.cli.examples import examples
from storegen.cli.options import Moment, site_option
from storegen.config import own_words
from storegen.errors import ContentError, Problem, StoregenError, UsageError
from storegen.load import load_shop
from storegen.load.history import read_histories
from storegen.model.clock import Clock
from storegen.model.money import sum_text
from storegen.orders import VerifiedOrders, order_fingerprint
from storegen.theme.loading import load_theme
from storegen.theme.words import plain_words, section_of

PROVED = "the price is the shop's"
SEEN = ".storegen/verified-orders.txt"


class OrderError(StoregenError):
    """An order's prices can't be proved."""


@click.command(
    epilog=examples(
        "storegen verify-order order.txt --at 2026-12-01T18:30",
        "pbpaste | storegen verify-order -",
        after="The signing key is read from STOREGEN_ORDER_KEY. Use the key of the shop's build.",
    )
)
@click.argument("file", type=click.File("r", encoding="utf-8", errors="replace"), default="-")
@site_option
@click.option("--at", type=Moment(), metavar="ISO", help="When the order was written (default: now).")
@click.option(
    "--seen",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help=f"The record of verified orders (default: {SEEN} in the shop's folder).",
)
@click.option("--no-record", is_flag=True, help="Don't add the order to the record.")
def command(file: TextIO, site: Path, at: dt.datetime | None, seen: Path | None, *, no_record: bool) -> None:
    """Read an order mail and prove that its prices are those that the shop showed.

    With a shop's folder, the command also compares prices at that time, reductions, free items, delivery and the total
    with the shop. Exits with 1 if a code is not the shop's, a row is missing or unreadable, a sum is wrong, the shop's
    result differs, or the order was verified before.
    """
    key, warning = order_key()
    if not key:
        raise UsageError(warning)
    if file is sys.stdin and sys.stdin.isatty():
        click.echo("paste the order, then press Ctrl-D", err=True)
    record = _record(site, seen)
    order = read_order(file.read(), key)
    if not order.lines and not order.unread:
        raise OrderError(
            "no order line found; a line looks like: 1 × Ring, 17 [RG-17] à 59.00 EUR = 59.00 EUR  #ABCDEFGHIJ"
        )
    verification = _verification(site, order, Clock(at or dt.datetime.now(dt.UTC))) if _is_shop(site) else None
    _report(order, verification)
    if record is not None:
        _once(order, record, key, sent=order.after if verification is None else verification.sent(), keep=not no_record)


def _report(order: OrderText, verification: OrderVerification | None) -> None:
    """Print each line and all mistakes of the order. Raises OrderError if there are any."""
    faults = list(order_faults(order))
    wrong = [line for line in order.lines if not _show(line)]
    if len(order.currencies) == 1:
        click.echo(f"pieces: {sum_text(order.pieces)}")
        if verification is None:
            click.echo("only the lines are proved: reductions and delivery need the shop's folder (--site)", err=True)
        elif not wrong:
            faults += verification.faults()
            for note in verification.notes():
                click.echo(f"note: {note}")
    for fault in dict.fromkeys(faults):
        click.echo(fault)
    if wrong:
        raise OrderError(
            f"{len(wrong)} of {len(order.lines)} lines can't be trusted; do not send before you have asked"
        )
    if faults:
        raise OrderError("the order is not what the shop would have written; was it written at another time? (--at)")


def _verification(site: Path, order: OrderText, clock: Clock) -> OrderVerification:
    """Return the comparison of the order with the shop in *site*."""
    configs, store = load_shop(site)
    theme = load_theme(site, next(iter(configs.values())).theme.name, tuple(configs), own_words(configs))
    words = {language: section_of(plain_words(theme.words[language]), "order") for language in configs}
    problems: list[Problem] = []
    histories = read_histories(site, problems)
    if problems:
        raise ContentError(problems)
    return OrderVerification(order, store, configs, words, histories, clock)


def _record(site: Path, seen: Path | None) -> VerifiedOrders | None:
    """Return the record of verified orders, or None outside a shop's folder. A record in output/ is refused."""
    if seen is None:
        return VerifiedOrders(site / SEEN) if _is_shop(site) else None
    if (site / "output").resolve() in seen.resolve().parents:
        raise UsageError(f"--seen {seen}: output/ is published; keep the record elsewhere")
    return VerifiedOrders(seen)


def _once(order: OrderText, record: VerifiedOrders, key: str, *, sent: Sequence[str], keep: bool) -> None:
    """Raise OrderError if the order was verified before. Otherwise add it to the record.

    Without a sender's text below the order, two buyers may have sent the same. Then only a note is printed.
    """
    rows = (*(line.row for line in order.lines), *(each.row for each in order.sums), *order.after)
    fingerprint = order_fingerprint(key, rows)
    try:
        if first := record.first_seen(fingerprint):
            said = f"the same order was verified before, first on {first:%Y-%m-%d %H:%M} UTC"
            if sent:
                raise OrderError(f"{said}; do not send it twice (recorded in {record.path})")
            click.echo(f"note: {said}; no name or address tells the two apart")
        elif keep:
            record.add(fingerprint, dt.datetime.now(dt.UTC))
    except OSError as error:
        raise OrderError(
            f"the order is good, but {record.path} can't be used: {error.strerror}; name another with --seen"
        ) from None


def _show(line: OrderLine) -> bool:
    """Print a line and its mistakes. Returns whether the line can be trusted."""
    faults = list(line.faults())
    name = f"{line.count} × {line.name} [{line.sku}] à {sum_text(line.price)}"
    click.echo(f"{name}: {', '.join(faults) or PROVED}")
    return not faults


def _is_shop(site: Path) -> bool:
    return (site / "site.yaml").is_file()
