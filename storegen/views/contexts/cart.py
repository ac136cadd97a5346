"""What the shop's own cart must know to add up."""

from __future__ import annotations

import datetime as dt

from storegen.checkout.protocol import Buy, CartTransfer
from storegen.model.money import Money
from storegen.model.offer import OfferKind
from storegen.views.contexts.base import Context
from storegen.views.contexts.parts import TierLine


class CartStep(Context, frozen=True, kw_only=True):
    """What a delivery costs from so much on: milligrams, pieces, or minor units of *total*."""

    weight: int = 0
    count: int = 0
    total: Money | None = None
    price: Money


class CartMethod(Context, frozen=True, kw_only=True):
    """A delivery method that the cart can choose, to some *countries* only or to all."""

    id: str
    name: str
    carrier: str = ""
    countries: tuple[str, ...] = ()
    price: Money
    free_from: Money | None = None
    steps: tuple[CartStep, ...] = ()
    days: tuple[int, int] | None = None


class CartRules(Context, frozen=True, kw_only=True):
    """What the cart needs to know to add up: the delivery that applies and the tax that prices hold.

    *provider* is ``order`` where the cart is the shop's own, else who keeps it; *data* are then the attributes of the
    provider's own element. *cart_transfers* are where our cart goes; the words of each are those of its payment method.
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
    cart_transfers: tuple[CartTransfer, ...] = ()
    note: str = ""
    payment: str = ""
    offers: tuple[CartOffer, ...] = ()
    codes: bool = False


class CartOffer(Context, frozen=True, kw_only=True):
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
