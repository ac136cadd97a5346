"""The company behind the shop: who it is, where it is, how to reach it, and what it promises."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from storegen.model.line import Line
from storegen.model.record import Record
from storegen.model.scalars import Country, Day, Email, Hours, Url

ChannelKind = Literal["email", "phone", "chat", "whatsapp", "kakaotalk", "telegram", "line", "message", "visit", "link"]


class Closed(Record, frozen=True, kw_only=True):
    """A day, or days in a row, on which the shop is closed."""

    day: Day
    until: Day | None = None
    name: Line = ""


class Company(Record, frozen=True, kw_only=True):
    """The merchant as the law wants it named, and where visitors may come."""

    legal_name: Line = ""
    business_id: Line = ""
    vat_id: Line = ""
    founded: Line = ""
    street: Line = ""
    postcode: Line = ""
    city: Line = ""
    country: Country = Country("")
    email: Email | None = None
    phone: Line = ""
    hours: Mapping[Line, Hours] = {}
    hours_note: Line = ""
    closed: tuple[Closed, ...] = ()
    access: str = ""
    map: Url | None = None
    links: tuple[Url, ...] = ()
    details: Mapping[Line, Line] = {}


class Channel(Record, frozen=True, kw_only=True):
    """One way to reach the shop, and when an answer comes."""

    kind: ChannelKind
    name: Line = ""
    value: Line = ""
    link: Line = ""
    answer: str = ""


class Promise(Record, frozen=True, kw_only=True):
    """A promise, written once and shown wherever it is asked for by its id."""

    title: Line
    text: str = ""
    short: Line = ""
    icon: str = ""
    link: Line = ""
    link_text: Line = ""
