"""What a payment provider is to the shop: a few questions about itself and one button for each variant."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Literal, Protocol, TypeAlias

import msgspec

from storegen.model.money import Money

# Who keeps the cart: nobody, the shop itself (and hands it over), or the provider.
Cart: TypeAlias = Literal["", "shop", "provider"]


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One variant as a provider sells it; *page* is the absolute address of its product, *weight* in grams.

    *options* are the choice's names and values in words, one by one; *choice* is the values in a row. *full* is what it
    costs without the offer that makes its price for a time, None where none does. *delivery* is the first way that it
    may take and what that costs for one.
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
    digital: bool = False
    buyable: bool = True
    delivery: tuple[str, Money] | None = None


# Files for the shop, by their paths below output/: what makes one of all items.
Files: TypeAlias = Mapping[str, Callable[[Iterable[Item]], bytes]]


class Buy(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How one variant is bought.

    *kind* says which part of the theme draws it: ``cart`` (it may also go into the shop's own cart), ``link`` (a
    provider's page), ``stripe`` or ``paddle`` (made by the provider's script), ``snipcart``. *href* is where it can be
    bought at once, also without JavaScript. *data* holds the attributes of the provider's element. *code* is the
    signature of an order line, *tokens* are what the cart hands over of a line, by provider. *copy* is a text that the
    link can't carry. *tags* is what stands before ``utm_source`` … in the parameters of a provider that takes them.
    What the shop's own cart needs to add up: *product*, its *weight* in milligrams, whether it is *carried* and by
    which *methods* alone, the ids of the *offers* about it, its rate of *tax* where that is not the standard one, and
    what holds *then*, when a sale has ended.
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
    tags: str | None = None
    product: str = ""
    weight: int = 0
    carried: bool = True
    methods: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    tax: str = ""
    ends: dt.datetime | None = None
    then: Later | None = None


def line_of(item: Item) -> Buy:
    """Return what the shop's own cart needs of an item, before a provider says how it is bought."""
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
    """What changes of a button when a sale has ended."""

    price: Money
    code: str = ""
    href: str = ""
    copy: str = ""
    tokens: dict[str, str | dict[str, str]] = {}


class CartTransfer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How the shop's own cart goes to a provider.

    *kind* is ``mail`` or ``message`` (the order as a text after *to*, up to *longest* signs of address; longer ones are
    copied), ``copy`` (the text is copied, *to* is opened), ``path`` (*to*, each line as token:count, *query*) or
    ``form`` (each line's fields, numbered, are sent to *to*). *tags* is as in `Buy`.
    """

    provider: str
    kind: Literal["mail", "message", "copy", "path", "form"]
    to: str
    query: str = ""
    longest: int = 0
    tags: str | None = None


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What a provider can do, in the words of docs/checkout/README.md; *source* says where that was read, and when."""

    title: str
    cart: str
    options: str
    coupon: str
    protection: str
    test_mode: str
    server: str = "no"
    without_script: str
    source: str


class Provider(Protocol):
    """A payment provider, ready for one shop in one language.

    *cart* says who keeps the cart. *data* are the attributes of the provider's own element, where it needs one on every
    page. *scripts* are loaded when the visitor presses a button of their kind, never before. *files* are what the
    provider wants to find in the shop. *origins* are added to the content-security policy, by directive.
    """

    name: str
    cart: Cart
    data: Mapping[str, str]
    scripts: Mapping[str, tuple[str, ...]]
    files: Files
    origins: Mapping[str, tuple[str, ...]]

    def setup_faults(self) -> Iterable[tuple[str, str]]:
        """Yield (field of site.yaml, what is missing and where to get it)."""
        ...

    def faults(self, item: Item) -> Iterable[str]:
        """Yield why the provider can't sell an item that can be bought, each with the remedy."""
        ...

    def buy(self, item: Item) -> Buy:
        """Return the button of an item that has no faults."""
        ...

    def cart_transfer(self) -> CartTransfer | None:
        """Return how the shop's own cart goes to the provider, None where it can't."""
        ...
