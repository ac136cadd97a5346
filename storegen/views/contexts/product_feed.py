"""The product feed for shopping engines."""

from __future__ import annotations

import datetime as dt

from storegen.views.contexts.base import Context


class FeedDelivery(Context, frozen=True, kw_only=True):
    """The cost of delivery to a country, and its duration in working days."""

    country: str
    service: str
    price: str
    least: int
    most: int


class ProductFeedItem(Context, frozen=True, kw_only=True):
    """A variant in the product feed. Amounts look like ``59.00 EUR``, measures like ``250 g``.

    With a *sale_price*, *price* is the price before the reduction. *made_in* is the production time in days.
    """

    id: str
    title: str
    description: str
    link: str
    pictures: tuple[str, ...] = ()
    availability: str
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
    made_in: int = 0
    delivery: FeedDelivery | None = None


class ProductFeed(Context, frozen=True, kw_only=True):
    """The feed for shopping engines in one language."""

    title: str
    description: str
    url: str
    home: str
    items: tuple[ProductFeedItem, ...]
