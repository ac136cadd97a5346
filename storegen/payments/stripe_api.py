"""Requests to Stripe's API, with a pinned version, without following redirects, repeated after temporary failures.

Facts: docs.stripe.com/api (idempotent_requests, errors, pagination), rate-limits and keys/restricted-api-keys, 2026-09.
"""

from __future__ import annotations

import http.client
import json
import re
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from email.message import Message
from time import sleep
from typing import IO, Any
from urllib.parse import urlencode

from storegen.errors import StoregenError, UsageError

API = "https://api.stripe.com"
VERSION = "2026-10-28.endive"
KEY = "STRIPE_KEY"
_SECONDS = 30  # without an answer
_TRIES = 7
_LONGEST_WAIT = 8.0
_PER_PAGE = 100
# A request with the same idempotency key is still running; too many requests; Stripe's own failures.
_TEMPORARY = frozenset((409, 429, 500, 502, 503, 504))

Object = dict[str, Any]


class StripeError(StoregenError):
    """Stripe can't be reached, or refuses every request: the key is wrong, or it lacks a right."""


class StripeRefusedError(StripeError):
    """Stripe refuses one request: a parameter is wrong. The next request may succeed."""


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """The key is sent to Stripe alone."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str
    ) -> None:
        """Return None: the redirect is an error."""


class StripeApi:
    """A connection to an account."""

    def __init__(self, key: str) -> None:
        self._key = key
        self._opener = urllib.request.build_opener(_NoRedirect)

    def get(self, path: str, **parameters: object) -> Object:
        """Return an object, or one page of a list."""
        query = urlencode([*pairs_of(parameters)])
        return self._repeated(lambda: self._request(f"{path}?{query}" if query else path, None, ""))

    def post(self, path: str, parameters: Mapping[str, object], *, once: str = "") -> Object:
        """Create or change an object. *once* is the idempotency key: a repeated request creates nothing twice."""
        body = urlencode([*pairs_of(parameters)]).encode()
        return self._repeated(lambda: self._request(path, body, once))

    def all(self, path: str, **parameters: object) -> Iterator[Object]:
        """Yield all objects of a list."""
        after: dict[str, str] = {}
        while True:
            page = self.get(path, limit=_PER_PAGE, **parameters, **after)
            yield from page["data"]
            if not page.get("has_more") or not page["data"]:
                return
            after = {"starting_after": page["data"][-1]["id"]}

    def _request(self, path: str, body: bytes | None, once: str) -> Object:
        headers = {"Authorization": f"Bearer {self._key}", "Stripe-Version": VERSION}
        if once:
            headers["Idempotency-Key"] = once
        request = urllib.request.Request(f"{API}{path}", body, headers)  # noqa: S310 - the address is a constant
        with self._opener.open(request, timeout=_SECONDS) as answer:
            found: Object = json.loads(answer.read())
            return found

    def _repeated(self, request: Callable[[], Object]) -> Object:
        """Return the answer of a request. A temporary failure is repeated after a wait that doubles."""
        for again in range(_TRIES):
            try:
                return request()
            except urllib.error.HTTPError as error:
                if error.code not in _TEMPORARY or again == _TRIES - 1:
                    raise self._refusal(error) from None
                told = error.headers.get("Retry-After", "")
                wait = float(told) if re.fullmatch(r"\d{1,3}", told) else _wait(again)
            except (OSError, http.client.HTTPException, ValueError) as error:
                if again == _TRIES - 1:
                    reason = getattr(error, "reason", None) or error
                    raise StripeError(f"Stripe can't be reached: {reason}; run the command again later") from None
                wait = _wait(again)
            sleep(wait)
        raise AssertionError

    def _refusal(self, error: urllib.error.HTTPError) -> StripeError:
        """Return Stripe's own words about a refused request, without the key."""
        try:
            told = json.loads(error.read())["error"]
            message = str(told.get("message", "")).replace(self._key, "the key")
        except (ValueError, KeyError, TypeError, AttributeError, OSError):
            message = f"an answer with the status {error.code}"
        if error.code in {401, 403}:
            return StripeError(f"Stripe refuses {KEY}: {message}")
        return (StripeRefusedError if error.code in {400, 402, 404} else StripeError)(f"Stripe says: {message}")


def _wait(again: int) -> float:
    return min(_LONGEST_WAIT, 0.5 * float(2**again))


def pairs_of(parameters: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, str]]:
    """Yield the parameters as Stripe reads them in a form: ``line_items[0][quantity]`` and ``1``."""
    for key, value in parameters.items():
        name = f"{prefix}[{key}]" if prefix else key
        match value:
            case Mapping():
                yield from pairs_of(value, name)
            case list() | tuple():
                yield from pairs_of({str(place): each for place, each in enumerate(value)}, name)
            case bool():
                yield name, "true" if value else "false"
            case _:
                yield name, str(value)


def checked_key(key: str) -> str:
    """Return a key of an account; raises UsageError with the remedy if it is missing or of another kind."""
    if not key:
        raise UsageError(
            f"set {KEY} in the environment to a key of your Stripe account (dashboard, Developers, API keys); a "
            "restricted key is enough"
        )
    if not re.fullmatch(r"(?:rk|sk)_(?:test|live)_[A-Za-z0-9_]+", key):
        raise UsageError(f"{KEY} is no secret key of Stripe: expected one that begins with rk_test_, rk_live_ or sk_…")
    return key


def is_live(key: str) -> bool:
    """Return whether a key is for real payments."""
    return "_live_" in key[:9]
