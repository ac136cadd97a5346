"""Where Markdown, links and pictures stand in each kind of record, so that all checks know the same places."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from storegen.config import Config
from storegen.model.article import Article, CompanyPage, Person
from storegen.model.campaign import Campaign
from storegen.model.category import Category
from storegen.model.home import Home
from storegen.model.offer import Offer
from storegen.model.picture import Image
from storegen.model.product import Product, Question
from storegen.yaml import Place


class Passage(msgspec.Struct, frozen=True):
    """A text in Markdown and its place; *line* where it is one line of words and links, without pictures and cards."""

    place: Place
    text: str
    line: bool = False


def passages_of(record: object) -> Iterator[Passage]:
    """Yield every text of a record, or of site.yaml, that is written in Markdown."""
    match record:
        case Product():
            yield from _product_passages(record)
        case Category():
            yield from _category_passages(record)
        case Article():
            yield Passage(("body",), record.body)
            for number, note in enumerate(record.notes):
                yield Passage(("notes", number, "text"), note.text, line=True)
        case CompanyPage():
            yield Passage(("body",), record.body)
            yield Passage(("summary",), record.summary, line=True)
            yield from _answers(record.questions)
        case Person():
            yield Passage(("body",), record.body)
        case Offer():
            yield Passage(("text",), record.text)
            yield Passage(("terms",), record.terms)
        case Home():
            yield from _home_passages(record)
        case Config():
            yield from _site_passages(record)


def _product_passages(product: Product) -> Iterator[Passage]:
    yield Passage(("description",), product.description)
    yield Passage(("summary",), product.summary, line=True)
    yield from _care(product.care)
    yield from _answers(product.questions)


def _category_passages(category: Category) -> Iterator[Passage]:
    yield Passage(("body",), category.body)
    yield Passage(("summary",), category.summary, line=True)
    yield from _care(category.care)
    for number, doubt in enumerate(category.doubts):
        yield Passage(("doubts", number, "text"), doubt.text, line=True)
    if category.editorial:
        yield Passage(("editorial", "text"), category.editorial.text, line=True)


def _care(care: object) -> Iterator[Passage]:
    if isinstance(care, str):
        yield Passage(("care",), care)
    elif isinstance(care, dict):
        for title, text in care.items():
            yield Passage(("care", title), text)


def _answers(questions: tuple[Question, ...]) -> Iterator[Passage]:
    for number, question in enumerate(questions):
        yield Passage(("questions", number, "answer"), question.answer)


def _home_passages(home: Home) -> Iterator[Passage]:
    for number, section in enumerate(home.sections):
        for kind in ("hero", "guides", "place", "prose"):
            if part := getattr(section, kind):
                yield Passage(("sections", number, kind, "text"), part.text)


def _site_passages(config: Config) -> Iterator[Passage]:
    yield Passage(("notice",), config.notice, line=True)
    yield Passage(("company", "access"), config.company.access, line=True)
    yield Passage(("checkout", "order", "instructions"), config.checkout.order.instructions, line=True)
    if config.returns:
        yield Passage(("returns", "conditions"), config.returns.conditions, line=True)
    for name, promise in config.promises.items():
        yield Passage(("promises", name, "text"), promise.text, line=True)
    for number, step in enumerate(config.tracking.steps):
        yield Passage(("tracking", "steps", number, "text"), step.text, line=True)
    for number, doubt in enumerate(config.tracking.doubts):
        yield Passage(("tracking", "doubts", number, "text"), doubt.text, line=True)


def links_of(record: object) -> Iterator[tuple[Place, str]]:  # noqa: C901 - one case a kind
    """Yield every key of a record, or of site.yaml, that holds a link."""
    match record:
        case Category():
            for number, doubt in enumerate(record.doubts):
                yield ("doubts", number, "link"), doubt.link
            if record.editorial:
                yield ("editorial", "link"), record.editorial.link
        case Article():
            for number, note in enumerate(record.notes):
                yield ("notes", number, "link"), note.link
        case Home():
            for number, section in enumerate(record.sections):
                part = getattr(section, section.kind) if section.kind else None
                for key in ("link", "second_link"):
                    yield ("sections", number, section.kind, key), getattr(part, key, "")
        case Campaign():
            yield ("to",), record.landing[0]
        case Config():
            yield from _site_links(record)


def _site_links(config: Config) -> Iterator[tuple[Place, str]]:
    for number, link in enumerate(config.menu):
        yield ("menu", number), link
    for number, link in enumerate(config.legal):
        yield ("legal", number), link
    for title, column in config.footer.items():
        for number, link in enumerate(column):
            yield ("footer", title, number), link
    for name, promise in config.promises.items():
        yield ("promises", name, "link"), promise.link
    for number, channel in enumerate(config.channels):
        yield ("channels", number, "link"), channel.link
    for number, doubt in enumerate(config.tracking.doubts):
        yield ("tracking", "doubts", number, "link"), doubt.link


def images_of(record: object) -> Iterator[tuple[Place, str | Image]]:
    """Yield every key of a record, or of site.yaml, that holds a picture to show."""
    match record:
        case Product():
            yield from ((("images", number), image) for number, image in enumerate(record.images))
            yield from ((("variants", number, "image"), each.image) for number, each in enumerate(record.variants))
        case Category(image=image, editorial=editorial):
            yield ("image",), image or ""
            yield ("editorial", "image"), editorial.image if editorial else ""
        case Article(image=image) | CompanyPage(image=image) | Person(image=image):
            yield ("image",), image or ""
        case Offer(image=image):
            yield ("image",), image
        case Home():
            for number, section in enumerate(record.sections):
                for key in ("hero", "guides", "place"):
                    part = getattr(section, key)
                    yield ("sections", number, key, "image"), (part.image if part else "") or ""
        case Config():
            yield ("theme", "share_image"), record.theme.share_image
