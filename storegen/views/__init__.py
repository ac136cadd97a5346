"""The store to outputs: plain functions of the shop, in one explicit order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from storegen.outputs import Output
from storegen.views.articles import articles
from storegen.views.category import categories
from storegen.views.company import company
from storegen.views.home import home
from storegen.views.machines import feeds
from storegen.views.merchant import merchant
from storegen.views.offers import offers
from storegen.views.product import products
from storegen.views.shelf import Shelf
from storegen.views.shop import Shop
from storegen.views.tracking import tracking

View: TypeAlias = Callable[[Shop, Shelf], Iterator[Output]]


def _feeds(shop: Shop, shelf: Shelf) -> Iterator[Output]:
    return feeds(shop)


def _search(shop: Shop, shelf: Shelf) -> Iterator[Output]:
    if shop.searched:
        from storegen.views.search import search  # noqa: PLC0415 - not every shop is searched

        yield from search(shop, shelf)


SHOP_VIEWS: tuple[View, ...] = (
    home,
    categories,
    products,
    articles,
    offers,
    company,
    tracking,
    _search,
    _feeds,
    merchant,
)
