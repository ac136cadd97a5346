"""Warn about errors in future builds: sales that begin or end while a provider's link keeps another price."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping

from storegen.checkout.link_kinds import LINK_KINDS
from storegen.checkout.links import LinkKind, asks_other
from storegen.checkout.permalinks import PERMALINK_KINDS, PermalinkKind
from storegen.errors import some
from storegen.model.clock import Clock
from storegen.model.money import decimal_text
from storegen.model.offer import Offer
from storegen.model.payment import PayEntry, PayLink
from storegen.model.price import Pricing, price_of
from storegen.model.product import Product, variants_of


def price_warnings(
    providers: Collection[str],
    entries: Mapping[str, Mapping[str, PayEntry]],
    products: Collection[Product],
    pricing: Pricing,
    zone: dt.tzinfo,
) -> Iterator[str]:
    """Yield a warning for each provider and each sale that will change a price stored at the provider.

    *entries* are the entries of content/checkout, by provider and article number. In other markets, the name of a
    *provider* ends with the market: ``stripe.SE``. *pricing* is for the time of the build.
    """
    priced = {name: entries.get(name, {}) for name in providers if _kind(name) is not None}
    for offer in pricing.offers:
        for moment, what in ((offer.starts, "begins"), (offer.ends, "ends")):
            if moment is None or moment <= pricing.clock.now:
                continue
            then = Pricing(pricing.offers, Clock(moment), pricing.currency)
            covered = [product for product in products if offer.covers(product)] if any(priced.values()) else []
            for name, links in priced.items():
                if wrong := [fault for product in covered for fault in _faults(product, links, then)]:
                    yield _warning(offer, f"{what} on {moment.astimezone(zone):%Y-%m-%d %H:%M}", name, wrong)


def _faults(product: Product, links: Mapping[str, PayEntry], pricing: Pricing) -> Iterator[str]:
    """Yield the variants of a product whose provider charges another price than the page shows at the clock's time."""
    for variant in variants_of(product):
        entry = links.get(variant.sku)
        if isinstance(entry, PayLink) and variant.buyable:
            price = price_of(product, variant, pricing)
            if asks_other(entry, price.now, offered=price.ends is not None):
                beside = "no price" if entry.price is None else str(entry.price)
                yield f"{variant.sku} ({beside} beside the link, {decimal_text(price.now)} on the page)"


def _kind(provider: str) -> LinkKind | PermalinkKind | None:
    name, _, _ = provider.partition(".")
    return LINK_KINDS.get(name) or PERMALINK_KINDS.get(name)


def _warning(offer: Offer, when: str, provider: str, wrong: list[str]) -> str:
    articles = f"{len(wrong)} articles" if len(wrong) > 1 else "1 article"
    kind = _kind(provider)
    assert kind is not None
    return (
        f'{offer.file}: no build is made once "{offer.name}" {when} while content/checkout/{provider}.yaml gives other '
        f"prices than the pages for {articles}: {some(wrong)}; when it does, let {kind.title} ask "
        "the new price and change the one beside the link"
    )
