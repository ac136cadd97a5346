"""Services that buyers choose with a product: wrapping, engraving, fitting, with price, time and the buyer's text.

In a cart, a service is a line of its own below its article. No offer reduces its price. It counts toward minimum sums,
as articles do. The theme calculates the same in themes/default/components/services/services.mjs. Tests of both use
tests/vectors/totals.json.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, TypeAlias

import msgspec

from storegen.model.market import ServicesByMarket
from storegen.model.money import Money
from storegen.model.record import Record
from storegen.model.scalars import Amount, Count, Flag
from storegen.model.text import CategoryRef, Line, ProductRef, TranslatedLine
from storegen.model.times import DayRange
from storegen.model.totals import CartLine

# The beginning of a service's article number in an order: `+engraving`. In shops with orders, no article's own number
# begins with a plus sign.
MARK = "+"
# The longest text of a buyer for one service.
LONGEST = 200
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_NOTHING = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


class ServiceText(Record, frozen=True, kw_only=True):
    """A text that the buyer writes for a service."""

    label: TranslatedLine
    """The label of the text field, such as `Words inside the ring`."""
    limit: Count = Count(40)
    """The maximum number of characters, up to 200."""
    allowed: Line = ""
    """The allowed characters and ranges of characters: `A-Z0-9 &` (no small letters). Default: all."""
    optional: Flag = Flag(0)
    """`yes`: the buyer may leave the field empty."""


class Service(Record, frozen=True, kw_only=True):
    """A service that buyers can choose with a product, such as wrapping or engraving.

    `products`, `categories` and `tags` limit it to some products. Without them, it is offered with every product that
    is sent in a parcel.
    """

    id: Line
    """A short name in small letters, such as `engraving`. Orders show it."""
    name: TranslatedLine
    """The name on pages and in orders."""
    note: TranslatedLine = ""
    """A few words below the name, such as `Linen box, ribbon and a card`."""
    price: Amount | None = None
    """The price. `0`: it costs nothing. Needed, unless the service is only for other markets."""
    prices: ServicesByMarket = {}
    """The prices in other markets: `{KR: 6000}`. In a market without a price, the service is not offered."""
    per: Literal["piece", "line"] = "piece"
    """`piece`: the price is charged for each piece. `line`: it is charged once for all pieces of a line."""
    days: DayRange | None = None
    """The number of extra working days before dispatch."""
    text: ServiceText | None = None
    """A text that the buyer writes, such as the words to engrave."""
    products: tuple[ProductRef, ...] = ()
    """The service is offered with these products."""
    categories: tuple[CategoryRef, ...] = ()
    """The service is offered with the products of these categories and of their subcategories."""
    tags: tuple[Line, ...] = ()
    """The service is offered with products that have one of these tags."""
    excluding: tuple[ProductRef, ...] = ()
    """The service is not offered with these products."""

    @property
    def limited(self) -> bool:
        """Whether it names products, categories or tags."""
        return bool(self.products or self.categories or self.tags)

    def count(self, pieces: int) -> int:
        """Return how often it is charged for a number of pieces."""
        return pieces if self.per == "piece" else 1


# A service's id and the buyer's text.
Chosen: TypeAlias = tuple[str, str]


class ChosenLine(msgspec.Struct, frozen=True):
    """A line of a cart with the services that the buyer has chosen for it."""

    line: CartLine
    services: tuple[Chosen, ...] = ()


def with_services(lines: Iterable[ChosenLine], services: Mapping[str, Service]) -> Iterator[CartLine]:
    """Yield the lines of a cart, each followed by its services. A service that the shop doesn't have is left out."""
    for each in lines:
        yield each.line
        for name, text in each.services:
            if (service := services.get(name)) is not None and service.price is not None:
                price = Money(service.price, each.line.price.currency)
                count = service.count(each.line.count)
                yield CartLine("", price, count, sku=MARK + name, name=service_name(service.name, text))


def service_name(name: str, text: str) -> str:
    """Return a service's name in an order, with the buyer's text."""
    return f"{name}: {text}" if text else name


def text_fits(text: ServiceText | None, written: str) -> bool:
    """Return whether a buyer's text is valid for a service. The length is counted in Unicode code points."""
    if text is None:
        return not written
    if not written or _NOTHING.search(written) or len(written) > text.limit:
        return not written and bool(text.optional)
    return not text.allowed or bool(re.fullmatch(allowed_pattern(text.allowed), written))


def allowed_pattern(allowed: str) -> str:
    """Return a pattern for texts of *allowed* characters, for regular expressions of Python and of browsers.

    A hyphen between two characters makes a range. At the beginning or the end, it is a normal character.
    """
    return f"[{''.join(map(_in_class, _ranges(allowed)))}]*"


def allowed_fault(allowed: str) -> str:
    """Return what is wrong with the allowed characters, empty if nothing is."""
    for first, last in _ranges(allowed):
        if last < first:
            return f'expected a range like A-Z, found "{first}-{last}"'
    return ""


def _ranges(allowed: str) -> Sequence[tuple[str, str]]:
    return [(found[0][0], found[0][-1]) for found in re.finditer(r".-.|.", allowed)]


def _in_class(span: tuple[str, str]) -> str:
    first, last = span
    return _character(first) if first == last else f"{_character(first)}-{_character(last)}"


def _character(each: str) -> str:
    """Return a character for a character class. ASCII punctuation is written by its number."""
    return each if each.isalnum() or ord(each) > 127 else f"\\x{ord(each):02x}"


def is_service_id(name: str) -> bool:
    """Return whether a name can be a service's id."""
    return bool(_ID.fullmatch(name))
