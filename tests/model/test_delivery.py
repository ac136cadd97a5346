"""What a parcel costs. Further examples, which the cart shares, are in tests/vectors/totals.json."""

from __future__ import annotations

from decimal import Decimal

import pytest

from storegen.model.delivery import Method
from tests.records import record

POST = {"id": "post", "name": "Post", "price": "5.90", "days": "1-3"}


@pytest.mark.parametrize(
    ("free_from", "total", "cost"),
    [("120.00", "119.99", "5.90"), ("120.00", "120.00", "0"), ("120.00", "120.01", "0"), (None, "9999", "5.90")],
)
def test_delivery_is_free_from_its_sum_on(free_from: str | None, total: str, cost: str) -> None:
    method = record(Method, POST | ({"free_from": free_from} if free_from else {}))

    assert method.cost(total=Decimal(total), count=1, weight=Decimal(0)) == Decimal(cost)


def test_free_delivery_counts_before_the_steps() -> None:
    method = record(Method, {**POST, "free_from": "50", "steps": [{"count": "2", "price": "9.00"}]})

    assert method.cost(total=Decimal(49), count=2, weight=Decimal(0)) == 9
    assert method.cost(total=Decimal(50), count=2, weight=Decimal(0)) == 0
