"""What a payment provider is to the shop: a few questions about itself and one button for each variant."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Literal, Protocol

import msgspec

from storegen.model.money import Money


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One variant as a provider sells it; *page* is the absolute address of its product, *weight* in grams."""

    sku: str
    product: str
    name: str
    choice: str = ""
    summary: str = ""
    price: Money
    page: str
    picture: str = ""
    weight: Decimal | None = None
    stock: int | None = None
    digital: bool = False
    buyable: bool = True


class Buy(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How one variant is bought.

    *kind* says which part of the theme draws it: ``cart`` (the shop's own cart; *href* is a mail link for browsers
    without JavaScript), ``link`` (a provider's payment page), ``stripe`` (a buy button) or ``snipcart``. *data* holds
    the attributes of the provider's element; *code* is the signature of an order line. *tags* are the words of a
    campaign that the address takes: ``utm`` for all, or such as ``utm_source utm_campaign=ref``. What the shop's own
    cart needs to add up: *product*, the ids of the *offers* about it, and what holds *then*, when a sale has ended.
    """

    kind: Literal["cart", "link", "stripe", "snipcart"]
    sku: str
    name: str
    choice: str = ""
    price: Money
    href: str = ""
    page: str = ""
    picture: str = ""
    code: str = ""
    tags: str = ""
    data: dict[str, str] = {}
    product: str = ""
    offers: tuple[str, ...] = ()
    ends: dt.datetime | None = None
    then: Later | None = None


class Later(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What changes of a button when a sale has ended."""

    price: Money
    code: str = ""
    href: str = ""


class Provider(Protocol):
    """A payment provider, ready for one shop.

    *cart* says whether several things can be bought at once, *data* are the attributes of the provider's own element,
    where it needs one on every page. *scripts* are loaded when the visitor acts, never before. *paths* are the files
    that the provider wants to find in the shop. *origins* are added to the content-security policy, by directive.
    """

    name: str
    cart: bool
    data: Mapping[str, str]
    scripts: tuple[str, ...]
    paths: tuple[str, ...]
    origins: Mapping[str, tuple[str, ...]]

    def setup_faults(self) -> Iterable[tuple[str, str]]:
        """Yield (field of site.yaml, what is missing and where to get it)."""
        ...

    def faults(self, item: Item) -> Iterable[str]:
        """Yield why the provider can't sell an item, each with the remedy."""
        ...

    def buy(self, item: Item) -> Buy:
        """Return the button of an item that has no faults."""
        ...

    def file(self, path: str, items: Iterable[Item]) -> bytes:
        """Return one of the files at *paths*, made of everything that the shop sells."""
        ...
