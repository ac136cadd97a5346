"""What an import has to say: remarks on what was left out or changed, and a report of what was written."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec


class Remark(msgspec.Struct, frozen=True, order=True, kw_only=True):
    """Something of the export that was left out (*dropped*) or written otherwise than it stood there.

    *line* counts from 1, 0 where no line is known; *found* is the value in question; *count* says how often the
    same happened to the same product.
    """

    line: int = 0
    product: str = ""
    message: str
    found: str = ""
    count: int = 1
    dropped: bool = False

    def __str__(self) -> str:
        place = f"line {self.line}" if self.line else ""
        if self.product:
            place = f"{self.product} ({place})" if place else self.product
        found = f": {_short(self.found)}" if self.found else ""
        more = f" (and {self.count - 1} more like it)" if self.count > 1 else ""
        sentence = f"{'left out: ' if self.dropped else ''}{self.message}{found}{more}"
        return f"{place}: {sentence}" if place else sentence


class ImportReport(msgspec.Struct, frozen=True, kw_only=True):
    """What an import wrote, and what it could not: *files* are relative to the site, *kept* those that were there."""

    products: int
    variants: int
    drafts: int
    categories: int
    offers: int
    pictures: int
    files: tuple[str, ...]
    kept: tuple[str, ...]
    left_out: tuple[Remark, ...]
    warnings: tuple[Remark, ...]

    @property
    def notes(self) -> tuple[Remark, ...]:
        """Everything that there is to say, by line; what is about the whole file comes first."""
        return tuple(sorted((*self.left_out, *self.warnings)))


def gathered(remarks: Iterable[Remark]) -> tuple[Remark, ...]:
    """Return remarks sorted by line, those that say the same of one product made one with their number."""
    found: dict[tuple[str, str, bool], Remark] = {}
    for remark in sorted(remarks):
        key = (remark.product, remark.message, remark.dropped)
        first = found.get(key)
        found[key] = remark if first is None else msgspec.structs.replace(first, count=first.count + remark.count)
    return tuple(found.values())


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 80 else f"{line[:79]}…"
