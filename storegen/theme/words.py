"""A theme's texts: one file per language. All languages have the same keys."""

from __future__ import annotations

from collections.abc import Mapping

from storegen.errors import ContentError, Problem, YamlError
from storegen.locale import Word, Words
from storegen.yaml import Value, load_yaml

_PLURALS = frozenset(("zero", "one", "two", "few", "many", "other"))


def read_words(texts: Mapping[str, str], languages: tuple[str, ...], place: str) -> dict[str, Words]:
    """Return the texts of each language by dotted key. Texts that a language lacks are in English."""
    base = _flat(texts, "en", place) if "locales/en.yaml" in texts else {}
    return {language: {**base, **_flat(texts, language, place)} for language in languages}


def plain_words(words: Words) -> dict[str, str]:
    """Return the texts without plural forms."""
    return {key: word for key, word in words.items() if isinstance(word, str)}


def section_of(words: Mapping[str, str], name: str) -> dict[str, str]:
    """Return the texts of one section, with the section's name removed from their keys."""
    start = f"{name}."
    return {key.removeprefix(start): word for key, word in words.items() if key.startswith(start)}


def _flat(texts: Mapping[str, str], language: str, place: str) -> dict[str, Word]:
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
