"""Patterns of parcel numbers: a small, safe subset of regular expressions with the same meaning everywhere.

A pattern has capitals, digits, hyphens, classes such as ``[A-Z0-9]``, groups of choices ``(JJD|JVGL)``, and the counts
``{9}``, ``{9,10}``, ``?``. It works in Python and in a browser. The number of ways to match is calculated when a
pattern is read, so that no pattern can make a search endless.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Self

from storegen.model.scalars import Names, Scalar

MAX_WAYS = 5_000
MAX_LENGTH = 1_000
LONGEST = 40  # characters of a number; see storegen/tracking/links.py
_SIGNS = re.compile(r"[A-Z0-9-]")
_CLASS = re.compile(r"\[(?:[A-Z]-[A-Z]|[0-9]-[0-9]|[A-Z0-9])+\]")
_RANGE = re.compile(r"(.)-(.)")
_COUNT = re.compile(r"\?|\{([0-9]{1,2})(?:,([0-9]{1,2}))?\}")
_HINTS = {
    "^": "the pattern is for the whole number anyway",
    "$": "the pattern is for the whole number anyway",
    "*": "say how many, such as {1,20}",
    "+": "say how many, such as {1,20}",
    ".": "say which signs, such as [A-Z0-9]",
    "\\": "write digits as [0-9]",
    "[": "a class contains capitals and digits, such as [A-Z0-9]",
    "(": "this bracket never closes, or is inside too many others",
    ")": "this bracket closes nothing",
    "{": f"a count is written {{8}} or {{8,10}}, and a number has at most {LONGEST} signs",
    " ": "numbers are compared without spaces",
}


class NumberPattern(Scalar, str):
    """The pattern of parcel numbers: capitals, digits, classes `[A-Z0-9]`, choices `(AB|CD)` and counts `{8}`."""

    __slots__ = ()
    NAME = "number pattern"
    PATTERN = r"[A-Z0-9\[\](){}|,?-]+"
    EXPECTS = "a pattern such as AB[0-9]{8}"
    EXAMPLES = ("AB[0-9]{8}",)

    @classmethod
    def parse(cls, text: str, zone: dt.tzinfo) -> Self:
        """Return the pattern; raises ValueError if a character can't be read, or if there are too many choices."""
        reader = _Reader(text[:MAX_LENGTH])
        ways = reader.choices()
        if reader.place < len(text) or not text:
            raise ValueError(f"{cls.fault(text)}{_at(text, reader.place)}")
        if ways > MAX_WAYS:
            raise ValueError(
                f'expected a pattern with fewer choices; "{text}" can be read in more than {MAX_WAYS:,} ways'
            )
        return cls(text)


class NumberPatterns(Names):
    """One pattern, or a list of them."""

    __slots__ = ()
    ITEM = NumberPattern

    @classmethod
    def parse(cls, value: object, zone: dt.tzinfo) -> Self:
        """Return one pattern or a list of them as a tuple; raises ValueError for an invalid one."""
        names = Names.parse(value, zone)
        return cls([NumberPattern.parse(name, zone) for name in names])


def _at(text: str, place: int) -> str:
    if place >= len(text):
        return ""
    sign = text[place]
    hint = _HINTS.get(sign) or ("numbers are compared in capitals" if sign.islower() else "")
    return f', which can\'t be read from "{text[place : place + 10]}" on' + (f": {hint}" if hint else "")


class _Reader:
    """A parser that reads a pattern from left to right and counts the ways to match. *place* is its position."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.place = 0
        self.depth = 0

    def choices(self) -> int:
        """Return the number of ways to match parts separated by ``|``."""
        ways = self.row()
        while self._takes("|"):
            ways += self.row()
        return ways

    def row(self) -> int:
        """Return the number of ways to match a sequence of parts. It ends where no part begins."""
        ways = 1
        while ways and (found := self.part()):
            least, most = self.count()
            ways = min(ways * sum(found**times for times in range(least, most + 1)), MAX_WAYS + 1)
        return ways

    def part(self) -> int:
        """Return the number of ways to match a character, a class or a group; 0 if there is none here."""
        if self.depth < 4 and self._group_opens():
            return self.group()
        match = _CLASS.match(self.text, self.place) or _SIGNS.match(self.text, self.place)
        if match is None or any(first > last for first, last in _RANGE.findall(match[0])):
            return 0
        self.place = match.end()
        return 1

    def group(self) -> int:
        """Return the number of ways to match a group. The error for an unclosed group is at its bracket."""
        start = self.place
        self.place += 1
        self.depth += 1
        ways = self.choices()
        self.depth -= 1
        if self._takes(")"):
            return ways
        if self.place == len(self.text):
            self.place = start
        return 0

    def count(self) -> tuple[int, int]:
        """Return how often the part before may be repeated: the least and the most."""
        match = _COUNT.match(self.text, self.place)
        if match is None:
            return 1, 1
        least = int(match[1] or 0)
        most = int(match[2] or match[1] or 1)
        if most < least or most > LONGEST:
            return 1, 1
        self.place = match.end()
        return least, most

    def _group_opens(self) -> bool:
        return self.text.startswith("(", self.place)

    def _takes(self, sign: str) -> bool:
        if not self.text.startswith(sign, self.place):
            return False
        self.place += 1
        return True
