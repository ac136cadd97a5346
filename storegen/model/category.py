"""A category: a folder of the shop's tree, with its words, its picture and what helps to choose."""

from __future__ import annotations

from collections.abc import Mapping

from storegen.model.picture import Image, as_image
from storegen.model.record import Content, Record, Status
from storegen.model.scalars import Count, Slug
from storegen.model.text import (
    GuideRef,
    Inline,
    Link,
    Markdown,
    PictureFile,
    TranslatedLine,
    TranslatedSlug,
    TranslatedText,
)


class FaqEntry(Record, frozen=True, kw_only=True):
    """A question that keeps a visitor from choosing, answered in a sentence."""

    title: TranslatedLine
    """The question."""
    text: Inline
    """The answer."""
    link: Link = ""
    """Where more about it stands."""


class Editorial(Record, frozen=True, kw_only=True):
    """A card among the products that leads to a text."""

    title: TranslatedLine
    """The title."""
    text: Inline
    """One or two sentences."""
    link: Link
    """Where the card leads."""
    link_text: TranslatedLine = ""
    """The words of the link; by default the name of what it leads to."""
    image: PictureFile | Image
    """The picture."""


class Category(Content, frozen=True, kw_only=True):
    """A category; *id* is its path in the tree, such as ``rings/bands``."""

    FORMER_NAMES = {"faulty_places": "faq"}

    name: TranslatedLine
    """What the category is called."""
    slug: TranslatedSlug = Slug("")
    """The last part of the page's address; by default the file's name."""
    order: Count = Count(1000)
    """The position beside its siblings; equal ones stand by name."""
    summary: Inline = ""
    """One or two sentences above the products."""
    body: Markdown = ""
    """A text below the products. In a Markdown file it stands below the front matter."""
    image: PictureFile | Image | None = None
    """The picture in lists of categories."""
    guide: GuideRef = ""
    """The guide that helps to choose."""
    columns: Count = Count(4)
    """Tiles in a row on a wide screen, 2 to 4."""
    editorial: Editorial | None = None
    """A card among the products that leads to a text."""
    faq: tuple[FaqEntry, ...] = ()
    """Up to three short answers below the products."""
    care: Markdown | Mapping[TranslatedLine, Markdown] = ""
    """How to care for its products that have no `care` of their own."""
    status: Status = "published"
    """Whether it is shown."""
    extra: Mapping[str, TranslatedText] = {}
    """Texts for templates of your own."""

    @property
    def parent(self) -> str:
        """The id of the category above; empty at the top."""
        return self.id.rpartition("/")[0]

    @property
    def picture(self) -> Image | None:
        """The picture with its description; None where there is none."""
        return None if self.image is None else as_image(self.image)
