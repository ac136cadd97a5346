"""The results of an import: remarks on omitted or changed content, and a report of the written files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

_EXAMPLES = 3


class Remark(msgspec.Struct, frozen=True, order=True, kw_only=True):
    """A remark on content of the export that was left out (*dropped*) or changed.

    *line* counts from 1; 0 means unknown. *found* is the value concerned. *count* is the number of occurrences in the
    same product.
    """

    line: int = 0
    product: str = ""
    message: str
    found: str = ""
    count: int = 1
    dropped: bool = False

    def __str__(self) -> str:
        more = f" (and {self.count - 1} more like it)" if self.count > 1 else ""
        sentence = f"{self.cause}{_found(self)}{more}"
        return f"{place}: {sentence}" if (place := _place(self)) else sentence

    @property
    def cause(self) -> str:
        """The message without its place and value. Remarks with the same cause are combined into one line."""
        return f"{'left out: ' if self.dropped else ''}{self.message}"


class ImportReport(msgspec.Struct, frozen=True, kw_only=True):
    """The files that an import wrote, and the remarks. *files* are relative to the site, *kept* already existed."""

    products: int
    variants: int
    drafts: int
    categories: int
    offers: int
    pictures: int
    notes_file: str = ""
    files: tuple[str, ...]
    kept: tuple[str, ...]
    left_out: tuple[Remark, ...]
    warnings: tuple[Remark, ...]

    @property
    def notes(self) -> tuple[Remark, ...]:
        """All remarks by line, starting with those about the whole file."""
        return tuple(sorted((*self.left_out, *self.warnings)))


def gathered(remarks: Iterable[Remark]) -> tuple[Remark, ...]:
    """Return remarks sorted by line. Equal remarks without a place are combined into one with their count."""
    found: dict[object, Remark] = {}
    for number, remark in enumerate(sorted(remarks)):
        key = number if remark.product or remark.line or remark.found else (remark.message, remark.dropped)
        first = found.get(key)
        found[key] = remark if first is None else msgspec.structs.replace(first, count=first.count + remark.count)
    return tuple(found.values())


def summed_up(remarks: Iterable[Remark]) -> tuple[str, ...]:
    """Return one line for each cause: a single remark unchanged, several with their count and the first examples."""
    causes: dict[str, list[Remark]] = {}
    for remark in remarks:
        causes.setdefault(remark.cause, []).append(remark)
    return tuple(str(found[0]) if len(found) == 1 else _several(cause, found) for cause, found in causes.items())


def _several(cause: str, remarks: Sequence[Remark]) -> str:
    number = sum(remark.count for remark in remarks)
    shown = "; ".join(f"{_place(remark)}{_found(remark)}".removeprefix(": ") for remark in remarks[:_EXAMPLES])
    more = "; …" if len(remarks) > _EXAMPLES else ""
    return f"{cause}: {number} times: {shown}{more}" if shown else f"{cause}: {number} times"


def _place(remark: Remark) -> str:
    place = f"line {remark.line}" if remark.line else ""
    if remark.product:
        return f"{remark.product} ({place})" if place else remark.product
    return place


def _found(remark: Remark) -> str:
    return f": {_short(remark.found)}" if remark.found else ""


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 80 else f"{line[:79]}…"
