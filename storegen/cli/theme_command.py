"""The command storegen theme."""

from __future__ import annotations

from pathlib import Path

import click

from storegen.cli.examples import examples
from storegen.cli.options import site_option
from storegen.errors import UsageError, suggest
from storegen.files import list_files, read_bytes
from storegen.load import load_config
from storegen.resources import resource
from storegen.write.disk import replace_file


@click.group(epilog=examples("storegen theme eject price"))
def command() -> None:
    """Customise parts of the theme."""


@command.command(epilog=examples("storegen theme eject price"))
@click.argument("component")
@site_option
@click.option("--replace", is_flag=True, help="Overwrite your own copy.")
def eject(component: str, site: Path, *, replace: bool) -> None:
    """Copy one component of the theme to the shop's folder themes/. The copy replaces the original."""
    name = next(iter(load_config(site).values())).theme.name
    packaged = resource("themes") / name
    names = sorted({file.split("/")[1] for file in list_files(packaged, "components")}) if packaged.is_dir() else []
    if component not in names:
        raise UsageError(
            f'the theme {name} has no component "{component}"{suggest(component, names)} ({", ".join(names)})'
        )
    files = list_files(packaged, f"components/{component}")
    targets = {file: site / "themes" / name / file for file in files}
    there = [str(path) for path in targets.values() if path.exists()]
    if there and not replace:
        raise UsageError(f"{', '.join(there)} exists; --replace writes over it")
    for file, target in targets.items():
        replace_file(target, read_bytes(packaged, file))
        click.echo(str(target))
