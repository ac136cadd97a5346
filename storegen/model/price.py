"""The one source of a price: what a variant costs now, what it cost before, and until when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

import msgspec

from storegen.model.clock import Clock
from storegen.model.money import Money, rounded
from storegen.model.offer import Offer
from storegen.model.product import Product, Sellable


class Price(msgspec.Struct, frozen=True):
    """A price as it is charged; *before* and *percent* only where it is reduced."""

    now: Money
    before: Money | None = None
    percent: int | None = None
    ends: dt.datetime | None = None


def price_of(product: Product, variant: Sellable, offers: Iterable[Offer], clock: Clock, *, currency: str) -> Price:
    """Return what one variant costs at the clock's time.

    The running offer with the largest reduction counts; two offers are never added up. The reduced price is
    rounded to the currency's smallest coin, halves up. Without an offer ``compare_at_price`` is the price before.
    """
    full = rounded(Money(variant.price, product.currency or currency))
    running = [offer for offer in offers if offer.covers(product) and runs(offer, clock)]
    if running:
        best = max(running, key=lambda offer: (offer.percent, offer.id))
        now = rounded(Money(full.amount * (100 - Decimal(best.percent)) / 100, full.currency))
        if now < full:  # nothing, and less than half a coin, can't be reduced
            return Price(now, full, _percent(now, full), best.ends)
    if variant.compare_at_price is not None and variant.compare_at_price > variant.price:
        before = rounded(Money(variant.compare_at_price, full.currency))
        return Price(full, before, _percent(full, before))
    return Price(full)


def runs(offer: Offer, clock: Clock) -> bool:
    """Say whether an offer holds at the clock's time."""
    return clock.reached(offer.starts) and not clock.reached(offer.ends)


def _percent(now: Money, before: Money) -> int:
    share = (before.amount - now.amount) * 100 / before.amount
    shown = int(share.quantize(Decimal(1), ROUND_HALF_UP))
    return min(shown, 99) if now.amount else shown  # what costs something is never 100 % off
