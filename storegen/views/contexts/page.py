"""What stands around every page."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from storegen.views.contexts.base import Context
from storegen.views.contexts.cart import CartRules
from storegen.views.contexts.delivery import DispatchRule, TaxLine
from storegen.views.contexts.parts import Link, Picture


class Alternate(Context, frozen=True, kw_only=True):
    """The same page in another language."""

    language: str
    name: str
    href: str
    here: bool = False


class Head(Context, frozen=True, kw_only=True):
    """What stands in a page's head. *canonical* is absolute; *section* is the menu entry that is current.

    *policy* is given where the page needs another content-security policy than all others.
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


class MenuEntry(Context, frozen=True, kw_only=True):
    """One of at most six entries of the menu."""

    text: str
    href: str


class Column(Context, frozen=True, kw_only=True):
    """A titled column of links in the foot."""

    title: str
    links: tuple[Link, ...]


class ChannelLine(Context, frozen=True, kw_only=True):
    """One way to reach the shop."""

    kind: str
    name: str
    text: str
    href: str = ""
    answer: str = ""


class OpenDay(Context, frozen=True, kw_only=True):
    """A weekday (0 is Monday) and its hours, empty where closed."""

    day: int
    hours: str = ""


class ClosedDay(Context, frozen=True, kw_only=True):
    """A day, or days in a row, on which the shop is closed."""

    first: dt.date
    last: dt.date
    name: str = ""


class CompanyBox(Context, frozen=True, kw_only=True):
    """The company as the foot and the company pages show it; *place* is the postcode with the city."""

    legal_name: str
    business_id: str = ""
    vat_id: str = ""
    founded: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""
    place: str = ""
    country: str = ""
    email: str = ""
    phone: str = ""
    phone_href: str = ""
    hours: tuple[OpenDay, ...] = ()
    hours_note: str = ""
    closed: tuple[ClosedDay, ...] = ()
    access: str = ""
    map: str = ""
    details: dict[str, str] = {}


class PaymentMethodLine(Context, frozen=True, kw_only=True):
    """One payment method in words: its button, and who takes the payment and what is stored.

    *own* is the text of the button where the shop gives one of its own; it stands on every button of this method.
    """

    provider: str
    text: str
    own: str = ""
    note: str = ""


class Measuring(Context, frozen=True, kw_only=True):
    """That visits are counted, and the names of the *tools* that ask before they do; *privacy* is the page about it."""

    tools: tuple[str, ...] = ()
    privacy: str = ""


class Shared(Context, frozen=True, kw_only=True):
    """What every page of one language has in common; it holds no state of a page.

    ``menu_html`` and ``footer_html`` are rendered once a language and only inserted. *decimals* are those of payments
    and of prices, for each currency of the shop that does not have two of both.
    """

    language: str
    name: str
    home: str
    tagline: str = ""
    notice: str = ""
    base_url: str
    banner: tuple[str, ...] = ()
    menu: tuple[MenuEntry, ...] = ()
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
    cart: CartRules | None = None
    dispatch: DispatchRule | None = None
    feed: str = ""
    policy: str = ""
    languages: int = 1
    scripts: dict[str, tuple[str, ...]] = {}
    payment_methods: tuple[PaymentMethodLine, ...] = ()
    measuring: Measuring | None = None
    decimals: dict[str, tuple[int, int]] = {}
