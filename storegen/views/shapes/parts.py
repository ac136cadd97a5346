"""Small parts that many pages show."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from storegen.checkout.protocol import Buy
from storegen.model.money import Money
from storegen.views.shapes.base import Shape


class Link(Shape, frozen=True, kw_only=True):
    """Words that lead somewhere; *icon* names a symbol of the theme's sprite."""

    text: str
    href: str
    icon: str = ""


class Picture(Shape, frozen=True, kw_only=True):
    """A picture in several widths and formats, or one address on the web where *remote*.

    ``src`` is the address of the fallback in its middle width; the filter ``srcset`` makes the others of *stem*,
    *digest* and *widths*. Width and height are the original's, upright, in pixels; 0 where unknown.
    """

    src: str
    alt: str = ""
    width: int = 0
    height: int = 0
    stem: str = ""
    digest: str = ""
    widths: tuple[int, ...] = ()
    formats: tuple[str, ...] = ()
    focus: str = ""
    remote: bool = False


class Text(Shape, frozen=True, kw_only=True):
    """Markdown with everything that it refers to: addresses, pictures and product cards by their reference."""

    source: str
    links: dict[str, str] = {}
    pictures: dict[str, Picture] = {}
    cards: dict[str, Card] = {}
    language: str = ""


class PlanTag(Shape, frozen=True, kw_only=True):
    """A price that is charged again: every *count* days, weeks, months or years, the first *trial* days for nothing."""

    every: Literal["day", "week", "month", "year"]
    count: int = 1
    trial: int = 0


class PriceTag(Shape, frozen=True, kw_only=True):
    """A price as shown: *lowest* where variants differ, so that it reads "from"; *plan* where it is charged again.

    *ends* is when a sale does; from then on it costs *then*, which the browser shows where the page is still open.
    *claim* says that the shop answers for *before* being the lowest price of the 30 days before the reduction.
    """

    now: Money
    before: Money | None = None
    percent: int | None = None
    ends: dt.datetime | None = None
    then: Money | None = None
    lowest: bool = False
    unit: Money | None = None
    unit_per: str = ""
    claim: bool = False
    plan: PlanTag | None = None


class Rating(Shape, frozen=True, kw_only=True):
    """The mean of reviews with one decimal, how many there are, and the filled share of five stars in percent."""

    mean: str
    count: int
    fill: int


class Stock(Shape, frozen=True, kw_only=True):
    """Availability in the shop's words: *state* is ``in``, ``few``, ``order``, ``pre`` or ``out``."""

    state: Literal["in", "few", "order", "pre", "out"]
    left: int = 0
    days: str = ""


class BadgeTag(Shape, frozen=True, kw_only=True):
    """The one badge of a tile: *kind* is ``sale``, ``strong`` or ``fact``."""

    kind: Literal["sale", "strong", "fact"]
    text: str = ""
    percent: int = 0
    ends: dt.datetime | None = None


class Card(Shape, frozen=True, kw_only=True):
    """A product in a list, in a text or beside another product.

    *sku* is given where the product is one thing that can go into the cart at once. *reviewed* says that the shop has
    reviews: where it has none, nothing need be said of those that this product lacks.
    """

    id: str
    sku: str = ""
    name: str
    href: str
    language: str = ""
    picture: Picture | None = None
    second: Picture | None = None
    fact: str = ""
    summary: str = ""
    price: PriceTag
    rating: Rating | None = None
    reviewed: bool = True
    stock: Stock
    badge: BadgeTag | None = None
    option: str = ""
    buy: Buy | None = None


class Found(Shape, frozen=True, kw_only=True):
    """One thing as the search shows it: a product as on its tile, or a text by its title.

    *picture* is an address with a star for one of *widths*.
    """

    name: str
    href: str
    language: str = ""
    picture: str = ""
    widths: tuple[int, ...] = ()
    fact: str = ""
    price: PriceTag | None = None
    stock: str = ""


class PersonTag(Shape, frozen=True, kw_only=True):
    """A person beside a text or a claim; initials stand in where there is no picture."""

    name: str
    role: str = ""
    proof: str = ""
    initials: str = ""
    href: str = ""
    picture: Picture | None = None


class GuideCard(Shape, frozen=True, kw_only=True):
    """A guide or a post in a list."""

    title: str
    href: str
    summary: str = ""
    author: str = ""
    author_role: str = ""
    minutes: int = 0
    date: dt.datetime | None = None
    picture: Picture | None = None
    language: str = ""


class Fact(Shape, frozen=True, kw_only=True):
    """A promise with its icon: title, one sentence, one link."""

    id: str
    title: str
    text: str = ""
    icon: str = ""
    link: Link | None = None
