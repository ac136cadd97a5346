"""The cache: values that one build computes and the next one reuses; losing them costs time only.

A value has a *head*, which every build reads, and may have a *body*, which is read on demand: the bodies of a large
shop stay on disk.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from typing import Any, NamedTuple, Protocol, TypeAlias, TypeVar
from zlib import crc32

T = TypeVar("T")


class CacheEntry(NamedTuple):
    """A value's head, and where its body is: offset and length in bytes, and a checksum."""

    head: bytes
    offset: int = 0
    length: int = 0
    checksum: int = 0


Changed: TypeAlias = dict[str, dict[str, CacheEntry | None]]


class Bodies(Protocol):
    """Storage of bodies: they are added at the end, and read by their offset."""

    def add(self, body: bytes) -> int:
        """Add a body and return its offset."""
        ...

    def read(self, offset: int, length: int) -> bytes:
        """Return a body."""
        ...


class _BodiesInMemory:
    """Bodies in memory."""

    def __init__(self) -> None:
        self._bodies: list[bytes] = []

    def add(self, body: bytes) -> int:
        self._bodies.append(body)
        return len(self._bodies) - 1

    def read(self, offset: int, length: int) -> bytes:
        return self._bodies[offset]


class CorruptCacheError(Exception):
    """A body is not what was written."""


class Cache:
    """Values by section and name, and which of them have changed since they were read.

    A value holds the fingerprint of its inputs; the code that puts it in checks whether it is still valid.
    """

    def __init__(self, values: Mapping[str, dict[str, CacheEntry]] | None = None, bodies: Bodies | None = None) -> None:
        self._values: dict[str, dict[str, CacheEntry]] = dict(values or {})
        self._bodies = bodies or _BodiesInMemory()
        self.changed: Changed = {}
        self._decoded: dict[str, dict[str, Any]] = {}

    def section(self, name: str) -> Mapping[str, CacheEntry]:
        """Return the values of a section, as a view: later changes show in it."""
        return self._values.setdefault(name, {})

    def heads(self, section: str, decode: Callable[[bytes], T]) -> Mapping[str, T]:
        """Return the decoded heads of a section; each is decoded once while it stays the same."""
        return self.made(section, lambda _, head: decode(head))

    def made(self, section: str, make: Callable[[str, bytes], T]) -> Mapping[str, T]:
        """Return the result of *make* for each name and head of a section; it is kept until the head changes."""
        values, decoded = self.section(section), self._decoded.setdefault(section, {})
        if len(decoded) < len(values):
            decoded.update([(name, make(name, entry.head)) for name, entry in values.items() if name not in decoded])
        return decoded

    def body(self, entry: CacheEntry) -> bytes:
        """Return a value's body; raises CorruptCacheError if the disk returns something else."""
        found = self._bodies.read(entry.offset, entry.length)
        if crc32(found) != entry.checksum:
            raise CorruptCacheError
        return found

    def put(self, section: str, name: str, head: bytes, body: bytes = b"") -> CacheEntry:
        """Add a value or replace it."""
        offset = self._bodies.add(body) if body else 0
        return self._set(section, name, CacheEntry(head, offset, len(body), crc32(body)))

    def put_head(self, section: str, name: str, head: bytes) -> CacheEntry:
        """Replace the head of a value that is in the cache."""
        return self._set(section, name, self._values[section][name]._replace(head=head))

    def _set(self, section: str, name: str, entry: CacheEntry) -> CacheEntry:
        self._values.setdefault(section, {})[name] = entry
        self._decoded.get(section, {}).pop(name, None)
        self.changed.setdefault(section, {})[name] = entry
        return entry

    def keep(self, section: str, names: AbstractSet[str]) -> None:
        """Remove every value of a section except those named."""
        values = self._values.setdefault(section, {})
        for name in values.keys() - names:
            del values[name]
            self._decoded.get(section, {}).pop(name, None)
            self.changed.setdefault(section, {})[name] = None

    def adopt(self, other: Cache) -> None:
        """Use the values of another cache, which holds the same ones at other offsets."""
        self._values, self.changed, self._decoded = other._values, {}, {}

    @property
    def values(self) -> Mapping[str, Mapping[str, CacheEntry]]:
        """All values, by section and name."""
        return self._values
