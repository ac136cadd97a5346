"""Carriers of parcels, with the formats of their tracking numbers and their tracking links."""

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
    """An https address that shows a parcel. `{number}` after the host is replaced by the tracking number."""

    __slots__ = ()
    NAME = "parcel address"
    PATTERN = r"https://[^{}/?#@\s]+[/?#]\S*\{number\}\S*"
    EXPECTS = f"an https address with {PLACE} after its domain, such as https://x.example/{PLACE}"
    EXAMPLES = (f"https://x.example/{PLACE}",)

    @classmethod
    def parse(cls, text: str, zone: dt.tzinfo) -> Self:
        """Return the address; raises ValueError unless it is https with one ``{number}`` after its domain."""
        good = re.match(r"https://[^{}/?#@\s]+[/?#]", text) is not None and text.count(PLACE) == 1
        try:
            Url.parse(text.replace(PLACE, "0"), zone)
        except ValueError:
            good = False
        if not good:
            raise cls.fault(text)
        return cls(text)


class CheckDigit(Record, frozen=True, kw_only=True):
    """The position of a number's check digit, and the method of calculation."""

    kind: Literal["mod10", "mod11-10", "mod7", "luhn", "s10", "mod37-36"]
    """The method."""
    skip: Count = Count(0)
    """How many signs at the beginning don't count."""
    after: Count = Count(0)
    """How many characters come after the check digit."""
    prefix: Line = ""
    """Signs that are put before the others."""
    weights: tuple[Count, ...] = ()
    """The weights, repeated as often as needed."""


class NumberFormat(Record, frozen=True, kw_only=True):
    """One format of a carrier's tracking numbers."""

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
    """A carrier of your own. If its id is that of a known carrier, your keys replace the known ones."""

    id: Slug
    """A short name. Use the id of a known carrier to correct that carrier's address."""
    name: TranslatedLine = ""
    """The carrier's name, as buyers know it."""
    link: NumberLink
    """The https address that shows a parcel. Write `{number}` once, after the domain, in place of the parcel's
    number."""
    numbers: NumberPatterns = NumberPatterns()
    """The pattern of its numbers. Without this key, the tracking page can't recognise them, and shows the carrier
    only in the list of other carriers."""
    countries: tuple[Country, ...] = ()
    """The carrier's countries, for your own notes."""


class Step(Record, frozen=True, kw_only=True):
    """One step of a parcel's delivery."""

    title: TranslatedLine
    """The step in a few words, such as "On the way"."""
    text: Inline = ""
    """One or two sentences."""
