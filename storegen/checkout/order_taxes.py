"""Verify the taxes that an order names below its total."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from storegen.checkout.order_reading import OrderText
from storegen.config import Tax
from storegen.model.money import Money, sum_text
from storegen.model.totals import tax_rows


def tax_faults(order: OrderText, tax: Tax, classes: Mapping[str, str]) -> Iterator[str]:
    """Yield a fault if an order names other taxes than the shop. An order without taxes is accepted too.

    *classes* are the tax classes by article number.
    """
    expected = list(_taxes(order, tax, classes))
    if order.taxes and expected != [each.money for each in order.taxes]:
        written = ", ".join(map(sum_text, expected)) or "no tax"
        yield f"{'; '.join(each.row for each in order.taxes)}: the shop writes {written}"


def _taxes(order: OrderText, tax: Tax, classes: Mapping[str, str]) -> Iterator[Money]:
    """Yield the taxes in the total. A service has the rate of the line above it."""
    standard = tax.rates.get("standard")
    if standard is None or not tax.included:
        return
    rate, lines = standard, []
    for line in order.lines:
        rate = rate if line.service else tax.rates.get(classes[line.sku], standard)
        lines.append((line.total, rate))
    yield from (each for _, each in tax_rows(order.sums[-1].money, lines, standard) if each.amount)
