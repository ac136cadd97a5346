"""Postings in shards. The terms themselves determine where shards are split, so that edits change few files."""

from __future__ import annotations

import functools
import itertools
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import TypeAlias
from zlib import crc32

import msgspec

from storegen.outputs import digest
from storegen.search.terms import order_of

# The numbers of the documents with a term, one set for each class.
Groups: TypeAlias = tuple[AbstractSet[int], ...]
# The postings that a term loses, and those that it gains.
Change: TypeAlias = tuple[Groups, Groups]

_TERM_COST = 3  # bytes of a term in a shard, without its postings and the prefix that it shares with the previous term
_LONGEST = 1.5  # a shard ends at the latest at this multiple of its target size


class Shard(msgspec.Struct, frozen=True, array_like=True):
    """A sequence of terms: the first one, and the name derived from their bytes."""

    first: str
    name: str


class Family(msgspec.Struct, frozen=True):
    """A kind of terms: the number of classes in their postings, and the target size of a shard in bytes."""

    classes: int
    target: int


HEADS = Family(4, 3000)  # classes: short titles, long titles, heads, derived terms
TEXTS = Family(1, 6000)
ENDS = Family(1, 3000)  # reversed words of titles and heads; their only posting has no meaning


class Recut(msgspec.Struct, frozen=True):
    """The result of an update: all shards in order, and the bytes of new shards by name.

    *born* are the terms that now have postings in a class before the last one and had none. *gone* are the opposite.
    """

    shards: tuple[Shard, ...]
    made: Mapping[str, bytes]
    born: AbstractSet[str]
    gone: AbstractSet[str]


def recut(
    family: Family, shards: Sequence[Shard], changes: Mapping[str, Change], read: Callable[[str], bytes]
) -> Recut:
    """Return shards after *changes* of their terms. Unchanged shards are kept; *read* returns the bytes of the others.

    A split depends only on the terms since the previous split. So everything after an unchanged split stays the same,
    and a shard that lost its last split is merged with the next one.
    """
    kept: list[Shard] = []
    made: dict[str, bytes] = {}
    turned: tuple[set[str], set[str]] = set(), set()
    run: list[tuple[str, bytes]] = []
    weight = 0

    def close() -> None:
        """Write the collected terms as one shard."""
        nonlocal run, weight
        data = _packed(run)
        shard = Shard(run[0][0], digest(data).hex()[:10])
        kept.append(shard)
        made[shard.name] = data
        run, weight = [], 0

    for shard, touched in _spread(shards, changes):
        if shard is not None and not run and not touched:
            kept.append(shard)
            continue
        for term, data in _patched(family, b"" if shard is None else read(shard.name), touched, turned):
            run.append((term, data))
            size = len(data) + _TERM_COST
            weight += size
            if crc32(term.encode()) * family.target < size << 32 or weight >= family.target * _LONGEST:
                close()
    if run:
        close()
    return Recut(tuple(kept), made, *turned)


def _spread(shards: Sequence[Shard], changes: Mapping[str, Change]) -> Iterator[tuple[Shard | None, dict[str, Change]]]:
    """Yield each shard with the changes of its terms. If there are no shards, yield None with all changes."""
    firsts = [order_of(shard.first) for shard in shards[1:]]
    found: list[dict[str, Change]] = [{} for _ in range(max(1, len(shards)))]
    for term, change in changes.items():
        found[bisect_right(firsts, order_of(term))][term] = change
    yield from zip(shards or (None,), found, strict=True)


def _patched(
    family: Family, data: bytes, changes: Mapping[str, Change], turned: tuple[set[str], set[str]]
) -> Iterable[tuple[str, bytes]]:
    """Return the changed terms and encoded postings of a shard, in order. Add born and gone terms to *turned*."""
    found = dict(_entries(family, data))
    if not changes:
        return found.items()
    for term, (lost, gained) in changes.items():
        old, new = lost, gained  # for a term that is not in the shard yet
        if term in found:
            old = _unpacked(family, found[term])
            new = tuple((each - less) | more for each, less, more in zip(old, lost, gained, strict=True))
        if any(old[:-1]) != any(new[:-1]):
            turned[any(old[:-1])].add(term)
        if any(new):
            found[term] = b"".join(map(_group, new))
        else:
            found.pop(term, None)
    return sorted(found.items(), key=lambda entry: order_of(entry[0]))


def _packed(run: Sequence[tuple[str, bytes]]) -> bytes:
    """Return the bytes of a shard: each term without the prefix it shares with the previous term, then its postings."""
    parts: list[bytes] = []
    before = b""
    for term, postings in run:
        data = term.encode()
        pairs = enumerate(zip(before, data, strict=False))
        same = next((place for place, (one, other) in pairs if one != other), min(len(before), len(data)))
        parts += (bytes((same, len(data) - same)), data[same:], postings)
        before = data
    return b"".join(parts)


def _entries(family: Family, data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the terms of a shard with their encoded postings."""
    place, term = 0, b""
    while place < len(data):
        start = place + 2 + data[place + 1]
        term = term[: data[place]] + data[place + 2 : start]
        place = start
        for _ in range(family.classes):
            count, place = _number(data, place)
            for _ in range(count):
                while data[place] > 127:
                    place += 1
                place += 1
        yield term.decode(), data[start:place]


def _number(data: bytes, place: int) -> tuple[int, int]:
    """Return the number encoded at *place* in groups of seven bits, lowest first, and the position after the number."""
    found = shift = 0
    while data[place] > 127:
        found |= (data[place] & 127) << shift
        shift += 7
        place += 1
    return found | data[place] << shift, place + 1


def _unpacked(family: Family, data: bytes) -> Groups:
    groups, place = [], 0
    for _ in range(family.classes):
        count, place = _number(data, place)
        group, last = set(), 0
        for _ in range(count):
            step, place = _number(data, place)
            last += step
            group.add(last)
        groups.append(group)
    return tuple(groups)


def _group(numbers: AbstractSet[int]) -> bytes:
    """Return a set's size and the differences between consecutive numbers, encoded."""
    found = sorted(numbers)
    steps = [len(found), *found[:1], *(after - before for before, after in itertools.pairwise(found))]
    if max(steps) < 128:
        return bytes(steps)
    return b"".join(map(_varint, steps))


@functools.cache
def _varint(number: int) -> bytes:
    parts = bytearray()
    while number > 127:
        parts.append(number & 127 | 128)
        number >>= 7
    parts.append(number)
    return bytes(parts)
