"""The pages of the gallery: an overview, and a page for each look in light and in dark mode."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import groupby
from pathlib import Path

import jinja2
import msgspec
from markupsafe import Markup

from storegen.config import Config, ThemeChoice
from storegen.gallery.examples import Example, example_environment, read_examples, render_example
from storegen.gallery.pictures import make_pictures
from storegen.theme.assets import make_assets
from storegen.theme.loading import Theme
from storegen.theme.presets import Look, look_of, make_look, preset_names, read_preset

_HERE = Path(__file__).parent
_OWN = "own"  # the address of the shop's own look
_PICTURE = re.compile(r"/(media/[\w./-]+\.(?:webp|avif|jpg|png))")
_HIDDEN = re.compile(r"^(\s*<[\w-]+[^>]*?) hidden(?=[\s>])")  # of the outermost element, which a script shows
SCHEMES = ("light", "dark")


class NamedLook(msgspec.Struct, frozen=True):
    """A look with its address, name and description."""

    slug: str
    title: str
    text: str
    look: Look


class Shown(msgspec.Struct, frozen=True):
    """An example with its HTML, or with the reason why it can't be rendered."""

    name: str
    html: str = ""
    fault: str = ""


def make_gallery(site: Path, theme: Theme, config: Config, *, pictures: Path | None) -> dict[str, bytes]:
    """Return the files of the gallery by path. *pictures* is a folder with the pictures that the examples show.

    The first look is the shop's own, as its site.yaml describes it. Raises ContentError for mistakes in the theme, in
    its examples and in the shop's tokens.
    """
    looks = [
        NamedLook(
            _OWN, config.name, "The look of this shop: its theme, preset and tokens.", make_look(site, theme, config)
        ),
        *(_preset(theme, name) for name in preset_names(theme)),
    ]
    language = config.languages[0]
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_HERE), autoescape=True, undefined=jinja2.StrictUndefined
    )
    environment.globals.update(looks=looks, schemes=SCHEMES, language=language)
    files = {"gallery.css": (_HERE / "gallery.css").read_bytes()}
    files["index.html"] = environment.get_template("overview.html").render().encode()
    examples = read_examples(theme)
    for each in looks:
        assets, blobs = make_assets(theme, each.look.tokens, style=each.look.style)
        files |= {blob.path: blob.data for blob in blobs}
        components = _render(theme, language, assets, examples)
        styles = [address for name, address in assets.items() if name.endswith(".css") and name != "theme.css"]
        for scheme in SCHEMES:
            html = environment.get_template("look.html").render(
                here=each, scheme=scheme, styles=[assets["theme.css"], *styles], components=components
            )
            files[address_of(each.slug, scheme).lstrip("/") + "index.html"] = html.encode()
    wanted = sorted({name for data in files.values() for name in _PICTURE.findall(data.decode(errors="ignore"))})
    return files | make_pictures(wanted, pictures)


def address_of(slug: str, scheme: str) -> str:
    """Return the address of a look's page."""
    return f"/{slug}/" if scheme == "light" else f"/{slug}/{scheme}/"


def _preset(theme: Theme, name: str) -> NamedLook:
    preset = read_preset(theme, name)
    return NamedLook(name, preset.title, preset.text, look_of(theme, name, preset, ThemeChoice()))


def _render(
    theme: Theme, language: str, assets: Mapping[str, str], examples: Iterable[Example]
) -> list[tuple[str, list[Shown]]]:
    """Return the rendered examples of each component."""
    environment = example_environment(theme, language, assets)
    return [
        (component, [_show(environment, example) for example in found])
        for component, found in groupby(examples, key=_component)
    ]


def _component(example: Example) -> str:
    return example.component


def _show(environment: jinja2.Environment, example: Example) -> Shown:
    try:
        html = _HIDDEN.sub(r"\1", render_example(environment, example))
        return Shown(example.name, Markup(html))  # noqa: S704 - escaped by its template
    except Exception as error:  # noqa: BLE001 - a template can raise anything, and the others are still worth a look
        return Shown(example.name, fault=f"{type(error).__name__}: {error}")
