"""The shop's own design tokens: colours and fonts in site.yaml, with a check of contrast."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from storegen.errors import suggest

# The default theme's values in light and dark mode. A changed colour is checked against the unchanged ones.
LIGHT = {
    "paper": "#f8f8f6",
    "surface": "#ffffff",
    "stone-2": "#eceae5",
    "stone": "#d7d2cc",
    "ink": "#18211f",
    "ink-2": "#47514f",
    "ink-3": "#606a68",
    "line-2": "#828a87",
    "action": "#0e4f4a",
    "action-h": "#0a3d39",
    "on-action": "#ffffff",
    "tint": "#e3ecea",
    "sale": "#a12f26",
    "ok": "#1d6647",
    "warn": "#755000",
}
DARK = {
    "paper": "#111716",
    "surface": "#19211f",
    "stone-2": "#202826",
    "stone": "#2b3331",
    "ink": "#eff1ed",
    "ink-2": "#bcc4c1",
    "ink-3": "#9aa4a1",
    "line-2": "#76817e",
    "action": "#9ad6cc",
    "action-h": "#b6e3db",
    "on-action": "#0b1615",
    "tint": "#1e302d",
    "sale": "#f3a093",
    "ok": "#8fd3ae",
    "warn": "#e5bd72",
}
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
    ("ok", "paper", 4.5),
    ("warn", "paper", 4.5),
)
FONTS = ("display", "text")
_FONT = re.compile(r"[\w\s\"',-]{1,200}")


def token_faults(tokens: Mapping[str, str], *, dark: bool) -> Iterator[tuple[str, str]]:
    """Yield (token, message) for each mistake in a shop's tokens of the light or the dark mode."""
    known = DARK if dark else LIGHT
    good = True
    for name, value in tokens.items():
        if name in FONTS and not dark:
            if not _FONT.fullmatch(value):
                yield name, f'expected font names like "Georgia, serif", found "{value}"'
        elif name not in known:
            names = (*known, *(() if dark else FONTS))
            near = suggest(name, names) or f"; its tokens are {', '.join(names)}"
            yield name, f'"{name}" is not a token of the theme{near}'
        elif not re.fullmatch(r"#[0-9a-fA-F]{6}", value):
            good = False
            yield name, f'expected a colour like #0e4f4a, found "{value}"'
    if good:
        yield from _contrast_faults(
            {**known, **{name: value for name, value in tokens.items() if name in known}}, tokens
        )


def _contrast_faults(colours: Mapping[str, str], changed: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for front, back, least in PAIRS:
        if front not in changed and back not in changed:
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


def token_rules(light: Mapping[str, str], dark: Mapping[str, str]) -> str:
    """Return the CSS rules of the shop's tokens for light and dark mode. They override the theme's."""
    parts = []
    if light:
        parts.append(f":root {{ {_declarations(light)} }}")
    dark = {**{name: DARK[name] for name in light if name in DARK}, **dark}
    if dark:
        body = _declarations(dark)
        parts.append(f"@media (prefers-color-scheme: dark) {{ :root:not([data-theme=light]) {{ {body} }} }}")
        parts.append(f":root[data-theme=dark] {{ {body} }}")
    return "\n".join(parts)


def _declarations(tokens: Mapping[str, str]) -> str:
    return " ".join(f"--{name}: {value};" for name, value in sorted(tokens.items()))


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
