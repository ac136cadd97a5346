"""The whole shop as read from its files: one edition a language over facts that all languages share."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from storegen.model.article import Article, CompanyPage, Person
from storegen.model.campaign import Campaign
from storegen.model.category import Category
from storegen.model.clock import Clock
from storegen.model.history import History
from storegen.model.home import Home
from storegen.model.offer import Offer
from storegen.model.payment import PayEntry
from storegen.model.picture import Media
from storegen.model.price import Pricing
from storegen.model.product import Product
from storegen.model.record import Record
from storegen.model.review import Quote, Review
from storegen.model.rows import Row, Rows


class Edition(msgspec.Struct, frozen=True):
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
    offers: Mapping[str, Offer]
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
            "offer": self.offers,
            "home": {"home": self.home},
        }

    @property
    def remote_pictures(self) -> frozenset[str]:
        """The addresses of all pictures that pages show from other hosts."""
        return frozenset(address for rows in self.rows.values() for row in rows.values() for address in row.remote)

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


class Store(msgspec.Struct, frozen=True):
    """A shop's content, immutable; *editions* in the order of the site's languages."""

    editions: Mapping[str, Edition]
    reviews: Rows[tuple[Review, ...]]
    press: tuple[Quote, ...]
    campaigns: tuple[Campaign, ...]
    links: Mapping[str, Mapping[str, PayEntry]]
    media: Mapping[str, Media]
    history: History | None = None
    warnings: tuple[str, ...] = ()

    @property
    def offers(self) -> tuple[Offer, ...]:
        """All offers, in the shop's first language."""
        return tuple(next(iter(self.editions.values())).offers.values())

    def pricing(self, clock: Clock, currency: str) -> Pricing:
        """Return what prices are worked out from."""
        return Pricing(tuple(offer for offer in self.offers if offer.kind == "sale"), clock, currency, self.history)
