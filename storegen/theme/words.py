"""A theme's texts: one file per language. All languages have the same keys."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence

from storegen.errors import ContentError, Problem, YamlError, suggest
from storegen.locale import PLURAL_FORMS, Word, Words, plural_forms, with_fallback
from storegen.yaml import Value, load_yaml

PLACES = re.compile(r"\{\w+\}")
_ADDRESSES = "addresses"  # names of sections, read with the shop's content (load/sections.py)
_PLURALS = frozenset(PLURAL_FORMS)


def read_words(layers: Sequence[Mapping[str, str]], languages: tuple[str, ...], place: str) -> dict[str, Words]:
    """Return the texts of each language by dotted key. Raises ContentError.

    *layers* are the texts of the theme's folders: storegen's own, then the shop's. A file of a later layer replaces
    single texts, not the whole file. Fallbacks for a missing text are the language without its region (``de`` for
    ``de-AT``), then English.
    """
    english = read_language(layers, "en", place)
    return {each: _merged(_with_forms(english, each), known_words(layers, each, place)) for each in languages}


def _with_forms(words: Words, language: str) -> dict[str, Word]:
    """Return texts with only those plural forms that a language has. Others would never be shown."""
    needed = plural_forms(language)
    return {
        key: {form: text for form, text in word.items() if form in needed} if isinstance(word, Mapping) else word
        for key, word in words.items()
    }


def has_words(texts: Mapping[str, str], language: str) -> bool:
    """Return whether a theme has a file for a language, with or without its region."""
    return any(file_of(each) in texts for each in with_fallback(language))


def file_of(language: str) -> str:
    """Return the name of a language's file in a theme."""
    return f"locales/{language}.yaml"


def read_language(layers: Sequence[Mapping[str, str]], language: str, place: str) -> dict[str, Word]:
    """Return the texts that the files of one language have."""
    each = (file_words(texts, language, place) for texts in layers if file_of(language) in texts)
    return functools.reduce(_merged, each, {})


def _merged(words: Words, own: Words) -> dict[str, Word]:
    """Return *words* with *own* in their place. *own* may have only some plural forms of a text."""
    found = dict(words)
    for key, word in own.items():
        start, _, form = key.rpartition(".")
        whole, theirs = found.get(start), found.get(key)
        if isinstance(word, Mapping):
            found[key] = {**theirs, **word} if isinstance(theirs, Mapping) else word
        elif isinstance(whole, Mapping) and form in _PLURALS:
            found[start] = {**whole, form: word}
        else:
            found[key] = word
    return found


def known_words(layers: Sequence[Mapping[str, str]], language: str, place: str) -> dict[str, Word]:
    """Return the texts of a language, and those of the language without its region. English does not fill gaps."""
    each = (read_language(layers, name, place) for name in reversed(with_fallback(language)))
    return functools.reduce(_merged, each, {})


def spread_words(words: Words) -> dict[str, str]:
    """Return texts with a key for each plural form: ``list.pieces.one``."""
    return {
        name: text
        for key, word in words.items()
        for name, text in (
            [(f"{key}.{form}", each) for form, each in word.items()] if isinstance(word, Mapping) else [(key, word)]
        )
    }


def with_own(words: Words, own: Mapping[str, str]) -> tuple[dict[str, str | Mapping[str, str]], dict[str, str]]:
    """Return the texts of a language with the shop's *own* in place of the theme's, and the faults of own texts by key.

    The key of a plural form is that of its text, then the form: ``list.pieces.one``.
    """
    found, faults = dict(words), {}
    for key, text in own.items():
        start, _, form = key.rpartition(".")
        forms = found.get(start)
        plural = isinstance(forms, Mapping) and form in _PLURALS
        known = forms["other"] if isinstance(forms, Mapping) and plural else found.get(key)
        if isinstance(known, Mapping):
            faults[key] = f"it has plural forms; write {' and '.join(f'{key}.{each}' for each in known)}"
        elif known is None:
            faults[key] = f'no word "{key}" in the theme{suggest(key, spread_words(words))}'
        elif strange := sorted({*PLACES.findall(text)} - {*PLACES.findall(known)} - ({"count"} if plural else set())):
            faults[key] = f'storegen has no value for {", ".join(strange)}; the theme has "{known}"'
        elif isinstance(forms, Mapping) and plural:
            found[start] = {**forms, form: text}
        else:
            found[key] = text
    return found, faults


def plain_words(words: Words) -> dict[str, str]:
    """Return the texts without plural forms."""
    return {key: word for key, word in words.items() if isinstance(word, str)}


def section_of(words: Mapping[str, str], name: str) -> dict[str, str]:
    """Return the texts of one section, with the section's name removed from their keys."""
    start = f"{name}."
    return {key.removeprefix(start): word for key, word in words.items() if key.startswith(start)}


def file_words(texts: Mapping[str, str], language: str, place: str) -> dict[str, Word]:
    """Return the texts by dotted key that the file of one language has. Raises ContentError."""
    file = file_of(language)
    try:
        value = load_yaml(texts[file])
    except YamlError as error:
        raise ContentError([Problem(f"{place}/{file}", error.line, "", error.message)]) from None
    if isinstance(value, dict):
        value = {key: item for key, item in value.items() if key != _ADDRESSES}
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
