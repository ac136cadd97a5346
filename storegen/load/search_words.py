"""The words that a shop gives its search: synonyms, redirects and suggestions, from a file for each language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from storegen.errors import Problem
from storegen.fields import read_record
from storegen.load.links import Names, link_fault
from storegen.load.sources import Source, read_sources
from storegen.locale import with_fallback
from storegen.model.content_types import SEARCH_WORDS
from storegen.model.search_words import SearchWords
from storegen.search.terms import words_of
from storegen.yaml import Place

_FILE = "content/search.yaml"


def search_words_file(site: Path, language: str, *, first: bool) -> str:
    """Return the file for a language, empty if there is none.

    The file of the *first* language has no language in its name. If there is no file for ``en-SE``, it is that for
    ``en``.
    """
    known = (_FILE,) if first else tuple(f"content/search.{code}.yaml" for code in with_fallback(language))
    return next((file for file in known if (site / file).is_file()), "")


def read_search_words(
    site: Path, languages: Sequence[str], zone: dt.tzinfo, problems: list[Problem]
) -> Mapping[str, SearchWords]:
    """Return the words of each language. Mistakes are added to *problems*."""
    found: dict[str, SearchWords] = {}
    read: dict[str, SearchWords] = {}
    for language in languages:
        file = search_words_file(site, language, first=language == languages[0])
        if file and file not in read:
            read[file] = _read(site, file, zone, problems)
        if file:
            found[language] = read[file]
    problems += _strangers(site, read, languages)
    return found


def _strangers(site: Path, read: Mapping[str, SearchWords], languages: Sequence[str]) -> Iterator[Problem]:
    """Yield the files for languages that the shop doesn't have."""
    for path in sorted((site / "content").glob("search.*.yaml")):
        file = f"content/{path.name}"
        if file in read or not (match := SEARCH_WORDS.fullmatch(file)):
            continue
        if match[1] == languages[0]:
            yield Problem(file, 0, "", f"{match[1]} is the shop's first language; its words are in {_FILE}")
        else:
            known = f" (there are {', '.join(languages)})"
            yield Problem(file, 0, "", f'no language "{match[1]}" in languages of site.yaml{known}')


def _read(site: Path, file: str, zone: dt.tzinfo, problems: list[Problem]) -> SearchWords:
    source, *others = read_sources(site, file, problems)
    if others or source.place:
        problems.append(source.problem((), "expected keys with values, found a list"))
        return SearchWords()
    problems += source.blank_problems(SearchWords)
    words, _, faults, faulty_places = read_record(source.data, SearchWords, zone)
    problems += (source.problem(*fault) for fault in faults)
    problems += (source.problem(*fault) for fault in _faults(words) if not faulty_places.covers(fault[0]))
    return words


def _faults(words: SearchWords) -> Iterator[tuple[Place, str]]:
    """Yield what the search can't use: groups of one word, texts without letters, and words that are there twice."""
    known: dict[str, int] = {}
    for number, group in enumerate(words.synonyms):
        if len(group) < 2:
            yield ("synonyms", number), "expected at least two words that mean the same, like [sofa, couch]"
        for place, text in enumerate(group):
            folded = " ".join(words_of(text))
            if not folded:
                yield ("synonyms", number, place), f'expected a word, found "{text}"'
            elif known.setdefault(folded, number) != number:
                yield ("synonyms", number, place), f'"{text}" is in another group already; write one group of both'
    yield from _query_faults(words)


def _query_faults(words: SearchWords) -> Iterator[tuple[Place, str]]:
    queries: dict[str, str] = {}
    for text in words.redirects:
        folded = " ".join(words_of(text))
        if not folded:
            yield ("redirects", text), f'expected a query, found "{text}"'
        elif (other := queries.setdefault(folded, text)) != text:
            yield ("redirects", text), f'the search sees no difference to "{other}"; delete one of them'
    for place, text in enumerate(words.popular):
        if not words_of(text):
            yield ("popular", place), f'expected a query, found "{text}"'


def check_search_words(site: Path, words: Mapping[str, SearchWords], names: Mapping[str, Names]) -> Iterator[Problem]:
    """Yield the redirects to pages that don't exist. *names* are the names in each language, the first one's first."""
    first = next(iter(names))
    files = {search_words_file(site, language, first=language == first): language for language in reversed([*words])}
    for file, language in files.items():
        for query, target in words[language].redirects.items():
            if fault := link_fault(target, names[language]):
                yield Source(site, file, {}).problem(("redirects", query), fault)
