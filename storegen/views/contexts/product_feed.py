"""The product feed for shopping engines."""

from __future__ import annotations

import datetime as dt

from storegen.views.contexts.base import Context


class FeedDelivery(Context, frozen=True, kw_only=True):
    """What it costs to send something to a country, and how many working days that takes."""

    country: str
    service: str
    price: str
    least: int
    most: int


class ProductFeedItem(Context, frozen=True, kw_only=True):
    """One variant in the feed for shopping engines; sums are such as ``59.00 EUR``, measures such as ``250 g``.

    *price* is that before a reduction where there is a *sale_price*. *made_in* are the days that making it takes.
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
