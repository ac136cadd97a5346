"""The entries of content: each with its file in the first language and its translations."""

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
from storegen.config import Config
from storegen.errors import Problem, suggest
from storegen.fields import NO_FAULTY_PLACES, FaultyPlaces
from storegen.load.sources import Source
from storegen.model.content_types import ContentType
from storegen.model.scalars import is_slug
from storegen.outputs import digest
from storegen.yaml import Place

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})?")


class LoadSettings(msgspec.Struct, frozen=True, dict=True):
    """The settings that records are read under: the shop's languages, and site.yaml in the first of them.

    *faulty_places* are what site.yaml says by mistake.
    """

    languages: tuple[str, ...]
    config: Config
    faulty_places: FaultyPlaces = NO_FAULTY_PLACES

    @property
    def zone(self) -> dt.tzinfo:
        """The time zone that dates are meant in."""
        return self.config.zone

    @functools.cached_property
    def product_rules(self) -> bytes:
        """A fingerprint of the settings that products are checked against."""
        methods = [method.id for method in self.config.delivery.methods]
        faulty_places = sorted(map(repr, self.faulty_places.places))
        return digest(repr((self.config.currency, sorted(self.config.tax.rates), methods, faulty_places)).encode())

    @functools.cached_property
    def reading_rules(self) -> Mapping[str, bytes]:
        """A fingerprint of the settings that scalars are read under, by language."""
        return {language: f"{language} {self.zone}".encode() for language in self.languages}


class Entry(msgspec.Struct):
    """One record of content: its source in the first language, and its translations."""

    id: str
    base: Source
    translations: dict[str, Source] = {}

    @property
    def draft(self) -> bool:
        """Whether it is a draft."""
        return self.base.item.status == "draft"

    def fingerprint(self, language: str, settings: LoadSettings) -> bytes:
        """Return a fingerprint of everything that the record in a language is made from, except its id."""
        translation = self.translations.get(language)
        words = translation.item.digest if translation is not None else b""
        return b"%s%s %s %s" % (
            self.base.item.digest,
            words,
            settings.reading_rules[language],
            self.base.file.encode(),
        )

    def source(self, language: str, place: Place) -> Source:
        """Return the file that holds a field in a language: the translation, if it translates this field."""
        translation = self.translations.get(language)
        return translation if translation is not None and place and place[0] in translation.data else self.base


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
    """Return the entries of a content type by id; two files for one id, and translations of nothing, are problems.

    What has no id of its own gets one that is near, so that the rest of it is checked, and what refers to it too.
    """
    entries: dict[str, Entry] = {}
    translations: list[tuple[str, str, Source]] = []
    for source in sources:
        identity, language = name_of(kind, source)
        if language and language in languages[1:]:
            translations.append((identity, language, source))
        elif language and language != languages[0]:
            warnings.append(f'{source.file}: passed over, because "{language}" is not in languages of site.yaml')
        elif not (source.known and source.known.name) and not _is_name(identity):
            problem, better = _misnamed(kind, source, identity)
            problems.append(problem)
            _add_nameless(entries, source, better)
        elif identity in entries:
            other = entries[identity].base.file
            message = f'the {kind.name} "{identity}" is already in {other}; names must differ'
            problems.append(source.problem((), message))
            _add_nameless(entries, source, f"{identity} in {source.file}{source.place}")
        else:
            entries[identity] = Entry(identity, source)
    for identity, language, source in translations:
        if identity in entries:
            entries[identity].translations[language] = source
        else:
            near = suggest(identity, entries)
            message = f'a translation of the {kind.name} "{identity}", which has no file{near}'
            problems.append(source.problem((), message))
    return dict(sorted(entries.items()))


def name_of(kind: ContentType, source: Source) -> tuple[str, str]:
    """Return a source's id, and the language in its file's name: ``rope-ring`` and ``fi`` of rope-ring.fi.yaml."""
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
        name = unicodedata.normalize("NFC", name)  # macOS stores accents apart from their letters
    return name, language if translated else ""


def named(kind: ContentType, source: Source) -> Source:
    """Return a source with its name, so that it is not worked out again."""
    name, language = name_of(kind, source)
    item = msgspec.structs.replace(source.item, name=name if _is_name(name) else "", language=language)
    return msgspec.structs.replace(source, known=item)


def _is_name(identity: str) -> bool:
    return is_slug(identity.rpartition("/")[2])


def _add_nameless(entries: dict[str, Entry], source: Source, identity: str) -> None:
    """Add an entry under an id that is not its own; nothing can be said of what would follow from the id."""
    if identity in entries:
        identity = f"{identity} in {source.file}{source.place}"
    entries[identity] = Entry(identity, msgspec.structs.replace(source, faulty_places=_FROM_ID))


def _misnamed(kind: ContentType, source: Source, identity: str) -> tuple[Problem, str]:
    """Return the mistake of a record without an id, and an id that it may be meant to have."""
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
