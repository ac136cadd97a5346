"""Encoded records, with the facts about them that are needed without decoding."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Generic, TypeVar

import msgspec

from storegen.model.plain import plain
from storegen.model.times import Instant

T = TypeVar("T")

_ENCODER = msgspec.msgpack.Encoder(enc_hook=plain)  # keeps the editor's order of options and specs


class Row(msgspec.Struct, frozen=True, array_like=True):
    """The facts about a record in one language. The encoded record is the body of the cached value.

    - *fingerprint*: the fingerprint of the record's source.
    - *file*: the file that an editor would look at.
    - *references*: the names that it refers to (see `links.references_of`).
    - *media*: its files of content/media, each with whether it is shown.
    - *remote*: its pictures from other hosts.
    - *numbers*: the article numbers of a product.
    - *missing*: what has no price in the language's market (see `markets.Localized`).
    - *checked*: the fingerprint of the settings in site.yaml under which it had no mistakes of its own.
    - *warnings*: the rules of `lint` that it breaks.
    - *texts*: the faults in its texts, as (kind, warning) of `text_lint`.
    - *stars*: of the reviews of a product, how many have five stars, four and so on.
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
    missing: tuple[str, ...] = ()
    checked: bytes = b""
    warnings: tuple[str, ...] = ()
    texts: tuple[tuple[str, str], ...] = ()
    stars: tuple[int, ...] = ()


decode_row = msgspec.msgpack.Decoder(Row).decode


class Rows(Mapping[str, T], Generic[T]):
    """Records by id. Each is read and decoded on every access, because a large shop's records need too much memory."""

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
    """Return a function that decodes the bytes of `encode_record` to a record of *kind*."""
    makers = _Makers(zone)
    return msgspec.msgpack.Decoder(kind, dec_hook=lambda scalar, value: makers[scalar](value)).decode


class _Makers(dict[type[Any], Callable[[Any], Any]]):
    """Functions that convert plain values to the model's scalars. The values were checked when they were first read."""

    def __init__(self, zone: dt.tzinfo) -> None:
        self._zone = zone

    def __missing__(self, kind: type[Any]) -> Callable[[Any], Any]:
        written = issubclass(kind, (dt.date, dt.time))  # as ISO text
        moment = functools.partial(self._instant, kind)
        self[kind] = make = moment if issubclass(kind, Instant) else kind.fromisoformat if written else kind
        return make

    def _instant(self, kind: type[Instant], value: dt.datetime) -> Instant:
        return kind.fromtimestamp(value.timestamp(), self._zone)
