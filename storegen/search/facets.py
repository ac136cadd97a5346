"""Facets: the filters of a list of products. A facet has values, and each product has some of them."""

from __future__ import annotations

import bisect
import itertools
import math
import re
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TypeVar

import msgspec

T = TypeVar("T", bound=Hashable)

# The availability of a combination of options: it doesn't exist, can be ordered, can be sent now.
NONE, LATER, NOW = range(3)
_STEPS = (Decimal(1), Decimal("1.5"), Decimal(2), Decimal(3), Decimal(4), Decimal(5), Decimal(6), Decimal(8))
MOST_COMBINATIONS = 4096  # of a product; if there are more, only the single values are known
_PARTS = 4  # the most ranges of a facet
_NUMBER = re.compile(r"\s*([0-9]{1,9}(?:[.,][0-9]{1,6})?)\s*(\S{0,12})\s*")


class Option(msgspec.Struct, frozen=True, array_like=True):
    """An option of a product: its name and values in the product's file, and their labels on pages."""

    name: str
    label: str
    names: tuple[str, ...]
    values: tuple[str, ...]


class Later(msgspec.Struct, frozen=True, array_like=True):
    """A later price. It begins at *moment*, in milliseconds since 1970. *sale* says that it is reduced."""

    moment: int
    price: Decimal
    sale: bool


class Facts(msgspec.Struct, frozen=True, array_like=True):
    """The facts of a product for filters, in one language.

    *had* has a number for each combination of the options' values: 0 if it doesn't exist, 1 if it can be ordered, 2 if
    it can be sent now. The last option changes first. *price* is the price on the card, None if its currency is not
    that of the list. *rating* is the mean of the reviews times ten, 0 without reviews. *added* is a day, such as
    ``2026-11-30``. *sales* is the number of pieces sold.
    """

    options: tuple[Option, ...] = ()
    had: bytes = b""
    brand: str = ""
    price: Decimal | None = None
    sale: bool = False
    later: tuple[Later, ...] = ()
    rating: int = 0
    tags: tuple[str, ...] = ()
    specs: tuple[tuple[str, str], ...] = ()
    added: str = ""
    sales: int = 0

    def articles(self) -> Iterator[tuple[dict[str, str], int]]:
        """Yield each combination of the options' names and values, with its availability.

        If a product has too many combinations, each counts as one that can be ordered.
        """
        names = [option.name for option in self.options]
        every = itertools.product(*(option.names for option in self.options))
        for values, state in zip(every, self.had or itertools.repeat(LATER), strict=False):
            yield dict(zip(names, values, strict=True)), state


def merged(lists: Iterable[Sequence[T]]) -> tuple[T, ...]:
    """Return the values of all lists once each, in an order that agrees with every list where possible.

    Sizes ``S M``, ``S L`` and ``M L`` give ``S M L``. If several orders are possible, the value that appears first
    comes first. Numbers are sorted from small to large.
    """
    before: dict[T, dict[T, None]] = {}  # the values right before each value in some list
    for values in lists:
        for one, other in itertools.pairwise((None, *values)):
            before.setdefault(other, {})  # type: ignore[arg-type]
            if one is not None:
                before[other][one] = None  # type: ignore[index]
    numbers = {value: number_of(str(value)) for value in before}
    if all(numbers.values()) and len({unit for _, unit in filter(None, numbers.values())}) == 1:
        return tuple(sorted(before, key=lambda value: numbers[value] or (Decimal(0), "")))
    found: dict[T, None] = {}
    left = dict.fromkeys(before)
    while left:
        value = min(left, key=lambda each: sum(one in left for one in before[each]))
        found[value] = left.pop(value)
    return tuple(found)


def number_of(text: str) -> tuple[Decimal, str] | None:
    """Return the number that a text begins with and its unit: 4.8 and ``g`` for ``4.8 g``, None for other texts."""
    match = _NUMBER.fullmatch(text)
    return None if match is None else (Decimal(match[1].replace(",", ".")), match[2])


def bounds_of(numbers: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """Return round numbers that divide *numbers* into ranges of about equal count. No range is empty.

    The bounds are round, so one changed price rarely changes them. A number equal to a bound is in the upper range.
    """
    known = sorted(numbers)
    cuts = {_round(known[len(known) * part // _PARTS]) for part in range(1, _PARTS)} if known else set()
    kept: list[Decimal] = []
    below = 0  # numbers in the ranges so far
    for cut in sorted(cuts):
        if below < (place := bisect.bisect_left(known, cut)) < len(known):
            kept.append(cut)
            below = place
    return tuple(kept)


def _round(number: Decimal) -> Decimal:
    """Return the nearest number of 1, 1.5, 2, 3, 4, 5, 6 or 8 times a power of ten."""
    if number <= 0:
        return Decimal(0)
    power = Decimal(10) ** number.adjusted()
    return min((step * each for each in (power, power * 10) for step in _STEPS), key=lambda near: abs(near - number))


def range_of(number: Decimal, bounds: Sequence[Decimal]) -> int:
    """Return the position of the range that contains a number."""
    return bisect.bisect_right(bounds, number)


def combinations(options: Sequence[Option], had: Mapping[tuple[str, ...], int]) -> bytes:
    """Return `Facts.had` of a product, empty if it would be too long. The keys of *had* are labels of the values."""
    if math.prod(len(option.values) for option in options) > MOST_COMBINATIONS:
        return b""
    return bytes(had.get(values, NONE) for values in itertools.product(*(option.values for option in options)))


def projected(options: Sequence[Option], had: bytes, kept: Sequence[bool]) -> bytes:
    """Return `Facts.had` for the *kept* options only: the best state of all combinations of the other options."""
    best: dict[tuple[str, ...], int] = {}
    for values, state in zip(itertools.product(*(option.values for option in options)), had, strict=True):
        key = tuple(itertools.compress(values, kept))
        best[key] = max(best.get(key, NONE), state)
    return combinations(list(itertools.compress(options, kept)), best)
