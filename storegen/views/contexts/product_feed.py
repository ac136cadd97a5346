"""The product feed for shopping engines."""

from __future__ import annotations

import datetime as dt

from storegen.views.contexts.base import Context


class FeedDelivery(Context, frozen=True, kw_only=True):
    """The cost of delivery to a country, and its duration in working days if the shop names a day of dispatch."""

    country: str
    service: str
    price: str
    days: tuple[int, int] | None = None


class ProductFeedItem(Context, frozen=True, kw_only=True):
    """A variant in the product feed. Amounts look like ``59.00 EUR``, measures like ``250 g``.

    With a *sale_price*, *price* is the price before the reduction. *available* is the day from which a preorder or
    backorder can be sent. *handling* is the minimum and maximum number of working days until dispatch. *properties* are
    the values that tell the variants of a *group* apart, by schema.org's names: size, color, material, pattern.
    """

    id: str
    title: str
    description: str
    link: str
    pictures: tuple[str, ...] = ()
    availability: str
    available: dt.date | None = None
    price: str
    sale_price: str = ""
    sale_starts: dt.datetime | None = None
    sale_ends: dt.datetime | None = None
    group: str = ""
    brand: str = ""
    gtin: str = ""
    mpn: str = ""
    condition: str = "new"
    product_type: str = ""
    weight: str = ""
    unit: str = ""
    unit_per: str = ""
    properties: dict[str, str] = {}
    handling: tuple[int, int] | None = None
    delivery: FeedDelivery | None = None


class ProductFeed(Context, frozen=True, kw_only=True):
    """The feed for shopping engines in one language."""

    title: str
    description: str
    url: str
    home: str
    items: tuple[ProductFeedItem, ...]
