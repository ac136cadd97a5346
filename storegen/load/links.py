"""Checks of all references and links in content and in site.yaml: each must have a target."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Protocol

import msgspec

from storegen.config import Config
from storegen.duties.binding import drawn_pages
from storegen.errors import Problem, suggest
from storegen.fields import FaultyPlaces, describe
from storegen.forms import PAGES
from storegen.load.addressbook import MADE_FOR, addresses_of, pages_made_for, reviewed, types_at
from storegen.load.alignment import aligned
from storegen.load.drafts import Drafts
from storegen.load.entries import Entries, Entry
from storegen.load.hidden import HAS_PAGE, Hidden
from storegen.load.sources import Source, site_file
from storegen.load.translations import is_written
from storegen.load.videos import video_faults
from storegen.markdown.links import find_references
from storegen.model.clip import hosted
from storegen.model.content_types import BY_NAME, LINKED
from storegen.model.fields import Fields, Found, fields_of
from storegen.model.form_target import NAMED_ONLY
from storegen.model.origin import is_address
from storegen.model.picture import is_remote
from storegen.model.product import SEVERAL as SEVERAL_PRODUCTS
from storegen.model.review import is_person_id
from storegen.model.rows import Row
from storegen.model.sections import Addresses
from storegen.model.store import Store
from storegen.model.text import LinkTarget, MarkdownText, Ref
from storegen.outputs import digest, encode
from storegen.references import DRAWN, FORM, VIDEO, Reference, split_reference
from storegen.yaml import Place

_WORD_QUOTES = re.compile(r"^[“”„]|[“”]$")
# The faults of links to pages of MADE_FOR that are not there.
_LACKING = {
    "products": f"there is no list of products; it needs more than {SEVERAL_PRODUCTS}",
    "brands": "there is no list of brands; it needs two files in content/brands",
    "endorsements": "there is no page of endorsements; it needs a file in content/endorsements",
}
_NO_ADDRESS = "expected a picture's address like https://example.com/ring.jpg, found {}"


def check_references(
    entries: Entries,
    rows: Mapping[str, Mapping[str, Row]],
    targets: Targets,
    changed: Mapping[str, AbstractSet[str]] | None = None,
) -> list[Problem]:
    """Return all broken references of one language's records, in fields and in texts.

    *rows* are the records by content type and id. With *changed*, only these records are checked, because all others
    are known to be right. Without it, all records with a reference that is not in `Targets.good` are checked.
    """
    problems: list[Problem] = []
    for kind, found in rows.items():
        if changed is None:
            candidates = [name for name, row in found.items() if not targets.good.issuperset(row.references)]
        else:
            candidates = sorted(changed[kind] & found.keys())
        for identity in candidates:
            record = targets.record(kind, identity)
            problems += check_record(entries[kind][identity], record, targets.language, targets)
    return problems


def check_record(entry: Entry, record: msgspec.Struct, language: str, names: Names) -> Iterator[Problem]:
    """Yield what *names* finds wrong with the references of one record, in fields and in texts."""
    fields = fields_of(record)
    for place, fault in _field_faults(fields, names):
        yield from entry.source(language, place).problems([(place, fault)])
    for text in fields.markdown:
        source = entry.source(language, text.place)
        yield from _text_problems(text, source, names)
        yield from (source.text_problem(text.place, found, fault) for found, fault in video_faults(record, text))


def check_reviews(
    sources: Iterable[Source], entries: Entries, store: Store, unknown: AbstractSet[str]
) -> Iterator[Problem]:
    """Yield the reviews whose product doesn't exist, and the replies of people who don't exist.

    *unknown* are the content types of which some ids are not known, because a file can't be read.
    """
    for source in sources:
        product = source.data.get("product")
        if "product" not in unknown and isinstance(product, str) and product not in entries["product"]:
            yield source.problem(("product",), f'no product "{product}"{suggest(product, store.home.products)}')
        reply = source.data.get("reply")
        by = reply.get("by") if isinstance(reply, dict) else None
        if "person" not in unknown and isinstance(by, str) and is_person_id(by) and by not in entries["person"]:
            remedy = "write the id of a person in content/people, or the name with a capital letter"
            yield source.problem(("reply", "by"), f'no person "{by}"{suggest(by, entries["person"])}; {remedy}')


def references_of(fields: Fields) -> tuple[str, ...]:
    """Return the references of a record, each as one word. `Targets.good` contains the word if the target exists.

    The references are collected by the same checks that report broken ones.
    """
    notes = _Notes()
    faults = [*_field_faults(fields, notes), *(fault for text in fields.markdown for fault in _faults_in(text, notes))]
    if faults:
        notes.found["?"] = None  # a mistake in the record itself, independent of any target
    return tuple(notes.found)


class Names(Protocol):
    """Answers the checks whether the target of a name or a link exists."""

    def fault(self, kind: str, name: str) -> str | None:
        """Return why a name is not a record of a content type, or None."""
        ...

    def address_fault(self, address: str) -> str | None:
        """Return why an address is not a page of this shop, or None."""
        ...


class _Notes:
    """Recorder of names. It reports no mistakes."""

    def __init__(self) -> None:
        self.found: dict[str, None] = {}

    def fault(self, kind: str, name: str) -> str | None:
        """Note the name, and report no fault."""
        self.found[f"{kind}:{name}"] = None
        return None

    def address_fault(self, address: str) -> str | None:
        """Note the address, and report no fault."""
        self.found[address] = None
        return None


class Targets:
    """All targets of references in one language.

    Targets that may be *hidden* by mistakes in content count as good. *hidden* is None if there are no mistakes.
    """

    def __init__(
        self,
        store: Store,
        entries: Entries,
        configs: Mapping[str, Config],
        language: str,
        hidden: Hidden | None,
        drafts: Drafts,
    ) -> None:
        self.language = language
        self.entries = entries
        self._store, self._configs, self._drafts = store, configs, drafts
        self._complete, self._hidden = hidden is None, hidden or Hidden()
        self._records = store.localized[language].records
        self._rows = store.localized[language].rows
        self._tracked = bool(next(iter(configs.values())).tracking.carriers)
        self._tracked |= self._hidden.site.touches("tracking.carriers")
        self._forms = self._forms_of(next(iter(configs.values())))
        self._drawn = drawn_pages(next(iter(configs.values())))
        made, unsure = pages_made_for(store.localized[language]), self._hidden.ids
        self._made_for = tuple(page for page, kind in MADE_FOR.items() if page in made or kind in unsure)
        self._ends = {kind: _ends(entries[kind]) for kind in LINKED if BY_NAME[kind].tree}

    def _forms_of(self, config: Config) -> tuple[str, ...]:
        unsure = self._hidden.site.touches("forms", "company.email")
        return tuple(kind for kind in PAGES if unsure or config.form_address(kind))

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
        """The fingerprint of all data that decides whether references are good, or None if there are mistakes."""
        if not self._complete:
            return None
        first = next(iter(self._configs))
        parts: list[object] = [
            self.language,
            first,
            self._tracked,
            self._forms,
            sorted(self._drawn),
            self._made_for,
            *self._languages,
        ]
        parts += ["\n".join(entries) for entries in self.entries.values()]
        parts.append("\n".join(reviewed(self._store)))
        for language in dict.fromkeys((first, self.language)):
            for rows in self._store.localized[language].rows.values():
                parts += ["\n".join(rows), "\n".join([row.slug for row in rows.values()])]
                parts.append([name for name, row in rows.items() if not row.has_page])
        return digest(encode(parts))

    @functools.cached_property
    def good(self) -> frozenset[str]:
        """All results of `references_of` whose targets exist. Other references are checked one by one."""
        named = (f"{kind}:{name}" for kind in LINKED for name in self.entries[kind] if self._linkable(kind, name))
        ends = (
            f"{kind}:{end}" for kind, found in self._ends.items() for end, names in found.items() if len(names) == 1
        )
        tracked = ("track:",) if self._tracked else ()
        forms = (f"{FORM}:{kind}" for kind in self._forms)
        drawn = (f"{each}:" for each in self._drawn)
        made = (f"{each}:" for each in self._made_for)
        return frozenset((*named, *ends, *tracked, *forms, *drawn, *made, *self.addresses))

    @property
    def _languages(self) -> tuple[Addresses, ...]:
        """The addresses of this and of the first language."""
        return self._store.localized[self.language].addresses, self._store.home.addresses

    def _linkable(self, kind: str, name: str) -> bool:
        row = self._rows[kind].get(name)
        return row is None or row.has_page

    def fault(self, kind: str, name: str) -> str | None:
        """Return why a name is no record of a content type, None if it is one. Drafts are records too."""
        if kind == VIDEO:  # its record has it or not
            return None
        if kind == FORM:
            return None if name in self._forms else _form_fault(name)
        if kind in {"track", *MADE_FOR, *DRAWN}:
            return self._made_fault(kind)
        entry = self.entries[kind].get(name)
        if (row := self._rows[kind].get(name)) is not None:
            if row.has_page or (entry is not None and entry.base.faulty_places.touches(*HAS_PAGE)):
                return None
            return f'the {kind} "{name}" has no page to link to; give it "page: yes"'
        if entry is not None:  # a draft, or a file with mistakes
            return None
        if same := self._ends.get(kind, {}).get(name, []):
            several = f'several {BY_NAME[kind].folder} end in "{name}"; write one of {", ".join(same)}'
            return None if len(same) == 1 else several
        if kind in self._hidden.ids or name.rpartition("/")[2] in self._hidden.stray:
            return None
        return f'no {kind} "{name}"{suggest(name, self._rows[kind])}'

    def _made_fault(self, kind: str) -> str | None:
        """Return why the shop doesn't have a page that is made without a file of its own, None if it has it."""
        if kind == "track":
            lacking = "there is no tracking page; name your carriers in tracking.carriers of site.yaml"
            return None if self._tracked else lacking
        if kind in MADE_FOR:
            return None if kind in self._made_for else _LACKING[kind]
        if kind in self._drawn or self._hidden.site.touches("company.country", "delivery", "duties"):
            return None
        return f"there is no page {kind}; no duty of the law asks this shop for it (storegen check --duties)"

    def address_fault(self, address: str) -> str | None:
        """Return why an address is no page of this shop, None if it is one."""
        if address in self.addresses or f"{address}/" in self.addresses or self._may_be(address):
            return None
        if self._drafts.address_fault(address):
            return None
        return f'no page at "{address}"{suggest(address, self.addresses)}'

    def _may_be(self, address: str) -> bool:
        """Return whether an address may be that of a page hidden by a mistake."""
        name = address.rstrip("/").rpartition("/")[2]
        return (
            name in self._hidden.stray
            or self._hidden.site.touches("languages", "addresses")
            or (address.rstrip("/") in {each.of("track").rstrip("/") for each in self._languages} and self._tracked)
            or not self._hidden.addresses.isdisjoint(types_at(address, self._languages))
        )


def _form_fault(name: str) -> str:
    if name not in PAGES:
        return f'no form "{name}"{suggest(name, PAGES)} (there are {", ".join(PAGES)})'
    company = "" if name in NAMED_ONLY else "company.email or "
    return f"the shop has no form {name}; write {company}forms.{name} in site.yaml"


def _ends(names: Iterable[str]) -> Mapping[str, list[str]]:
    """Return the ids of a tree, grouped by their last part."""
    found: dict[str, list[str]] = {}
    for name in names:
        found.setdefault(name.rpartition("/")[2], []).append(name)
    return found


def link_fault(target: str, names: Names) -> str | None:
    """Return why a link is broken, or None."""
    kind, name, _ = split_reference(target)
    if _WORD_QUOTES.search(target):
        return f'"{target}" has the quotes of a word processor; write the address without them, and a title in "…"'
    if kind == VIDEO:
        return f"write ![]({target}) in a line of its own; a video is shown, not linked"
    if kind in LINKED or kind == FORM:
        return names.fault(kind, name)
    if kind == "address":
        return names.address_fault(name)
    if kind in {"track", *MADE_FOR, *DRAWN}:
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
        if fault := link_fault(target, names):
            yield place, fault
    yield from media_faults(fields)


def media_faults(fields: Fields) -> Iterator[tuple[Place, str]]:
    """Yield the pictures on other hosts whose address can't stand in the content-security policy."""
    for place, file, _ in fields.media:
        if is_remote(file) and not is_address(file):
            yield place, _NO_ADDRESS.format(describe(file))


def _text_problems(text: Found, source: Source, names: Names) -> Iterator[Problem]:
    for found, fault in () if source.faulty_places.covers(text.place) else _faults_in(text, names):
        yield source.text_problem(text.place, found, fault)


def _faults_in(text: Found, names: Names) -> Iterator[tuple[Reference, str]]:
    inline = isinstance(text.role, MarkdownText) and text.role.inline
    for found in find_references(text.text):
        if found.picture and inline:
            fault: str | None = "a picture isn't allowed in this line of text"
        elif found.picture:
            fault = _shown_fault(found.target, names)
        else:
            fault = link_fault(found.target, names)
        if fault:
            yield found, fault


def _shown_fault(target: str, names: Names) -> str | None:
    kind, name, _ = split_reference(target)
    if kind in {"product", FORM, VIDEO}:
        return names.fault(kind, name)
    if kind == "web" and hosted(target):
        return f'a video belongs in videos, as file: "{target}"; the text then shows it with ![](video:1)'
    if kind == "media" or (kind == "web" and is_address(target)):
        return None
    if kind == "web":
        return _NO_ADDRESS.format(describe(target))
    parts = "![](product:rope-ring) for a card, ![](video:1) for a video, or ![](form:newsletter) for a form"
    return f'"{target}" can\'t be shown; write ![words](media/picture.jpg), {parts}'


def check_site(
    site: Path, configs: Mapping[str, Config], language: str, names: Names, faulty_places: FaultyPlaces
) -> Iterator[Problem]:
    """Yield broken links in menu entries, promises and texts of site.yaml. In translations, only their fields count."""
    first = next(iter(configs.values()))
    config = configs[language]
    if config is first and language != next(iter(configs)):
        return
    source = Source(site, "site.yaml", {}, faulty_places=faulty_places)
    written = None
    if config is not first:  # what the translation lacks belongs to site.yaml
        translation = Source(site, site_file(site, language), None, faulty_places=faulty_places)
        source, _ = aligned(Source(site, "site.yaml", None).data, translation, Config)
        written = source.data
    fields = fields_of(config)
    faults = _field_faults(fields, names)
    yield from source.problems(fault for fault in faults if written is None or is_written(written, fault[0]))
    for text in fields.markdown:
        if written is None or is_written(written, text.place):
            yield from _text_problems(text, source, names)
