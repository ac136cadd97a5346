"""The addresses of all pages in one language, for checking links."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from storegen.addresses import address
from storegen.config import MENU, Config
from storegen.model.content_types import CONTENT_TYPES, LINKED
from storegen.model.store import LocalizedContent, Store


def addresses_of(store: Store, configs: Mapping[str, Config], language: str) -> frozenset[str]:
    """Return the addresses of all pages that a text in *language* may link to, in this and in the first language."""
    first = next(iter(configs))
    found: set[str] = set()
    for code in {language, first}:
        for kind in LINKED:
            found.update(address(kind, place, code, first=first) for place in _places(store.localized[code], kind))
        found.update(address(each.name, "", code, first=first) for each in CONTENT_TYPES if each.index)
        found.add(address("page", "cart", code, first=first))
        if configs[first].tracking.carriers:
            found.add(address("page", "track", code, first=first))
        if (
            sum(
                not category.parent and category.status == "published"
                for category in store.localized[code].categories.values()
            )
            > MENU
        ):
            found.add(address("page", "categories", code, first=first))
        found.add(address("home", "", code, first=first) + "feed.xml")
    return frozenset(found)


def _places(content: LocalizedContent, kind: str) -> Iterator[str]:
    """Yield the addresses of a content type's pages, without the type's prefix."""
    for name, row in content.rows[kind].items():
        if row.has_page:
            yield content.slug_path(kind, name)


def types_at(address_: str, language: str, *, first: str) -> frozenset[str]:
    """Return the content types that an address in *language* may belong to: those with the longest matching prefix."""
    found: dict[str, set[str]] = {}
    for code in {language, first}:
        for kind in LINKED:
            prefix = address(kind, "", code, first=first)
            if address_.startswith(prefix):
                found.setdefault(prefix, set()).add(kind)
    return frozenset(found[max(found, key=len)]) if found else frozenset()
