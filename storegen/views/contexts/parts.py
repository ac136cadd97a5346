"""Small parts that many pages show."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Literal

from storegen.checkout.protocol import Buy
from storegen.model.money import Money
from storegen.views.contexts.base import Context
from storegen.views.contexts.forms import Form


class QuestionLine(Context, frozen=True, kw_only=True):
    """A question with its answer, the person who answered and the date. *about* is the page where it stands."""

    question: str
    answer: Text
    by: str = ""
    date: dt.date | None = None
    about: Link | None = None


class Link(Context, frozen=True, kw_only=True):
    """A link with its text. *icon* names a symbol of the theme's sprite."""

    text: str
    href: str
    icon: str = ""


class Picture(Context, frozen=True, kw_only=True):
    """A picture in several widths and formats, or a single address on another site if *remote*.

    ``src`` is the address of the middle width in the fallback format. The filter ``srcset`` builds the other addresses
    from *stem*, *digest* and *widths*. Width and height are those of the upright original in pixels, 0 if unknown. A
    picture with a *ground* is shown whole, on that ground: its edge is transparent (``clear``) or plain ``white``.
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
    ground: str = ""
    remote: bool = False


class Swatch(Context, frozen=True, kw_only=True):
    """What a value of an option looks like: a *colour* such as ``#7a1f2b``, or a picture."""

    colour: str = ""
    picture: Picture | None = None


class CaptionsLine(Context, frozen=True, kw_only=True):
    """A file of captions in one language."""

    language: str
    name: str
    href: str


class ClipBox(Context, frozen=True, kw_only=True):
    """A video or a *sound*. *href* is the file, or the page at a video host.

    A video host has a name (*host*) and a *player*, which pages ask only after a press. A file has a media *type*.
    """

    title: str
    href: str
    type: str = ""
    host: str = ""
    player: str = ""
    sound: bool = False
    picture: Picture | None = None
    captions: tuple[CaptionsLine, ...] = ()
    date: dt.date | None = None

    @property
    def name(self) -> str:
        """The title, as for other things that a text can show."""
        return self.title


_BRIEF = 300  # characters: two or three sentences


class Text(Context, frozen=True, kw_only=True):
    """Markdown with the targets of its references by reference: addresses, pictures, product cards, forms, videos."""

    source: str
    links: dict[str, str] = {}
    pictures: dict[str, Picture] = {}
    cards: dict[str, Card] = {}
    forms: dict[str, Form] = {}
    clips: dict[str, ClipBox] = {}
    language: str = ""

    @property
    def embeds(self) -> Mapping[str, Card | Form | ClipBox]:
        """The product cards, forms and videos."""
        return {**self.cards, **self.forms, **self.clips} if self.forms or self.clips else self.cards

    @property
    def brief(self) -> bool:
        """Whether it is a few sentences, which can stand below a heading."""
        return len(self.source) <= _BRIEF and "\n#" not in f"\n{self.source}" and not (self.pictures or self.embeds)

    @property
    def players(self) -> bool:
        """Whether it shows a video on another host."""
        return any(clip.player for clip in self.clips.values())


class PlanTag(Context, frozen=True, kw_only=True):
    """A recurring price: charged every *count* days, weeks, months or years, after *trial* free days."""

    every: Literal["day", "week", "month", "year"]
    count: int = 1
    trial: int = 0


class PriceTag(Context, frozen=True, kw_only=True):
    """A price for display. *lowest* means that variants differ, shown as "from"; *plan* is set for a recurring price.

    *ends* is the end of a sale. *then* is the price that follows at *until*, because a sale ends or begins; it may have
    a next price itself. The browser shows it then, also on a page that is still open. *claim* says that the shop
    guarantees *before* to be the lowest price of the 30 days before the reduction.
    """

    now: Money
    before: Money | None = None
    percent: int | None = None
    ends: dt.datetime | None = None
    lowest: bool = False
    unit: Money | None = None
    unit_per: str = ""
    claim: bool = False
    plan: PlanTag | None = None
    until: dt.datetime | None = None
    then: PriceTag | None = None


class Rating(Context, frozen=True, kw_only=True):
    """The mean of the reviews with one decimal, their number, and the filled share of five stars in percent."""

    mean: str
    count: int
    fill: int


class Stock(Context, frozen=True, kw_only=True):
    """When an article can be sent. Pages, cart, orders, structured data, feed and search all read this value.

    *state* is ``in`` stock, ``few`` left, made to ``order``, ``back``order, ``pre``order, ``digital`` (nothing is sent)
    or ``out`` of stock. *text* says so to buyers. *left* is the number in stock, None if it is unknown. *ready* is the
    minimum and maximum number of working days until dispatch, (0, 0) for what is in stock. It is None if the shop
    names no time; then nothing may name a day. *available* is the day of a preorder or backorder from which the days
    of *ready* are counted.
    """

    state: Literal["in", "few", "order", "back", "pre", "digital", "out"]
    text: str = ""
    left: int | None = None
    ready: tuple[int, int] | None = None
    available: dt.date | None = None


class BadgeTag(Context, frozen=True, kw_only=True):
    """The only badge of a card. *kind* is ``sale``, ``strong`` or ``fact``."""

    kind: Literal["sale", "strong", "fact"]
    text: str = ""
    percent: int = 0
    ends: dt.datetime | None = None


class CodedPrice(Context, frozen=True, kw_only=True):
    """The price of a single piece with an offer's code, or without a code beside the page's product, until *ends*."""

    code: str = ""
    price: Money
    ends: dt.datetime | None = None


class Card(Context, frozen=True, kw_only=True):
    """The card of a product in a list, in a text or next to another product.

    *sku* is set if the product is a single article that can go straight into the cart. *colours* is the number of
    values of the first option with swatches, and *swatches* shows some of them. *coded* is set on the page of an
    offer, and beside a product that makes it cheaper.
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
    stock: Stock
    badge: BadgeTag | None = None
    option: str = ""
    colours: int = 0
    swatches: tuple[Swatch, ...] = ()
    buy: Buy | None = None
    coded: CodedPrice | None = None


class PersonTag(Context, frozen=True, kw_only=True):
    """A person next to a text or a statement. Without a picture, the initials are shown."""

    name: str
    role: str = ""
    proof: str = ""
    initials: str = ""
    href: str = ""
    picture: Picture | None = None


class ArticleCard(Context, frozen=True, kw_only=True):
    """The card of a guide or a post."""

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
    """A promise with its icon, title, sentence and link. *ends* is when it changes to *then*, as an offer ends."""

    id: str
    title: str
    text: str = ""
    icon: str = ""
    link: Link | None = None
    ends: dt.datetime | None = None
    then: Fact | None = None


class FaqLine(Context, frozen=True, kw_only=True):
    """An FAQ entry with its answer."""

    title: str
    text: str
    link: Link | None = None


class Pages(Context, frozen=True, kw_only=True):
    """The position of a page in its paginated list. A gap in *links* has an empty address."""

    number: int
    last: int
    first_item: int
    last_item: int
    total: int
    links: tuple[Link, ...] = ()
    previous: str = ""
    next: str = ""


class TierLine(Context, frozen=True, kw_only=True):
    """A tier of a volume price. *each* is the unit price if it is the same for all variants."""

    count: int
    percent: str
    each: Money | None = None
