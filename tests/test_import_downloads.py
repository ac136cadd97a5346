"""Fetching pictures, from a server on this machine that does what real ones do."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from storegen.importers.downloads import DownloadError, Fetched, Patience, fetch_all, fetch_picture, picture_ending

PNG = b"\x89PNG\r\n\x1a\n" + b"x" * 100
JPEG = b"\xff\xd8\xff" + b"x" * 100
PATIENCE = Patience(answer=0.5, whole=0.5)


class _Server(BaseHTTPRequestHandler):
    """Answers by the path: a picture, a page, a redirect, silence."""

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        redirects = {
            "/moved": "/a.png",
            "/loop": "/loop",
            "/file": "file:///etc/passwd",
            "/ftp": "ftp://127.0.0.1/a.png",
        }
        if path in redirects:
            self.send_response(302)
            self.send_header("Location", redirects[path])
            self.end_headers()
        elif path == "/slow":
            self._answer(b"", length=1000)
            self.server.shutdown_event.wait(5)  # type: ignore[attr-defined]
        else:
            found = {"/a.png": PNG, "/b.jpg": JPEG, "/s%C3%B5rmus.png": PNG, "/page": b"<html>", "/empty": b""}.get(
                path
            )
            self._answer(found if found is not None else b"gone", status=200 if found is not None else 404)

    def _answer(self, data: bytes, *, status: int = 200, length: int | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "image/jpeg")
        self.send_header("Content-Length", str(len(data) if length is None else length))
        self.end_headers()
        self.wfile.write(data)
        self.wfile.flush()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Yield the address of a server on this machine."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    running = ThreadingHTTPServer(("127.0.0.1", 0), _Server)
    running.shutdown_event = threading.Event()  # type: ignore[attr-defined]
    thread = threading.Thread(target=running.serve_forever, args=(0.05,))
    thread.start()
    yield f"http://127.0.0.1:{running.server_port}"
    running.shutdown_event.set()  # type: ignore[attr-defined]
    running.shutdown()
    thread.join()
    running.server_close()


def fault(address: str, limit: int = 1000) -> str:
    with pytest.raises(DownloadError) as error:
        fetch_picture(address, patience=PATIENCE, limit=limit)
    return str(error.value)


def test_picture_is_known_by_its_first_bytes_whatever_its_name(server: str) -> None:
    assert fetch_picture(f"{server}/a.png?v=1") == Fetched(f"{server}/a.png?v=1", PNG, ".png")
    assert fetch_picture(f"{server}/b.jpg").ending == ".jpg"
    assert fetch_picture(f"{server}/sõrmus.png").ending == ".png"


def test_redirect_is_followed_to_the_picture(server: str) -> None:
    assert fetch_picture(f"{server}/moved").data == PNG


@pytest.mark.parametrize("path", ["/file", "/ftp"])
def test_redirect_out_of_the_web_is_refused(server: str, path: str) -> None:
    assert fault(server + path) == "the address, or one that it leads to, is not an http or https address"


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "ftp://127.0.0.1/a.png", "data:image/png;base64,AA", "a.png"]
)
def test_only_addresses_on_the_web_are_fetched(address: str) -> None:
    assert fault(address) == "the address, or one that it leads to, is not an http or https address"


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/loop", "more than 5 redirects"),
        ("/none", "the server answered 404"),
        ("/page", "what came is not a JPEG, PNG, WebP, AVIF or GIF picture"),
        ("/empty", "what came is not a JPEG, PNG, WebP, AVIF or GIF picture"),
        ("/slow", "the connection broke: timed out"),
    ],
)
def test_what_can_not_be_fetched_says_why(server: str, path: str, message: str) -> None:
    assert fault(server + path) == message


def test_picture_larger_than_the_limit_is_refused(server: str) -> None:
    assert fault(f"{server}/a.png", limit=50) == "the picture is larger than 50 bytes"


def test_server_that_is_not_there_is_an_error_and_no_traceback() -> None:
    assert fault("http://127.0.0.1:1/a.png").startswith("the server can't be reached")


def test_many_come_in_order_and_failures_among_them(server: str) -> None:
    addresses = [f"{server}/{name}" for name in ("a.png", "none", "b.jpg", "moved", "page", "a.png")]
    found = list(fetch_all(addresses, patience=PATIENCE))
    assert [each.address for each in found] == addresses
    assert [bool(each.data) for each in found] == [True, False, True, True, False, True]


@pytest.mark.parametrize(
    ("start", "ending"),
    [
        (b"\xff\xd8\xff\xe0", ".jpg"),
        (b"GIF89a", ".gif"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", ".webp"),
        (b"\x00\x00\x00\x20ftypavif", ".avif"),
        (b"<svg xmlns=", ""),
        (b"", ""),
    ],
)
def test_first_bytes_of_each_format(start: bytes, ending: str) -> None:
    assert picture_ending(start) == ending
