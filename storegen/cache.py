"""The cache: results of one build that the next build reuses. Losing the cache only costs time.

A value has a *head*, which every build reads. It may also have a *body*, which stays on disk and is read on demand.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from typing import Any, NamedTuple, Protocol, TypeAlias, TypeVar
from zlib import crc32

T = TypeVar("T")


class CacheEntry(NamedTuple):
    """A value's head, and the offset, length in bytes and checksum of its body."""

    head: bytes
    offset: int = 0
    length: int = 0
    checksum: int = 0


Changed: TypeAlias = dict[str, dict[str, CacheEntry | None]]


class Bodies(Protocol):
    """Storage of bodies. Bodies are appended, and read by their offset."""

    def add(self, body: bytes) -> int:
        """Append a body and return its offset."""
        ...

    def read(self, offset: int, length: int) -> bytes:
        """Return a body."""
        ...


class _BodiesInMemory:
    """Bodies in memory."""

    def __init__(self) -> None:
        self._bodies: list[bytes] = []

    def add(self, body: bytes) -> int:
        """Add a body and return its place."""
        self._bodies.append(body)
        return len(self._bodies) - 1

    def read(self, offset: int, length: int) -> bytes:
        """Return the body at a place."""
        return self._bodies[offset]


class CorruptCacheError(Exception):
    """A body differs from the one that was written."""


class Cache:
    """Values by section and name, and a list of those that changed since the cache was read.

    A value contains the fingerprint of its inputs. The code that adds a value also checks whether it is still valid.
    """

    def __init__(self, values: Mapping[str, dict[str, CacheEntry]] | None = None, bodies: Bodies | None = None) -> None:
        self._values: dict[str, dict[str, CacheEntry]] = dict(values or {})
        self._bodies = bodies or _BodiesInMemory()
        self.changed: Changed = {}
        self._decoded: dict[str, dict[str, Any]] = {}

    def section(self, name: str) -> Mapping[str, CacheEntry]:
        """Return a live view of a section's values."""
        return self._values.setdefault(name, {})

    def heads(self, section: str, decode: Callable[[bytes], T]) -> Mapping[str, T]:
        """Return the decoded heads of a section. Each head is decoded once, until it changes."""
        return self.made(section, lambda _, head: decode(head))

    def made(self, section: str, make: Callable[[str, bytes], T]) -> Mapping[str, T]:
        """Return the result of *make* for each name and head of a section. It is kept until the head changes."""
        values, decoded = self.section(section), self._decoded.setdefault(section, {})
        if len(decoded) < len(values):
            decoded.update([(name, make(name, entry.head)) for name, entry in values.items() if name not in decoded])
        return decoded

    def body(self, entry: CacheEntry) -> bytes:
        """Return a value's body. Raises CorruptCacheError if its checksum is wrong."""
        found = self._bodies.read(entry.offset, entry.length)
        if crc32(found) != entry.checksum:
            raise CorruptCacheError
        return found

    def put(self, section: str, name: str, head: bytes, body: bytes = b"") -> CacheEntry:
        """Add or replace a value."""
        offset = self._bodies.add(body) if body else 0
        return self._set(section, name, CacheEntry(head, offset, len(body), crc32(body)))

    def put_head(self, section: str, name: str, head: bytes) -> CacheEntry:
        """Replace the head of an existing value."""
        return self._set(section, name, self._values[section][name]._replace(head=head))

    def _set(self, section: str, name: str, entry: CacheEntry) -> CacheEntry:
        self._values.setdefault(section, {})[name] = entry
        self._decoded.get(section, {}).pop(name, None)
        self.changed.setdefault(section, {})[name] = entry
        return entry

    def keep(self, section: str, names: AbstractSet[str]) -> None:
        """Remove all values of a section except the named ones."""
        values = self._values.setdefault(section, {})
        for name in values.keys() - names:
            del values[name]
            self._decoded.get(section, {}).pop(name, None)
            self.changed.setdefault(section, {})[name] = None

    def adopt(self, other: Cache) -> None:
        """Switch to the values of another cache, which contains the same values at other offsets."""
        self._values, self.changed, self._decoded = other._values, {}, {}

    @property
    def values(self) -> Mapping[str, Mapping[str, CacheEntry]]:
        """All values, by section and name."""
        return self._values
