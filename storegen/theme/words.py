"""A theme's texts: one file per language. All languages have the same keys."""

from __future__ import annotations

import re
from collections.abc import Mapping

from storegen.errors import ContentError, Problem, YamlError, suggest
from storegen.locale import PLURAL_FORMS, Word, Words
from storegen.yaml import Value, load_yaml

_PLACES = re.compile(r"\{\w+\}")
_PLURALS = frozenset(PLURAL_FORMS)


def read_words(texts: Mapping[str, str], languages: tuple[str, ...], place: str) -> dict[str, Words]:
    """Return the texts of each language by dotted key. Texts that a language lacks are in English."""
    base = own_words_of(texts, "en", place) if "locales/en.yaml" in texts else {}
    return {language: {**base, **own_words_of(texts, language, place)} for language in languages}


def with_own(words: Words, own: Mapping[str, str]) -> tuple[dict[str, str | Mapping[str, str]], dict[str, str]]:
    """Return the texts of a language with the shop's *own* in place of the theme's, and the faults of own texts by key.

    The key of a plural form is that of its text with the form behind it: ``list.pieces.one``.
    """
    found, faults = dict(words), {}
    for key, text in own.items():
        start, _, form = key.rpartition(".")
        forms = found.get(start)
        plural = isinstance(forms, Mapping) and form in _PLURALS
        known = forms["other"] if isinstance(forms, Mapping) and plural else found.get(key)
        if isinstance(known, Mapping):
            faults[key] = f"it has plural forms; write {key}.one and {key}.other"
        elif known is None:
            faults[key] = f'no word "{key}" in the theme{suggest(key, _keys(words))}'
        elif strange := sorted({*_PLACES.findall(text)} - {*_PLACES.findall(known)} - ({"count"} if plural else set())):
            faults[key] = f'nothing is filled in for {", ".join(strange)}; the theme has "{known}"'
        elif isinstance(forms, Mapping) and plural:
            found[start] = {**forms, form: text}
        else:
            found[key] = text
    return found, faults


def _keys(words: Words) -> list[str]:
    """Return the keys that a shop may write."""
    return [
        name
        for key, word in words.items()
        for name in ([f"{key}.{form}" for form in word] if isinstance(word, Mapping) else [key])
    ]


def plain_words(words: Words) -> dict[str, str]:
    """Return the texts without plural forms."""
    return {key: word for key, word in words.items() if isinstance(word, str)}


def section_of(words: Mapping[str, str], name: str) -> dict[str, str]:
    """Return the texts of one section, with the section's name removed from their keys."""
    start = f"{name}."
    return {key.removeprefix(start): word for key, word in words.items() if key.startswith(start)}


def own_words_of(texts: Mapping[str, str], language: str, place: str) -> dict[str, Word]:
    """Return the texts by dotted key that the file of one language has. Raises ContentError."""
    file = f"locales/{language}.yaml"
    try:
        value = load_yaml(texts[file])
    except YamlError as error:
        raise ContentError([Problem(f"{place}/{file}", error.line, "", error.message)]) from None
    found: dict[str, Word] = {}
    _collect(value, "", found)
    return found


def _collect(value: Value, prefix: str, found: dict[str, Word]) -> None:
    if isinstance(value, str):
        found[prefix] = value
    elif isinstance(value, dict):
        forms = {key: word for key, word in value.items() if isinstance(word, str)}
        if prefix and forms and "other" in forms and forms.keys() <= _PLURALS:
            found[prefix] = forms
            return
        for key, item in value.items():
            _collect(item, f"{prefix}.{key}" if prefix else key, found)
