"""The price list of the payment function: what the totals of a cart need to know about each article."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import msgspec

from storegen.checkout import Buy
from storegen.checkout.card import Card
from storegen.model.money import Money, minor_amount
from storegen.model.plain import plain
from storegen.model.product import Product, Sellable
from storegen.views.contexts.parts import PriceTag
from storegen.views.items import buy_of
from storegen.views.services import services_of
from storegen.views.shop import Shop
from storegen.views.stock import stock_of

# The fields of a line that are for pages, and the article's number and texts, which have places of their own.
_LEFT_OUT = frozenset(
    "kind sku name choice href page picture code data tokens copy action post tags provider not_by product "
    "stock".split()
)


class PricedVariant(msgspec.Struct, frozen=True, array_like=True):
    """A variant and the data of its lines, with amounts in minor units."""

    sku: str
    line: dict[str, Any]


class PricedProduct(msgspec.Struct, frozen=True, array_like=True):
    """A product in one language. *texts* are its name and the choice of each variant."""

    id: str
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
    lines = tuple(PricedVariant(buy.sku, _line(shop, product, variant, buy)) for variant, buy in sold)
    return _encode_rows(PricedProduct(product.id, lines, (sold[0][1].name, *(buy.choice for _, buy in sold))))


def _payable(shop: Shop, buy: Buy) -> bool:
    return buy.kind == "cart" and Card.name not in buy.not_by and buy.price.currency == shop.config.currency


def _line(shop: Shop, product: Product, variant: Sellable, buy: Buy) -> dict[str, Any]:
    stock = stock_of(shop, product, variant)
    left = {} if stock.left is None else {"left": stock.left}
    names = [each.id for each in services_of(shop, product)]
    return {**_kept(in_minor(buy)), **left, **({"offered": names} if names else {})}


def _kept(value: Any) -> Any:  # noqa: ANN401 - any JSON
    """Return the data of a line, now or at a later time, without what only pages need.

    A later price that changes nothing else is only its number, since most variants of a long list have one in a sale.
    """
    match value:
        case {"then": dict(then), **more}:
            kept = _kept(then)
            return {**_kept(more), "then": kept["price"] if kept.keys() == {"price"} else kept}
        case dict():
            return {key: _kept(each) for key, each in value.items() if key not in _LEFT_OUT}
        case list():
            return [_kept(each) for each in value]
    return value


def in_minor(value: object) -> Any:  # noqa: ANN401 - any JSON
    """Return a record as the page's JSON has it, with all amounts in minor units, as the cart's totals need them."""
    return _whole(msgspec.json.decode(msgspec.json.encode(value, enc_hook=plain)))


def _whole(value: Any) -> Any:  # noqa: ANN401 - any JSON
    match value:
        case {"amount": str(amount), "currency": str(currency), **more} if not more:
            return minor_amount(Money(Decimal(amount), currency))
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
        products.append(_product(row, places))
        words = _words(row, places)
        texts[first].append(words)
        for other in others:
            own = _decode_row(languages[other][name]) or row
            texts[other].append(0 if (found := _words(own, places)) == words else found)
    return {"products": products, "texts": texts}


def _product(row: PricedProduct, places: Sequence[int]) -> dict[str, Any]:
    """Return a product with the data that all its variants share, and each variant with the rest."""
    variants = [row.variants[place] for place in places]
    first, *others = (each.line for each in variants)
    same = {key: value for key, value in first.items() if all(each.get(key) == value for each in others)}
    rest = ({key: value for key, value in each.line.items() if key not in same} for each in variants)
    return {
        "id": row.id,
        **same,
        "variants": [[each.sku, more] if more else each.sku for each, more in zip(variants, rest, strict=True)],
    }


def _words(row: PricedProduct, places: Iterable[int]) -> list[str]:
    return [row.texts[0], *(row.texts[place + 1] for place in places)]
