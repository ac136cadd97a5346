"""The total of a cart: the reductions of a shop's offers, calculated in a fixed order.

The theme's cart does the same in themes/default/components/cart/totals.mjs. Both are tested with
tests/vectors/totals.json. The order is: bundles, then add-ons, then volume prices, each sorted by the offer's id. A
piece takes part in one of them only. The visitor's code then applies to the remaining pieces. Each reduction is rounded
half up once, as a sum.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

import msgspec

from storegen.model.clock import Clock
from storegen.model.money import Money, rounded
from storegen.model.offer import Offer, OfferKind, runs

_ORDER: tuple[OfferKind, ...] = ("bundle", "add_on", "volume")
# Kinds whose code reduces a cart.
CODED: tuple[OfferKind, ...] = ("coupon", "first_purchase")


class CartLine(msgspec.Struct, frozen=True):
    """One line of a cart. *offers* are the ids of the offers that apply to its product."""

    product: str
    price: Money
    count: int
    offers: frozenset[str] = frozenset()


class Totals(msgspec.Struct, frozen=True):
    """The total of a cart without delivery, its reductions by offer, and the offers that add free items.

    *free_delivery* are the offers of free delivery that the cart meets, some of them only for certain methods and
    countries (`Offer.frees`).
    """

    pieces: Money
    reductions: tuple[tuple[str, Money], ...]
    total: Money
    free: tuple[str, ...] = ()
    free_delivery: tuple[str, ...] = ()


class _Pieces:
    """The lines of a cart with the pieces that have no reduction yet."""

    def __init__(self, lines: Sequence[CartLine]) -> None:
        self.lines = lines
        self.left = [line.count for line in lines]

    def count(self, products: Iterable[str]) -> int:
        """Return the number of remaining pieces of some products."""
        names = set(products)
        return sum(left for line, left in zip(self.lines, self.left, strict=True) if line.product in names)

    def take(self, products: Iterable[str], count: int) -> Decimal:
        """Remove pieces of some products in the order of the lines. Returns their price."""
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
        """Return the price of the remaining pieces of an offer's products."""
        lines = zip(self.lines, self.left, strict=True)
        return sum((line.price.amount * left for line, left in lines if offer in line.offers), Decimal(0))


def cart_totals(lines: Sequence[CartLine], offers: Iterable[Offer], clock: Clock, *, code: str = "") -> Totals:
    """Return the total of a cart with one or more lines at the clock's time. All prices are in one currency."""
    currency = lines[0].price.currency
    full = sum((line.price.amount * line.count for line in lines), Decimal(0))
    pieces = _Pieces(lines)
    running = sorted((offer for offer in offers if runs(offer, clock)), key=lambda offer: offer.id)
    found = [
        (offer.id, _REDUCE[kind](offer, pieces, currency)) for kind in _ORDER for offer in running if offer.kind == kind
    ]
    after = full - sum(amount for _, amount in found)
    held = [offer for offer in running if _holds(offer, lines, after, code)]
    found += [(offer.id, _off(offer, pieces.cost(offer.id), 1, currency)) for offer in held if offer.kind in CODED]
    reductions = tuple((name, Money(amount, currency)) for name, amount in found if amount)
    total = full - sum(reduction.amount for _, reduction in reductions)
    return Totals(
        Money(full, currency),
        reductions,
        Money(total, currency),
        tuple(offer.id for offer in held if offer.kind in {"gift", "sample"}),
        tuple(offer.id for offer in held if offer.kind == "free_delivery"),
    )


def _holds(offer: Offer, lines: Sequence[CartLine], after: Decimal, code: str) -> bool:
    """Return whether the whole cart meets an offer's conditions. *after* is the cart's sum before codes."""
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
