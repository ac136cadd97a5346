"""The rows of a payment: a cart's lines with their reductions, so that the rows add up to the total.

Payment services accept no negative rows, so each reduction is divided among the pieces that it reduces. The theme
does the same in themes/default/components/cart/charge.mjs. Both are tested with tests/vectors/totals.json.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

import msgspec

from storegen.model.money import Money
from storegen.model.totals import CartLine, Totals, split

# Stripe Checkout accepts 100 rows of one payment (docs.stripe.com/api/checkout/sessions, 2026-11).
MOST_ROWS = 100


class ChargeLine(msgspec.Struct, frozen=True):
    """A row of a payment. *unit* is the price of one piece, 0 or more. *note* names the offer that reduces it."""

    sku: str
    name: str
    choice: str
    unit: Money
    count: int
    note: str = ""


def charge_lines(
    lines: Sequence[CartLine],
    totals: Totals,
    names: Mapping[str, str],
    *,
    gifts: Sequence[tuple[str, CartLine]] = (),
    most: int = MOST_ROWS,
) -> list[ChargeLine]:
    """Return the rows of a payment. Their sum is the cart's total without delivery.

    *names* are the offers' names by id, *gifts* the free articles with the ids of their offers. A line whose pieces
    have different prices becomes several rows. If that makes more than *most* rows, each line is one row again: one
    piece at the sum of the line, with the numbers of pieces in its name. If there are still too many, the last row is
    the sum of the rest.
    """
    groups = [list(_rows(place, line, totals, names)) for place, line in enumerate(lines)]
    given = [ChargeLine(gift.sku, gift.name, gift.choice, gift.price * 0, 1, names[offer]) for offer, gift in gifts]
    rows = [row for group in groups for row in group] + given
    if len(rows) > most:
        rows = [_joined(group) for group in groups] + given
    return rows if len(rows) <= most else [*rows[: most - 1], _joined(rows[most - 1 :])]


def _rows(place: int, line: CartLine, totals: Totals, names: Mapping[str, str]) -> Iterator[ChargeLine]:
    parts = [
        (count, less, names[each.offer]) for each in totals.reductions for at, count, less in each.pieces if at == place
    ]
    left = line.count - sum(count for count, _, _ in parts)
    if left:
        yield ChargeLine(line.sku, line.name, line.choice, line.price, left)
    for count, less, note in parts:
        units = [line.price.amount - each.amount for each in split(less, [line.price] * count)]
        for unit in dict.fromkeys(units):
            money = Money(unit, line.price.currency)
            yield ChargeLine(line.sku, line.name, line.choice, money, units.count(unit), note)


def _joined(rows: Sequence[ChargeLine]) -> ChargeLine:
    """Return one row for several: one piece at their sum."""
    if len(rows) == 1:
        return rows[0]
    names = (f"{row.count} × {', '.join(filter(None, (row.name, row.choice)))}" for row in rows)
    total = sum((row.unit.amount * row.count for row in rows), Decimal(0))
    return ChargeLine(
        ", ".join(dict.fromkeys(row.sku for row in rows)),
        "; ".join(names),
        "",
        Money(total, rows[0].unit.currency),
        1,
        ", ".join(dict.fromkeys(row.note for row in rows if row.note)),
    )
