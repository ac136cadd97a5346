"""Proving a whole order against the shop: what its offers take off, what comes free, delivery and the total."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

import msgspec

from storegen.checkout.order import OrderLine, read_notes, read_sums, unread_lines
from storegen.config import Config
from storegen.model.clock import Clock
from storegen.model.delivery import Method
from storegen.model.money import Money, sum_text
from storegen.model.offer import Offer
from storegen.model.price import price_of
from storegen.model.product import Product, Sellable, variants_of
from storegen.model.store import Store
from storegen.model.totals import CartLine, Totals, cart_totals


class Sold(msgspec.Struct, frozen=True):
    """An order's line with what the shop sells under its number."""

    line: OrderLine
    product: Product
    variant: Sellable

    @property
    def free(self) -> bool:
        """Whether it costs nothing in the order and something in the shop."""
        return not self.line.price.amount and bool(self.variant.price)

    @property
    def carried(self) -> bool:
        """Whether it goes by parcel."""
        return not (self.product.delivery and self.product.delivery.digital)


class Proof(msgspec.Struct, frozen=True, dict=True):
    """An order held against the shop as it is, at the *clock*'s time, when it was written."""

    lines: Sequence[OrderLine]
    text: str
    store: Store
    configs: Mapping[str, Config]
    clock: Clock

    def faults(self) -> Iterator[str]:
        """Yield what the shop would not have written; an order without sums has only its lines to hold.

        That the sums are those of their parts is for `sum_faults` to say.
        """
        sold = self._sold
        missing = Counter(line.sku for line in self.lines) - Counter(each.line.sku for each in sold)
        yield from (f'no article "{sku}" is in the shop' for sku in missing)
        sums = read_sums(self.text)
        paid = [each for each in sold if not each.free]
        if missing or not sums:
            return
        if not paid:
            yield "all of it is free, and gifts come only with something that is bought"
            return
        offers = [offer for offer in self.store.offers if offer.kind != "sale"]
        cart = [_cart_line(each, offers) for each in paid]
        totals = cart_totals(cart, offers, self.clock, code=_code(self.text, offers))
        yield from _free_faults([each for each in sold if each.free], totals, offers)
        yield from _reduction_faults(sums, totals, offers)
        yield from self._delivery_faults(sums, totals, [each for each in paid if each.carried])

    def notes(self) -> Iterator[str]:
        """Yield which prices were the shop's once and are others now."""
        config = next(iter(self.configs.values()))
        pricing = self.store.pricing(self.clock, config.currency)
        for each in self._sold:
            now = price_of(each.product, each.variant, pricing).now
            if (shown := each.line.price).amount and shown != now:
                once = f"{each.line.sku}: {sum_text(shown)} was the shop's price once"
                yield f"{once}; by its files it is {sum_text(now)}"

    @functools.cached_property
    def _sold(self) -> list[Sold]:
        wanted = {line.sku for line in self.lines}
        products = next(iter(self.store.editions.values())).products.values()
        found = {
            variant.sku: (product, variant)
            for product in products
            for variant in variants_of(product)
            if variant.sku in wanted
        }
        return [Sold(line, *found[line.sku]) for line in self.lines if line.sku in found]

    def _delivery_faults(
        self, sums: Sequence[tuple[str, Money]], totals: Totals, carried: Sequence[Sold]
    ) -> Iterator[str]:
        rows = [(name, money) for name, money in sums[1:-1] if money.amount >= 0]
        methods = next(iter(self.configs.values())).delivery.methods
        if not carried or not methods:
            yield from (f"{name}: {sum_text(money)} is asked, but nothing in it is carried" for name, money in rows)
            return
        if len(rows) != 1:
            yield f"expected one row with the price of delivery, found {len(rows)}"
            return
        name, money = rows[0]
        method = self._method(name, carried)
        if method is None:
            yield f'no way of delivery that all of it may take is called "{name}"'
            return
        weight = sum((Decimal(each.variant.weight or 0) * each.line.count for each in carried), Decimal(0))
        count = sum(each.line.count for each in carried)
        cost = method.cost(total=totals.total.amount, count=count, weight=weight)
        if money.amount != (0 if totals.free_delivery else cost):
            expected = Money(Decimal(0) if totals.free_delivery else cost, money.currency)
            yield f"{name}: {sum_text(money)} is asked, the shop asks {sum_text(expected)}"

    def _method(self, row: str, carried: Sequence[Sold]) -> Method | None:
        """Return the way of delivery that a row names in one of the shop's languages: the longest name counts."""
        may = [set(each.product.delivery.methods) for each in carried if each.product.delivery]
        named = (
            (len(method.name), method.id)
            for config in self.configs.values()
            for method in config.delivery.methods
            if f", {method.name}" in row and all(method.id in names for names in may if names)
        )
        found = max(named, default=None)
        methods = next(iter(self.configs.values())).delivery.methods
        return next((method for method in methods if found and method.id == found[1]), None)


def _cart_line(sold: Sold, offers: Iterable[Offer]) -> CartLine:
    about = frozenset(offer.id for offer in offers if offer.covers(sold.product))
    return CartLine(sold.product.id, sold.line.price, sold.line.count, about)


def _code(text: str, offers: Iterable[Offer]) -> str:
    """Return the code that an order names, empty where it names none of the shop's."""
    notes = {note.lower() for note in read_notes(text)}
    return next((offer.code for offer in offers if offer.code and offer.code.strip().lower() in notes), "")


def _free_faults(free: Iterable[Sold], totals: Totals, offers: Iterable[Offer]) -> Iterator[str]:
    given = [offer for offer in offers if offer.id in totals.free]
    for each in free:
        offer = next((offer for offer in given if each.product.id in {offer.gift, *offer.samples}), None)
        if offer is None or each.line.count != 1:
            yield f"{each.line.count} × {each.line.name} is free in it, and no offer gives that"
        else:
            given.remove(offer)


def _reduction_faults(sums: Sequence[tuple[str, Money]], totals: Totals, offers: Iterable[Offer]) -> Iterator[str]:
    names = {offer.id: offer.name for offer in offers}
    rows = [(name, -money.amount) for name, money in sums if money.amount < 0]
    expected = [(names[offer], money.amount) for offer, money in totals.reductions]
    currency = totals.total.currency
    for name, amount in _without(rows, expected):
        yield f"{name}: {sum_text(Money(-amount, currency))} is not what the shop's offers take off at that time"
    for name, amount in _without(expected, rows):
        yield f"the shop takes off {sum_text(Money(amount, currency))} for {name}, and the order does not say so"


def _without(
    rows: Iterable[tuple[str, Decimal]], others: Iterable[tuple[str, Decimal]]
) -> Iterator[tuple[str, Decimal]]:
    """Yield the rows whose amount is in none of the others; names differ by language."""
    left = Counter(amount for _, amount in others)
    for name, amount in rows:
        if left[amount]:
            left[amount] -= 1
        else:
            yield name, amount


def sum_faults(lines: Sequence[OrderLine], text: str) -> Iterator[str]:
    """Yield which sums of an order are not those of what stands above them, and which lines can't be read."""
    yield from (f"this line can't be read: {row}" for row in unread_lines(text))
    sums = read_sums(text)
    if not sums:
        if len(lines) > 1:
            yield "the sums that stand below the lines of every cart are missing"
        return
    pieces = sum((line.total.amount for line in lines), Decimal(0))
    (first, said), (last, total) = sums[0], sums[-1]
    if said.amount != pieces:
        yield f"{first}: {sum_text(said)}, but the lines come to {sum_text(Money(pieces, said.currency))}"
    parts = sum((money.amount for _, money in sums[:-1]), Decimal(0))
    if len(sums) > 1 and total.amount != parts:
        yield f"{last}: {sum_text(total)}, but what stands above it comes to {sum_text(Money(parts, total.currency))}"
