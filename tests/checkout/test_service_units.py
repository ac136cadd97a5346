"""In which units payment services count money."""

from __future__ import annotations

import pytest

from storegen.checkout.service_units import service_units


@pytest.mark.parametrize(
    ("service", "currency", "minor", "charged", "digits"),
    [
        ("stripe", "EUR", 5900, 5900, 2),
        ("stripe", "IDR", 19900000, 19900000, 2),
        ("stripe", "HUF", 100, 100, 2),
        ("stripe", "JPY", 590, 590, 0),
        ("stripe", "KRW", 59000, 59000, 0),
        ("stripe", "ISK", 5900, 590000, 2),
        ("stripe", "MGA", 590000, 5900, 0),
        ("stripe", "KWD", 12340, 12340, 3),
        ("paypal", "HUF", 590000, 5900, 0),
        ("paypal", "TWD", 590000, 5900, 0),
        ("paypal", "JPY", 590, 590, 0),
        ("mollie", "EUR", 5900, 5900, 2),
        ("paytrail", "EUR", 5900, 5900, 2),
        ("toss", "KRW", 59000, 59000, 0),
        ("midtrans", "IDR", 19900000, 199000, 0),
    ],
)
def test_amount_is_charged_in_the_units_of_the_service(
    service: str, currency: str, minor: int, charged: int, digits: int
) -> None:
    found = service_units(service, currency)

    assert found is not None
    assert minor % found.step == 0
    assert minor // found.step * found.units == charged
    assert found.digits == digits


@pytest.mark.parametrize(
    ("service", "currency", "step"), [("stripe", "KWD", 10), ("stripe", "MGA", 100), ("paypal", "HUF", 100)]
)
def test_smaller_amounts_cannot_be_charged(service: str, currency: str, step: int) -> None:
    found = service_units(service, currency)

    assert found is not None
    assert found.step == step


def test_currency_that_a_service_describes_in_two_ways_is_refused() -> None:
    assert service_units("stripe", "UGX") is None
