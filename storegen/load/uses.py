"""Which files below content/media a shop uses, and where, so that a broken one names its use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from storegen.config import Config
from storegen.errors import Problem
from storegen.load.places import images_of, links_of, passages_of
from storegen.load.sources import Source
from storegen.model.picture import as_image
from storegen.model.store import Store
from storegen.references import Reference, find_references

if TYPE_CHECKING:
    from storegen.load.checks import Entries
    from storegen.yaml import Place

_MEDIA = "media/"


@dataclass(frozen=True, slots=True)
class Use:
    """A place in content that names a file of content/media; *shown* where it stands as a picture."""

    file: str
    place: Place
    shown: bool
    found: Reference | None = None

    def problem(self, source: Source, message: str) -> Problem:
        """Return what is wrong with the file as a mistake at the place that uses it."""
        text = f"{self.file}: {message}"
        if self.found is not None:
            return source.text_problem(self.place, self.found, text)
        return source.problem(self.place, text)


def media_uses(
    site: Path, entries: Entries, reviews: list[Source], store: Store, configs: Mapping[str, Config]
) -> dict[str, tuple[Use, Source]]:
    """Return the files named anywhere, each with its first use and the file that has it; one that is shown counts."""
    found: dict[str, tuple[Use, Source]] = {}
    for use, source in (*_site_uses(site, configs), *_content_uses(entries, store), *_review_uses(reviews)):
        before, _ = found.setdefault(use.file, (use, source))
        if use.shown and not before.shown:
            found[use.file] = use, source
    return found


def _site_uses(site: Path, configs: Mapping[str, Config]) -> Iterator[tuple[Use, Source]]:
    first = next(iter(configs))
    for language, config in configs.items():
        source = Source(site, "site.yaml" if config is configs[first] else f"site.{language}.yaml", {})
        marks = (Use(getattr(config.theme, key), ("theme", key), shown=False) for key in ("logo", "icon"))
        yield from ((use, source) for use in (*marks, *_uses_of(config)) if use.file)


def _content_uses(entries: Entries, store: Store) -> Iterator[tuple[Use, Source]]:
    for language, edition in store.editions.items():
        for kind, records in edition.records.items():
            for name, record in records.items():
                if (entry := entries[kind].get(name)) is not None:
                    yield from ((use, entry.source(language, use.place)) for use in _uses_of(record))


def _review_uses(reviews: list[Source]) -> Iterator[tuple[Use, Source]]:
    for source in reviews:
        if isinstance(name := source.data.get("image"), str):
            yield Use(name, ("image",), shown=True), source


def _uses_of(record: object) -> Iterator[Use]:
    for place, named in images_of(record):
        image = as_image(named)
        if image.file and not image.remote:
            yield Use(image.file, place, shown=True)
    for place, link in links_of(record):
        if link.startswith(_MEDIA):
            yield Use(link.partition("#")[0], place, shown=False)
    for passage in passages_of(record):
        for found in find_references(passage.text):
            if found.target.startswith(_MEDIA):
                yield Use(found.target.partition("#")[0], passage.place, found.picture, found)
