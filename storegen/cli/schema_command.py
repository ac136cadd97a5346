"""The command storegen schema."""

from __future__ import annotations

from pathlib import Path

import click

from storegen.cli.examples import examples
from storegen.cli.options import site_option
from storegen.errors import counted
from storegen.schema import FOLDER, schema_files
from storegen.write.disk import replace_file


@click.command(epilog=examples("storegen schema", "storegen schema --output schemas"))
@site_option
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help=f"The folder for the schemas (default: {FOLDER}/).",
)
def command(site: Path, output: Path | None) -> None:
    """Write JSON Schemas of site.yaml and of every content type.

    Editors use them to complete keys and to mark mistakes. A YAML language server finds the schema through the first
    line of a file. For a product it is: # yaml-language-server: $schema=../../.storegen/schema/product.json
    """
    folder = output or site / FOLDER
    click.echo(f"wrote {counted(write_schemas(folder), 'schema')} to {folder}")


def write_schemas(folder: Path) -> int:
    """Write every schema to a folder, and return the number of schemas. Raises OSError."""
    files = schema_files()
    for name, data in files.items():
        replace_file(folder / name, data)
    return len(files)
