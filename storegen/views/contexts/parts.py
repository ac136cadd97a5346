"""Small parts that many pages show."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from storegen.checkout.protocol import Buy
from storegen.model.money import Money
from storegen.views.contexts.base import Context


class QuestionLine(Context, frozen=True, kw_only=True):
    """A question with its answer and who gave it when."""

    question: str
    answer: Text
    by: str = ""
    date: dt.date | None = None


class Link(Context, frozen=True, kw_only=True):
    """Words that lead somewhere; *icon* names a symbol of the theme's sprite."""

    text: str
    href: str
    icon: str = ""


class Picture(Context, frozen=True, kw_only=True):
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


class Text(Context, frozen=True, kw_only=True):
    """Markdown with everything that it refers to: addresses, pictures and product cards by their reference."""

    source: str
    links: dict[str, str] = {}
    pictures: dict[str, Picture] = {}
    cards: dict[str, Card] = {}
    language: str = ""


class PlanTag(Context, frozen=True, kw_only=True):
    """A price that is charged again: every *count* days, weeks, months or years, the first *trial* days for nothing."""

    every: Literal["day", "week", "month", "year"]
    count: int = 1
    trial: int = 0


class PriceTag(Context, frozen=True, kw_only=True):
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


class Rating(Context, frozen=True, kw_only=True):
    """The mean of reviews with one decimal, how many there are, and the filled share of five stars in percent."""

    mean: str
    count: int
    fill: int


class Stock(Context, frozen=True, kw_only=True):
    """Availability in the shop's words: *state* is ``in``, ``few``, ``order``, ``pre`` or ``out``."""

    state: Literal["in", "few", "order", "pre", "out"]
    left: int = 0
    days: tuple[int, int] | None = None


class BadgeTag(Context, frozen=True, kw_only=True):
    """The one badge of a card: *kind* is ``sale``, ``strong`` or ``fact``."""

    kind: Literal["sale", "strong", "fact"]
    text: str = ""
    percent: int = 0
    ends: dt.datetime | None = None


class Card(Context, frozen=True, kw_only=True):
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


class PersonTag(Context, frozen=True, kw_only=True):
    """A person beside a text or a claim; initials stand in where there is no picture."""

    name: str
    role: str = ""
    proof: str = ""
    initials: str = ""
    href: str = ""
    picture: Picture | None = None


class ArticleCard(Context, frozen=True, kw_only=True):
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


class Fact(Context, frozen=True, kw_only=True):
    """A promise with its icon: title, one sentence, one link."""

    id: str
    title: str
    text: str = ""
    icon: str = ""
    link: Link | None = None


class FaqLine(Context, frozen=True, kw_only=True):
    """One entry answered."""

    title: str
    text: str
    link: Link | None = None


class Pages(Context, frozen=True, kw_only=True):
    """Where a page stands among the pages of its list; *links* has an empty address for a gap."""

    number: int
    last: int
    first_item: int
    last_item: int
    total: int
    links: tuple[Link, ...] = ()
    previous: str = ""
    next: str = ""


class TierLine(Context, frozen=True, kw_only=True):
    """A step of a volume price; *each* is what one piece costs then, where that is the same for all."""

    count: int
    percent: str
    each: Money | None = None
