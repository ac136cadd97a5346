"""References and links of all content and of site.yaml: each must lead somewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from storegen.config import Config
from storegen.errors import Problem, suggest
from storegen.load.addressbook import addresses_of
from storegen.load.places import Passage, links_of, passages_of
from storegen.load.sources import Source
from storegen.model.home import Home
from storegen.model.product import Product
from storegen.model.store import Store
from storegen.references import KINDS, find_references, split_reference

if TYPE_CHECKING:
    from storegen.load.checks import Entries
    from storegen.yaml import Place

_LISTED = {
    "product": (
        ("category", "category"),
        ("related", "product"),
        ("accessories", "product"),
        ("spare_parts", "product"),
        ("guides", "guide"),
    ),
    "guide": (("products", "product"),),
    "post": (("products", "product"),),
    "page": (("people", "person"),),
    "offer": (("products", "product"), ("categories", "category")),
}
_SINGLE = {"category": (("guide", "guide"),), "guide": (("author", "person"),), "post": (("author", "person"),)}


def check_references(
    site: Path,
    entries: Entries,
    plain: Mapping[str, list[Source]],
    store: Store,
    configs: Mapping[str, Config],
    *,
    complete: bool = True,
) -> list[Problem]:
    """Return every reference, in fields and in texts, that leads nowhere.

    Where the store is not *complete*, because some files could not be read, addresses are taken as good.
    """
    problems: list[Problem] = []
    for language in store.editions:
        known = _Known(store, entries, language, addresses_of(store, configs, language) if complete else None)
        for kind, records in (*known.records.items(), ("offer", known.offers)):
            for identity, record in records.items():
                if (entry := entries[kind].get(identity)) is None:
                    continue
                for place, fault in _field_faults(kind, record, known):
                    problems.append(entry.source(language, place).problem(place, fault))
                for passage in passages_of(record):
                    problems += _text_faults(passage, entry.source(language, passage.place), known)
        problems += _site_faults(site, configs, language, known)
    first = next(iter(store.editions.values()))
    for source in plain["review"]:
        product = source.data.get("product")
        if isinstance(product, str) and product not in entries["product"]:
            problems.append(source.problem(("product",), f'no product "{product}"{suggest(product, first.products)}'))
    return problems


class _Known:
    """What can be referred to in one language."""

    def __init__(self, store: Store, entries: Entries, language: str, addresses: frozenset[str] | None) -> None:
        edition = store.editions[language]
        self.records = edition.records
        self.offers = {offer.id: offer for offer in store.offers}
        self.entries = entries
        self.addresses = addresses

    def fault(self, kind: str, name: str, *, strict: bool = False) -> str | None:
        """Return why a name is no thing of a kind; a draft is one unless *strict*."""
        if name in self.records[kind]:
            return None
        entry = self.entries[kind].get(name)
        if entry is not None:  # a draft, or a file with mistakes of its own
            return f'the {kind} "{name}" is a draft; nothing may link to it yet' if strict and entry.draft else None
        same = [full for full in self.entries["category"] if full.rpartition("/")[2] == name]
        if kind == "category" and same:
            return None if len(same) == 1 else f'several categories end in "{name}"; write one of {", ".join(same)}'
        return f'no {kind} "{name}"{suggest(name, self.records[kind])}'

    def link_fault(self, target: str) -> str | None:
        """Return why a link leads nowhere."""
        kind, name, _ = split_reference(target)
        if kind in KINDS:
            return self.fault(kind, name, strict=True)
        if kind == "address":
            good = self.addresses is None or name in self.addresses or f"{name}/" in self.addresses
            if good or name.startswith("/media/"):
                return None
            return f'no page at "{name}"{suggest(name, self.addresses or ())}'
        if kind == "unknown":
            return (
                f'"{target}" leads nowhere; write product:rope-ring, guide:care, page:returns, media/file.pdf, '
                "/guides/, https://…, mailto:… or tel:…"
            )
        return None


def _field_faults(kind: str, record: object, known: _Known) -> Iterator[tuple[Place, str]]:
    for field, target in _LISTED.get(kind, ()):
        for number, name in enumerate(getattr(record, field)):
            if fault := known.fault(target, name):
                yield (field, number), fault
    for field, target in _SINGLE.get(kind, ()):
        name = getattr(record, field)
        if name and (fault := known.fault(target, name)):
            yield (field,), fault
    if isinstance(record, Product):
        yield from _product_faults(record, known)
    if isinstance(record, Home):
        yield from _home_faults(record, known)
    yield from _link_faults(record, known)


def _product_faults(product: Product, known: _Known) -> Iterator[tuple[Place, str]]:
    for name, choice in product.choices.items():
        if choice.guide and (fault := known.fault("guide", choice.guide)):
            yield ("options", name, "guide"), fault
    if product.note and (fault := known.fault("person", product.note.by)):
        yield ("note", "by"), fault
    for number, question in enumerate(product.questions):
        if question.by and (fault := known.fault("person", question.by)):
            yield ("questions", number, "by"), fault


def _home_faults(home: Home, known: _Known) -> Iterator[tuple[Place, str]]:
    for number, section in enumerate(home.sections):
        part = getattr(section, section.kind) if section.kind else None
        inside: Place = ("sections", number, section.kind)
        for field, target in (("products", "product"), ("categories", "category"), ("guides", "guide")):
            for index, name in enumerate(getattr(part, field, ())):
                if fault := known.fault(target, name):
                    yield (*inside, field, index), fault
        for field in ("person", "category"):
            if (name := getattr(part, field, "")) and (fault := known.fault(field, name)):
                yield (*inside, field), fault


def _link_faults(record: object, known: _Known) -> Iterator[tuple[Place, str]]:
    for place, link in links_of(record):
        if link and (fault := known.link_fault(link)):
            yield place, fault


def _text_faults(passage: Passage, source: Source, known: _Known) -> Iterator[Problem]:
    for found in find_references(passage.text):
        if found.picture and passage.line:
            fault: str | None = "a picture can't stand in this line of text"
        elif found.picture:
            fault = _shown_fault(found.target, known)
        else:
            fault = known.link_fault(found.target)
        if fault:
            yield source.text_problem(passage.place, found, fault)


def _shown_fault(target: str, known: _Known) -> str | None:
    kind, name, _ = split_reference(target)
    if kind == "product":
        return known.fault("product", name, strict=True)
    if kind in {"media", "web"}:
        return None
    return f'"{target}" can\'t be shown; write ![words](media/picture.jpg), or ![](product:rope-ring) for a card'


def _site_faults(site: Path, configs: Mapping[str, Config], language: str, known: _Known) -> Iterator[Problem]:
    """Yield menu entries, promises and texts of site.yaml that lead nowhere; translations only where they have any."""
    first = next(iter(configs.values()))
    config = configs[language]
    if config is first and language != next(iter(configs)):
        return
    source = Source(site, "site.yaml" if config is first else f"site.{language}.yaml", {})
    for place, fault in _link_faults(config, known):
        yield source.problem(place, fault)
    for passage in passages_of(config):
        yield from _text_faults(passage, source, known)
