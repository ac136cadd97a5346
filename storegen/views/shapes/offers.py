"""Offers as pages and the cart show them."""

from __future__ import annotations

import datetime as dt

from storegen.checkout.protocol import Buy
from storegen.model.money import Money
from storegen.model.offer import OfferKind
from storegen.views.shapes.base import Shape
from storegen.views.shapes.parts import Link


class TierLine(Shape, frozen=True, kw_only=True):
    """A step of a volume price; *each* is what one piece costs then, where that is the same for all."""

    count: int
    percent: str
    each: Money | None = None


class CartOffer(Shape, frozen=True, kw_only=True):
    """An offer as the cart works it out; see `storegen.model.totals`.

    *code* is not the code but what `storegen.views.offers.code_mark` makes of it: a page gives none away. *free* are
    the things of which the visitor gets one; *pages* are those of the products that an add-on makes cheaper.
    """

    id: str
    kind: OfferKind
    name: str
    percent: str = ""
    amount: Money | None = None
    price: Money | None = None
    tiers: tuple[TierLine, ...] = ()
    products: tuple[str, ...] = ()
    reduced: tuple[str, ...] = ()
    free: tuple[Buy, ...] = ()
    pages: tuple[str, ...] = ()
    code: str = ""
    min_total: Money | None = None
    min_count: int = 0
    starts: dt.datetime | None = None
    ends: dt.datetime | None = None


class OfferLine(Shape, frozen=True, kw_only=True):
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
