"""Texts: guides, blog posts and company pages, with the people who sign them."""

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
    """A short note beside a text: a download, or the policy that calms."""

    title: TranslatedLine
    """The title."""
    text: Inline
    """One or two sentences."""
    link: Link = ""
    """Where it leads. A file below content/media is offered for download."""
    link_text: TranslatedLine = ""
    """The words of the link."""


class Article(Content, frozen=True, kw_only=True):
    """A guide or a blog post."""

    FORMER_NAMES = {"notes": "sidenotes"}

    body: Markdown = ""
    """The text below the front matter."""

    title: TranslatedLine
    """The title."""
    short: TranslatedLine = ""
    """The title in breadcrumbs and lists of links."""
    slug: TranslatedSlug = Slug("")
    """The last part of the page's address; by default the file's name."""
    summary: TranslatedText = ""
    """One or two sentences for lists and search engines."""
    author: PersonRef = ""
    """The person who signs it."""
    date: Instant | None = None
    """When it is published. One with a later date waits until then."""
    checked: Instant | None = None
    """When somebody last checked that it is right."""
    image: PictureFile | Image | None = None
    """The picture above the text and in lists."""
    products: tuple[ProductRef, ...] = ()
    """Products below the text. Those embedded in the text need not be named again."""
    products_title: TranslatedLine = ""
    """The title above these products."""
    sidenotes: tuple[Sidenote, ...] = ()
    """Short notes beside the text."""
    tags: tuple[Line, ...] = ()
    """Words that group texts."""
    order: Count = Count(1000)
    """The position in the list of guides; equal ones stand by title."""
    status: Status = "published"
    """Whether it is shown."""
    extra: Mapping[str, TranslatedText] = {}
    """Texts for templates of your own."""

    @property
    def picture(self) -> Image | None:
        """The picture with its description; None where there is none."""
        return None if self.image is None else as_image(self.image)

    def is_public(self, clock: Clock) -> bool:
        """Say whether its date has come."""
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
    """What site.yaml adds to the text, such as the delivery methods. A file with the name of a layout has that one."""
    people: tuple[PersonRef, ...] = ()
    """The people shown below the text."""
    questions: tuple[Question, ...] = ()
    """Questions with answers below the text."""
    checked: Instant | None = None
    """When somebody last checked that it is right."""
    status: Status = "published"
    """Whether it is shown."""
    extra: Mapping[str, TranslatedText] = {}
    """Texts for templates of your own."""

    @property
    def picture(self) -> Image | None:
        """The picture with its description; None where there is none."""
        return None if self.image is None else as_image(self.image)


class Person(Content, frozen=True, kw_only=True):
    """Somebody of the shop, with what proves the trade."""

    body: Markdown = ""
    """A text about the person. In a Markdown file it stands below the front matter."""

    name: TranslatedLine
    """The name."""
    slug: TranslatedSlug = Slug("")
    """The last part of the page's address; by default the file's name."""
    role: TranslatedLine = ""
    """What the person does in the shop."""
    proof: TranslatedLine = ""
    """The one line that proves the trade, such as "silversmith since 1998"."""
    credentials: tuple[TranslatedLine, ...] = ()
    """Training, titles, memberships."""
    email: Email | None = None
    """The e-mail address."""
    image: PictureFile | Image | None = None
    """The portrait."""
    links: tuple[Url, ...] = ()
    """Pages about the person elsewhere on the web."""
    order: Count = Count(1000)
    """The position among the people; equal ones stand by name."""
    status: Status = "published"
    """Whether the page is shown."""
    extra: Mapping[str, TranslatedText] = {}
    """Texts for templates of your own."""

    @property
    def picture(self) -> Image | None:
        """The picture with its description; None where there is none."""
        return None if self.image is None else as_image(self.image)
