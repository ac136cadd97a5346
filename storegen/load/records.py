"""Conversion of entries to rows and records in every language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import msgspec

from storegen.cache import Cache
from storegen.errors import Problem
from storegen.fields import ReadRecord, read_record
from storegen.load.alignment import aligned
from storegen.load.checks import clip_faults, own_faults
from storegen.load.entries import Entry, LoadSettings
from storegen.load.links import media_faults, references_of
from storegen.load.lint import lint_rules
from storegen.load.markets import UNSOLD, in_market, with_keys, written_place
from storegen.load.media_references import hosted_videos, media_references, remote_pictures
from storegen.load.sources import Source
from storegen.load.text_lint import text_warnings
from storegen.load.translations import split_product, translated
from storegen.locale import locale_of
from storegen.model.content_types import PRODUCT, ContentType
from storegen.model.fields import fields_of
from storegen.model.offer import Offer
from storegen.model.product import Product, variants_of
from storegen.model.record import Content, Record
from storegen.model.rows import Row, decode_row, encode_record
from storegen.yaml import Place, Value

# The records whose amounts differ between markets.
PRICED = frozenset((Product, Offer))


class Made(NamedTuple):
    """A record's row and bytes, and its source. The source of a faulty record has its faults removed."""

    row: Row
    body: bytes
    source: Source


def make_rows(
    kind: ContentType,
    entries: Mapping[str, Entry],
    cache: Cache,
    settings: LoadSettings,
    problems: list[Problem],
) -> dict[str, dict[str, Row]]:
    """Return the rows of a kind by language and id. Valid cached rows are used, others are made.

    A record without a translation has the row of the first language.
    """
    rows: dict[str, dict[str, Row]] = {language: {} for language in settings.languages}
    known = {language: cache.heads(section_of(kind, language), decode_row) for language in settings.languages}
    first = rows[settings.languages[0]]
    for identity, entry in entries.items():
        if entry.base.readable and (made := _row(kind, entry, settings.languages[0], known, cache, settings, problems)):
            first[identity] = made
    for language in settings.languages[1:]:
        own_prices = kind.record in PRICED and bool(settings.market_of(language))
        for identity, untranslated in first.items():
            entry = entries[identity]
            if language not in entry.translations and not own_prices:
                rows[language][identity] = untranslated
            elif translated := _row(kind, entry, language, known, cache, settings, problems):
                rows[language][identity] = translated
    for language, found in rows.items():
        cache.keep(section_of(kind, language), found.keys())
    return rows


def section_of(kind: ContentType, language: str) -> str:
    """Return the cache section for the rows of a kind in a language."""
    return f"{kind.name}.{language}"


def _row(
    kind: ContentType,
    entry: Entry,
    language: str,
    known: Mapping[str, Mapping[str, Row]],
    cache: Cache,
    settings: LoadSettings,
    problems: list[Problem],
) -> Row | None:
    row = known[language].get(entry.id)
    if row is not None and row.fingerprint == entry.fingerprint(language, settings):
        return row
    made = make_row(kind, entry, language, settings, problems)
    if made is None:
        return None
    if made.source.faulty_places:  # later checks must know them
        if language in entry.translations:
            entry.translations[language] = made.source
        else:
            entry.base = made.source
    cache.put(section_of(kind, language), entry.id, msgspec.msgpack.encode(made.row), made.body)
    return made.row


def make_row(
    kind: ContentType, entry: Entry, language: str, settings: LoadSettings, problems: list[Problem]
) -> Made | None:
    """Return the row and bytes of a record. Its faults are added to the problems.

    A faulty record is made without the faulty parts, so that the rest can be checked. Its row has no fingerprint, so it
    is never kept in the cache.
    """
    known = len(problems)
    translation = entry.translations.get(language)
    if translation is None:
        found = _record(kind, entry, entry.base, entry.base.data, settings.zone, problems, language=language)
    else:
        found = _translated(kind, entry, translation, settings.zone, problems, language=language)
    if found is None:
        return None
    written, faulty_places = found.record, found.faulty_places | entry.base.faulty_places
    record, missing, unsold = in_market(written, settings.market_of(language))
    source = translation or entry.base
    if faulty_places:
        raw = source.data if translation else found.values
        source = msgspec.structs.replace(source, raw=raw, faulty_places=faulty_places)
    fields = fields_of(record)
    product = record if isinstance(record, Product) else None
    faults = own_faults(written, settings) if isinstance(written, Product) else ()
    if product is None:
        problems += source.problems(clip_faults(written, faulty_places))
    row = Row(
        fingerprint=b"" if faulty_places or len(problems) > known else entry.fingerprint(language, settings),
        file=entry.base.file,
        slug=str(getattr(record, "slug", "")),
        status=UNSOLD if unsold and getattr(record, "status", "") != "draft" else getattr(record, "status", ""),
        has_page=isinstance(record, Content) and record.has_page,
        references=references_of(fields),
        media=tuple((use.file, use.shown) for use in media_references(fields)),
        remote=(*remote_pictures(fields), *hosted_videos(record)),
        texts=text_warnings(fields, lambda place: entry.source(language, place)),
        numbers=tuple(variant.sku for variant in variants_of(product)) if product else (),
        missing=missing,
        checked=settings.product_rules if product and not source.faulty_places and not any(faults) else b"",
        warnings=lint_rules(record, fields),
    )
    return Made(row, encode_record(record), source)


def make_plain(kind: ContentType, sources: Iterable[Source], zone: dt.tzinfo, problems: list[Problem]) -> list[Any]:
    """Return the records of a kind without ids and translations."""
    records: list[Any] = []
    for source in sources:
        made = _converted(kind, source, source.data, {}, zone, problems) if source.readable else None
        if made is not None and not made.faulty_places:
            problems += source.problems(_plain_faults(made.record))
            records.append(made.record)
    return records


def _plain_faults(record: Record) -> Iterator[tuple[Place, str]]:
    """Yield the mistakes of a record without an id that its types can't express."""
    yield from media_faults(fields_of(record))
    if language := getattr(record, "language", ""):
        try:
            locale_of(language)
        except ValueError as error:
            yield ("language",), str(error)


def _translated(
    kind: ContentType, entry: Entry, translation: Source, zone: dt.tzinfo, problems: list[Problem], *, language: str
) -> ReadRecord[Record] | None:
    labels: dict[str, str] = {}
    source, faults = aligned(entry.base.data, translation, kind.record)
    problems += translation.problems(faults)
    if kind is PRODUCT:
        source, labels = split_product(entry.base, source, problems)
    data = translated(entry.base.data, source, kind.record, problems)
    return _record(kind, entry, source, data, zone, problems, language=language, labels=labels)


def _record(
    kind: ContentType,
    entry: Entry,
    source: Source,
    data: dict[str, Value],
    zone: dt.tzinfo,
    problems: list[Problem],
    *,
    language: str,
    labels: dict[str, str] | None = None,
) -> ReadRecord[Record] | None:
    if kind.private and "private" in data:
        data = {key: value for key, value in data.items() if key != "private"}
    loaded: dict[str, Any] = {"id": entry.id, "file": entry.base.file, "language": language}
    if labels:
        loaded["labels"] = labels
    return _converted(kind, source, data, loaded, zone, problems)


def _converted(
    kind: ContentType,
    source: Source,
    data: dict[str, Value],
    loaded: Mapping[str, Any],
    zone: dt.tzinfo,
    problems: list[Problem],
) -> ReadRecord[Record] | None:
    """Return the record of an editor's data and the fields filled in while loading. Faulty parts are left out."""
    try:
        read = read_record(with_keys(data, kind.record), kind.record, zone, loaded)
    except (msgspec.ValidationError, RecursionError) as error:  # nested too deep
        problems.append(source.problem((), str(error)))
        return None
    problems.extend(
        source.problem(*source.explained(written_place(data, place), message)) for place, message in read.faults
    )
    return read
