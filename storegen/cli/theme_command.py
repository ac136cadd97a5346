"""The command storegen theme."""

from __future__ import annotations

import signal
import threading
import webbrowser
from pathlib import Path
from types import FrameType

import click

from storegen.cli.examples import examples
from storegen.cli.options import site_option
from storegen.errors import UsageError, suggest
from storegen.files import list_files, read_bytes
from storegen.gallery import make_gallery
from storegen.load import load_config
from storegen.resources import MissingResourceError, resource
from storegen.serve import serve_folder
from storegen.theme.loading import ejected_words, load_theme
from storegen.write.disk import replace_file

_FOLDER = ".storegen/gallery"
WORDS = "words"  # no component has this name
FOLDERS = ("mail", "card")
_MARK = "gallery.css"  # a file that every gallery has


@click.group(epilog=examples("storegen theme gallery", "storegen theme eject price"))
def command() -> None:
    """Customise parts of the theme."""


@command.command(epilog=examples("storegen theme eject price", "storegen theme eject words pl"))
@click.argument("component")
@click.argument("language", required=False, default="")
@site_option
@click.option("--replace", is_flag=True, help="Overwrite your own copy.")
def eject(component: str, language: str, site: Path, *, replace: bool) -> None:
    """Copy one component of the theme to the shop's folder themes/. The copy replaces the original.

    "storegen theme eject words LANGUAGE" writes a file with all words of the theme. You translate the words in it.
    "storegen theme eject mail" copies the templates and the style of mails, "storegen theme eject card" those of
    packing cards.
    """
    name = next(iter(load_config(site).values())).theme.name
    if component == WORDS:
        _eject_words(site, name, language, replace=replace)
        return
    if language:
        raise UsageError(f'only "words" takes a language; write "storegen theme eject {component}"')
    packaged = resource("themes") / name
    names = sorted({file.split("/")[1] for file in list_files(packaged, "components")}) if packaged.is_dir() else []
    if component not in {*names, *FOLDERS}:
        raise UsageError(
            f'the theme {name} has no component "{component}"{suggest(component, names)} ({", ".join(names)})'
        )
    files = list_files(packaged, component if component in FOLDERS else f"components/{component}")
    targets = {file: site / "themes" / name / file for file in files}
    there = [str(path) for path in targets.values() if path.exists()]
    if there and not replace:
        raise UsageError(f"{', '.join(there)} exists; --replace overwrites it")
    for file, target in targets.items():
        replace_file(target, read_bytes(packaged, file))
        click.echo(str(target))


def _eject_words(site: Path, name: str, language: str, *, replace: bool) -> None:
    """Write a language's file of words. It contains the texts that the shop shows now."""
    if not language:
        raise UsageError('the language of the words is missing; write, for example, "storegen theme eject words pl"')
    try:
        text = ejected_words(site, name, language)
    except ValueError as error:
        raise UsageError(str(error)) from None
    target = site / "themes" / name / "locales" / f"{language}.yaml"
    if target.exists() and not replace:
        raise UsageError(f"{target} exists; --replace overwrites it")
    replace_file(target, text.encode())
    click.echo(str(target))


@command.command(epilog=examples("storegen theme gallery", "storegen theme gallery --output gallery"))
@site_option
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write the gallery to this folder; serve nothing.",
)
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="The port. Default: any free port.")
@click.option("--no-open", "closed", is_flag=True, help="Don't open the gallery in a browser.")
def gallery(site: Path, output: Path | None, port: int, *, closed: bool) -> None:
    """Show every component with its examples, in every preset and with your own tokens.

    The pages are served on this machine until you press Ctrl-C.
    """
    configs = load_config(site)
    config = next(iter(configs.values()))
    theme = load_theme(site, config.theme.name, tuple(configs))
    folder = output or site / _FOLDER
    if folder.is_dir() and any(folder.iterdir()) and not (folder / _MARK).is_file():
        raise UsageError(f"{folder} is not empty; name a new folder")
    for name, data in make_gallery(site, theme, config, pictures=_demo_pictures()).items():
        replace_file(folder / name, data)
    if output is not None:
        click.echo(f"made {folder}")
        return
    signal.signal(signal.SIGTERM, _end)
    with serve_folder(folder, port) as address:
        click.echo(f"the gallery is at {address}  (Ctrl-C ends it)")
        if not closed:
            webbrowser.open(address)
        threading.Event().wait()


def _end(number: int, frame: FrameType | None) -> None:
    """End the command without an error."""
    raise SystemExit(0)


def _demo_pictures() -> Path | None:
    """Return the pictures of the demo shop, which the examples show. An installation may lack them."""
    for name in ("demo/content/media", "content/media"):
        try:
            return resource(name)
        except MissingResourceError:
            continue
    return None
