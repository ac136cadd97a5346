"""The maximum cost per click: the margin of a sale times the conversion rate."""

from __future__ import annotations

from decimal import ROUND_DOWN, Decimal

import msgspec

from storegen.model.money import Money, price_digits, rounded


class Worth(msgspec.Struct, frozen=True, kw_only=True):
    """The parts of a sale's price, and *click*, the maximum cost per click at a *conversion* in percent."""

    price: Money
    tax: Money
    cost: Money
    margin: Money
    conversion: Decimal
    click: Money


def worth_of(price: Money, *, rate: Decimal, included: bool, cost: Decimal, conversion: Decimal) -> Worth:
    """Return the maximum cost per click: (price - tax - cost) × conversion.

    *rate* and *conversion* are percentages. The tax included in a price is rounded half up. The cost per click is
    rounded down, so that a click never costs more than it earns. *cost* should include delivery and fees.
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
