"""Output: the one noun. What a build makes, and the key that says when it must be made again."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias, TypeVar
from zlib import crc32

import msgspec

from storegen.model.plain import plain

T = TypeVar("T")

_ENCODER = msgspec.msgpack.Encoder(order="deterministic", enc_hook=plain)


class Key(msgspec.Struct, frozen=True, array_like=True):
    """What an output is made of, in four parts kept apart so that a build can say why.

    *fields* holds a short digest of each field of the context, only to name what changed.
    """

    code: bytes = b""
    template: bytes = b""
    shared: bytes = b""
    context: bytes = b""
    fields: bytes = b""


class Page(msgspec.Struct, frozen=True):
    """A text made from a template and a context; *source* names the file to mend when that fails.

    *recipe* makes the context, and is called only where the context may have changed. *fingerprint* is that of all
    inputs of the recipe; it is empty where only the context can tell. *listed* is the address for sitemaps.
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
        """What the template shows, made anew."""
        return self.recipe()


class ImageVariant(msgspec.Struct, frozen=True):
    """A picture in one width and format, made from a file below content/media."""

    path: str
    file: str
    digest: str
    width: int
    format: str
    source: str = ""


class Copy(msgspec.Struct, frozen=True):
    """A file below content/media that goes out as it is, or a drawing that is made *inert*."""

    path: str
    file: str
    digest: str
    source: str = ""
    inert: bool = False


class Blob(msgspec.Struct, frozen=True):
    """Bytes that need no template: a style sheet, a script, a font, a provider's file."""

    path: str
    recipe: Callable[[], bytes]
    fingerprint: bytes
    source: str = ""

    @property
    def data(self) -> bytes:
        """The bytes, made anew."""
        return self.recipe()


Output: TypeAlias = Page | ImageVariant | Copy | Blob


def digest(*parts: bytes) -> bytes:
    """Return sixteen bytes that stand for *parts* and their borders."""
    return hashlib.blake2b(_ENCODER.encode(parts), digest_size=16).digest()


def encode(value: Any) -> bytes:  # noqa: ANN401 - whatever msgspec can encode
    """Return the bytes of a context, the same for equal values in every process."""
    return _ENCODER.encode(value)


def blob(path: str, data: bytes, source: str = "") -> Blob:
    """Return the output of bytes that are there."""
    return Blob(path, functools.partial(_given, data), digest(data), source)


def _given(value: T) -> T:
    return value


def page(path: str, template: str, context: msgspec.Struct, language: str) -> Page:
    """Return the output of a context that is there."""
    return Page(path, template, functools.partial(_given, context), language)


def ready(output: Output) -> Output:
    """Return an output whose context or bytes are there, so that it can travel."""
    match output:
        case Page():
            return msgspec.structs.replace(output, recipe=functools.partial(_given, output.context))
        case Blob():
            return msgspec.structs.replace(output, recipe=functools.partial(_given, output.data))
    return output


def context_parts(context: msgspec.Struct) -> list[bytes]:
    """Return the fields of a context, each encoded."""
    return [encode(getattr(context, name)) for name in context.__struct_fields__]


def context_key(context: msgspec.Struct, parts: Sequence[bytes]) -> tuple[bytes, bytes]:
    """Return the digest of a context and four bytes for each of its fields, encoded in *parts*."""
    kind = type(context).__name__.encode()
    return digest(kind, *parts), b"".join([crc32(part).to_bytes(4, "big") for part in parts])
