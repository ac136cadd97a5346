"""Every address that the shop answers in one language, for checking links."""

from __future__ import annotations

from collections.abc import Mapping

from storegen.addresses import address
from storegen.config import Config
from storegen.model.article import Article, CompanyPage, Person
from storegen.model.rows import Row
from storegen.model.store import Store


def addresses_of(store: Store, configs: Mapping[str, Config], language: str) -> frozenset[str]:
    """Return the addresses of all pages that a text in *language* may link to: its own and the first language's."""
    first = next(iter(configs))
    found: set[str] = set()
    for code in {language, first}:
        edition = store.editions[code]
        groups: dict[str, Mapping[str, Row | Article | CompanyPage | Person]] = {
            "product": edition.products.rows,
            "guide": edition.guides,
            "post": edition.posts,
            "page": edition.pages,
            "person": edition.people,
        }
        for kind, records in groups.items():
            found.update(address(kind, record.slug or name, code, first=first) for name, record in records.items())
        found.update(
            address("offer", offer.slug or name, code, first=first)
            for name, offer in edition.offers.items()
            if offer.has_page
        )
        found.update(address("category", edition.category_path(name), code, first=first) for name in edition.categories)
        found.update(address(kind, "", code, first=first) for kind in ("home", "guide", "post"))
        found.add(address("page", "cart", code, first=first))
        if configs[first].tracking.carriers:
            found.add(address("page", "track", code, first=first))
        found.add(address("home", "", code, first=first) + "feed.xml")
    return frozenset(found)
