"""Styles outside of the shop's pages: the values of design tokens in place of variables, and fonts within the style."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping

from storegen.errors import StoregenError, suggest

_VAR = re.compile(r"var\(--([\w-]+)\)")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_FONT_FACE = re.compile(r"@font-face\s*\{[^}]*\}")
_STATIC = re.compile(r"url\(static:([\w.-]+)\)")


class StyleError(StoregenError):
    """A style names a token that the theme doesn't have."""


def with_tokens(css: str, tokens: Mapping[str, str], file: str) -> str:
    """Return the CSS of a theme's *file* with the values of *tokens* in place of ``var(--…)``. Raises StyleError."""

    def value(found: re.Match[str]) -> str:
        """Return the value of a token."""
        if found[1] not in tokens:
            raise StyleError(f'{file}: no token "{found[1]}"{suggest(found[1], tokens)}')
        return tokens[found[1]]

    return _VAR.sub(value, _COMMENT.sub("", css))


def embedded_fonts(css: str, static: Mapping[str, bytes]) -> str:
    """Return the ``@font-face`` rules of a style. Those with a file of the theme contain it as a ``data:`` address.

    Paper is drawn once, so it waits for them.
    """

    def data(found: re.Match[str]) -> str:
        """Return the file as an address."""
        return f"url(data:font/woff2;base64,{base64.b64encode(static[found[1]]).decode()})"

    rules = (rule[0] for rule in _FONT_FACE.finditer(css))
    known = (rule for rule in rules if all(name in static for name in _STATIC.findall(rule)))
    return "\n".join(_STATIC.sub(data, rule).replace("font-display: optional", "font-display: block") for rule in known)
