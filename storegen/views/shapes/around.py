"""What stands around every page."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from storegen.checkout.protocol import HandOver
from storegen.model.money import Money
from storegen.views.shapes.base import Shape
from storegen.views.shapes.offers import CartOffer
from storegen.views.shapes.parts import Link, Picture


class Alternate(Shape, frozen=True, kw_only=True):
    """The same page in another language."""

    language: str
    name: str
    href: str
    here: bool = False


class Head(Shape, frozen=True, kw_only=True):
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


class MenuEntry(Shape, frozen=True, kw_only=True):
    """One of at most six entries of the menu."""

    text: str
    href: str


class Column(Shape, frozen=True, kw_only=True):
    """A titled column of links in the foot."""

    title: str
    links: tuple[Link, ...]


class ChannelLine(Shape, frozen=True, kw_only=True):
    """One way to reach the shop."""

    kind: str
    name: str
    text: str
    href: str = ""
    answer: str = ""


class OpenDay(Shape, frozen=True, kw_only=True):
    """A weekday (0 is Monday) and its hours, empty where closed."""

    day: int
    hours: str = ""


class ClosedDay(Shape, frozen=True, kw_only=True):
    """A day, or days in a row, on which the shop is closed."""

    first: dt.date
    last: dt.date
    name: str = ""


class CompanyBox(Shape, frozen=True, kw_only=True):
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


class Sending(Shape, frozen=True, kw_only=True):
    """The delivery promise as a rule: the build writes a timeless sentence of it, the browser the dates.

    *before* is a time such as ``14:00`` in *zone*; *weekdays* (0 is Monday) are those on which parcels leave; *days*
    is a range of working days such as ``1-3``; *holidays* are ISO dates without work.
    """

    before: str
    weekdays: tuple[int, ...]
    zone: str
    days: str
    carrier: str = ""
    place: str = ""
    holidays: tuple[str, ...] = ()


class WayLine(Shape, frozen=True, kw_only=True):
    """One way to pay in words: its button, and who takes the payment and what is stored.

    *own* is the text of the button where the shop gives one of its own; it stands on every button of this way.
    """

    provider: str
    text: str
    own: str = ""
    note: str = ""


class CartStep(Shape, frozen=True, kw_only=True):
    """What a delivery costs from so much on: milligrams, pieces, or minor units of *total*."""

    weight: int = 0
    count: int = 0
    total: Money | None = None
    price: Money


class CartMethod(Shape, frozen=True, kw_only=True):
    """A way of delivery that the cart can choose, to some *countries* only or to all."""

    id: str
    name: str
    carrier: str = ""
    countries: tuple[str, ...] = ()
    price: Money
    free_from: Money | None = None
    steps: tuple[CartStep, ...] = ()
    days: str = ""


class CartRules(Shape, frozen=True, kw_only=True):
    """What the cart needs to know to add up: the delivery that applies and the tax that prices hold.

    *provider* is ``order`` where the cart is the shop's own, else who keeps it; *data* are then the attributes of the
    provider's own element. *hand_overs* are where our cart goes, each with its words in *ways* of the same provider;
    *note* says who takes the payment and what is stored, *payment* is a line for the end of an order.
    *codes* says that a code can be typed. *country* is where a parcel goes until the visitor says otherwise; *tax_rate*
    holds for every line that states none.
    """

    currency: str
    country: str = ""
    methods: tuple[CartMethod, ...] = ()
    tax_name: str = ""
    tax_rate: str = ""
    tax_included: bool = True
    returns_days: int = 0
    email: str = ""
    instructions: str = ""
    provider: str = "order"
    data: dict[str, str] = {}
    hand_overs: tuple[HandOver, ...] = ()
    note: str = ""
    payment: str = ""
    offers: tuple[CartOffer, ...] = ()
    codes: bool = False


class Measuring(Shape, frozen=True, kw_only=True):
    """That visits are counted, and the names of the *tools* that ask before they do; *privacy* is the page about it."""

    tools: tuple[str, ...] = ()
    privacy: str = ""


class Shared(Shape, frozen=True, kw_only=True):
    """What every page of one language has in common; it holds no state of a page.

    ``menu_html`` and ``foot_html`` are rendered once a language and only inserted. *decimals* are those of payments and
    of prices, for each currency of the shop that does not have two of both.
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
    sending: Sending | None = None
    feed: str = ""
    policy: str = ""
    languages: int = 1
    scripts: dict[str, tuple[str, ...]] = {}
    ways: tuple[WayLine, ...] = ()
    measuring: Measuring | None = None
    decimals: dict[str, tuple[int, int]] = {}


class TaxLine(Shape, frozen=True, kw_only=True):
    """The tax that prices include or leave out."""

    name: str
    rate: str
    included: bool
