"""The facts of a product. Lists are filtered and sorted by them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from storegen.model.product import Product, Sellable
from storegen.search.facets import LATER, NONE, NOW, Facts, Later, Option, combinations
from storegen.views.contexts.parts import Card, PriceTag
from storegen.views.shop import Shop
from storegen.views.stock import stock_of

_NOW = frozenset(("in", "few", "digital"))


def facts_of(shop: Shop, product: Product, variants: Sequence[Sellable], card: Card) -> Facts:
    """Return the facts of a product. *card* is its card; price, sale and rating come from it."""
    options = tuple(_options(product, variants))
    price, currency = card.price, shop.content.currency
    comparable = price.now.currency == currency and price.plan is None
    return Facts(
        options=options,
        had=_had(shop, product, variants, options),
        brand=product.brand,
        price=price.now.amount if comparable else None,
        sale=_reduced(price),
        later=tuple(_later(price)) if comparable else (),
        rating=int(card.rating.mean.replace(".", "")) if card.rating else 0,
        tags=product.tags,
        specs=tuple(product.specs.items()),
        added="" if product.added is None else product.added.isoformat(),
        sales=max(0, sum(shop.store.sales.get(variant.sku, 0) for variant in variants)),
    )


def _options(product: Product, variants: Sequence[Sellable]) -> Iterator[Option]:
    """Yield the options of a product, with the values that its articles have."""
    made = {pair for variant in variants for pair in variant.options}
    for name, choice in product.choices.items():
        values = {product.label(value): value for value in choice.values if (name, value) in made}
        if values:
            yield Option(name, product.label(name), tuple(values.values()), tuple(values))


def _had(shop: Shop, product: Product, variants: Sequence[Sellable], options: Sequence[Option]) -> bytes:
    """Return `Facts.had`: the availability of each combination of the options' values."""
    had: dict[tuple[str, ...], int] = {}
    for variant in variants:
        chosen = dict(variant.options)
        key = tuple(product.label(chosen[option.name]) for option in options if option.name in chosen)
        state = stock_of(shop, product, variant).state
        had[key] = max(had.get(key, NONE), NOW if state in _NOW else LATER)
    return combinations(options, had)


def _later(price: PriceTag) -> Iterator[Later]:
    while price.until is not None and price.then is not None:
        moment, price = int(price.until.timestamp() * 1000), price.then
        yield Later(moment, price.now.amount, sale=_reduced(price))


def _reduced(price: PriceTag) -> bool:
    return price.before is not None or price.ends is not None
