"""Origins of web addresses, for headers and the content-security policy."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_HOST = re.compile(r"(?=.{1,253}\Z)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*")
_UNSAFE = re.compile(r"[\"'<>`{}|^]")  # characters that addresses contain only in escaped form


def origin_of(address: str) -> str:
    """Return the scheme, host and port of an http or https address. Hosts with non-ASCII letters become IDNA.

    Raises ValueError for anything else, such as an address with a user name or with characters that no host has.
    """
    parts = urlsplit(address)
    port = f":{parts.port}" if parts.port is not None else ""
    host = (parts.hostname or "").encode("idna").decode()
    if parts.scheme not in {"http", "https"} or "@" in parts.netloc or not _HOST.fullmatch(host):
        raise ValueError(f'"{address}" is no address on the web')
    if not address.isprintable() or " " in address or "\\" in address:  # the parser and browsers read these differently
        raise ValueError(f'"{address}" contains characters that no address may have')
    return f"{parts.scheme}://{host}{port}"


def is_address(text: str) -> bool:
    """Return whether a text is a web address with an origin and without characters that must be escaped."""
    try:
        return bool(origin_of(text)) and not _UNSAFE.search(text)
    except ValueError:
        return False
