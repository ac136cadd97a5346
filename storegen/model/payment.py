"""How things are paid: what content/checkout holds about an article, and the account that an order names."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Literal, Self, TypeAlias

from storegen.model.line import Line
from storegen.model.record import Record
from storegen.model.scalars import Amount, Count


class Iban(str):
    """A bank account number with its check digits (ISO 13616: the rest by 97 is 1); kept without spaces."""

    __slots__ = ()

    @property
    def grouped(self) -> str:
        """The number in groups of four, as people read it."""
        return " ".join(self[start : start + 4] for start in range(0, len(self), 4))

    @classmethod
    def parse(cls, text: str, zone: dt.tzinfo) -> Self:
        plain = text.replace(" ", "").upper()
        if not re.fullmatch(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}", plain):
            raise ValueError(f'expected a bank account number like FI21 1234 5600 0007 85, found "{text}"')
        if int("".join(str(int(sign, 36)) for sign in plain[4:] + plain[:4])) % 97 != 1:
            raise ValueError(f'expected a bank account number whose check digits are right, found "{text}"')
        return cls(plain)


class Bic(str):
    """A bank's identifier (ISO 9362): bank and country, place, and where there are several a branch; without spaces."""

    __slots__ = ()

    @classmethod
    def parse(cls, text: str, zone: dt.tzinfo) -> Self:
        plain = text.replace(" ", "").upper()
        if not re.fullmatch(r"[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?", plain):
            raise ValueError(f'expected a BIC of 8 or 11 signs like NDEAFIHH, found "{text}"')
        return cls(plain)


class PayLink(Record, frozen=True, kw_only=True):
    """Where one article is paid: a *link*, or the *variant* that the provider knows it as.

    *price* is what the provider asks, as the merchant typed it there; the build compares it with the page.
    """

    link: Line = ""
    variant: Line = ""
    price: Amount | None = None

    @property
    def target(self) -> str:
        return self.link or self.variant


class Subscription(Record, frozen=True, kw_only=True):
    """An article that is charged again: every *count* days, weeks, months or years, after *trial* free days."""

    every: Literal["day", "week", "month", "year"]
    count: Count = Count(1)
    trial: Count = Count(0)


class CartExtras(Record, frozen=True, kw_only=True):
    """What Snipcart's cart is told of an article beyond its file.

    *prices* are sums in further currencies; *download* is the id of a file to be had; *choices* are asked in the cart:
    a list of values, each with a surcharge such as ``box +5.00``, or ``text``.
    """

    prices: Mapping[Line, Amount] = {}
    download: Line = ""
    subscription: Subscription | None = None
    choices: Mapping[Line, Line | tuple[Line, ...]] = {}


PayEntry: TypeAlias = PayLink | CartExtras
