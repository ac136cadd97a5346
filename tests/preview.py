"""A running preview in a test, and what a browser asks of it."""

from __future__ import annotations

import http.client
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass

import pytest

from storegen.build import Options
from storegen.serve import Event, serve
from tests.shop import NOW, Shop


@dataclass
class Preview:
    shop: Shop
    port: int
    events: list[Event]

    def get(self, path: str, host: str = "") -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.putrequest("GET", path, skip_host=True)
        connection.putheader("Host", host or f"127.0.0.1:{self.port}")
        connection.endheaders()
        with closing(connection):
            answer = connection.getresponse()
            return answer.status, answer.read().decode("utf-8", "replace")

    def upgrade(self, origin: str) -> int:
        """Ask for the reload socket as a page of *origin* would; returns the status."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as stream:
            stream.sendall(self.upgrade_request(origin))
            return int(stream.recv(200).split()[1])

    def upgrade_request(self, origin: str = "") -> bytes:
        return (
            f"GET /livereload HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nUpgrade: websocket\r\n"
            f"Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
            f"Origin: {origin or f'http://127.0.0.1:{self.port}'}\r\n\r\n"
        ).encode()

    def wait(self, count: int) -> None:
        end = time.monotonic() + 20
        while len(self.events) < count and time.monotonic() < end:
            time.sleep(0.02)
        assert len(self.events) >= count

    def wait_for(self, text: str, path: str) -> None:
        """Wait until a page holds a text, or a style sheet of it."""
        end = time.monotonic() + 20
        found = ""
        while text not in found and time.monotonic() < end:
            time.sleep(0.05)
            _, found = self.get(path)
            found += "".join(self.get(sheet)[1] for sheet in re.findall(r'href="([^"]+\.css)"', found))
        assert text in found


@pytest.fixture
def preview(five: Shop) -> Iterator[Preview]:
    """Run the preview of a shop of five products."""
    with previewed(five) as running:
        yield running


@contextmanager
def previewed(shop: Shop, first: Callable[[Preview], None] | None = None) -> Iterator[Preview]:
    """Run the preview of a shop. *first* is called after its first build, before it watches the files."""
    stop = threading.Event()
    events: list[Event] = []
    previews: list[Preview] = []

    def tell(address: str, event: Event) -> None:
        preview = Preview(shop, int(address.rsplit(":", 1)[1].strip("/")), events)
        if first and not previews:
            first(preview)
        previews.append(preview)
        events.append(event)

    thread = threading.Thread(
        target=serve, args=(Options(shop.folder, now=NOW, jobs=1),), kwargs={"port": 0, "tell": tell, "stop": stop}
    )
    thread.start()
    end = time.monotonic() + 20
    while not previews and time.monotonic() < end:
        time.sleep(0.02)
    try:
        yield previews[0]
    finally:
        stop.set()
        thread.join(20)
    assert not thread.is_alive()
