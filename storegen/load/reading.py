"""Read content files, and return a `Source` for each. Unchanged files come from the cache; many are read at once."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, TypeAlias

import msgspec

from storegen.cache import Cache
from storegen.errors import Problem, nearest
from storegen.files import FileFingerprint, list_fingerprints, settled
from storegen.load.entries import Entry, LoadSettings, name_of, named
from storegen.load.media_references import media_references, remote_pictures
from storegen.load.placeholders import Placeholder
from storegen.load.records import make_plain, make_row, section_of
from storegen.load.rows import FileRow, Item, PlainRow
from storegen.load.sources import Source, read_sources
from storegen.model.content_types import (
    CONTENT_TYPES,
    FORMER_FOLDERS,
    OTHER_FOLDERS,
    SEARCH_WORDS,
    ContentType,
    content_type_of,
)
from storegen.model.fields import fields_of
from storegen.model.review import is_person_id, replier
from storegen.model.rows import encode_record
from storegen.outputs import digest
from storegen.pool import spread

_FILES = "file"
_LINKS = "links"
_BATCH = 50
_POOL_PAYS = 300  # files; for fewer, starting processes costs more time than it saves
_DECODE = msgspec.msgpack.Decoder(FileRow).decode


Walked: TypeAlias = tuple[Mapping[str, FileFingerprint], list[tuple[str, str]]]


class Reading(msgspec.Struct):
    """The result of reading content/: sources by kind, fingerprints of media files, and mistakes.

    *stray* are the names of files without a content type. *placeholders* are those of each file.
    """

    sources: dict[str, list[Source]]
    media: dict[str, FileFingerprint]
    problems: list[Problem] = []
    stray: frozenset[str] = frozenset()
    placeholders: dict[str, tuple[Placeholder, ...]] = {}


class _Known(NamedTuple):
    """A file of the cache: its fingerprint, its sources and its placeholders."""

    fingerprint: FileFingerprint
    sources: tuple[Source, ...]
    placeholders: tuple[Placeholder, ...]


class _Read(msgspec.Struct, frozen=True):
    """The result of reading one file: its row and its records' rows, or its sources with their mistakes."""

    row: FileRow | None
    made: tuple[tuple[str, str, bytes, bytes], ...] = ()
    sources: tuple[Source, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_content(
    site: Path, settings: LoadSettings, cache: Cache, *, walked: Walked | None = None, jobs: int
) -> Reading:
    """Return everything below content/. Nothing is raised: mistakes are in the result."""
    fingerprints, faults = walk(site) if walked is None else walked
    media = {name: fingerprint for name, fingerprint in fingerprints.items() if name.startswith("content/media/")}
    sources: dict[str, list[Source]] = {name: [] for name in (*(kind.name for kind in CONTENT_TYPES), _LINKS)}
    reading = Reading(sources, media)
    reading.problems += [Problem(file, 0, "", message) for file, message in faults]
    files = {name: kind for name in fingerprints if name not in media and (kind := _kind(name, reading.problems))}
    reading.stray = frozenset(Source(site, problem.file, {}).stem for problem in reading.problems)
    known, new = _known(site, files, fingerprints, cache)
    fresh = dict(_read_all(site, new, files, fingerprints, settings, jobs))
    for file, kind in files.items():
        found: Sequence[Source]
        if file in known:
            _, found, left = known[file]
        else:
            found, left = _taken(site, file, fresh[file], cache, reading.problems), _left(fresh[file])
        reading.sources[kind if isinstance(kind, str) else kind.name] += found
        if left:
            reading.placeholders[file] = left
    cache.keep(_FILES, files.keys())
    return reading


def _left(read: _Read) -> tuple[Placeholder, ...]:
    """Return the placeholders of a file that was just read."""
    if read.row is not None:
        return read.row.placeholders
    return read.sources[0].placeholders if read.sources else ()


def walk(site: Path) -> Walked:
    """Return the fingerprints of the files below content/, and the mistakes of symbolic links there."""
    faults: list[tuple[str, str]] = []
    return list_fingerprints(site, "content", faults), faults


def _kind(file: str, problems: list[Problem]) -> ContentType | str | None:
    """Return the kind of a file; for a provider's payment links this is ``links``."""
    kind = content_type_of(file)
    if kind is not None:
        return kind
    folder = file.split("/")[1]
    if folder == "checkout":
        return _LINKS
    if folder in FORMER_FOLDERS:
        problems.append(Problem(file, 0, "", f"content/{folder} is now {FORMER_FOLDERS[folder]}"))
        return None
    if folder not in OTHER_FOLDERS and not SEARCH_WORDS.fullmatch(file):
        found = {f"{each.folder}/{each.only or '*'}{each.endings[0]}" for each in CONTENT_TYPES}
        known = ", ".join(sorted({*found, *(each if "." in each else f"{each}/" for each in OTHER_FOLDERS)}))
        near = nearest(folder, {each.folder for each in CONTENT_TYPES} - {folder})
        meant = f', did you mean the folder "{near}"?' if near else ""
        problems.append(Problem(file, 0, "", f"not a kind of content; expected one of {known}{meant}"))
    return None


def _known(
    site: Path, files: Mapping[str, ContentType | str], fingerprints: Mapping[str, FileFingerprint], cache: Cache
) -> tuple[dict[str, _Known], list[str]]:
    """Return what the cache knows of the unchanged files, and the names of the other files."""
    rows = cache.made(_FILES, functools.partial(_known_file, site))
    known: dict[str, _Known] = {}
    new: list[str] = []
    for file in files:
        row = rows.get(file)
        if row is not None and row[0] == fingerprints[file]:
            known[file] = row
        else:
            new.append(file)
    return known, new


def _known_file(site: Path, file: str, head: bytes) -> _Known:
    row = _DECODE(head)
    return _Known(row.fingerprint, _sources(site, file, row), row.placeholders)


def _sources(site: Path, file: str, row: FileRow) -> tuple[Source, ...]:
    return tuple([Source(site, file, None, item.place, known=item) for item in row.items])


def _read_all(
    site: Path,
    new: list[str],
    files: Mapping[str, ContentType | str],
    fingerprints: Mapping[str, FileFingerprint],
    settings: LoadSettings,
    jobs: int,
) -> Iterator[tuple[str, _Read]]:
    batches = [new[start : start + _BATCH] for start in range(0, len(new), _BATCH)]
    pays = jobs if len(new) >= _POOL_PAYS else 1

    def work(batch: list[str]) -> list[_Read]:
        """Read one batch of files."""
        return [_read(site, file, files[file], fingerprints[file], settings, alone=pays > 1) for file in batch]

    for number, found in spread(work, batches, jobs=pays):
        yield from zip(batches[number], found, strict=True)


def _read(
    site: Path, file: str, kind: ContentType | str, fingerprint: FileFingerprint, settings: LoadSettings, *, alone: bool
) -> _Read:
    """Read one file and make its records in the first language. With *alone*, sources don't keep raw values."""
    problems: list[Problem] = []
    sources = read_sources(site, file, problems, listed=True)
    if not isinstance(kind, ContentType):
        return _Read(None, (), tuple(sources), tuple(problems))
    also = ("private",) if kind.private else ()
    problems += (problem for source in sources for problem in source.blank_problems(kind.record, also))
    if not kind.named:
        return _plain(file, kind, fingerprint, settings, sources, problems)
    if not sources:
        sources = [Source(site, file, {})]  # an empty file gives errors about its required fields
    if sources[0].place and not kind.many:
        problems.append(sources[0].problem((), "expected keys with values, found a list"))
        return _Read(None, (), (Source(site, file, {}, readable=False),), tuple(problems))
    if problems:
        return _Read(None, (), tuple(sources), tuple(problems))
    sources = [_with_warnings(kind, named(kind, source)) for source in sources]
    row = FileRow(settled(fingerprint), tuple(source.item for source in sources), sources[0].placeholders)
    made = tuple(_made(kind, sources, settings))
    if alone and len(made) == len(sources) and len(settings.languages) == 1:
        return _Read(row, made)
    return _Read(row, made, tuple(sources))


def _with_warnings(kind: ContentType, source: Source) -> Source:
    if not source.cuts:
        return source
    item = msgspec.structs.replace(source.item, warnings=tuple(source.cut_warnings(kind.record)))
    return msgspec.structs.replace(source, known=item)


def _made(kind: ContentType, sources: list[Source], settings: LoadSettings) -> Iterator[tuple[str, str, bytes, bytes]]:
    """Yield the rows of the sources that are valid records of the first language. Faults of others are found later."""
    for source in sources:
        identity, language = name_of(kind, source)
        if language in {"", settings.languages[0]} and identity:
            problems: list[Problem] = []
            made = make_row(kind, Entry(identity, source, kind.record), settings.languages[0], settings, problems)
            if made is not None and not problems:
                yield section_of(kind, settings.languages[0]), identity, msgspec.msgpack.encode(made.row), made.body


def _plain(
    file: str,
    kind: ContentType,
    fingerprint: FileFingerprint,
    settings: LoadSettings,
    sources: list[Source],
    problems: list[Problem],
) -> _Read:
    """Return the records of a file of reviews as one row. If there are mistakes, return the sources."""
    records = make_plain(kind, sources, settings.zone, problems)
    if problems:
        return _Read(None, (), tuple(sources), tuple(problems))
    values = digest(msgspec.msgpack.encode([source.raw for source in sources]))
    fields = [fields_of(record) for record in records]
    row = PlainRow(
        values,
        tuple(dict.fromkeys(getattr(record, "product", "") for record in records)),
        tuple(dict.fromkeys(use.file for each in fields for use in media_references(each))),
        tuple(dict.fromkeys(filter(is_person_id, (replier(record) for record in records)))),
        tuple(dict.fromkeys(address for each in fields for address in remote_pictures(each))),
    )
    warnings = tuple(line for source in sources for line in source.cut_warnings(kind.record))
    left = sources[0].placeholders if sources else ()
    whole = FileRow(settled(fingerprint), (Item((), values, warnings=warnings),), left)
    return _Read(whole, ((kind.name, file, msgspec.msgpack.encode(row), encode_record(records)),))


def _taken(site: Path, file: str, read: _Read, cache: Cache, problems: list[Problem]) -> Sequence[Source]:
    """Cache the result of reading a file, and return its sources."""
    problems += read.problems
    for section, name, head, body in read.made:
        cache.put(section, name, head, body)
    if read.row is None:
        return read.sources
    cache.put(_FILES, file, msgspec.msgpack.encode(read.row))
    return read.sources or _sources(site, file, read.row)
