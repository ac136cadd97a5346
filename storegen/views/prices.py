"""Prices for display, from `price_of` and the variants' own data."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import msgspec

from storegen.checkout import Item
from storegen.model.money import Money, rounded
from storegen.model.payment import Subscription
from storegen.model.price import Price, Unproven, price_of
from storegen.model.product import Product, Sellable, UnitPrice
from storegen.views.contexts.delivery import TaxLine
from storegen.views.contexts.parts import BadgeTag, PlanTag, PriceTag
from storegen.views.item_offers import item_offers
from storegen.views.shop import Shop


def price_tags(shop: Shop, product: Product, variants: Sequence[Sellable]) -> tuple[PriceTag, ...]:
    """Return the price of each variant for display."""
    return tuple(price_tag(shop, product, variant) for variant in variants)


def price_tag(shop: Shop, product: Product, variant: Sellable) -> PriceTag:
    """Return the price of one variant for display."""
    price = price_of(product, variant, shop.pricing)
    _, plan = shop.provider.subscriptions.get(variant.sku, ("", None))
    return _tag(shop, product, variant, price, _plan(plan) if plan else None)


def _plan(plan: Subscription) -> PlanTag:
    return PlanTag(every=plan.every, count=int(plan.count), trial=int(plan.trial))


def unproven(shop: Shop, product: Product, variants: Sequence[Sellable]) -> tuple[tuple[str, Unproven], ...]:
    """Return article numbers whose reduction may not be shown, with the reason why the earlier price isn't proven."""
    if shop.pricing.history is None:
        return ()
    found = ((variant.sku, price_of(product, variant, shop.pricing).unproven) for variant in variants)
    return tuple((number, why) for number, why in found if why is not None)


def lowest_tag(variants: Sequence[Sellable], tags: Sequence[PriceTag]) -> PriceTag:
    """Return a product's price for display: the lowest buyable price, marked "from" if other variants cost more.

    *tags* are the prices of the variants.
    """
    buyable = [tag for variant, tag in zip(variants, tags, strict=True) if variant.buyable] or tags
    best = min(buyable, key=lambda tag: tag.now.amount)
    return _from(best) if any(tag.now != best.now for tag in buyable) else best


def _from(tag: PriceTag) -> PriceTag:
    return msgspec.structs.replace(tag, lowest=True, then=None if tag.then is None else _from(tag.then))


def _tag(shop: Shop, product: Product, variant: Sellable, price: Price, plan: PlanTag | None) -> PriceTag:
    unit = variant.unit_price
    per = None if unit is None else unit_price(price.now, unit)
    # A price changes without a build only if one of the providers can charge the new one.
    then = price.then if price.then and _sold_at(shop, product, variant, price.then) else None
    return PriceTag(
        now=price.now,
        before=price.before,
        percent=price.percent,
        ends=price.ends,
        unit=per,
        unit_per=_per(unit.per, shop.word("price.piece")) if unit is not None and per is not None else "",
        claim=shop.pricing.history is not None and price.before is not None,
        plan=plan,
        until=price.until if then is not None else None,
        then=None if then is None else _tag(shop, product, variant, then, plan),
    )


def _sold_at(shop: Shop, product: Product, variant: Sellable, price: Price) -> bool:
    """Return whether the shop can sell a variant at a coming price without a build."""
    full = None if price.ends is None else rounded(Money(variant.price, price.now.currency))
    offers = item_offers(shop, product, price.now)
    item = Item(sku=variant.sku, product=product.id, name="", price=price.now, full=full, page="", offers=offers)
    return shop.provider.follows(item)


def _per(measure: str, piece: str) -> str:
    """Return a measure as it follows a price and a slash: ``l`` for 1 l, ``100 g``. *piece* is the word for a piece."""
    number, unit = measure.split(" ")
    unit = (piece or unit) if unit == "piece" else unit
    return unit if Decimal(number) == 1 else f"{number} {unit}"


def unit_price(price: Money, unit: UnitPrice) -> Money | None:
    """Return the unit price, rounded half up, None if the two measures can't be compared."""
    if unit.content.base != unit.per.base:
        return None
    return rounded(Money(price.amount * unit.per.size / unit.content.size, price.currency))


def badge_of(shop: Shop, product: Product, price: PriceTag) -> BadgeTag | None:
    """Return a product's only badge: its reduction, or the badge of an offer, or that of the first tag that has one."""
    if price.percent:
        return BadgeTag(kind="sale", percent=price.percent, ends=price.ends if price.until else None)
    for offer in shop.badge_offers:
        if offer.covers(product) or product.id in offer.reduced:
            return BadgeTag(kind="sale", text=offer.badge, ends=offer.ends)
    for tag in product.tags:
        if badge := shop.config.badges.get(tag):
            return BadgeTag(kind="strong" if badge.strong else "fact", text=badge.text)
    return None


def tax_line(shop: Shop, tax_class: str) -> TaxLine | None:
    """Return the tax line of a tax class, None if the shop states no rate for it."""
    tax = shop.config.tax
    rate = tax.rates.get(tax_class)
    if rate is None:
        return None
    return TaxLine(name=shop.tax_name, rate=format(rate.normalize(), "f"), included=bool(tax.included))


def shown_tax(shop: Shop, tax_class: str) -> TaxLine | None:
    """Return the tax line of a tax class for visitors, None for a rate of 0, which says nothing about a price."""
    line = tax_line(shop, tax_class)
    return None if line is None or not Decimal(line.rate) else line
