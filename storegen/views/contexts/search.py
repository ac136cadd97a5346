"""The search page and its results."""

from __future__ import annotations

from storegen.views.contexts.base import Context
from storegen.views.contexts.page import Head
from storegen.views.contexts.parts import Link, PriceTag


class SearchResult(Context, frozen=True, kw_only=True):
    """A search result: a product with the data of its card, or a text with its title.

    *picture* is an address with a star in place of one of *widths*.
    """

    name: str
    href: str
    language: str = ""
    picture: str = ""
    widths: tuple[int, ...] = ()
    fact: str = ""
    price: PriceTag | None = None
    stock: str = ""


class SearchPage(Context, frozen=True, kw_only=True):
    """The search page before any search, and without JavaScript."""

    head: Head
    breadcrumbs: tuple[Link, ...]
    categories: tuple[Link, ...] = ()
    guides: tuple[Link, ...] = ()
