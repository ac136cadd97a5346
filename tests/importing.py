"""storegen import in a test: the command, a shop to import into, and a server of pictures."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import msgspec
import pytest

from storegen.cli.main import _run as run_command
from tests.shop import SITE, Shop


class Done(msgspec.Struct, frozen=True):
    code: int
    out: str
    err: str


class Importing(msgspec.Struct, frozen=True):
    """A shop to import into, and the command."""

    shop: Shop
    run: Callable[..., Done]

    def product(self, name: str) -> str:
        return (self.shop.folder / f"content/products/{name}.yaml").read_text()

    def products(self) -> list[str]:
        return sorted(path.stem for path in (self.shop.folder / "content/products").rglob("*.yaml"))

    def notes(self) -> str:
        return (self.shop.folder / "import-notes.txt").read_text()


@pytest.fixture
def importing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Importing:
    shop = Shop(tmp_path / "shop", {"site.yaml": SITE.replace('menu: ["category:rings", "guides"]\n', "")})

    def run(platform: str, data: str | bytes, *options: str, name: str = "export.csv") -> Done:
        file = tmp_path / name
        file.write_bytes(data.encode() if isinstance(data, str) else data)
        monkeypatch.setattr(
            sys, "argv", ["storegen", "import", platform, str(file), "--site", str(shop.folder), *options]
        )
        code = run_command()
        said = capsys.readouterr()
        return Done(code, said.out, said.err)

    return Importing(shop, run)


class _Server(BaseHTTPRequestHandler):
    """Answers by the path: a picture, a page, a redirect, silence; notes what it was asked."""

    def do_GET(self) -> None:
        self.server.asked.append(self.path)  # type: ignore[attr-defined]
        path = urlsplit(self.path).path
        found = self.server.files.get(path)  # type: ignore[attr-defined]
        redirects = {
            "/moved": "/a.png",
            "/loop": "/loop",
            "/file": "file:///etc/passwd",
            "/ftp": "ftp://127.0.0.1/a.png",
            "/inside": f"http://localhost:{self.server.server_port}/a.png",  # type: ignore[attr-defined]
        }
        if path in redirects:
            self.send_response(302)
            self.send_header("Location", redirects[path])
            self.end_headers()
        elif path == "/slow":
            self._answer(b"", length=1000)
            self.server.shutdown_event.wait(5)  # type: ignore[attr-defined]
        else:
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


class PictureServer(msgspec.Struct, frozen=True):
    """A server on this machine: its address, the files by their paths, and the paths that it was asked for."""

    address: str
    files: dict[str, bytes]
    asked: list[str]


@pytest.fixture
def picture_server(monkeypatch: pytest.MonkeyPatch) -> Iterator[PictureServer]:
    """Yield a server of pictures that does what real ones do."""
    monkeypatch.setenv("no_proxy", "127.0.0.1,localhost")
    running = ThreadingHTTPServer(("127.0.0.1", 0), _Server)
    made = PictureServer(f"http://127.0.0.1:{running.server_port}", {}, [])
    running.shutdown_event = threading.Event()  # type: ignore[attr-defined]
    running.files, running.asked = made.files, made.asked  # type: ignore[attr-defined]
    thread = threading.Thread(target=running.serve_forever, args=(0.05,))
    thread.start()
    yield made
    running.shutdown_event.set()  # type: ignore[attr-defined]
    running.shutdown()
    thread.join()
    running.server_close()
