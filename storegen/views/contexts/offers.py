"""Offers as pages and the cart show them."""

from __future__ import annotations

import datetime as dt

from storegen.model.money import Money
from storegen.model.offer import OfferKind
from storegen.views.contexts.base import Context
from storegen.views.contexts.page import Head
from storegen.views.contexts.parts import Card, Link, Picture, Text, TierLine


class OfferPage(Context, frozen=True, kw_only=True):
    """An offer's page, with what it is about; *line* is what it gives, *code* what a visitor of this page may use.

    *elsewhere* says that a provider which works sums out by itself asks for the code too.
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
    line: OfferLine | None = None
    min_total: Money | None = None
    min_count: int = 0
    ends: dt.datetime | None = None
    running: bool = True
    cards: tuple[Card, ...] = ()
    more: Link | None = None


class OfferLine(Context, frozen=True, kw_only=True):
    """An offer on the page of a product that it is about, or on its own.

    *links* lead to the other products in it. On the page of what an add-on makes cheaper it is *brought* by the
    *links*, or by *anything* else. *before* is what the parts of a bundle cost one by one.
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
    ends: dt.datetime | None = None
    href: str = ""
