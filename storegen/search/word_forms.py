"""The forms of words, by the rules in word_forms.yaml: stems, words that don't count, and parts of compounds.

themes/default/components/search/terms.mjs applies the same rules, which the search's first file contains. Both are
tested with tests/vectors/terms.json.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal, TypeAlias

import msgspec

from storegen.search.terms import HANGUL, words_of
from storegen.yaml import load_yaml

_FILE = Path(__file__).with_name("word_forms.yaml")
_OTHERS = ""  # the rules of all languages without rules of their own
_KNOWN = 200_000  # words whose stems are kept in memory
_SHORTEST_PART = 4
_SHORTEST_STEM = 3
_LATIN = re.compile("[a-z]+")

# A pattern, and the text that replaces its first match.
Step: TypeAlias = tuple[str, str]


class WordForms(msgspec.Struct, frozen=True, omit_defaults=True):
    """The rules of a language, as word_forms.yaml explains them. *least* is the smallest length of a stem."""

    first: tuple[Step, ...] = ()
    ways: tuple[tuple[Step, ...], ...] = ()
    last: tuple[Step, ...] = ()
    stop: tuple[str, ...] = ()
    least: int = _SHORTEST_STEM
    compounds: bool = False
    typed: bool = False


class _Written(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A language's rules in the file."""

    first: tuple[tuple[str, ...], ...] = ()
    ways: tuple[tuple[tuple[str, ...], ...], ...] = ()
    last: tuple[tuple[str, ...], ...] = ()
    languages: str = ""
    stop: str = ""
    least: int = _SHORTEST_STEM
    compounds: Literal["yes", ""] = ""
    typed: Literal["yes", ""] = ""


@functools.cache
def _all_forms() -> dict[str, WordForms]:
    value = load_yaml(_FILE.read_text(encoding="utf-8"))
    assert isinstance(value, dict)
    found: dict[str, WordForms] = {}
    for language, rules in value.items():
        written = msgspec.convert(rules, _Written, strict=False)
        forms = WordForms(
            first=_folded(written.first),
            ways=tuple(map(_folded, written.ways)),
            last=_folded(written.last),
            stop=tuple(words_of(written.stop)),
            least=written.least,
            compounds=bool(written.compounds),
            typed=bool(written.typed),
        )
        found |= dict.fromkeys((language, *written.languages.split()), forms)
    return found


def _folded(steps: Sequence[Sequence[str]]) -> tuple[Step, ...]:
    """Return steps with their Hangul split into letters, as words are."""
    split = functools.partial(HANGUL.sub, lambda found: words_of(found[0])[0])
    return tuple((split(pattern), split("".join(text))) for pattern, *text in steps)


def forms_of(language: str) -> WordForms:
    """Return the rules of a language."""
    found = _all_forms()
    return found.get(language.partition("-")[0]) or found[_OTHERS]


@functools.lru_cache(maxsize=_KNOWN)
def stems_of(word: str, language: str) -> tuple[str, ...]:
    """Return the stems of a word that differ from the word."""
    forms = forms_of(language)
    found = dict.fromkeys(_stem(word, (*forms.first, *way, *forms.last), forms.least) for way in forms.ways)
    return tuple(stem for stem in found if stem != word)


def _stem(word: str, steps: Sequence[Step], least: int) -> str:
    for pattern, text in steps:
        shorter = _compiled(pattern).sub(_replacement(text), word, count=1)
        if len(shorter) >= least:
            word = shorter
    return word


@functools.cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


@functools.cache
def _replacement(text: str) -> str:
    return re.sub(r"\$(\d)", r"\\g<\1>", text)


def indexed_stems(word: str, language: str) -> tuple[str, ...]:
    """Return the stems of a word in a document. Some languages need those of the query only."""
    return () if forms_of(language).typed else stems_of(word, language)


def endings_of(text: str, language: str) -> Iterator[str]:
    """Yield the last parts of a title's words and of their stems, which could be words of their own in a compound."""
    if not forms_of(language).compounds:
        return
    for word in words_of(text):
        if _LATIN.fullmatch(word):
            yield from _parts(word, _SHORTEST_PART)
            for stem in stems_of(word, language):
                yield from _parts(stem, _SHORTEST_STEM)


def _parts(word: str, least: int) -> Iterator[str]:
    return (word[start:] for start in range(1, len(word) - least + 1))
