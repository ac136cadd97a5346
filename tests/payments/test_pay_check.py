"""A published shop is compared with its payment function and its payment links."""

from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from click.testing import CliRunner

from storegen.cli.pay_command import command
from storegen.payments import stripe_api
from tests.conftest import MakeShop
from tests.paying import paid_by
from tests.payments.stripe_server import KEY, StripeServer, stripe_server
from tests.payments.test_links import BEFORE, FILE, made
from tests.shop import Shop


class Function(http.server.ThreadingHTTPServer):
    """A stand-in of the published function: it answers what it is told to say."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.status = 200
        self.says: bytes = b""


class _Handler(http.server.BaseHTTPRequestHandler):
    server: Function

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""

    def do_GET(self) -> None:
        found = self.path == "/api/checkout"
        self.send_response(self.server.status if found else 404)
        self.end_headers()
        self.wfile.write(self.server.says)


@contextmanager
def function() -> Iterator[Function]:
    """Run the stand-in."""
    with Function() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def checked(shop: Shop, *options: str) -> tuple[int, list[str]]:
    result = CliRunner().invoke(command, ["check", "--site", str(shop.folder), "--now", BEFORE, *options])
    return result.exit_code, result.output.splitlines() or [str(each) for each in (result.exception,) if each]


def with_card(make_shop: MakeShop, server: Function, host: str) -> tuple[Shop, str]:
    """Return a built shop whose function is at *server*, and its build id."""
    files = dict(paid_by("order"))
    address = f"http://127.0.0.1:{server.server_port}"
    site = str(files["site.yaml"]).replace("provider: [order]", f"provider: [card, order]\n  card: {{host: {host}}}")
    shop = make_shop({**files, "site.yaml": site.replace("https://shop.example", address)})
    shop.build()
    place = {"cloudflare": "output/_worker.js", "netlify": "netlify/functions/checkout.mjs"}[host]
    build = (shop.folder / place).read_text().split('"build":"')[1].split('"')[0]
    return shop, build


@pytest.mark.parametrize("host", ["cloudflare", "netlify"])
def test_published_function_is_that_of_the_output(make_shop: MakeShop, host: str) -> None:
    with function() as server:
        shop, build = with_card(make_shop, server, host)
        url = f"http://127.0.0.1:{server.server_port}/api/checkout"

        def says(**changes: str) -> tuple[int, str]:
            server.says = json.dumps({"build": build, "mode": "live", "service": "stripe", **changes}).encode()
            code, lines = checked(shop, "--live")
            assert len(lines) == 1
            return code, lines[0]

        assert says() == (0, f"ok: {url}: build {build}, Stripe, a live key")
        assert says(build="0" * 16) == (
            1,
            f"differs: {url}: the payment function is of the build {'0' * 16}, and the output is of {build}; publish the shop again",
        )
        assert says(mode="none")[1].endswith(
            "the payment function has no key; set STRIPE_KEY at "
            + {"cloudflare": "Cloudflare Pages", "netlify": "Netlify"}[host]
            + ", and publish the shop once more"
        )
        assert says(mode="test") == (
            1,
            f"differs: {url}: the payment function has a key for tests, so nobody can pay; set STRIPE_KEY to the live key",
        )
        assert says(service="paypal")[0] == 1
        assert checked(shop) == (
            1,
            [
                f"differs: {url}: the payment function pays with paypal, and site.yaml says stripe; publish the shop again"
            ],
        )
        says(mode="test")
        assert checked(shop) == (0, [f"ok: {url}: build {build}, Stripe, a key for tests: no payment is real"])
        assert checked(shop, "--quiet") == (0, [])


def test_copy_at_another_address_is_checked(make_shop: MakeShop) -> None:
    files = dict(paid_by("order"))
    site = str(files["site.yaml"]).replace("provider: [order]", "provider: [card, order]\n  card: {host: cloudflare}")
    shop = make_shop({**files, "site.yaml": site})
    with function() as server:
        address = f"http://127.0.0.1:{server.server_port}"
        shop.build(preview=True, base_url=address)
        build = (shop.folder / "preview/_worker.js").read_text().split('"build":"')[1].split('"')[0]
        server.says = json.dumps({"build": build, "mode": "test", "service": "stripe"}).encode()

        code, lines = checked(shop, "--preview", "--base-url", f"{address}/")
        assert (code, lines) == (
            0,
            [f"ok: {address}/api/checkout: build {build}, Stripe, a key for tests: no payment is real"],
        )


def test_function_that_is_not_there_or_not_reached(make_shop: MakeShop) -> None:
    with function() as server:
        shop, _ = with_card(make_shop, server, "cloudflare")
        server.says = b"<!doctype html>"
        assert checked(shop)[0] == 1
        assert "something else than the payment function answers" in checked(shop)[1][0]
        server.status = 404
        assert "no payment function answers, but the status 404" in checked(shop)[1][0]
    code, lines = checked(shop)
    assert (code, lines[0].startswith("unknown: http://127.0.0.1:")) == (2, True)
    assert "can't be reached" in lines[0]
    (shop.output / "_worker.js").unlink()
    assert checked(shop) == (2, [f"unknown: {shop.output} has no payment function: run storegen build first"])


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[StripeServer]:
    """Run the stand-in of Stripe's API."""
    with stripe_server() as found:
        monkeypatch.setattr(stripe_api, "API", found.address)
        monkeypatch.setattr(stripe_api, "sleep", lambda seconds: None)
        monkeypatch.setenv("STRIPE_KEY", KEY)
        yield found


def test_links_charge_what_the_page_shows(make_shop: MakeShop, server: StripeServer) -> None:
    shop = make_shop({name: text for name, text in paid_by("stripe", "order").items() if "checkout/" not in name})
    made(shop)
    posts = len(server.asked)

    assert checked(shop) == (0, [f"ok: {FILE}: 6 links charge the price of the page"])
    band = next(each for each in server.links if each["metadata"]["sku"] == "RG-001")
    band["line_items"]["data"][0]["price"]["unit_amount"] = 4500
    cloth = next(each for each in server.links if each["metadata"]["sku"] == "CA-001")
    cloth["active"] = False
    assert checked(shop) == (
        1,
        [
            f"differs: {FILE}: RG-001: the page shows 49.00 EUR, the link charges 45.00 EUR",
            f"differs: {FILE}: CA-001: the link is not active, so nobody can pay",
            f"ok: {FILE}: 4 links charge the price of the page",
        ],
    )
    assert {method for method, _ in server.asked[posts:]} == {"GET"}
    band["line_items"]["data"][0]["price"]["unit_amount"] = 4900
    cloth["active"] = True
    shop.edit("site.yaml", "price: 5.90", "price: 6.90")
    code, lines = checked(shop)
    assert (code, len(lines)) == (1, 6)
    assert "the price of delivery or an offer has changed since the link was made" in lines[0]


def test_links_that_nobody_can_be_asked_about(
    make_shop: MakeShop, server: StripeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = make_shop(dict(paid_by("stripe", "order")))

    assert checked(shop) == (
        2,
        [f"unknown: {FILE}: 6 links are not in the account of this key: ER-003, RG-001, CA-001 and 3 more"],
    )
    monkeypatch.setenv("STRIPE_KEY", "rk_test_other")
    assert checked(shop) == (2, ["unknown: Stripe refuses STRIPE_KEY: Invalid API Key provided"])
    monkeypatch.delenv("STRIPE_KEY")
    assert checked(shop) == (
        2,
        [f"unknown: {FILE}: the links can't be compared; set STRIPE_KEY to a key that may read them"],
    )


def test_shop_without_either_has_nothing_to_check(make_shop: MakeShop) -> None:
    code, lines = checked(make_shop(dict(paid_by("order"))))

    assert lines == ["nothing to check: neither card nor stripe is in checkout.provider of site.yaml"]
    assert code == 1  # the main program exits with 2
