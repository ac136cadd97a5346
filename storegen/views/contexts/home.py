"""The home page."""

from __future__ import annotations

import datetime as dt

from storegen.views.contexts.base import Context
from storegen.views.contexts.category import CategoryCard
from storegen.views.contexts.delivery import DeliveryLine
from storegen.views.contexts.endorsements import EndorsementLine
from storegen.views.contexts.page import Head
from storegen.views.contexts.parts import ArticleCard, Card, Fact, Link, PersonTag, Picture, Rating, Text


class TestimonialLine(Context, frozen=True, kw_only=True):
    """A quotation from a customer or a newspaper on the home page."""

    text: str
    source: str
    date: dt.date | None = None
    rating: int = 0
    about: Link | None = None
    press: bool = False
    href: str = ""
    language: str = ""


class HomeSection(Context, frozen=True, kw_only=True):
    """A section of the home page. *kind* determines which of the other fields are set."""

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
    guides: tuple[ArticleCard, ...] = ()
    endorsements: tuple[EndorsementLine, ...] = ()
    person: PersonTag | None = None
    testimonials: tuple[TestimonialLine, ...] = ()
    rating: Rating | None = None
    ends: dt.datetime | None = None


class Opening(Context, frozen=True, kw_only=True):
    """What a home page without home.yaml says below its heading.

    It is the merchant's *description*, or else the numbers of products and *categories* if these are many. *delivery*
    is set if the page has no promises. *button* leads to all categories if they have a page.
    """

    description: str = ""
    products: int = 0
    categories: int = 0
    delivery: DeliveryLine | None = None
    button: Link | None = None


class HomePage(Context, frozen=True, kw_only=True):
    """The home page with its sections in the order of home.yaml."""

    head: Head
    opening: Opening | None = None
    sections: tuple[HomeSection, ...]
