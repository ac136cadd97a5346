"""The addresses of all pages in one language, for checking links."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from storegen.config import MENU, Config
from storegen.duties.binding import drawn_pages
from storegen.forms import KINDS, PAGES
from storegen.model.brand import SEVERAL as SEVERAL_BRANDS
from storegen.model.content_types import CONTENT_TYPES, INDEXES, LINKED
from storegen.model.product import SEVERAL as SEVERAL_PRODUCTS
from storegen.model.review import SEVERAL
from storegen.model.sections import Addresses
from storegen.model.store import LocalizedContent, Store

# Pages that storegen makes for several records together, each with their content type.
MADE_FOR = {"products": "product", "brands": "brand", "endorsements": "endorsement"}


def addresses_of(store: Store, configs: Mapping[str, Config], language: str) -> frozenset[str]:
    """Return the addresses of all pages that a text in *language* may link to, in this and in the first language."""
    first = next(iter(configs))
    found: set[str] = set()
    for code in {language, first}:
        addresses = store.localized[code].addresses
        for kind in LINKED:
            found.update(addresses.of(kind, place) for place in _places(store.localized[code], kind))
        found.update(addresses.of(each.name) for each in CONTENT_TYPES if each.index and each.index not in MADE_FOR)
        found.update(addresses.of(INDEXES.get(page, page)) for page in pages_made_for(store.localized[code]))
        found.update(addresses.of(each) for each in ("cart", "saved"))
        found.update(
            addresses.of("reviews", store.localized[code].slug_path("product", name)) for name in reviewed(store)
        )
        if configs[first].tracking.carriers:
            found.add(addresses.of("track"))
        found.update(addresses.of("form", KINDS[kind].slug) for kind in PAGES if configs[first].form_address(kind))
        found.update(addresses.of(each) for each in drawn_pages(configs[first]))
        if (
            sum(
                not category.parent and category.status == "published"
                for category in store.localized[code].categories.values()
            )
            > MENU
        ):
            found.add(addresses.of("categories"))
        found.add(f"{addresses.of('home')}feed.xml")
    return frozenset(found)


def reviewed(store: Store) -> Iterator[str]:
    """Yield the ids of the products that have a page of reviews."""
    return (name for name, row in store.reviews.rows.items() if sum(row.stars) > SEVERAL)


def pages_made_for(content: LocalizedContent) -> tuple[str, ...]:
    """Return the pages of MADE_FOR that this shop has."""

    def listed(kind: str) -> int:
        return sum(row.status == "published" for row in content.rows[kind].values())

    there = {
        "products": listed("product") > SEVERAL_PRODUCTS,
        "brands": listed("brand") >= SEVERAL_BRANDS,
        "endorsements": bool(content.rows["endorsement"]),
    }
    return tuple(name for name in MADE_FOR if there[name])


def _places(content: LocalizedContent, kind: str) -> Iterator[str]:
    """Yield the addresses of a content type's pages, without the type's prefix."""
    for name, row in content.rows[kind].items():
        if row.has_page:
            yield content.slug_path(kind, name)


def types_at(address: str, languages: Iterable[Addresses]) -> frozenset[str]:
    """Return the content types that an address in these *languages* may belong to: those with the longest start."""
    found: dict[str, set[str]] = {}
    for addresses in languages:
        for kind in LINKED:
            start = addresses.of(kind)
            if address.startswith(start):
                found.setdefault(start, set()).add(kind)
    return frozenset(found[max(found, key=len)]) if found else frozenset()
