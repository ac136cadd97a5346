"""Download pictures of the old shop over http and https, with limits on size and time."""

from __future__ import annotations

import itertools
import time
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from ssl import create_default_context
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urljoin, urlsplit
from urllib.request import (
    BaseHandler,
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    getproxies,
    proxy_bypass,
)

import msgspec

from storegen.errors import StoregenError
from storegen.importers.cells import as_address
from storegen.importers.formats import ConversionError, converted, picture_ending
from storegen.importers.hosts import HostError, HostPolicy, check_host, connect

PICTURE_LIMIT = 40 * 1024 * 1024
MAX_REDIRECTS = 5
_TOGETHER = 4
_CHUNK = 64 * 1024
_HEADERS = {"User-Agent": "storegen import", "Accept": "image/avif,image/webp,image/png,image/jpeg,image/gif"}
_PORTS = {"http": 80, "https": 443}


class DownloadError(StoregenError):
    """A picture could not be downloaded, or the response is not a picture.

    *unshowable* says that visitors would not see the picture either: no browser shows its format, or its network is
    private.
    """

    def __init__(self, message: str, *, unshowable: bool = False) -> None:
        self.unshowable = unshowable
        super().__init__(message)


class Patience(msgspec.Struct, frozen=True):
    """Timeouts in seconds: for one response of the server, and for a whole picture."""

    answer: float = 20.0
    whole: float = 120.0


_PATIENCE = Patience()
_PUBLIC = HostPolicy()


class Fetched(msgspec.Struct, frozen=True):
    """The result of a download: a picture with its file name extension, or the error.

    *unshowable* is true if browsers can't show a picture from this address either.
    """

    address: str
    data: bytes = b""
    ending: str = ""
    fault: str = ""
    unshowable: bool = False


def fetch_all(
    addresses: Iterable[str],
    *,
    hosts: HostPolicy = _PUBLIC,
    patience: Patience = _PATIENCE,
    limit: int = PICTURE_LIMIT,
) -> Iterator[Fetched]:
    """Yield the result for each address, in order. Only a few downloads run and use memory at the same time."""
    waiting = iter(addresses)
    with ThreadPoolExecutor(_TOGETHER) as pool:

        def ask(address: str) -> Future[Fetched]:
            """Start the download of one address."""
            return pool.submit(_tried, address, hosts, patience, limit)

        running = deque(map(ask, itertools.islice(waiting, _TOGETHER)))
        while running:
            yield running.popleft().result()
            running.extend(map(ask, itertools.islice(waiting, 1)))


def _tried(address: str, hosts: HostPolicy, patience: Patience, limit: int) -> Fetched:
    try:
        return fetch_picture(address, hosts=hosts, patience=patience, limit=limit)
    except DownloadError as error:
        return Fetched(address, fault=str(error), unshowable=error.unshowable)


def fetch_picture(
    address: str, *, hosts: HostPolicy = _PUBLIC, patience: Patience = _PATIENCE, limit: int = PICTURE_LIMIT
) -> Fetched:
    """Download one picture. Every target of a redirect must also be http or https on an allowed host.

    A picture in a format that browsers don't show is converted. Raises DownloadError if the picture can't be reached,
    is larger than *limit* bytes or can't be converted, or if its first bytes aren't a picture's, whatever its name and
    the server say.
    """
    data = _followed(address, hosts, patience, limit)
    ending = picture_ending(data)
    if ending:
        return Fetched(address, data, ending)
    try:
        made = converted(data)
    except ConversionError as error:
        raise DownloadError(str(error), unshowable=True) from None
    if made is None:
        raise DownloadError("what came is not a JPEG, PNG, WebP, AVIF or GIF picture")
    return Fetched(address, *made)


def _followed(address: str, hosts: HostPolicy, patience: Patience, limit: int) -> bytes:
    until = time.monotonic() + patience.whole
    for _ in range(MAX_REDIRECTS + 1):
        answer = _asked(address, hosts, patience)
        if isinstance(answer, str):
            address = answer
            continue
        with answer:
            return _read(answer, until, limit)
    raise DownloadError(f"more than {MAX_REDIRECTS} redirects")


def _opener(scheme: str, host: str, port: int, hosts: HostPolicy) -> OpenerDirector:
    """Return an opener for http and https that follows no redirects and connects only to hosts that *hosts* allows.

    A proxy from the environment resolves the name itself and connects, so in that case only the name is checked.
    """
    handlers: tuple[BaseHandler, ...]
    if scheme in getproxies() and not proxy_bypass(host):
        check_host(host, port, hosts)
        handlers = (ProxyHandler(), HTTPHandler(), HTTPSHandler())
    else:
        handlers = _checked_handlers(hosts)
    opener = OpenerDirector()
    for handler in (*handlers, HTTPDefaultErrorHandler(), HTTPErrorProcessor()):
        opener.add_handler(handler)
    return opener


def _checked_handlers(hosts: HostPolicy) -> tuple[BaseHandler, BaseHandler]:
    """Return the handlers of http and https, which connect only to hosts that *hosts* allows."""

    class Plain(HTTPConnection):
        """A connection that checks the host's addresses before it connects."""

        def connect(self) -> None:
            """Connect to an allowed address of the host."""
            self.sock = connect(self.host, self.port, self.timeout, hosts)

    class Secure(HTTPSConnection):
        """The same for https."""

        def connect(self) -> None:
            """Connect to an allowed address of the host, and check its certificate."""
            plain = connect(self.host, self.port, self.timeout, hosts)
            try:
                self.sock = create_default_context().wrap_socket(plain, server_hostname=self.host)
            except OSError:
                plain.close()
                raise

    class PlainHandler(HTTPHandler):
        """Opens http addresses by checked connections."""

        def http_open(self, req: Request) -> HTTPResponse:
            """Send a request."""
            return self.do_open(Plain, req)

    class SecureHandler(HTTPSHandler):
        """Opens https addresses by checked connections."""

        def https_open(self, req: Request) -> HTTPResponse:
            """Send a request."""
            return self.do_open(Secure, req)

    return PlainHandler(), SecureHandler()


def _asked(address: str, hosts: HostPolicy, patience: Patience) -> HTTPResponse | str:
    """Return the server's response, or the target of its redirect."""
    try:
        if urlsplit(address).username is not None:
            raise DownloadError("the address contains a user name or password")
        plain = _ascii(as_address(address))
        parts = urlsplit(plain)
        opener = _opener(parts.scheme, parts.hostname or "", parts.port or _PORTS[parts.scheme], hosts)
        request = Request(plain, headers=_HEADERS)  # noqa: S310 - as_address lets only http and https through
        answer = opener.open(request, timeout=patience.answer)
    except HTTPError as error:
        with error:
            place = error.headers.get("Location", "")
            if error.code in {301, 302, 303, 307, 308} and place:
                return urljoin(address, place)
        raise DownloadError(f"the server answered {error.code}") from None
    except HostError as error:
        raise DownloadError(str(error), unshowable=True) from None
    except ValueError:
        raise DownloadError("the address, or one that it leads to, is not an http or https address") from None
    except (OSError, HTTPException) as error:
        raise DownloadError(f"the server can't be reached: {_reason(error)}") from None
    if not isinstance(answer, HTTPResponse):
        raise DownloadError("the address is not an http or https address")
    return answer


def _reason(error: Exception) -> str:
    inner = error.reason if isinstance(error, URLError) else error
    return (inner.strerror if isinstance(inner, OSError) else "") or str(inner)


def _ascii(address: str) -> str:
    """Return an address in ASCII: the host by IDNA, everything else percent-encoded."""
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
