"""Amounts as the browser writes them: the patterns that the build gives it, on vectors that the scripts read too.

``python -m tests.model.test_money_patterns`` writes the vectors anew.
"""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from storegen.locale import money_pattern, money_text, number_pattern, number_text
from storegen.model.money import Money, minor_digits, price_digits
from tests.conftest import ROOT

VECTORS = ROOT / "tests/vectors/money.json"
LANGUAGES = "en fi sv nb de de-AT fr es it pl ko ja zh id hi ar".split()
CURRENCIES = "EUR USD JPY KRW IDR SEK NOK HUF KWD INR GBP CHF".split()
_UNITS = (0, 1, 99, 100, 12345, 99999, 100000, 12345678, 987654321012)
_COUNTS = (0, 7, 999, 1000, 1250, 12500, 1234567)


def vectors() -> list[dict[str, Any]]:
    """Return how the build writes amounts and numbers in every language."""
    return [
        {
            "language": language,
            "number": number_pattern(language),
            "numbers": [[count, number_text(count, language)] for count in _COUNTS],
            "money": [_written(currency, language) for currency in CURRENCIES],
        }
        for language in LANGUAGES
    ]


def _written(currency: str, language: str) -> dict[str, Any]:
    payment, price = minor_digits(currency), price_digits(currency)
    units = [unit * 10 ** (payment - price) for unit in _UNITS]
    amounts = [Decimal(unit).scaleb(-payment) for unit in units]
    texts = [money_text(Money(amount, currency), language) for amount in amounts]
    return {
        "currency": currency,
        "pattern": money_pattern(currency, language),
        "decimals": [payment, price],
        "texts": [list(pair) for pair in zip(units, texts, strict=True)],
    }


@pytest.mark.parametrize("place", range(len(LANGUAGES)), ids=LANGUAGES)
def test_vectors_are_what_the_build_writes(place: int) -> None:
    assert json.loads(VECTORS.read_text())[place] == vectors()[place]


@pytest.mark.parametrize(
    ("currency", "language", "pattern"),
    [
        ("EUR", "fi", "00 000 000 000 000,00 €"),
        ("USD", "en", "$00,000,000,000,000.00"),
        ("JPY", "ja", "¥0,000,000,000,000,000"),
        ("INR", "hi", "₹0,00,00,00,00,00,000.00"),
    ],
)
def test_pattern_has_a_zero_for_each_digit(currency: str, language: str, pattern: str) -> None:
    found = money_pattern(currency, language).replace("\N{NO-BREAK SPACE}", " ").replace("\N{FULLWIDTH YEN SIGN}", "¥")

    assert found == pattern


if __name__ == "__main__":
    VECTORS.write_text("[\n" + ",\n".join(json.dumps(each, ensure_ascii=False) for each in vectors()) + "\n]\n")
