"""Which files below content/media a shop uses, and where, so that a broken one names its use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from storegen.config import Config
from storegen.errors import Problem
from storegen.load.sources import line_of
from storegen.model.article import CompanyPage, Person
from storegen.model.home import Home
from storegen.model.picture import Image, as_image
from storegen.model.product import Product
from storegen.model.store import Edition, Store
from storegen.references import find_references
from storegen.yaml import Place


@dataclass(frozen=True, slots=True)
class Use:
    """A place in content that names a file of content/media."""

    file: str
    place: Place = ()

    def problem(self, site: Path, media: str, message: str) -> Problem:
        """Return what is wrong with the file as a mistake at the place that uses it."""
        return Problem(
            self.file, line_of(site, self.file, self.place), ".".join(map(str, self.place)), f"{media}: {message}"
        )


def media_uses(store: Store, configs: Mapping[str, Config]) -> dict[str, Use]:
    """Return the files named anywhere, each with its first use."""
    found: dict[str, Use] = {}
    for config in configs.values():
        for key in ("logo", "icon", "share_image"):
            if name := getattr(config.theme, key):
                found.setdefault(name, Use("site.yaml", ("theme", key)))
    for edition in store.editions.values():
        for name, use in _edition_uses(edition):
            if not name.startswith(("http://", "https://")):
                found.setdefault(name, use)
    for reviews in store.reviews.values():
        for review in reviews:
            if review.image:
                found.setdefault(review.image, Use("content/reviews"))
    return found


def _edition_uses(edition: Edition) -> Iterator[tuple[str, Use]]:
    for product in edition.products.values():
        yield from _product_uses(product)
    for category in edition.categories.values():
        yield from _image(category.image, category.file, "image")
        if category.editorial:
            yield from _image(category.editorial.image, category.file, "editorial", "image")
        yield from _text_uses(category.body, category.file)
    for article in (*edition.guides.values(), *edition.posts.values()):
        yield from _image(article.image, article.file, "image")
        yield from _text_uses(article.body, article.file)
        for number, note in enumerate(article.notes):
            if note.link.startswith("media/"):
                yield note.link, Use(article.file, ("notes", number, "link"))
    described: tuple[CompanyPage | Person, ...] = (*edition.pages.values(), *edition.people.values())
    for record in described:
        yield from _image(record.image, record.file, "image")
        yield from _text_uses(record.body, record.file)
    yield from _home_uses(edition.home)


def _product_uses(product: Product) -> Iterator[tuple[str, Use]]:
    for number, image in enumerate(product.pictures):
        yield image.file, Use(product.file, ("images", number))
    for number, variant in enumerate(product.variants):
        if variant.image:
            yield variant.image, Use(product.file, ("variants", number, "image"))
    yield from _text_uses(product.description, product.file)


def _home_uses(home: Home) -> Iterator[tuple[str, Use]]:
    for number, section in enumerate(home.sections):
        for key in ("hero", "guides", "place"):
            if part := getattr(section, key):
                yield from _image(part.image, home.file, "sections", number, key, "image")
        if section.prose:
            yield from _text_uses(section.prose.text, home.file)


def _image(image: str | Image | None, file: str, *place: str | int) -> Iterator[tuple[str, Use]]:
    if image is not None:
        yield as_image(image).file, Use(file, place)


def _text_uses(text: str, file: str) -> Iterator[tuple[str, Use]]:
    for found in find_references(text):
        if found.target.startswith("media/"):
            yield found.target.partition("#")[0], Use(file)
