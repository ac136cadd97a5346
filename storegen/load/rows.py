"""Content files as they are remembered."""

from __future__ import annotations

import msgspec

from storegen.files import FileFingerprint


class Item(msgspec.Struct, frozen=True, array_like=True):
    """One record's raw values as a file holds them: their digest, and the two of them that grouping needs.

    *name* and *language* are what its file, or its place in a list, calls it; a *name* that can't be an id is left out.
    """

    place: tuple[int, ...] = ()
    digest: bytes = b""
    slug: str = ""
    status: str = ""
    name: str = ""
    language: str = ""


class FileRow(msgspec.Struct, frozen=True, array_like=True):
    """A content file without mistakes, as it was read last, and the fingerprint that it had then."""

    fingerprint: FileFingerprint
    items: tuple[Item, ...]


class PlainRow(msgspec.Struct, frozen=True, array_like=True):
    """What is known of a file whose records have neither ids nor translations; the body is the list of them.

    *products* are those that they are about, *media* the pictures that they show.
    """

    fingerprint: bytes
    products: tuple[str, ...] = ()
    media: tuple[str, ...] = ()
