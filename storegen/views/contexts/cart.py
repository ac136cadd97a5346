"""Data that the shop's own cart needs for its totals."""

from __future__ import annotations

import datetime as dt

from storegen.checkout.protocol import Buy, CartTransfer
from storegen.model.money import Money
from storegen.model.offer import OfferKind
from storegen.views.contexts.base import Context
from storegen.views.contexts.forms import OrderWay
from storegen.views.contexts.parts import TierLine
from storegen.views.contexts.services import ServiceLine


class CartStep(Context, frozen=True, kw_only=True):
    """A delivery price from a threshold on. The threshold is in milligrams, pieces or minor units of *total*."""

    weight: int = 0
    count: int = 0
    total: Money | None = None
    price: Money


class CartSurcharge(Context, frozen=True, kw_only=True):
    """A surcharge of a delivery method for some postcodes in a country; see `storegen.model.scalars.Postcodes`."""

    country: str
    postcodes: tuple[str, ...]
    price: Money
    name: str = ""


class CartMethod(Context, frozen=True, kw_only=True):
    """A delivery method for the cart. Empty *countries* mean every country. *max_weight* is in milligrams, 0: no limit.

    *limit* is the same weight as text.
    """

    id: str
    name: str
    carrier: str = ""
    countries: tuple[str, ...] = ()
    price: Money
    free_from: Money | None = None
    steps: tuple[CartStep, ...] = ()
    max_weight: int = 0
    limit: str = ""
    surcharges: tuple[CartSurcharge, ...] = ()
    days: tuple[int, int] | None = None


class CartRules(Context, frozen=True, kw_only=True):
    """The data that the cart needs for its totals: delivery methods, and the taxes included in prices.

    *provider* is ``order`` for the shop's own cart, else the name of the provider that keeps the cart. In the second
    case *data* are the attributes of the provider's element. *cart_transfers* are the ways to send the shop's own cart
    to a provider, with the labels of its payment method. *note* names the payment provider and the stored data.
    *market* is the id of the language's market, empty for the home market. *payment* is the last line of an order.
    *codes* says whether a code can be typed. *services* are those of the shop by id. *country* is the destination until
    the visitor chooses another one. *tax_rate* applies to every line without its own rate. *coin* is the smallest
    amount that is calculated, in minor units.
    """

    currency: str
    coin: int = 1
    market: str = ""
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
    services: dict[str, ServiceLine] = {}


class AddressForm(Context, frozen=True, kw_only=True):
    """An address of a country: its *lines* with ``%A``, ``%C``, ``%S``, ``%Z``, and the letters that are *required*."""

    lines: tuple[str, ...]
    required: str = ""


class OrderSheet(Context, frozen=True, kw_only=True):
    """The sheet in which a visitor sends or pays an order.

    *addresses* are the forms of addresses by country; the form without a country is for shops that list no countries.
    *order_words* are the words that the law of *order_countries* asks for on the button; the buyer may live in one of
    them, or the seller, whose country is *home*. *thanks* is the page after an order that was sent.
    """

    ways: tuple[OrderWay, ...]
    addresses: dict[str, AddressForm]
    order_words: str = ""
    order_countries: tuple[str, ...] = ()
    home: str = ""
    thanks: str = ""


class CartOffer(Context, frozen=True, kw_only=True):
    """An offer for the cart's calculation; see `storegen.model.totals`.

    *code* is the result of `storegen.views.cart.code_mark`, so that the page doesn't reveal the code itself. *free* are
    the products of which the visitor gets one free. *pages* are the pages of the products that an add-on makes cheaper.
    *methods* and *countries* limit free delivery. *terms* are the conditions of a code that no page shows.
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
    methods: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    terms: str = ""
    code: str = ""
    min_total: Money | None = None
    min_count: int = 0
    starts: dt.datetime | None = None
    ends: dt.datetime | None = None
