"""What a parcel costs. Further examples, which the cart shares, are in tests/vectors/totals.json."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from storegen.model.delivery import Method
from storegen.model.scalars import plain_postcode
from tests.model.test_totals import VECTORS
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


# Postcodes ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("vector", VECTORS["postcodes"], ids=[each["name"] for each in VECTORS["postcodes"]])
def test_postcodes_include_what_the_vectors_say(vector: dict[str, Any]) -> None:
    surcharge = {"postcodes": [vector["postcodes"]], "price": "3.00"}
    method = record(Method, {**POST, "countries": ["FI"], "surcharges": [surcharge]})

    assert (method.surcharge("FI", plain_postcode(vector["typed"])) is not None) is vector["expected"]
    assert method.surcharge("SE", plain_postcode(vector["typed"])) is None


def test_first_surcharge_that_fits_is_used() -> None:
    surcharges = [{"postcodes": [codes], "price": price} for codes, price in (("635*", "5"), ("63000-63644", "3"))]
    method = record(Method, {**POST, "countries": ["KR"], "surcharges": surcharges})
    prices = [each and each.price for each in (method.surcharge("KR", code) for code in ("63500", "63100", "04524"))]

    assert prices == [5, 3, None]


def test_method_takes_parcels_up_to_its_largest_weight() -> None:
    method = record(Method, {**POST, "max_weight": "2 kg"})

    assert [method.carries(Decimal(weight)) for weight in (1999, 2000, "2000.001")] == [True, True, False]
    assert record(Method, POST).carries(Decimal(10**6))
