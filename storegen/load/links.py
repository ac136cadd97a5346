"""References and links of all content and of site.yaml: each must lead somewhere."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from storegen.config import Config
from storegen.errors import Problem, suggest
from storegen.fields import describe
from storegen.load.addressbook import addresses_of
from storegen.load.places import Passage, images_of, links_of, passages_of
from storegen.load.sources import Source
from storegen.model.home import Home
from storegen.model.offer import Offer
from storegen.model.origin import is_address
from storegen.model.picture import as_image
from storegen.model.product import Product
from storegen.model.rows import Row
from storegen.model.store import Store
from storegen.outputs import digest, encode
from storegen.references import KINDS, Reference, find_references, split_reference

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
    "offer": (
        ("products", "product"),
        ("categories", "category"),
        ("excluding", "product"),
        ("reduced", "product"),
        ("samples", "product"),
    ),
}
_SINGLE = {
    "category": (("guide", "guide"),),
    "guide": (("author", "person"),),
    "post": (("author", "person"),),
    "offer": (("gift", "product"),),
}

_NO_ADDRESS = "expected a picture's address like https://example.com/ring.jpg, found {}"


def check_references(
    entries: Entries,
    rows: Mapping[str, Mapping[str, Row]],
    known: Known,
    changed: Mapping[str, AbstractSet[str]] | None = None,
) -> list[Problem]:
    """Return every reference of one language's records, in fields and in texts, that leads nowhere.

    *rows* are the records by kind and id. Only those that have *changed* are looked at where the others are known to be
    right; where that is not known, those whose needs are not all met.
    """
    problems: list[Problem] = []
    for kind, found in rows.items():
        if changed is None:
            suspects = [name for name, row in found.items() if not known.good.issuperset(row.needs)]
        else:
            suspects = sorted(changed[kind] & found.keys())
        for identity in suspects:
            entry, record = entries[kind][identity], known.record(kind, identity)
            for place, fault in _field_faults(kind, record, known):
                problems.append(entry.source(known.language, place).problem(place, fault))
            for passage in passages_of(record):
                problems += _text_faults(passage, entry.source(known.language, passage.place), known)
    return problems


def check_reviews(sources: Iterable[Source], entries: Entries, store: Store) -> Iterator[Problem]:
    """Yield the reviews of products that are not there."""
    first = next(iter(store.editions.values()))
    for source in sources:
        product = source.data.get("product")
        if isinstance(product, str) and product not in entries["product"]:
            yield source.problem(("product",), f'no product "{product}"{suggest(product, first.products)}')


def needs_of(kind: str, record: object) -> tuple[str, ...]:
    """Return what a record refers to, each as one word that `Known.good` holds where it leads somewhere.

    They are found by the very checks that would report them.
    """
    notes = _Notes()
    for _ in _field_faults(kind, record, notes):
        notes.found["?"] = None  # a mistake of itself, wherever it leads
    for passage in passages_of(record):
        for _ in _faults_in(passage, notes):
            notes.found["?"] = None
    return tuple(notes.found)


class Names(Protocol):
    """What the checks ask: whether a name, or a link, leads somewhere."""

    def fault(self, kind: str, name: str, *, strict: bool = False) -> str | None:
        """Return why a name is no thing of a kind; a draft is one unless *strict*."""
        ...

    def address_fault(self, address: str) -> str | None:
        """Return why an address is no page of this shop."""
        ...


class _Notes:
    """Names that are only noted."""

    def __init__(self) -> None:
        self.found: dict[str, None] = {}

    def fault(self, kind: str, name: str, *, strict: bool = False) -> str | None:
        self.found[f"{kind}{'!' if strict else ':'}{name}"] = None
        return None

    def address_fault(self, address: str) -> str | None:
        self.found[address] = None
        return None


class Known:
    """What can be referred to in one language.

    Where the store is not *complete*, because some files could not be read, addresses are taken as good.
    """

    def __init__(
        self, store: Store, entries: Entries, configs: Mapping[str, Config], language: str, *, complete: bool
    ) -> None:
        self.language = language
        self.entries = entries
        self._store, self._configs, self._complete = store, configs, complete
        self._records = store.editions[language].records
        self._tracked = bool(next(iter(configs.values())).tracking.carriers)
        self._campaigns = {campaign.id: campaign for campaign in store.campaigns}
        self._ends = _ends(entries["category"])

    def record(self, kind: str, identity: str) -> object:
        """Return a record."""
        return self._campaigns[identity] if kind == "campaign" else self._records[kind][identity]

    @functools.cached_property
    def addresses(self) -> frozenset[str] | None:
        """The addresses of all pages that a text may link to, where they are known."""
        return addresses_of(self._store, self._configs, self.language) if self._complete else None

    @functools.cached_property
    def stamp(self) -> bytes | None:
        """What stands for all that `good` and the faults are made of; None where that is not complete."""
        if not self._complete:
            return None
        first = next(iter(self._configs))
        parts: list[object] = [self.language, first, self._tracked]
        parts += ["\n".join(entries) for entries in self.entries.values()]
        for language in dict.fromkeys((first, self.language)):
            edition = self._store.editions[language]
            for rows in edition.rows.values():
                parts += ["\n".join(rows), "\n".join([row.slug for row in rows.values()])]
            parts.append([name for name, offer in edition.offers.items() if offer.has_page])
        return digest(encode(parts))

    @functools.cached_property
    def good(self) -> frozenset[str]:
        """Everything that `needs_of` may return and that leads somewhere; other needs are looked at one by one."""
        drafts = (f"{kind}:{name}" for kind in KINDS for name in self.entries[kind] if kind != "offer")
        published = (f"{kind}!{name}" for kind in KINDS for name in self._records[kind] if kind != "offer")
        ends = (f"category{sign}{end}" for end, names in self._ends.items() if len(names) == 1 for sign in ":!")
        tracked = ("track:",) if self._tracked else ()
        return frozenset((*drafts, *published, *ends, *tracked, *(self.addresses or ())))

    def fault(self, kind: str, name: str, *, strict: bool = False) -> str | None:
        if kind == "track":
            lacking = "there is no tracking page; name your carriers in tracking.carriers of site.yaml"
            return None if self._tracked else lacking
        if name in self._records[kind]:
            record = self._records[kind][name]
            bare = isinstance(record, Offer) and not record.has_page
            return f'the offer "{name}" has no page to link to; give it "page: yes"' if bare else None
        entry = self.entries[kind].get(name)
        if entry is not None:  # a draft, or a file with mistakes of its own
            return f'the {kind} "{name}" is a draft; nothing may link to it yet' if strict and entry.draft else None
        same = self._ends.get(name, [])
        if kind == "category" and same:
            return None if len(same) == 1 else f'several categories end in "{name}"; write one of {", ".join(same)}'
        return f'no {kind} "{name}"{suggest(name, self._records[kind])}'

    def address_fault(self, address: str) -> str | None:
        if self.addresses is None or address in self.addresses or f"{address}/" in self.addresses:
            return None
        return f'no page at "{address}"{suggest(address, self.addresses or ())}'


def _ends(names: Iterable[str]) -> Mapping[str, list[str]]:
    """Return the categories by the last part of their ids."""
    found: dict[str, list[str]] = {}
    for name in names:
        found.setdefault(name.rpartition("/")[2], []).append(name)
    return found


def _link_fault(target: str, names: Names) -> str | None:
    """Return why a link leads nowhere."""
    kind, name, _ = split_reference(target)
    if kind in KINDS:
        return names.fault(kind, name, strict=True)
    if kind == "address":
        return names.address_fault(name)
    if kind == "track":
        return names.fault(kind, "")
    if kind == "unknown":
        return (
            f'"{target}" leads nowhere; write product:rope-ring, guide:care, page:returns, media/file.pdf, '
            "/guides/, https://…, mailto:… or tel:…"
        )
    return None


def _field_faults(kind: str, record: object, known: Names) -> Iterator[tuple[Place, str]]:
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
    yield from _image_faults(record)


def _image_faults(record: object) -> Iterator[tuple[Place, str]]:
    """Yield the pictures on the web whose address has no origin that the content-security policy could name."""
    for place, named in images_of(record):
        image = as_image(named)
        if image.remote and not is_address(image.file):
            yield place, _NO_ADDRESS.format(describe(image.file))


def _product_faults(product: Product, known: Names) -> Iterator[tuple[Place, str]]:
    for name, choice in product.choices.items():
        if choice.guide and (fault := known.fault("guide", choice.guide)):
            yield ("options", name, "guide"), fault
    if product.note and (fault := known.fault("person", product.note.by)):
        yield ("note", "by"), fault
    for number, question in enumerate(product.questions):
        if question.by and (fault := known.fault("person", question.by)):
            yield ("questions", number, "by"), fault


def _home_faults(home: Home, known: Names) -> Iterator[tuple[Place, str]]:
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


def _link_faults(record: object, known: Names) -> Iterator[tuple[Place, str]]:
    for place, link in links_of(record):
        if link and (fault := _link_fault(link, known)):
            yield place, fault


def _text_faults(passage: Passage, source: Source, known: Names) -> Iterator[Problem]:
    for found, fault in _faults_in(passage, known):
        yield source.text_problem(passage.place, found, fault)


def _faults_in(passage: Passage, known: Names) -> Iterator[tuple[Reference, str]]:
    for found in find_references(passage.text):
        if found.picture and passage.line:
            fault: str | None = "a picture can't stand in this line of text"
        elif found.picture:
            fault = _shown_fault(found.target, known)
        else:
            fault = _link_fault(found.target, known)
        if fault:
            yield found, fault


def _shown_fault(target: str, known: Names) -> str | None:
    kind, name, _ = split_reference(target)
    if kind == "product":
        return known.fault("product", name, strict=True)
    if kind == "media" or (kind == "web" and is_address(target)):
        return None
    if kind == "web":
        return _NO_ADDRESS.format(describe(target))
    return f'"{target}" can\'t be shown; write ![words](media/picture.jpg), or ![](product:rope-ring) for a card'


def check_site(site: Path, configs: Mapping[str, Config], language: str, known: Names) -> Iterator[Problem]:
    """Yield menu entries, promises and texts of site.yaml that lead nowhere; translations only where they have any."""
    first = next(iter(configs.values()))
    config = configs[language]
    if config is first and language != next(iter(configs)):
        return
    source = Source(site, "site.yaml" if config is first else f"site.{language}.yaml", {})
    for place, fault in (*_link_faults(config, known), *_image_faults(config)):
        yield source.problem(place, fault)
    for passage in passages_of(config):
        yield from _text_faults(passage, source, known)
