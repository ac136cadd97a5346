"""The home page: a list of sections, each of one of a few kinds."""

from __future__ import annotations

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
    """What the shop is, as a heading."""
    text: Markdown = ""
    """One or two sentences."""
    button: TranslatedLine
    """The text of the button."""
    link: Link
    """The target of the button."""
    second_text: TranslatedLine = ""
    """A text below the button, before a second link."""
    second_link: Link = ""
    """The target of the second link."""
    second_link_text: TranslatedLine = ""
    """The text of the second link."""
    image: PictureFile | Image
    """The picture."""


class Featured(Record, frozen=True, kw_only=True):
    """A row of products: named products, or those of a category or a tag."""

    title: TranslatedLine
    """The title."""
    products: tuple[ProductRef, ...] = ()
    """The products."""
    category: CategoryRef = ""
    """A category to show products from, instead of `products`."""
    tag: Line = ""
    """A tag to show products with, instead of `products`."""
    count: Count = Count(4)
    """The number of products."""
    link: Link = ""
    """The target of the link next to the title."""
    link_text: TranslatedLine = ""
    """The text of the link."""


class Collections(Record, frozen=True, kw_only=True):
    """Categories with their pictures."""

    title: TranslatedLine = ""
    """The title."""
    categories: tuple[CategoryRef, ...] = ()
    """The categories; by default those at the top of the tree."""


class GuideList(Record, frozen=True, kw_only=True):
    """Guides next to a picture."""

    title: TranslatedLine
    """The title."""
    text: Markdown = ""
    """One or two sentences."""
    guides: tuple[GuideRef, ...]
    """The guides."""
    image: PictureFile | Image | None = None
    """The picture."""


class Place(Record, frozen=True, kw_only=True):
    """The place where the products are made, and the person behind the shop."""

    title: TranslatedLine
    """The title."""
    text: Markdown
    """A paragraph about the place."""
    person: PersonRef = ""
    """The person shown below the text."""
    link: Link = ""
    """A link to more information."""
    link_text: TranslatedLine = ""
    """The text of the link."""
    image: PictureFile | Image
    """The picture."""


class Testimonials(Record, frozen=True, kw_only=True):
    """Reviews by customers, and press quotes."""

    title: TranslatedLine
    """The title."""
    reviews: Count = Count(2)
    """The number of reviews."""
    products: tuple[ProductRef, ...] = ()
    """The products whose reviews are shown; by default all."""
    press: Count = Count(1)
    """The number of press quotes."""


class Prose(Record, frozen=True, kw_only=True):
    """A heading and a text."""

    title: TranslatedLine
    """The heading."""
    text: Markdown
    """The text."""
    link: Link = ""
    """A link to more information."""
    link_text: TranslatedLine = ""
    """The text of the link."""


class Section(Record, frozen=True, kw_only=True):
    """One section of the home page, of exactly one kind."""

    FORMER_NAMES = {"voices": "testimonials"}

    EXACTLY_ONE = ("hero", "promise", "collections", "featured", "guides", "place", "testimonials", "prose")

    hero: Hero | None = None
    """What the shop is, with a button and a large picture."""
    promise: tuple[Line, ...] = ()
    """Ids of promises in site.yaml, shown in a row."""
    collections: Collections | None = None
    """Categories with their pictures."""
    featured: Featured | None = None
    """A row of products."""
    guides: GuideList | None = None
    """Guides next to a picture."""
    place: Place | None = None
    """The place and the person behind the shop."""
    testimonials: Testimonials | None = None
    """Reviews and press quotes."""
    prose: Prose | None = None
    """A heading and a text."""

    @property
    def kind(self) -> str:
        """The name of the section's kind."""
        return next(iter(self.given), "")


class Home(Content, frozen=True, kw_only=True):
    """The home page."""

    title: TranslatedLine = ""
    """The title for search engines; by default the shop's name and tagline."""
    description: TranslatedText = ""
    """One sentence for search engines."""
    sections: tuple[Section, ...] = ()
    """The sections from top to bottom."""
