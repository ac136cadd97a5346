"""Delivery and returns as data: what they cost, how long they take, and what the law calls them."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from storegen.model.record import Record
from storegen.model.scalars import Amount, Count, Country, Weight
from storegen.model.text import Inline, Line, TranslatedLine
from storegen.model.times import Day, DayRange, TimeOfDay, Weekdays


class Step(Record, frozen=True, kw_only=True):
    """What a delivery costs from a weight, a sum or a number of pieces on: exactly one of the three."""

    EXACTLY_ONE = ("weight", "total", "count")

    weight: Weight | None = None
    """From this weight on."""
    total: Amount | None = None
    """From this sum on."""
    count: Count | None = None
    """From this many pieces on."""
    price: Amount
    """The price."""


class Method(Record, frozen=True, kw_only=True):
    """One way for a parcel to reach a buyer."""

    id: Line
    """The id, by which products name it."""
    name: TranslatedLine
    """The name, as visitors read it."""
    carrier: Line = ""
    """The carrier's name."""
    countries: tuple[Country, ...] = ()
    """The countries that it delivers to; by default all."""
    price: Amount
    """The price."""
    steps: tuple[Step, ...] = ()
    """Other prices, each from a weight, a sum or a number of pieces on:
    `[{weight: 2 kg, price: 8.90}, {weight: 10 kg, price: 14.90}]`."""
    free_from: Amount | None = None
    """It costs nothing from this sum on."""
    days: DayRange
    """Working days on the way."""
    note: TranslatedLine = ""
    """A line below the name."""

    def cost(self, *, total: Decimal, count: int, weight: Decimal) -> Decimal:
        """Return what it costs to send so much: the *total* of what is sent, the number of pieces, grams."""
        if self.free_from is not None and total >= self.free_from:
            return Decimal(0)
        have = {"total": total, "count": Decimal(count), "weight": weight}
        reached = [step for step in self.steps if have[step.given[0]] >= getattr(step, step.given[0])]
        return Decimal(reached[-1].price if reached else self.price)


class Dispatch(Record, frozen=True, kw_only=True):
    """When parcels leave the shop."""

    before: TimeOfDay
    """Orders before this time go the same day."""
    days: Weekdays = Weekdays((0, 1, 2, 3, 4))
    """Weekdays on which parcels leave."""
    place: TranslatedLine = ""
    """Where they leave from."""


class Delivery(Record, frozen=True, kw_only=True):
    """How the shop delivers."""

    FORMER_NAMES = {"sending": "dispatch"}

    dispatch: Dispatch | None = None
    """When parcels leave the shop."""
    methods: tuple[Method, ...] = ()
    """The ways for a parcel to reach a buyer. The first is the one that pages name."""
    holidays: tuple[Day, ...] = ()
    """Days without work."""


class Returns(Record, frozen=True, kw_only=True):
    """How long and on what terms a buyer may send things back."""

    days: Count
    """How many days."""
    fee: Literal["free", "customer"] = "customer"
    """Who pays for sending it back."""
    free_in: tuple[Country, ...] = ()
    """Countries where it is free all the same."""
    countries: tuple[Country, ...] = ()
    """The countries that this holds for; by default all."""
    method: Literal["by_mail", "in_store", "at_kiosk"] = "by_mail"
    """How things come back."""
    conditions: Inline = ""
    """The conditions, such as "unused, in its box"."""
