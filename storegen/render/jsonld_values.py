"""Values that several parts of the structured data write."""

from __future__ import annotations

from typing import Any

from storegen.model.money import Money, decimal_text
from storegen.views.contexts.page import Shared


def money_parts(money: Money, value: str, currency: str) -> dict[str, str]:
    """Return a sum of money under the names *value* and *currency*."""
    return {value: decimal_text(money), currency: money.currency}


def without_blanks(data: dict[str, Any]) -> dict[str, Any]:
    """Return the entries that have a value."""
    return {key: value for key, value in data.items() if value not in ("", [], None, {})}


def absolute(address: str, shared: Shared) -> str:
    """Return an address with the shop's origin before it, unless it is on another site."""
    return f"{shared.base_url}{address}" if address.startswith("/") else address
