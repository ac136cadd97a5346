"""Filters of a list of products."""

from __future__ import annotations

from typing import Literal

from storegen.views.contexts.base import Context
from storegen.views.contexts.parts import Card

Order = Literal["sales", "new", "rating", "price", "-price"]


class FacetValue(Context, frozen=True, kw_only=True):
    """A value to filter by. *key* stands in addresses, such as ``17`` in ``?size=17``. *href* is its own page."""

    key: str
    label: str
    href: str = ""


class Facet(Context, frozen=True, kw_only=True):
    """A filter with its values in order. *single* says that it has only one, such as "In stock"."""

    key: str
    label: str
    values: tuple[FacetValue, ...]
    single: bool = False


class Filters(Context, frozen=True, kw_only=True):
    """The filters and orders of a list. *href* is the address of the list, *file* that of the data for the script.

    The file of a *late* list is so large that it is loaded only when the visitor begins to filter or sort.
    """

    href: str
    file: str
    facets: tuple[Facet, ...]
    orders: tuple[Order, ...] = ()
    late: bool = False


class CardsPage(Context, frozen=True, kw_only=True):
    """Some cards of a category, for the script that shows the products that fit. *back* is as for a list of cards."""

    cards: tuple[Card, ...]
    back: str = ""
