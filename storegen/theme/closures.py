"""What a template is made of: itself and every template that it extends, imports or includes."""

from __future__ import annotations

import functools
from collections.abc import Mapping

import msgspec
from jinja2 import Environment, TemplateSyntaxError, meta, nodes

from storegen.cache import Cache
from storegen.errors import Problem, RenderError
from storegen.outputs import digest
from storegen.theme.loading import Theme

_SHARED = frozenset(("shared", "menu_html", "foot_html", "asset"))


class Closures:
    """The digests of templates with all that they name, and whether they show what all pages share."""

    def __init__(self, theme: Theme, cache: Cache | None = None) -> None:
        self._theme = theme
        self._cache = Cache() if cache is None else cache
        self._digests: dict[str, bytes] = {}
        self._shares: dict[str, bool] = {}

    def digest(self, template: str, language: str) -> bytes:
        """Return sixteen bytes that change when the template, anything it names or the language's words change."""
        key = f"{language}:{template}"
        if key not in self._digests:
            parts = [
                part for name in sorted(self._closure(template)) for part in (name, self._theme.texts.get(name, ""))
            ]
            self._digests[key] = digest(*(part.encode() for part in parts), self._words(language))
        return self._digests[key]

    def shares(self, template: str) -> bool:
        """Say whether a template, or one that it names, shows what all pages share."""
        if template not in self._shares:
            self._shares[template] = any(self._read(name)[1] for name in self._closure(template))
        return self._shares[template]

    def _words(self, language: str) -> bytes:
        key = f"words:{language}"
        if key not in self._digests:
            self._digests[key] = digest(repr(sorted(self._theme.words[language].items(), key=_first)).encode())
        return self._digests[key]

    def _closure(self, template: str) -> set[str]:
        found: set[str] = set()
        waiting = [template]
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting.extend(self._read(name)[0])
        return found

    def _read(self, name: str) -> tuple[tuple[str, ...], bool]:
        """Return the templates that one names; a computed name stands for every template of the theme."""
        text = self._theme.texts.get(name, "")
        try:
            named, shared = self._named(name, text)
        except TemplateSyntaxError as error:
            place = f"themes/{self._theme.name}/{name}"
            raise RenderError([Problem(place, error.lineno, "", error.message or "not a template")]) from None
        if None in named:
            return tuple(each for each in self._theme.texts if each.endswith((".html", ".xml", ".txt"))), shared
        return tuple(each for each in named if each), shared

    def _named(self, name: str, text: str) -> tuple[tuple[str | None, ...], bool]:
        """Return what a template names, from the cache if its text is unchanged."""
        fingerprint = digest(text.encode())
        known = self._cache.section(_SECTION).get(name)
        if known is not None and (found := _DECODE(known.head))[0] == fingerprint:
            return found[1], found[2]
        named, shared = _named(name, text)
        self._cache.put(_SECTION, name, msgspec.msgpack.encode((fingerprint, named, shared)))
        return named, shared


_SECTION = "template"
_DECODE = msgspec.msgpack.Decoder(tuple[bytes, tuple[str | None, ...], bool]).decode


@functools.lru_cache(maxsize=1024)
def _named(name: str, text: str) -> tuple[tuple[str | None, ...], bool]:
    """Return the templates that a text names, None for a computed name, and whether it shows what pages share."""
    tree = Environment(autoescape=True).parse(text, name)
    shared = any(each.name in _SHARED for each in tree.find_all(nodes.Name))
    return tuple(meta.find_referenced_templates(tree)), shared


def _first(pair: tuple[str, str | Mapping[str, str]]) -> str:
    return pair[0]
