"""The whole content of a shop: one part per language, and facts that all languages share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from storegen.errors import Problem
from storegen.model.article import Article, CompanyPage, Person
from storegen.model.brand import Brand
from storegen.model.campaign import Campaign
from storegen.model.category import Category
from storegen.model.clip import player_of
from storegen.model.clock import Clock
from storegen.model.comment import Comment
from storegen.model.endorsement import Endorsement
from storegen.model.history import History
from storegen.model.home import Home
from storegen.model.landing import Landing
from storegen.model.market import HOME
from storegen.model.offer import Offer
from storegen.model.payment import PayEntry
from storegen.model.picture import Media
from storegen.model.price import Pricing
from storegen.model.product import Product
from storegen.model.review import Review
from storegen.model.rows import Row, Rows
from storegen.model.search_words import SearchWords
from storegen.model.sections import Addresses


class LocalizedContent(msgspec.Struct, frozen=True):
    """All records with ids in one language. Records without a translation are in the shop's first language.

    *records* are by content type and id. *rows* are the facts about each record that are known without decoding it.
    *addresses* are those of the pages in this language.
    *market* and *currency* are those of the language. *history* is the price history in this market.
    """

    language: str
    addresses: Addresses
    records: Mapping[str, Mapping[str, Any]]
    rows: Mapping[str, Mapping[str, Row]]
    market: str = HOME
    currency: str = ""
    history: History | None = None

    def pricing(self, clock: Clock) -> Pricing:
        """Return the data for calculating prices in this market."""
        sales = tuple(offer for offer in self.offers.values() if offer.kind == "sale")
        return Pricing(sales, clock, self.currency, self.history)

    @property
    def products(self) -> Rows[Product]:
        """The products by id. Each is decoded on access."""
        products: Rows[Product] = self.records["product"]  # type: ignore[assignment]
        return products

    @property
    def categories(self) -> Mapping[str, Category]:
        """The categories by id."""
        return self.records["category"]

    @property
    def guides(self) -> Mapping[str, Article]:
        """The guides by id, including future ones."""
        return self.records["guide"]

    @property
    def posts(self) -> Mapping[str, Article]:
        """The blog posts by id, including future ones."""
        return self.records["post"]

    @property
    def pages(self) -> Mapping[str, CompanyPage]:
        """The company pages by id."""
        return self.records["page"]

    @property
    def people(self) -> Mapping[str, Person]:
        """The people by id."""
        return self.records["person"]

    @property
    def brands(self) -> Mapping[str, Brand]:
        """The brands with a page, by id."""
        return self.records["brand"]

    @property
    def endorsements(self) -> Mapping[str, Endorsement]:
        """What others say of the shop, by id, including what has expired."""
        return self.records["endorsement"]

    @property
    def offers(self) -> Mapping[str, Offer]:
        """The offers by id."""
        return self.records["offer"]

    @property
    def landings(self) -> Mapping[str, Landing]:
        """The lead pages by id."""
        return self.records["landing"]

    @property
    def home(self) -> Home:
        """The home page. It is empty if the shop has no file for it."""
        home: Home | None = self.records["home"].get("home")
        return home or Home(id="home", file="content/pages/home.yaml", language=self.language)

    @property
    def remote(self) -> frozenset[str]:
        """The addresses of all pictures and videos on other hosts."""
        return frozenset(address for rows in self.rows.values() for row in rows.values() for address in row.remote)

    def slug_path(self, kind: str, identity: str) -> str:
        """Return the part of a page's address after the type's prefix. In a tree, all slugs from the top down."""
        rows = self.rows[kind]
        parts: list[str] = []
        names = identity.split("/")
        for depth, name in enumerate(names, start=1):
            row = rows.get("/".join(names[:depth]))
            parts.append(row.slug or name if row else name)
        return "/".join(parts)

    def category_named(self, name: str) -> Category | None:
        """Return the category with the id *name*, or the only category whose last part is *name*."""
        if name in self.categories:
            return self.categories[name]
        found = [each for key, each in self.categories.items() if key.rpartition("/")[2] == name]
        return found[0] if len(found) == 1 else None


class Store(msgspec.Struct, frozen=True):
    """A shop's immutable content.

    *localized* is by language, in the order of the site's languages. *comments* are by article, such as ``guide:care``.
    *search* are the search's words, by language.

    *redirects* are the references to new pages by old address. *sales* are the pieces sold of each article number.

    *withheld* are the addresses of drafts that something links to. No page links there.
    """

    localized: Mapping[str, LocalizedContent]
    reviews: Rows[tuple[Review, ...]]
    links: Mapping[str, Mapping[str, PayEntry]]
    media: Mapping[str, Media]
    comments: Mapping[str, tuple[Comment, ...]] = {}
    warnings: tuple[str, ...] = ()
    placeholders: tuple[Problem, ...] = ()
    redirects: Mapping[str, str] = {}
    sales: Mapping[str, int] = {}
    search: Mapping[str, SearchWords] = {}
    withheld: frozenset[str] = frozenset()

    @property
    def remote(self) -> frozenset[str]:
        """The addresses of all pictures and videos on other hosts, those of reviews included."""
        of_reviews = (address for row in self.reviews.rows.values() for address in row.remote)
        return frozenset(of_reviews).union(*(content.remote for content in self.localized.values()))

    @property
    def remote_pictures(self) -> frozenset[str]:
        """The addresses of all pictures on other hosts."""
        return frozenset(address for address in self.remote if not player_of(address))

    @property
    def players(self) -> frozenset[str]:
        """The addresses of all players of videos on other hosts."""
        return frozenset(player for address in self.remote if (player := player_of(address)))

    @property
    def offers(self) -> tuple[Offer, ...]:
        """All offers, in the shop's first language."""
        return tuple(self.home.offers.values())

    @property
    def campaigns(self) -> tuple[Campaign, ...]:
        """All campaigns. They are the same in every language."""
        return tuple(self.home.records["campaign"].values())

    @property
    def home(self) -> LocalizedContent:
        """The content in the shop's first language, which is one of the home market."""
        return next(iter(self.localized.values()))
