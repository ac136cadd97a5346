"""The templates that a template depends on: itself and every template that it extends, imports or includes."""

from __future__ import annotations

import re
from collections.abc import Mapping

from storegen.outputs import digest
from storegen.theme.loading import Theme

# A tag that refers to another template, with the name if it is one plain text.
_NAMING = re.compile(
    r"""\{%[-+]?\s*(?:extends|include|import|from)\b\s*"""
    r"""(?:(["'])([^"'\\]*)\1\s*(?=[-+]?%\}|(?:import|as|ignore|with|without)\b))?"""
)
_SHARED = re.compile(r"\b(?:shared|menu_html|footer_html|asset)\b")
_TEMPLATES = (".html", ".xml", ".txt")


class Closures:
    """Digests of templates with their dependencies, and whether they show fragments that all pages share.

    Dependencies are found with patterns, because parsing the templates took as long as rendering 50 pages. The patterns
    also match in comments and plain text. Then a page only depends on a template that it doesn't use.
    """

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._digests: dict[str, bytes] = {}
        self._shares: dict[str, bool] = {}

    def digest(self, template: str, language: str) -> bytes:
        """Return a digest, 16 bytes long, of the template, its dependencies and the language's texts."""
        key = f"{language}:{template}"
        if key not in self._digests:
            parts = [
                part for name in sorted(self.closure(template)) for part in (name, self._theme.texts.get(name, ""))
            ]
            self._digests[key] = digest(*(part.encode() for part in parts), self._words(language))
        return self._digests[key]

    def shares(self, template: str) -> bool:
        """Return whether a template or one of its dependencies shows fragments that all pages share."""
        if template not in self._shares:
            texts = (self._theme.texts.get(name, "") for name in self.closure(template))
            self._shares[template] = any(_SHARED.search(text) for text in texts)
        return self._shares[template]

    def _words(self, language: str) -> bytes:
        key = f"words:{language}"
        if key not in self._digests:
            self._digests[key] = digest(repr(sorted(self._theme.words[language].items(), key=_first)).encode())
        return self._digests[key]

    def closure(self, template: str) -> set[str]:
        """Return the names of a template and of all templates that it depends on."""
        found: set[str] = set()
        waiting = [template]
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting.extend(self._named(name))
        return found

    def _named(self, name: str) -> list[str]:
        """Return the templates that a template refers to. A computed name counts as every template of the theme."""
        named = [found[2] for found in _NAMING.finditer(self._theme.texts.get(name, ""))]
        return [each for each in self._theme.texts if each.endswith(_TEMPLATES)] if None in named else named


def _first(pair: tuple[str, str | Mapping[str, str]]) -> str:
    return pair[0]
