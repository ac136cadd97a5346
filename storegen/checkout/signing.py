"""Codes that prove an order line: made at build time with a key that only the merchant has."""

from __future__ import annotations

import base64
import hashlib
import hmac

from storegen.model.money import Money, decimal_text

KEY_VARIABLE = "STOREGEN_ORDER_KEY"
MIN_KEY = 16
_LENGTH = 10


def line_code(key: str, sku: str, price: Money) -> str:
    """Return the code of an article number at a unit price: ten letters and digits of an HMAC-SHA256.

    Fifty bits: a guess is right once in 10^15, and each guess must be mailed to a person.
    """
    message = "\n".join((sku, decimal_text(price), price.currency)).encode()
    return base64.b32encode(hmac.digest(key.encode(), message, hashlib.sha256)).decode()[:_LENGTH]


def holds(key: str, sku: str, price: Money, code: str) -> bool:
    """Say whether *code* is that of the line, in a time that does not depend on it."""
    return hmac.compare_digest(line_code(key, sku, price), code.upper())
