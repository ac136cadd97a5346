"""A real browser for tests, and a server that answers as a static host does."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# What a page has received so far; its fonts may come after it says that it is loaded.
_RECEIVED = "() => [performance.getEntriesByType('resource').length, document.fonts.status]"
_QUIET = 0.3  # seconds
_PATIENCE = 10.0
_EXPECTED = 20_000  # milliseconds until an expectation must hold; a busy machine needs more than the usual five seconds
# The headless shell is the same engine without the windows around it, and needs less than half of the processor's time.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


def find_chromium() -> str:
    """Return the system's Chromium, or skip; where STOREGEN_BROWSER=required, its absence is a failure."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if found:
        return found
    if os.environ.get("STOREGEN_BROWSER") == "required":
        pytest.fail("Chromium is required here and was not found")
    pytest.skip("browser tests left out: no Chromium found")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the system's Chromium once for all tests of a process."""
    path = find_chromium()
    expect.set_options(timeout=_EXPECTED)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield started
        started.close()


def settle(page: Page) -> None:
    """Wait until a page is loaded and has received nothing more for a while; one that never rests is left so."""
    page.wait_for_load_state("load")
    received, since, end = page.evaluate(_RECEIVED), time.monotonic(), time.monotonic() + _PATIENCE
    while time.monotonic() < min(since + _QUIET, end):
        page.wait_for_timeout(40)
        if (now := page.evaluate(_RECEIVED)) != received:
            received, since = now, time.monotonic()


class _Server(http.server.ThreadingHTTPServer):
    """A server that keeps more visitors waiting than a browser sends at once; one turned away comes back seconds later."""

    request_queue_size = 128


class StaticHost(http.server.SimpleHTTPRequestHandler):
    """Files of a folder; a wrong address is answered by 404.html."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory) / "404.html"
        if code != 404 or not page.is_file():
            super().send_error(code, message, explain)
            return
        data = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        return


@contextmanager
def hosted(folder: Path) -> Iterator[str]:
    """Serve a folder on a free port of the loopback; yields the address without a slash at its end."""
    handler = functools.partial(StaticHost, directory=str(folder))
    with _Server(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()
