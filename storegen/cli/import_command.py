"""The command storegen import."""

from __future__ import annotations

import codecs
from pathlib import Path

import click

from storegen.cli.examples import examples
from storegen.cli.options import site_option
from storegen.errors import UsageError, counted
from storegen.importers.hosts import HostPolicy, host_name
from storegen.importers.report import ImportReport, summed_up
from storegen.importers.shopify import read_shopify
from storegen.importers.woocommerce import read_woocommerce
from storegen.importers.writing import write_imported

READERS = {"shopify": read_shopify, "woocommerce": read_woocommerce}


def _encoding(context: click.Context, parameter: click.Parameter, value: str) -> str:
    try:
        return codecs.lookup(value).name if value else ""
    except LookupError:
        raise click.BadParameter(f'expected an encoding like cp1252, found "{value}"') from None


def _hosts(context: click.Context, parameter: click.Parameter, value: tuple[str, ...]) -> HostPolicy:
    wrong = next((each for each in value if "/" in each or not host_name(each)), None)
    if wrong is not None:
        raise click.BadParameter(f'expected the name of a host like pictures.example, found "{wrong}"')
    return HostPolicy(allowed=frozenset(map(host_name, value)))


@click.command(
    epilog=examples(
        "storegen import shopify products_export.csv",
        ("storegen import woocommerce products.csv --site my-shop --download", "with the pictures"),
    )
)
@click.argument("platform", type=click.Choice(sorted(READERS)))
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@site_option
@click.option("--replace", is_flag=True, help="Overwrite existing files. Fields that the export doesn't have are kept.")
@click.option("--download", is_flag=True, help="Download the pictures to content/media instead of linking to them.")
@click.option(
    "--allow-host",
    "hosts",
    multiple=True,
    metavar="NAME",
    callback=_hosts,
    help="Allow downloads from this host on your machine or local network; may be repeated.",
)
@click.option(
    "--encoding", default="", metavar="NAME", callback=_encoding, help="The file's encoding, such as cp1250, if known."
)
def command(
    platform: str, file: Path, site: Path, *, replace: bool, download: bool, hosts: HostPolicy, encoding: str
) -> None:
    """Write the products of another platform's export as content files. Print what was left out and why."""
    if not (site / "site.yaml").is_file():
        raise UsageError(f"there is no site.yaml in {site}; make a shop first with: storegen new DIR")
    imported = READERS[platform](file.read_bytes(), file.name, encoding=encoding)
    _show(write_imported(imported, site, replace=replace, download=download, hosts=hosts), site)


def _show(report: ImportReport, site: Path) -> None:
    """Print one line per cause. The notes file contains all details."""
    lines = summed_up(report.notes)
    for line in lines:
        click.echo(line)
    drafts = f", {report.drafts} of them drafts" if report.drafts else ""
    products, variants = counted(report.products, "product"), counted(report.variants, "variant")
    click.echo(f"\n{products} with {variants}{drafts}, {counted(report.categories, 'category', 'categories')}")
    if len(report.notes) > len(lines):
        click.echo(f"all {len(report.notes)} notes: {site / report.notes_file}")
    click.echo("next: storegen check")
