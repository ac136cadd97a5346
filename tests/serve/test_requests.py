"""What is asked of the preview by others than a browser that follows its links."""

from __future__ import annotations

import logging
import re
import socket
from contextlib import suppress

import pytest

from tests.preview import Preview

pytestmark = pytest.mark.slow

# Paths of requests as an attacker, a broken client or a curious person may send them, byte for byte.
_LONG = b"a" * 6000
ODD_PATHS: tuple[bytes, ...] = (
    b"/../site.yaml",
    b"/../../site.yaml",
    b"/products/../../site.yaml",
    b"/./../site.yaml",
    b"/.././site.yaml",
    b"/..",
    b"/.",
    b"/./",
    b"/../",
    b"..",
    b"../site.yaml",
    b"site.yaml",
    b"/%2e%2e/site.yaml",
    b"/%2E%2E/site.yaml",
    b"/.%2e/site.yaml",
    b"/%2e./site.yaml",
    b"/..%2fsite.yaml",
    b"/..%2Fsite.yaml",
    b"/%2e%2e%2fsite.yaml",
    b"/products%2f..%2f..%2fsite.yaml",
    b"/%252e%252e/site.yaml",
    b"/%252e%252e%252fsite.yaml",
    b"/%25252e%25252e/site.yaml",
    b"/..\\site.yaml",
    b"/..%5csite.yaml",
    b"/%2e%2e%5csite.yaml",
    b"/..%255csite.yaml",
    b"\\..\\site.yaml",
    b"/\\site.yaml",
    b"/%5c%5cevil.example/share",
    b"/..%c0%afsite.yaml",
    b"/%c0%ae%c0%ae/site.yaml",
    b"/%e0%80%ae%e0%80%ae/site.yaml",
    b"/..%ef%bc%8fsite.yaml",
    b"/..;/site.yaml",
    b"/%00",
    b"/index.html%00.jpg",
    b"/products/rope-ring/index.html%00",
    b"/%00/../site.yaml",
    b"/etc/passwd",
    b"//etc/passwd",
    b"/%2fetc%2fpasswd",
    b"/%2f%2fetc/passwd",
    b"///etc/passwd",
    b"//../site.yaml",
    b"http://evil.example/etc/passwd",
    b"http://evil.example/products/rope-ring",
    b"file:///etc/passwd",
    b"javascript:alert(1)",
    b"*",
    b"?",
    b"#",
    b"/#/../site.yaml",
    b"/?path=../site.yaml",
    b"/C:/site.yaml",
    b"/C:%5csite.yaml",
    b"/c%3a/site.yaml",
    b"/index.html::$DATA",
    b"/site.yaml::$DATA",
    b"/products:$I30:$INDEX_ALLOCATION/",
    b"/site.yaml.",
    b"/site.yaml%20",
    b"/.storegen/manifest",
    b"/%2estoregen/manifest",
    b"/.git/config",
    b"/link/site.yaml",
    b"/link/../site.yaml",
    b"/link%2fsite.yaml",
    b"/passwd",
    b"/loop/loop/loop",
    b"/unreadable.html",
    b"/" + _LONG,
    b"/" + b"a/" * 3000,
    b"/" + b"%61" * 2000,
    b"/" + b"../" * 2000 + b"site.yaml",
    b"/" + b"a" * 256,
    b"/" + b"a" * 256 + b"/",
    b"/%",
    b"/%2",
    b"/%zz",
    b"/%%%",
    b"/%u002e%u002e/site.yaml",
    b"/\xff\xfe",
    b"/\xc3\xa4",
    b"/%ff%fe",
    b"/%ed%a0%80",
    b"/caf\xe9/..",
    b"/index.html/",
    b"/index.html/..%2f..%2fsite.yaml",
    b"/products/rope-ring/index.html/../../../../site.yaml",
    b"/~root/site.yaml",
    b"/$HOME/site.yaml",
    b"/%0d%0aSet-Cookie:%20a=b",
    b"/products/rope-ring%0d%0aX:%20y",
    b"/products/rope-ring?%0d%0aX:%20y",
    b"/products/rope-ring?\xff\xfe",
)
# Whole requests that are not what a browser sends; {host} is this server's name.
ODD_REQUESTS: tuple[bytes, ...] = (
    b"GET\r\n\r\n",
    b"GET /\r\n\r\n",
    b"GET  / HTTP/1.1\r\nHost: {host}\r\n\r\n",
    b"GET /a b HTTP/1.1\r\nHost: {host}\r\n\r\n",
    b"GET / HTTP/9.9\r\nHost: {host}\r\n\r\n",
    b"GET / HTTP/1.1\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: {host}\r\nHost: evil.example\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: \xff\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost {host}\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: {host}\r\nContent-Length: x\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: {host}\r\nContent-Length: -1\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: {host}\r\nX: " + b"y" * 20_000 + b"\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: {host}\r\nCookie: \xff=;;;=\r\nConnection: close\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: {host}\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabc",
    (
        b"POST / HTTP/1.1\r\nHost: {host}\r\nContent-Type: multipart/form-data\r\nContent-Length: 3\r\n"
        b"Connection: close\r\n\r\nabc"
    ),
    b"OPTIONS * HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n",
    b"CONNECT evil.example:443 HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n",
    b"PROPFIND / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n",
    b"GET /livereload HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n",
    (
        b"GET /livereload HTTP/1.0\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Origin: http://[\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
    ),
    (
        b"GET /livereload HTTP/1.0\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Version: 99\r\n\r\n"
    ),
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
    b"\x00\x00\x00\r\n\r\n",
)


def _asked(preview: Preview, request: bytes) -> bytes:
    """Send the bytes of a request and return those of the answer; empty where the server just closes."""
    answer = b""
    with socket.create_connection(("127.0.0.1", preview.port), timeout=10) as stream, suppress(ConnectionError):
        stream.sendall(request.replace(b"{host}", f"127.0.0.1:{preview.port}".encode()))
        while part := stream.recv(65536):
            answer += part
    return answer


def _said(caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> str:
    """Return what would stand on the merchant's terminal; pytest takes log messages away before they get there."""
    loud = [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]
    return "\n".join((*loud, capfd.readouterr().err))


def test_odd_requests_are_refused_quietly(
    preview: Preview, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    output = preview.shop.output
    (output / "link").symlink_to(preview.shop.folder)
    (output / "passwd").symlink_to("/etc/passwd")
    (output / "loop").symlink_to("loop")
    (output / "unreadable.html").mkdir()
    paths = [b"GET " + path + b" HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n" for path in ODD_PATHS]

    for request in (*paths, *ODD_REQUESTS):
        answer = _asked(preview, request)
        head, _, body = answer.partition(b"\r\n\r\n")
        assert head or request in ODD_REQUESTS, request
        status = int(head.split()[1]) if head else 400
        assert status in {200, 302} or 400 <= status < 500, (request, head)
        assert b"legal_name" not in answer, request
        assert b"root:" not in answer, request
        assert b"\nX:" not in head, request
        if status == 302:
            assert re.search(rb"\r\nLocation: /[^/\\]", head), (request, head)
        if status == 200:
            assert b"<title>Test shop" in body, request
    assert _said(caplog, capfd) == ""


@pytest.mark.parametrize(
    "path",
    [
        "/products/plain-band",
        "//products/plain-band",
        "///products//plain-band",
        "/%2fproducts/plain-band",
        "//products%2fplain-band",
    ],
)
def test_page_without_its_slash_redirects_to_this_host(preview: Preview, path: str) -> None:
    for query in ("", "?variant=A&b=%20"):
        answer = _asked(preview, f"GET {path}{query} HTTP/1.1\r\nHost: {{host}}\r\nConnection: close\r\n\r\n".encode())

        assert b" 302 " in answer
        assert f"\r\nLocation: /products/plain-band/{query}\r\n".encode() in answer


@pytest.mark.parametrize(
    "path", ["//evil.example", "/\\evil.example", "/%5cevil.example", "/%2fevil.example", "/./products"]
)
def test_other_host_is_never_redirected_to(preview: Preview, path: str) -> None:
    (preview.shop.output / "evil.example").mkdir()
    (preview.shop.output / "evil.example/index.html").write_text("<title>Test shop</title>")

    answer = _asked(preview, f"GET {path} HTTP/1.1\r\nHost: {{host}}\r\nConnection: close\r\n\r\n".encode())

    assert b" 404 " in answer or b"\r\nLocation: /evil.example/\r\n" in answer


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        (1, b"not JSON"),
        (1, b""),
        (1, b"[]"),
        (1, b"1"),
        (1, b"null"),
        (1, b'"hello"'),
        (1, b"{}"),
        (1, b'{"command": ["hello"]}'),
        (1, b"[" * 100_000),
        (1, b"1" * 5000),
        (1, b"\xff\xfe"),
        (2, b'{"command": "hello"}'),
        (2, '{"command": "hello"}'.encode("utf-16")),
    ],
)
def test_socket_closes_quietly_on_what_is_no_message(
    preview: Preview,
    kind: int,
    message: bytes,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    with socket.create_connection(("127.0.0.1", preview.port), timeout=10) as stream:
        stream.sendall(preview.upgrade_request())
        assert b" 101 " in stream.recv(1000)
        size = len(message)
        length = bytes([128 | size]) if size < 126 else bytes([128 | 127]) + size.to_bytes(8)
        stream.sendall(bytes([128 | kind]) + length + bytes(4) + message)  # masked by zeros: as it is
        answer = stream.recv(1000)

    assert answer == b"" or answer[0] == 0x88  # closed, with or without a reason
    assert _said(caplog, capfd) == ""
