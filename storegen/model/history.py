"""The price history, by which a shop can prove that an earlier price was really charged.

Directive 98/6/EC, article 6a (as of 2022-05-28): an announced reduction states the lowest price of the 30 days before
the reduction. ECJ C-330/23 of 2024-09-26 (Aldi Süd): a percentage, too, is calculated from that price. The days count
back from the beginning of the reduction, not from today.
"""

from __future__ import annotations

import datetime as dt
import functools
import itertools
from collections.abc import Iterator, Mapping

import msgspec

from storegen.model.money import Money

WINDOW = dt.timedelta(days=30)


class Past(msgspec.Struct, frozen=True, array_like=True):
    """A price and the moment from which it was charged."""

    since: dt.datetime
    price: Money


class Span(msgspec.Struct, frozen=True):
    """A price and the time during which it was charged. *until* is None for the last recorded price."""

    since: dt.datetime
    until: dt.datetime | None
    price: Money


class History(msgspec.Struct, frozen=True, dict=True):
    """The prices of each article number, the oldest first."""

    prices: Mapping[str, tuple[Past, ...]] = {}

    @functools.cached_property
    def began(self) -> dt.datetime | None:
        """When the shop began to record prices."""
        return min((past[0].since for past in self.prices.values() if past), default=None)

    def lowest_before(self, sku: str, begun: dt.datetime) -> Money | None:
        """Return the lowest price of the 30 days before a reduction that began at *begun*, or None if it is unknown.

        The price is known if the record goes back 30 days. It is also known for a new article, which was first recorded
        after the shop began to record prices.
        """
        start = begun - WINDOW
        past = [each for each in self.prices.get(sku, ()) if each.since < begun]
        if not past or (past[0].since > start and past[0].since == self.began):
            return None
        after = [each.price for each in past if each.since > start]
        standing = [each.price for each in past if each.since <= start][-1:]
        return min((*standing, *after), key=lambda price: price.amount)

    def spans(self, sku: str) -> Iterator[Span]:
        """Yield the prices of an article number with their periods, the oldest first."""
        past = self.prices.get(sku, ())
        for each, after in itertools.zip_longest(past, past[1:]):
            yield Span(each.since, after.since if after else None, each.price)

    def begun(self, sku: str, price: Money) -> dt.datetime | None:
        """Return the moment since which an article has cost *price*, or None if the recorded price differs."""
        past = self.prices.get(sku, ())
        return past[-1].since if past and past[-1].price == price else None
