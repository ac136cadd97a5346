"""References and links of all content and of site.yaml: each must lead somewhere."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Protocol

import msgspec

from storegen.config import Config
from storegen.errors import Problem, suggest
from storegen.fields import FaultyPlaces, describe
from storegen.load.addressbook import addresses_of, types_at
from storegen.load.entries import Entries
from storegen.load.hidden import HAS_PAGE, Hidden
from storegen.load.sources import Source
from storegen.model.content_types import BY_NAME, LINKED
from storegen.model.fields import Fields, Found, fields_of
from storegen.model.origin import is_address
from storegen.model.picture import is_remote
from storegen.model.rows import Row
from storegen.model.store import Store
from storegen.model.text import LinkTarget, MarkdownText, Ref
from storegen.outputs import digest, encode
from storegen.references import Reference, find_references, split_reference
from storegen.yaml import Place

_NO_ADDRESS = "expected a picture's address like https://example.com/ring.jpg, found {}"


def check_references(
    entries: Entries,
    rows: Mapping[str, Mapping[str, Row]],
    targets: Targets,
    changed: Mapping[str, AbstractSet[str]] | None = None,
) -> list[Problem]:
    """Return every reference of one language's records, in fields and in texts, that leads nowhere.

    *rows* are the records by content type and id. With *changed*, all others are known to be right, and only these are
    checked; without, those whose references are not all good.
    """
    problems: list[Problem] = []
    for kind, found in rows.items():
        if changed is None:
            candidates = [name for name, row in found.items() if not targets.good.issuperset(row.references)]
        else:
            candidates = sorted(changed[kind] & found.keys())
        for identity in candidates:
            entry, fields = entries[kind][identity], fields_of(targets.record(kind, identity))
            for place, fault in _field_faults(fields, targets):
                problems += entry.source(targets.language, place).problems([(place, fault)])
            for text in fields.markdown:
                problems += _text_problems(text, entry.source(targets.language, text.place), targets)
    return problems


def check_reviews(sources: Iterable[Source], entries: Entries, store: Store) -> Iterator[Problem]:
    """Yield the reviews of products that are not there."""
    first = next(iter(store.localized.values()))
    for source in sources:
        product = source.data.get("product")
        if isinstance(product, str) and product not in entries["product"]:
            yield source.problem(("product",), f'no product "{product}"{suggest(product, first.products)}')


def references_of(fields: Fields) -> tuple[str, ...]:
    """Return what a record refers to, each as one word that `Targets.good` holds if it leads somewhere.

    They are found by the very checks that would report them.
    """
    notes = _Notes()
    faults = [*_field_faults(fields, notes), *(fault for text in fields.markdown for fault in _faults_in(text, notes))]
    if faults:
        notes.found["?"] = None  # a mistake of itself, wherever it leads
    return tuple(notes.found)


class Names(Protocol):
    """What the checks ask: whether a name, or a link, leads somewhere."""

    def fault(self, kind: str, name: str, *, strict: bool = False) -> str | None:
        """Return why a name is no record of a content type; a draft is one unless *strict*."""
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


class Targets:
    """Everything that can be referred to in one language.

    What mistakes in the content have *hidden* counts as good; None where there are no mistakes.
    """

    def __init__(
        self,
        store: Store,
        entries: Entries,
        configs: Mapping[str, Config],
        language: str,
        hidden: Hidden | None,
    ) -> None:
        self.language = language
        self.entries = entries
        self._store, self._configs = store, configs
        self._complete, self._hidden = hidden is None, hidden or Hidden()
        self._records = store.localized[language].records
        self._rows = store.localized[language].rows
        self._tracked = bool(next(iter(configs.values())).tracking.carriers)
        self._tracked |= self._hidden.site.touches("tracking.carriers")
        self._ends = {kind: _ends(entries[kind]) for kind in LINKED if BY_NAME[kind].tree}

    def record(self, kind: str, identity: str) -> msgspec.Struct:
        """Return a record."""
        found: msgspec.Struct = self._records[kind][identity]
        return found

    @functools.cached_property
    def addresses(self) -> frozenset[str]:
        """The known addresses of pages that a text may link to."""
        return addresses_of(self._store, self._configs, self.language)

    @functools.cached_property
    def fingerprint(self) -> bytes | None:
        """A fingerprint of everything that `good` and the faults are made of; None where that is not complete."""
        if not self._complete:
            return None
        first = next(iter(self._configs))
        parts: list[object] = [self.language, first, self._tracked]
        parts += ["\n".join(entries) for entries in self.entries.values()]
        for language in dict.fromkeys((first, self.language)):
            for rows in self._store.localized[language].rows.values():
                parts += ["\n".join(rows), "\n".join([row.slug for row in rows.values()])]
                parts.append([name for name, row in rows.items() if not row.has_page])
        return digest(encode(parts))

    @functools.cached_property
    def good(self) -> frozenset[str]:
        """Everything that `references_of` may return and that leads somewhere; the rest is looked at one by one."""
        drafts = (f"{kind}:{name}" for kind in LINKED for name in self.entries[kind] if self._linkable(kind, name))
        public = (f"{kind}!{name}" for kind in LINKED for name, row in self._rows[kind].items() if row.has_page)
        ends = (
            f"{kind}{sign}{end}"
            for kind, found in self._ends.items()
            for end, names in found.items()
            if len(names) == 1
            for sign in ":!"
        )
        tracked = ("track:",) if self._tracked else ()
        return frozenset((*drafts, *public, *ends, *tracked, *self.addresses))

    def _linkable(self, kind: str, name: str) -> bool:
        row = self._rows[kind].get(name)
        return row is None or row.has_page

    def fault(self, kind: str, name: str, *, strict: bool = False) -> str | None:
        if kind == "track":
            lacking = "there is no tracking page; name your carriers in tracking.carriers of site.yaml"
            return None if self._tracked else lacking
        entry = self.entries[kind].get(name)
        if (row := self._rows[kind].get(name)) is not None:
            if row.has_page or (entry is not None and entry.base.faulty_places.touches(*HAS_PAGE)):
                return None
            return f'the {kind} "{name}" has no page to link to; give it "page: yes"'
        if entry is not None:  # a draft, or a file with mistakes of its own
            return f'the {kind} "{name}" is a draft; nothing may link to it yet' if strict and entry.draft else None
        if same := self._ends.get(kind, {}).get(name, []):
            several = f'several {BY_NAME[kind].folder} end in "{name}"; write one of {", ".join(same)}'
            return None if len(same) == 1 else several
        if kind in self._hidden.ids or name.rpartition("/")[2] in self._hidden.stray:
            return None
        return f'no {kind} "{name}"{suggest(name, self._rows[kind])}'

    def address_fault(self, address: str) -> str | None:
        if address in self.addresses or f"{address}/" in self.addresses or self._may_be(address):
            return None
        return f'no page at "{address}"{suggest(address, self.addresses)}'

    def _may_be(self, address: str) -> bool:
        """Say whether the page at an address may be one that a mistake hides."""
        name = address.rstrip("/").rpartition("/")[2]
        return (
            name in self._hidden.stray
            or self._hidden.site.touches("languages")
            or (name == "track" and self._tracked)
            or not self._hidden.addresses.isdisjoint(types_at(address, self.language, first=next(iter(self._configs))))
        )


def _ends(names: Iterable[str]) -> Mapping[str, list[str]]:
    """Return the ids of a tree by their last part."""
    found: dict[str, list[str]] = {}
    for name in names:
        found.setdefault(name.rpartition("/")[2], []).append(name)
    return found


def _link_fault(target: str, names: Names) -> str | None:
    """Return why a link leads nowhere."""
    kind, name, _ = split_reference(target)
    if kind in LINKED:
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


def _field_faults(fields: Fields, names: Names) -> Iterator[tuple[Place, str]]:
    for place, name, role in fields.references:
        if isinstance(role, Ref) and (fault := names.fault(role.type, name)):
            yield place, fault
    for place, link, role in fields.links:
        target = link.partition("?")[0] if isinstance(role, LinkTarget) and role.query else link
        if fault := _link_fault(target, names):
            yield place, fault
    for place, file, _ in fields.media:  # an address without an origin can't be named in the content-security policy
        if is_remote(file) and not is_address(file):
            yield place, _NO_ADDRESS.format(describe(file))


def _text_problems(text: Found, source: Source, names: Names) -> Iterator[Problem]:
    for found, fault in () if source.faulty_places.covers(text.place) else _faults_in(text, names):
        yield source.text_problem(text.place, found, fault)


def _faults_in(text: Found, names: Names) -> Iterator[tuple[Reference, str]]:
    inline = isinstance(text.role, MarkdownText) and text.role.inline
    for found in find_references(text.text):
        if found.picture and inline:
            fault: str | None = "a picture can't stand in this line of text"
        elif found.picture:
            fault = _shown_fault(found.target, names)
        else:
            fault = _link_fault(found.target, names)
        if fault:
            yield found, fault


def _shown_fault(target: str, names: Names) -> str | None:
    kind, name, _ = split_reference(target)
    if kind == "product":
        return names.fault("product", name, strict=True)
    if kind == "media" or (kind == "web" and is_address(target)):
        return None
    if kind == "web":
        return _NO_ADDRESS.format(describe(target))
    return f'"{target}" can\'t be shown; write ![words](media/picture.jpg), or ![](product:rope-ring) for a card'


def check_site(
    site: Path, configs: Mapping[str, Config], language: str, names: Names, faulty_places: FaultyPlaces
) -> Iterator[Problem]:
    """Yield menu entries, promises and texts of site.yaml that lead nowhere; translations only where they have any."""
    first = next(iter(configs.values()))
    config = configs[language]
    if config is first and language != next(iter(configs)):
        return
    source = Source(site, "site.yaml" if config is first else f"site.{language}.yaml", {}, faulty_places=faulty_places)
    fields = fields_of(config)
    written = None if config is first else Source(site, source.file, None).data  # the rest is said of site.yaml
    faults = _field_faults(fields, names)
    yield from source.problems(fault for fault in faults if written is None or fault[0][0] in written)
    for text in fields.markdown:
        if written is None or text.place[0] in written:
            yield from _text_problems(text, source, names)
