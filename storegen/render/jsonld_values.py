"""Values that several parts of the structured data write."""

from __future__ import annotations

from typing import Any

from storegen.model.money import Money, decimal_text


def money_parts(money: Money, value: str, currency: str) -> dict[str, str]:
    """Return a sum of money under the names *value* and *currency*."""
    return {value: decimal_text(money), currency: money.currency}


def without_blanks(data: dict[str, Any]) -> dict[str, Any]:
    """Return the entries that have a value."""
    return {key: value for key, value in data.items() if value not in ("", [], None, {})}
