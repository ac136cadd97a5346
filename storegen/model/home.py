"""The home page: an editor's list of sections, each one of a few kinds."""

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
    """What the shop is, where it is made, and the one button."""

    title: TranslatedLine
    """What the shop is."""
    text: Markdown = ""
    """One or two sentences."""
    button: TranslatedLine
    """The words of the button."""
    link: Link
    """Where the button leads."""
    second_text: TranslatedLine = ""
    """Words below the button, before a second link."""
    second_link: Link = ""
    """Where the second link leads."""
    second_link_text: TranslatedLine = ""
    """The words of the second link."""
    image: PictureFile | Image
    """The picture."""


class Featured(Record, frozen=True, kw_only=True):
    """A row of products: chosen ones, or those of a category or a tag."""

    title: TranslatedLine
    """The title."""
    products: tuple[ProductRef, ...] = ()
    """The products."""
    category: CategoryRef = ""
    """Or the category that they are taken from."""
    tag: Line = ""
    """Or the tag that they have."""
    count: Count = Count(4)
    """How many are shown."""
    link: Link = ""
    """Where the link beside the title leads."""
    link_text: TranslatedLine = ""
    """The words of the link."""


class Collections(Record, frozen=True, kw_only=True):
    """Categories with their pictures."""

    title: TranslatedLine = ""
    """The title."""
    categories: tuple[CategoryRef, ...] = ()
    """The categories; by default the top of the tree."""


class GuideList(Record, frozen=True, kw_only=True):
    """Guides beside a picture."""

    title: TranslatedLine
    """The title."""
    text: Markdown = ""
    """One or two sentences."""
    guides: tuple[GuideRef, ...]
    """The guides."""
    image: PictureFile | Image | None = None
    """The picture."""


class Place(Record, frozen=True, kw_only=True):
    """The place and the person behind the shop."""

    title: TranslatedLine
    """The title."""
    text: Markdown
    """A paragraph about the place."""
    person: PersonRef = ""
    """The person who is named below."""
    link: Link = ""
    """Where more about it stands."""
    link_text: TranslatedLine = ""
    """The words of the link."""
    image: PictureFile | Image
    """The picture."""


class Testimonials(Record, frozen=True, kw_only=True):
    """What customers and the press say."""

    title: TranslatedLine
    """The title."""
    reviews: Count = Count(2)
    """How many reviews are shown."""
    products: tuple[ProductRef, ...] = ()
    """Only reviews of these products."""
    press: Count = Count(1)
    """How many press quotes are shown."""


class Prose(Record, frozen=True, kw_only=True):
    """A heading and a text."""

    title: TranslatedLine
    """The heading."""
    text: Markdown
    """The text."""
    link: Link = ""
    """Where more about it stands."""
    link_text: TranslatedLine = ""
    """The words of the link."""


class Section(Record, frozen=True, kw_only=True):
    """One section of the home page, of exactly one kind."""

    FORMER_NAMES = {"voices": "testimonials"}

    EXACTLY_ONE = ("hero", "promise", "collections", "featured", "guides", "place", "testimonials", "prose")

    hero: Hero | None = None
    """What the shop is, with a button and a large picture."""
    promise: tuple[Line, ...] = ()
    """Ids of promises of site.yaml, in a row."""
    collections: Collections | None = None
    """Categories with their pictures."""
    featured: Featured | None = None
    """A row of products."""
    guides: GuideList | None = None
    """Guides beside a picture."""
    place: Place | None = None
    """The place and the person behind the shop."""
    testimonials: Testimonials | None = None
    """Reviews and press quotes."""
    prose: Prose | None = None
    """A heading and a text."""

    @property
    def kind(self) -> str:
        """The name of the kind that is given."""
        return next(iter(self.given), "")


class Home(Content, frozen=True, kw_only=True):
    """The home page."""

    title: TranslatedLine = ""
    """The title for search engines; by default the shop's name and tagline."""
    description: TranslatedText = ""
    """One sentence for search engines."""
    sections: tuple[Section, ...] = ()
    """The page from top to bottom."""
