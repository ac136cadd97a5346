"""The command storegen check."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from storegen.build import Options, check
from storegen.cli.examples import examples
from storegen.cli.options import now_option, site_option


@click.command(epilog=examples("storegen check --site my-shop"))
@site_option
@click.option("--drafts", is_flag=True, help="Check drafts too.")
@now_option("Check the shop as of another time")
def command(site: Path, now: dt.datetime | None, *, drafts: bool) -> None:
    """Read and render the whole shop and report all mistakes. Nothing is written."""
    for warning in check(Options(site, now=now, drafts=drafts)):
        click.echo(f"warning: {warning}", err=True)
    click.echo("no mistakes found")
