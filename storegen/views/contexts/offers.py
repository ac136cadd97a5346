"""Offers for pages and the cart."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from storegen.model.money import Money
from storegen.model.offer import OfferKind
from storegen.views.contexts.base import Context
from storegen.views.contexts.page import Head
from storegen.views.contexts.parts import Card, Link, Picture, Text, TierLine


class RecommendBox(Context, frozen=True, kw_only=True):
    """What people get who recommend the shop *to* a friend or in public.

    *links* pass the page on to a friend. *contact* is the page where people tell the shop what they wrote, and
    *disclosure* the sentence with which it begins.
    """

    to: Literal["friend", "public"]
    reward: str
    disclosure: str = ""
    links: tuple[Link, ...] = ()
    contact: str = ""


class OfferPage(Context, frozen=True, kw_only=True):
    """An offer's page with the products that the offer covers. *line* is its benefit, *code* the code for its visitors.

    Before and after the offer runs, *state* is ``coming`` or ``ended``. *elsewhere* says whether a provider that
    calculates its own total also asks for the code. *after_order* is the id of an offer that only buyers see, who have
    a limited time for it.
    """

    head: Head
    breadcrumbs: tuple[Link, ...]
    name: str
    language: str = ""
    kind: OfferKind
    percent: str = ""
    amount: Money | None = None
    picture: Picture | None = None
    text: Text | None = None
    terms: Text | None = None
    code: str = ""
    elsewhere: bool = False
    after_order: str = ""
    line: OfferLine | None = None
    min_total: Money | None = None
    min_count: int = 0
    starts: dt.datetime | None = None
    ends: dt.datetime | None = None
    state: Literal["running", "coming", "ended"] = "running"
    cards: tuple[Card, ...] = ()
    more: Link | None = None
    recommend: RecommendBox | None = None


class OfferLine(Context, frozen=True, kw_only=True):
    """An offer on its own page, or on the page of a product that it covers.

    *links* lead to the other products of the offer. On the page of a product that an add-on makes cheaper, *brought* is
    true: *links* are then the products to buy first, or *anything* says that any purchase qualifies. *before* is the
    total price of a bundle's parts bought one by one. *methods* are the names of the delivery methods that free
    delivery is limited to, *countries* the country codes. *terms* are the conditions of an offer without a page.
    """

    kind: OfferKind
    brought: bool = False
    anything: bool = False
    name: str
    text: str = ""
    percent: str = ""
    amount: Money | None = None
    price: Money | None = None
    before: Money | None = None
    tiers: tuple[TierLine, ...] = ()
    links: tuple[Link, ...] = ()
    min_total: Money | None = None
    min_count: int = 0
    methods: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    terms: Text | None = None
    ends: dt.datetime | None = None
    href: str = ""


class SaleLine(Context, frozen=True, kw_only=True):
    """The sale behind a price: its name, the address of its page or, without a page, its conditions.

    *starts* is set for a coming sale.
    """

    text: str
    ends: dt.datetime
    starts: dt.datetime | None = None
    href: str = ""
    terms: Text | None = None
