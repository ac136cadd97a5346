"""The command storegen new."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from storegen.cli.examples import examples
from storegen.cli.landing_drafts import drafts
from storegen.cli.options import site_option
from storegen.cli.schema_command import write_schemas
from storegen.errors import OutputError, UsageError, explain_os_error
from storegen.importers.site_edits import with_value
from storegen.load import load_shop
from storegen.locale import locale_of
from storegen.resources import resource
from storegen.schema import FOLDER
from storegen.starters import ENGLISH, has_starter, known_language, starter_folder, starter_languages
from storegen.write.disk import write_file


def _language(context: click.Context, parameter: click.Parameter, value: str) -> str:
    try:
        return known_language(value.strip()) if value else ""
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


@click.command(
    epilog=examples(
        "storegen new my-shop",
        ("storegen new oma-kauppa --language fi", "a shop with texts in Finnish; also ko and id"),
        ("storegen new my-shop --language de", "a German shop; you translate the example texts"),
        ("storegen new my-shop --demo", "a shop with many products"),
        ("storegen new landing --for category:rings", "a draft of a lead page, in a shop"),
    )
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--demo", is_flag=True, help="Create a complete demo shop instead of a shop with one product.")
@click.option(
    "--language", default="", metavar="CODE", callback=_language, help="The shop's language, such as fi. Default: en."
)
@click.option(
    "--for",
    "group",
    default="",
    metavar="category:NAME",
    help="With DIR landing: draft a lead page for a category, or for each of them with all.",
)
@site_option
def command(folder: Path, *, demo: bool, language: str, group: str, site: Path) -> None:
    """Create a new shop in DIR. DIR must be an empty folder, or not exist yet."""
    if group:
        _draft_landings(folder, site, group)
        return
    if demo and language:
        raise UsageError("--demo and --language can't be combined: the demo shop has its own languages")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} is not empty; name a new folder")
    try:
        _make_demo(folder) if demo else _make(folder, language or ENGLISH)
        write_schemas(folder / FOLDER)
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)  # it was empty, so nothing in it is somebody else's
        raise OutputError(f"{folder} can't be made: {explain_os_error(error)}") from None
    click.echo(f"made {folder}{_texts_note(language)}\n\n  cd {folder}\n  storegen serve\n\nnext steps: storegen docs")


def _draft_landings(kind: Path, site: Path, group: str) -> None:
    """Write drafts of lead pages into a shop. A file that is there already is left alone."""
    if str(kind) != "landing":
        raise UsageError(f"--for drafts lead pages: write storegen new landing --for {group}")
    _, store = load_shop(site)
    for name, text in drafts(store.home, group):
        if (site / name).exists():
            click.echo(f"{name} is there already")
            continue
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        write_file(str(site / name), text.encode())
        click.echo(f"made {name}; write its texts, then set its status to unlisted")


def _texts_note(language: str) -> str:
    """Return a line that says that the example texts are in English, if the shop's language is another."""
    if not language or has_starter(language):
        return ""
    return f"\nthe example texts are in English; translate them into {locale_of(language).english_name}"


def _make(folder: Path, language: str) -> None:
    """Copy the example shop in a language; where there is none, the English one with this language in site.yaml."""
    _begin(folder)
    starter = starter_folder(language)
    for name in ("site.yaml", "README.md", "content"):
        _copy(starter / name, folder / name)
    if language not in starter_languages():
        site = folder / "site.yaml"
        write_file(str(site), with_value(site.read_text("utf-8"), "languages", f"[{language}]").encode())


def _make_demo(folder: Path) -> None:
    """Copy the demo shop."""
    _begin(folder)
    for path in (*sorted(_demo().glob("site*.yaml")), _demo() / "content"):
        _copy(path, folder / path.name)


def _begin(folder: Path) -> None:
    """Make the shop's folder, with the file that keeps the output out of version control."""
    folder.mkdir(parents=True, exist_ok=True)
    _copy(resource("starter") / "gitignore", folder / ".gitignore")


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
