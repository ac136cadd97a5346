"""Origins of addresses on the web: what headers and the content-security policy take of them, and nothing else."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_HOST = re.compile(r"(?=.{1,253}\Z)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*")
_UNSAFE = re.compile(r"[\"'<>`{}|^]")  # signs that an address holds only in another spelling


def origin_of(address: str) -> str:
    """Return scheme, host and port of an http or https address, a host of other letters as browsers send it (IDNA).

    Raises ValueError for anything else: an address with a user's name, or with signs that no host has.
    """
    parts = urlsplit(address)
    port = f":{parts.port}" if parts.port is not None else ""
    host = (parts.hostname or "").encode("idna").decode()
    if parts.scheme not in {"http", "https"} or "@" in parts.netloc or not _HOST.fullmatch(host):
        raise ValueError(f'"{address}" is no address on the web')
    if not address.isprintable() or " " in address or "\\" in address:  # what the parser and browsers read differently
        raise ValueError(f'"{address}" holds signs that no address has')
    return f"{parts.scheme}://{host}{port}"


def is_address(text: str) -> bool:
    """Say whether a text is an address on the web with an origin, and without signs that would have to be escaped."""
    try:
        return bool(origin_of(text)) and not _UNSAFE.search(text)
    except ValueError:
        return False
