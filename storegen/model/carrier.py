"""Carriers of parcels: what their numbers look like and where a parcel is found."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Literal, Self

from storegen.model.line import Line
from storegen.model.number_pattern import NumberPattern, NumberPatterns
from storegen.model.record import Record
from storegen.model.scalars import Count, Country, Flag, Slug, Url

PLACE = "{number}"


class NumberLink(str):
    """An https address that shows a parcel, with ``{number}`` where its number stands, behind the host."""

    __slots__ = ()

    @classmethod
    def parse(cls, text: str, zone: dt.tzinfo) -> Self:
        good = re.match(r"https://[^{}/?#@\s]+[/?#]", text) is not None and text.count(PLACE) == 1
        try:
            Url.parse(text.replace(PLACE, "0"), zone)
        except ValueError:
            good = False
        if not good:
            sample = f"https://x.example/{PLACE}"
            raise ValueError(
                f'expected an https address with {PLACE} behind its host, such as {sample}, found "{text}"'
            )
        return cls(text)


class CheckDigit(Record, frozen=True, kw_only=True):
    """Which sign of a number is its check digit, and how it is worked out.

    It is the last one before *after* others, and is made of those before it, less the first *skip*, with *prefix* put
    before them; *weights* are repeated as often as needed.
    """

    kind: Literal["mod10", "mod11-10", "mod7", "luhn", "s10", "mod37-36"]
    skip: Count = Count(0)
    after: Count = Count(0)
    prefix: Line = ""
    weights: tuple[Count, ...] = ()


class NumberFormat(Record, frozen=True, kw_only=True):
    """One form of a carrier's numbers; *examples* are numbers that it must recognise."""

    pattern: NumberPattern
    check: CheckDigit | None = None
    examples: tuple[Line, ...] = ()


class Carrier(Record, frozen=True, kw_only=True):
    """A carrier of parcels.

    *page* is where a number can be typed in, *link* shows a parcel at once; *links* are those of other languages than
    English. *surety* says how sure the link is: ``tried`` against the carrier itself, in ``usual`` use, or ``none``
    where there is none that everybody agrees on. *looks* shows how a number looks. A *fallback* knows the parcels of
    others; *operators* are the names of those by country.
    """

    id: str
    name: Line
    countries: tuple[Country, ...] = ()
    page: Url
    link: NumberLink | None = None
    links: Mapping[Line, NumberLink] = {}
    surety: Literal["tried", "usual", "none"] = "none"
    source: Line = ""
    looks: Line = ""
    numbers: tuple[NumberFormat, ...] = ()
    fallback: Flag = Flag(0)
    operators: Mapping[Line, Line] = {}


class OwnCarrier(Record, frozen=True, kw_only=True):
    """A merchant's own carrier; with the id of a known one it takes that one's place, and what it leaves out stays."""

    id: Slug
    name: Line = ""
    link: NumberLink
    numbers: NumberPatterns = NumberPatterns()
    countries: tuple[Country, ...] = ()


class Step(Record, frozen=True, kw_only=True):
    """One step of a parcel's way to the buyer, in the merchant's words."""

    title: Line
    text: str = ""
