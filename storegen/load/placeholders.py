"""Placeholders: what ``storegen new`` writes to be replaced. With placeholders, a shop can't have a public address.

A placeholder is any line of site.yaml or content/ with the word `PLACEHOLDER`. The words after it say what to write, as
in ``currency: EUR  # REPLACE-ME the currency of your prices``. It may also begin a text.
"""

from __future__ import annotations

import re
from ipaddress import ip_address
from urllib.parse import urlsplit

import msgspec

from storegen.config import PLACEHOLDER

# Names that never lead to a public site: RFC 2606 and RFC 6761 (for tests and examples), RFC 6762 (.local).
_LOCAL_ENDINGS = ("localhost", "test", "invalid", "example", "local", "example.com", "example.net", "example.org")


class Placeholder(msgspec.Struct, frozen=True, array_like=True):
    """A line with the mark, and the words that say what to write. Lines count from 1."""

    line: int
    words: str

    @property
    def message(self) -> str:
        """The message of the report."""
        return f"a placeholder; write {self.words[:1].lower()}{self.words[1:] or 'your own'}"


def placeholders_in(text: str) -> tuple[Placeholder, ...]:
    """Return the placeholders of a file."""
    if PLACEHOLDER not in text:
        return ()
    found = ((number, line.partition(PLACEHOLDER)) for number, line in enumerate(text.split("\n"), 1))
    return tuple(Placeholder(number, _words(parts[2])) for number, parts in found if parts[1])


def is_local(address: str) -> bool:
    """Return whether a web address never leads to a public site: a name for tests and examples, a private network."""
    host = (urlsplit(address).hostname or "").rstrip(".").lower()
    try:
        return ip_address(host).is_private
    except ValueError:
        return any(f".{host}".endswith(f".{ending}") for ending in _LOCAL_ENDINGS)


def _words(text: str) -> str:
    """Return the first sentence after a mark, without signs around it."""
    return re.split(r"[.?!](?:\s|$)", text.strip(" \t:,\"'*_"), maxsplit=1)[0].rstrip(" \t:,\"'*_")
