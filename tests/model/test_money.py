"""Money: what is compared, and what is too large for the usual precision."""

from __future__ import annotations

from decimal import Decimal

import pytest

from storegen.model.money import Money, rounded, sum_text


@pytest.mark.parametrize(("one", "other", "less"), [("1.99", "2.00", True), ("2.00", "2", False), ("2.01", "2", False)])
def test_equal_sums_are_not_less_than_each_other(one: str, other: str, *, less: bool) -> None:
    assert (Money(Decimal(one), "EUR") < Money(Decimal(other), "EUR")) is less


def test_sum_of_more_digits_than_decimals_usually_have_is_rounded_too() -> None:
    assert rounded(Money(Decimal("1E+30") + Decimal("0.005"), "EUR")).amount == Decimal("1E+30")
    assert rounded(Money(Decimal("1" * 40 + ".125"), "EUR")).amount == Decimal("1" * 40 + ".13")


@pytest.mark.parametrize(
    ("amount", "currency", "text"),
    [
        ("59", "EUR", "59.00 EUR"),
        ("1200", "JPY", "1200 JPY"),
        ("0.0001", "CLF", "0.0001 CLF"),
        ("0", "EUR", "0.00 EUR"),
    ],
)
def test_sum_is_written_with_its_currency(amount: str, currency: str, text: str) -> None:
    assert sum_text(Money(Decimal(amount), currency)) == text
