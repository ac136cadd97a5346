"""A category: a folder of the shop's tree, with its words, its picture and what helps to choose."""

from __future__ import annotations

from collections.abc import Mapping

from storegen.model.line import Line
from storegen.model.picture import Image, as_image
from storegen.model.record import Record, Status
from storegen.model.scalars import Count, Slug


class Doubt(Record, frozen=True, kw_only=True):
    """One doubt that keeps a visitor from choosing, answered in a sentence."""

    title: Line
    text: str
    link: Line = ""


class Editorial(Record, frozen=True, kw_only=True):
    """A tile among the products that leads to a text."""

    title: Line
    text: str
    link: Line
    link_text: Line = ""
    image: str | Image


class Category(Record, frozen=True, kw_only=True):
    """A category in one language; *id* is its path in the tree, such as ``rings/bands``."""

    id: str
    file: str
    language: str

    name: Line
    slug: Slug = Slug("")
    order: Count = Count(1000)
    summary: str = ""
    body: str = ""
    image: str | Image | None = None
    guide: Line = ""
    columns: Count = Count(4)
    editorial: Editorial | None = None
    doubts: tuple[Doubt, ...] = ()
    care: str | Mapping[Line, str] = ""
    status: Status = "published"
    extra: Mapping[str, str] = {}

    @property
    def parent(self) -> str:
        return self.id.rpartition("/")[0]

    @property
    def picture(self) -> Image | None:
        return None if self.image is None else as_image(self.image)
