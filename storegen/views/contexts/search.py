"""The search page and what it finds."""

from __future__ import annotations

from storegen.views.contexts.base import Context
from storegen.views.contexts.page import Head
from storegen.views.contexts.parts import Link, PriceTag


class SearchResult(Context, frozen=True, kw_only=True):
    """One document as the search shows it: a product as on its card, or a text by its title.

    *picture* is an address with a star for one of *widths*.
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
    """The search page; what stands on it before anything was found, or without JavaScript."""

    head: Head
    breadcrumbs: tuple[Link, ...]
    categories: tuple[Link, ...] = ()
    guides: tuple[Link, ...] = ()
