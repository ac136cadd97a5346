"""The products of a shop in brief: what lists, other pages and the provider need of each, made once and remembered."""

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
from storegen.views.around import methods_for
from storegen.views.cards import categories_of, item_of, make_card
from storegen.views.prices import price_tags, unproven
from storegen.views.shapes import Card
from storegen.views.shop import Shop
from storegen.views.stamps import Stamps, named_products

_BATCH = 200
_POOL_PAYS = 1000  # products; below, starting processes costs more than they save


class Brief(msgspec.Struct, frozen=True, array_like=True):
    """A product in brief; *stamp* says what it was made from.

    *mark* stands for its card and where that belongs, *items* for what is sold of it; lists are sorted by *order*.
    *categories* are those that it stands in with those above them, *shown* the products that it names, and *related*
    says whether some of them are like it; *faults* are (article number, why the provider can't sell it), *unproven* the
    article numbers whose reduction the history of prices doesn't support, and why; *weightless* those whose delivery
    costs by weight, of which they have none. *least* is the lowest price of all that is sold of it, without a sale.
    """

    stamp: bytes
    mark: bytes
    items: bytes
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


_DECODE = msgspec.msgpack.Decoder(Brief).decode
_DECODE_CARD = msgspec.msgpack.Decoder(Card).decode
_DECODE_ITEMS = msgspec.msgpack.Decoder(tuple[Item, ...]).decode


class Ring:
    """Products in a ring by their ids: after the last one the first comes again."""

    def __init__(self, marks: Mapping[str, bytes]) -> None:
        names = sorted(marks)
        self._places = {name: place for place, name in enumerate(names)}
        self._names = tuple(names * 2)
        self._marks = tuple([marks[name] for name in names] * 2)

    def __len__(self) -> int:
        return len(self._places)

    def after(self, name: str, count: int) -> tuple[tuple[str, ...], bytes]:
        """Return the next products, at most *count* and none twice, and what stands for their cards.

        What follows one that isn't in the ring follows the first.
        """
        start = self._places.get(name, 0) + 1
        end = start + min(count, len(self) - (name in self._places))
        return self._names[start:end], b"".join(self._marks[start:end])


class Shelf:
    """The briefs of a shop's products, by id."""

    def __init__(self, stamps: Stamps, cache: Cache, *, jobs: int) -> None:
        self.stamps = stamps
        self.shop = stamps.shop
        self.cache = cache
        self.jobs = jobs
        self._cards = cache.section(_section("card", self.shop))
        self._items = cache.section(_section("item", self.shop))
        self._rings: dict[str, Ring] = {}
        self.briefs = _briefs(stamps, cache, jobs)

    def card(self, name: str) -> Card:
        """Return the card of the product with this id."""
        return _DECODE_CARD(self.cache.body(self._cards[name]))

    def cards(self, names: Iterable[str]) -> tuple[Card, ...]:
        """Return the cards of the products with these ids that are not drafts, each once."""
        return tuple(self.card(name) for name in dict.fromkeys(names) if name in self.briefs)

    def marks(self, names: Iterable[str]) -> bytes:
        """Return what stands for the cards of the products with these ids."""
        return b"".join(map(self._marks.get, names, itertools.repeat(b"-")))

    @functools.cached_property
    def all_marks(self) -> bytes:
        """What stands for all cards."""
        return digest(*self._marks.values())

    def stamp_of(self, row: Row, also: Iterable[str] = ()) -> bytes:
        """Return what stands for a record's page: itself, the cards that it names and *also*, what any page shows."""
        shown = self.marks((*also, *named_products(row)))
        return digest(self.stamps.shop_stamp, self.stamps.of_record(row), shown)

    @functools.cached_property
    def _marks(self) -> Mapping[str, bytes]:
        """What stands for each card."""
        return {name: brief.mark for name, brief in self.briefs.items()}

    def items(self) -> Iterator[Item]:
        """Yield everything that can be sold."""
        for name in self.briefs:
            yield from _DECODE_ITEMS(self.cache.body(self._items[name]))

    @functools.cached_property
    def listed(self) -> tuple[str, ...]:
        """The products that lists show: what can be bought first, then the most reviewed, then by name."""
        shown = [(brief.order, name) for name, brief in self.briefs.items() if brief.status == "published"]
        return tuple([name for _, name in sorted(shown)])

    @functools.cached_property
    def by_category(self) -> Mapping[str, tuple[str, ...]]:
        """The listed products of each category, those of the categories below it included."""
        return {category: tuple(standing) for category, standing in self.marks_by_category.items()}

    @functools.cached_property
    def marks_by_category(self) -> Mapping[str, Mapping[str, bytes]]:
        """What stands for the cards in each category, by product in their order."""
        found: dict[str, dict[str, bytes]] = {name: {} for name in self.shop.edition.categories}
        for name in self.listed:
            brief = self.briefs[name]
            for category in brief.categories:
                found[category][name] = brief.mark
        return found

    def ring(self, category: str) -> Ring:
        """Return the listed products of a category in a ring."""
        if category not in self._rings:
            self._rings[category] = Ring(self.marks_by_category[category])
        return self._rings[category]

    @functools.cached_property
    def heads(self) -> Mapping[str, tuple[Money | None, str | None]]:
        """The lowest price in each category, in the shop's currency, and its first product that has a picture."""
        currency = self.shop.config.currency
        found: dict[str, tuple[Money | None, str | None]] = {}
        for category, names in self.by_category.items():
            prices = [self.briefs[name].price for name in names if self.briefs[name].price.currency == currency]
            pictured = next((name for name in names if self.briefs[name].pictured), None)
            found[category] = min(prices, key=_amount, default=None), pictured
        return found

    @functools.cached_property
    def category_marks(self) -> Mapping[str, bytes]:
        """What stands for the cards of each category."""
        return {category: digest(b"".join(marks.values())) for category, marks in self.marks_by_category.items()}


def _amount(money: Money) -> Decimal:
    return money.amount


def _section(name: str, shop: Shop) -> str:
    return f"{name}.{shop.language}"


def _briefs(stamps: Stamps, cache: Cache, jobs: int) -> dict[str, Brief]:
    """Return all briefs: those remembered where they still hold, else made anew, by several processes where it pays."""
    cards, items = _section("card", stamps.shop), _section("item", stamps.shop)
    rows = stamps.shop.edition.products.rows
    briefs: dict[str, Brief] = {}
    new: list[tuple[str, bytes]] = []
    remembered = cache.heads(cards, _DECODE)
    for name, row in rows.items():
        stamp = b"%s %s %s" % (stamps.shop_stamp, stamps.of_reviews(name), stamps.of_record(row))
        known = remembered.get(name)
        if known is not None and known.stamp == stamp:
            briefs[name] = known
        else:
            new.append((name, stamp))
    batches = [new[start : start + _BATCH] for start in range(0, len(new), _BATCH)]
    for number, made in spread(
        functools.partial(_make, stamps.shop), batches, jobs=jobs if len(new) >= _POOL_PAYS else 1
    ):
        for (name, _), (head, card, sold) in zip(batches[number], made, strict=True):
            cache.put(cards, name, head, card)
            cache.put(items, name, b"", sold)
            briefs[name] = _DECODE(head)
    cache.keep(cards, rows.keys())
    cache.keep(items, rows.keys())
    return {name: briefs[name] for name in rows} if new else briefs


def _make(shop: Shop, batch: list[tuple[str, bytes]]) -> list[tuple[bytes, bytes, bytes]]:
    """Return each product's brief, its card and its items, encoded."""
    return [_brief(shop, name, stamp) for name, stamp in batch]


def _brief(shop: Shop, name: str, stamp: bytes) -> tuple[bytes, bytes, bytes]:
    product = shop.edition.products[name]
    variants = variants_of(product)
    tags = price_tags(shop, product, variants)
    priced = zip(variants, tags, strict=True)
    items = tuple(item_of(shop, product, variant, tag) for variant, tag in priced)
    faults = tuple((item.sku, fault) for item in items for fault in shop.provider.faults(item))
    if faults:  # there is no button for it, and so no card; the plan ends here
        return encode_record(_unsellable(stamp, faults)), b"", b""
    card = make_card(shop, product, variants, tags)
    shown, sold = encode_record(card), encode_record(items)
    categories = categories_of(shop, product)
    brief = Brief(
        stamp=stamp,
        mark=digest(shown, encode_record((product.status, categories, product.tags))),
        items=digest(sold),
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
        shown=tuple(dict.fromkeys(named_products(shop.edition.products.rows[name]))),
    )
    return encode_record(brief), shown, sold


def _order(product: Product, card: Card) -> str:
    """Return what sorts products: what can be bought first, then the most reviewed, then by name."""
    reviews = card.rating.count if card.rating else 0
    return f"{card.stock.state == 'out':d}{10**9 - reviews:010}{product.name.casefold()}"


def _weightless(shop: Shop, product: Product, variants: Sequence[Sellable]) -> tuple[str, ...]:
    steps = (step for method in methods_for(shop, product) for step in method.steps)
    if not any(step.weight is not None for step in steps):
        return ()
    return tuple(variant.sku for variant in variants if variant.weight is None)


def _unsellable(stamp: bytes, faults: tuple[tuple[str, str], ...]) -> Brief:
    return Brief(
        stamp=stamp,
        mark=b"",
        items=b"",
        order="",
        status="draft",
        price=Money(Decimal(0), ""),
        pictured=False,
        faults=faults,
    )
