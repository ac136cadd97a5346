"""What one build remembers for the next; losing it costs time only.

A value has a *head*, which every build reads, and may have a *body*, which is read when somebody asks for it: a large
shop's bodies stay on disk.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from typing import Any, NamedTuple, Protocol, TypeAlias, TypeVar
from zlib import crc32

T = TypeVar("T")


class Kept(NamedTuple):
    """A value's head, and where its body is: its place and length in bytes, and a checksum."""

    head: bytes
    place: int = 0
    length: int = 0
    check: int = 0


Changed: TypeAlias = dict[str, dict[str, Kept | None]]


class Bodies(Protocol):
    """Where bodies are: they are added at the end, and read by their place."""

    def add(self, body: bytes) -> int:
        """Add a body and return its place."""
        ...

    def read(self, place: int, length: int) -> bytes:
        """Return a body."""
        ...


class Here:
    """Bodies in memory."""

    def __init__(self) -> None:
        self._bodies: list[bytes] = []

    def add(self, body: bytes) -> int:
        self._bodies.append(body)
        return len(self._bodies) - 1

    def read(self, place: int, length: int) -> bytes:
        return self._bodies[place]


class LostError(Exception):
    """A body is not what was written."""


class Memory:
    """Values by section and name, and which of them have changed since they were read.

    A value says itself what it was made of; whoever puts one in also judges whether it still holds.
    """

    def __init__(self, values: Mapping[str, dict[str, Kept]] | None = None, bodies: Bodies | None = None) -> None:
        self._values: dict[str, dict[str, Kept]] = dict(values or {})
        self._bodies = bodies or Here()
        self.changed: Changed = {}
        self._decoded: dict[str, dict[str, Any]] = {}

    def section(self, name: str) -> Mapping[str, Kept]:
        """Return the values of a section; it follows what is put in."""
        return self._values.setdefault(name, {})

    def heads(self, section: str, decode: Callable[[bytes], T]) -> Mapping[str, T]:
        """Return the decoded heads of a section; each is decoded once while it stays the same."""
        return self.made(section, lambda _, head: decode(head))

    def made(self, section: str, make: Callable[[str, bytes], T]) -> Mapping[str, T]:
        """Return what *make* makes of each name and head of a section, once while the head stays the same."""
        values, decoded = self.section(section), self._decoded.setdefault(section, {})
        if len(decoded) < len(values):
            decoded.update([(name, make(name, kept.head)) for name, kept in values.items() if name not in decoded])
        return decoded

    def body(self, kept: Kept) -> bytes:
        """Return a value's body; raises LostError where the disk gives something else."""
        found = self._bodies.read(kept.place, kept.length)
        if crc32(found) != kept.check:
            raise LostError
        return found

    def put(self, section: str, name: str, head: bytes, body: bytes = b"") -> Kept:
        """Remember a value in place of the one before."""
        place = self._bodies.add(body) if body else 0
        return self._set(section, name, Kept(head, place, len(body), crc32(body)))

    def put_head(self, section: str, name: str, head: bytes) -> Kept:
        """Change the head of a value that is there."""
        return self._set(section, name, self._values[section][name]._replace(head=head))

    def _set(self, section: str, name: str, kept: Kept) -> Kept:
        self._values.setdefault(section, {})[name] = kept
        self._decoded.get(section, {}).pop(name, None)
        self.changed.setdefault(section, {})[name] = kept
        return kept

    def keep(self, section: str, names: AbstractSet[str]) -> None:
        """Forget every value of a section but those named."""
        values = self._values.setdefault(section, {})
        for name in values.keys() - names:
            del values[name]
            self._decoded.get(section, {}).pop(name, None)
            self.changed.setdefault(section, {})[name] = None

    def take(self, other: Memory) -> None:
        """Take over where the values of another memory are, which has the same ones."""
        self._values, self.changed, self._decoded = other._values, {}, {}

    @property
    def values(self) -> Mapping[str, Mapping[str, Kept]]:
        """Everything that is remembered."""
        return self._values
