"""Which files below content/media a shop uses, and where, so that a broken one names its use."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from storegen.config import Config
from storegen.errors import Problem
from storegen.load.places import images_of, links_of, passages_of
from storegen.load.sources import Source
from storegen.model.picture import as_image
from storegen.model.rows import Row
from storegen.model.store import Store
from storegen.references import Reference, find_references, split_reference

if TYPE_CHECKING:
    from storegen.load.checks import Entries
    from storegen.yaml import Place


class Use(msgspec.Struct, frozen=True):
    """A place in content that names a file of content/media; *shown* where it stands as a picture.

    It is *embedded* where the file becomes a part of pages, as the logo does, and is not to be opened.
    """

    file: str
    place: Place
    shown: bool
    found: Reference | None = None
    embedded: bool = False

    def problem(self, source: Source, message: str) -> Problem:
        """Return what is wrong with the file as a mistake at the place that uses it."""
        text = f"{self.file}: {message}"
        if self.found is not None:
            return source.text_problem(self.place, self.found, text)
        return source.problem(self.place, text)


def site_sources(site: Path, configs: Mapping[str, Config]) -> Iterator[tuple[Source, Config]]:
    """Yield site.yaml and its translations, each with what it says."""
    first = next(iter(configs.values()))
    for language, config in configs.items():
        yield Source(site, "site.yaml" if config is first else f"site.{language}.yaml", {}), config


def site_uses(site: Path, configs: Mapping[str, Config]) -> Iterator[tuple[Use, Source]]:
    """Yield the files that site.yaml and its translations name."""
    for source, config in site_sources(site, configs):
        marks = (
            Use(getattr(config.theme, key), ("theme", key), shown=False, embedded=True) for key in ("logo", "icon")
        )
        yield from ((use, source) for use in (*marks, *uses_of(config)) if use.file)


def content_uses(
    entries: Entries, rows: Mapping[str, Mapping[str, Mapping[str, Row]]], store: Store, faulty: Container[str]
) -> Iterator[tuple[Use, Source]]:
    """Yield the uses of *faulty* files in records; *rows* are these by language, kind and id."""
    for language, kinds in rows.items():
        records = store.editions[language].records
        for kind, found in kinds.items():
            for name, row in found.items():
                if name in records.get(kind, ()) and any(file in faulty for file, _ in row.media):
                    uses = uses_of(records[kind][name])
                    yield from ((use, entries[kind][name].source(language, use.place)) for use in uses)


def review_uses(reviews: Iterable[Source]) -> Iterator[tuple[Use, Source]]:
    """Yield the pictures that reviews show."""
    for source in reviews:
        if isinstance(name := source.data.get("image"), str):
            yield Use(name, ("image",), shown=True), source


def uses_of(record: object) -> Iterator[Use]:
    """Yield the files that a record, or site.yaml, uses."""
    for place, named in images_of(record):
        image = as_image(named)
        if image.file and not image.remote:
            yield Use(image.file, place, shown=True)
    for place, link in links_of(record):
        kind, file, _ = split_reference(link)
        if kind == "media":
            yield Use(file, place, shown=False)
    for passage in passages_of(record):
        for found in find_references(passage.text):
            kind, file, _ = split_reference(found.target)
            if kind == "media":
                yield Use(file, passage.place, found.picture, found)


def remote_pictures(record: object) -> tuple[str, ...]:
    """Return the addresses of pictures that a record shows from other hosts, in its fields and in its texts."""
    fields = (as_image(named) for _, named in images_of(record))
    texts = (found for passage in passages_of(record) for found in find_references(passage.text) if found.picture)
    named = [image.file for image in fields if image.remote]
    shown = [found.target for found in texts if split_reference(found.target)[0] == "web"]
    return tuple(dict.fromkeys((*named, *shown)))
