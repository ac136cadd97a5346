"""How a country writes a language: what storegen tells a shop whose language has no region."""

from __future__ import annotations

import pytest

from storegen.locale import local_forms


@pytest.mark.parametrize(
    ("language", "country", "currency", "expected"),
    [
        ("en", "US", "USD", {"en-GB": "3 Dec, 14:00", "en-US": "Dec 3, 2:00\u202fPM"}),
        ("en", "AU", "AUD", {"en-GB": "14:00, A$1,234.50", "en-AU": "2:00\u202fpm, $1,234.50"}),
        ("de", "CH", "CHF", {"de-DE": "1.234,50\u00a0CHF", "de-CH": "CHF\u00a01'234.50"}),
        ("en", "GB", "GBP", {}),
        ("en", "IE", "EUR", {}),
        ("fi", "FI", "EUR", {}),
        ("en", "FI", "EUR", {}),  # not official there
        ("en-GB", "US", "USD", {}),  # chosen
    ],
)
def test_local_forms_are_those_that_a_country_writes_otherwise(
    language: str, country: str, currency: str, expected: dict[str, str]
) -> None:
    found = {code: text.replace("’", "'") for code, text in local_forms(language, country, currency).items()}

    assert found == expected
