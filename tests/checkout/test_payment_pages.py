"""The way from a page of the shop to the payment page, in a real browser and under the shop's own policy."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from storegen.checkout.card import SERVICES
from tests.browser import settle
from tests.checkout.test_payment_services import shop_with
from tests.conftest import MakeShop

PAGES = {
    "stripe": "https://checkout.stripe.com/c/pay/cs_test_1",
    "paypal": "https://www.sandbox.paypal.com/checkoutnow?token=1",
    "mollie": "https://www.mollie.com/checkout/select-method/1",
    "paytrail": "https://pay.paytrail.com/pay/1",
    "toss": "https://payment-gateway.tosspayments.com/1",
    "midtrans": "https://app.sandbox.midtrans.com/snap/v4/redirection/1",
}
CURRENCIES = {"toss": "KRW", "midtrans": "IDR"}
# What the order sheet does: a form that is made, filled in and sent by a script.
SEND = """() => {
  const form = Object.assign(document.createElement("form"), { method: "post", action: "/api/checkout", hidden: true });
  document.body.append(form);
  form.submit();
}"""


@contextmanager
def hosted_with_function(folder: Path, page: str) -> Iterator[str]:
    """Serve a folder, and redirect each order to the payment page."""

    class Host(http.server.SimpleHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(303)
            self.send_header("Location", page)
            self.end_headers()

        def log_message(self, *told: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Host, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


def arrives(browser: Browser, folder: Path, page: str) -> bool:
    """Return whether the browser asks for the payment page after an order, or says that the policy forbids it."""
    with hosted_with_function(folder, page) as address:
        visitor = browser.new_page()
        visitor.goto(f"{address}/products/band/")
        settle(visitor)
        told: list[str] = []
        asked: list[str] = []
        visitor.on("console", lambda message: told.append(message.text))
        visitor.on("request", lambda request: asked.append(request.url))
        visitor.evaluate(SEND)
        for _ in range(200):
            if page in asked or any("form-action" in text for text in told):
                break
            visitor.wait_for_timeout(50)
        visitor.close()
    assert f"{address}/api/checkout" in asked
    assert (page in asked) != any("form-action" in text for text in told)
    return page in asked


@pytest.mark.browser
@pytest.mark.parametrize("service", PAGES)
def test_policy_lets_an_order_reach_the_payment_page_and_no_other(
    service: str, browser: Browser, make_shop: MakeShop
) -> None:
    shop = shop_with(make_shop, service, CURRENCIES.get(service, "EUR"))

    assert set(PAGES) == set(SERVICES)
    assert arrives(browser, shop.output, PAGES[service])
    assert not arrives(browser, shop.output, "https://pay.evil.example/")
