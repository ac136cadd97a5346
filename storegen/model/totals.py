"""What a cart costs: the reductions of a shop's offers, worked out in one stated order.

The theme's cart does the same in themes/default/components/cart/totals.mjs; both are tested with
tests/vectors/totals.json. Bundles come first, then add-ons, then volume prices, each by the offer's id: a piece takes
part in one of them only. Then the code that the visitor typed counts, on the pieces that took part in none. Each
reduction is rounded once, as a sum, halves up.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

import msgspec

from storegen.model.clock import Clock
from storegen.model.money import Money, rounded
from storegen.model.offer import Offer, OfferKind, runs

_ORDER: tuple[OfferKind, ...] = ("bundle", "add_on", "volume")
_CODED: tuple[OfferKind, ...] = ("coupon", "first_purchase")


class CartLine(msgspec.Struct, frozen=True):
    """One line of a cart; *offers* are the ids of those that are about its product."""

    product: str
    price: Money
    count: int
    offers: frozenset[str] = frozenset()


class Totals(msgspec.Struct, frozen=True):
    """What a cart costs without delivery, and why: reductions by offer, and what comes free of charge."""

    pieces: Money
    reductions: tuple[tuple[str, Money], ...]
    total: Money
    free: tuple[str, ...] = ()
    free_delivery: bool = False


class _Pieces:
    """The lines of a cart with the pieces that took part in no reduction yet."""

    def __init__(self, lines: Sequence[CartLine]) -> None:
        self.lines = lines
        self.left = [line.count for line in lines]

    def count(self, products: Iterable[str]) -> int:
        """Return how many pieces of some products are left."""
        names = set(products)
        return sum(left for line, left in zip(self.lines, self.left, strict=True) if line.product in names)

    def take(self, products: Iterable[str], count: int) -> Decimal:
        """Take pieces of some products in the order of the lines; returns what they cost."""
        names = set(products)
        cost = Decimal(0)
        for place, line in enumerate(self.lines):
            if line.product in names:
                taken = min(count, self.left[place])
                self.left[place] -= taken
                count -= taken
                cost += line.price.amount * taken
        return cost

    def cost(self, offer: str) -> Decimal:
        """Return what the pieces cost that are left of an offer's products."""
        lines = zip(self.lines, self.left, strict=True)
        return sum((line.price.amount * left for line, left in lines if offer in line.offers), Decimal(0))


def cart_totals(lines: Sequence[CartLine], offers: Iterable[Offer], clock: Clock, *, code: str = "") -> Totals:
    """Return what a cart of one line or more costs at the clock's time; all prices are in one currency."""
    currency = lines[0].price.currency
    full = sum((line.price.amount * line.count for line in lines), Decimal(0))
    pieces = _Pieces(lines)
    running = sorted((offer for offer in offers if runs(offer, clock)), key=lambda offer: offer.id)
    found = [
        (offer.id, _REDUCE[kind](offer, pieces, currency)) for kind in _ORDER for offer in running if offer.kind == kind
    ]
    after = full - sum(amount for _, amount in found)
    held = [offer for offer in running if _holds(offer, lines, after, code)]
    found += [(offer.id, _off(offer, pieces.cost(offer.id), 1, currency)) for offer in held if offer.kind in _CODED]
    reductions = tuple((name, Money(amount, currency)) for name, amount in found if amount)
    total = full - sum(reduction.amount for _, reduction in reductions)
    return Totals(
        Money(full, currency),
        reductions,
        Money(total, currency),
        tuple(offer.id for offer in held if offer.kind in {"gift", "sample"}),
        any(offer.kind == "free_delivery" for offer in held),
    )


def _holds(offer: Offer, lines: Sequence[CartLine], after: Decimal, code: str) -> bool:
    """Say whether the conditions of an offer on the whole cart are met; *after* is its sum before codes."""
    if offer.kind in _ORDER or (offer.code and offer.code.lower() != code.strip().lower()):
        return False
    count = sum(line.count for line in lines if offer.id in line.offers)
    return count >= max(1, offer.min_count or 0) and after >= (offer.min_total or 0)


def _bundle(offer: Offer, pieces: _Pieces, currency: str) -> Decimal:
    sets = min(pieces.count((product,)) for product in offer.products)
    cost = sum((pieces.take((product,), sets) for product in offer.products), Decimal(0))
    if offer.price is not None:
        return max(Decimal(0), cost - offer.price * sets)
    return _off(offer, cost, sets, currency)


def _add_on(offer: Offer, pieces: _Pieces, currency: str) -> Decimal:
    bought = sum(line.count for line in pieces.lines if offer.id in line.offers and line.product not in offer.reduced)
    count = min(bought, pieces.count(offer.reduced))
    return _off(offer, pieces.take(offer.reduced, count), count, currency)


def _volume(offer: Offer, pieces: _Pieces, currency: str) -> Decimal:
    amount = Decimal(0)
    for product in dict.fromkeys(line.product for line in pieces.lines if offer.id in line.offers):
        count = pieces.count((product,))
        reached = [tier for tier in offer.tiers if tier.count <= count]
        if reached:
            amount += _share(pieces.take((product,), count), reached[-1].percent, currency)
    return amount


_REDUCE = {"bundle": _bundle, "add_on": _add_on, "volume": _volume}


def _off(offer: Offer, cost: Decimal, count: int, currency: str) -> Decimal:
    if offer.percent is not None:
        return _share(cost, offer.percent, currency)
    return min(cost, Decimal(offer.amount or 0) * count)


def _share(cost: Decimal, percent: Decimal, currency: str) -> Decimal:
    return rounded(Money(cost * Decimal(percent) / 100, currency)).amount
