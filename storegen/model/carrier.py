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
    """The position of a number's check digit, and the method of calculation."""

    kind: Literal["mod10", "mod11-10", "mod7", "luhn", "s10", "mod37-36"]
    """The method."""
    skip: Count = Count(0)
    """The number of characters at the beginning that are not part of the calculation."""
    after: Count = Count(0)
    """The number of characters after the check digit."""
    prefix: Line = ""
    """Characters that are put before the number for the calculation."""
    weights: tuple[Count, ...] = ()
    """The weights of the digits, repeated as often as needed."""


class NumberFormat(Record, frozen=True, kw_only=True):
    """One format of a carrier's tracking numbers."""

    pattern: NumberPattern
    """The pattern of the numbers."""
    check: CheckDigit | None = None
    """The check digit."""
    examples: tuple[Line, ...] = ()
    """Numbers that this format must match."""


class Carrier(Record, frozen=True, kw_only=True):
    """A carrier of parcels."""

    id: str
    """The id."""
    name: Line
    """The name."""
    countries: tuple[Country, ...] = ()
    """The countries where the carrier works."""
    page: Url
    """The page with a form for tracking numbers."""
    link: NumberLink | None = None
    """The tracking link, which shows a parcel directly."""
    links: Mapping[Line, NumberLink] = {}
    """Tracking links in languages other than English."""
    surety: Literal["tried", "usual", "none"] = "none"
    """How reliable the link is: tried on the carrier's site, in common use, or no link is known."""
    source: Line = ""
    """The source of these facts."""
    looks: Line = ""
    """A description of the number's format for people."""
    numbers: tuple[NumberFormat, ...] = ()
    """The formats of the tracking numbers."""
    fallback: Flag = Flag(0)
    """`yes`: this carrier also tracks other carriers' parcels."""
    operators: Mapping[Line, Line] = {}
    """The names of these other carriers by country."""


class OwnCarrier(Record, frozen=True, kw_only=True):
    """A carrier of your own. With the id of a known carrier it changes that carrier; fields left out stay the same."""

    id: Slug
    """The id. Use the id of a known carrier to correct its data."""
    name: Line = ""
    """The carrier's name, as buyers know it."""
    link: NumberLink
    """The https address that shows a parcel. Write `{number}` once, after the host, in place of the tracking number."""
    numbers: NumberPatterns = NumberPatterns()
    """The formats of its numbers. Without formats, the carrier is only one of several choices for a number."""
    countries: tuple[Country, ...] = ()
    """The countries where the carrier works, for your own notes."""


class Step(Record, frozen=True, kw_only=True):
    """One step of a parcel's delivery."""

    title: TranslatedLine
    """The step in a few words."""
    text: Inline = ""
    """One or two sentences."""
