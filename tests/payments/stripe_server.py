"""A stand-in of Stripe's API on loopback: payment links and shipping rates, each request checked by Stripe's own types.

Where the package ``stripe`` is not installed, names and types are not checked.
"""

from __future__ import annotations

import http.server
import importlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.typed_requests import faults, nested

VERSION = "2026-10-28.endive"
KEY = "rk_test_abcdefghijkl"
# Failures besides statuses: the connection ends before the request is carried out, or after it.
CUT, LOST = 0, -1
_CREATES = {
    "/v1/payment_links": ("stripe.params._payment_link_create_params", "PaymentLinkCreateParams"),
    "/v1/shipping_rates": ("stripe.params._shipping_rate_create_params", "ShippingRateCreateParams"),
}
_CHANGES = ("stripe.params._payment_link_update_params", "PaymentLinkUpdateParams")


def is_typed() -> bool:
    """Return whether Stripe's own types are installed."""
    try:
        importlib.import_module("stripe")
    except ImportError:
        return False
    return True


class StripeServer(http.server.ThreadingHTTPServer):
    """The account. *answers* are statuses for the next requests, before they are carried out."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.links: list[dict[str, Any]] = []
        self.rates: list[dict[str, Any]] = []
        self.by_key: dict[str, tuple[str, dict[str, Any]]] = {}
        self.asked: list[tuple[str, str]] = []
        self.answers: list[int] = []
        self.faults: list[str] = []
        self.refused: set[str] = set()
        self.mode = "test_"

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def create(self, path: str, given: dict[str, Any]) -> dict[str, Any]:
        """Make an object, as the API would answer."""
        if path == "/v1/shipping_rates":
            made = {**given, "id": f"shr_{len(self.rates)}", "active": True}
            self.rates.append(made)
            return made
        number = len(self.links)
        lines = [
            {
                "price": {
                    "unit_amount": int(line["price_data"]["unit_amount"]),
                    "currency": line["price_data"]["currency"],
                }
            }
            for line in given["line_items"]
        ]
        made = {
            **given,
            "id": f"plink_{number}",
            "url": f"https://buy.stripe.com/{self.mode}{number}",
            "active": True,
            "line_items": {"data": lines},
        }
        self.links.append(made)
        return made


class _Handler(http.server.BaseHTTPRequestHandler):
    server: StripeServer
    lost = False

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""

    def do_GET(self) -> None:
        path, query = urlsplit(self.path).path, dict(parse_qsl(urlsplit(self.path).query))
        if self._begun("GET", path):
            return
        found = self.server.links if path == "/v1/payment_links" else self.server.rates
        first = next((place + 1 for place, each in enumerate(found) if each["id"] == query.get("starting_after")), 0)
        count = min(2, int(query["limit"]))  # short pages, so that there are several
        hidden = () if "expand[0]" in query else ("line_items",)
        page = [{key: each[key] for key in each if key not in hidden} for each in found[first : first + count]]
        self._send(200, {"object": "list", "data": page, "has_more": first + count < len(found)})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        path = urlsplit(self.path).path
        if self._begun("POST", path):
            return
        given = nested(body)
        module, name = _CREATES.get(path, _CHANGES)
        if is_typed():
            types = importlib.import_module(module)
            self.server.faults += list(faults(given, getattr(types, name), types))
        sku = given.get("metadata", {}).get("sku", "")
        if sku in self.server.refused:
            self._send(400, {"error": {"message": f"Amount too small, said to {KEY}", "type": "invalid_request_error"}})
        elif path in _CREATES:
            self._create(path, body, given)
        else:
            link = next(each for each in self.server.links if path.endswith(f"/{each['id']}"))
            link["active"] = given["active"] == "true"
            self._send(200, link)

    def _create(self, path: str, body: str, given: dict[str, Any]) -> None:
        key = self.headers.get("Idempotency-Key", "")
        if not 0 < len(key) <= 255:
            self.server.faults.append("no idempotency key")
        before = self.server.by_key.get(key)
        if before is not None and before[0] != body:
            self.server.faults.append("another request under the same idempotency key")
        if before is None:
            before = self.server.by_key[key] = body, self.server.create(path, given)
        self._send(200, before[1])

    def _begun(self, method: str, path: str) -> bool:
        """Answer with the next failure, and return whether there was one."""
        self.server.asked.append((method, path))
        if self.headers["Authorization"] != f"Bearer {KEY.replace('test', 'live' if not self.server.mode else 'test')}":
            self._send(401, {"error": {"message": "Invalid API Key provided"}})
            return True
        if self.headers["Stripe-Version"] != VERSION:
            self.server.faults.append(f"version {self.headers['Stripe-Version']}")
        status = self.server.answers.pop(0) if self.server.answers else 200
        self.lost = status == LOST
        if self.lost:
            return False
        if status == CUT:
            self.close_connection = True
            self.connection.close()
        elif status == 302:
            self._send(302, {}, location="http://127.0.0.1:9/")
        elif status != 200:
            self._send(status, {"error": {"message": "Try again"}})
        return status != 200

    def _send(self, status: int, found: dict[str, Any], *, location: str = "") -> None:
        if self.lost:
            self.close_connection = True
            self.connection.close()
            return
        data = json.dumps(found).encode()
        self.send_response(status)
        if status == 429:
            self.send_header("Retry-After", "3")
        if location:
            self.send_header("Location", location)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


@contextmanager
def stripe_server() -> Iterator[StripeServer]:
    """Run the stand-in."""
    with StripeServer() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()
