"""The company of a shop: its legal data, its premises, its contact channels and its promises."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from storegen.model.chat import ChatName
from storegen.model.record import Record
from storegen.model.scalars import Count, Country, Email, Flag, Url
from storegen.model.text import CategoryRef, Inline, Line, Link, PersonRef, ProductRef, TranslatedLine, TranslatedText
from storegen.model.times import Day, Hours

ChannelKind = Literal["email", "phone", "chat", "whatsapp", "kakaotalk", "telegram", "line", "message", "visit", "link"]


class Closed(Record, frozen=True, kw_only=True):
    """A day or several days in a row on which the shop is closed."""

    day: Day
    """The first closed day."""
    until: Day | None = None
    """The last closed day, if there are several."""
    name: TranslatedLine = ""
    """The reason, such as "Christmas"."""


class ProducerNumber(Record, frozen=True, kw_only=True):
    """A number in a register of producers: of packaging, of electrical goods, of batteries."""

    name: TranslatedLine
    """What the number is called, such as `WEEE-Reg.-Nr.` or `IDU (emballages)`."""
    number: Line
    """The number."""
    country: Country
    """The country of the register."""


class Company(Record, frozen=True, kw_only=True):
    """The company's legal data, and where visitors find it."""

    legal_name: TranslatedLine = ""
    """The registered name."""
    business_id: Line = ""
    """The number in the trade register."""
    vat_id: Line = ""
    """The VAT number."""
    founded: Line = ""
    """The year of foundation, such as `1998`."""
    street: TranslatedLine = ""
    """Street and number."""
    postcode: Line = ""
    """The postcode. Write a leading 0 as it is: `00100`. Quotes are not needed."""
    city: TranslatedLine = ""
    """The city."""
    region: TranslatedLine = ""
    """The state or province, where addresses have one: `OR` in the USA, `경기도` in Korea."""
    country: Country = Country("")
    """The country."""
    email: Email | None = None
    """The e-mail address for visitors. Orders also come here, if `checkout.order.email` is missing."""
    phone: Line = ""
    """The phone number with the country code, such as `+358 9 123 456`."""
    hours: Mapping[Line, Hours] = {}
    """Weekdays and opening hours: `{Mon-Fri: 10:00-17:00}`."""
    hours_note: TranslatedLine = ""
    """A line below the opening hours on the contact page, such as "Ring the bell at the gate"."""
    closed: tuple[Closed, ...] = ()
    """Days on which the shop is closed."""
    access: Inline = ""
    """How to get to the shop, and whether there are steps."""
    map: Url | None = None
    """The web address of a map."""
    links: tuple[Url, ...] = ()
    """Other web pages about the company."""
    staff: Count | None = None
    """The number of people who work in the company. Some [duties](duties.md) begin with a certain number."""
    representative: TranslatedLine = ""
    """The person who represents the company: its owner or director."""
    register: TranslatedLine = ""
    """The public register and the number in it: `Amtsgericht Berlin, HRB 12345`."""
    capital: Line = ""
    """The share capital, where the law asks for it: `10 000 €`."""
    editor: TranslatedLine = ""
    """The person responsible for your guides and posts, with an address if it is not the company's."""
    host: TranslatedLine = ""
    """The company that hosts your pages: name, and in France its address and phone number too."""
    sales_report: Line = ""
    """In Korea, the number of the mail-order report (통신판매업 신고번호): `제2023-서울종로-0130호`."""
    disputes: Inline = ""
    """Where buyers can take a dispute: the name of the body, with a link."""
    complaints: Inline = ""
    """The public service that takes complaints of consumers. Default in Indonesia: that of the Ministry of Trade."""
    numbers: tuple[ProducerNumber, ...] = ()
    """Your numbers as a producer: `[{name: WEEE-Reg.-Nr., number: DE 12345678, country: DE}]`."""
    details: Mapping[TranslatedLine, TranslatedLine] = {}
    """More lines about the company: `{Registered at: Helsinki}`. In a Korean shop, the footer of every page shows them,
    because the law requires it: `{대표자: 김하나, 통신판매업 신고번호: 제2023-경기이천-0130호}`."""


class Channel(Record, frozen=True, kw_only=True):
    """One way to contact the shop, and how soon an answer comes."""

    kind: ChannelKind
    """The kind of contact."""
    name: TranslatedLine = ""
    """The name on pages. Default: the usual name of this kind."""
    value: TranslatedLine = ""
    """Your number, address or name in this channel. Of a chat with a `service`, your id there."""
    link: Link = ""
    """The web address of the channel, if the shop can't make one from `value`. Of Chatwoot, your own server."""
    service: ChatName | None = None
    """With `chat`: the chat service. Pages load nothing of it before a visitor presses."""
    person: PersonRef = ""
    """The person who answers there."""
    answer: TranslatedText = ""
    """How soon you answer, such as "within two hours"."""


class Promise(Record, frozen=True, kw_only=True):
    """A promise. It is written once, and shown wherever its id is used.

    `products`, `categories` and `tags` limit it to the pages of some products. Without them it holds for all products.
    """

    title: TranslatedLine
    """The promise in a few words."""
    text: Inline = ""
    """One or two sentences."""
    short: TranslatedLine = ""
    """The shortest form, for the line at the top of every page."""
    icon: str = ""
    """An icon beside the promise: `parcel`, `truck`, `return`, `lock`, `shield`, `card`, `gift`, `leaf`, `heart`,
    `clock`, `chat`, or another of the theme (`themes/default/static/icons.svg`). Default: `check`."""
    link: Link = ""
    """The page with more about this."""
    link_text: TranslatedLine = ""
    """The words of the link."""
    products: tuple[ProductRef, ...] = ()
    """The promise holds for these products."""
    categories: tuple[CategoryRef, ...] = ()
    """The promise holds for the products of these categories. Their subcategories are included."""
    tags: tuple[Line, ...] = ()
    """The promise holds for products with these tags."""
    excluding: tuple[ProductRef, ...] = ()
    """Products that the promise does not hold for."""
    digital: Flag | None = None
    """Whether it also holds for digital products. Default: `no` for [promises about parcels](#promises), else `yes`."""

    @property
    def limited(self) -> bool:
        """Whether it names products, categories or tags."""
        return bool(self.products or self.categories or self.tags)
