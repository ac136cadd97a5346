"""Fingerprints of each page's inputs. A page whose fingerprint is unchanged keeps its cached context.

A fingerprint may cover too much: then the context is built and found to be unchanged. It must never cover too little.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping

import msgspec

from storegen.checkout.signing import Keys
from storegen.model.article import Article, CompanyPage
from storegen.model.brand import Brand
from storegen.model.content_types import BY_NAME, LINKED
from storegen.model.offer import over, runs
from storegen.model.record import Content
from storegen.model.rows import Row, encode_record
from storegen.outputs import digest
from storegen.views.plain_text import minutes_of
from storegen.views.shop import Shop


class Fingerprints:
    """The fingerprints of a shop in one language. They also cover the keys that sign the items."""

    def __init__(self, shop: Shop, keys: Keys) -> None:
        self.shop = shop
        self._keys = keys

    @functools.cached_property
    def of_shop(self) -> bytes:
        """The fingerprint of the shop's data, except products, reviews and bodies of articles and company pages."""
        shop = self.shop
        content, store = shop.content, shop.store
        # Pages contain the prices of coming sales.
        known = [offer for offer in content.offers.values() if offer.kind != "sale" or not over(offer, shop.clock)]
        listed = [offer.id for offer in known if runs(offer, shop.clock)]
        look = msgspec.structs.replace(shop.theme, assets={})  # pages show only the parts that all of them share
        parts: list[object] = [
            shop.language,
            shop.languages,
            shop.preview,
            shop.config,
            look,
            known,
            listed,
            store.links,
            self._keys,
            sorted(store.withheld),
        ]
        linked = (shop.records(kind) for kind in LINKED if not BY_NAME[kind].many)
        parts += [[_bare(record) for record in group.values()] for group in linked]
        parts += [self._addresses(), self._media()]
        parts.append(None if content.history is None else str(content.history.began))
        parts.append([other.currency for other in store.localized.values()])
        parts.append(bool(store.reviews))
        parts.append(shop.lists_categories)
        return digest(*(encode_record(part) for part in parts))

    def _addresses(self) -> list[object]:
        """Return the sections of every language, and the slugs of records whose slug differs from their id."""
        return [
            (other.addresses, kind, [(name, row.slug) for name, row in other.rows[kind].items() if row.slug])
            for other in self.shop.store.localized.values()
            for kind in LINKED
        ]

    def _media(self) -> list[str]:
        """Return the digests of the media files that are used outside products and reviews."""
        store = self.shop.store
        named = {file for kind, rows in self.shop.content.rows.items() if kind != "product" for file in _files(rows)}
        named.add(self.shop.config.theme.share_image)
        named.update(self.shop.config.duties.guarantee_notice.pictures.values())
        named.update(swatch.file for swatch in self.shop.config.swatches.values())
        return [store.media[file].digest for file in sorted(named) if file in store.media]

    @functools.cached_property
    def testimonials(self) -> bytes:
        """The fingerprint of all reviews and endorsements."""
        reviews = b"".join([row.fingerprint for row in self.shop.store.reviews.rows.values()])
        return digest(reviews, self.endorsements)

    @functools.cached_property
    def endorsements(self) -> bytes:
        """The fingerprint of what others say of the shop."""
        return encode_record(self.shop.endorsements)

    def of_record(self, row: Row) -> bytes:
        """Return the fingerprint of a record, of the files that it uses and of its price history."""
        history = self.shop.content.history
        if not row.media and (history is None or not row.numbers):
            return row.fingerprint
        media = self.shop.store.media
        past = [] if history is None else [encode_record(history.prices.get(sku, ())) for sku in row.numbers]
        return digest(row.fingerprint, *(media[file].digest.encode() for file, _ in row.media if file in media), *past)

    def of_sales(self, row: Row) -> bytes:
        """Return the fingerprint of the sales of a product's articles."""
        sales = self.shop.store.sales
        return b" ".join(b"%d" % sales.get(sku, 0) for sku in row.numbers) if sales else b""

    def of_reviews(self, product: str) -> bytes:
        """Return the fingerprint of the reviews of a product."""
        row = self.shop.store.reviews.rows.get(product)
        return b"" if row is None else self.of_record(row)


def named_products(row: Row) -> tuple[str, ...]:
    """Return the ids of the products that a record's fields and texts name."""
    return tuple(need[8:] for need in row.references if need.startswith("product:"))


def _bare(record: Content) -> tuple[Content, int]:
    """Return a record as other pages show it: without its body, and for an article with its reading time."""
    if not isinstance(record, Article | Brand | CompanyPage):
        return record, 0
    minutes = minutes_of(record.body) if isinstance(record, Article) else 0
    return msgspec.structs.replace(record, body=""), minutes


def _files(rows: Mapping[str, Row]) -> Iterable[str]:
    return (file for row in rows.values() for file, _ in row.media)
