"""Payment data: the entries in content/checkout, and the bank account that an order names."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Literal, Self, TypeAlias

from storegen.model.record import Record
from storegen.model.scalars import Amount, Count, Scalar
from storegen.model.text import Line


class Iban(Scalar, str):
    """A bank account number (IBAN) with its check digits.

    ISO 13616: the remainder by 97 is 1. Stored without spaces.
    """

    __slots__ = ()

    NAME = "bank account"
    PATTERN = r"[A-Za-z]{2}[0-9]{2}[A-Za-z0-9 ]{11,40}"
    EXPECTS = "a bank account number like FI21 1234 5600 0007 85"
    EXAMPLES = ("FI21 1234 5600 0007 85",)

    @property
    def grouped(self) -> str:
        """The number in groups of four for people."""
        return " ".join(self[start : start + 4] for start in range(0, len(self), 4))

    @classmethod
    def parse(cls, text: str, zone: dt.tzinfo) -> Self:
        """Return the number without spaces, in capitals; raises ValueError if its form or check digits are wrong."""
        plain = text.replace(" ", "").upper()
        if not re.fullmatch(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}", plain):
            raise cls.fault(text)
        if int("".join(str(int(sign, 36)) for sign in plain[4:] + plain[:4])) % 97 != 1:
            raise ValueError(f'expected a bank account number whose check digits are right, found "{text}"')
        return cls(plain)


class Bic(Scalar, str):
    """A bank's identifier (BIC) of 8 or 11 characters.

    ISO 9362: bank and country, place, and an optional branch. Stored without spaces.
    """

    __slots__ = ()

    NAME = "bank code"
    PATTERN = r" *([A-Za-z0-9] *){8}(([A-Za-z0-9] *){3})?"
    EXPECTS = "a BIC of 8 or 11 signs like NDEAFIHH"
    EXAMPLES = ("NDEAFIHH",)

    @classmethod
    def parse(cls, text: str, zone: dt.tzinfo) -> Self:
        """Return the code without spaces, in capitals; raises ValueError if its form is wrong."""
        plain = text.replace(" ", "").upper()
        if not re.fullmatch(r"[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?", plain):
            raise cls.fault(text)
        return cls(plain)


class Subscription(Record, frozen=True, kw_only=True):
    """An article that is charged repeatedly."""

    every: Literal["day", "week", "month", "year"]
    """The unit of time."""
    count: Count = Count(1)
    """`2` with `every: week`: every two weeks."""
    trial: Count = Count(0)
    """The number of free days before the first payment."""


class PayLink(Record, frozen=True, kw_only=True):
    """The payment link of one article, or its variant id at the provider."""

    link: Line = ""
    """The payment link, or the id of a button or of a price."""
    variant: Line = ""
    """The provider's own id for the article. For Shopify, UCP and Paddle's prices, in place of `link`."""
    price: Amount | None = None
    """The price at the provider. The page uses the link only while it shows this price."""
    offers: tuple[Line, ...] = ()
    """The ids of offers that the link carries, such as a gift or free delivery. The page uses the link only while
    they run."""
    subscription: Subscription | None = None
    """How often the buyer pays again, as you set it at Stripe: `{every: month}`. Only for Stripe."""

    @property
    def target(self) -> str:
        """The link, or the id that stands for it."""
        return self.link or self.variant


class CartExtras(Record, frozen=True, kw_only=True):
    """Data about an article for Snipcart's cart that is not in the product's file."""

    prices: Mapping[Line, Amount] = {}
    """Prices in other currencies: `{usd: 69.00}`."""
    download: Line = ""
    """The id of the file that buyers download."""
    subscription: Subscription | None = None
    """How often the buyer pays again."""
    choices: Mapping[Line, Line | tuple[Line, ...]] = {}
    """Questions in the cart: `{Engraving: text, Wrapping: [none, box +5.00]}`. `text` is a text field; `+5.00` is a
    surcharge."""


# An article's entry in content/checkout: one link or several with different prices, or its settings.
PayEntry: TypeAlias = tuple[PayLink, ...] | CartExtras
