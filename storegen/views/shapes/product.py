"""The product page."""

from __future__ import annotations

import datetime as dt

from storegen.model.money import Money
from storegen.views.shapes.around import Head, Sending, TaxLine
from storegen.views.shapes.base import Shape
from storegen.views.shapes.buying import OptionBox, VariantRow
from storegen.views.shapes.offers import OfferLine
from storegen.views.shapes.parts import (
    BadgeTag,
    Card,
    Fact,
    GuideCard,
    Link,
    PersonTag,
    Picture,
    PriceTag,
    Rating,
    Stock,
    Text,
)


class ReviewLine(Shape, frozen=True, kw_only=True):
    """A review as shown, with the shop's reply."""

    rating: int
    date: dt.date
    title: str = ""
    text: str = ""
    name: str = ""
    place: str = ""
    variant: str = ""
    picture: Picture | None = None
    source: str = ""
    reply: str = ""
    reply_by: str = ""
    reply_days: int | None = None


class ReviewBlock(Shape, frozen=True, kw_only=True):
    """All reviews of a product: the mean, how many of five, four, three, two and one star, and the reviews."""

    rating: Rating
    counts: tuple[int, int, int, int, int]
    shown: tuple[ReviewLine, ...]
    more: tuple[ReviewLine, ...] = ()
    note: str = ""


class QuestionLine(Shape, frozen=True, kw_only=True):
    """A question with its answer and who gave it when."""

    question: str
    answer: Text
    by: str = ""
    date: dt.date | None = None


class NoteBox(Shape, frozen=True, kw_only=True):
    """A quotation of the person who makes or knows the product."""

    text: str
    person: PersonTag
    fact: str = ""


class ProseSection(Shape, frozen=True, kw_only=True):
    """A section of a description: its heading and its text."""

    title: str
    text: Text


class CareBlock(Shape, frozen=True, kw_only=True):
    """One piece of care advice."""

    title: str
    text: Text


class ReturnsLine(Shape, frozen=True, kw_only=True):
    """Days to return, where it is free, on what conditions."""

    days: int
    free: bool = False
    free_in: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    fee: str = "customer"
    method: str = "by_mail"
    conditions: str = ""
    page: str = ""


class DeliveryStep(Shape, frozen=True, kw_only=True):
    """From a weight in grams, a sum or a number of pieces on, another price."""

    weight: str = ""
    total: Money | None = None
    count: int = 0
    price: Money


class DeliveryLine(Shape, frozen=True, kw_only=True):
    """One delivery method as a row."""

    name: str
    carrier: str = ""
    countries: tuple[str, ...] = ()
    price: Money
    steps: tuple[DeliveryStep, ...] = ()
    free_from: Money | None = None
    days: str = ""
    note: str = ""


class ProductPage(Shape, frozen=True, kw_only=True):
    """Everything on a product's page."""

    head: Head
    crumbs: tuple[Link, ...]
    id: str
    name: str
    language: str = ""
    sku: str = ""
    brand: str = ""
    condition: str = "new"
    category: str = ""
    summary: str = ""
    gallery: tuple[Picture, ...] = ()
    badge: BadgeTag | None = None
    price: PriceTag
    stock: Stock
    tax: TaxLine | None = None
    delivery: DeliveryLine | None = None
    deliveries: tuple[DeliveryLine, ...] = ()
    sending: Sending | None = None
    abroad: bool = False
    returns: ReturnsLine | None = None
    options: tuple[OptionBox, ...] = ()
    variants: tuple[VariantRow, ...] = ()
    chosen: int = -1
    sale: Link | None = None
    offers: tuple[OfferLine, ...] = ()
    facts: tuple[Fact, ...] = ()
    note: NoteBox | None = None
    specs: tuple[tuple[str, str], ...] = ()
    lead: Text | None = None
    sections: tuple[ProseSection, ...] = ()
    care: tuple[CareBlock, ...] = ()
    care_guide: Link | None = None
    goes_with: tuple[Card, ...] = ()
    reviews: ReviewBlock | None = None
    questions: tuple[QuestionLine, ...] = ()
    ask: str = ""
    guides: tuple[GuideCard, ...] = ()
    related: tuple[Card, ...] = ()
    after: tuple[Link, ...] = ()
    extra: dict[str, str] = {}
