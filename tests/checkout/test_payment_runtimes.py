"""The same payment function in the runtimes of hosts, with a payment service on this machine."""

from __future__ import annotations

import base64
import http.client
import json
import os
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

import pytest
import stripe.params.checkout._session_create_params as stripe_types

from tests.conftest import ROOT, MakeShop
from tests.paying import paid_by
from tests.pressing import KEY, PAGE, function_of
from tests.shop import Shop
from tests.theme.test_scripts import find_node
from tests.typed_requests import faults, nested

ORDER = {"line": "RG-001:2", "total": "10390", "lang": "en", "country": "FI"}
CONFIG = """\
using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = .main),
    (name = "assets", disk = "{output}"),
    (name = "stripe", external = (address = "127.0.0.1:{stripe}", http = ())),
  ],
  sockets = [(name = "http", address = "127.0.0.1:{port}", http = (), service = "main")],
);
const main :Workerd.Worker = (
  modules = [(name = "worker", esModule = embed "{module}")],
  compatibilityDate = "2026-11-01",
  bindings = [(name = "STRIPE_KEY", text = "{key}"), (name = "ASSETS", service = "assets")],
  globalOutbound = "stripe",
);
"""


class Asked(NamedTuple):
    """A request to the payment service."""

    path: str
    headers: dict[str, str]
    body: str


@pytest.fixture
def service() -> Iterator[tuple[int, list[Asked]]]:
    """Run a payment service on loopback; yields its port and what it is asked."""
    asked: list[Asked] = []

    class Service(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            asked.append(Asked(self.path, {name.lower(): value for name, value in self.headers.items()}, body))
            answer = json.dumps({"url": PAGE}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *told: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Service) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_port, asked
        server.shutdown()
        thread.join()


def free_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as found:
        port: int = found.getsockname()[1]
        return port


@contextmanager
def running(command: list[str], port: int, **environment: str) -> Iterator[None]:
    """Run a server until the end of the block. Waits until it answers."""
    process = subprocess.Popen(command, env={"PATH": os.environ["PATH"], **environment}, stdout=subprocess.DEVNULL)
    try:
        end = time.monotonic() + 20
        while time.monotonic() < end and process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                time.sleep(0.02)
        yield
    finally:
        process.kill()
        process.wait()


def ask(port: int, method: str, path: str, fields: dict[str, str] | None = None) -> tuple[int, str, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
    with closing(connection):
        connection.request(method, path, urlencode(fields) if fields else None, headers if fields else {})
        answer = connection.getresponse()
        return answer.status, answer.getheader("Location", ""), answer.read().decode()


def shop_for(make_shop: MakeShop, host: str) -> Shop:
    shop = make_shop(dict(paid_by("card", "order", more=f"  card: {{host: {host}}}\n")))
    shop.build()
    return shop


def accepted(asked: list[Asked]) -> None:
    """Check the single request for a payment."""
    (found,) = asked
    assert found.path == "/v1/checkout/sessions"
    assert found.headers["authorization"] == f"Bearer {KEY}"
    assert list(faults(nested(found.body), stripe_types.SessionCreateParams, stripe_types)) == []


def test_function_runs_in_workerd(make_shop: MakeShop, service: tuple[int, list[Asked]], tmp_path: Path) -> None:
    find_node()  # the binary comes with npm
    binary = next(ROOT.glob("node_modules/@cloudflare/workerd-*/bin/workerd"), None)
    if binary is None:
        pytest.skip("npm has installed no workerd for this machine")
    shop = shop_for(make_shop, "cloudflare")
    port, (stripe, asked) = free_port(), service
    # Relative: an embedded file is looked for from the configuration's folder.
    module = os.path.relpath(function_of(shop), tmp_path)
    text = CONFIG.format(output=shop.output, stripe=stripe, port=port, module=module, key=KEY)
    (tmp_path / "config.capnp").write_text(text)
    with running([str(binary), "serve", str(tmp_path / "config.capnp")], port):
        good = ask(port, "POST", "/api/checkout", ORDER)
        changed = ask(port, "POST", "/api/checkout", ORDER | {"total": "1"})
        page = ask(port, "GET", "/products/plain-band/index.html")
        told = ask(port, "GET", "/api/checkout")

    assert good[:2] == (303, PAGE)
    assert changed[:2] == (303, "/cart/#changed")
    assert page[2] == shop.text("products/plain-band/index.html")
    assert json.loads(told[2])["mode"] == "test"
    accepted(asked)


def test_function_runs_as_a_server_of_node(
    make_shop: MakeShop, service: tuple[int, list[Asked]], tmp_path: Path
) -> None:
    node = find_node()
    shop = shop_for(make_shop, "node")
    port, (stripe, asked) = free_port(), service
    # Node.js has no setting for another payment service, so a module that is loaded first replaces fetch.
    (tmp_path / "first.mjs").write_text(
        "const send = fetch;\nglobalThis.fetch = (url, init) => "
        f'send(String(url).replace("https://api.stripe.com", "http://127.0.0.1:{stripe}"), init);\n'
    )
    command = [node, "--import", str(tmp_path / "first.mjs"), str(shop.folder / "function/server.mjs")]
    with running(command, port, STRIPE_KEY=KEY, PORT=str(port)):
        good = ask(port, "POST", "/api/checkout", ORDER)
        other = ask(port, "GET", "/products/plain-band/")
        huge = ask(port, "POST", "/api/checkout", ORDER | {"code": "x" * 100_000})

    assert good[:2] == (303, PAGE)
    assert other[0] == 404
    assert huge[0] == 413
    accepted(asked)


def test_function_runs_behind_the_events_of_lambda(make_shop: MakeShop, tmp_path: Path) -> None:
    shop = shop_for(make_shop, "lambda")
    (tmp_path / "call.mjs").write_text(
        "import { readFileSync } from 'node:fs';\n"
        f"globalThis.fetch = async () => Response.json({{ url: '{PAGE}' }});\n"
        f"const {{ handler }} = await import('{(shop.folder / 'function/index.mjs').as_uri()}');\n"
        "const events = JSON.parse(readFileSync(0, 'utf8'));\n"
        "const found = [];\n"
        "for (const event of events) found.push(await handler(event));\n"
        "console.log(JSON.stringify(found));\n"
    )
    event = {
        "version": "2.0",
        "rawPath": "/api/checkout",
        "rawQueryString": "",
        "headers": {"content-type": "application/x-www-form-urlencoded", "origin": "https://shop.example"},
        "requestContext": {"http": {"method": "POST"}, "domainName": "pay.example"},
        "isBase64Encoded": True,
        "body": base64.b64encode(urlencode(ORDER).encode()).decode(),
    }
    get = event | {"body": None, "isBase64Encoded": False, "requestContext": {"http": {"method": "GET"}}}
    plain = event | {"body": urlencode(ORDER), "isBase64Encoded": False}
    told = subprocess.run(
        [find_node(), str(tmp_path / "call.mjs")],
        input=json.dumps([event, plain, get]),
        env={"PATH": os.environ["PATH"], "STRIPE_KEY": KEY},
        capture_output=True,
        text=True,
        check=True,
    )
    first, second, third = json.loads(told.stdout)

    assert (first["statusCode"], first["headers"]["location"]) == (303, PAGE)
    assert second == first
    assert json.loads(third["body"])["mode"] == "test"
