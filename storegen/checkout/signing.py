"""The merchant's signing keys, and the signatures created with them at build time."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import re
import unicodedata

import msgspec

from storegen.environment import FOXY_KEY, FUNCTION_KEYS, ORDER_KEY
from storegen.model.money import Money, decimal_text

MIN_KEY = 16
_LENGTH = 10
_GUARDED = 12  # a shorter value could be a part of any text


class Keys(msgspec.Struct, frozen=True):
    """The secrets of a build, empty if unset: *order* signs order lines, *foxy* is a Foxy store's signing key.

    *function* are keys of the payment function that happen to be set. A build doesn't use them.
    """

    order: str = ""
    foxy: str = ""
    function: tuple[str, ...] = ()

    @property
    def secrets(self) -> tuple[str, ...]:
        """All keys that must not be published."""
        return tuple(key for key in (self.order, self.foxy, *self.function) if key)


def read_keys() -> tuple[Keys, str]:
    """Return the build's secrets from the environment, and a warning if order lines can't be signed."""
    order, warning = order_key()
    function = (os.environ.get(name, "").strip() for name in FUNCTION_KEYS)
    return Keys(order, os.environ.get(FOXY_KEY, ""), tuple(key for key in function if len(key) >= _GUARDED)), warning


def order_key() -> tuple[str, str]:
    """Return the signing key of order lines from the environment, and a warning if it is missing or weak."""
    key = os.environ.get(ORDER_KEY, "")
    if not key:
        return (
            "",
            f"order lines are not signed; set {ORDER_KEY} to a secret and verify-order can prove their prices",
        )
    if len(key) < MIN_KEY:
        return "", f"order lines are not signed: {ORDER_KEY} is shorter than {MIN_KEY} characters"
    return key, ""


def line_code(key: str, sku: str, words: str, price: Money) -> str:
    """Return the signature of an article at a unit price: ten letters and digits of an HMAC-SHA256.

    *words* are the article's name and choice as in the order. Only their letters and digits are signed, so that a mail
    program may change spaces and quotation marks. The signature has fifty bits: a guess is right once in 10^15, and
    each guess must be sent to a person by mail.
    """
    message = "\n".join((sku, signed_letters(words), decimal_text(price), price.currency)).encode()
    return base64.b32encode(hmac.digest(key.encode(), message, hashlib.sha256)).decode()[:_LENGTH]


def signed_letters(words: str) -> str:
    """Return the letters and digits of an article's name, which are signed."""
    return re.sub(r"\W+", "", unicodedata.normalize("NFKC", words).casefold())


def holds(key: str, sku: str, words: str, price: Money, *, code: str) -> bool:
    """Return whether *code* is the signature of the line, in constant time."""
    return hmac.compare_digest(line_code(key, sku, words, price), code.upper())
