"""The command storegen new."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from storegen.cli.examples import examples
from storegen.cli.schema_command import write_schemas
from storegen.errors import OutputError, UsageError, explain_os_error
from storegen.resources import resource
from storegen.schema import FOLDER
from storegen.write.disk import write_file


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
        shutil.rmtree(folder, ignore_errors=True)  # it was empty, so nothing in it is somebody else's
        raise OutputError(f"{folder} can't be made: {explain_os_error(error)}") from None
    click.echo(f"made {folder}\n\n  cd {folder}\n  storegen serve\n\nhow to go on: storegen docs")


def _make(folder: Path, *, demo: bool) -> None:
    """Copy the starter. For the demo, also copy the demo's content."""
    starter = resource("starter")
    folder.mkdir(parents=True, exist_ok=True)
    _copy(starter / "gitignore", folder / ".gitignore")
    if demo:
        shop = _demo()
        _copy(shop / "site.yaml", folder / "site.yaml")
        _copy(shop / "content", folder / "content")
        return
    for name in ("site.yaml", "README.md"):
        _copy(starter / name, folder / name)
    _copy(starter / "content", folder / "content")


def _copy(source: Path, target: Path) -> None:
    """Copy a file, or a folder without hidden files. An OSError contains the path that can't be written."""
    if not source.is_dir():
        write_file(str(target), source.read_bytes())
        return
    target.mkdir()
    for path in sorted(source.iterdir()):
        if not path.name.startswith((".", "__pycache__")):
            _copy(path, target / path.name)


def _demo() -> Path:
    """Return the folder of the demo shop: bundled in a wheel, or the top of the repository."""
    content = resource("demo/content") if resource("themes").parent.name == "bundled" else resource("content")
    return content.parent
