"""Check that a landing page contains the words of its advertisement: after "size 17" a visitor expects "size 17"."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

from storegen.model.article import Article, CompanyPage, Person
from storegen.model.brand import Brand
from storegen.model.campaign import Campaign
from storegen.model.category import Category
from storegen.model.content_types import LINKED
from storegen.model.home import Home
from storegen.model.offer import Offer
from storegen.model.product import Product
from storegen.model.record import Record
from storegen.model.store import LocalizedContent, Store
from storegen.references import split_reference
from storegen.tracking.campaigns.links import address_of

_TARGET = re.compile(r"\]\([^)]*\)")


def missing_words(campaign: Campaign, store: Store) -> Iterator[tuple[int, str, str]]:
    """Yield (number, words, file of the landing page) for words of the advertisement that are missing on the page.

    Only the first language of the campaign is checked, without differences of case and punctuation. A page that
    storegen generates without a content file, such as a list of guides, can't be checked.
    """
    content = store.localized[campaign.languages[0]] if campaign.languages else store.home
    record = landing_record(campaign, content)
    if record is None or not campaign.words:
        return
    page = f" {plain_words(' '.join(_texts(record)))} "
    for number, words in enumerate(campaign.words):
        if f" {plain_words(words)} " not in page:
            yield number, words, str(getattr(record, "file", ""))


def plain_words(text: str) -> str:
    """Return the words of a Markdown text in lower case with single spaces, without punctuation and link targets."""
    bare = re.sub("['’]", "", unicodedata.normalize("NFKC", _TARGET.sub("]", text)).casefold())
    signs = (sign if sign.isalnum() or unicodedata.category(sign).startswith("M") else " " for sign in bare)
    return " ".join("".join(signs).split())


def landing_record(campaign: Campaign, content: LocalizedContent) -> Record | None:
    """Return the content record of a campaign's landing page, None if it has none."""
    reference, _, _ = campaign.landing
    kind, name, _ = split_reference(reference)
    match kind:
        case "home":
            return content.home
        case "category":
            return content.category_named(name)
        case "address":
            return _record_at(address_of(kind, name, content), content)
        case _:
            return content.records.get(kind, {}).get(name)


def _record_at(place: str, content: LocalizedContent) -> Record | None:
    """Return the record whose page has this address."""
    if place == content.addresses.of("home"):
        return content.home
    records: Mapping[str, Record]
    for kind in LINKED:
        records = content.records[kind]
        for name in records:
            if address_of(kind, name, content) == place:
                return records[name]
    return None


def _texts(record: Record) -> Iterator[str]:
    """Yield the visible texts on the page of a record."""
    match record:
        case Product():
            yield from (record.name, record.fact, record.summary, record.description, record.brand)
            yield from (record.note.text if record.note else "", *record.tags, *record.specs.values())
        case Category():
            yield from (record.name, record.summary, record.body, *(entry.title for entry in record.faq))
        case Article():
            yield from (record.title, record.summary, record.body)
        case CompanyPage():
            yield from (record.title, record.heading, record.summary, record.body)
        case Brand():
            yield from (record.name, record.place, record.summary, record.body)
        case Person():
            yield from (record.name, record.role, record.proof, record.body)
        case Offer():
            yield from (record.name, record.text, record.terms, record.code)
        case Home():
            for section in record.sections:
                part = getattr(section, section.kind) if section.kind else None
                yield from (getattr(part, "title", ""), getattr(part, "text", ""), getattr(part, "button", ""))
