"""Money: a decimal amount with its currency, and the rounding that a shop's prices use."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal

import msgspec

# ISO 4217 minor units that differ from 2 (list of 2024-06-25).
_EXPONENTS = {
    **dict.fromkeys("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(), 0),
    **dict.fromkeys("BHD IQD JOD KWD LYD OMR TND".split(), 3),
    **dict.fromkeys("CLF UYW".split(), 4),
}
# Shops use whole amounts in these currencies, though payments have two decimals (CLDR 47, cash digits).
_WHOLE = frozenset("COP HUF IDR MGA TWD".split())
# Cards can be charged only amounts that end in 0 (docs.stripe.com/currencies, read in copies of 2022).
_TENS = frozenset("BHD JOD KWD OMR TND".split())
_WIDE = Context(prec=64)


class Money(msgspec.Struct, frozen=True):
    """An amount in a currency. It is a Decimal, never a float."""

    amount: Decimal
    currency: str

    def __add__(self, other: Money) -> Money:
        _same(self, other)
        return Money(self.amount + other.amount, self.currency)

    def __mul__(self, count: int) -> Money:
        return Money(self.amount * count, self.currency)

    def __lt__(self, other: Money) -> bool:
        _same(self, other)
        return self.amount < other.amount


def minor_digits(currency: str) -> int:
    """Return the number of decimals of a payment in *currency* (ISO 4217)."""
    return _EXPONENTS.get(currency, 2)


def price_digits(currency: str) -> int:
    """Return the number of decimals of a price in *currency*. Shops charge the price that they show."""
    return 0 if currency in _WHOLE else minor_digits(currency)


def coin_digits(currency: str) -> int:
    """Return the number of decimals of an amount that is calculated, such as a reduced price."""
    return price_digits(currency) - (currency in _TENS)


def coin(currency: str) -> int:
    """Return the smallest amount that is calculated, in minor units (ISO 4217)."""
    return int(10 ** (minor_digits(currency) - coin_digits(currency)))


def rounded(money: Money) -> Money:
    """Round half up to the smallest unit that shops use in prices."""
    return Money(_quantized(money.amount, price_digits(money.currency)), money.currency)


def rounded_to_coin(money: Money) -> Money:
    """Round a calculated amount half up."""
    return Money(_quantized(money.amount, coin_digits(money.currency)), money.currency)


def decimal_text(money: Money) -> str:
    """Return the amount for machines, with a point and the currency's decimals: ``59.00``."""
    return format(_quantized(money.amount, minor_digits(money.currency)), "f")


def minor_amount(money: Money) -> int:
    """Return the amount in minor units of its currency (ISO 4217): 5900 for 59 euros."""
    return int(money.amount.scaleb(minor_digits(money.currency)))


def sum_text(money: Money) -> str:
    """Return the amount as `decimal_text` does, with its currency: ``59.00 EUR``."""
    return f"{decimal_text(money)} {money.currency}"


def _quantized(amount: Decimal, digits: int) -> Decimal:
    return amount.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP, _WIDE)


def _same(one: Money, other: Money) -> None:
    if one.currency != other.currency:
        raise ValueError(f"{one.currency} and {other.currency} can't be compared or added")
