"""Texts: guides, blog posts and company pages, with the people who sign them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from storegen.model.line import Line
from storegen.model.picture import Image, as_image
from storegen.model.product import Question
from storegen.model.record import Record, Status
from storegen.model.scalars import Count, Email, Instant, Slug, Url

Layout = Literal["plain", "about", "contact", "delivery", "returns"]


class MarginNote(Record, frozen=True, kw_only=True):
    """A short note beside a text: a download, or the policy that calms."""

    title: Line
    text: str
    link: Line = ""
    link_text: Line = ""


class Article(Record, frozen=True, kw_only=True):
    """A guide or a blog post in one language."""

    id: str
    file: str
    language: str
    body: str = ""

    title: Line
    short: Line = ""
    slug: Slug = Slug("")
    summary: str = ""
    author: Line = ""
    date: Instant | None = None
    checked: Instant | None = None
    image: str | Image | None = None
    products: tuple[Line, ...] = ()
    products_title: Line = ""
    notes: tuple[MarginNote, ...] = ()
    tags: tuple[Line, ...] = ()
    order: Count = Count(1000)
    status: Status = "published"
    extra: Mapping[str, str] = {}

    @property
    def picture(self) -> Image | None:
        return None if self.image is None else as_image(self.image)


class CompanyPage(Record, frozen=True, kw_only=True):
    """A page about the company or its rules in one language; *layout* adds the data that belongs to it."""

    id: str
    file: str
    language: str
    body: str = ""

    title: Line
    heading: Line = ""
    slug: Slug = Slug("")
    summary: str = ""
    image: str | Image | None = None
    layout: Layout = "plain"
    people: tuple[Line, ...] = ()
    questions: tuple[Question, ...] = ()
    checked: Instant | None = None
    status: Status = "published"
    extra: Mapping[str, str] = {}

    @property
    def picture(self) -> Image | None:
        return None if self.image is None else as_image(self.image)


class Person(Record, frozen=True, kw_only=True):
    """Somebody of the shop, with what proves the trade."""

    id: str
    file: str
    language: str
    body: str = ""

    name: Line
    slug: Slug = Slug("")
    role: Line = ""
    proof: Line = ""
    credentials: tuple[Line, ...] = ()
    email: Email | None = None
    image: str | Image | None = None
    links: tuple[Url, ...] = ()
    order: Count = Count(1000)
    status: Status = "published"
    extra: Mapping[str, str] = {}

    @property
    def picture(self) -> Image | None:
        return None if self.image is None else as_image(self.image)
