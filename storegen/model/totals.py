"""The total of a cart: the reductions of a shop's offers, calculated in a fixed order.

The theme's cart does the same in themes/default/components/cart/totals.mjs. Both are tested with
tests/vectors/totals.json. The order is: bundles, then add-ons, then volume prices, each sorted by the offer's id. The
visitor's code then applies to the remaining pieces. A piece takes part in one reduction only. A percentage is rounded
half up once, as a sum: of a volume price for each product, of other offers for all pieces.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

import msgspec

from storegen.model.clock import Clock
from storegen.model.money import Money, minor_digits, rounded_to_coin
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
    sku: str = ""
    name: str = ""
    choice: str = ""


# Pieces of a cart: (place of the line, number of pieces).
Pieces: TypeAlias = tuple[tuple[int, int], ...]


class Reduction(msgspec.Struct, frozen=True):
    """The reduction by an offer. *parts* are its amounts with the pieces that each is for."""

    offer: str
    amount: Money
    parts: tuple[tuple[Money, Pieces], ...]


class Totals(msgspec.Struct, frozen=True):
    """The total of a cart without delivery, its reductions in their order, and the offers that add free items.

    A piece is in one reduction at most. *free_delivery* are the offers of free delivery that the cart meets, some of
    them only for certain methods and countries (`Offer.frees`).
    """

    pieces: Money
    reductions: tuple[Reduction, ...]
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
        return sum(self.left[place] for place in self._places(products))

    def take(self, products: Iterable[str], count: int) -> Pieces:
        """Remove pieces of some products in the order of the lines."""
        return self._take(self._places(products), count)

    def take_all(self, offer: str) -> Pieces:
        """Remove the remaining pieces of an offer's products."""
        return self._take((place for place, line in enumerate(self.lines) if offer in line.offers), sum(self.left))

    def cost(self, taken: Pieces) -> Decimal:
        """Return the price of pieces without reductions."""
        return sum((self.lines[place].price.amount * count for place, count in taken), Decimal(0))

    def _places(self, products: Iterable[str]) -> list[int]:
        names = set(products)
        return [place for place, line in enumerate(self.lines) if line.product in names]

    def _take(self, places: Iterable[int], count: int) -> Pieces:
        found: Pieces = ()
        for place in places:
            taken = min(count, self.left[place])
            self.left[place] -= taken
            count -= taken
            if taken:
                found += ((place, taken),)
        return found


def cart_totals(lines: Sequence[CartLine], offers: Iterable[Offer], clock: Clock, *, code: str = "") -> Totals:
    """Return the total of a cart with one or more lines at the clock's time. All prices are in one currency."""
    currency = lines[0].price.currency
    full = sum((line.price.amount * line.count for line in lines), Decimal(0))
    pieces = _Pieces(lines)
    running = sorted((offer for offer in offers if runs(offer, clock)), key=lambda offer: offer.id)
    found = [_reduction(offer, pieces, currency) for kind in _ORDER for offer in running if offer.kind == kind]
    after = full - sum(each.amount.amount for each in found)
    held = [offer for offer in running if _holds(offer, lines, after, code)]
    found += [_reduction(offer, pieces, currency) for offer in held if offer.kind in CODED]
    reductions = tuple(each for each in found if each.amount.amount)
    total = full - sum(each.amount.amount for each in reductions)
    return Totals(
        Money(full, currency),
        reductions,
        Money(total, currency),
        tuple(offer.id for offer in held if offer.kind in {"gift", "sample"}),
        tuple(offer.id for offer in held if offer.kind == "free_delivery"),
    )


def _reduction(offer: Offer, pieces: _Pieces, currency: str) -> Reduction:
    parts = tuple((Money(less, currency), taken) for less, taken in _REDUCE[offer.kind](offer, pieces, currency))
    return Reduction(offer.id, Money(sum((less.amount for less, _ in parts), Decimal(0)), currency), parts)


def _holds(offer: Offer, lines: Sequence[CartLine], after: Decimal, code: str) -> bool:
    """Return whether the whole cart meets an offer's conditions. *after* is the cart's sum before codes."""
    if offer.kind in _ORDER or (offer.code and offer.code.lower() != code.strip().lower()):
        return False
    count = sum(line.count for line in lines if offer.id in line.offers)
    return count >= max(1, offer.min_count or 0) and after >= (offer.min_total or 0)


# The reductions by each kind of offer, with the pieces that each is for.
_Found: TypeAlias = list[tuple[Decimal, Pieces]]


def _bundle(offer: Offer, pieces: _Pieces, currency: str) -> _Found:
    sets = min(pieces.count((product,)) for product in offer.products)
    taken = tuple(each for product in offer.products for each in pieces.take((product,), sets))
    cost = pieces.cost(taken)
    if offer.price is not None:
        return [(max(Decimal(0), cost - offer.price * sets), taken)]
    return [(_off(offer, cost, sets, currency), taken)]


def _add_on(offer: Offer, pieces: _Pieces, currency: str) -> _Found:
    bought = sum(line.count for line in pieces.lines if offer.id in line.offers and line.product not in offer.reduced)
    count = min(bought, pieces.count(offer.reduced))
    taken = pieces.take(offer.reduced, count)
    return [(_off(offer, pieces.cost(taken), count, currency), taken)]


def _volume(offer: Offer, pieces: _Pieces, currency: str) -> _Found:
    found = []
    for product in dict.fromkeys(line.product for line in pieces.lines if offer.id in line.offers):
        count = pieces.count((product,))
        reached = [tier for tier in offer.tiers if tier.count <= count]
        if reached:
            taken = pieces.take((product,), count)
            found.append((_share(pieces.cost(taken), reached[-1].percent, currency), taken))
    return found


def _coded(offer: Offer, pieces: _Pieces, currency: str) -> _Found:
    taken = pieces.take_all(offer.id)
    return [(_off(offer, pieces.cost(taken), 1, currency), taken)]


_REDUCE = {"bundle": _bundle, "add_on": _add_on, "volume": _volume, **dict.fromkeys(CODED, _coded)}


def _off(offer: Offer, cost: Decimal, count: int, currency: str) -> Decimal:
    if offer.percent is not None:
        return _share(cost, offer.percent, currency)
    return min(cost, Decimal(offer.amount or 0) * count)


def _share(cost: Decimal, percent: Decimal, currency: str) -> Decimal:
    return rounded_to_coin(Money(cost * Decimal(percent) / 100, currency)).amount


def tax_rows(total: Money, lines: Iterable[tuple[Money, Decimal]], rate: Decimal) -> tuple[tuple[Decimal, Money], ...]:
    """Return the tax that *total* contains, by rate in percent, in the order of the lines.

    *lines* are the prices of lines without reductions, with their rates. Reductions and delivery are split over the
    rates in proportion to them. Each tax is rounded once, half up. *rate* is for a total without a paid line.
    """
    parts: dict[Decimal, Decimal] = {}
    for price, percent in lines:
        parts[percent] = parts.get(percent, Decimal(0)) + price.amount
    every = sum(parts.values(), Decimal(0))
    if not every:
        parts, every = {rate: Decimal(1)}, Decimal(1)
    minor = total.amount.scaleb(minor_digits(total.currency))
    taxes = (
        (percent, Fraction(minor) * Fraction(part) / Fraction(every) * Fraction(percent) / (100 + Fraction(percent)))
        for percent, part in parts.items()
    )
    return tuple(
        (
            percent,
            Money(Decimal(math.floor(tax + Fraction(1, 2))).scaleb(-minor_digits(total.currency)), total.currency),
        )
        for percent, tax in taxes
    )
