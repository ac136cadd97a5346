"""Delivery and returns as data: what they cost, how long they take, and what the law calls them."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from storegen.model.line import Line
from storegen.model.record import Record
from storegen.model.scalars import Amount, Count, Country, Day, DayRange, TimeOfDay, Weekdays, Weight


class Step(Record, frozen=True, kw_only=True):
    """What a delivery costs from a weight, a sum or a number of pieces on: exactly one of the three."""

    weight: Weight | None = None
    total: Amount | None = None
    count: Count | None = None
    price: Amount

    @property
    def measures(self) -> tuple[str, ...]:
        """Which of the three are given."""
        return tuple(name for name in ("weight", "total", "count") if getattr(self, name) is not None)


class Method(Record, frozen=True, kw_only=True):
    """One way for a parcel to reach a buyer; *days* are working days in transit.

    It costs *price*, from the heaviest of the *steps* that is reached the price there, and from *free_from* on nothing.
    """

    id: Line
    name: Line
    carrier: Line = ""
    countries: tuple[Country, ...] = ()
    price: Amount
    steps: tuple[Step, ...] = ()
    free_from: Amount | None = None
    days: DayRange
    note: Line = ""

    def cost(self, *, total: Decimal, count: int, weight: Decimal) -> Decimal:
        """Return what it costs to send so much: the *total* of what is sent, the number of pieces, grams."""
        if self.free_from is not None and total >= self.free_from:
            return Decimal(0)
        have = {"total": total, "count": Decimal(count), "weight": weight}
        reached = [step for step in self.steps if have[step.measures[0]] >= getattr(step, step.measures[0])]
        return Decimal(reached[-1].price if reached else self.price)


class Sending(Record, frozen=True, kw_only=True):
    """When parcels leave: orders before *before* on *days* go the same day."""

    before: TimeOfDay
    days: Weekdays = Weekdays((0, 1, 2, 3, 4))
    place: Line = ""


class Delivery(Record, frozen=True, kw_only=True):
    """How the shop delivers; the first method is the one that pages speak of."""

    sending: Sending | None = None
    methods: tuple[Method, ...] = ()
    holidays: tuple[Day, ...] = ()


class Returns(Record, frozen=True, kw_only=True):
    """How long and on what terms a buyer may send things back."""

    days: Count
    fee: Literal["free", "customer"] = "customer"
    free_in: tuple[Country, ...] = ()
    countries: tuple[Country, ...] = ()
    method: Literal["by_mail", "in_store", "at_kiosk"] = "by_mail"
    conditions: str = ""
