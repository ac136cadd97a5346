"""The uses of files below content/media, so that an error about a file names the place that uses it."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from storegen.config import Config
from storegen.errors import Problem
from storegen.fields import NO_FAULTY_PLACES, FaultyPlaces
from storegen.load.entries import Entries
from storegen.load.sources import Source, site_file
from storegen.markdown.links import find_references
from storegen.model.clip import hosted
from storegen.model.fields import Fields, fields_of
from storegen.model.picture import is_remote
from storegen.model.rows import Row
from storegen.model.store import Store
from storegen.model.text import MediaFile
from storegen.references import Reference, split_reference
from storegen.yaml import Place


class MediaReference(msgspec.Struct, frozen=True):
    """A place in content that names a file of content/media. *shown* means that it is shown as a picture.

    *embedded* files become part of pages, as the logo does. Visitors can't open them.
    """

    file: str
    place: Place
    shown: bool
    found: Reference | None = None
    embedded: bool = False

    def problem(self, source: Source, message: str) -> Problem:
        """Return a mistake of the file, at the place that uses it."""
        text = f"{self.file}: {message}"
        if self.found is not None:
            return source.text_problem(self.place, self.found, text)
        return source.problem(self.place, text)


def site_sources(
    site: Path, configs: Mapping[str, Config], faulty_places: FaultyPlaces = NO_FAULTY_PLACES
) -> Iterator[tuple[Source, Config]]:
    """Yield site.yaml and its translations, each with its configuration. *faulty_places* are those of site.yaml."""
    first = next(iter(configs.values()))
    for language, config in configs.items():
        yield (
            Source(
                site, "site.yaml" if config is first else site_file(site, language), {}, faulty_places=faulty_places
            ),
            config,
        )


def site_references(
    site: Path, configs: Mapping[str, Config], faulty_places: FaultyPlaces
) -> Iterator[tuple[MediaReference, Source]]:
    """Yield the files that site.yaml and its translations name."""
    for source, config in site_sources(site, configs, faulty_places):
        yield from ((use, source) for use in media_references(fields_of(config)))


def content_references(
    entries: Entries, rows: Mapping[str, Mapping[str, Mapping[str, Row]]], store: Store, faulty: Container[str]
) -> Iterator[tuple[MediaReference, Source]]:
    """Yield the places in records that use *faulty* files. *rows* are by language, content type and id."""
    for language, kinds in rows.items():
        records = store.localized[language].records
        for kind, found in kinds.items():
            for name, row in found.items():
                if name in records.get(kind, ()) and any(file in faulty for file, _ in row.media):
                    uses = media_references(fields_of(records[kind][name]))
                    yield from ((use, entries[kind][name].source(language, use.place)) for use in uses)


def review_references(reviews: Iterable[Source]) -> Iterator[tuple[MediaReference, Source]]:
    """Yield the pictures of reviews that are in content/media."""
    for source in reviews:
        images = source.data.get("images")
        for number, image in enumerate(images if isinstance(images, list) else ()):
            short = isinstance(image, str)
            name = image.get("file") if isinstance(image, dict) else image
            if isinstance(name, str) and name and not is_remote(name):
                place: Place = ("images", number) if short else ("images", number, "file")
                yield MediaReference(name, place, shown=True), source


def media_references(fields: Fields) -> Iterator[MediaReference]:
    """Yield the places in a record, or in site.yaml, that name a file of content/media."""
    for place, file, role in fields.media:
        embedded = isinstance(role, MediaFile) and role.use == "embedded"
        if not is_remote(file):
            yield MediaReference(file, place, shown=not embedded, embedded=embedded)
    for place, link, _ in fields.links:
        kind, file, _ = split_reference(link)
        if kind == "media":
            yield MediaReference(file, place, shown=False)
    for place, text, _ in fields.markdown:
        for found in find_references(text):
            kind, file, _ = split_reference(found.target)
            if kind == "media":
                yield MediaReference(file, place, found.picture, found)


def hosted_videos(record: object) -> tuple[str, ...]:
    """Return the addresses of a record's videos at video hosts."""
    return tuple(clip.file for clip in getattr(record, "videos", ()) if hosted(clip.file))


def remote_pictures(fields: Fields) -> tuple[str, ...]:
    """Return the addresses of a record's pictures on other hosts, in its fields and in its texts."""
    named = [file for _, file, _ in fields.media if is_remote(file)]
    texts = (found for _, text, _ in fields.markdown for found in find_references(text) if found.picture)
    shown = [found.target for found in texts if split_reference(found.target)[0] == "web"]
    return tuple(dict.fromkeys((*named, *shown)))
