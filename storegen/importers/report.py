"""What an import has to say: remarks on what was left out or changed, and a report of what was written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

_EXAMPLES = 3


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
        more = f" (and {self.count - 1} more like it)" if self.count > 1 else ""
        sentence = f"{self.cause}{_found(self)}{more}"
        return f"{place}: {sentence}" if (place := _place(self)) else sentence

    @property
    def cause(self) -> str:
        """What happened, without the place and the value; remarks of one cause are summed up in one line."""
        return f"{'left out: ' if self.dropped else ''}{self.message}"


class ImportReport(msgspec.Struct, frozen=True, kw_only=True):
    """What an import wrote, and what it could not: *files* are relative to the site, *kept* those that were there."""

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
        """Everything that there is to say, by line; what is about the whole file comes first."""
        return tuple(sorted((*self.left_out, *self.warnings)))


def gathered(remarks: Iterable[Remark]) -> tuple[Remark, ...]:
    """Return remarks sorted by line, those without any place that say the same made one with their number."""
    found: dict[object, Remark] = {}
    for number, remark in enumerate(sorted(remarks)):
        key = number if remark.product or remark.line or remark.found else (remark.message, remark.dropped)
        first = found.get(key)
        found[key] = remark if first is None else msgspec.structs.replace(first, count=first.count + remark.count)
    return tuple(found.values())


def summed_up(remarks: Iterable[Remark]) -> tuple[str, ...]:
    """Return one line for each cause: alone as it stands, else with how often it was found and the first examples."""
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
