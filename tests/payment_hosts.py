"""The hosts of a payment function on this machine, and a payment service that only records what it is asked.

STOREGEN_WRANGLER and STOREGEN_DENO are the programs of hosts that the project doesn't install.
"""

from __future__ import annotations

import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

import pytest

from tests.browser import StaticHost
from tests.conftest import ROOT
from tests.pressing import KEY, PAGE, function_of
from tests.shop import Shop
from tests.theme.test_scripts import find_node

API = "https://api.stripe.com"
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


@contextmanager
def payment_service() -> Iterator[tuple[int, list[Asked]]]:
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
        try:
            yield server.server_port, asked
        finally:
            server.shutdown()
            thread.join()


def free_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as found:
        port: int = found.getsockname()[1]
        return port


@contextmanager
def running(command: list[str], port: int, folder: Path, **environment: str) -> Iterator[None]:
    """Run a server in a folder until the end of the block. Waits until it answers.

    Hosts' programs write files beside what they serve, and into the folder that they are called from.
    """
    # A session of its own: hosts' programs start others, which end with it.
    process = subprocess.Popen(
        command,
        cwd=folder,
        env={"PATH": os.environ["PATH"], **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        end = time.monotonic() + 60
        while time.monotonic() < end and process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                time.sleep(0.02)
        else:
            pytest.fail(f"{command[0]} doesn't answer")
        yield
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def ask(port: int, method: str, path: str, fields: dict[str, str] | None = None) -> tuple[int, str, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
    with closing(connection):
        connection.request(method, path, urlencode(fields) if fields else None, headers if fields else {})
        answer = connection.getresponse()
        return answer.status, answer.getheader("Location", ""), answer.read().decode()


def _program(name: str) -> str:
    """Return a program of a host, or skip."""
    found = os.environ.get(f"STOREGEN_{name.upper()}") or shutil.which(name)
    if not found:
        pytest.skip(f"no {name} found: name the program in STOREGEN_{name.upper()}")
    return found


@contextmanager
def workerd(shop: Shop, service: int, folder: Path) -> Iterator[int]:
    """Run the function in Cloudflare's runtime, with the service in place of every other host; yields its port."""
    find_node()  # the binary comes with npm
    binary = next(ROOT.glob("node_modules/@cloudflare/workerd-*/bin/workerd"), None)
    if binary is None:
        pytest.skip("npm has installed no workerd for this machine")
    port = free_port()
    # Relative: an embedded file is looked for from the configuration's folder.
    module = os.path.relpath(function_of(shop), folder)
    text = CONFIG.format(output=shop.output, stripe=service, port=port, module=module, key=KEY)
    (folder / "config.capnp").write_text(text)
    with running([str(binary), "serve", str(folder / "config.capnp")], port, folder):
        yield port


@contextmanager
def node(shop: Shop, service: int, folder: Path) -> Iterator[int]:
    """Run the function as a server of Node.js; yields its port."""
    port = free_port()
    # Node.js has no setting for another payment service, so a module that is loaded first replaces fetch.
    (folder / "first.mjs").write_text(
        "const send = fetch;\nglobalThis.fetch = (url, init) => "
        f'send(String(url).replace("{API}", "http://127.0.0.1:{service}"), init);\n'
    )
    file = shop.folder / "function/server.mjs"
    with running(
        [find_node(), "--import", str(folder / "first.mjs"), str(file)], port, folder, STRIPE_KEY=KEY, PORT=str(port)
    ):
        yield port


@contextmanager
def deno(shop: Shop, service: int, folder: Path) -> Iterator[int]:
    """Run the function as Deno Deploy does; yields its port."""
    port = free_port()
    file = _with_service(shop.folder / "function/main.mjs", folder / "main.mjs", service)
    command = [_program("deno"), "serve", "--host", "127.0.0.1", "--port", str(port), "-A", str(file)]
    with running(command, port, folder, STRIPE_KEY=KEY, DENO_NO_UPDATE_CHECK="1", HOME=str(folder)):
        yield port


@contextmanager
def wrangler(shop: Shop, service: int, folder: Path) -> Iterator[int]:
    """Serve a copy of the output as Cloudflare Pages does; yields the port of pages and function."""
    program, port = _program("wrangler"), free_port()
    copy = folder / "pages"
    shutil.copytree(shop.output, copy)
    _with_service(copy / "_worker.js", copy / "_worker.js", service)
    command = [program, "pages", "dev", str(copy), "--ip", "127.0.0.1", "--port", str(port)]
    command += ["--compatibility-date", "2026-04-01", "--binding", f"STRIPE_KEY={KEY}"]
    with running(command, port, folder, WRANGLER_SEND_METRICS="false", CI="1", HOME=str(folder)):
        yield port


def _with_service(module: Path, copy: Path, service: int) -> Path:
    """Write a module that asks the service on this machine, for hosts that can't redirect a request."""
    text = module.read_text()
    assert text.count(API) == 1
    copy.write_text(text.replace(API, f"http://127.0.0.1:{service}"))
    return copy


@contextmanager
def in_front_of(function: int, folder: Path, path: str = "/api/checkout") -> Iterator[int]:
    """Serve the pages of a folder, and pass on the function's path as a web server does; yields the port."""

    class Front(StaticHost):
        def do_GET(self) -> None:  # noqa: N802 - the base class's name
            if self.path.partition("?")[0] == path:
                self._pass_on()
            else:
                super().do_GET()

        def do_POST(self) -> None:  # noqa: N802 - the base class's name
            self._pass_on()

        def _pass_on(self) -> None:
            connection = http.client.HTTPConnection("127.0.0.1", function, timeout=20)
            sent = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            with closing(connection):
                connection.request(self.command, self.path, sent or None, dict(self.headers.items()))
                answer = connection.getresponse()
                body = answer.read()
            self.send_response(answer.status)
            for name, value in answer.getheaders():
                if name.lower() not in {"transfer-encoding", "connection", "content-length"}:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    with ThreadingHTTPServer(("127.0.0.1", 0), lambda *given: Front(*given, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield server.server_port
        finally:
            server.shutdown()
            thread.join()


class Host(NamedTuple):
    """A host: the name that site.yaml has for it, how it runs, and whether it has the pages too."""

    name: str
    run: Callable[[Shop, int, Path], AbstractContextManager[int]]
    has_pages: bool = False


HOSTS: Mapping[str, Host] = {
    "node": Host("node", node),
    "workerd": Host("cloudflare", workerd),
    "deno": Host("deno", deno),
    "wrangler": Host("cloudflare", wrangler, has_pages=True),
}


@contextmanager
def published(shop: Shop, host: Host, service: int, folder: Path) -> Iterator[str]:
    """Publish a built shop on a host of this machine; yields its address."""
    with host.run(shop, service, folder) as function:
        if host.has_pages:
            yield f"http://127.0.0.1:{function}"
            return
        with in_front_of(function, shop.output) as port:
            yield f"http://127.0.0.1:{port}"
