"""Brands: the page of one, and the list of them."""

from __future__ import annotations

from storegen.views.contexts.base import Context
from storegen.views.contexts.category import CategoryCard
from storegen.views.contexts.page import Head
from storegen.views.contexts.parts import Card, Link, Pages, Picture, Text


class BrandPage(Context, frozen=True, kw_only=True):
    """A brand, or one of the pages of its products. Only the first one has *picture*, *facts* and *text*."""

    head: Head
    breadcrumbs: tuple[Link, ...]
    name: str
    language: str = ""
    summary: str = ""
    site: Link | None = None
    picture: Picture | None = None
    facts: tuple[tuple[str, str], ...] = ()
    text: Text | None = None
    cards: tuple[Card, ...] = ()
    pages: Pages
    extra: dict[str, str] = {}


class BrandListPage(Context, frozen=True, kw_only=True):
    """All listed brands."""

    head: Head
    breadcrumbs: tuple[Link, ...]
    title: str
    brands: tuple[CategoryCard, ...]
