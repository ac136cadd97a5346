"""The pages with the names of all products."""

from __future__ import annotations

from storegen.views.contexts.base import Context
from storegen.views.contexts.page import Head
from storegen.views.contexts.parts import Link, Pages


class Letter(Context, frozen=True, kw_only=True):
    """A letter of the index. *href* leads to the first name with it, *id* is the place on that page."""

    text: str
    id: str
    href: str


class ProductName(Context, frozen=True, kw_only=True):
    """A product's name and address. *language* is set if the name is in another language than the page."""

    text: str
    href: str
    language: str = ""


class LetterGroup(Context, frozen=True, kw_only=True):
    """The products of one page whose names begin with a letter."""

    letter: Letter
    products: tuple[ProductName, ...]


class ProductListPage(Context, frozen=True, kw_only=True):
    """One of the pages with the names of all products. *letters* are those of all pages."""

    head: Head
    breadcrumbs: tuple[Link, ...]
    title: str
    letters: tuple[Letter, ...]
    groups: tuple[LetterGroup, ...]
    pages: Pages
