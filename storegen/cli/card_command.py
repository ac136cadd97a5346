"""The command storegen card."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TextIO

import click

from storegen.build import Options
from storegen.build.packing_cards import make_cards
from storegen.checkout.order_reading import read_order
from storegen.checkout.signing import order_key
from storegen.cli.examples import examples
from storegen.cli.options import site_option
from storegen.errors import OutputError, UsageError, counted, explain_os_error
from storegen.write.disk import replace_file

FOLDER = "cards"


@click.command(
    epilog=examples(
        ("storegen card", "a card for every product, in every language"),
        ("storegen card rope-ring --language ko", "one product, by its id or its article number"),
        ("storegen card rope-ring --copies 40", "ten sheets of A4 with four cards each"),
        ("storegen card --order order.txt", "the products of an order mail"),
        after=(
            "The cards are in cards/LANGUAGE: a6.html has one on each page, a4.html has four. Open one in the browser, "
            "and print it without margins, headers and footers."
        ),
    )
)
@click.argument("products", nargs=-1, metavar="[PRODUCT]...")
@site_option
@click.option(
    "--order",
    type=click.File("r", encoding="utf-8", errors="replace"),
    metavar="FILE",
    help="Take the products from the text of an order mail; - reads it from the standard input.",
)
@click.option(
    "--language", "languages", multiple=True, metavar="CODE", help="A language; can be repeated (default: all)."
)
@click.option(
    "--copies", type=click.IntRange(1, 1000), default=1, metavar="N", help="Cards for each product (default: 1)."
)
@click.option(
    "--output", type=click.Path(path_type=Path, file_okay=False), metavar="DIR", help="The folder (default: cards/)."
)
@click.option("--drafts", is_flag=True, help="Include drafts.")
def command(
    products: tuple[str, ...],
    site: Path,
    order: TextIO | None,
    languages: tuple[str, ...],
    copies: int,
    output: Path | None,
    *,
    drafts: bool,
) -> None:
    """Write packing cards: how to care for a product, its support page with a QR code, how to reach you, and thanks.

    They are HTML files to be printed, on A6 or four on a sheet of A4. They are not part of the published shop.
    """
    folder = output or site / FOLDER
    if (site / "output").resolve() in (folder.resolve(), *folder.resolve().parents):
        raise UsageError(f"--output {folder}: output/ is published; write the cards elsewhere")
    articles = _articles(order) if order else ()
    files = make_cards(
        Options(site, drafts=drafts), products=products, articles=articles, languages=languages, copies=copies
    )
    if not files:
        click.echo("nothing here travels in a parcel, so there are no cards")
        return
    _write(folder, files)
    written = list(dict.fromkeys(name.partition("/")[0] for name in files))
    click.echo(f"packing cards in {counted(len(written), 'language')} ({', '.join(written)}), in {folder}")


def _articles(order: TextIO) -> tuple[str, ...]:
    """Return the article numbers of an order mail."""
    if order is sys.stdin and sys.stdin.isatty():
        click.echo("paste the order, then press Ctrl-D", err=True)
    key, _ = order_key()
    found = tuple(dict.fromkeys(line.sku for line in read_order(order.read(), key).goods))
    if not found:
        raise UsageError(
            "no order line found; a line looks like: 1 × Ring, 17 [RG-17] à 59.00 EUR = 59.00 EUR  #ABCDEFGHIJ"
        )
    return found


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    try:
        for name, data in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            replace_file(folder / name, data)
    except OSError as error:
        raise OutputError(f"{folder}: {explain_os_error(error)}") from None
