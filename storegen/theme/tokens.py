"""Design tokens: the values of the theme's styles, those of a preset and of the shop, with a check of contrast."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

import msgspec

from storegen.errors import suggest

# Foreground, background and the minimum contrast (WCAG 2.2: 1.4.3 for text, 1.4.11 for controls).
PAIRS = (
    ("ink", "paper", 4.5),
    ("ink-2", "paper", 4.5),
    ("ink-2", "stone", 4.5),
    ("ink-3", "paper", 4.5),
    ("line-2", "paper", 3.0),
    ("line-2", "surface", 3.0),
    ("action", "paper", 4.5),
    ("on-action", "action", 4.5),
    ("on-action", "action-h", 4.5),
    ("ink", "tint", 4.5),
    ("sale", "paper", 4.5),
    ("sale", "sale-bg", 4.5),
    ("on-sale", "sale", 4.5),
    ("ok", "paper", 4.5),
    ("warn", "paper", 4.5),
    ("warn", "warn-bg", 4.5),
    ("on-night", "night", 4.5),
)
FONTS = ("display", "text")
# The rules of tokens: of light mode, of browsers that prefer dark mode, and of visitors who chose dark mode. A rule for
# all in a media query is none of them.
_RULE = re.compile(r"(?:^:root|:root(?P<dark>:not\([^)]*\)|\[[^\]]*\]))\s*\{(?P<body>[^}]*)\}", re.MULTILINE)
_DECLARED = re.compile(r"--(?P<name>[\w-]+):\s+(?P<value>[^;]+);(?: /\* (?P<meaning>[^*]+) \*/)?")


class Kind(NamedTuple):
    """How a token is written. *expected* describes it in errors."""

    pattern: re.Pattern[str]
    expected: str


_LENGTH = r"(?:0|[0-9]{1,4}(?:\.[0-9]{1,4})?(?:px|rem|em|vw))"
COLOUR = Kind(re.compile(r"#[0-9a-fA-F]{6}"), "a colour like #0e4f4a")
FONT = Kind(re.compile(r"[\w\s\"',-]{1,200}"), 'font names like "Georgia, serif"')
WEIGHT = Kind(re.compile(r"[1-9]00"), "a weight from 100 to 900 like 600")
SPACING = Kind(re.compile(r"0|-?0?\.[0-9]{1,4}em"), "a space like -0.02em")
SIZE = Kind(
    re.compile(rf"{_LENGTH}|clamp\({_LENGTH}, ?{_LENGTH}(?: \+ {_LENGTH})?, ?{_LENGTH}\)"),
    "a size like 8px, 0.5rem or clamp(1rem, 0.8rem + 1vw, 2rem)",
)


class TokenSet(msgspec.Struct, frozen=True):
    """Tokens with their values in light mode and in dark mode. *meanings* describes those that a shop may change.

    In dark mode, a token without a value of its own has the value of light mode.
    """

    light: Mapping[str, str]
    dark: Mapping[str, str]
    meanings: Mapping[str, str] = {}

    def values(self, *, dark: bool) -> Mapping[str, str]:
        """Return all values of light or dark mode."""
        return {**self.light, **self.dark} if dark else self.light

    def with_changes(self, light: Mapping[str, str], dark: Mapping[str, str]) -> TokenSet:
        """Return the tokens with some other values."""
        return TokenSet({**self.light, **light}, {**self.dark, **dark}, self.meanings)


def read_tokens(css: str) -> TokenSet:
    """Return the tokens that a theme's ``styles/tokens.css`` declares for light and dark mode."""
    light: dict[str, str] = {}
    dark: dict[str, str] = {}
    meanings: dict[str, str] = {}
    for rule in _RULE.finditer(css):
        for match in _DECLARED.finditer(rule["body"]):
            (dark if rule["dark"] else light)[match["name"]] = " ".join(match["value"].split())
            if match["meaning"] and not rule["dark"]:
                meanings[match["name"]] = match["meaning"]
    return TokenSet(light, dark, meanings)


def write_tokens(css: str, tokens: TokenSet) -> str:
    """Return a theme's ``styles/tokens.css`` with the values of *tokens*. Tokens that it lacks are left out."""
    return _RULE.sub(lambda rule: _written(rule, tokens.dark if rule["dark"] else tokens.light), css)


def _written(rule: re.Match[str], values: Mapping[str, str]) -> str:
    body = _DECLARED.sub(lambda match: f"--{match['name']}: {values[match['name']]};", rule["body"])
    return rule[0].replace(rule["body"], body)


def kind_of(name: str, value: str) -> Kind:
    """Return how a token is written, from its name and its value in the theme."""
    if name in FONTS:
        return FONT
    if name.endswith("-weight"):
        return WEIGHT
    if name.endswith("-spacing"):
        return SPACING
    return COLOUR if value.startswith("#") else SIZE


def token_faults(theme: TokenSet, tokens: Mapping[str, str], *, dark: bool) -> Iterator[tuple[str, str]]:
    """Yield (token, message) for each mistake in a shop's tokens of the light or the dark mode.

    *theme* are the tokens of the theme with its preset, which the shop's own tokens change.
    """
    known = theme.values(dark=dark)
    good = True
    for name, value in tokens.items():
        if name not in theme.meanings:
            good = False
            near = suggest(name, theme.meanings) or f"; its tokens are {', '.join(theme.meanings)}"
            yield name, f'"{name}" is not a token of the theme{near}'
        elif dark and name not in theme.dark:
            yield name, f'"{name}" is the same in dark mode; write it in theme.tokens'
        elif not (kind := kind_of(name, known[name])).pattern.fullmatch(value):
            good = False
            yield name, f'expected {kind.expected}, found "{value}"'
    if good:
        yield from contrast_faults({**known, **tokens}, tokens)


def contrast_faults(colours: Mapping[str, str], changed: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield (token, message) for each pair of *colours* with too little contrast. At least one of it is *changed*."""
    for front, back, least in PAIRS:
        if (front not in changed and back not in changed) or not {front, back} <= colours.keys():
            continue
        found = contrast(colours[front], colours[back])
        if found < least:
            moved = front if front in changed else back
            other = colours[back] if moved == front else colours[front]
            nearest = nearest_passing(colours[moved], other, least)
            yield (
                moved,
                f"{front} on {back} has a contrast of {found:.1f}; at least {least} is needed, for example {nearest}",
            )


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours (WCAG 2.2, relative luminance)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def nearest_passing(colour: str, against: str, least: float) -> str:
    """Return the colour of the same hue and the nearest lightness that reaches the contrast *least*."""
    base = [int(colour[place : place + 2], 16) for place in (1, 3, 5)]
    best = "#000000" if contrast("#000000", against) >= least else "#ffffff"
    for step in range(1, 101):
        for end in (0, 255):
            mixed = "#" + "".join(f"{round(part + (end - part) * step / 100):02x}" for part in base)
            if contrast(mixed, against) >= least:
                return mixed
    return best


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
