"""Pictures of the old shop, fetched from the web: only http and https, only pictures, only so large, only so long."""

from __future__ import annotations

import itertools
import time
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from http.client import HTTPException, HTTPResponse
from urllib.error import HTTPError
from urllib.parse import quote, urljoin, urlsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
)

import msgspec

from storegen.errors import StoregenError
from storegen.importers.cells import as_address

PICTURE_LIMIT = 40 * 1024 * 1024
MAX_REDIRECTS = 5
_TOGETHER = 4
_CHUNK = 64 * 1024
_HEADERS = {"User-Agent": "storegen import", "Accept": "image/avif,image/webp,image/png,image/jpeg,image/gif"}


class DownloadError(StoregenError):
    """A picture could not be fetched, or what came is no picture."""


class Patience(msgspec.Struct, frozen=True):
    """How long to wait, in seconds: for one answer of the server, and for a whole picture."""

    answer: float = 20.0
    whole: float = 120.0


_PATIENCE = Patience()


class Fetched(msgspec.Struct, frozen=True):
    """What came from an address: a picture with its file name ending, or why there is none."""

    address: str
    data: bytes = b""
    ending: str = ""
    fault: str = ""


def fetch_all(
    addresses: Iterable[str], *, patience: Patience = _PATIENCE, limit: int = PICTURE_LIMIT
) -> Iterator[Fetched]:
    """Yield what comes from each address, in order; a few are fetched at a time, and no more are held."""
    waiting = iter(addresses)
    with ThreadPoolExecutor(_TOGETHER) as pool:

        def ask(address: str) -> Future[Fetched]:
            return pool.submit(_tried, address, patience, limit)

        running = deque(map(ask, itertools.islice(waiting, _TOGETHER)))
        while running:
            yield running.popleft().result()
            running.extend(map(ask, itertools.islice(waiting, 1)))


def _tried(address: str, patience: Patience, limit: int) -> Fetched:
    try:
        return fetch_picture(address, patience=patience, limit=limit)
    except DownloadError as error:
        return Fetched(address, fault=str(error))


def fetch_picture(address: str, *, patience: Patience = _PATIENCE, limit: int = PICTURE_LIMIT) -> Fetched:
    """Fetch one picture; every stop of a redirect must be http or https again.

    Raises DownloadError where it can't be reached, is larger than *limit* bytes, or is not a JPEG, PNG, WebP, AVIF or
    GIF by its first bytes, whatever its name and the server say.
    """
    data = _followed(address, patience, limit)
    ending = picture_ending(data)
    if not ending:
        raise DownloadError("what came is not a JPEG, PNG, WebP, AVIF or GIF picture")
    return Fetched(address, data, ending)


def picture_ending(data: bytes) -> str:
    """Return the file name ending for a picture by its first bytes, or an empty string where it is none."""
    if data.startswith(b"\xff\xd8\xff"):
        return ".jpg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return ".png"
    if data.startswith((b"GIF87a", b"GIF89a")):
        return ".gif"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return ".webp"
    if data[4:8] == b"ftyp" and data[8:12] in {b"avif", b"avis"}:
        return ".avif"
    return ""


def _followed(address: str, patience: Patience, limit: int) -> bytes:
    opener = _opener()
    until = time.monotonic() + patience.whole
    for _ in range(MAX_REDIRECTS + 1):
        answer = _asked(opener, address, patience)
        if isinstance(answer, str):
            address = answer
            continue
        with answer:
            return _read(answer, until, limit)
    raise DownloadError(f"more than {MAX_REDIRECTS} redirects")


def _opener() -> OpenerDirector:
    """Return an opener that knows http and https and follows no redirect by itself."""
    opener = OpenerDirector()
    for handler in (ProxyHandler(), HTTPHandler(), HTTPSHandler(), HTTPDefaultErrorHandler(), HTTPErrorProcessor()):
        opener.add_handler(handler)
    return opener


def _asked(opener: OpenerDirector, address: str, patience: Patience) -> HTTPResponse | str:
    """Return the server's answer, or the address that it sends us on to."""
    try:
        request = Request(_ascii(as_address(address)), headers=_HEADERS)  # noqa: S310 - as_address lets only http and https through
        answer = opener.open(request, timeout=patience.answer)
    except HTTPError as error:
        with error:
            place = error.headers.get("Location", "")
            if error.code in {301, 302, 303, 307, 308} and place:
                return urljoin(address, place)
        raise DownloadError(f"the server answered {error.code}") from None
    except ValueError:
        raise DownloadError("the address, or one that it leads to, is not an http or https address") from None
    except (OSError, HTTPException) as error:
        raise DownloadError(f"the server can't be reached: {error}") from None
    if not isinstance(answer, HTTPResponse):
        raise DownloadError("the address is not an http or https address")
    return answer


def _ascii(address: str) -> str:
    """Return an address as it goes over the wire: the host by IDNA, everything else percent-encoded."""
    parts = urlsplit(address)
    host = parts.netloc.encode("idna").decode("ascii") if not parts.netloc.isascii() else parts.netloc
    return quote(parts._replace(netloc=host).geturl(), safe="%/:?#[]@!$&()*+,;=~-._")


def _read(answer: HTTPResponse, until: float, limit: int) -> bytes:
    parts: list[bytes] = []
    size = 0
    try:
        while part := answer.read1(_CHUNK):
            parts.append(part)
            size += len(part)
            if size > limit:
                raise DownloadError(f"the picture is larger than {limit:,} bytes")
            if time.monotonic() > until:
                raise DownloadError("the server sends too slowly")
    except (OSError, HTTPException) as error:
        raise DownloadError(f"the connection broke: {error}") from None
    return b"".join(parts)
