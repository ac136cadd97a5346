"""Delivery and returns as data: what they cost, how long they take, and what the law calls them."""

from __future__ import annotations

from typing import Literal

from storegen.model.record import Record
from storegen.model.scalars import Amount, Count, Country, Day, DayRange, TimeOfDay, Weekdays


class Method(Record, frozen=True, kw_only=True):
    """One way for a parcel to reach a buyer; *days* are working days in transit."""

    id: str
    name: str
    carrier: str = ""
    countries: tuple[Country, ...] = ()
    price: Amount
    free_from: Amount | None = None
    days: DayRange
    note: str = ""


class Sending(Record, frozen=True, kw_only=True):
    """When parcels leave: orders before *before* on *days* go the same day."""

    before: TimeOfDay
    days: Weekdays = Weekdays((0, 1, 2, 3, 4))
    place: str = ""


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
