"""The running offers about an item, for payment providers that don't honour all of them."""

from __future__ import annotations

from collections.abc import Iterator

from storegen.checkout.protocol import ItemOffer
from storegen.model.money import Money
from storegen.model.offer import Offer, runs
from storegen.model.product import Product
from storegen.views.delivery import frees_any
from storegen.views.shop import Shop


def item_offers(shop: Shop, product: Product, price: Money) -> tuple[ItemOffer, ...]:
    """Return the running offers about a product at a *price*, except sales; none if all providers honour all offers."""
    return () if shop.provider.honours_all else tuple(_offers(shop, product, price))


def _offers(shop: Shop, product: Product, price: Money) -> Iterator[ItemOffer]:
    """Yield the running offers about a product. In another currency than the shop's, none applies."""
    for offer in shop.cart_offers if price.currency == shop.config.currency else ():
        if runs(offer, shop.clock) and _changes(shop, offer, product):
            one = price.amount >= (offer.min_total or 0) and (offer.min_count or 0) <= 1
            yield ItemOffer(offer.id, offer.kind, one and offer.kind not in {"bundle", "add_on"})


def _changes(shop: Shop, offer: Offer, product: Product) -> bool:
    """Return whether an offer changes the total or the contents of some order with a product."""
    match offer.kind:
        case "add_on":
            return product.id in offer.reduced
        case "free_delivery":
            return offer.covers(product) and frees_any(shop, offer, product)
    return offer.covers(product)
