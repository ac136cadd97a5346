"""Records as a shop keeps them: encoded, with what has to be known of all of them without decoding any."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Generic, TypeVar

import msgspec

from storegen.model.plain import plain
from storegen.model.times import Instant

T = TypeVar("T")

_ENCODER = msgspec.msgpack.Encoder(enc_hook=plain)  # in the order written: that of options and specs is the editor's


class Row(msgspec.Struct, frozen=True, array_like=True):
    """What is known of a record in one language; the record itself is the body of what is kept of it.

    *fingerprint* is that of what it was made from, *file* the one that an editor would look at. *references* are the
    names that it refers to (see `links.references_of`), *media* the files of content/media that it uses with whether
    they are shown, *remote* the pictures that it shows from other hosts, *numbers* the article numbers of a product.
    *checked* is a fingerprint of the settings of site.yaml under which it had no mistakes of its own. *warnings* are
    the rules of `lint` that say something of it, *html* is the warning of HTML in its texts.
    """

    fingerprint: bytes
    file: str = ""
    slug: str = ""
    status: str = ""
    has_page: bool = True
    references: tuple[str, ...] = ()
    media: tuple[tuple[str, bool], ...] = ()
    remote: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    checked: bytes = b""
    warnings: tuple[str, ...] = ()
    html: str = ""


decode_row = msgspec.msgpack.Decoder(Row).decode


class Rows(Mapping[str, T], Generic[T]):
    """Records by id, each read and decoded whenever it is asked for: a large shop's don't fit into memory at ease."""

    def __init__(self, rows: Mapping[str, Row], decode: Callable[[str], T]) -> None:
        self.rows = rows
        self._decode = decode

    def __getitem__(self, key: str) -> T:
        if key not in self.rows:
            raise KeyError(key)
        return self._decode(key)

    def __contains__(self, key: object) -> bool:
        return key in self.rows

    def __iter__(self) -> Iterator[str]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def encode_record(record: object) -> bytes:
    """Return a record's bytes."""
    return _ENCODER.encode(record)


@functools.cache
def record_decoder(kind: Any, zone: dt.tzinfo) -> Callable[[bytes], Any]:  # noqa: ANN401
    """Return what turns bytes of `encode_record` back into a record of *kind*."""
    makers = _Makers(zone)
    return msgspec.msgpack.Decoder(kind, dec_hook=lambda scalar, value: makers[scalar](value)).decode


class _Makers(dict[type[Any], Callable[[Any], Any]]):
    """What makes each of the model's scalars of its plain value, which was checked when it was first read."""

    def __init__(self, zone: dt.tzinfo) -> None:
        self._zone = zone

    def __missing__(self, kind: type[Any]) -> Callable[[Any], Any]:
        written = issubclass(kind, (dt.date, dt.time))  # as ISO text
        self[kind] = make = self._instant if kind is Instant else kind.fromisoformat if written else kind
        return make

    def _instant(self, value: dt.datetime) -> Instant:
        return Instant.fromtimestamp(value.timestamp(), self._zone)
