"""Lists, texts and pages about the company."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from storegen.model.money import Money
from storegen.model.offer import OfferKind
from storegen.views.shapes.around import Head, Sending
from storegen.views.shapes.base import Shape
from storegen.views.shapes.offers import OfferLine
from storegen.views.shapes.parts import Card, Fact, GuideCard, Link, PersonTag, Picture, Rating, Text
from storegen.views.shapes.product import DeliveryLine, QuestionLine, ReturnsLine


class CategoryCard(Shape, frozen=True, kw_only=True):
    """A category with its picture, how many products it holds and the lowest price."""

    name: str
    href: str
    count: int
    lowest: Money | None = None
    picture: Picture | None = None
    language: str = ""


class EditorialTile(Shape, frozen=True, kw_only=True):
    """A tile among the products that leads to a text."""

    title: str
    text: str
    link: Link
    picture: Picture


class DoubtBox(Shape, frozen=True, kw_only=True):
    """One doubt answered."""

    title: str
    text: str
    link: Link | None = None


class Pages(Shape, frozen=True, kw_only=True):
    """Where a page stands among the pages of its list; *links* has an empty address for a gap."""

    number: int
    last: int
    first_item: int
    last_item: int
    total: int
    links: tuple[Link, ...] = ()
    previous: str = ""
    next: str = ""


class CategoryPage(Shape, frozen=True, kw_only=True):
    """A category, or one of its pages."""

    head: Head
    crumbs: tuple[Link, ...]
    name: str
    language: str = ""
    summary: str = ""
    text: Text | None = None
    guide: Link | None = None
    children: tuple[CategoryCard, ...] = ()
    cards: tuple[Card, ...] = ()
    columns: int = 4
    editorial: EditorialTile | None = None
    pages: Pages
    doubts: tuple[DoubtBox, ...] = ()
    extra: dict[str, str] = {}


class MarginBox(Shape, frozen=True, kw_only=True):
    """A short note beside a text."""

    title: str
    text: str
    link: Link | None = None


class ArticlePage(Shape, frozen=True, kw_only=True):
    """A guide or a blog post."""

    head: Head
    crumbs: tuple[Link, ...]
    kind: Literal["guide", "post"]
    title: str
    language: str = ""
    summary: str = ""
    author: PersonTag | None = None
    minutes: int = 0
    date: dt.datetime | None = None
    checked: dt.datetime | None = None
    picture: Picture | None = None
    body: Text | None = None
    notes: tuple[MarginBox, ...] = ()
    cards: tuple[Card, ...] = ()
    cards_title: str = ""
    more: tuple[GuideCard, ...] = ()
    ask: str = ""
    extra: dict[str, str] = {}


class ArticleListPage(Shape, frozen=True, kw_only=True):
    """All guides, or all posts, newest first."""

    head: Head
    crumbs: tuple[Link, ...]
    kind: Literal["guide", "post"]
    articles: tuple[GuideCard, ...]
    pages: Pages
    feed: str = ""


class InfoPage(Shape, frozen=True, kw_only=True):
    """A page about the company or its rules; the boxes below *layout* are those that belong to it."""

    head: Head
    crumbs: tuple[Link, ...]
    layout: str
    title: str
    heading: str = ""
    language: str = ""
    summary: str = ""
    picture: Picture | None = None
    body: Text | None = None
    checked: dt.datetime | None = None
    people: tuple[PersonTag, ...] = ()
    questions: tuple[QuestionLine, ...] = ()
    deliveries: tuple[DeliveryLine, ...] = ()
    sending: Sending | None = None
    returns: ReturnsLine | None = None
    extra: dict[str, str] = {}


class PersonPage(Shape, frozen=True, kw_only=True):
    """A person with what they wrote."""

    head: Head
    crumbs: tuple[Link, ...]
    person: PersonTag
    language: str = ""
    credentials: tuple[str, ...] = ()
    email: str = ""
    body: Text | None = None
    articles: tuple[GuideCard, ...] = ()


class VoiceLine(Shape, frozen=True, kw_only=True):
    """A customer's or a newspaper's words on the home page."""

    text: str
    source: str
    rating: int = 0
    about: Link | None = None
    press: bool = False
    href: str = ""


class HomeSection(Shape, frozen=True, kw_only=True):
    """One section of the home page; *kind* says which of the other fields are given."""

    kind: str
    title: str = ""
    text: Text | None = None
    link: Link | None = None
    button: Link | None = None
    second: Link | None = None
    second_text: str = ""
    picture: Picture | None = None
    facts: tuple[Fact, ...] = ()
    categories: tuple[CategoryCard, ...] = ()
    cards: tuple[Card, ...] = ()
    guides: tuple[GuideCard, ...] = ()
    person: PersonTag | None = None
    voices: tuple[VoiceLine, ...] = ()
    rating: Rating | None = None


class HomePage(Shape, frozen=True, kw_only=True):
    """The home page: its sections in the editor's order."""

    head: Head
    sections: tuple[HomeSection, ...]


class PlainPage(Shape, frozen=True, kw_only=True):
    """A page that is the same in every shop: the cart, the thanks, or the answer to a wrong address."""

    head: Head
    crumbs: tuple[Link, ...] = ()
    picture: Picture | None = None
    links: tuple[Link, ...] = ()
    returns: ReturnsLine | None = None


class SearchPage(Shape, frozen=True, kw_only=True):
    """The search page; what stands on it before anything was found, or without JavaScript."""

    head: Head
    crumbs: tuple[Link, ...]
    categories: tuple[Link, ...] = ()
    guides: tuple[Link, ...] = ()


class OfferPage(Shape, frozen=True, kw_only=True):
    """An offer's page, with what it is about; *line* is what it gives, *code* what a visitor of this page may use.

    *elsewhere* says that a provider which works sums out by itself asks for the code too.
    """

    head: Head
    crumbs: tuple[Link, ...]
    name: str
    language: str = ""
    kind: OfferKind
    percent: str = ""
    amount: Money | None = None
    picture: Picture | None = None
    text: Text | None = None
    terms: Text | None = None
    code: str = ""
    elsewhere: bool = False
    line: OfferLine | None = None
    min_total: Money | None = None
    min_count: int = 0
    ends: dt.datetime | None = None
    running: bool = True
    cards: tuple[Card, ...] = ()
    more: Link | None = None
