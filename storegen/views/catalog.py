"""The products of a shop as lists, other pages and the provider need them, each made once and kept in the cache."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

import msgspec

from storegen.cache import Cache
from storegen.checkout import Item
from storegen.model.money import Money
from storegen.model.price import Unproven
from storegen.model.product import Product, Sellable, variants_of
from storegen.model.rows import Row, encode_record
from storegen.outputs import digest
from storegen.pool import spread
from storegen.views.cards import categories_of, make_card
from storegen.views.contexts.parts import Card
from storegen.views.delivery import methods_for
from storegen.views.fingerprints import Fingerprints, named_products
from storegen.views.items import item_of
from storegen.views.prices import price_tags, unproven
from storegen.views.shop import Shop

_BATCH = 200
_POOL_PAYS = 1000  # products; below, starting processes costs more than they save


class ProductSummary(msgspec.Struct, frozen=True, array_like=True):
    """What others need of a product; *fingerprint* is that of all that it was made from.

    *card_fingerprint* is that of its card and of where that belongs, *items_fingerprint* that of what is sold of it.
    Lists are sorted by *order*. *categories* are those that it stands in with those above them, *shown* the products
    that it names, and *related* says whether some of them are like it; *faults* are (article number, why the provider
    can't sell it), *unproven* the article numbers whose reduction the history of prices doesn't support, and why;
    *weightless* those whose delivery costs by weight, of which they have none. *least* is the lowest price of all that
    is sold of it, without a sale.
    """

    fingerprint: bytes
    card_fingerprint: bytes
    items_fingerprint: bytes
    order: str
    status: str
    price: Money
    pictured: bool
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    related: bool = False
    shown: tuple[str, ...] = ()
    faults: tuple[tuple[str, str], ...] = ()
    unproven: tuple[tuple[str, Unproven], ...] = ()
    weightless: tuple[str, ...] = ()
    least: Decimal = Decimal(0)


_DECODE = msgspec.msgpack.Decoder(ProductSummary).decode
_DECODE_CARD = msgspec.msgpack.Decoder(Card).decode
_DECODE_ITEMS = msgspec.msgpack.Decoder(tuple[Item, ...]).decode


class Ring:
    """Products in a ring by their ids: after the last one the first comes again."""

    def __init__(self, fingerprints: Mapping[str, bytes]) -> None:
        names = sorted(fingerprints)
        self._places = {name: place for place, name in enumerate(names)}
        self._names = tuple(names * 2)
        self._card_fingerprints = tuple([fingerprints[name] for name in names] * 2)

    def __len__(self) -> int:
        return len(self._places)

    def after(self, name: str, count: int) -> tuple[tuple[str, ...], bytes]:
        """Return the next products, at most *count* and none twice, and what stands for their cards.

        What follows one that isn't in the ring follows the first.
        """
        start = self._places.get(name, 0) + 1
        end = start + min(count, len(self) - (name in self._places))
        return self._names[start:end], b"".join(self._card_fingerprints[start:end])


class Catalog:
    """The summaries of a shop's products, by id."""

    def __init__(self, fingerprints: Fingerprints, cache: Cache, *, jobs: int) -> None:
        self.fingerprints = fingerprints
        self.shop = fingerprints.shop
        self.cache = cache
        self.jobs = jobs
        self._cards = cache.section(_section("card", self.shop))
        self._items = cache.section(_section("item", self.shop))
        self._rings: dict[str, Ring] = {}
        self.summaries = _summaries(fingerprints, cache, jobs)

    def card(self, name: str) -> Card:
        """Return the card of the product with this id."""
        return _DECODE_CARD(self.cache.body(self._cards[name]))

    def cards(self, names: Iterable[str]) -> tuple[Card, ...]:
        """Return the cards of the products with these ids that are not drafts, each once."""
        return tuple(self.card(name) for name in dict.fromkeys(names) if name in self.summaries)

    def card_fingerprints(self, names: Iterable[str]) -> bytes:
        """Return what stands for the cards of the products with these ids."""
        return b"".join(map(self._card_fingerprints.get, names, itertools.repeat(b"-")))

    @functools.cached_property
    def all_cards_fingerprint(self) -> bytes:
        """What stands for all cards."""
        return digest(*self._card_fingerprints.values())

    def fingerprint_of(self, row: Row, also: Iterable[str] = ()) -> bytes:
        """Return what stands for a record's page: itself, the cards that it names and *also*, what any page shows."""
        shown = self.card_fingerprints((*also, *named_products(row)))
        return digest(self.fingerprints.of_shop, self.fingerprints.of_record(row), shown)

    @functools.cached_property
    def _card_fingerprints(self) -> Mapping[str, bytes]:
        """What stands for each card."""
        return {name: summary.card_fingerprint for name, summary in self.summaries.items()}

    def items(self) -> Iterator[Item]:
        """Yield everything that can be sold."""
        for name in self.summaries:
            yield from _DECODE_ITEMS(self.cache.body(self._items[name]))

    @functools.cached_property
    def listed(self) -> tuple[str, ...]:
        """The products that lists show: what can be bought first, then the most reviewed, then by name."""
        shown = [(summary.order, name) for name, summary in self.summaries.items() if summary.status == "published"]
        return tuple([name for _, name in sorted(shown)])

    @functools.cached_property
    def by_category(self) -> Mapping[str, tuple[str, ...]]:
        """The listed products of each category, those of the categories below it included."""
        return {category: tuple(standing) for category, standing in self.fingerprints_by_category.items()}

    @functools.cached_property
    def fingerprints_by_category(self) -> Mapping[str, Mapping[str, bytes]]:
        """What stands for the cards in each category, by product in their order."""
        found: dict[str, dict[str, bytes]] = {name: {} for name in self.shop.content.categories}
        for name in self.listed:
            summary = self.summaries[name]
            for category in summary.categories:
                found[category][name] = summary.card_fingerprint
        return found

    def ring(self, category: str) -> Ring:
        """Return the listed products of a category in a ring."""
        if category not in self._rings:
            self._rings[category] = Ring(self.fingerprints_by_category[category])
        return self._rings[category]

    @functools.cached_property
    def heads(self) -> Mapping[str, tuple[Money | None, str | None]]:
        """The lowest price in each category, in the shop's currency, and its first product that has a picture."""
        currency = self.shop.config.currency
        found: dict[str, tuple[Money | None, str | None]] = {}
        for category, names in self.by_category.items():
            prices = [self.summaries[name].price for name in names if self.summaries[name].price.currency == currency]
            pictured = next((name for name in names if self.summaries[name].pictured), None)
            found[category] = min(prices, key=_amount, default=None), pictured
        return found

    @functools.cached_property
    def category_fingerprints(self) -> Mapping[str, bytes]:
        """What stands for the cards of each category."""
        return {
            category: digest(b"".join(fingerprints.values()))
            for category, fingerprints in self.fingerprints_by_category.items()
        }


def _amount(money: Money) -> Decimal:
    return money.amount


def _section(name: str, shop: Shop) -> str:
    return f"{name}.{shop.language}"


def _summaries(fingerprints: Fingerprints, cache: Cache, jobs: int) -> dict[str, ProductSummary]:
    """Return all summaries: from the cache where they still hold, else made, by several processes where it pays."""
    cards, items = _section("card", fingerprints.shop), _section("item", fingerprints.shop)
    rows = fingerprints.shop.content.products.rows
    summaries: dict[str, ProductSummary] = {}
    new: list[tuple[str, bytes]] = []
    remembered = cache.heads(cards, _DECODE)
    for name, row in rows.items():
        fingerprint = b"%s %s %s" % (fingerprints.of_shop, fingerprints.of_reviews(name), fingerprints.of_record(row))
        known = remembered.get(name)
        if known is not None and known.fingerprint == fingerprint:
            summaries[name] = known
        else:
            new.append((name, fingerprint))
    batches = [new[start : start + _BATCH] for start in range(0, len(new), _BATCH)]
    for number, made in spread(
        functools.partial(_make, fingerprints.shop), batches, jobs=jobs if len(new) >= _POOL_PAYS else 1
    ):
        for (name, _), (head, card, sold) in zip(batches[number], made, strict=True):
            cache.put(cards, name, head, card)
            cache.put(items, name, b"", sold)
            summaries[name] = _DECODE(head)
    cache.keep(cards, rows.keys())
    cache.keep(items, rows.keys())
    return {name: summaries[name] for name in rows} if new else summaries


def _make(shop: Shop, batch: list[tuple[str, bytes]]) -> list[tuple[bytes, bytes, bytes]]:
    """Return each product's summary, its card and its items, encoded."""
    return [_summary(shop, name, fingerprint) for name, fingerprint in batch]


def _summary(shop: Shop, name: str, fingerprint: bytes) -> tuple[bytes, bytes, bytes]:
    product = shop.content.products[name]
    variants = variants_of(product)
    tags = price_tags(shop, product, variants)
    priced = zip(variants, tags, strict=True)
    items = tuple(item_of(shop, product, variant, tag) for variant, tag in priced)
    faults = tuple((item.sku, fault) for item in items for fault in shop.provider.faults(item))
    if faults:  # there is no button for it, and so no card; the plan ends here
        return encode_record(_unsellable(fingerprint, faults)), b"", b""
    card = make_card(shop, product, variants, tags)
    shown, sold = encode_record(card), encode_record(items)
    categories = categories_of(shop, product)
    summary = ProductSummary(
        fingerprint=fingerprint,
        card_fingerprint=digest(shown, encode_record((product.status, categories, product.tags))),
        items_fingerprint=digest(sold),
        order=_order(product, card),
        status=product.status,
        price=card.price.now,
        pictured=card.picture is not None,
        categories=categories,
        tags=product.tags,
        related=bool(product.related),
        unproven=unproven(shop, product, variants),
        weightless=_weightless(shop, product, variants),
        least=min(variant.price for variant in variants),
        shown=tuple(dict.fromkeys(named_products(shop.content.products.rows[name]))),
    )
    return encode_record(summary), shown, sold


def _order(product: Product, card: Card) -> str:
    """Return what sorts products: what can be bought first, then the most reviewed, then by name."""
    reviews = card.rating.count if card.rating else 0
    return f"{card.stock.state == 'out':d}{10**9 - reviews:010}{product.name.casefold()}"


def _weightless(shop: Shop, product: Product, variants: Sequence[Sellable]) -> tuple[str, ...]:
    steps = (step for method in methods_for(shop, product) for step in method.steps)
    if not any(step.weight is not None for step in steps):
        return ()
    return tuple(variant.sku for variant in variants if variant.weight is None)


def _unsellable(fingerprint: bytes, faults: tuple[tuple[str, str], ...]) -> ProductSummary:
    return ProductSummary(
        fingerprint=fingerprint,
        card_fingerprint=b"",
        items_fingerprint=b"",
        order="",
        status="draft",
        price=Money(Decimal(0), ""),
        pictured=False,
        faults=faults,
    )
