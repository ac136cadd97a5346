"""Voices from outside: customers' reviews with the shop's replies, and press quotes."""

from __future__ import annotations

from storegen.model.line import Line
from storegen.model.record import Record
from storegen.model.scalars import Day, Stars, Url


class Reply(Record, frozen=True, kw_only=True):
    """The shop's answer to a review, signed by a person."""

    text: str
    by: Line
    date: Day | None = None


class Review(Record, frozen=True, kw_only=True):
    """What a customer wrote about a product."""

    product: Line
    rating: Stars
    title: Line = ""
    text: str = ""
    name: Line = ""
    place: Line = ""
    date: Day
    variant: Line = ""
    image: str = ""
    source: Line = ""
    reply: Reply | None = None


class Quote(Record, frozen=True, kw_only=True):
    """What a newspaper, a magazine or a partner wrote about the shop."""

    text: str
    source: Line
    date: Line = ""
    link: Url | None = None
