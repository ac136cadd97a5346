"""Fingerprints of everything that a page's view looks at: while they are the same, the context isn't made.

A fingerprint may hold too much: then the context is made and found to be the same. It must never hold too little.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping

import msgspec

from storegen.checkout.signing import Keys
from storegen.model.article import Article, CompanyPage
from storegen.model.content_types import BY_NAME, LINKED
from storegen.model.offer import runs
from storegen.model.record import Content
from storegen.model.rows import Row, encode_record
from storegen.outputs import digest
from storegen.views.plain_text import minutes_of
from storegen.views.shop import Shop


class Fingerprints:
    """What stands for the parts of a shop in one language, the keys that sign what it sells included."""

    def __init__(self, shop: Shop, keys: Keys) -> None:
        self.shop = shop
        self._keys = keys

    @functools.cached_property
    def of_shop(self) -> bytes:
        """All that any page may show, but products, reviews, and the texts of articles and company pages."""
        shop = self.shop
        content, store = shop.content, shop.store
        running = [offer for offer in content.offers.values() if runs(offer, shop.clock) or offer.kind != "sale"]
        listed = [offer.id for offer in running if runs(offer, shop.clock)]
        look = msgspec.structs.replace(shop.theme, assets={})  # only what all pages share shows them
        parts: list[object] = [
            shop.language,
            shop.languages,
            shop.config,
            look,
            running,
            listed,
            store.links,
            self._keys,
        ]
        linked = (shop.records(kind) for kind in LINKED if not BY_NAME[kind].many)
        parts += [[_bare(record) for record in group.values()] for group in linked]
        parts += [self._addresses(), self._media()]
        parts.append(None if store.history is None else str(store.history.began))
        parts.append(bool(store.reviews))
        return digest(*(encode_record(part) for part in parts))

    def _addresses(self) -> list[object]:
        """Return the addresses that products have in every language, where their ids don't say them."""
        return [
            [(name, row.slug) for name, row in other.products.rows.items() if row.slug]
            for other in self.shop.store.localized.values()
        ]

    def _media(self) -> list[str]:
        """Return the digests of the files that anything but products and reviews uses."""
        store = self.shop.store
        named = {file for kind, rows in self.shop.content.rows.items() if kind != "product" for file in _files(rows)}
        named.add(self.shop.config.theme.share_image)
        return [store.media[file].digest for file in sorted(named) if file in store.media]

    @functools.cached_property
    def testimonials(self) -> bytes:
        """What others say: the words of all reviews, and the press."""
        store = self.shop.store
        return digest(b"".join([row.fingerprint for row in store.reviews.rows.values()]), encode_record(store.press))

    def of_record(self, row: Row) -> bytes:
        """Return what stands for a record and for the files that it uses."""
        history = self.shop.store.history
        if not row.media and (history is None or not row.numbers):
            return row.fingerprint
        media = self.shop.store.media
        past = [] if history is None else [encode_record(history.prices.get(sku, ())) for sku in row.numbers]
        return digest(row.fingerprint, *(media[file].digest.encode() for file, _ in row.media if file in media), *past)

    def of_reviews(self, product: str) -> bytes:
        """Return what stands for the reviews of a product."""
        row = self.shop.store.reviews.rows.get(product)
        return b"" if row is None else self.of_record(row)


def named_products(row: Row) -> tuple[str, ...]:
    """Return the products that a record's fields and texts name."""
    return tuple(need[8:] for need in row.references if need.startswith(("product:", "product!")))


def _bare(record: Content) -> tuple[Content, int]:
    """Return a record as other pages may show it: long texts without their body, articles with the time they take."""
    if not isinstance(record, Article | CompanyPage):
        return record, 0
    minutes = minutes_of(record.body) if isinstance(record, Article) else 0
    return msgspec.structs.replace(record, body=""), minutes


def _files(rows: Mapping[str, Row]) -> Iterable[str]:
    return (file for row in rows.values() for file, _ in row.media)
