"""The calculation of prices: a variant's current price, its earlier price, and when a sale ends."""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

import msgspec

from storegen.model.clock import Clock
from storegen.model.history import History
from storegen.model.money import Money, rounded
from storegen.model.offer import Offer, runs
from storegen.model.product import Product, Sellable


class Pricing(msgspec.Struct, frozen=True):
    """Everything except the product that a price depends on. *offers* are the shop's sales.

    With a *history*, an earlier price or a percentage is shown only if the history proves it.
    """

    offers: tuple[Offer, ...]
    clock: Clock
    currency: str
    history: History | None = None


# The reasons: the current price is not recorded; the record does not go back far enough; it shows no reduction.
Unproven = Literal["unrecorded", "young", "disproved"]


class Price(msgspec.Struct, frozen=True):
    """The price that is charged. *before* and *percent* are set only for a reduction that may be shown.

    *ends* is the end of the sale, *then* the price after it, *sale* the id of the sale. *unproven* is the reason why
    the history doesn't prove a reduction.
    """

    now: Money
    before: Money | None = None
    percent: int | None = None
    ends: dt.datetime | None = None
    then: Money | None = None
    sale: str = ""
    unproven: Unproven | None = None


def price_of(product: Product, variant: Sellable, pricing: Pricing) -> Price:
    """Return the price of one variant at the clock's time.

    If several sales cover the variant, only the one with the lowest price applies. The reduced price is rounded half
    up to the currency's smallest unit. Without a sale, ``compare_at_price`` is the earlier price.
    """
    full = rounded(Money(variant.price, product.currency or pricing.currency))
    running = [offer for offer in pricing.offers if offer.covers(product) and runs(offer, pricing.clock)]
    offered = [(reduced(full, offer), offer) for offer in running]
    if cheaper := [each for each in offered if Decimal(0) <= each[0].amount < full.amount]:
        now, offer = min(cheaper, key=lambda each: (each[0].amount, each[1].id))
        assert offer.ends is not None
        assert offer.starts is not None
        price = Price(now, full, ends=offer.ends, then=full, sale=offer.id)
        return _claimed(price, variant.sku, offer.starts, pricing.history)
    if variant.compare_at_price is not None and variant.compare_at_price > variant.price:
        before = rounded(Money(variant.compare_at_price, full.currency))
        begun = pricing.history.begun(variant.sku, full) if pricing.history is not None else None
        return _claimed(Price(full, before), variant.sku, begun, pricing.history)
    return Price(full)


def reduced(full: Money, offer: Offer) -> Money:
    """Return a price reduced by an offer, rounded to the currency's smallest unit."""
    if offer.percent is not None:
        return rounded(Money(full.amount * (100 - Decimal(offer.percent)) / 100, full.currency))
    return rounded(Money(full.amount - Decimal(offer.amount or 0), full.currency))


def _claimed(price: Price, sku: str, begun: dt.datetime | None, history: History | None) -> Price:
    """Return a reduced price with the earlier price and the percentage that may be shown."""
    before = price.before
    if history is not None:
        before = history.lowest_before(sku, begun) if begun is not None else None
        if before is None or before.currency != price.now.currency or not price.now < before:
            unrecorded = begun is None or sku not in history.prices
            why: Unproven = "unrecorded" if unrecorded else "young" if before is None else "disproved"
            return msgspec.structs.replace(price, before=None, unproven=why)
    assert before is not None
    return msgspec.structs.replace(price, before=before, percent=_percent(price.now, before))


def _percent(now: Money, before: Money) -> int:
    share = (before.amount - now.amount) * 100 / before.amount
    shown = int(share.quantize(Decimal(1), ROUND_HALF_UP))
    return min(shown, 99) if now.amount else shown  # a price above 0 is never 100 % off
