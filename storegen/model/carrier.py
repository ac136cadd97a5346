"""Carriers of parcels: what their numbers look like and where a parcel is found."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Literal, Self

from storegen.model.number_pattern import NumberPattern, NumberPatterns
from storegen.model.record import Record
from storegen.model.scalars import Count, Country, Flag, Scalar, Slug, Url
from storegen.model.text import Inline, Line, TranslatedLine

PLACE = "{number}"


class NumberLink(Scalar, str):
    """An https address that shows a parcel, with `{number}` where its number stands, behind the host."""

    __slots__ = ()
    NAME = "parcel address"
    PATTERN = r"https://[^{}/?#@\s]+[/?#]\S*\{number\}\S*"
    EXPECTS = f"an https address with {PLACE} behind its host, such as https://x.example/{PLACE}"
    EXAMPLES = (f"https://x.example/{PLACE}",)

    @classmethod
    def parse(cls, text: str, zone: dt.tzinfo) -> Self:
        good = re.match(r"https://[^{}/?#@\s]+[/?#]", text) is not None and text.count(PLACE) == 1
        try:
            Url.parse(text.replace(PLACE, "0"), zone)
        except ValueError:
            good = False
        if not good:
            raise cls.fault(text)
        return cls(text)


class CheckDigit(Record, frozen=True, kw_only=True):
    """Which sign of a number is its check digit, and how it is calculated."""

    kind: Literal["mod10", "mod11-10", "mod7", "luhn", "s10", "mod37-36"]
    """The method."""
    skip: Count = Count(0)
    """How many signs at the beginning don't count."""
    after: Count = Count(0)
    """How many signs stand behind the check digit."""
    prefix: Line = ""
    """Signs that are put before the others."""
    weights: tuple[Count, ...] = ()
    """The weights, repeated as often as needed."""


class NumberFormat(Record, frozen=True, kw_only=True):
    """One form of a carrier's numbers."""

    pattern: NumberPattern
    """What the numbers look like."""
    check: CheckDigit | None = None
    """Their check digit."""
    examples: tuple[Line, ...] = ()
    """Numbers that it must recognise."""


class Carrier(Record, frozen=True, kw_only=True):
    """A carrier of parcels."""

    id: str
    """The id."""
    name: Line
    """The name."""
    countries: tuple[Country, ...] = ()
    """Where it works."""
    page: Url
    """Where a number can be typed in."""
    link: NumberLink | None = None
    """What shows a parcel at once."""
    links: Mapping[Line, NumberLink] = {}
    """The same in other languages than English."""
    surety: Literal["tried", "usual", "none"] = "none"
    """How sure the link is: tried with the carrier itself, in usual use, or none that everybody agrees on."""
    source: Line = ""
    """Where this is from."""
    looks: Line = ""
    """How a number looks."""
    numbers: tuple[NumberFormat, ...] = ()
    """The forms of its numbers."""
    fallback: Flag = Flag(0)
    """`yes`: it knows the parcels of others."""
    operators: Mapping[Line, Line] = {}
    """The names of those others by country."""


class OwnCarrier(Record, frozen=True, kw_only=True):
    """A carrier of your own. With the id of a known one it takes that one's place; what it leaves out stays."""

    id: Slug
    """The id. Use the id of a known carrier to correct its address."""
    name: Line = ""
    """The name that buyers know."""
    link: NumberLink
    """The https address of a parcel. It contains `{number}` once, after the host."""
    numbers: NumberPatterns = NumberPatterns()
    """The forms of its numbers. Without it, the carrier is only listed below the button."""
    countries: tuple[Country, ...] = ()
    """The countries that it serves, as a note for yourself."""


class Step(Record, frozen=True, kw_only=True):
    """One step of a parcel's way to the buyer."""

    title: TranslatedLine
    """The step in a few words."""
    text: Inline = ""
    """One or two sentences."""
