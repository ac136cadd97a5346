"""Convert the store to outputs, with plain functions of the shop in a fixed order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from storegen.outputs import Output
from storegen.views.articles import articles
from storegen.views.brands import brands
from storegen.views.catalog import Catalog
from storegen.views.category import categories
from storegen.views.company import company
from storegen.views.duty_pages import duty_pages
from storegen.views.endorsements import endorsements
from storegen.views.forms import forms
from storegen.views.home import home
from storegen.views.landing import landings
from storegen.views.markdown_pages import markdown_pages
from storegen.views.offers import offers
from storegen.views.people import people
from storegen.views.product import products
from storegen.views.product_feed import product_feed
from storegen.views.product_list import product_list
from storegen.views.reviews import reviews
from storegen.views.shop import Shop
from storegen.views.site_files import atom_feed
from storegen.views.support import support
from storegen.views.tracking import tracking

View: TypeAlias = Callable[[Shop, Catalog], Iterator[Output]]


def _search(shop: Shop, catalog: Catalog) -> Iterator[Output]:
    if shop.searched:
        from storegen.views.search import search  # noqa: PLC0415 - not every shop is searched

        yield from search(shop, catalog)


SHOP_VIEWS: tuple[View, ...] = (
    home,
    categories,
    products,
    product_list,
    reviews,
    support,
    brands,
    articles,
    offers,
    landings,
    company,
    people,
    endorsements,
    forms,
    duty_pages,
    tracking,
    _search,
    atom_feed,
    product_feed,
    markdown_pages,
)
