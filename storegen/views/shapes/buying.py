"""Options and variants."""

from __future__ import annotations

from storegen.checkout.protocol import Buy
from storegen.model.money import Money
from storegen.views.shapes.base import Shape
from storegen.views.shapes.parts import Link, PriceTag, Stock


class OptionValue(Shape, frozen=True, kw_only=True):
    """One value of an option and whether any variant with it can be bought."""

    value: str
    label: str
    available: bool = True


class OptionBox(Shape, frozen=True, kw_only=True):
    """One option with its values; *guide* helps to choose, *property* is what schema.org calls it, if anything."""

    name: str
    label: str
    values: tuple[OptionValue, ...]
    guide: Link | None = None
    help: str = ""
    property: str = ""


class ChoiceValue(Shape, frozen=True, kw_only=True):
    """One value of a choice and what it adds to the price, or, below nothing, takes off it."""

    text: str
    more: Money | None = None


class ChoiceLine(Shape, frozen=True, kw_only=True):
    """A choice that the provider's cart asks for; without *values* it is a text."""

    name: str
    values: tuple[ChoiceValue, ...] = ()


class VariantRow(Shape, frozen=True, kw_only=True):
    """One variant: its values in the order of the options, its price, stock and ways to buy.

    *buy* is the page's button, *ways* are the others, in the order of the shop's ways to pay. *choices* are made in
    the provider's cart.
    """

    sku: str
    values: tuple[str, ...]
    choice: str = ""
    price: PriceTag
    stock: Stock
    buy: Buy | None = None
    ways: tuple[Buy, ...] = ()
    later: tuple[Buy, ...] = ()
    choices: tuple[ChoiceLine, ...] = ()
    picture: int = -1
    gtin: str = ""
    mpn: str = ""
    weight: str = ""
