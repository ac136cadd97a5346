"""Entries to rows, and so to records, in every language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from storegen.cache import Cache
from storegen.errors import Problem
from storegen.fields import Fault, find_faults, make_record
from storegen.load.checks import own_faults
from storegen.load.entries import Entry, LoadSettings
from storegen.load.links import references_of
from storegen.load.lint import lint_rules
from storegen.load.media_references import media_references, remote_pictures
from storegen.load.raw_html import html_warning
from storegen.load.sources import Source
from storegen.load.translations import split_product, translated
from storegen.model.content_types import PRODUCT, ContentType
from storegen.model.fields import fields_of, loaded_fields
from storegen.model.product import Product, variants_of
from storegen.model.record import Content, Record
from storegen.model.rows import Row, decode_row, encode_record
from storegen.yaml import Value


def make_rows(
    kind: ContentType,
    entries: Mapping[str, Entry],
    cache: Cache,
    settings: LoadSettings,
    problems: list[Problem],
) -> dict[str, dict[str, Row]]:
    """Return the rows of a kind by language and id: those remembered where they still hold, else made anew.

    What is not translated into a language has the row of the first.
    """
    rows: dict[str, dict[str, Row]] = {language: {} for language in settings.languages}
    known = {language: cache.heads(section_of(kind, language), decode_row) for language in settings.languages}
    first = rows[settings.languages[0]]
    for identity, entry in entries.items():
        if entry.base.readable and (made := _row(kind, entry, settings.languages[0], known, cache, settings, problems)):
            first[identity] = made
    for language in settings.languages[1:]:
        for identity, untranslated in first.items():
            entry = entries[identity]
            if language not in entry.translations:
                rows[language][identity] = untranslated
            elif translated := _row(kind, entry, language, known, cache, settings, problems):
                rows[language][identity] = translated
    for language, found in rows.items():
        cache.keep(section_of(kind, language), found.keys())
    return rows


def section_of(kind: ContentType, language: str) -> str:
    """Return where rows are remembered."""
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
    cache.put(section_of(kind, language), entry.id, msgspec.msgpack.encode(made[0]), made[1])
    return made[0]


def make_row(
    kind: ContentType, entry: Entry, language: str, settings: LoadSettings, problems: list[Problem]
) -> tuple[Row, bytes] | None:
    """Return a record's row and the record's bytes; None, with its faults among the problems, where it can't be one."""
    translation = entry.translations.get(language)
    if translation is None:
        record = _record(kind, entry, entry.base, entry.base.data, settings.zone, problems, language=language)
    else:
        record = _translated(kind, entry, translation, settings.zone, problems, language=language)
    if record is None:
        return None
    fields = fields_of(record)
    product = record if isinstance(record, Product) else None
    row = Row(
        fingerprint=entry.fingerprint(language, settings),
        file=entry.base.file,
        slug=str(getattr(record, "slug", "")),
        status=getattr(record, "status", ""),
        has_page=isinstance(record, Content) and record.has_page,
        references=references_of(fields),
        media=tuple((use.file, use.shown) for use in media_references(fields)),
        remote=remote_pictures(fields),
        html=html_warning(fields, lambda place: entry.source(language, place)),
        numbers=tuple(variant.sku for variant in variants_of(product)) if product else (),
        checked=settings.product_rules if product and not any(own_faults(product, settings.config)) else b"",
        warnings=lint_rules(record, fields),
    )
    return row, encode_record(record)


def make_plain(kind: ContentType, sources: Iterable[Source], zone: dt.tzinfo, problems: list[Problem]) -> list[Any]:
    """Return the records of a kind that has neither ids nor translations."""
    made = (_converted(kind, source, source.data, zone, problems) for source in sources if source.readable)
    return [record for record in made if record is not None]


def _translated(
    kind: ContentType, entry: Entry, translation: Source, zone: dt.tzinfo, problems: list[Problem], *, language: str
) -> Record | None:
    labels: dict[str, str] = {}
    source = translation
    if kind is PRODUCT:
        source, labels = split_product(entry.base.data, translation, problems)
    data = translated(entry.base.data, source, kind.record, problems)
    if labels:
        data = {**data, "labels": labels}  # type: ignore[dict-item]
    return _record(kind, entry, translation, data, zone, problems, language=language)


def _record(
    kind: ContentType,
    entry: Entry,
    source: Source,
    data: dict[str, Value],
    zone: dt.tzinfo,
    problems: list[Problem],
    *,
    language: str,
) -> Record | None:
    data = {**data, "id": entry.id, "file": entry.base.file, "language": language}
    if kind.private:
        data.pop("private", None)
    return _converted(kind, source, data, zone, problems)


def _converted(
    kind: ContentType, source: Source, data: dict[str, Value], zone: dt.tzinfo, problems: list[Problem]
) -> Record | None:
    loaded = loaded_fields(kind.record)
    faults: list[Fault] = [((key,), f'"{key}" is not a known key') for key in sorted(loaded & source.data.keys())]
    try:
        if not faults:
            return make_record(data, kind.record, zone)
    except (msgspec.ValidationError, RecursionError) as error:
        written = {key: value for key, value in data.items() if key not in loaded}
        faults = find_faults(written, kind.record, zone) or [((), str(error))]
    problems.extend(source.problem(place, message) for place, message in faults)
    return None
