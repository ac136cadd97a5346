"""The preview's server, for this machine only: the shop's files as a static host serves them, and the reload script.

The library livereload provides the browser script and the socket protocol. The server answers only to its own names
and origins, because any web page open in the browser may try to reach it.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import html
import json
import mimetypes
import os
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, unquote

import livereload.handlers
import msgspec
import tornado.httpclient
import tornado.httpserver
import tornado.httputil
import tornado.routing
import tornado.web

from storegen.errors import OutputError, StoregenError, UnsafePathError
from storegen.files import inside
from storegen.pool import no_fork
from storegen.serve.mails import MAILS, MailPreview
from storegen.serve.payment import PAGE, FunctionServer, PaymentFunction

_RELOAD = {"command": "reload", "path": "*", "liveCSS": False, "liveImg": False}
HOSTS = ("localhost", "127.0.0.1", "[::1]")
_OWN = "/__storegen"
_UNSERVED = ("/_worker.js", "/_routes.json")  # hosts run or read them
_NOT_YET = b"""<!doctype html><html lang=en><meta name=viewport content="width=device-width"><title>storegen</title>
<body style="font-family:sans-serif"><p>This page is not built yet. It appears here as soon as it is.</p></body>"""
_STYLE = """
#storegen-errors { position: fixed; inset: auto 0 0; z-index: 2147483647; max-height: 60vh; overflow: auto; margin: 0;
  padding: 16px 20px; background: #200c09; color: #fff; font: 14px/1.5 ui-monospace, monospace; white-space: pre-wrap; }
#storegen-errors b { color: #f3a093; }
"""


class State(msgspec.Struct):
    """The state of the server: the output folder, and the mistakes of the last build with their build time.

    At *due* the shop changes by itself. *deferred* makes the pictures that are not built yet, in the single thread of
    *maker*. *payment* is the shop's payment function, run by *payments*. *mails* makes the mails of the shop.
    """

    output: Path
    port: int = 0
    errors: tuple[str, ...] = ()
    built: str = "build-first"
    sockets: set[_Reloads] = set()
    due: dt.datetime | None = None
    deferred: Mapping[str, Callable[[], bytes]] = {}
    maker: ThreadPoolExecutor = msgspec.field(default_factory=lambda: ThreadPoolExecutor(1))
    payment: PaymentFunction | None = None
    payments: FunctionServer | None = None
    mails: MailPreview | None = None


@contextmanager
def run_server(state: State, port: int) -> Iterator[tuple[str, Callable[[], None]]]:
    """Run the server in its own thread. Yields its address and a function that reloads every open page."""
    try:
        listening = socket.create_server(("127.0.0.1", port))
    except OSError as error:
        raise OutputError(f"port {port} can't be had ({error.strerror}); name another with --port") from None
    listening.settimeout(0)
    state.port = listening.getsockname()[1]
    started = threading.Event()
    running: list[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = []

    async def run() -> None:
        """Serve until the event is set."""
        server = tornado.httpserver.HTTPServer(
            _application(state), max_header_size=16 * 1024, idle_connection_timeout=60
        )
        server.add_socket(listening)
        ended = asyncio.Event()
        running.append((asyncio.get_running_loop(), ended))
        started.set()
        await ended.wait()
        server.stop()
        for open_page in tuple(state.sockets):
            open_page.close()
        await server.close_all_connections()

    thread = threading.Thread(target=lambda: asyncio.run(run()), name="storegen-serve", daemon=True)
    thread.start()
    started.wait(10)
    loop, ended = running[0]
    try:
        yield f"http://127.0.0.1:{state.port}/", lambda: _soon(loop, _reload_all, state)
    finally:
        loop.call_soon_threadsafe(ended.set)
        state.maker.shutdown(wait=False, cancel_futures=True)
        thread.join(5)


def _soon(loop: asyncio.AbstractEventLoop, call: Callable[[State], None], state: State) -> None:
    loop.call_soon_threadsafe(call, state)


def _application(state: State) -> tornado.web.Application:
    return tornado.web.Application(
        [
            ("/livereload", _Reloads, {"state": state}),  # the script expects it here
            (f"{_OWN}/livereload.js", _Script, {"state": state}),
            (f"{_OWN}/errors.css", _Style, {"state": state}),
            (f"{MAILS}.*", _Mails, {"state": state}),
            tornado.routing.Rule(_PaymentPaths(state), _Payment, {"state": state}),
            ("/.*", _Page, {"state": state}),
        ],
        log_function=lambda handler: None,
    )


def _reload_all(state: State) -> None:
    for open_page in tuple(state.sockets):
        if open_page.shown != state.built:
            open_page.shown = state.built
            open_page.send_message(_RELOAD)


def _own_host(host: str, port: int) -> bool:
    """Return whether a Host header names this server. This prevents DNS rebinding."""
    return host in {f"{name}:{port}" for name in HOSTS}


class _Local(tornado.web.RequestHandler):
    """A request handler that accepts only this server's own names, and only GET and HEAD."""

    SUPPORTED_METHODS: tuple[str, ...] = ("GET", "HEAD")

    def initialize(self, state: State) -> None:
        """Keep the preview's state."""
        self.state = state

    def prepare(self) -> None:
        """Answer 403 to a request for another host."""
        self.set_header("Cache-Control", "no-store")
        self.set_header("X-Content-Type-Options", "nosniff")
        if not _own_host(self.request.host, self.state.port):
            self.set_status(403)
            self.finish("this server answers to localhost only\n")


class _Reloads(livereload.handlers.LiveReloadHandler):  # type: ignore[misc] # livereload brings no types
    """livereload's socket, for pages of this server only."""

    def initialize(self, state: State) -> None:
        """Keep the preview's state."""
        self.state = state
        self.shown = ""  # the build that this page shows

    def prepare(self) -> None:
        """Refuse other hosts and origins before tornado parses the origin, which may not be a valid address."""
        headers = self.request.headers
        origin = headers.get("Origin", headers.get("Sec-Websocket-Origin"))
        if not _own_host(self.request.host, self.state.port) or (origin and not self.check_origin(origin)):
            raise tornado.web.HTTPError(403)

    def check_origin(self, origin: str) -> bool:
        """Return whether the page comes from this server."""
        scheme, _, host = origin.partition("://")
        return scheme == "http" and _own_host(host, self.state.port)

    def open(self, *args: str, **kwargs: str) -> None:
        """Remember an open page."""
        self.state.sockets.add(self)

    def on_message(self, message: str | bytes) -> None:
        """Answer a page's message. If a page was loaded during a build, it is told to reload again."""
        said = _command(message)
        if said is None:
            self.state.sockets.discard(self)
            self.close(1003, "not a message of the livereload protocol")
            return
        super().on_message(message)
        if said["command"] == "hello":
            self.shown = str(said.get("snipver"))
            _reload_all(self.state)

    def on_close(self) -> None:
        """Forget a closed page."""
        self.state.sockets.discard(self)
        self.waiters.discard(self)  # livereload's own list of open sockets


def _command(message: str | bytes) -> dict[str, object] | None:
    """Return a message of livereload's protocol, a JSON object with a command. Return None for anything else."""
    try:
        said = json.loads(message) if isinstance(message, str) else None
    except (ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) and isinstance(said.get("command"), str) else None


class _Script(_Local):
    """livereload's script."""

    def get(self) -> None:
        """Send livereload's script."""
        file = Path(livereload.handlers.__file__).parent / "vendors" / "livereload.js"
        self.set_header("Content-Type", "text/javascript; charset=utf-8")
        self.finish(file.read_bytes())

    head = get


class _Style(_Local):
    """The style sheet for mistakes in the page."""

    def get(self) -> None:
        """Send the style sheet."""
        self.set_header("Content-Type", "text/css; charset=utf-8")
        self.finish(_STYLE)

    head = get


class _PaymentPaths(tornado.routing.Matcher):
    """The paths of the payment function and of the test page."""

    def __init__(self, state: State) -> None:
        self._state = state

    def match(self, request: tornado.httputil.HTTPServerRequest) -> dict[str, object] | None:
        """Return no arguments for one of these paths, None for another."""
        payment = self._state.payment
        return {} if payment is not None and request.path in {payment.path, PAGE} else None


class _Payment(_Local):
    """The payment function, which Node.js runs."""

    SUPPORTED_METHODS = ("GET", "HEAD", "POST")
    _HEADERS = ("Content-Type", "Origin", "Sec-Fetch-Site")

    async def get(self) -> None:
        """Pass the request on to the function."""
        payment, payments = self.state.payment, self.state.payments
        assert payment is not None
        assert payments is not None
        loop = asyncio.get_running_loop()
        try:
            origin = f"http://{self.request.host}"
            port = await loop.run_in_executor(None, payments.port, payment, origin)
        except StoregenError as error:
            self.set_status(503)
            self.set_header("Content-Type", "text/plain; charset=utf-8")
            self.finish(str(error))
            return
        headers = {name: self.request.headers[name] for name in self._HEADERS if name in self.request.headers}
        asked = tornado.httpclient.HTTPRequest(
            f"http://127.0.0.1:{port}{self.request.uri}",
            method=self.request.method,
            headers=headers,
            body=self.request.body if self.request.method == "POST" else None,
            follow_redirects=False,
        )
        found = await tornado.httpclient.AsyncHTTPClient().fetch(asked, raise_error=False)
        self.set_status(found.code)
        for name in ("Content-Type", "Content-Security-Policy", "Location"):
            if name in found.headers:
                self.set_header(name, found.headers[name])
        self.finish(found.body or b"")

    head = get
    post = get


class _Page(_Local):
    """The shop's files as a static host would serve them. Pages also contain the reload script."""

    _making: asyncio.Future[bytes] | None = None

    async def get(self) -> None:
        """Send a file, a picture that is made now, or the page for a wrong address."""
        path = unquote(self.request.path)
        make = self.state.deferred.get(path.lstrip("/"))
        found = _read(self.state.output, path) if make is None else await self._make(path, make)
        if found is None and not path.endswith("/") and (index := _find(self.state.output, f"{path}/")) is not None:
            self._redirect(index)
            return
        if found is None:
            self.set_status(404)
            found = _read(self.state.output, "/404.html")
        if found is None:
            self._send_page(_NOT_YET)
        elif found[0].endswith(".html"):
            self._send_page(found[1])
        else:
            kind = mimetypes.guess_type(found[0])[0] or "application/octet-stream"
            text = kind.startswith("text/") or kind.endswith(("xml", "json", "javascript"))
            self.set_header("Content-Type", f"{kind}; charset=utf-8" if text else kind)
            self.finish(found[1])

    head = get

    async def _make(self, path: str, make: Callable[[], bytes]) -> tuple[str, bytes] | None:
        """Return the name and content of a picture that is not built yet. The next build reports a faulty picture."""
        self._making = asyncio.get_running_loop().run_in_executor(self.state.maker, _alone, make)
        try:
            return path, await self._making
        except (StoregenError, asyncio.CancelledError):
            return None

    def on_connection_close(self) -> None:
        """Cancel a picture that nobody waits for any more."""
        if self._making is not None:
            self._making.cancel()

    def _redirect(self, index: Path) -> None:
        """Redirect the browser to the folder of a page.

        The address comes from the file that was found, not from the request: ``//name`` would mean another host.
        """
        folder = index.parent.relative_to(os.path.realpath(self.state.output)).as_posix()
        query = quote(self.request.query, safe="%=&+,;:@/?!$'()*~")
        self.redirect(f"/{quote(folder)}/" + (f"?{query}" if query else ""))

    def _send_page(self, data: bytes) -> None:
        self.set_header("Content-Type", "text/html; charset=utf-8")
        own = f"ws://{self.request.host}".encode()
        data = data.replace(b"connect-src &#39;self&#39;", b"connect-src &#39;self&#39; " + own)
        payment = self.state.payment
        if payment is not None and payment.action != payment.path:  # the function of another host runs here
            data = data.replace(payment.action.encode(), payment.path.encode())
        head, body, tail = data.rpartition(b"</body>")
        self.finish(head + self._added() + body + tail if body else data)

    def _added(self) -> bytes:
        # The script can't find its server's name in an address with a folder. "snipver" comes back in its hello.
        host = self.request.host.rpartition(":")[0]
        query = f"host={host}&amp;port={self.state.port}&amp;snipver={self.state.built}"
        script = f'<script src="{_OWN}/livereload.js?{query}" defer></script>'
        if not self.state.errors:
            return script.encode()
        lines = "\n".join(map(html.escape, self.state.errors))
        box = (
            f'<pre id="storegen-errors" role="alert"><b>The shop was not built: mend this and save.</b>\n{lines}</pre>'
        )
        return f'<link rel="stylesheet" href="{_OWN}/errors.css">{box}{script}'.encode()


class _Mails(_Page):
    """The preview of mails."""

    async def get(self) -> None:
        """Send the views of a mail, or the mail itself."""
        mails = self.state.mails
        path = unquote(self.request.path) + (f"?{self.request.query}" if self.request.query else "")
        loop = asyncio.get_running_loop()
        found = await loop.run_in_executor(None, mails.answer, path, self.state.built) if mails else None
        if found is None:
            self.set_status(404)
            self._send_page(b"<!doctype html><html lang=en><title>storegen</title><body>no such mail</body></html>")
        elif found[0] == "text/html":
            self._send_page(found[1].encode())
        else:
            self.set_header("Content-Type", f"{found[0]}; charset=utf-8")
            self.finish(found[1])

    head = get


def _alone(make: Callable[[], bytes]) -> bytes:
    with no_fork():
        return make()


def _find(output: Path, path: str) -> Path | None:
    """Return the file for a path. Hidden files and files outside the output folder are never returned."""
    if "\0" in path or path in _UNSERVED or any(part.startswith(".") for part in path.split("/")):
        return None
    name = path.lstrip("/")
    try:
        file = inside(output, f"{name}index.html" if not name or name.endswith("/") else name)
        return file if file.is_file() else None
    except (UnsafePathError, OSError, ValueError):  # a name can be too long for the system
        return None


def _read(output: Path, path: str) -> tuple[str, bytes] | None:
    """Return the name and content of the file for a path, or None if it does not exist."""
    file = _find(output, path)
    if file is None:
        return None
    try:
        return file.name, file.read_bytes()
    except OSError:
        return None
