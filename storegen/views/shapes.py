"""What templates see: frozen records of plain values, each holding only what its page shows.

Money, dates and Markdown travel as values and become text in a template's filters, so that a page which is
still right costs neither formatting nor rendering.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

import msgspec

from storegen.checkout.protocol import Buy
from storegen.model.money import Money


class Shape(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The base of everything that a template sees."""


# Small parts -----------------------------------------------------------------------------------------------


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


class PriceTag(Shape, frozen=True, kw_only=True):
    """A price as shown: *lowest* where variants differ, so that it reads "from".

    *claim* says that the shop answers for *before* being the lowest price of the 30 days before the reduction.
    """

    now: Money
    before: Money | None = None
    percent: int | None = None
    ends: dt.datetime | None = None
    lowest: bool = False
    unit: Money | None = None
    unit_per: str = ""
    claim: bool = False


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


class Card(Shape, frozen=True, kw_only=True):
    """A product in a list, in a text or beside another product.

    *sku* is given where the product is one thing that can go into the cart at once.
    """

    id: str
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
    buy: Buy | None = None


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


# Around every page ------------------------------------------------------------------------------------------


class Alternate(Shape, frozen=True, kw_only=True):
    """The same page in another language."""

    language: str
    name: str
    href: str
    here: bool = False


class Head(Shape, frozen=True, kw_only=True):
    """What stands in a page's head. *canonical* is absolute; *section* is the menu entry that is current."""

    title: str
    description: str = ""
    canonical: str
    path: str
    section: str = ""
    image: str = ""
    kind: Literal["website", "product", "article"] = "website"
    index: bool = True
    alternates: tuple[Alternate, ...] = ()
    previous: str = ""
    next: str = ""
    preload: Picture | None = None


class MenuEntry(Shape, frozen=True, kw_only=True):
    """One of at most six entries of the menu."""

    text: str
    href: str


class Column(Shape, frozen=True, kw_only=True):
    """A titled column of links in the foot."""

    title: str
    links: tuple[Link, ...]


class ChannelLine(Shape, frozen=True, kw_only=True):
    """One way to reach the shop."""

    kind: str
    name: str
    text: str
    href: str = ""
    answer: str = ""


class OpenDay(Shape, frozen=True, kw_only=True):
    """A weekday (0 is Monday) and its hours, empty where closed."""

    day: int
    hours: str = ""


class ClosedDay(Shape, frozen=True, kw_only=True):
    """A day, or days in a row, on which the shop is closed."""

    first: dt.date
    last: dt.date
    name: str = ""


class CompanyBox(Shape, frozen=True, kw_only=True):
    """The company as the foot and the company pages show it."""

    legal_name: str
    business_id: str = ""
    vat_id: str = ""
    founded: str = ""
    street: str = ""
    city: str = ""
    country: str = ""
    email: str = ""
    phone: str = ""
    phone_href: str = ""
    hours: tuple[OpenDay, ...] = ()
    hours_note: str = ""
    closed: tuple[ClosedDay, ...] = ()
    access: str = ""
    map: str = ""
    details: dict[str, str] = {}


class Sending(Shape, frozen=True, kw_only=True):
    """The delivery promise as a rule: the build writes a timeless sentence of it, the browser the dates.

    *before* is a time such as ``14:00`` in *zone*; *weekdays* (0 is Monday) are those on which parcels leave; *days*
    is a range of working days such as ``1-3``; *holidays* are ISO dates without work.
    """

    before: str
    weekdays: tuple[int, ...]
    zone: str
    days: str
    carrier: str = ""
    place: str = ""
    holidays: tuple[str, ...] = ()


class CartRules(Shape, frozen=True, kw_only=True):
    """What the cart needs to know to add up: the delivery that applies and the tax that prices hold.

    *data* are the attributes of the provider's own element, where its cart takes the place of ours.
    """

    currency: str
    delivery_name: str = ""
    delivery: Money | None = None
    free_from: Money | None = None
    tax_name: str = ""
    tax_rate: str = ""
    tax_included: bool = True
    returns_days: int = 0
    email: str = ""
    instructions: str = ""
    provider: str = "order"
    data: dict[str, str] = {}


class Shared(Shape, frozen=True, kw_only=True):
    """What every page of one language has in common; it holds no state of a page.

    ``menu_html`` and ``foot_html`` are rendered once a language and only inserted.
    """

    language: str
    name: str
    home: str
    tagline: str = ""
    notice: str = ""
    base_url: str
    banner: tuple[str, ...] = ()
    menu: tuple[MenuEntry, ...] = ()
    columns: tuple[Column, ...] = ()
    legal: tuple[Link, ...] = ()
    company: CompanyBox
    channels: tuple[ChannelLine, ...] = ()
    answer_hours: int = 0
    payments: tuple[str, ...] = ()
    tax_line: TaxLine | None = None
    logo_svg: str = ""
    icon: str = ""
    assets: dict[str, str] = {}
    cart_href: str = ""
    cart: CartRules | None = None
    sending: Sending | None = None
    feed: str = ""
    policy: str = ""
    languages: int = 1
    scripts: tuple[str, ...] = ()


class TaxLine(Shape, frozen=True, kw_only=True):
    """The tax that prices include or leave out."""

    name: str
    rate: str
    included: bool


# Buying -----------------------------------------------------------------------------------------------------


class OptionValue(Shape, frozen=True, kw_only=True):
    """One value of an option and whether any variant with it can be bought."""

    value: str
    label: str
    available: bool = True


class OptionBox(Shape, frozen=True, kw_only=True):
    """One option with its values; *guide* helps to choose."""

    name: str
    label: str
    values: tuple[OptionValue, ...]
    guide: Link | None = None
    help: str = ""


class VariantRow(Shape, frozen=True, kw_only=True):
    """One variant: its values in the order of the options, its price, stock and way to buy."""

    sku: str
    values: tuple[str, ...]
    choice: str = ""
    price: PriceTag
    stock: Stock
    buy: Buy | None = None
    picture: int = -1
    gtin: str = ""
    mpn: str = ""
    weight: str = ""


# Product ----------------------------------------------------------------------------------------------------


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


class DeliveryLine(Shape, frozen=True, kw_only=True):
    """One delivery method as a row."""

    name: str
    carrier: str = ""
    countries: tuple[str, ...] = ()
    price: Money
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
    returns: ReturnsLine | None = None
    options: tuple[OptionBox, ...] = ()
    variants: tuple[VariantRow, ...] = ()
    chosen: int = -1
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


# Lists and texts --------------------------------------------------------------------------------------------


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
    """A page that is the same in every shop: the cart, or the answer to a wrong address."""

    head: Head
    crumbs: tuple[Link, ...] = ()
    picture: Picture | None = None
    links: tuple[Link, ...] = ()


# Machines ---------------------------------------------------------------------------------------------------


class SitemapEntry(Shape, frozen=True, kw_only=True):
    """One address of the sitemap with its languages."""

    loc: str
    modified: str = ""
    alternates: tuple[tuple[str, str], ...] = ()


class Sitemap(Shape, frozen=True, kw_only=True):
    """A sitemap (https://www.sitemaps.org/protocol.html): at most 50,000 addresses."""

    entries: tuple[SitemapEntry, ...]


class FeedEntry(Shape, frozen=True, kw_only=True):
    """A text in the news feed."""

    title: str
    url: str
    updated: dt.datetime
    published: dt.datetime
    author: str = ""
    summary: str = ""


class Feed(Shape, frozen=True, kw_only=True):
    """An Atom feed (RFC 4287)."""

    title: str
    subtitle: str = ""
    url: str
    home: str
    language: str
    updated: dt.datetime
    author: str = ""
    entries: tuple[FeedEntry, ...] = ()


class Lines(Shape, frozen=True, kw_only=True):
    """A plain text file by lines."""

    lines: tuple[str, ...]
