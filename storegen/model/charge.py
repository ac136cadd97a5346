"""The rows of a payment: a cart's lines with their reductions, so that the rows add up to the total.

Payment services accept no negative rows, so each reduction is divided among the pieces that it reduces. The theme
does the same in themes/default/components/cart/charge.mjs. Both are tested with tests/vectors/totals.json.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

import msgspec

from storegen.model.money import Money, coin, minor_digits
from storegen.model.totals import CartLine, Reduction, Totals

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


class _Part(msgspec.Struct, frozen=True):
    """The pieces of a line that an offer reduces, and their reduction."""

    place: int
    count: int
    less: Money
    note: str


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
    parts = [part for each in totals.reductions for part in _parts(lines, each, names[each.offer])]
    groups = [list(_rows(place, line, parts)) for place, line in enumerate(lines)]
    given = [ChargeLine(gift.sku, gift.name, gift.choice, gift.price * 0, 1, names[offer]) for offer, gift in gifts]
    rows = [row for group in groups for row in group] + given
    if len(rows) > most:
        rows = [_joined(group) for group in groups] + given
    return rows if len(rows) <= most else [*rows[: most - 1], _joined(rows[most - 1 :])]


def _rows(place: int, line: CartLine, parts: Sequence[_Part]) -> Iterator[ChargeLine]:
    own = [part for part in parts if part.place == place]
    left = line.count - sum(part.count for part in own)
    if left:
        yield ChargeLine(line.sku, line.name, line.choice, line.price, left)
    for part in own:
        units = [line.price.amount - each.amount for each in split(part.less, [line.price] * part.count)]
        for unit in dict.fromkeys(units):
            money = Money(unit, line.price.currency)
            yield ChargeLine(line.sku, line.name, line.choice, money, units.count(unit), part.note)


def _parts(lines: Sequence[CartLine], reduction: Reduction, note: str) -> Iterator[_Part]:
    """Yield the reductions of each line by an offer."""
    for amount, pieces in reduction.parts:
        shares = split(amount, [lines[place].price * count for place, count in pieces])
        for (place, count), less in zip(pieces, shares, strict=True):
            yield _Part(place, count, less, note)


def split(amount: Money, costs: Sequence[Money]) -> tuple[Money, ...]:
    """Divide *amount* in proportion to *costs*, by largest remainder in the smallest unit that shops use in prices.

    The parts add up to the amount, and no part is above its cost if the amount is not above the sum of the costs.
    """
    payment, smallest = minor_digits(amount.currency), coin(amount.currency)
    whole, *parts = (int(each.amount.scaleb(payment)) for each in (amount, *costs))
    every = sum(parts) or 1
    unit = smallest if all(each % smallest == 0 for each in (whole, *parts)) else 1
    shares = [divmod(whole // unit * part, every) for part in parts]
    more = whole // unit - sum(share for share, _ in shares)
    first = set(sorted(range(len(parts)), key=lambda place: -shares[place][1])[:more])
    return tuple(
        Money(Decimal((share + (place in first)) * unit).scaleb(-payment), amount.currency)
        for place, (share, _) in enumerate(shares)
    )


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
