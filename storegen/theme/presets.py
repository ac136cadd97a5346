"""Presets: complete looks of a theme, and the look of a shop, which is a preset with the shop's own tokens."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from storegen.config import Config, ThemeChoice
from storegen.errors import ContentError, Problem, suggest
from storegen.load.sources import Source
from storegen.model.picture import Ratio
from storegen.model.record import Record
from storegen.theme.loading import Theme, read_settings
from storegen.theme.tokens import TokenSet, contrast_faults, kind_of, read_tokens, token_faults
from storegen.yaml import field_lines

_FOLDER = "presets/"


class Preset(Record, frozen=True, kw_only=True):
    """A look of the theme for a kind of shop: ``presets/NAME.yaml``. Its layout is in ``presets/NAME.css``."""

    title: str
    """The name in the gallery."""
    text: str
    """What it looks like, and for which shops."""
    fonts: tuple[str, ...] = ()
    """The fonts in ``static/`` that pages load first."""
    tile: Ratio = "1:1"
    """The ratio of pictures in lists, width to height."""
    tokens: Mapping[str, str] = {}
    """The tokens that differ from ``styles/tokens.css``."""
    dark_tokens: Mapping[str, str] = {}
    """The same for dark mode."""


class Look(msgspec.Struct, frozen=True):
    """What a shop looks like. *style* is the preset's own CSS. *fonts* are the names of the fonts to load first."""

    tokens: TokenSet
    style: str = ""
    fonts: tuple[str, ...] = ()

    def colour(self, name: str) -> tuple[str, str]:
        """Return a colour in light mode and in dark mode. Both are empty if the theme has no such token."""
        return self.tokens.light.get(name, ""), self.tokens.values(dark=True).get(name, "")


def preset_names(theme: Theme) -> list[str]:
    """Return the names of a theme's presets, the default first."""
    found = [name.removeprefix(_FOLDER).removesuffix(".yaml") for name in theme.texts if _is_preset(name)]
    return sorted(found, key=lambda name: (name != theme.settings.preset, name))


def _is_preset(name: str) -> bool:
    return name.startswith(_FOLDER) and name.endswith(".yaml")


def read_preset(theme: Theme, name: str) -> Preset:
    """Return a preset of the theme. Raises ContentError with the mistakes of its file."""
    file = f"{_FOLDER}{name}.yaml"
    preset = read_settings(theme.texts, theme.name, file, Preset)
    lines = field_lines(theme.texts[file])
    if faults := list(_faults(theme, preset)):
        raise ContentError(
            Problem(f"themes/{theme.name}/{file}", lines.get(place, 1), ".".join(place), message)
            for place, message in faults
        )
    return preset


def _faults(theme: Theme, preset: Preset) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield (place, message) for each mistake in a preset: unknown tokens, wrong values, too little contrast."""
    base = read_tokens(theme.texts.get("styles/tokens.css", ""))
    for font in preset.fonts:
        if font not in theme.static:
            yield ("fonts",), f"there is no file static/{font}{suggest(font, theme.static)}"
    sound = True
    for key, tokens, known in (("tokens", preset.tokens, base.light), ("dark_tokens", preset.dark_tokens, base.dark)):
        for name, value in tokens.items():
            if name not in known:
                sound = False
                yield (key, name), f'styles/tokens.css has no token "{name}" here{suggest(name, known)}'
            elif name in base.meanings and not (kind := kind_of(name, known[name])).pattern.fullmatch(value):
                sound = False
                yield (key, name), f'expected {kind.expected}, found "{value}"'
    if sound:
        changed = base.with_changes(preset.tokens, preset.dark_tokens)
        for key, dark in (("tokens", False), ("dark_tokens", True)):
            for name, message in contrast_faults(changed.values(dark=dark), {*preset.tokens, *preset.dark_tokens}):
                yield (key, name), message


def make_look(site: Path, theme: Theme, config: Config) -> Look:
    """Return the look of a shop. Raises ContentError for an unknown preset and for mistakes in tokens."""
    choice, source = config.theme, Source(site, "site.yaml", {})
    names = preset_names(theme)
    name = choice.preset or theme.settings.preset
    if name and name not in names:
        there = f"there are {', '.join(names)}" if names else f"the theme {theme.name} has none"
        raise ContentError([source.problem(("theme", "preset"), f'no preset "{name}"{suggest(name, names)} ({there})')])
    preset = read_preset(theme, name) if name else Preset(title="", text="")
    faults = [
        source.problem(("theme", key, token), message)
        for key, token, message in _own_faults(preset_tokens(theme, preset), choice)
    ]
    if faults:
        raise ContentError(faults)
    return look_of(theme, name, preset, choice)


def _own_faults(tokens: TokenSet, choice: ThemeChoice) -> Iterator[tuple[str, str, str]]:
    """Yield (YAML key, token, message) for each mistake in the shop's own tokens."""
    for key, own in (("tokens", choice.tokens), ("dark_tokens", choice.dark_tokens)):
        for token, message in token_faults(tokens, own, dark=key == "dark_tokens"):
            yield key, token, message


def preset_tokens(theme: Theme, preset: Preset) -> TokenSet:
    """Return the theme's tokens with a preset's values."""
    return read_tokens(theme.texts.get("styles/tokens.css", "")).with_changes(preset.tokens, preset.dark_tokens)


def look_of(theme: Theme, name: str, preset: Preset, choice: ThemeChoice) -> Look:
    """Return the look of a preset with the shop's own tokens, which must have no mistakes."""
    tile = {"tile": (choice.tile or preset.tile).replace(":", " / ")}
    tokens = preset_tokens(theme, preset).with_changes({**choice.tokens, **tile}, choice.dark_tokens)
    return Look(tokens, theme.texts.get(f"{_FOLDER}{name}.css", ""), preset.fonts)
