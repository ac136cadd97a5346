"""Content files to sources: what is as it was is not read again, the rest is read by as many processes as pay."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

import msgspec

from storegen.cache import Cache as Memory
from storegen.errors import Problem
from storegen.files import FileFingerprint as Mark
from storegen.files import list_fingerprints as list_marks
from storegen.files import settled
from storegen.load import kinds
from storegen.load.kinds import Kind
from storegen.load.records import Entry, Terms, make_plain, make_row, name_of, named, section_of
from storegen.load.rows import FileRow, Item, PlainRow
from storegen.load.sources import Source, read_sources
from storegen.model.rows import encode_record
from storegen.outputs import digest
from storegen.pool import spread

PLAIN = (kinds.REVIEW, kinds.PRESS)
_FILES = "file"
_LINKS = "links"
_BATCH = 50
_POOL_PAYS = 300  # files; below, starting processes costs more than they save
_DECODE = msgspec.msgpack.Decoder(FileRow).decode


Walked: TypeAlias = tuple[Mapping[str, Mark], list[tuple[str, str]]]


class Reading(msgspec.Struct):
    """What was found below content/: sources by kind, the marks of media files, and the mistakes on the way."""

    sources: dict[str, list[Source]]
    media: dict[str, Mark]
    problems: list[Problem] = []


class _Read(msgspec.Struct, frozen=True):
    """What became of one file: its row and those of its records, or its sources with what is wrong."""

    row: FileRow | None
    made: tuple[tuple[str, str, bytes, bytes], ...] = ()
    sources: tuple[Source, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_content(site: Path, terms: Terms, memory: Memory, *, walked: Walked | None = None, jobs: int) -> Reading:
    """Return everything below content/; raises nothing, mistakes stand in the result."""
    marks, faults = walk(site) if walked is None else walked
    media = {name: mark for name, mark in marks.items() if name.startswith("content/media/")}
    sources: dict[str, list[Source]] = {name: [] for name in (*(kind.name for kind in kinds.KINDS), _LINKS)}
    reading = Reading(sources, media)
    reading.problems += [Problem(file, 0, "", message) for file, message in faults]
    files = {name: kind for name in marks if name not in media and (kind := _kind(name, reading.problems))}
    known, new = _known(site, files, marks, memory)
    fresh = dict(_read_all(site, new, files, marks, terms, jobs))
    for file, kind in files.items():
        reading.sources[kind if isinstance(kind, str) else kind.name] += (
            known[file] if file in known else _taken(site, file, fresh[file], memory, reading.problems)
        )
    memory.keep(_FILES, files.keys())
    return reading


def walk(site: Path) -> Walked:
    """Return the marks of the files below content/, and what is wrong with links there."""
    faults: list[tuple[str, str]] = []
    return list_marks(site, "content", faults), faults


def _kind(file: str, problems: list[Problem]) -> Kind | str | None:
    """Return the kind of a file, ``links`` for a provider's links."""
    kind = kinds.kind_of(file)
    if kind is not None and (kind is not kinds.HOME or re.search(r"/home(\.[^/]+)?\.ya?ml$", file)):
        return kind
    folder = file.split("/")[1]
    if folder == "checkout":
        return _LINKS
    if folder not in kinds.OTHER_FOLDERS:
        known = ", ".join(sorted({f"{each.folder}/*{each.endings[0]}" for each in kinds.KINDS}))
        problems.append(Problem(file, 0, "", f"not a kind of content; expected one of {known}"))
    return None


def _known(
    site: Path, files: Mapping[str, Kind | str], marks: Mapping[str, Mark], memory: Memory
) -> tuple[dict[str, tuple[Source, ...]], list[str]]:
    """Return the sources of the files that are as they were, and the names of the others."""
    rows = memory.made(_FILES, functools.partial(_known_file, site))
    known: dict[str, tuple[Source, ...]] = {}
    new: list[str] = []
    for file in files:
        row = rows.get(file)
        if row is not None and row[0] == marks[file]:
            known[file] = row[1]
        else:
            new.append(file)
    return known, new


def _known_file(site: Path, file: str, head: bytes) -> tuple[Mark, tuple[Source, ...]]:
    row = _DECODE(head)
    return row.mark, _sources(site, file, row)


def _sources(site: Path, file: str, row: FileRow) -> tuple[Source, ...]:
    return tuple([Source(site, file, None, item.place, known=item) for item in row.items])


def _read_all(
    site: Path, new: list[str], files: Mapping[str, Kind | str], marks: Mapping[str, Mark], terms: Terms, jobs: int
) -> Iterator[tuple[str, _Read]]:
    batches = [new[start : start + _BATCH] for start in range(0, len(new), _BATCH)]
    pays = jobs if len(new) >= _POOL_PAYS else 1

    def work(batch: list[str]) -> list[_Read]:
        return [_read(site, file, files[file], marks[file], terms, alone=pays > 1) for file in batch]

    for number, found in spread(work, batches, jobs=pays):
        yield from zip(batches[number], found, strict=True)


def _read(site: Path, file: str, kind: Kind | str, mark: Mark, terms: Terms, *, alone: bool) -> _Read:
    """Read one file, and make the first language's records of it; one that is *alone* leaves its raw values behind."""
    problems: list[Problem] = []
    sources = read_sources(site, file, problems, listed=True)
    if not isinstance(kind, Kind):
        return _Read(None, (), tuple(sources), tuple(problems))
    also = ("private",) if kind is kinds.PRODUCT else ()
    problems += (problem for source in sources for problem in source.blank_problems(kind.record, also))
    if kind in PLAIN:
        return _plain(file, kind, mark, terms, sources, problems)
    if not sources:
        sources = [Source(site, file, {})]  # an empty file lacks what it should hold
    if sources[0].place and not kind.many:
        problems.append(sources[0].problem((), "expected keys with values, found a list"))
        return _Read(None, (), (), tuple(problems))
    if problems:
        return _Read(None, (), tuple(sources), tuple(problems))
    sources = [named(kind, source) for source in sources]
    row = FileRow(settled(mark), tuple(source.item for source in sources))
    made = tuple(_made(kind, sources, terms))
    if alone and len(made) == len(sources) and len(terms.languages) == 1:
        return _Read(row, made)
    return _Read(row, made, tuple(sources))


def _made(kind: Kind, sources: list[Source], terms: Terms) -> Iterator[tuple[str, str, bytes, bytes]]:
    """Yield the rows of the sources that are records of the first language; the faults of others are found later."""
    for source in sources:
        identity, language = name_of(kind, source)
        if language in {"", terms.languages[0]} and identity:
            row = make_row(kind, Entry(identity, source), terms.languages[0], terms, [])
            if row is not None:
                yield section_of(kind, terms.languages[0]), identity, msgspec.msgpack.encode(row[0]), row[1]


def _plain(file: str, kind: Kind, mark: Mark, terms: Terms, sources: list[Source], problems: list[Problem]) -> _Read:
    """Return the records of a file of reviews or press quotes as one row; with mistakes, its sources."""
    records = make_plain(kind, sources, terms.zone, problems)
    if problems:
        return _Read(None, (), tuple(sources), tuple(problems))
    stamp = digest(msgspec.msgpack.encode([source.raw for source in sources]))
    row = PlainRow(
        stamp,
        tuple(dict.fromkeys(getattr(record, "product", "") for record in records)),
        tuple(filter(None, dict.fromkeys(getattr(record, "image", "") for record in records))),
    )
    whole = FileRow(settled(mark), (Item((), stamp),))
    return _Read(whole, ((kind.name, file, msgspec.msgpack.encode(row), encode_record(records)),))


def _taken(site: Path, file: str, read: _Read, memory: Memory, problems: list[Problem]) -> Sequence[Source]:
    """Remember what was read of a file, and return its sources."""
    problems += read.problems
    for section, name, head, body in read.made:
        memory.put(section, name, head, body)
    if read.row is None:
        return read.sources
    memory.put(_FILES, file, msgspec.msgpack.encode(read.row))
    return read.sources or _sources(site, file, read.row)
