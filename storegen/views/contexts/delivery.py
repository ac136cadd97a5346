"""Delivery, returns and tax as pages show them."""

from __future__ import annotations

from storegen.model.money import Money
from storegen.views.contexts.base import Context


class DispatchRule(Context, frozen=True, kw_only=True):
    """The delivery promise as a rule: the build writes a timeless sentence of it, the browser the dates.

    *before* is a time such as ``14:00`` in *zone*; *weekdays* (0 is Monday) are those on which parcels leave; *days*
    are the least and the most working days on the way; *holidays* are ISO dates without work.
    """

    before: str
    weekdays: tuple[int, ...]
    zone: str
    days: tuple[int, int]
    carrier: str = ""
    place: str = ""
    holidays: tuple[str, ...] = ()


class TaxLine(Context, frozen=True, kw_only=True):
    """The tax that prices include or leave out."""

    name: str
    rate: str
    included: bool


class ReturnsLine(Context, frozen=True, kw_only=True):
    """Days to return, where it is free, on what conditions."""

    days: int
    free: bool = False
    free_in: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    fee: str = "customer"
    method: str = "by_mail"
    conditions: str = ""
    page: str = ""


class DeliveryStep(Context, frozen=True, kw_only=True):
    """From a weight in grams, a sum or a number of pieces on, another price."""

    weight: str = ""
    total: Money | None = None
    count: int = 0
    price: Money


class DeliveryLine(Context, frozen=True, kw_only=True):
    """One delivery method as a row."""

    name: str
    carrier: str = ""
    countries: tuple[str, ...] = ()
    price: Money
    steps: tuple[DeliveryStep, ...] = ()
    free_from: Money | None = None
    days: tuple[int, int] | None = None
    note: str = ""
