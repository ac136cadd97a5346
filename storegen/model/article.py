"""Articles: guides, blog posts and company pages, and the people who write them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from storegen.model.clock import Clock
from storegen.model.picture import Image, as_image
from storegen.model.product import Question
from storegen.model.record import Content, Record, Status
from storegen.model.scalars import Count, Email, Slug, Url
from storegen.model.text import (
    Inline,
    Line,
    Link,
    Markdown,
    PersonRef,
    PictureFile,
    ProductRef,
    TranslatedLine,
    TranslatedSlug,
    TranslatedText,
)
from storegen.model.times import Instant

Layout = Literal["plain", "about", "contact", "delivery", "returns"]


class Sidenote(Record, frozen=True, kw_only=True):
    """A short note next to a text, such as a download or the returns policy."""

    title: TranslatedLine
    """The title."""
    text: Inline
    """One or two sentences."""
    link: Link = ""
    """The target of the link. A file below content/media is offered as a download."""
    link_text: TranslatedLine = ""
    """The text of the link."""


class Article(Content, frozen=True, kw_only=True):
    """A guide or a blog post."""

    FORMER_NAMES = {"notes": "sidenotes"}

    body: Markdown = ""
    """The text below the front matter."""

    title: TranslatedLine
    """The title."""
    short: TranslatedLine = ""
    """The short title, for breadcrumbs and lists of links."""
    slug: TranslatedSlug = Slug("")
    """The last part of the page's address; by default the file's name."""
    summary: TranslatedText = ""
    """One or two sentences for lists and search engines."""
    author: PersonRef = ""
    """The person shown as the author."""
    date: Instant | None = None
    """When the text is published. A text with a later date is hidden until then."""
    checked: Instant | None = None
    """When somebody last checked that the text is still right."""
    image: PictureFile | Image | None = None
    """The picture above the text and in lists."""
    products: tuple[ProductRef, ...] = ()
    """Products shown below the text. Products embedded in the text need not be repeated here."""
    products_title: TranslatedLine = ""
    """The title above these products."""
    sidenotes: tuple[Sidenote, ...] = ()
    """Short notes next to the text."""
    tags: tuple[Line, ...] = ()
    """Words that group texts."""
    order: Count = Count(1000)
    """The position in the list of guides. Guides with the same position are sorted by title."""
    status: Status = "published"
    """Whether it is shown."""
    extra: Mapping[str, TranslatedText] = {}
    """Texts for your own templates."""

    @property
    def picture(self) -> Image | None:
        """The picture with its description, or None."""
        return None if self.image is None else as_image(self.image)

    def is_public(self, clock: Clock) -> bool:
        """Return whether its date has passed."""
        return not self.date or clock.reached(self.date)


class CompanyPage(Content, frozen=True, kw_only=True):
    """A page about the company or its rules."""

    body: Markdown = ""
    """The text below the front matter."""

    title: TranslatedLine
    """The title in menus and search engines."""
    heading: TranslatedLine = ""
    """The heading on the page; by default the title."""
    slug: TranslatedSlug = Slug("")
    """The last part of the page's address; by default the file's name."""
    summary: Inline = ""
    """One or two sentences below the heading."""
    image: PictureFile | Image | None = None
    """The picture above the text."""
    layout: Layout = "plain"
    """Which data of site.yaml is added, such as the delivery methods; by default the layout with the file's name."""
    people: tuple[PersonRef, ...] = ()
    """The people shown below the text."""
    questions: tuple[Question, ...] = ()
    """Questions with answers below the text."""
    checked: Instant | None = None
    """When somebody last checked that the text is still right."""
    status: Status = "published"
    """Whether it is shown."""
    extra: Mapping[str, TranslatedText] = {}
    """Texts for your own templates."""

    @property
    def picture(self) -> Image | None:
        """The picture with its description, or None."""
        return None if self.image is None else as_image(self.image)


class Person(Content, frozen=True, kw_only=True):
    """A person of the shop, with proof of experience."""

    body: Markdown = ""
    """A text about the person. In a Markdown file it is the text below the front matter."""

    name: TranslatedLine
    """The name."""
    slug: TranslatedSlug = Slug("")
    """The last part of the page's address; by default the file's name."""
    role: TranslatedLine = ""
    """The person's role in the shop."""
    proof: TranslatedLine = ""
    """One line that proves experience, such as "silversmith since 1998"."""
    credentials: tuple[TranslatedLine, ...] = ()
    """Training, titles, memberships."""
    email: Email | None = None
    """The e-mail address."""
    image: PictureFile | Image | None = None
    """The portrait."""
    links: tuple[Url, ...] = ()
    """Pages about the person on other sites."""
    order: Count = Count(1000)
    """The position in the list of people. People with the same position are sorted by name."""
    status: Status = "published"
    """Whether the page is shown."""
    extra: Mapping[str, TranslatedText] = {}
    """Texts for your own templates."""

    @property
    def picture(self) -> Image | None:
        """The picture with its description, or None."""
        return None if self.image is None else as_image(self.image)
