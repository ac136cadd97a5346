"""The whole shop as read from its files: one edition a language over facts that all languages share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from storegen.model.article import Article, CompanyPage, Person
from storegen.model.category import Category
from storegen.model.home import Home
from storegen.model.offer import Offer
from storegen.model.payment import PayEntry
from storegen.model.picture import Media
from storegen.model.product import Product
from storegen.model.record import Record
from storegen.model.review import Quote, Review
from storegen.model.rows import Row, Rows


@dataclass(frozen=True, slots=True)
class Edition:
    """Everything that has words, in one language; what is not translated stands in the shop's first language.

    *rows* are what all of it was made from, by kind and id.
    """

    language: str
    products: Rows[Product]
    categories: Mapping[str, Category]
    guides: Mapping[str, Article]
    posts: Mapping[str, Article]
    pages: Mapping[str, CompanyPage]
    people: Mapping[str, Person]
    home: Home
    rows: Mapping[str, Mapping[str, Row]]

    @property
    def records(self) -> Mapping[str, Mapping[str, Record]]:
        """Everything that has words, by kind and id."""
        return {
            "product": self.products,
            "category": self.categories,
            "guide": self.guides,
            "post": self.posts,
            "page": self.pages,
            "person": self.people,
            "home": {"home": self.home},
        }

    def category_path(self, identity: str) -> str:
        """Return a category's place in addresses: the slugs from the top of the tree down to it."""
        parts: list[str] = []
        names = identity.split("/")
        for depth, name in enumerate(names, start=1):
            category = self.categories.get("/".join(names[:depth]))
            parts.append(category.slug or name if category else name)
        return "/".join(parts)

    def category_named(self, name: str) -> Category | None:
        """Return the category with this id, or the only one whose last part is *name*."""
        if name in self.categories:
            return self.categories[name]
        found = [each for key, each in self.categories.items() if key.rpartition("/")[2] == name]
        return found[0] if len(found) == 1 else None


@dataclass(frozen=True, slots=True)
class Store:
    """A shop's content, immutable; *editions* in the order of the site's languages."""

    editions: Mapping[str, Edition]
    reviews: Rows[tuple[Review, ...]]
    press: tuple[Quote, ...]
    offers: tuple[Offer, ...]
    links: Mapping[str, Mapping[str, PayEntry]]
    media: Mapping[str, Media]
    warnings: tuple[str, ...] = ()
