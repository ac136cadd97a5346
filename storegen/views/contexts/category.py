"""Category pages."""

from __future__ import annotations

from storegen.model.money import Money
from storegen.views.contexts.base import Context
from storegen.views.contexts.facets import Filters
from storegen.views.contexts.page import Head
from storegen.views.contexts.parts import (
    Card,
    FaqLine,
    Link,
    Pages,
    Picture,
    Text,
)


class CategoryCard(Context, frozen=True, kw_only=True):
    """A category with its picture, its number of products and its lowest price."""

    name: str
    href: str
    count: int
    lowest: Money | None = None
    picture: Picture | None = None
    language: str = ""


class CategoryGroup(Context, frozen=True, kw_only=True):
    """A top-level category with its subcategories."""

    category: CategoryCard
    children: tuple[CategoryCard, ...] = ()


class CategoriesPage(Context, frozen=True, kw_only=True):
    """The page of all categories."""

    head: Head
    breadcrumbs: tuple[Link, ...]
    groups: tuple[CategoryGroup, ...]


class EditorialCard(Context, frozen=True, kw_only=True):
    """A card between the products that links to a text."""

    title: str
    text: str
    link: Link
    picture: Picture


class CategoryPage(Context, frozen=True, kw_only=True):
    """A category, or one of its pages. *tile* is the ratio of its pictures, empty for the shop's."""

    head: Head
    breadcrumbs: tuple[Link, ...]
    name: str
    language: str = ""
    summary: str = ""
    text: Text | None = None
    guide: Link | None = None
    children: tuple[CategoryCard, ...] = ()
    cards: tuple[Card, ...] = ()
    columns: int = 4
    tile: str = ""
    filters: Filters | None = None
    editorial: EditorialCard | None = None
    pages: Pages
    faq: tuple[FaqLine, ...] = ()
    extra: dict[str, str] = {}
