"""Outputs: the files that a build generates, and the fingerprints that show when to generate them again."""

from __future__ import annotations

import functools
import hashlib
import struct
import zlib
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias, TypeVar
from zlib import crc32

import msgspec

from storegen.model.plain import plain

T = TypeVar("T")

# RFC 1952: no name, no time, best compression, unknown system. gzip.compress differs between versions of Python.
_GZIP_HEAD = b"\x1f\x8b\x08\0\0\0\0\0\x02\xff"
_ENCODER = msgspec.msgpack.Encoder(order="deterministic", enc_hook=plain)


class Key(msgspec.Struct, frozen=True, array_like=True):
    """The fingerprint of an output, in four parts. The parts show why an output was generated again.

    *fields* contains a short digest of each field of the context. It only serves to name the changed fields.
    """

    code: bytes = b""
    template: bytes = b""
    shared: bytes = b""
    context: bytes = b""
    fields: bytes = b""


class Page(msgspec.Struct, frozen=True):
    """A text rendered from a template and a context. *source* is the file that an error in rendering is reported for.

    *recipe* makes the context; it is called only if the context may have changed. *fingerprint* covers all inputs of
    the recipe; it is empty if only the context itself can show a change. *listed* is the address for sitemaps.
    """

    path: str
    template: str
    recipe: Callable[[], msgspec.Struct]
    language: str
    source: str = ""
    fingerprint: bytes = b""
    listed: str = ""

    @property
    def context(self) -> msgspec.Struct:
        """The context for the template. Each access computes it again."""
        return self.recipe()


class ImageVariant(msgspec.Struct, frozen=True):
    """A picture of one width and format, made from a file below content/media."""

    path: str
    file: str
    digest: str
    width: int
    format: str
    source: str = ""


class Copy(msgspec.Struct, frozen=True):
    """An unchanged copy of a file below content/media, or a drawing that is made *inert* (without scripts)."""

    path: str
    file: str
    digest: str
    source: str = ""
    inert: bool = False


class Blob(msgspec.Struct, frozen=True):
    """Bytes without a template: a style sheet, a script, a font, a provider's file."""

    path: str
    recipe: Callable[[], bytes]
    fingerprint: bytes
    source: str = ""

    @property
    def data(self) -> bytes:
        """The bytes. Each access computes them again."""
        return self.recipe()


Output: TypeAlias = Page | ImageVariant | Copy | Blob


def digest(*parts: bytes) -> bytes:
    """Return a digest of *parts*, 16 bytes long. It depends on the boundaries between the parts."""
    return hashlib.blake2b(_ENCODER.encode(parts), digest_size=16).digest()


def zipped(data: bytes) -> bytes:
    """Return *data* compressed with gzip. Equal data give equal bytes with every version of Python."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    tail = struct.pack("<2L", zlib.crc32(data), len(data))
    return b"".join((_GZIP_HEAD, packer.compress(data), packer.flush(), tail))


def encode(value: Any) -> bytes:  # noqa: ANN401 - whatever msgspec can encode
    """Return a context as bytes. Equal values give equal bytes in every process."""
    return _ENCODER.encode(value)


def blob(path: str, data: bytes, source: str = "") -> Blob:
    """Return an output with ready-made bytes."""
    return Blob(path, functools.partial(_given, data), digest(data), source)


def _given(value: T) -> T:
    return value


def page(path: str, template: str, context: msgspec.Struct, language: str) -> Page:
    """Return an output with a ready-made context."""
    return Page(path, template, functools.partial(_given, context), language)


def ready(output: Output) -> Output:
    """Return an output with its context or bytes computed, so that it can be sent to another process."""
    match output:
        case Page():
            return msgspec.structs.replace(output, recipe=functools.partial(_given, output.context))
        case Blob():
            return msgspec.structs.replace(output, recipe=functools.partial(_given, output.data))
    return output


def context_parts(context: msgspec.Struct) -> list[bytes]:
    """Return the encoded fields of a context."""
    return [encode(getattr(context, name)) for name in context.__struct_fields__]


def context_key(context: msgspec.Struct, parts: Sequence[bytes]) -> tuple[bytes, bytes]:
    """Return the digest of a context, and a checksum of four bytes for each field. *parts* are its encoded fields."""
    kind = type(context).__name__.encode()
    return digest(kind, *parts), b"".join([crc32(part).to_bytes(4, "big") for part in parts])
