"""Voices from outside: customers' reviews with the shop's replies, and press quotes."""

from __future__ import annotations

from storegen.model.record import Record
from storegen.model.scalars import Day, Stars, Url


class Reply(Record, frozen=True, kw_only=True):
    """The shop's answer to a review, signed by a person."""

    text: str
    by: str
    date: Day | None = None


class Review(Record, frozen=True, kw_only=True):
    """What a customer wrote about a product."""

    product: str
    rating: Stars
    title: str = ""
    text: str = ""
    name: str = ""
    place: str = ""
    date: Day
    variant: str = ""
    image: str = ""
    source: str = ""
    reply: Reply | None = None


class Quote(Record, frozen=True, kw_only=True):
    """What a newspaper, a magazine or a partner wrote about the shop."""

    text: str
    source: str
    date: str = ""
    link: Url | None = None
