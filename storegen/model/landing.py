"""Lead pages: one question with a few answers, a form, and the answer that the visitor gets."""

from __future__ import annotations

from collections.abc import Mapping

from storegen.model.picture import Image, as_image
from storegen.model.record import Content, Record, Status
from storegen.model.scalars import Slug
from storegen.model.text import (
    CategoryRef,
    Inline,
    Line,
    Link,
    Markdown,
    OfferRef,
    PersonRef,
    PictureFile,
    TranslatedLine,
    TranslatedSlug,
    TranslatedText,
)

# How many answers a visitor can choose from at a glance.
LEAST, MOST = 2, 6


class Choice(Record, frozen=True, kw_only=True):
    """One of the answers that the visitor chooses from."""

    text: TranslatedLine
    """The answer in a few words, as the visitor would say it."""
    image: PictureFile | Image | None = None
    """The picture above the answer. Give all answers a picture, or none."""
    reply: Markdown
    """What you advise to visitors who choose this answer. It is on the page after the form."""
    link: Link = ""
    """The page with more, such as `guide:ring-size`."""
    link_text: TranslatedLine = ""
    """The words of the link. Default: the title of the page."""

    @property
    def picture(self) -> Image | None:
        """The picture with its description, or None."""
        return None if self.image is None else as_image(self.image)


class Voice(Record, frozen=True, kw_only=True):
    """What a reader of the answer said."""

    text: TranslatedText
    """The words."""
    name: Line
    """Who said it, as you may show it: a name and a place."""


class Landing(Content, frozen=True, kw_only=True):
    """A lead page: one question, a few answers with pictures, and a form. It has no menu, no prices and no products."""

    body: Markdown = ""
    """More text, below the form. It must not name prices or show products."""

    title: TranslatedLine
    """The question, which is the heading: `Which ring can you wear every day?`"""
    slug: TranslatedSlug = Slug("")
    """The last part of the page's web address. Default: the file's name."""
    summary: Inline = ""
    """One or two sentences below the question: what you ask, and what the visitor gets."""
    choose: TranslatedLine = ""
    """The words above the answers: `My hands spend the day`. Default: the theme's words."""
    answers: tuple[Choice, ...]
    """Two to six answers."""
    button: TranslatedLine = ""
    """The words on the button. Default: the theme's words."""
    promise: Inline = ""
    """What the visitor gets, in one or two sentences."""
    person: PersonRef = ""
    """Who answers."""
    voice: Voice | None = None
    """What a reader said."""
    category: CategoryRef = ""
    """The group of products that the question is about."""
    offer: OfferRef = ""
    """The first offer that readers get by e-mail later: an offer of the kind `first_purchase`."""
    image: PictureFile | Image | None = None
    """The picture for links in messengers and social networks."""
    status: Status = "unlisted"
    """`unlisted` (has a page, but is in no list and not for search engines), `published` or `draft` (not built)."""
    extra: Mapping[str, TranslatedText] = {}
    """For programmers: texts for your own templates, such as `{badge: Made in Helsinki}`."""

    @property
    def picture(self) -> Image | None:
        """The picture with its description, or None."""
        return None if self.image is None else as_image(self.image)
