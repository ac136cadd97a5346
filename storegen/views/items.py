"""The items sold of a product, for payment providers and the shop's own cart."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from msgspec.structs import replace

from storegen.checkout import Buy, Item
from storegen.checkout.protocol import Later
from storegen.markdown.plain_text import plain_line
from storegen.model.money import Money, rounded
from storegen.model.price import price_of
from storegen.model.product import Product, Sellable
from storegen.views.contexts.parts import PriceTag
from storegen.views.delivery import delivery_cost, methods_for
from storegen.views.item_offers import item_offers
from storegen.views.pictures import picture
from storegen.views.prices import tax_line
from storegen.views.selection import is_named
from storegen.views.shop import Shop
from storegen.views.stock import stock_of


def item_of(shop: Shop, product: Product, variant: Sellable, tag: PriceTag) -> Item:
    """Return a variant as an item for providers, at the price shown."""
    pictures = product.pictures
    shown = next((image for image in pictures if image.file == variant.image), pictures[0] if pictures else None)
    image = picture(shop, shown)
    stock = stock_of(shop, product, variant)
    return Item(
        sku=variant.sku,
        product=product.id,
        name=product.name,
        choice=choice_of(product, variant),
        options=tuple((product.label(name), product.label(value)) for name, value in variant.options),
        summary=plain_line(product.summary),
        price=tag.now,
        full=None if tag.ends is None else rounded(Money(variant.price, tag.now.currency)),
        page=shop.absolute(shop.href("product", product)),
        picture="" if image is None else image.src,
        weight=variant.weight,
        stock=stock.left,
        later=stock.text if stock.state in ("order", "back", "pre") else "",
        digital=product.digital,
        voucher=product.voucher,
        buyable=stock.state != "out",
        delivery=_delivery(shop, product, variant, tag.now) if shop.own_cart else None,
        sale="" if tag.ends is None else price_of(product, variant, shop.pricing).sale,
        offers=item_offers(shop, product, tag.now),
        not_by=tuple(
            name for name, each in shop.config.checkout.methods.items() if is_named(shop, each.not_for, product)
        ),
    )


def _delivery(shop: Shop, product: Product, variant: Sellable, price: Money) -> tuple[str, Money] | None:
    weight = variant.weight or Decimal(0)
    method = next((method for method in methods_for(shop, product) if method.carries(weight)), None)
    if method is None or price.currency != shop.config.currency:  # an order's total has only one currency
        return None
    return method.name, delivery_cost(shop, method, product, price, weight)


def buy_of(shop: Shop, product: Product, variant: Sellable, tag: PriceTag) -> Buy | None:
    """Return the button of a variant, None if the variant can't be bought now."""
    item = item_of(shop, product, variant, tag)
    if not item.buyable:
        return None
    buy = shop.provider.buy(item)
    if tag.then is not None:
        later = (shop.provider.buy(item_of(shop, product, variant, then)) for then in _coming(tag))
        buy = _followed(buy, tag, list(later))
    return buy if buy.kind != "cart" else _for_cart(shop, product, item, buy)


def _coming(tag: PriceTag) -> Iterator[PriceTag]:
    """Yield the prices that follow a price."""
    while tag.then is not None:
        tag = tag.then
        yield tag


def _followed(buy: Buy, tag: PriceTag, later: Sequence[Buy | None]) -> Buy:
    """Return a button with its changes at the coming prices of *tag*.

    *later* are the buttons with these prices. None stands for a provider that can't charge one of them.
    """
    moments = [each.until for each in (tag, *_coming(tag))]
    then: Later | None = None
    for until, price, each in zip(reversed(moments[1:]), reversed([*_coming(tag)]), reversed(later), strict=True):
        then = _later(each, price.now, until, then)
    return replace(buy, until=tag.until, then=then)


def _later(buy: Buy | None, price: Money, until: dt.datetime | None, then: Later | None) -> Later:
    if buy is None:
        return Later(price=price, until=until, then=then)
    return Later(
        price=buy.price,
        code=buy.code,
        href=buy.href,
        copy=buy.copy,
        provider=buy.provider,
        not_by=buy.not_by,
        tokens=buy.tokens,
        post=buy.post,
        until=until,
        then=then,
    )


def _for_cart(shop: Shop, product: Product, item: Item, buy: Buy) -> Buy:
    """Return the button with the data that the shop's own cart needs for its totals."""
    about = [offer.id for offer in shop.cart_offers if offer.kind != "bundle" and offer.covers(product)]
    tax = tax_line(shop, product.tax_class) if product.tax_class != "standard" else None
    return replace(
        buy,
        product=product.id,
        weight=int((item.weight or 0) * 1000),
        carried=not item.digital,
        voucher=item.voucher,
        methods=product.delivery.methods if product.delivery else (),
        offers=tuple(about),
        tax=tax.rate if tax else "",
    )


def other_buys_of(shop: Shop, product: Product, variant: Sellable, tag: PriceTag) -> tuple[Buy | None, ...]:
    """Return the buttons of the shop's other payment methods, none if the variant can't be bought now.

    None stands for a method that doesn't sell the variant, or is its main button.
    """
    if not shop.provider.others:
        return ()
    item = item_of(shop, product, variant, tag)
    if not item.buyable:
        return ()
    buys = shop.provider.other_buys(item)
    if tag.then is None:
        return buys
    later = [shop.provider.other_buys(item_of(shop, product, variant, then)) for then in _coming(tag)]
    found = zip(buys, zip(*later, strict=True), strict=True)
    return tuple(None if buy is None else _followed(buy, tag, each) for buy, each in found)


def choice_of(product: Product, variant: Sellable) -> str:
    """Return a variant's values as text: ``17, polished``."""
    return ", ".join(product.label(value) for _, value in variant.options)


def choice_in_words(product: Product, written: str) -> str:
    """Return a choice that somebody wrote down, such as ``Size 17, red``, in the words of the product's language.

    The text stays as it is unless each part of it is a value of an option, with or without the option's name.
    """
    if not product.labels:
        return written
    words = {_folded(word): word for name, choice in product.choices.items() for word in (name, *choice.values)}
    patterns = [_written_choice(name, choice.values) for name, choice in product.choices.items()]
    shown, place = "", 0
    while place < len(written):
        found = next(filter(None, (pattern.match(written, place) for pattern in patterns)), None)
        if found is None:
            return written
        shown += "".join(product.label(words.get(_folded(part), part)) for part in found.groups(""))
        place = found.end()
    return shown


def _written_choice(name: str, values: Iterable[str]) -> re.Pattern[str]:
    """Return the pattern of one value in a text: the option's name, what is after it, the value, what is after it."""
    longest = "|".join(r"\s+".join(map(re.escape, value.split())) for value in sorted(values, key=len, reverse=True))
    return re.compile(rf"(?:({re.escape(name)})(\s*[:=]\s*|\s+))?({longest})(\s*[,;/|·]\s*|\Z)", re.IGNORECASE)


def _folded(word: str) -> str:
    """Return a word in small letters with ordinary spaces, also where it has non-breaking ones, as in ``18 cm``."""
    return " ".join(word.split()).casefold()


def property_of(shop: Shop, option: str) -> str:
    """Return the schema.org property of an option: size, color, material or pattern; empty for other options."""
    for key in ("size", "color", "material", "pattern"):
        names = ",".join((key, *(each.word(f"option_names.{key}") for each in shop.others.values())))
        if option.strip().casefold() in {each.strip().casefold() for each in names.split(",")}:
            return key
    return ""


def properties_of(shop: Shop, product: Product, variant: Sellable) -> dict[str, str]:
    """Return the values of a variant by schema.org property, in the words that the visitor reads."""
    found = ((property_of(shop, name), product.label(value)) for name, value in variant.options)
    return {key: value for key, value in found if key}
