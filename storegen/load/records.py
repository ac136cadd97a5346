"""Sources of one kind to records in every language."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

import msgspec

from storegen.addresses import slugify
from storegen.errors import Problem, suggest
from storegen.fields import Fault, find_faults, make_record
from storegen.load.kinds import PRODUCT, Kind
from storegen.load.overlays import merged, split_product
from storegen.load.sources import Source
from storegen.model.record import Record
from storegen.model.scalars import is_slug
from storegen.yaml import Place, Value


@dataclass(slots=True)
class Entry:
    """One thing of content: its first language's source and its translations'."""

    id: str
    base: Source
    overlays: dict[str, Source] = field(default_factory=dict)

    @property
    def draft(self) -> bool:
        return self.base.data.get("status") == "draft"

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
        language = _language(source.file)
        identity = _identity(kind, source)
        if language and language in languages[1:]:
            overlays.append((identity, language, source))
        elif language and language != languages[0]:
            warnings.append(f'{source.file}: passed over, because "{language}" is not in languages of site.yaml')
        elif not is_slug(identity.rpartition("/")[2]):
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
    return entries


def make_records(
    kind: Kind, entries: Mapping[str, Entry], languages: tuple[str, ...], zone: dt.tzinfo, problems: list[Problem]
) -> dict[str, dict[str, Any]]:
    """Return the records of a kind by language and id."""
    editions: dict[str, dict[str, Any]] = {language: {} for language in languages}
    for identity, entry in sorted(entries.items()):
        if not entry.base.readable:
            continue
        first = _record(kind, entry, entry.base, entry.base.data, zone, problems, language=languages[0])
        if first is None:
            continue
        editions[languages[0]][identity] = first
        for language in languages[1:]:
            overlay = entry.overlays.get(language)
            made = first if overlay is None else _translated(kind, entry, overlay, zone, problems, language=language)
            if made is not None:
                editions[language][identity] = made
    return editions


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


def _language(file: str) -> str:
    """Return the language in a file's name, ``fi`` of rope-ring.fi.yaml, or an empty string."""
    parts = PurePosixPath(file).name.split(".")
    return parts[-2] if len(parts) > 2 and re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})?", parts[-2]) else ""


def _identity(kind: Kind, source: Source) -> str:
    path = PurePosixPath(source.file)
    language = _language(source.file)
    name = unicodedata.normalize("NFC", path.name)  # macOS stores accents apart from their letters
    stem = name.removesuffix(path.suffix).removesuffix(f".{language}" if language else "")
    if source.place:
        slug = source.data.get("slug")
        return slug if isinstance(slug, str) else ""
    folders = [unicodedata.normalize("NFC", part) for part in path.parts[2:-1]]
    return "/".join((*folders, stem)) if kind.tree else stem


def _misnamed(kind: Kind, source: Source, identity: str) -> Problem:
    if source.place:
        return source.problem(("slug",), f'a {kind.name} in a list needs a "slug" like rope-ring')
    name = PurePosixPath(source.file).name
    better = slugify(name.split(".")[0]) or "rope-ring"
    suffix = PurePosixPath(name).suffix
    message = f'the file name becomes the id: expected a name like {better}{suffix}, found "{name}"'
    return source.problem((), message)
