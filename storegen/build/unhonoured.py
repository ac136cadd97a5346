"""Offers and codes that no payment provider of the shop can apply."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from storegen.checkout import FACTS, title_of
from storegen.checkout.combined import WHOLE
from storegen.errors import Problem
from storegen.load.sources import line_of
from storegen.model.offer import Offer
from storegen.model.totals import CODED
from storegen.views.shop import Shop

_COUPON = "make it a coupon there and here"
_LEFT_OUT = "leave it out here and set it up there, where that can be done"
# The effect on an offer if the provider calculates the total itself, and the remedy.
_LOST: Mapping[str, tuple[str, str]] = {
    "volume": ("not take off this volume price", _COUPON),
    "bundle": ("not take off what this bundle saves", _COUPON),
    "add_on": ("not take off what this add-on saves", _COUPON),
    "gift": ("not add this gift", _LEFT_OUT),
    "sample": ("not add this sample", _LEFT_OUT),
    "free_delivery": ("still charge for the delivery", _LEFT_OUT),
}


def unhonoured(site: Path, shop: Shop) -> Iterator[Problem]:
    """Yield the offers and codes that none of the payment providers can apply.

    If one of them can, the others don't sell the articles of the offer while it runs.
    """
    names = shop.config.checkout.provider
    for offer in shop.content.offers.values():
        if offer.kind in CODED:
            if not shop.provider.carries_offers and all(offer.kind not in FACTS[name].offers for name in names):
                titles = ", ".join(map(title_of, names))
                message = f"{titles} accepts no code; make it a sale, or leave the provider out while it runs"
                yield _problem(site, offer, "code", message)
        elif offer.kind != "sale" and not shop.own_cart:
            if not shop.provider.carries_offers and not _linked(shop, offer):
                yield _problem(site, offer, "kind", _lost(shop, offer))
            elif offer.code and shop.provider.carries_offers:
                hosted = ", ".join(
                    title_of(each.provider) for each in shop.provider.cart_transfers() if each.kind not in WHOLE
                )
                message = (
                    f"{hosted} takes the codes of this shop and would {_LOST[offer.kind][0]}; remove the "
                    f"code, or remove {hosted} from checkout.provider"
                )
                yield _problem(site, offer, "code", message)


def _linked(shop: Shop, offer: Offer) -> bool:
    """Return whether a payment link carries an offer."""
    tables = (
        shop.store.links.get(f"{name}.{shop.config.market}".rstrip("."), {}) for name in shop.config.checkout.provider
    )
    links = (link for table in tables for entry in table.values() if isinstance(entry, tuple) for link in entry)
    return any(offer.id in link.offers for link in links)


def _lost(shop: Shop, offer: Offer) -> str:
    """Return the error about an offer that every provider would lose."""
    names = shop.provider.elsewhere
    own = "calculates the total itself" if len(names) == 1 else "calculate the total themselves"
    lost, remedy = _LOST[offer.kind]
    other = (
        "take orders by mail or messenger alone"
        if shop.provider.cart == "provider"
        else "add order to checkout.provider"
    )
    return f"{', '.join(map(title_of, names))} {own} and would {lost}; {remedy}, or {other}"


def _problem(site: Path, offer: Offer, field: str, message: str) -> Problem:
    return Problem(offer.file, line_of(site, offer.file, (field,)), field, message)
