"""The calculation of prices: a variant's current price, its earlier price, and when a sale ends."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

import msgspec

from storegen.model.clock import Clock
from storegen.model.history import WINDOW, History
from storegen.model.money import Money, rounded, rounded_to_coin
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

    *ends* is the end of the sale, *sale* its id. *then* is the price that follows at *until*, because a sale ends or
    begins; it may have a next price itself. *unproven* is the reason why the history doesn't prove a reduction.
    """

    now: Money
    before: Money | None = None
    percent: int | None = None
    ends: dt.datetime | None = None
    sale: str = ""
    unproven: Unproven | None = None
    until: dt.datetime | None = None
    then: Price | None = None


# The coming prices of a variant that pages know: usually two sales, each with its start and its end.
MOST_CHANGES = 4


def price_of(product: Product, variant: Sellable, pricing: Pricing) -> Price:
    """Return the price of one variant at the clock's time, followed by its coming prices.

    If several sales cover the variant, only the one with the lowest price applies. The reduced price is rounded half
    up to the currency's smallest unit. Without a sale, ``compare_at_price`` is the earlier price.
    """
    covering = tuple(offer for offer in pricing.offers if offer.covers(product))
    price = _price_at(product, variant, covering, pricing)
    coming = [
        each.astimezone(dt.UTC)
        for offer in covering
        for each in (offer.starts, offer.ends)
        if each is not None and not pricing.clock.reached(each)
    ]
    return _followed(product, variant, covering, pricing, price, sorted(set(coming))) if coming else price


def _followed(
    product: Product,
    variant: Sellable,
    covering: Sequence[Offer],
    pricing: Pricing,
    price: Price,
    coming: Sequence[dt.datetime],
) -> Price:
    """Return a price with those that follow it at the *coming* moments."""
    prices = [(pricing.clock.now, price)]
    for moment in coming:
        if len(prices) > MOST_CHANGES:
            break
        charged = [(since, each.now) for since, each in prices]
        at = msgspec.structs.replace(pricing, clock=Clock(moment))
        then = _price_at(product, variant, covering, at, charged)
        if then != prices[-1][1]:
            prices.append((moment, then))
    until, found = prices.pop()
    while prices:
        since, before = prices.pop()
        found = msgspec.structs.replace(before, until=until, then=found)
        until = since
    return found


def _price_at(
    product: Product,
    variant: Sellable,
    covering: Sequence[Offer],
    pricing: Pricing,
    charged: Sequence[tuple[dt.datetime, Money]] = (),
) -> Price:
    """Return the price of a variant at the clock's time. *charged* are the prices between the record and this time."""
    full = rounded(Money(variant.price, product.currency or pricing.currency))
    offered = [(reduced(full, offer), offer) for offer in covering if runs(offer, pricing.clock)]
    if cheaper := [each for each in offered if Decimal(0) <= each[0].amount < full.amount]:
        now, offer = min(cheaper, key=lambda each: (each[0].amount, each[1].id))
        assert offer.starts is not None
        price = Price(now, full, ends=offer.ends, sale=offer.id)
        return _claimed(price, variant.sku, offer.starts, pricing.history, charged)
    if variant.compare_at_price is not None and variant.compare_at_price > variant.price:
        before = rounded(Money(variant.compare_at_price, full.currency))
        # After a lower price, a reduction begins anew, so the earlier price isn't proven.
        kept = pricing.history is not None and all(each == full for _, each in charged)
        begun = pricing.history.begun(variant.sku, full) if pricing.history is not None and kept else None
        return _claimed(Price(full, before), variant.sku, begun, pricing.history)
    return Price(full)


def reduced(full: Money, offer: Offer) -> Money:
    """Return a price reduced by an offer, rounded to the currency's smallest unit."""
    if offer.percent is not None:
        return rounded_to_coin(Money(full.amount * (100 - Decimal(offer.percent)) / 100, full.currency))
    return rounded(Money(full.amount - Decimal(offer.amount or 0), full.currency))


def _claimed(
    price: Price,
    sku: str,
    begun: dt.datetime | None,
    history: History | None,
    charged: Sequence[tuple[dt.datetime, Money]] = (),
) -> Price:
    """Return a reduced price with the earlier price and the percentage that may be shown."""
    before = price.before
    if history is not None:
        before = _lowest_before(sku, begun, history, charged) if begun is not None else None
        if before is None or before.currency != price.now.currency or not price.now < before:
            unrecorded = begun is None or sku not in history.prices
            why: Unproven = "unrecorded" if unrecorded else "young" if before is None else "disproved"
            return msgspec.structs.replace(price, before=None, unproven=why)
    assert before is not None
    return msgspec.structs.replace(price, before=before, percent=_percent(price.now, before))


def _lowest_before(
    sku: str, begun: dt.datetime, history: History, charged: Sequence[tuple[dt.datetime, Money]]
) -> Money | None:
    """Return the lowest price of the 30 days before a reduction, None if it is unknown.

    Prices that are *charged* since the record was written count too. Each one is valid until the next one.
    """
    recorded = history.lowest_before(sku, begun)
    if recorded is None:
        return None
    ends = [since for since, _ in charged[1:]]
    later = (
        [
            price
            for (since, price), until in zip(charged, [*ends, begun], strict=True)
            if since < begun and until > begun - WINDOW and price.currency == recorded.currency
        ]
        if charged
        else []
    )
    return min((recorded, *later), key=lambda price: price.amount)


def _percent(now: Money, before: Money) -> int:
    share = (before.amount - now.amount) * 100 / before.amount
    shown = int(share.quantize(Decimal(1), ROUND_HALF_UP))
    return min(shown, 99) if now.amount else shown  # a price above 0 is never 100 % off
