"""The command storegen new."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from storegen.cli.examples import examples
from storegen.cli.schema_command import write_schemas
from storegen.errors import UsageError
from storegen.resources import resource
from storegen.schema import FOLDER

_HIDDEN = shutil.ignore_patterns(".*", "__pycache__")


@click.command(epilog=examples("storegen new my-shop", ("storegen new my-shop --demo", "with many products")))
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--demo", is_flag=True, help="Create a complete demo shop instead of a shop with one product.")
def command(folder: Path, *, demo: bool) -> None:
    """Create a new shop in DIR. DIR must be an empty folder, or not exist yet."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} is not empty; name a new folder")
    try:
        _make(folder, demo=demo)
        write_schemas(folder / FOLDER)
    except OSError as error:
        raise UsageError(f"{folder} can't be made: {error.strerror}") from None
    click.echo(f"made {folder}\n\n  cd {folder}\n  storegen serve\n\nhow to go on: storegen docs")


def _make(folder: Path, *, demo: bool) -> None:
    """Copy the starter. For the demo, also copy the demo's content."""
    starter = resource("starter")
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(starter / "gitignore", folder / ".gitignore")
    if demo:
        shop = _demo()
        shutil.copyfile(shop / "site.yaml", folder / "site.yaml")
        shutil.copytree(shop / "content", folder / "content", ignore=_HIDDEN)
        return
    for name in ("site.yaml", "README.md"):
        shutil.copyfile(starter / name, folder / name)
    shutil.copytree(starter / "content", folder / "content", ignore=_HIDDEN)


def _demo() -> Path:
    """Return the folder of the demo shop: bundled in a wheel, or the top of the repository."""
    content = resource("demo/content") if resource("themes").parent.name == "bundled" else resource("content")
    return content.parent
