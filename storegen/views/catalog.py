"""Summaries of products for lists, other pages and the provider, each computed once and cached."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

import msgspec

from storegen.alphabet import index_key, letter_of
from storegen.cache import Cache
from storegen.checkout import Item
from storegen.checkout.refusals import Refused
from storegen.model.money import Money
from storegen.model.price import Unproven
from storegen.model.product import Product, Sellable, variants_of
from storegen.model.rows import Row, encode_record
from storegen.outputs import digest
from storegen.pool import spread
from storegen.search.facets import Facts
from storegen.views.cards import make_card
from storegen.views.contexts.parts import Card
from storegen.views.delivery import methods_for
from storegen.views.facts import facts_of
from storegen.views.fingerprints import Fingerprints, named_products
from storegen.views.items import item_of
from storegen.views.price_list import keeps_prices, price_row
from storegen.views.prices import price_tags, unproven
from storegen.views.ring import Ring
from storegen.views.rules import in_order, ruled_categories
from storegen.views.selection import categories_of
from storegen.views.shop import Shop
from storegen.views.support_texts import has_support

_BATCH = 200
_BRAND = "brand "  # the beginning of the group of a brand
# The names of two groups of similar products.
ALL, BUYABLE = "all", "buyable"
_POOL_PAYS = 1000  # products; below this number, starting processes costs more time than it saves


class ProductSummary(msgspec.Struct, frozen=True, array_like=True):
    """A product's summary for other pages. *fingerprint* covers all inputs of the summary.

    *card_fingerprint* covers the card, the status, the categories and the tags. *items_fingerprint* covers the items
    that are sold. *order* is the sort key of lists. *categories* are the product's categories with their parents.
    *shown* are the products that the product's file names. *related* says whether the file lists related products,
    *support* says whether the product has a support page.
    *refused* are the articles that a provider can't sell, with the providers that can. *sold* is the number of articles
    that can be bought. *unproven* are pairs of an
    article number and the reason why the price history doesn't support its reduction. *weightless* are the article
    numbers without a weight whose delivery costs depend on weight. *least* is the lowest price of the variants, without
    sales. *groups* are the groups of similar products that the product is in, the most similar ones first. *sold_out*
    says whether no variant can be bought. *facts_fingerprint* covers what lists are filtered and sorted by. *added* is
    the day on which the product came, such as ``2026-11-30``, or empty. *sales* is the number of pieces sold.
    *letter* is the letter of the index under which the name stands, *index_key* is its sort key there.
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
    support: bool = False
    shown: tuple[str, ...] = ()
    refused: tuple[Refused, ...] = ()
    sold: int = 0
    unproven: tuple[tuple[str, Unproven], ...] = ()
    weightless: tuple[str, ...] = ()
    least: Decimal = Decimal(0)
    groups: tuple[str, ...] = ()
    sold_out: bool = False
    facts_fingerprint: bytes = b""
    added: str = ""
    sales: int = 0
    letter: str = ""
    index_key: tuple[str, str] = ("", "")


_DECODE = msgspec.msgpack.Decoder(ProductSummary).decode
_DECODE_CARD = msgspec.msgpack.Decoder(Card).decode
_DECODE_FACTS = msgspec.msgpack.Decoder(Facts).decode
_DECODE_ITEMS = msgspec.msgpack.Decoder(tuple[Item, ...]).decode


class Catalog:
    """The summaries of a shop's products, by id."""

    def __init__(self, fingerprints: Fingerprints, cache: Cache, *, jobs: int) -> None:
        self.fingerprints = fingerprints
        self.shop = fingerprints.shop
        self.cache = cache
        self.jobs = jobs
        self._cards = cache.section(_section("card", self.shop))
        self._items = cache.section(_section("item", self.shop))
        self._prices = cache.section(_section("price", self.shop))
        self._facts = cache.section(_section("facts", self.shop))
        self._rings: dict[str, Ring] = {}
        self.summaries = _summaries(fingerprints, cache, jobs)

    def card(self, name: str) -> Card:
        """Return the card of the product with this id."""
        return _DECODE_CARD(self.cache.body(self._cards[name]))

    def cards(self, names: Iterable[str]) -> tuple[Card, ...]:
        """Return the cards of the products with these ids, each once. Drafts are left out."""
        return tuple(self.card(name) for name in dict.fromkeys(names) if name in self.summaries)

    def card_fingerprints(self, names: Iterable[str]) -> bytes:
        """Return the fingerprints of the cards of the products with these ids."""
        return b"".join(map(self._card_fingerprints.get, names, itertools.repeat(b"-")))

    @functools.cached_property
    def all_cards_fingerprint(self) -> bytes:
        """The fingerprint of all cards."""
        return digest(*self._card_fingerprints.values())

    def fingerprint_of(self, row: Row, also: Iterable[str] = ()) -> bytes:
        """Return the fingerprint of a record's page: of the shop, the record, and the cards that it or *also* names."""
        shown = self.card_fingerprints((*also, *named_products(row)))
        return digest(self.fingerprints.of_shop, self.fingerprints.of_record(row), shown)

    @functools.cached_property
    def _card_fingerprints(self) -> Mapping[str, bytes]:
        """The fingerprint of each card."""
        return {name: summary.card_fingerprint for name, summary in self.summaries.items()}

    def items(self) -> Iterator[Item]:
        """Yield every item that can be sold."""
        for name in self.summaries:
            yield from _DECODE_ITEMS(self.cache.body(self._items[name]))

    def facts(self, names: Iterable[str]) -> tuple[Facts, ...]:
        """Return what the products with these ids can be found by."""
        return tuple(_DECODE_FACTS(self.cache.body(self._facts[name])) for name in names)

    @functools.cached_property
    def facts_fingerprints(self) -> Mapping[str, bytes]:
        """The fingerprint of the facts of the products in each category and of their order."""
        known = {name: summary.facts_fingerprint for name, summary in self.summaries.items()}
        return {
            category: digest(self.fingerprints.of_shop, b"".join(map(known.__getitem__, names)))
            for category, names in self.by_category.items()
        }

    def price_rows(self) -> dict[str, bytes]:
        """Return the rows of the payment function's price list by product."""
        return {name: self.cache.body(self._prices[name]) for name in self.summaries}

    @functools.cached_property
    def listed(self) -> tuple[str, ...]:
        """The published products in list order: buyable ones first, then by number of reviews, then by name."""
        shown = [(summary.order, name) for name, summary in self.summaries.items() if summary.status == "published"]
        return tuple([name for _, name in sorted(shown)])

    @functools.cached_property
    def by_name(self) -> tuple[str, ...]:
        """The published products by their names, as an index lists them."""
        return tuple(sorted(self.listed, key=lambda name: (*self.summaries[name].index_key, name)))

    @functools.cached_property
    def leading(self) -> tuple[str, ...]:
        """The first listed product of each category at the top level, in list order, then all others."""
        tops = (category.id for category in self.shop.children.get("", ()))
        first = {self.by_category[top][0] for top in tops if self.by_category[top]}
        return (*(name for name in self.listed if name in first), *(name for name in self.listed if name not in first))

    @functools.cached_property
    def by_category(self) -> Mapping[str, tuple[str, ...]]:
        """The listed products of each category, including those of its subcategories."""
        return {category: tuple(standing) for category, standing in self.fingerprints_by_category.items()}

    @functools.cached_property
    def fingerprints_by_category(self) -> Mapping[str, Mapping[str, bytes]]:
        """The fingerprints of the cards in each category, keyed by product, in list order."""
        found: dict[str, dict[str, bytes]] = {name: {} for name in self.shop.content.categories}
        for name in self.listed:
            summary = self.summaries[name]
            for category in summary.categories:
                found[category][name] = summary.card_fingerprint
        for each in self.shop.ruled:
            if each.rule:
                known = {name: (self.summaries[name].added, self.summaries[name].sales) for name in found[each.id]}
                found[each.id] = dict(in_order(each.rule, found[each.id], known))
        return found

    @functools.cached_property
    def by_home(self) -> Mapping[str, tuple[str, ...]]:
        """The listed products whose first category this is, in list order."""
        found: dict[str, list[str]] = {}
        for name in self.listed:
            if categories := self.summaries[name].categories:
                found.setdefault(categories[0], []).append(name)
        return {home: tuple(names) for home, names in found.items()}

    @functools.cached_property
    def places(self) -> Mapping[str, int]:
        """The place of each product in the list of its first category."""
        return {name: place for names in self.by_home.values() for place, name in enumerate(names)}

    @functools.cached_property
    def home_fingerprints(self) -> Mapping[str, bytes]:
        """The fingerprint of the order of each category's own products."""
        return {home: digest(" ".join(names).encode()) for home, names in self.by_home.items()}

    @functools.cached_property
    def by_brand(self) -> Mapping[str, tuple[str, ...]]:
        """The listed products of each brand with a page, by the brand's id, in list order."""
        found: dict[str, list[str]] = {}
        for name in self.listed if self.shop.content.brands else ():
            groups = self.summaries[name].groups
            named = next((each.removeprefix(_BRAND) for each in groups if each.startswith(_BRAND)), "")
            if (brand := self.shop.brand_named(named)) is not None:
                found.setdefault(brand.id, []).append(name)
        return {brand: tuple(names) for brand, names in found.items()}

    def ring(self, category: str) -> Ring:
        """Return the ring of a category's listed products that can be bought."""
        if category not in self._rings:
            standing = self.fingerprints_by_category[category].items()
            self._rings[category] = Ring({name: mark for name, mark in standing if not self.summaries[name].sold_out})
        return self._rings[category]

    @functools.cached_property
    def group_rings(self) -> Mapping[str, Ring]:
        """The rings of the groups of similar products, and those of all listed products and of all that can be bought.

        Only the ring of all listed products has sold-out ones.
        """
        found: dict[str, dict[str, bytes]] = {ALL: {}, BUYABLE: {}}
        for name in self.listed:
            summary = self.summaries[name]
            for group in (ALL,) if summary.sold_out else (*summary.groups, BUYABLE, ALL):
                found.setdefault(group, {})[name] = summary.card_fingerprint
        return {group: Ring(members) for group, members in found.items()}

    @functools.cached_property
    def heads(self) -> Mapping[str, tuple[Money | None, str | None]]:
        """The lowest price of each category in the shop's currency, and its first product with a picture."""
        currency = self.shop.config.currency
        found: dict[str, tuple[Money | None, str | None]] = {}
        for category, names in self.by_category.items():
            prices = [self.summaries[name].price for name in names if self.summaries[name].price.currency == currency]
            pictured = next((name for name in names if self.summaries[name].pictured), None)
            found[category] = min(prices, key=_amount, default=None), pictured
        return found

    @functools.cached_property
    def category_fingerprints(self) -> Mapping[str, bytes]:
        """The fingerprint of the cards of each category."""
        return {
            category: digest(b"".join(fingerprints.values()))
            for category, fingerprints in self.fingerprints_by_category.items()
        }


def _amount(money: Money) -> Decimal:
    return money.amount


def _section(name: str, shop: Shop) -> str:
    return f"{name}.{shop.language}"


def _summaries(fingerprints: Fingerprints, cache: Cache, jobs: int) -> dict[str, ProductSummary]:
    """Return all summaries, unchanged ones from the cache. The others are computed, in parallel when that is faster."""
    cards, items, prices, facts = (_section(name, fingerprints.shop) for name in ("card", "item", "price", "facts"))
    rows = fingerprints.shop.content.products.rows
    summaries: dict[str, ProductSummary] = {}
    new: list[tuple[str, bytes]] = []
    remembered = cache.heads(cards, _DECODE)
    for name, row in rows.items():
        own = (fingerprints.of_reviews(name), fingerprints.of_record(row), fingerprints.of_sales(row))
        fingerprint = b"%s %s %s %s" % (fingerprints.of_shop, *own)
        known = remembered.get(name)
        if known is not None and known.fingerprint == fingerprint:
            summaries[name] = known
        else:
            new.append((name, fingerprint))
    batches = [new[start : start + _BATCH] for start in range(0, len(new), _BATCH)]
    for number, made in spread(
        functools.partial(_make, fingerprints.shop), batches, jobs=jobs if len(new) >= _POOL_PAYS else 1
    ):
        for (name, _), (head, card, sold, priced, found) in zip(batches[number], made, strict=True):
            cache.put(cards, name, head, card)
            cache.put(items, name, b"", sold)
            cache.put(facts, name, b"", found)
            if priced:
                cache.put(prices, name, b"", priced)
            summaries[name] = _DECODE(head)
    cache.keep(cards, rows.keys())
    cache.keep(items, rows.keys())
    cache.keep(facts, rows.keys())
    cache.keep(prices, rows.keys() if keeps_prices(fingerprints.shop) else frozenset())
    return {name: summaries[name] for name in rows} if new else summaries


def _make(shop: Shop, batch: list[tuple[str, bytes]]) -> list[tuple[bytes, ...]]:
    """Return the encoded summary, card, items, row of the price list and facts of each product."""
    return [_summary(shop, name, fingerprint) for name, fingerprint in batch]


def _summary(shop: Shop, name: str, fingerprint: bytes) -> tuple[bytes, ...]:
    product = shop.content.products[name]
    variants = variants_of(product)
    tags = price_tags(shop, product, variants)
    items = tuple(item_of(shop, product, *each) for each in zip(variants, tags, strict=True))
    refused = tuple(each for item in items for each in refused_of(shop, item))
    sold = sum(item.buyable for item in items)
    if not all(each.sellers for each in refused):  # without a button there is no card; the build stops with an error
        return encode_record(_unsellable(fingerprint, refused, sold)), b"", b"", b"", b""
    card = make_card(shop, product, variants, tags)
    shown, articles = encode_record(card), encode_record(items)
    known = facts_of(shop, product, variants, card)
    facts = encode_record(known)
    categories = categories_of(shop, product)
    categories = (*categories, *ruled_categories(shop, product, known, categories))
    summary = ProductSummary(
        fingerprint=fingerprint,
        card_fingerprint=digest(shown, encode_record((product.status, categories, product.tags))),
        items_fingerprint=digest(articles),
        order=_order(shop, product, card),
        status=product.status,
        price=card.price.now,
        pictured=card.picture is not None,
        categories=categories,
        tags=product.tags,
        related=bool(product.related),
        support=has_support(shop, product),
        unproven=unproven(shop, product, variants),
        weightless=_weightless(shop, product, variants),
        least=min(variant.price for variant in variants),
        groups=_groups(product, card),
        sold_out=card.stock.state == "out",
        refused=refused,
        sold=sold,
        shown=tuple(dict.fromkeys(named_products(shop.content.products.rows[name]))),
        facts_fingerprint=digest(facts),
        added=known.added,
        sales=known.sales,
        letter=letter_of(product.name, shop.language),
        index_key=index_key(product.name, shop.language),
    )
    prices = price_row(shop, product, variants, tags) if keeps_prices(shop) else b""
    return encode_record(summary), shown, articles, prices, facts


def refused_of(shop: Shop, item: Item) -> Iterator[Refused]:
    """Yield why providers can't sell an item, with the providers that can."""
    refusals = shop.provider.refusals(item)
    sellers = tuple(each.name for each in shop.provider.sellers(item)) if refusals else ()
    for refusal in refusals:
        yield Refused(item.sku, refusal, sellers)


def _groups(product: Product, card: Card) -> tuple[str, ...]:
    """Return the groups of a product beyond its categories: its tags, its brand, and products of about its price."""
    brand = (f"{_BRAND}{product.brand}",) if product.brand else ()
    band = card.price.now.amount.adjusted(), card.price.now.amount.as_tuple().digits[:1] >= (4,)
    return (*(f"tag {tag}" for tag in product.tags), *brand, f"price {card.price.now.currency} {band}")


def _order(shop: Shop, product: Product, card: Card) -> str:
    """Return the sort key of a product: buyable ones first, then by number of reviews, then by name."""
    reviews = card.rating.count if card.rating else 0
    return f"{card.stock.state == 'out':d}{10**9 - reviews:010}{shop.sort_key(product.name)}"


def _weightless(shop: Shop, product: Product, variants: Sequence[Sellable]) -> tuple[str, ...]:
    methods = methods_for(shop, product)
    weights = [method.max_weight for method in methods] + [step.weight for method in methods for step in method.steps]
    if not any(weights):
        return ()
    return tuple(variant.sku for variant in variants if variant.weight is None)


def _unsellable(fingerprint: bytes, refused: tuple[Refused, ...], sold: int) -> ProductSummary:
    return ProductSummary(
        fingerprint=fingerprint,
        card_fingerprint=b"",
        items_fingerprint=b"",
        order="",
        status="draft",
        price=Money(Decimal(0), ""),
        pictured=False,
        refused=refused,
        sold=sold,
    )
