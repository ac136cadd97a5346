"""Data that every page has around its content."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from storegen.views.contexts.base import Context
from storegen.views.contexts.cart import CartRules
from storegen.views.contexts.delivery import DispatchRule, TaxLine
from storegen.views.contexts.parts import Link, PersonTag, Picture


class Alternate(Context, frozen=True, kw_only=True):
    """A language of the shop, with the address of the page in it. Without a *translation*, it is the home page's."""

    language: str
    name: str
    href: str
    here: bool = False
    translation: bool = True


class Head(Context, frozen=True, kw_only=True):
    """The head of a page. *canonical* is an absolute address; *section* is the current menu entry.

    *policy* is set if the page needs a different content-security policy from all others. *markdown* is the address of
    the same text as Markdown.
    """

    title: str
    description: str = ""
    canonical: str
    path: str
    section: str = ""
    image: str = ""
    kind: Literal["website", "product", "article"] = "website"
    index: bool = True
    alternates: tuple[Alternate, ...] = ()
    previous: str = ""
    next: str = ""
    preload: Picture | None = None
    policy: str = ""
    markdown: str = ""


class MenuEntry(Context, frozen=True, kw_only=True):
    """An entry of the menu. *children* are the subcategories of its category. *goods*: it leads to a category."""

    text: str
    href: str
    goods: bool = False
    children: tuple[Link, ...] = ()


class MenuFit(Context, frozen=True, kw_only=True):
    """How the menu fits into a wide header: the first *count* entries, in a row of their own if *own_row*.

    *deep* says whether the list of all entries names their children too. *everything* is the address of the page of all
    categories, empty if the menu doesn't name it.
    """

    count: int = 0
    own_row: bool = False
    deep: bool = True
    everything: str = ""


class BannerLine(Context, frozen=True, kw_only=True):
    """One text of the line at the top of every page. At *ends* it changes to *then*, or disappears if that is empty."""

    text: str
    href: str = ""
    ends: dt.datetime | None = None
    then: str = ""


class Column(Context, frozen=True, kw_only=True):
    """A titled column of links in the footer."""

    title: str
    links: tuple[Link, ...]


class ChannelLine(Context, frozen=True, kw_only=True):
    """A contact channel of the shop, with the *person* who answers.

    *service* is the name of a chat service, *player* the address of its chat, which pages show after a press.
    """

    kind: str
    name: str
    text: str
    href: str = ""
    answer: str = ""
    person: PersonTag | None = None
    service: str = ""
    player: str = ""


class OpenDay(Context, frozen=True, kw_only=True):
    """A weekday (0 is Monday) with its opening hours, empty if closed."""

    day: int
    hours: str = ""


class ClosedDay(Context, frozen=True, kw_only=True):
    """A day, or a range of days, on which the shop is closed."""

    first: dt.date
    last: dt.date
    name: str = ""


class CompanyRow(Context, frozen=True, kw_only=True):
    """A line about the company: its label, and plain *text* or *inline* Markdown."""

    label: str
    text: str = ""
    inline: str = ""


class CompanyBox(Context, frozen=True, kw_only=True):
    """The company in the footer and on company pages.

    *address* is its postal address on one line. *address_abroad* names the country too. *register* is the address of
    the public register's page about it, which the *register_words* name. *rows* are the lines that the law asks for on
    a page, *foot* those at the foot of every page. *zone* is the time zone of the *hours*.
    """

    legal_name: str
    business_id: str = ""
    vat_id: str = ""
    founded: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""
    region: str = ""
    country: str = ""
    address: str = ""
    address_abroad: str = ""
    email: str = ""
    phone: str = ""
    phone_href: str = ""
    hours: tuple[OpenDay, ...] = ()
    zone: str = ""
    hours_note: str = ""
    closed: tuple[ClosedDay, ...] = ()
    access: str = ""
    map: str = ""
    details: dict[str, str] = {}
    register: str = ""
    register_words: str = ""
    rows: tuple[CompanyRow, ...] = ()
    foot: tuple[CompanyRow, ...] = ()


class PaymentMethodLine(Context, frozen=True, kw_only=True):
    """The texts of a payment method: its button, its provider and the stored data.

    *own* is the shop's own button text, if any. Every button of this method shows it. *sheet* says whether the button
    opens the order sheet.
    """

    provider: str
    text: str
    own: str = ""
    note: str = ""
    sheet: bool = False


class Measuring(Context, frozen=True, kw_only=True):
    """Analytics of the site: the names of the *tools* that ask for consent, and *privacy*, the page about them."""

    tools: tuple[str, ...] = ()
    privacy: str = ""


class Shared(Context, frozen=True, kw_only=True):
    """Data that every page of one language shares, without any data of a single page.

    ``menu_html`` and ``footer_html`` are rendered once per language and inserted in each page. *markets* says whether
    the shop has several. *decimals* are the numbers of decimals of payments and of prices, for each currency of the
    shop where either is not two. *money* has the pattern of amounts in each currency, *number* that of whole numbers
    (see `locale.money_pattern`). *forms* are the addresses of the pages with forms, by kind. *fonts* are the assets to
    load first, and *paper* is the background of pages in light and dark mode.
    """

    language: str
    name: str
    home: str
    tagline: str = ""
    notice: str = ""
    base_url: str
    banner: tuple[BannerLine, ...] = ()
    menu: tuple[MenuEntry, ...] = ()
    menu_fit: MenuFit = MenuFit()
    track: Link | None = None
    forms: dict[str, str] = {}
    columns: tuple[Column, ...] = ()
    legal: tuple[Link, ...] = ()
    company: CompanyBox
    channels: tuple[ChannelLine, ...] = ()
    answer_hours: int = 0
    payments: tuple[str, ...] = ()
    tax_line: TaxLine | None = None
    logo_svg: str = ""
    icon: str = ""
    assets: dict[str, str] = {}
    cart_href: str = ""
    search: str = ""
    saved: str = ""
    cart: CartRules | None = None
    dispatch: DispatchRule | None = None
    feed: str = ""
    policy: str = ""
    languages: int = 1
    markets: bool = False
    scripts: dict[str, tuple[str, ...]] = {}
    payment_methods: tuple[PaymentMethodLine, ...] = ()
    measuring: Measuring | None = None
    decimals: dict[str, tuple[int, int]] = {}
    money: dict[str, str] = {}
    number: str = ""
    fonts: tuple[str, ...] = ()
    paper: tuple[str, str] = ("", "")
