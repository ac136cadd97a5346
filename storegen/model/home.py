"""The home page: a list of sections, each of one of a few kinds."""

from __future__ import annotations

from storegen.model.endorsement import Kind as EndorsementKind
from storegen.model.picture import Image
from storegen.model.record import Content, Record
from storegen.model.scalars import Count
from storegen.model.text import (
    CategoryRef,
    GuideRef,
    Line,
    Link,
    Markdown,
    PersonRef,
    PictureFile,
    ProductRef,
    TranslatedLine,
    TranslatedText,
)


class Hero(Record, frozen=True, kw_only=True):
    """The first section: what the shop is, where its products are made, and a button."""

    title: TranslatedLine
    """The main heading: what the shop is."""
    text: Markdown = ""
    """One or two sentences."""
    button: TranslatedLine
    """The words on the button."""
    link: Link
    """The page that the button leads to."""
    second_text: TranslatedLine = ""
    """Words below the button, before the second link."""
    second_link: Link = ""
    """The page that the second link leads to."""
    second_link_text: TranslatedLine = ""
    """The words of the second link."""
    image: PictureFile | Image
    """The picture."""


class Featured(Record, frozen=True, kw_only=True):
    """A row of products: named products, or those of a category or a tag."""

    title: TranslatedLine
    """The heading of the row."""
    products: tuple[ProductRef, ...] = ()
    """The products. Or give a `category` or a `tag`."""
    category: CategoryRef = ""
    """The category of the products."""
    tag: Line = ""
    """The tag of the products."""
    count: Count = Count(4)
    """The number of products."""
    link: Link = ""
    """The page that the link beside the heading leads to."""
    link_text: TranslatedLine = ""
    """The words of the link."""


class Collections(Record, frozen=True, kw_only=True):
    """Categories with their pictures."""

    title: TranslatedLine = ""
    """The heading."""
    categories: tuple[CategoryRef, ...] = ()
    """The categories. Default: the eight largest at the top level."""


class GuideList(Record, frozen=True, kw_only=True):
    """Guides next to a picture."""

    title: TranslatedLine
    """The heading."""
    text: Markdown = ""
    """One or two sentences."""
    guides: tuple[GuideRef, ...]
    """The guides."""
    image: PictureFile | Image | None = None
    """The picture."""


class Place(Record, frozen=True, kw_only=True):
    """The place where the products are made, and the person behind the shop."""

    title: TranslatedLine
    """The heading."""
    text: Markdown
    """A paragraph about the place."""
    person: PersonRef = ""
    """The person to name below the text."""
    link: Link = ""
    """The page with more about this."""
    link_text: TranslatedLine = ""
    """The words of the link."""
    image: PictureFile | Image
    """The picture."""


class Testimonials(Record, frozen=True, kw_only=True):
    """Reviews by customers, and press quotes."""

    title: TranslatedLine
    """The heading."""
    reviews: Count = Count(2)
    """The number of reviews."""
    products: tuple[ProductRef, ...] = ()
    """Show only reviews of these products."""
    press: Count = Count(1)
    """The number of press quotes."""


class Endorsements(Record, frozen=True, kw_only=True):
    """What others say about the shop: the press, partners, certificates, communities, ratings on other sites."""

    title: TranslatedLine = ""
    """The heading. Default: the theme's words."""
    kinds: tuple[EndorsementKind, ...] = ()
    """The kinds to show: `[certificate, marketplace]`. Default: all."""
    count: Count = Count(6)
    """The number of entries."""


class Prose(Record, frozen=True, kw_only=True):
    """A heading and a text."""

    title: TranslatedLine
    """The heading."""
    text: Markdown
    """The text."""
    link: Link = ""
    """The page with more about this."""
    link_text: TranslatedLine = ""
    """The words of the link."""


class OfferSection(Record, frozen=True, kw_only=True):
    """An offer with its products, while it runs."""

    id: Line
    """The offer: the name of its file."""
    title: TranslatedLine = ""
    """The heading. Default: the offer's name."""
    count: Count = Count(4)
    """The number of products."""
    link_text: TranslatedLine = ""
    """The words of the link to the offer's page. Default: the theme's words."""


class Section(Record, frozen=True, kw_only=True):
    """One section of the home page, of exactly one kind."""

    FORMER_NAMES = {"voices": "testimonials"}

    EXACTLY_ONE = (
        "hero",
        "promise",
        "collections",
        "featured",
        "offer",
        "guides",
        "place",
        "testimonials",
        "endorsements",
        "prose",
    )

    hero: Hero | None = None
    """The top of the page: the main heading, a button and a large picture."""
    promise: tuple[Line, ...] = ()
    """A row of promises: their ids in site.yaml."""
    collections: Collections | None = None
    """Categories with their pictures."""
    featured: Featured | None = None
    """A row of products."""
    offer: OfferSection | None = None
    """An offer with its products. The section is on the page while the offer runs."""
    guides: GuideList | None = None
    """Guides beside a picture."""
    place: Place | None = None
    """Your place and the person behind the shop."""
    testimonials: Testimonials | None = None
    """Reviews and press quotes."""
    endorsements: Endorsements | None = None
    """The press, partners, certificates, communities and ratings on other sites, with a link to all of them."""
    prose: Prose | None = None
    """A heading and a text."""

    @property
    def kind(self) -> str:
        """The name of the section's kind."""
        return next(iter(self.given), "")


class Home(Content, frozen=True, kw_only=True):
    """The home page."""

    title: TranslatedLine = ""
    """The title for search engines. Default: the shop's name and tagline."""
    description: TranslatedText = ""
    """One sentence about the shop for search engines."""
    sections: tuple[Section, ...] = ()
    """The parts of the page, from top to bottom."""
