"""Content files as they are stored in the cache."""

from __future__ import annotations

import msgspec

from storegen.files import FileFingerprint
from storegen.load.placeholders import Placeholder


class Item(msgspec.Struct, frozen=True, array_like=True):
    """The digest of one record's raw values, and the two values that grouping needs.

    *name* and *language* come from the record's file, or from its place in a list. A *name* that can't be an id is left
    out. *warnings* are about the way in which the record is written.
    """

    place: tuple[int, ...] = ()
    digest: bytes = b""
    slug: str = ""
    status: str = ""
    name: str = ""
    language: str = ""
    warnings: tuple[str, ...] = ()


class FileRow(msgspec.Struct, frozen=True, array_like=True):
    """A content file without mistakes: its fingerprint, its items and its placeholders, as last read."""

    fingerprint: FileFingerprint
    items: tuple[Item, ...]
    placeholders: tuple[Placeholder, ...] = ()


class PlainRow(msgspec.Struct, frozen=True, array_like=True):
    """The facts about a file whose records have neither ids nor translations. The body is the list of records.

    *products* are the ids of the products concerned, *media* the pictures in content/media, *remote* those on other
    hosts, *people* the ids of those who replied.
    """

    fingerprint: bytes
    products: tuple[str, ...] = ()
    media: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    remote: tuple[str, ...] = ()
