"""Delivery, returns and tax for display."""

from __future__ import annotations

import datetime as dt

from storegen.model.money import Money
from storegen.views.contexts.base import Context


class DispatchRule(Context, frozen=True, kw_only=True):
    """The delivery promise as a rule. The build writes a sentence without dates, the browser adds the dates.

    *before* is a time such as ``14:00`` in *zone*. *weekdays* (0 is Monday) are the days on which parcels are
    dispatched. *days* are the minimum and maximum working days in transit. *holidays* are ISO dates of non-working
    days.
    """

    before: str
    weekdays: tuple[int, ...]
    zone: str
    days: tuple[int, int]
    carrier: str = ""
    holidays: tuple[str, ...] = ()


class TaxLine(Context, frozen=True, kw_only=True):
    """The tax that prices include or exclude."""

    name: str
    rate: str
    included: bool


class ReturnsLine(Context, frozen=True, kw_only=True):
    """The return period in days, free returns and the conditions.

    They are *free* from all countries, or from those in *free_in*.
    """

    days: int
    free: bool = False
    free_in: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    fee: str = "customer"
    method: str = "by_mail"
    conditions: str = ""
    page: str = ""


class DeliveryStep(Context, frozen=True, kw_only=True):
    """A delivery price from a weight in grams, an order total or a number of pieces on."""

    weight: str = ""
    total: Money | None = None
    count: int = 0
    price: Money


class SurchargeLine(Context, frozen=True, kw_only=True):
    """A surcharge for postcodes in a country, as ranges, beginnings with ``*`` or single ones."""

    name: str = ""
    country: str
    postcodes: tuple[str, ...]
    price: Money


class DeliveryLine(Context, frozen=True, kw_only=True):
    """A delivery method as a table row. An offer makes it free until *ends*; *then* is the price after that."""

    name: str
    carrier: str = ""
    countries: tuple[str, ...] = ()
    price: Money
    steps: tuple[DeliveryStep, ...] = ()
    free_from: Money | None = None
    days: tuple[int, int] | None = None
    max_weight: str = ""
    surcharges: tuple[SurchargeLine, ...] = ()
    note: str = ""
    ends: dt.datetime | None = None
    then: Money | None = None
