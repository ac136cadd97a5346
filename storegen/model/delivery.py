"""Delivery and returns: prices, times and the terms that the law requires."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from storegen.model.record import Record
from storegen.model.scalars import Amount, Count, Country, Weight
from storegen.model.text import Inline, Line, TranslatedLine
from storegen.model.times import Day, DayRange, TimeOfDay, Weekdays


class Step(Record, frozen=True, kw_only=True):
    """The price of a delivery from a certain weight, sum or number of pieces. Exactly one of the three is given."""

    EXACTLY_ONE = ("weight", "total", "count")

    weight: Weight | None = None
    """The lowest weight with this price."""
    total: Amount | None = None
    """The lowest sum with this price."""
    count: Count | None = None
    """The lowest number of pieces with this price."""
    price: Amount
    """The price."""


class Method(Record, frozen=True, kw_only=True):
    """A delivery method."""

    id: Line
    """The id, which products use to name the method."""
    name: TranslatedLine
    """The name for visitors."""
    carrier: Line = ""
    """The carrier's name."""
    countries: tuple[Country, ...] = ()
    """The countries of delivery; by default all."""
    price: Amount
    """The price."""
    steps: tuple[Step, ...] = ()
    """Other prices from a certain weight, sum or number of pieces:
    `[{weight: 2 kg, price: 8.90}, {weight: 10 kg, price: 14.90}]`.
    """
    free_from: Amount | None = None
    """Delivery is free from this sum."""
    days: DayRange
    """The delivery time in working days."""
    note: TranslatedLine = ""
    """A line below the name."""

    def cost(self, *, total: Decimal, count: int, weight: Decimal) -> Decimal:
        """Return the price of a delivery with this *total* price, number of pieces and *weight* in grams."""
        if self.free_from is not None and total >= self.free_from:
            return Decimal(0)
        have = {"total": total, "count": Decimal(count), "weight": weight}
        reached = [step for step in self.steps if have[step.given[0]] >= getattr(step, step.given[0])]
        return Decimal(reached[-1].price if reached else self.price)


class Dispatch(Record, frozen=True, kw_only=True):
    """When parcels are sent."""

    before: TimeOfDay
    """Orders before this time are sent on the same day."""
    days: Weekdays = Weekdays((0, 1, 2, 3, 4))
    """The weekdays on which parcels are sent."""
    place: TranslatedLine = ""
    """The place that parcels are sent from."""


class Delivery(Record, frozen=True, kw_only=True):
    """How the shop delivers."""

    FORMER_NAMES = {"sending": "dispatch"}

    dispatch: Dispatch | None = None
    """When parcels are sent."""
    methods: tuple[Method, ...] = ()
    """The delivery methods. Pages show the first one."""
    holidays: tuple[Day, ...] = ()
    """Days on which nothing is sent."""


class Returns(Record, frozen=True, kw_only=True):
    """How long and on what terms a buyer may return products."""

    days: Count
    """The number of days."""
    fee: Literal["free", "customer"] = "customer"
    """Who pays for the return."""
    free_in: tuple[Country, ...] = ()
    """Countries where returns are free, even if `fee` is `customer`."""
    countries: tuple[Country, ...] = ()
    """The countries where these terms apply; by default all."""
    method: Literal["by_mail", "in_store", "at_kiosk"] = "by_mail"
    """How products are returned."""
    conditions: Inline = ""
    """The conditions, such as "unused, in its box"."""
