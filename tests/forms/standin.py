"""A server in place of form services, and a form of a page sent as a browser sends it."""

from __future__ import annotations

import http.client
import http.server
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from urllib.parse import parse_qsl, urlencode, urlsplit

from bs4 import Tag


class Received:
    """What the stand-in was sent: the path with its query, and the fields of each form."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.forms: list[tuple[str, dict[str, str]]] = []


@contextmanager
def stand_in() -> Iterator[Received]:
    """Run a server that keeps every form, and redirects as its field for that asks."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            assert self.headers["Content-Type"] == "application/x-www-form-urlencoded"
            fields = dict(parse_qsl(self.rfile.read(length).decode(), keep_blank_values=True))
            received.forms.append((self.path, fields))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    received = Received(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield received
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def fields_of(form: Tag, typed: Mapping[str, str]) -> dict[str, str]:
    """Return what a browser sends of a form in which a visitor typed texts into fields, by their ``data-field``."""
    found: dict[str, str] = {}
    for each in form.select("input, textarea"):
        box = each.find_parent(attrs={"data-field": True})
        text = typed.get(str(box["data-field"]), "") if box else str(each.get("value", ""))
        if each.get("type") in {"radio", "checkbox"} and (not box or each.get("value") != text):
            continue
        found[str(each["name"])] = text
    return found


def send(form: Tag, typed: Mapping[str, str], received: Received) -> tuple[str, dict[str, str]]:
    """Send a form to the stand-in in place of its service; return the path and the fields that it received."""
    assert str(form["method"]).lower() == "post"
    parts = urlsplit(str(form["action"]))
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    body = urlencode(fields_of(form, typed)).encode()
    connection = http.client.HTTPConnection("127.0.0.1", received.port)
    connection.request("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"})
    assert connection.getresponse().status == 204
    connection.close()
    return received.forms[-1]
