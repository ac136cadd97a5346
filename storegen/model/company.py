"""The company behind the shop: who it is, where it is, how to reach it, and what it promises."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from storegen.model.record import Record
from storegen.model.scalars import Country, Day, Email, Hours, Url

ChannelKind = Literal["email", "phone", "chat", "whatsapp", "kakaotalk", "telegram", "line", "message", "visit", "link"]


class Closed(Record, frozen=True, kw_only=True):
    """A day, or days in a row, on which the shop is closed."""

    day: Day
    until: Day | None = None
    name: str = ""


class Company(Record, frozen=True, kw_only=True):
    """The merchant as the law wants it named, and where visitors may come."""

    legal_name: str = ""
    business_id: str = ""
    vat_id: str = ""
    founded: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""
    country: Country = Country("")
    email: Email | None = None
    phone: str = ""
    hours: Mapping[str, Hours] = {}
    hours_note: str = ""
    closed: tuple[Closed, ...] = ()
    access: str = ""
    map: Url | None = None
    links: tuple[Url, ...] = ()
    details: Mapping[str, str] = {}


class Channel(Record, frozen=True, kw_only=True):
    """One way to reach the shop, and when an answer comes."""

    kind: ChannelKind
    name: str = ""
    value: str = ""
    link: str = ""
    answer: str = ""


class Promise(Record, frozen=True, kw_only=True):
    """A promise, written once and shown wherever it is asked for by its id."""

    title: str
    text: str = ""
    short: str = ""
    icon: str = ""
    link: str = ""
    link_text: str = ""
