"""Help after the sale: the support page of a product, and the shop's help page."""

from __future__ import annotations

from storegen.views.contexts.base import Context
from storegen.views.contexts.delivery import DispatchRule, ReturnsLine
from storegen.views.contexts.page import Head
from storegen.views.contexts.parts import ArticleCard, Card, Link, QuestionLine, Text
from storegen.views.contexts.product import CareBlock


class FileLink(Context, frozen=True, kw_only=True):
    """A link to a file, with its *kind* (``PDF``) and its *size* in bytes. Both are empty for other web pages."""

    text: str
    href: str
    kind: str = ""
    size: int = 0


class SupportPage(Context, frozen=True, kw_only=True):
    """Help with one product. *guarantee* links to the notice on the legal guarantee, *track* to the parcel page."""

    head: Head
    breadcrumbs: tuple[Link, ...]
    title: str
    language: str = ""
    card: Card
    dispatch: DispatchRule | None = None
    track: Link | None = None
    use: Text | None = None
    care: tuple[CareBlock, ...] = ()
    care_guide: Link | None = None
    repair: Text | None = None
    parts: tuple[Card, ...] = ()
    supplies: tuple[Card, ...] = ()
    manuals: tuple[FileLink, ...] = ()
    warranty: Text | None = None
    guarantee: Link | None = None
    returns: ReturnsLine | None = None
    disposal: Text | None = None
    questions: tuple[QuestionLine, ...] = ()
    ask: str = ""
    guides: tuple[ArticleCard, ...] = ()
    service: tuple[Link, ...] = ()


class HelpTopic(Context, frozen=True, kw_only=True):
    """Questions on one topic. *page* leads to the page that they come from."""

    title: str
    page: Link
    questions: tuple[QuestionLine, ...]


class ProductGroup(Context, frozen=True, kw_only=True):
    """The products of a category, with links to their support pages."""

    title: str
    links: tuple[Link, ...]


class HelpPage(Context, frozen=True, kw_only=True):
    """The help page: the order, questions, guides, and the products with a support page."""

    head: Head
    breadcrumbs: tuple[Link, ...]
    title: str
    service: tuple[Link, ...] = ()
    topics: tuple[HelpTopic, ...] = ()
    guides: tuple[ArticleCard, ...] = ()
    groups: tuple[ProductGroup, ...] = ()
    contact: Link | None = None
