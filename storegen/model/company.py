"""The company behind the shop: who it is, where it is, how to reach it, and what it promises."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from storegen.model.record import Record
from storegen.model.scalars import Country, Email, Url
from storegen.model.text import Inline, Line, Link, TranslatedLine, TranslatedText
from storegen.model.times import Day, Hours

ChannelKind = Literal["email", "phone", "chat", "whatsapp", "kakaotalk", "telegram", "line", "message", "visit", "link"]


class Closed(Record, frozen=True, kw_only=True):
    """A day, or days in a row, on which the shop is closed."""

    day: Day
    """The first day."""
    until: Day | None = None
    """The last day, if there are several."""
    name: TranslatedLine = ""
    """Why, such as "Christmas"."""


class Company(Record, frozen=True, kw_only=True):
    """The merchant as the law wants it named, and where visitors may come."""

    legal_name: Line = ""
    """The registered name."""
    business_id: Line = ""
    """The number in the trade register."""
    vat_id: Line = ""
    """The VAT number."""
    founded: Line = ""
    """The year, such as `1998`."""
    street: Line = ""
    """Street and number."""
    postcode: Line = ""
    """Postcode; in quotes where it starts with 0 (other tools read it as a number)."""
    city: Line = ""
    """City."""
    country: Country = Country("")
    """Country."""
    email: Email | None = None
    """The address for visitors' mails; also for orders, if `checkout.order.email` is left out."""
    phone: Line = ""
    """Phone number with the country's prefix."""
    hours: Mapping[Line, Hours] = {}
    """Weekdays and opening hours: `Mon-Fri: 10:00-17:00`."""
    hours_note: TranslatedLine = ""
    """A line below the opening hours."""
    closed: tuple[Closed, ...] = ()
    """Days on which the shop is closed."""
    access: Inline = ""
    """How to get there, and whether there are steps."""
    map: Url | None = None
    """The address of a map."""
    links: tuple[Url, ...] = ()
    """Pages about the company elsewhere on the web."""
    details: Mapping[TranslatedLine, TranslatedLine] = {}
    """Further lines about the company: title and value."""


class Channel(Record, frozen=True, kw_only=True):
    """One way to reach the shop, and when an answer comes."""

    kind: ChannelKind
    """The kind of channel."""
    name: TranslatedLine = ""
    """What it is called on pages; by default the usual name."""
    value: TranslatedLine = ""
    """The number, the address or the name to write to."""
    link: Link = ""
    """Where it leads, if the value doesn't say."""
    answer: TranslatedText = ""
    """When an answer comes, such as "within two hours"."""


class Promise(Record, frozen=True, kw_only=True):
    """A promise, written once and shown wherever its id is named."""

    title: TranslatedLine
    """The promise in a few words."""
    text: Inline = ""
    """One or two sentences."""
    short: TranslatedLine = ""
    """The shortest form, for the line above every page."""
    icon: str = ""
    """The name of an icon of the theme."""
    link: Link = ""
    """Where more about it stands."""
    link_text: TranslatedLine = ""
    """The words of the link."""
