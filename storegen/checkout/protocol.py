"""The protocol of payment providers: properties of the provider, and a method that returns a variant's button."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Literal, Protocol, TypeAlias

import msgspec

from storegen.model.money import Money
from storegen.model.offer import OfferKind

# The owner of the cart: nobody, the shop itself (which sends it to a provider), or the provider.
Cart: TypeAlias = Literal["", "shop", "provider"]


class ItemOffer(msgspec.Struct, frozen=True, array_like=True):
    """A running offer about an item, except a sale. *alone*: it changes an order of one piece of the item alone."""

    id: str
    kind: OfferKind
    alone: bool


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """A variant as a provider sells it. *page* is the absolute address of its product, *weight* is in grams.

    *options* are pairs of an option's name and value as text. *choice* is all values as one text. *full* is the price
    without the present offer, None without an offer. *stock* is the number that can be sold, None if nobody counts.
    *later* says when it can be sent, if that is not at once. *delivery* is the first possible delivery method, with
    its cost for one piece. *sale* is the id of the sale that makes the price. *offers* are empty in a shop whose
    providers honour every offer. *not_by* are the providers that the shop doesn't let sell it.
    """

    sku: str
    product: str
    name: str
    choice: str = ""
    options: tuple[tuple[str, str], ...] = ()
    summary: str = ""
    price: Money
    full: Money | None = None
    page: str
    picture: str = ""
    weight: Decimal | None = None
    stock: int | None = None
    later: str = ""
    digital: bool = False
    voucher: bool = False
    buyable: bool = True
    delivery: tuple[str, Money] | None = None
    sale: str = ""
    offers: tuple[ItemOffer, ...] = ()
    not_by: tuple[str, ...] = ()


class Refusal(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Why a provider can't sell an item, in words that fit one article and many.

    *cause* contains ``{articles}``, and ``{offer}`` if *offer*, the id of the offer that causes it, isn't empty.
    *detail* is said of this article. *remedy* is what to do, with this article as the example; it is empty if the shop
    wants it so.
    """

    provider: str
    cause: str
    remedy: str
    detail: str = ""
    offer: str = ""


# Files for the site by path below output/. Each function builds a file from all items.
Files: TypeAlias = Mapping[str, Callable[[Iterable[Item]], bytes]]


class Buy(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The button of a variant.

    *kind* selects the part of the theme: ``cart`` (the variant may also go into the shop's own cart), ``link`` (a
    provider's page), ``stripe`` or ``paddle`` (created by the provider's script), ``snipcart``. *href* is a page that
    sells the variant, also without JavaScript. *data* are the attributes of the provider's element. *code* is the
    signature of an order line. *tokens* are the cart's data of a line for each provider. *copy* is a text for the
    clipboard if the link can't contain it. *post* are the fields of a form that buys one piece without JavaScript,
    sent to *action*; such a button has no *href*. *tags* is the prefix of ``utm_source`` … in the parameters of a
    provider that accepts them.

    *provider* receives the order; it is empty in a shop with a single provider. *not_by* are the providers that receive
    the shop's own cart but can't sell this line.

    The other fields are for the totals of the shop's own cart: *product*, *weight* in milligrams, *carried* (sent as a
    parcel), *voucher* (sent by mail to a recipient), *methods* (its only delivery methods), the ids of its *offers*,
    and its *tax* rate if that is not the standard one.

    *then* are the changes at *until*, because a sale ends or begins. The theme's scripts/prices.mjs applies them.
    """

    kind: Literal["cart", "link", "stripe", "paddle", "snipcart"]
    sku: str
    name: str
    choice: str = ""
    price: Money
    href: str = ""
    page: str = ""
    picture: str = ""
    code: str = ""
    data: dict[str, str] = {}
    tokens: dict[str, str | dict[str, str]] = {}
    copy: str = ""
    action: str = ""
    post: dict[str, str] = {}
    tags: str | None = None
    provider: str = ""
    not_by: tuple[str, ...] = ()
    product: str = ""
    weight: int = 0
    carried: bool = True
    voucher: bool = False
    methods: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    tax: str = ""
    until: dt.datetime | None = None
    then: Later | None = None


def line_of(item: Item) -> Buy:
    """Return the data of an item for the shop's own cart, without the provider's own fields."""
    return Buy(
        kind="cart",
        sku=item.sku,
        name=item.name,
        choice=item.choice,
        price=item.price,
        page=item.page,
        picture=item.picture,
    )


class Later(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The changes of a button at a moment, and the next changes: *then* at *until*."""

    price: Money
    code: str = ""
    href: str = ""
    copy: str = ""
    provider: str = ""
    not_by: tuple[str, ...] = ()
    tokens: dict[str, str | dict[str, str]] = {}
    post: dict[str, str] = {}
    until: dt.datetime | None = None
    then: Later | None = None


class CartTransfer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The transfer of the shop's own cart to a provider.

    *kind* is ``mail`` or ``message`` (the order as a text after *to*; if the address exceeds *longest* characters, the
    text is copied instead), ``copy`` (the text is copied and *to* is opened), ``path`` (*to*, each line as token:count,
    *query*), ``form`` (each line's fields, numbered, are sent to *to*) or ``pay`` (the lines, the choices and the total
    are sent to the payment function *to*). *tags* is as in `Buy`.
    """

    provider: str
    kind: Literal["mail", "message", "copy", "path", "form", "pay"]
    to: str
    query: str = ""
    longest: int = 0
    tags: str | None = None


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """The features of a provider, in the words of docs/checkout/README.md. *source* is its source and date.

    *offers* are the kinds of offers that the provider honours. *steps* is the number of steps of the set-up on the
    provider's page, *minutes* our estimate of their time for 40 articles, with an account at the provider.
    """

    title: str
    cart: str
    options: str
    coupon: str
    protection: str
    test_mode: str
    server: str = "no"
    without_script: str
    source: str
    offers: tuple[OfferKind, ...] = ()
    steps: int = 0
    minutes: int = 0


class Provider(Protocol):
    """A payment provider for one shop in one language.

    *cart* names the owner of the cart. *data* are the attributes of the provider's element if every page needs one.
    *scripts* are loaded when the visitor presses a button of their kind, never earlier. *files* are the files that the
    provider expects on the site. *origins* are added to the content-security policy, by directive.
    """

    name: str
    cart: Cart
    data: Mapping[str, str]
    scripts: Mapping[str, tuple[str, ...]]
    files: Files
    origins: Mapping[str, tuple[str, ...]]

    def setup_faults(self) -> Iterable[tuple[str, str]]:
        """Yield (field of site.yaml, error). The error names the missing setting and where to get it."""
        ...

    def refusals(self, item: Item) -> Iterable[Refusal]:
        """Yield the reasons why the provider can't sell a buyable item."""
        ...

    def buy(self, item: Item) -> Buy:
        """Return the button of an item without refusals."""
        ...

    def cart_transfer(self) -> CartTransfer | None:
        """Return the transfer of the shop's own cart to the provider, None if there is none."""
        ...
