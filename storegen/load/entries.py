"""The entries of content, each with its source in the first language and its translations."""

from __future__ import annotations

import datetime as dt
import functools
import re
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import TypeAlias

import msgspec

from storegen.addresses import slugify
from storegen.blanks import is_blank
from storegen.config import Config
from storegen.errors import Problem, suggest
from storegen.fields import NO_FAULTY_PLACES, FaultyPlaces
from storegen.load.alignment import aligned
from storegen.load.sources import Source
from storegen.locale import with_fallback
from storegen.model.content_types import ContentType
from storegen.model.market import market_of
from storegen.model.record import Record
from storegen.model.scalars import is_slug
from storegen.outputs import digest
from storegen.yaml import Place

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})?")


class LoadSettings(msgspec.Struct, frozen=True, dict=True):
    """The settings for reading records: the shop's languages, and site.yaml in the first language.

    *faulty_places* are the places of mistakes in site.yaml.
    """

    languages: tuple[str, ...]
    config: Config
    faulty_places: FaultyPlaces = NO_FAULTY_PLACES

    @property
    def zone(self) -> dt.tzinfo:
        """The time zone of dates and times in content."""
        return self.config.zone

    @functools.cached_property
    def product_rules(self) -> bytes:
        """The fingerprint of the settings for checking products."""
        methods = list(self.config.delivery.countries)
        faulty_places = sorted(map(repr, self.faulty_places.places))
        rules = (self.config.currency, sorted(self.config.tax.rates), methods, faulty_places, self._currencies)
        return digest(repr(rules).encode())

    @functools.cached_property
    def reading_rules(self) -> Mapping[str, bytes]:
        """The fingerprints of the settings for reading scalars, by language."""
        return {
            language: f"{language} {self.zone} {self.market_of(language)} {self._currencies}".encode()
            for language in self.languages
        }

    @property
    def _currencies(self) -> Mapping[str, str]:
        return {name: market.currency for name, market in self.config.markets.items()}

    def market_of(self, language: str) -> str:
        """Return the id of a language's market."""
        return market_of(language, self.config.markets)


class Entry(msgspec.Struct):
    """One record of content, with its source in the first language and its translations."""

    id: str
    base: Source
    record: type[Record]
    translations: dict[str, Source] = {}

    @property
    def draft(self) -> bool:
        """Whether it is a draft."""
        return self.base.item.status == "draft"

    def fingerprint(self, language: str, settings: LoadSettings) -> bytes:
        """Return the fingerprint of all inputs of the record in a language, except its id."""
        translation = self.translations.get(language)
        words = translation.item.digest if translation is not None else b""
        return b"%s%s %s %s" % (
            self.base.item.digest,
            words,
            settings.reading_rules[language],
            self.base.file.encode(),
        )

    def source(self, language: str, place: Place) -> Source:
        """Return the source of a field in a language: the translation if it has the field, else the original."""
        translation = self.translations.get(language)
        if translation is None or not place or is_blank(translation.data.get(str(place[0]))):
            return self.base
        if isinstance(translation.data[str(place[0])], str):
            return translation
        return aligned(self.base.data, translation, self.record)[0]


_FROM_ID = FaultyPlaces(frozenset({("slug",), ("sku",), ("campaign",)}))

# By content type and id.
Entries: TypeAlias = Mapping[str, Mapping[str, Entry]]


def group_sources(
    kind: ContentType,
    sources: Iterable[Source],
    languages: tuple[str, ...],
    problems: list[Problem],
    warnings: list[str],
) -> dict[str, Entry]:
    """Return the entries of a content type by id. Duplicate ids, and translations without an original, are problems.

    A record without a valid id gets a similar one, so that the record and references to it can still be checked.
    """
    entries: dict[str, Entry] = {}
    translations: list[tuple[str, str, Source]] = []
    others = {code for language in languages[1:] for code in with_fallback(language)} - {languages[0]}
    for source in sources:
        identity, language = name_of(kind, source)
        if language in others:
            translations.append((identity, language, source))
        elif language and language != languages[0]:
            warnings.append(f'{source.file}: passed over, because "{language}" is not in languages of site.yaml')
        elif not (source.known and source.known.name) and not _is_name(identity):
            problem, better = _misnamed(kind, source, identity)
            problems.append(problem)
            _add_nameless(entries, kind, source, better)
        elif identity in entries:
            other = entries[identity].base.file
            message = f'the {kind.name} "{identity}" is already in {other}; names must differ'
            problems.append(source.problem((), message))
            _add_nameless(entries, kind, source, _substitute(identity, source))
        else:
            entries[identity] = Entry(identity, source, kind.record)
    for identity, language, source in translations:
        if identity in entries:
            entries[identity].translations[language] = source
        else:
            near = suggest(identity, entries)
            message = f'a translation of the {kind.name} "{identity}", which has no file{near}'
            problems.append(source.problem((), message))
    for entry in entries.values() if translations else ():
        entry.translations = _by_language(entry.translations, languages[1:])
    return dict(sorted(entries.items()))


def _by_language(written: Mapping[str, Source], languages: tuple[str, ...]) -> dict[str, Source]:
    """Return the translation to each language. If there is none to ``en-SE``, it is the one to ``en``."""
    found = {language: next(filter(None, map(written.get, with_fallback(language))), None) for language in languages}
    return {language: source for language, source in found.items() if source is not None}


def name_of(kind: ContentType, source: Source) -> tuple[str, str]:
    """Return a source's id, and the language in its file name: ``rope-ring`` and ``fi`` for rope-ring.fi.yaml."""
    if source.known and source.known.name:
        return source.known.name, source.known.language
    path, _, _ = source.file.rpartition(".")
    rest, dot, language = path.rpartition(".")
    translated = dot and "/" not in language and _LANGUAGE.fullmatch(language)
    if source.place:
        return source.item.slug, language if translated else ""
    stem = rest if translated else path
    name = stem.split("/", 2)[2] if kind.tree else stem.rpartition("/")[2]
    if not name.isascii():
        name = unicodedata.normalize("NFC", name)  # macOS stores accents as separate characters
    return name, language if translated else ""


def named(kind: ContentType, source: Source) -> Source:
    """Return a source with its id stored, so that the id is not determined again."""
    name, language = name_of(kind, source)
    item = msgspec.structs.replace(source.item, name=name if _is_name(name) else "", language=language)
    return msgspec.structs.replace(source, known=item)


def _is_name(identity: str) -> bool:
    return is_slug(identity.rpartition("/")[2])


def _add_nameless(entries: dict[str, Entry], kind: ContentType, source: Source, identity: str) -> None:
    """Add an entry under a substitute id. Facts that depend on the id count as faulty, so no check uses them."""
    if identity in entries:
        identity = _substitute(identity, source)
    entries[identity] = Entry(identity, msgspec.structs.replace(source, faulty_places=_FROM_ID), kind.record)


def _substitute(identity: str, source: Source) -> str:
    """Return an id for a source whose own id is taken. Its folder stays that of *identity*."""
    return f"{identity} in {source.file.replace('/', ':')}{source.place}"


def _misnamed(kind: ContentType, source: Source, identity: str) -> tuple[Problem, str]:
    """Return the mistake of a record without a valid id, and the id that was probably meant."""
    if source.place:
        name = source.data.get("name")
        better = slugify(name) if isinstance(name, str) else ""
        return source.problem(("slug",), f'a {kind.name} in a list needs a "slug" like rope-ring'), better
    folder, _, _ = identity.rpartition("/")
    name = PurePosixPath(source.file).name
    better = slugify(name.split(".")[0])
    suffix = PurePosixPath(name).suffix
    message = f'the file name becomes the id: expected a name like {better or "rope-ring"}{suffix}, found "{name}"'
    return source.problem((), message), f"{folder}/{better}" if folder else better
