"""The price list of the payment function: what the totals of a cart need to know about each article."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import msgspec

from storegen.checkout import Buy
from storegen.checkout.card import Card
from storegen.model.money import Money, minor_digits
from storegen.model.plain import plain
from storegen.model.product import Product, Sellable
from storegen.views.contexts.parts import PriceTag
from storegen.views.items import buy_of
from storegen.views.shop import Shop
from storegen.views.stock import stock_of

# The data of a line that all variants of a product share, and those of a variant that change with time.
_SHARED = ("carried", "methods", "offers", "tax")
_TIMED = ("until", "then")
_PRICE_ONLY = frozenset(("price", "until", "then"))


class PricedVariant(msgspec.Struct, frozen=True):
    """A variant: its price in minor units, its weight in milligrams, and further data of its lines."""

    sku: str
    price: int
    weight: int = 0
    more: dict[str, Any] = {}

    @property
    def short(self) -> list[Any]:
        """The values without trailing defaults."""
        values = [self.sku, self.price, self.weight, self.more]
        return values if self.more else values[:3] if self.weight else values[:2]


class PricedProduct(msgspec.Struct, frozen=True):
    """A product in one language. *texts* are its name and the choice of each variant."""

    id: str
    shared: dict[str, Any]
    variants: tuple[PricedVariant, ...]
    texts: tuple[str, ...]


_encode_rows = msgspec.msgpack.Encoder().encode
_decode_row = msgspec.msgpack.Decoder(PricedProduct | None).decode


def keeps_prices(shop: Shop) -> bool:
    """Return whether the shop has a payment function."""
    return any(isinstance(each, Card) for each in shop.provider.providers)


def price_row(shop: Shop, product: Product, variants: Sequence[Sellable], tags: Sequence[PriceTag]) -> bytes:
    """Return a product's part of the price list, encoded. Variants that can't be bought are left out."""
    found = [(variant, buy_of(shop, product, variant, tag)) for variant, tag in zip(variants, tags, strict=True)]
    sold = [(variant, buy) for variant, buy in found if buy is not None and _payable(shop, buy)]
    if not sold:
        return _encode_rows(None)
    first = sold[0][1]
    shared = {name: value for name, value in _fields(first).items() if name in _SHARED}
    lines = tuple(_variant(shop, product, variant, buy) for variant, buy in sold)
    texts = (first.name, *(buy.choice for _, buy in sold))
    return _encode_rows(PricedProduct(product.id, shared, lines, texts))


def _payable(shop: Shop, buy: Buy) -> bool:
    return buy.kind == "cart" and buy.price.currency == shop.config.currency


def _variant(shop: Shop, product: Product, variant: Sellable, buy: Buy) -> PricedVariant:
    more = {name: value for name, value in _fields(buy).items() if name in _TIMED}
    stock = stock_of(shop, product, variant)
    if stock.left is not None:
        more["left"] = stock.left
    return PricedVariant(buy.sku, minor(buy.price), buy.weight, more)


def _fields(buy: Buy) -> dict[str, Any]:
    """Return the fields of a line that differ from their defaults, with amounts in minor units."""
    fields: dict[str, Any] = in_minor(buy)
    if "then" in fields:
        fields["then"] = _prices_of(fields["then"])
    return fields


def _prices_of(then: dict[str, Any]) -> dict[str, Any]:
    """Return coming prices without what only pages need."""
    return {name: _prices_of(value) if name == "then" else value for name, value in then.items() if name in _PRICE_ONLY}


def minor(money: Money) -> int:
    """Return an amount in minor units of its currency (ISO 4217)."""
    return int(money.amount.scaleb(minor_digits(money.currency)))


def in_minor(value: object) -> Any:  # noqa: ANN401 - any JSON
    """Return a record as the page's JSON has it, with all amounts in minor units, as the cart's totals need them."""
    return _whole(msgspec.json.decode(msgspec.json.encode(value, enc_hook=plain)))


def _whole(value: Any) -> Any:  # noqa: ANN401 - any JSON
    match value:
        case {"amount": str(amount), "currency": str(currency), **more} if not more:
            return minor(Money(Decimal(amount), currency))
        case dict():
            return {key: _whole(each) for key, each in value.items()}
        case list():
            return [_whole(each) for each in value]
    return value


def part_of(sku: str, count: int) -> int:
    """Return the number of the part of a long price list that contains an article, by the SHA-256 of its number."""
    return hashlib.sha256(sku.encode()).digest()[0] % count


def price_list(languages: Mapping[str, Mapping[str, bytes]], part: int = 0, count: int = 1) -> dict[str, Any]:
    """Return a market's price list, or one of *count* parts. *languages* has the encoded rows by language and product.

    A text that is the same as in the first language is replaced by 0.
    """
    first, *others = languages
    products: list[dict[str, Any]] = []
    texts: dict[str, list[Any]] = {name: [] for name in languages}
    for name, encoded in languages[first].items():
        row = _decode_row(encoded)
        if row is None:
            continue
        places = [place for place, each in enumerate(row.variants) if count == 1 or part_of(each.sku, count) == part]
        if not places:
            continue
        products.append({"id": row.id, **row.shared, "variants": [row.variants[place].short for place in places]})
        words = _words(row, places)
        texts[first].append(words)
        for other in others:
            own = _decode_row(languages[other][name]) or row
            texts[other].append(0 if (found := _words(own, places)) == words else found)
    return {"products": products, "texts": texts}


def _words(row: PricedProduct, places: Iterable[int]) -> list[str]:
    return [row.texts[0], *(row.texts[place + 1] for place in places)]
