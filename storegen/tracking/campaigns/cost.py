"""What a click may cost: the margin of a sale, spread over the clicks that it takes."""

from __future__ import annotations

from decimal import ROUND_DOWN, Decimal

import msgspec

from storegen.model.money import Money, price_digits, rounded


class Worth(msgspec.Struct, frozen=True, kw_only=True):
    """A sale's price, its parts, and the *click* that pays for itself at a *conversion* in percent."""

    price: Money
    tax: Money
    cost: Money
    margin: Money
    conversion: Decimal
    click: Money


def worth_of(price: Money, *, rate: Decimal, included: bool, cost: Decimal, conversion: Decimal) -> Worth:
    """Return what a click may cost: (price - tax - cost) × conversion.

    *rate* and *conversion* are percentages. The tax that a price includes is rounded halves up; what a click may cost
    is rounded down, so that it never costs more than it brings. Delivery and fees count if *cost* holds them.
    """
    currency = price.currency
    net = price.amount / (1 + rate / 100) if included else price.amount
    tax = rounded(Money(price.amount - net, currency))
    margin = Money(price.amount - tax.amount - cost, currency)
    digits = Decimal(1).scaleb(-price_digits(currency))
    click = (margin.amount * conversion / 100).quantize(digits, ROUND_DOWN)
    return Worth(
        price=price,
        tax=tax,
        cost=Money(cost, currency),
        margin=margin,
        conversion=conversion,
        click=Money(max(click, click * 0), currency),
    )
