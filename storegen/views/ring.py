"""Products in a circular list, from which similar products are taken."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping


class Ring:
    """Product ids in a circular list, sorted. The first product follows the last one."""

    def __init__(self, fingerprints: Mapping[str, bytes]) -> None:
        names = sorted(fingerprints)
        self._members = fingerprints
        self._names = tuple(names * 2)
        self._card_fingerprints = tuple([fingerprints[name] for name in names] * 2)

    def __len__(self) -> int:
        return len(self._members)

    def after(self, name: str, count: int) -> tuple[tuple[str, ...], bytes]:
        """Return the ids of the next products, at most *count*, each once, and the fingerprints of their cards.

        For an id that is not in the ring, return the products that follow its place in the sorted list.
        """
        start = bisect_right(self._names, name, 0, len(self))
        end = start + min(count, len(self) - (name in self._members))
        return self._names[start:end], b"".join(self._card_fingerprints[start:end])
