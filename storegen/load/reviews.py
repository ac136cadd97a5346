"""Grouping of reviews by product, the newest first."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from storegen.cache import Cache
from storegen.load.rows import PlainRow
from storegen.model.clip import hosted
from storegen.model.content_types import REVIEW
from storegen.model.picture import is_remote
from storegen.model.review import Review
from storegen.model.rows import Row, Rows, decode_row, encode_record, record_decoder
from storegen.outputs import digest

_REVIEWS = "reviews"
_GROUPED = "reviews grouped"


class _Picture(msgspec.Struct, frozen=True):
    """A picture in its long form."""

    file: str


class _ReviewHeader(msgspec.Struct, frozen=True):
    """The data for sorting an encoded review. Days sort in the same order as their texts."""

    product: str
    date: str
    name: str = ""
    text: str = ""
    rating: int = 0
    images: tuple[str | _Picture, ...] = ()
    video: str | None = None

    @property
    def files(self) -> Iterator[str]:
        """The files and web addresses of the pictures."""
        return (each if isinstance(each, str) else each.file for each in self.images)


_decode_file = msgspec.msgpack.Decoder(tuple[msgspec.Raw, ...]).decode
_decode_review = msgspec.msgpack.Decoder(_ReviewHeader).decode


def reviews_by_product(files: Mapping[str, PlainRow], cache: Cache, zone: dt.tzinfo) -> Rows[tuple[Review, ...]]:
    """Return the reviews of each product. *files* are the rows of all review files."""
    fingerprint = digest(*(row.fingerprint for row in files.values()))
    grouped = cache.section(_GROUPED)
    if "" not in grouped or grouped[""].head != fingerprint:
        _group(files, cache)
        cache.put(_GROUPED, "", fingerprint)
    kept = cache.section(_REVIEWS)
    decode = record_decoder(tuple[Review, ...], zone)
    rows = cache.heads(_REVIEWS, decode_row)
    return Rows({product: rows[product] for product in kept}, lambda product: decode(cache.body(kept[product])))


def _group(files: Iterable[str], cache: Cache) -> None:
    """Cache the reviews of each product. They stay encoded, because there may be many."""
    found: dict[str, list[tuple[_ReviewHeader, msgspec.Raw]]] = defaultdict(list)
    kept = cache.section(REVIEW.name)
    for file in files:
        for review in _decode_file(cache.body(kept[file])):
            header = _decode_review(review)
            found[header.product].append((header, review))
    cache.keep(_REVIEWS, found.keys())
    for product, reviews in sorted(found.items()):
        reviews.sort(key=_order, reverse=True)
        body = encode_record([review for _, review in reviews])
        files = [file for header, _ in reviews for file in header.files]
        videos = [header.video for header, _ in reviews if header.video and hosted(header.video)]
        row = Row(
            digest(body),
            media=tuple((file, True) for file in files if not is_remote(file)),
            remote=tuple(dict.fromkeys((*filter(is_remote, files), *videos))),
            stars=tuple(sum(header.rating == stars for header, _ in reviews) for stars in (5, 4, 3, 2, 1)),
        )
        cache.put(_REVIEWS, product, msgspec.msgpack.encode(row), body)


def _order(review: tuple[_ReviewHeader, msgspec.Raw]) -> tuple[str, str, str]:
    header = review[0]
    return header.date, header.name, header.text
