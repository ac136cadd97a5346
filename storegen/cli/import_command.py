"""storegen import."""

from __future__ import annotations

from pathlib import Path

import click

from storegen.cli.options import site_option
from storegen.errors import UsageError
from storegen.importers.report import ImportReport
from storegen.importers.shopify import read_shopify
from storegen.importers.woocommerce import read_woocommerce
from storegen.importers.writing import write_imported

READERS = {"shopify": read_shopify, "woocommerce": read_woocommerce}
SHOWN = 40


@click.command(
    epilog="Examples:\n\n  storegen import shopify products_export.csv\n\n"
    "  storegen import woocommerce products.csv --site my-shop --download"
)
@click.argument("platform", type=click.Choice(sorted(READERS)))
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@site_option
@click.option("--replace", is_flag=True, help="Write over files that are there already.")
@click.option(
    "--download", is_flag=True, help="Fetch the pictures into content/media instead of keeping their addresses."
)
def command(platform: str, file: Path, site: Path, *, replace: bool, download: bool) -> None:
    """Write the products of another platform's export as content files, and say what was left out and why."""
    if not (site / "site.yaml").is_file():
        raise UsageError(f"there is no site.yaml in {site}; make a shop first with: storegen new DIR")
    imported = READERS[platform](file.read_bytes(), file.name)
    _show(write_imported(imported, site, replace=replace, download=download))


def _show(report: ImportReport) -> None:
    for note in report.notes[:SHOWN]:
        click.echo(str(note))
    if len(report.notes) > SHOWN:
        click.echo(f"… and {len(report.notes) - SHOWN} more notes")
    click.echo(f"\n{report.products} products with {report.variants} variants, {report.categories} categories")
    click.echo("next: storegen check")
