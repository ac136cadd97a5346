"""The company of a shop: its legal data, its premises, its contact channels and its promises."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from storegen.model.record import Record
from storegen.model.scalars import Country, Email, Url
from storegen.model.text import Inline, Line, Link, TranslatedLine, TranslatedText
from storegen.model.times import Day, Hours

ChannelKind = Literal["email", "phone", "chat", "whatsapp", "kakaotalk", "telegram", "line", "message", "visit", "link"]


class Closed(Record, frozen=True, kw_only=True):
    """A day or several days in a row on which the shop is closed."""

    day: Day
    """The first day."""
    until: Day | None = None
    """The last day, if there are several."""
    name: TranslatedLine = ""
    """The reason, such as "Christmas"."""


class Company(Record, frozen=True, kw_only=True):
    """The company's legal data, and its premises for visitors."""

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
    """Postcode. Write it in quotes if it begins with 0, because other tools read it as a number."""
    city: Line = ""
    """City."""
    country: Country = Country("")
    """Country."""
    email: Email | None = None
    """The e-mail address for visitors. It also receives orders if `checkout.order.email` is left out."""
    phone: Line = ""
    """Phone number with the country code."""
    hours: Mapping[Line, Hours] = {}
    """Opening hours by weekday: `Mon-Fri: 10:00-17:00`."""
    hours_note: TranslatedLine = ""
    """A line below the opening hours."""
    closed: tuple[Closed, ...] = ()
    """Days on which the shop is closed."""
    access: Inline = ""
    """How to get there, and whether there are steps at the entrance."""
    map: Url | None = None
    """The address of a map."""
    links: tuple[Url, ...] = ()
    """Pages about the company on other sites."""
    details: Mapping[TranslatedLine, TranslatedLine] = {}
    """Further lines about the company, each with a title and a value."""


class Channel(Record, frozen=True, kw_only=True):
    """One way to contact the shop, and how soon an answer comes."""

    kind: ChannelKind
    """The kind of channel."""
    name: TranslatedLine = ""
    """The name shown on pages; by default the usual name of the channel."""
    value: TranslatedLine = ""
    """The phone number, address or user name."""
    link: Link = ""
    """The target of the link, if the value is not enough to make one."""
    answer: TranslatedText = ""
    """How soon an answer comes, such as "within two hours"."""


class Promise(Record, frozen=True, kw_only=True):
    """A promise. It is written once, and shown wherever its id is used."""

    title: TranslatedLine
    """The promise in a few words."""
    text: Inline = ""
    """One or two sentences."""
    short: TranslatedLine = ""
    """The shortest form, for the line at the top of every page."""
    icon: str = ""
    """The name of an icon in the theme."""
    link: Link = ""
    """A link to more information."""
    link_text: TranslatedLine = ""
    """The text of the link."""
