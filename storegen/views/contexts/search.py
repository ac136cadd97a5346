"""The search page and its results."""

from __future__ import annotations

from storegen.views.contexts.base import Context
from storegen.views.contexts.category import CategoryCard
from storegen.views.contexts.facets import Filters
from storegen.views.contexts.page import Head
from storegen.views.contexts.parts import BadgeTag, Card, Link, PriceTag, Rating


class SearchResult(Context, frozen=True, kw_only=True):
    """A search result: a product with the data of its card, or a text with its title.

    *picture* is an address with a star in place of one of *widths*. *stock* is the state of a `Stock`. *when* says when
    it can be sent, for products that are not in stock and for those without a *fact*. *badge* has its text even if it
    is a percentage.
    """

    name: str
    href: str
    language: str = ""
    picture: str = ""
    widths: tuple[int, ...] = ()
    ground: str = ""
    fact: str = ""
    price: PriceTag | None = None
    stock: str = ""
    when: str = ""
    rating: Rating | None = None
    badge: BadgeTag | None = None


class SearchPage(Context, frozen=True, kw_only=True):
    """The search page before any search, and without JavaScript. *popular* are queries."""

    head: Head
    breadcrumbs: tuple[Link, ...]
    popular: tuple[Link, ...] = ()
    categories: tuple[CategoryCard, ...] = ()
    guides: tuple[Link, ...] = ()
    cards: tuple[Card, ...] = ()
    filters: Filters | None = None
