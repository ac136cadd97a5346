"""What content/checkout holds about an article: where it is paid, or how a provider's cart treats it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

from storegen.model.record import Record
from storegen.model.scalars import Amount, Count


class PayLink(Record, frozen=True, kw_only=True):
    """Where one article is paid: a *link*, or the *variant* that the provider knows it as.

    *price* is what the provider asks, as the merchant typed it there; the build compares it with the page.
    """

    link: str = ""
    variant: str = ""
    price: Amount | None = None

    @property
    def target(self) -> str:
        return self.link or self.variant


class Subscription(Record, frozen=True, kw_only=True):
    """An article that is charged again: every *count* days, weeks, months or years, after *trial* free days."""

    every: Literal["day", "week", "month", "year"]
    count: Count = Count(1)
    trial: Count = Count(0)


class CartExtras(Record, frozen=True, kw_only=True):
    """What Snipcart's cart is told of an article beyond its file.

    *prices* are sums in further currencies; *download* is the id of a file to be had; *choices* are asked in the cart:
    a list of values, each with a surcharge such as ``box +5.00``, or ``text``.
    """

    prices: Mapping[str, Amount] = {}
    download: str = ""
    subscription: Subscription | None = None
    choices: Mapping[str, str | tuple[str, ...]] = {}


PayEntry: TypeAlias = PayLink | CartExtras
