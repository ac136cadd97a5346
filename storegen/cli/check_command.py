"""The command storegen check."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from storegen.build import Options, check
from storegen.cli.examples import examples
from storegen.cli.options import now_option, site_option
from storegen.cli.problems import placeholder_advice


@click.command(epilog=examples("storegen check --site my-shop"))
@site_option
@click.option("--drafts", is_flag=True, help="Check drafts too.")
@now_option("Check the shop as of another time")
def command(site: Path, now: dt.datetime | None, *, drafts: bool) -> None:
    """Read and render the whole shop and report all mistakes. Nothing is written.

    Placeholders of a new shop are listed too. "storegen build" refuses them for a public address.
    """
    checked = check(Options(site, now=now, drafts=drafts))
    for warning in checked.warnings:
        click.echo(f"warning: {warning}", err=True)
    for placeholder in sorted(checked.placeholders):
        click.echo(str(placeholder), err=True)
    left = f"; {placeholder_advice(len(checked.placeholders))}" if checked.placeholders else " found"
    click.echo(f"no mistakes{left}")
