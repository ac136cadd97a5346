"""What one build remembers for the next: encoded values by section and name; losing it costs time only."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TypeAlias

Rows: TypeAlias = dict[str, dict[str, bytes]]
Changed: TypeAlias = dict[str, dict[str, bytes | None]]


class Memory:
    """Values by section and name, and which of them have changed since they were read.

    A value says itself what it was made of; whoever puts one in also judges whether it still holds.
    """

    def __init__(self, rows: Mapping[str, dict[str, bytes]] | None = None) -> None:
        self._rows: Rows = dict(rows or {})
        self.changed: Changed = {}

    def section(self, name: str) -> Mapping[str, bytes]:
        """Return the values of a section; it follows what is put in."""
        return self._rows.setdefault(name, {})

    def put(self, section: str, name: str, value: bytes) -> None:
        """Remember a value in place of the one before."""
        self._rows.setdefault(section, {})[name] = value
        self.changed.setdefault(section, {})[name] = value

    def keep(self, section: str, names: Collection[str]) -> None:
        """Forget every value of a section but those named."""
        rows = self._rows.setdefault(section, {})
        for name in [name for name in rows if name not in names]:
            del rows[name]
            self.changed.setdefault(section, {})[name] = None

    def saved(self) -> tuple[Changed, Rows]:
        """Return what has changed and everything there is, and take what has changed as written down."""
        changed, self.changed = self.changed, {}
        return changed, self._rows
