"""Articles: guides, blog posts and company pages, and the people who write them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from storegen.model.clip import Clip
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

Layout = Literal[
    "plain",
    "about",
    "contact",
    "delivery",
    "returns",
    "privacy",
    "payment",
    "withdrawal",
    "guarantee",
    "seller",
    "rules",
    "accessibility",
]


class Sidenote(Record, frozen=True, kw_only=True):
    """A short note next to a text, such as a download or the returns policy."""

    title: TranslatedLine
    """The note's title."""
    text: Inline
    """One or two sentences."""
    link: Link = ""
    """The page or file that the note leads to. A file in content/media is offered for download."""
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
    """A shorter title for breadcrumbs (the line of links above the title) and lists of links."""
    slug: TranslatedSlug = Slug("")
    """The last part of the page's web address. Default: the file's name."""
    summary: Inline = ""
    """One or two sentences for lists and search engines."""
    author: PersonRef = ""
    """The author of the text."""
    date: Instant | None = None
    """The publication date. A text with a date in the future appears on that date."""
    checked: Instant | None = None
    """The date on which you last checked the text."""
    image: PictureFile | Image | None = None
    """The picture above the text and in lists."""
    videos: tuple[Clip, ...] = ()
    """Videos that the text shows: `![](video:1)` is the first one."""
    products: tuple[ProductRef, ...] = ()
    """Products to show below the text."""
    products_title: TranslatedLine = ""
    """The title above these products."""
    sidenotes: tuple[Sidenote, ...] = ()
    """Short notes beside the text."""
    tags: tuple[Line, ...] = ()
    """Words that group texts."""
    order: Count = Count(1000)
    """The position in the list of guides. Texts with the same number are sorted by title."""
    status: Status = "published"
    """`published`, `draft` (not built) or `unlisted` (has a page, but is in no list)."""
    extra: Mapping[str, TranslatedText] = {}
    """For programmers: texts for your own templates, such as `{badge: Made in Helsinki}`."""

    @property
    def picture(self) -> Image | None:
        """The picture with its description, or None."""
        return None if self.image is None else as_image(self.image)

    def is_public(self, clock: Clock) -> bool:
        """Return whether its date has passed."""
        return not self.date or clock.reached(self.date)


_NAMED = ("about", "contact", "delivery", "returns")  # names of files that choose the layout


class CompanyPage(Content, frozen=True, kw_only=True):
    """A page about the company or its rules."""

    body: Markdown = ""
    """The text below the front matter."""

    title: TranslatedLine
    """The title in menus and search engines."""
    heading: TranslatedLine = ""
    """The heading on the page. Default: the title."""
    slug: TranslatedSlug = Slug("")
    """The last part of the page's web address. Default: the file's name."""
    summary: Inline = ""
    """One or two sentences below the heading."""
    image: PictureFile | Image | None = None
    """The picture above the text."""
    videos: tuple[Clip, ...] = ()
    """Videos that the text shows: `![](video:1)` is the first one."""
    layout: Layout = "plain"
    """The kind of page. Each kind except `plain` adds facts from site.yaml. Default: the name of the files about.md,
    contact.md, delivery.md and returns.md, else `plain`."""
    people: tuple[PersonRef, ...] = ()
    """The people to show below the text."""
    questions: tuple[Question, ...] = ()
    """Questions with answers below the text."""
    checked: Instant | None = None
    """The date on which you last checked the text."""
    status: Status = "published"
    """`published`, `draft` (not built) or `unlisted` (has a page, but is in no list)."""
    extra: Mapping[str, TranslatedText] = {}
    """For programmers: texts for your own templates, such as `{badge: Made in Helsinki}`."""

    @property
    def boxes(self) -> str:
        """The layout: that of the file, else that of its name."""
        return self.layout if self.layout != "plain" or self.id not in _NAMED else self.id

    @property
    def picture(self) -> Image | None:
        """The picture with its description, or None."""
        return None if self.image is None else as_image(self.image)


class Person(Content, frozen=True, kw_only=True):
    """A person of the shop, with proof of experience."""

    body: Markdown = ""
    """A text about the person. In a Markdown file, write this text below the last `---` line."""

    name: TranslatedLine
    """The person's name."""
    slug: TranslatedSlug = Slug("")
    """The last part of the page's web address. Default: the file's name."""
    role: TranslatedLine = ""
    """The person's work in the shop."""
    proof: TranslatedLine = ""
    """One line about the person's experience, such as "silversmith since 1998"."""
    credentials: tuple[TranslatedLine, ...] = ()
    """Training, titles and memberships."""
    email: Email | None = None
    """The person's e-mail address."""
    image: PictureFile | Image | None = None
    """The portrait."""
    links: tuple[Url, ...] = ()
    """Other web pages about the person."""
    order: Count = Count(1000)
    """The position among the people. People with the same number are sorted by name."""
    status: Status = "published"
    """`published`, `draft` (not built) or `unlisted` (has a page, but is in no list)."""
    extra: Mapping[str, TranslatedText] = {}
    """For programmers: texts for your own templates, such as `{badge: Made in Helsinki}`."""

    @property
    def picture(self) -> Image | None:
        """The picture with its description, or None."""
        return None if self.image is None else as_image(self.image)
