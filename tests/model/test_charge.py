"""The rows of a payment. The theme's module is held to the same vectors in tests/scripts/totals.test.mjs."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from storegen.model.charge import charge_lines
from storegen.model.clock import Clock
from storegen.model.money import Money
from storegen.model.totals import CartLine, cart_totals
from tests.model.test_totals import NOW, VECTORS, amount_of, as_written, minor, names, offer, rest


def line_of(vector: dict[str, Any], currency: str) -> CartLine:
    price = Money(Decimal(amount_of(vector["price"], currency)), currency)
    offers = frozenset(vector["offers"])
    return CartLine(vector["product"], price, vector["count"], offers, sku=vector["sku"], name=vector["name"])


@pytest.mark.parametrize("vector", VECTORS["charge"], ids=names(VECTORS["charge"]))
def test_rows_are_what_the_vectors_say(vector: dict[str, Any]) -> None:
    currency = vector.get("currency", "EUR")
    lines = [line_of(each, currency) for each in vector["lines"]]
    offers = [offer(each["id"], each["kind"], **rest(as_written(each, currency))) for each in vector.get("offers", ())]
    totals = cart_totals(lines, offers, Clock(NOW), code=vector.get("code", ""))
    gifts = [(name, line_of(each, currency)) for name, each in vector.get("gifts", ())]
    most = {"most": vector["most"]} if "most" in vector else {}
    rows = charge_lines(lines, totals, {each.id: each.name for each in offers}, gifts=gifts, **most)

    assert vector["expected"] == [[row.sku, row.name, minor(row.unit), row.count, row.note] for row in rows]
    assert sum(row.unit.amount * row.count for row in rows) == totals.total.amount
