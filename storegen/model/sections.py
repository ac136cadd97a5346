"""Sections of a shop: the first part of a page's address, such as ``products`` in ``/fi/products/rope-ring/``."""

from __future__ import annotations

from collections.abc import Mapping
from unicodedata import normalize

import msgspec

from storegen.model.content_types import CONTENT_TYPES

# The pages that the theme makes without a file. Each is a section of its own.
SYSTEM_PAGES = (
    "cart",
    "search",
    "saved",
    "categories",
    "track",
    "thanks",
    "withdrawal",
    "guarantee",
    "seller",
    "endorsements",
)
# The English name of each section, by content type or page. It is also the key of the section in YAML files.
SECTIONS = {
    **{each.name: each.section for each in CONTENT_TYPES if each.section},
    **{page: page for page in SYSTEM_PAGES},
    "form": "forms",
    "reviews": "reviews",
    "support": "support",
}
# The folders at the top of output/ that belong to no section.
RESERVED = ("assets", "media", "feeds")


class Addresses(msgspec.Struct, frozen=True):
    """The addresses of a shop's pages in one language.

    *starts* are the first parts of addresses by content type or page: ``/fi/`` for pages, ``/fi/tuotteet/`` for
    products. *former* are first parts that the shop used before.
    """

    starts: Mapping[str, str]
    former: Mapping[str, tuple[str, ...]] = {}

    def of(self, kind: str, slug: str = "") -> str:
        """Return a page's address below the site's root, such as ``/fi/tuotteet/rope-ring/``."""
        if not slug:
            return self.starts[kind]
        if not slug.isascii():
            slug = normalize("NFC", slug)
        return f"{self.starts[kind]}{slug}/"


def make_addresses(root: str, names: Mapping[str, str], former: Mapping[str, tuple[str, ...]] = {}) -> Addresses:
    """Return the addresses of a language below *root*: ``/``, or ``/fi/``.

    *names* and *former* are by the key of the section. A section without a name has its English name.
    """
    rooted = {each.name: root for each in CONTENT_TYPES if each.section == ""}
    starts = {kind: f"{root}{names.get(key, key)}/" for kind, key in SECTIONS.items()}
    old = {
        kind: tuple(f"{root}{name}/" for name in former[key] if name != names.get(key, key))
        for kind, key in SECTIONS.items()
        if former.get(key)
    }
    return Addresses({**rooted, **starts}, old)
