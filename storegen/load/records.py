"""Sources of one kind to rows, and so to records, in every language."""

from __future__ import annotations

import datetime as dt
import functools
import re
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import Any

import msgspec

from storegen.addresses import slugify
from storegen.cache import Cache as Memory
from storegen.config import Config
from storegen.errors import Problem, suggest
from storegen.fields import Fault, find_faults, make_record
from storegen.load.checks import own_faults
from storegen.load.kinds import PRODUCT, Kind
from storegen.load.links import needs_of
from storegen.load.lint import cautions_of
from storegen.load.overlays import merged, split_product
from storegen.load.raw_html import html_warning
from storegen.load.sources import Source
from storegen.load.uses import remote_pictures, uses_of
from storegen.model.product import Product, variants_of
from storegen.model.record import Record
from storegen.model.rows import Row, decode_row, encode_record
from storegen.model.scalars import is_slug
from storegen.outputs import digest
from storegen.yaml import Place, Value

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})?")


class Terms(msgspec.Struct, frozen=True, dict=True):
    """What records are read under: the shop's languages and time zone, and the settings that products must fit."""

    languages: tuple[str, ...]
    config: Config

    @property
    def zone(self) -> dt.tzinfo:
        return self.config.zone

    @functools.cached_property
    def checked(self) -> bytes:
        """What stands for the settings under which a product was checked."""
        methods = [method.id for method in self.config.delivery.methods]
        return digest(repr((self.config.currency, sorted(self.config.tax.rates), methods)).encode())

    @functools.cached_property
    def read_in(self) -> Mapping[str, bytes]:
        """What stands for how scalars are read in each language."""
        return {language: f"{language} {self.zone}".encode() for language in self.languages}


class Entry(msgspec.Struct):
    """One thing of content: its first language's source and its translations'."""

    id: str
    base: Source
    overlays: dict[str, Source] = {}

    @property
    def draft(self) -> bool:
        return self.base.item.status == "draft"

    def stamp(self, language: str, terms: Terms) -> bytes:
        """Return what stands for all that a language's record is made from, but for its id."""
        overlay = self.overlays.get(language)
        words = overlay.item.digest if overlay is not None else b""
        return b"%s%s %s %s" % (self.base.item.digest, words, terms.read_in[language], self.base.file.encode())

    def source(self, language: str, place: Place) -> Source:
        """Return the file that holds a field in a language: the translation, where it translates this field."""
        overlay = self.overlays.get(language)
        return overlay if overlay is not None and place and place[0] in overlay.data else self.base


def group(
    kind: Kind, sources: Iterable[Source], languages: tuple[str, ...], problems: list[Problem], warnings: list[str]
) -> dict[str, Entry]:
    """Return the entries of a kind by id; two files for one id, and translations of nothing, are problems."""
    entries: dict[str, Entry] = {}
    overlays: list[tuple[str, str, Source]] = []
    for source in sources:
        identity, language = name_of(kind, source)
        if language and language in languages[1:]:
            overlays.append((identity, language, source))
        elif language and language != languages[0]:
            warnings.append(f'{source.file}: passed over, because "{language}" is not in languages of site.yaml')
        elif not (source.known and source.known.name) and not _is_name(identity):
            problems.append(_misnamed(kind, source, identity))
        elif identity in entries:
            other = entries[identity].base.file
            problems.append(
                source.problem((), f'the {kind.name} "{identity}" is already in {other}; names must differ')
            )
        else:
            entries[identity] = Entry(identity, source)
    for identity, language, source in overlays:
        if identity in entries:
            entries[identity].overlays[language] = source
        else:
            problems.append(
                source.problem(
                    (), f'a translation of the {kind.name} "{identity}", which has no file{suggest(identity, entries)}'
                )
            )
    return dict(sorted(entries.items()))


def make_rows(
    kind: Kind,
    entries: Mapping[str, Entry],
    memory: Memory,
    terms: Terms,
    problems: list[Problem],
) -> dict[str, dict[str, Row]]:
    """Return the rows of a kind by language and id: those remembered where they still hold, else made anew.

    What is not translated into a language has the row of the first.
    """
    rows: dict[str, dict[str, Row]] = {language: {} for language in terms.languages}
    known = {language: memory.heads(section_of(kind, language), decode_row) for language in terms.languages}
    first = rows[terms.languages[0]]
    for identity, entry in entries.items():
        if entry.base.readable and (made := _row(kind, entry, terms.languages[0], known, memory, terms, problems)):
            first[identity] = made
    for language in terms.languages[1:]:
        for identity, untranslated in first.items():
            entry = entries[identity]
            if language not in entry.overlays:
                rows[language][identity] = untranslated
            elif translated := _row(kind, entry, language, known, memory, terms, problems):
                rows[language][identity] = translated
    for language, found in rows.items():
        memory.keep(section_of(kind, language), found.keys())
    return rows


def section_of(kind: Kind, language: str) -> str:
    """Return where rows are remembered."""
    return f"{kind.name}.{language}"


def _row(
    kind: Kind,
    entry: Entry,
    language: str,
    known: Mapping[str, Mapping[str, Row]],
    memory: Memory,
    terms: Terms,
    problems: list[Problem],
) -> Row | None:
    row = known[language].get(entry.id)
    if row is not None and row.stamp == entry.stamp(language, terms):
        return row
    made = make_row(kind, entry, language, terms, problems)
    if made is None:
        return None
    memory.put(section_of(kind, language), entry.id, msgspec.msgpack.encode(made[0]), made[1])
    return made[0]


def make_row(
    kind: Kind, entry: Entry, language: str, terms: Terms, problems: list[Problem]
) -> tuple[Row, bytes] | None:
    """Return a record's row and the record's bytes; None, with its faults among the problems, where it can't be one."""
    zone = terms.zone
    overlay = entry.overlays.get(language)
    if overlay is None:
        record = _record(kind, entry, entry.base, entry.base.data, zone, problems, language=language)
    else:
        record = _translated(kind, entry, overlay, zone, problems, language=language)
    if record is None:
        return None
    row = Row(
        stamp=entry.stamp(language, terms),
        file=entry.base.file,
        slug=str(getattr(record, "slug", "")),
        status=getattr(record, "status", ""),
        needs=needs_of(kind.name, record),
        media=tuple((use.file, use.shown) for use in uses_of(record)),
        remote=remote_pictures(record),
        html=html_warning(record, lambda place: entry.source(language, place)),
        numbers=tuple(variant.sku for variant in variants_of(record)) if isinstance(record, Product) else (),
        checked=terms.checked if isinstance(record, Product) and not any(own_faults(record, terms.config)) else b"",
        doubts=tuple(dict.fromkeys(each.rule for each in cautions_of(record))),
    )
    return row, encode_record(record)


def make_plain(kind: Kind, sources: Iterable[Source], zone: dt.tzinfo, problems: list[Problem]) -> list[Any]:
    """Return the records of a kind that has neither ids nor translations."""
    made = (_converted(kind, source, source.data, zone, problems) for source in sources if source.readable)
    return [record for record in made if record is not None]


def _translated(
    kind: Kind, entry: Entry, overlay: Source, zone: dt.tzinfo, problems: list[Problem], *, language: str
) -> Record | None:
    labels: dict[str, str] = {}
    source = overlay
    if kind is PRODUCT:
        source, labels = split_product(entry.base.data, overlay, problems)
    data = merged(entry.base.data, source, kind.words, kind.record.__struct_fields__, problems)
    if labels:
        data = {**data, "labels": labels}  # type: ignore[dict-item]
    return _record(kind, entry, overlay, data, zone, problems, language=language)


def _record(
    kind: Kind,
    entry: Entry,
    source: Source,
    data: dict[str, Value],
    zone: dt.tzinfo,
    problems: list[Problem],
    *,
    language: str,
) -> Record | None:
    fields = kind.record.__struct_fields__
    own = {"id": entry.id, "file": entry.base.file, "language": language}
    data = {**data, **{key: value for key, value in own.items() if key in fields}}
    if kind is PRODUCT:
        data.pop("private", None)
    return _converted(kind, source, data, zone, problems)


def _converted(
    kind: Kind, source: Source, data: dict[str, Value], zone: dt.tzinfo, problems: list[Problem]
) -> Record | None:
    written = set(source.data) & {"id", "file", "language", "labels"} & set(kind.record.__struct_fields__)
    faults: list[Fault] = [((key,), f'"{key}" is not a known key') for key in sorted(written)]
    try:
        if not faults:
            return make_record(data, kind.record, zone)
    except (msgspec.ValidationError, RecursionError) as error:
        plain = {key: value for key, value in data.items() if key not in {"id", "file", "language", "labels"}}
        faults = find_faults(_without_body(plain, kind), kind.record, zone) or [((), str(error))]
    problems.extend(source.problem(place, message) for place, message in faults)
    return None


def _without_body(data: dict[str, Value], kind: Kind) -> dict[str, Value]:
    return {key: value for key, value in data.items() if key != "body" or "body" not in kind.record.__struct_fields__}


def name_of(kind: Kind, source: Source) -> tuple[str, str]:
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


def named(kind: Kind, source: Source) -> Source:
    """Return a source that knows its name, so that nobody works it out again."""
    name, language = name_of(kind, source)
    item = msgspec.structs.replace(source.item, name=name if _is_name(name) else "", language=language)
    return msgspec.structs.replace(source, known=item)


def _is_name(identity: str) -> bool:
    return is_slug(identity.rpartition("/")[2])


def _misnamed(kind: Kind, source: Source, identity: str) -> Problem:
    if source.place:
        return source.problem(("slug",), f'a {kind.name} in a list needs a "slug" like rope-ring')
    name = PurePosixPath(source.file).name
    better = slugify(name.split(".")[0]) or "rope-ring"
    suffix = PurePosixPath(name).suffix
    message = f'the file name becomes the id: expected a name like {better}{suffix}, found "{name}"'
    return source.problem((), message)
