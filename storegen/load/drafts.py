"""Drafts that something refers to. This is no mistake: pages leave the reference out until the draft is published."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet

import msgspec

from storegen.load.entries import Entries, Entry
from storegen.model.content_types import BY_NAME, LINKED
from storegen.model.store import LocalizedContent


class Drafts(msgspec.Struct, frozen=True):
    """The drafts that a build leaves out: their ids by content type, and their files by the address of the page."""

    ids: Mapping[str, AbstractSet[str]] = {}
    addresses: Mapping[str, str] = {}

    def fault(self, kind: str, name: str) -> str | None:
        """Return what happens to a reference to a draft, None for any other reference."""
        if name not in self.ids.get(kind, ()):
            return None
        return f'the {kind} "{name}" is a draft; pages leave this out until it is published'

    def address_fault(self, address: str) -> str | None:
        """Return what happens to a link to the address of a draft, None for any other address."""
        file = self.addresses.get(f"{address.rstrip('/')}/")
        return f"{file} is a draft; pages leave this link out until it is published" if file else None

    def concerns(self, reference: str) -> bool:
        """Return whether a reference in the form of `links.references_of` is one to a draft."""
        kind, _, name = reference.partition(":")
        found = self.address_fault(reference) if reference.startswith("/") else self.fault(kind, name)
        return found is not None

    def linked_addresses(self, references: Iterable[str]) -> frozenset[str]:
        """Return the addresses of drafts among references."""
        places = (f"{each.rstrip('/')}/" for each in references if each.startswith("/")) if self.addresses else ()
        return frozenset(each for each in places if each in self.addresses)


def find_drafts(entries: Entries, localized: Mapping[str, LocalizedContent]) -> Drafts:
    """Return the drafts that are not in the content, because the build leaves drafts out."""
    first = next(iter(localized))
    ids: dict[str, set[str]] = {}
    addresses: dict[str, str] = {}
    for kind in LINKED:
        rows = localized[first].rows[kind]
        for name in [name for name, entry in entries[kind].items() if entry.draft and name not in rows]:
            ids.setdefault(kind, set()).update(_names(kind, name, entries[kind]))
            for language, content in localized.items():
                place = content.addresses.of(kind, _slugs(entries[kind], name, language))
                addresses[place] = entries[kind][name].base.file
    return Drafts(ids, addresses)


def _names(kind: str, name: str, entries: Mapping[str, Entry]) -> tuple[str, ...]:
    """Return the id of a record, and the end of the id where this alone names the record."""
    end = name.rpartition("/")[2]
    alone = BY_NAME[kind].tree and [each.rpartition("/")[2] for each in entries].count(end) == 1
    return (name, end) if alone else (name,)


def _slugs(entries: Mapping[str, Entry], name: str, language: str) -> str:
    """Return the part of a page's address after its type's prefix, in a tree with the slugs from the top down."""
    parts = name.split("/")
    above = ["/".join(parts[: depth + 1]) for depth in range(len(parts))]
    return "/".join(_slug(entries.get(each), part, language) for each, part in zip(above, parts, strict=True))


def _slug(entry: Entry | None, name: str, language: str) -> str:
    if entry is None:
        return name
    translation = entry.translations.get(language)
    return (translation.item.slug if translation else "") or entry.base.item.slug or name
