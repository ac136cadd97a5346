"""Output: the one noun. What a build makes, and the key that says when it must be made again."""

from __future__ import annotations

import datetime as dt
import hashlib
from decimal import Decimal
from typing import Any, TypeAlias
from zlib import crc32

import msgspec


def plain(value: object) -> object:
    """Return one of the model's scalars as the plain value that it extends."""
    for kind in (str, int, Decimal):
        if isinstance(value, kind):
            return kind(value)
    if isinstance(value, dt.datetime):
        return dt.datetime.fromisoformat(value.isoformat())
    if isinstance(value, dt.date):
        return dt.date(value.year, value.month, value.day)
    raise TypeError(f"{type(value).__name__} can't stand in a context")


_ENCODER = msgspec.msgpack.Encoder(order="deterministic", enc_hook=plain)


class Key(msgspec.Struct, frozen=True, array_like=True):
    """What an output is made of, in four parts kept apart so that a build can say why.

    *fields* holds a short digest of each field of the context, only to name what changed.
    """

    engine: bytes = b""
    template: bytes = b""
    shared: bytes = b""
    context: bytes = b""
    fields: tuple[int, ...] = ()


class Page(msgspec.Struct, frozen=True, tag=True):
    """A text made from a template and a context; *source* names the file to mend when that fails."""

    path: str
    template: str
    context: msgspec.Struct
    language: str
    source: str = ""


class Derivative(msgspec.Struct, frozen=True, tag=True):
    """A picture in one width and format, made from a file below content/media."""

    path: str
    file: str
    digest: str
    width: int
    format: str
    source: str = ""


class Copy(msgspec.Struct, frozen=True, tag=True):
    """A file below content/media that goes out as it is."""

    path: str
    file: str
    digest: str
    source: str = ""


class Blob(msgspec.Struct, frozen=True, tag=True):
    """Bytes that are ready: a style sheet, a script, a font, a provider's file."""

    path: str
    data: bytes
    source: str = ""


Output: TypeAlias = Page | Derivative | Copy | Blob


def digest(*parts: bytes) -> bytes:
    """Return sixteen bytes that stand for *parts* and their borders."""
    state = hashlib.blake2b(digest_size=16)
    for part in parts:
        state.update(len(part).to_bytes(8, "big"))
        state.update(part)
    return state.digest()


def encode(value: Any) -> bytes:  # noqa: ANN401 - whatever msgspec can encode
    """Return the bytes of a context, the same for equal values in every process."""
    return _ENCODER.encode(value)


def context_key(context: msgspec.Struct) -> tuple[bytes, tuple[int, ...]]:
    """Return the digest of a context and one short number for each of its fields."""
    parts = [encode(getattr(context, name)) for name in context.__struct_fields__]
    kind = type(context).__name__.encode()
    return digest(kind, *parts), tuple(map(crc32, parts))
