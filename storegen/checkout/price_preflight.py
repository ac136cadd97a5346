"""Warn about errors in future builds: sales that begin or end while a provider's links have no such price."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping

from storegen.checkout.link_kinds import LINK_KINDS
from storegen.checkout.links import LinkKind, asks_other
from storegen.checkout.permalinks import PERMALINK_KINDS, PermalinkKind
from storegen.errors import counted, some
from storegen.model.clock import Clock
from storegen.model.money import sum_text
from storegen.model.offer import Offer
from storegen.model.payment import PayEntry
from storegen.model.price import Pricing, price_of
from storegen.model.product import Product, variants_of


def price_warnings(
    providers: Collection[str],
    entries: Mapping[str, Mapping[str, PayEntry]],
    products: Collection[Product],
    pricing: Pricing,
    zone: dt.tzinfo,
    *,
    else_by: str = "",
) -> Iterator[str]:
    """Yield a warning for each provider and each sale that will need a price which no link at the provider has.

    *entries* are the entries of content/checkout, by provider and article number. In other markets, the name of a
    *provider* ends with the market: ``stripe.SE``. *pricing* is for the time of the build. *else_by* says how articles
    are sold that a provider can't sell: ``by e-mail``.
    """
    priced = {name: entries.get(name, {}) for name in providers if _kind(name) is not None}
    for offer in pricing.offers:
        for moment, what in ((offer.starts, "begins"), (offer.ends, "ends")):
            if moment is None or moment <= pricing.clock.now:
                continue
            then = Pricing(pricing.offers, Clock(moment), pricing.currency)
            covered = [product for product in products if offer.covers(product)] if any(priced.values()) else []
            for name, links in priced.items():
                if wrong := [found for product in covered for found in _unpriced(product, links, then)]:
                    yield _warning(offer, f"{what} on {moment.astimezone(zone):%Y-%m-%d %H:%M}", name, wrong, else_by)


def _unpriced(product: Product, links: Mapping[str, PayEntry], pricing: Pricing) -> Iterator[str]:
    """Yield the variants of a product that have links, but none with the price on the page at the clock's time."""
    for variant in variants_of(product):
        entry = links.get(variant.sku)
        if isinstance(entry, tuple) and variant.buyable:
            price = price_of(product, variant, pricing)
            if all(asks_other(each, price.now, offered=price.ends is not None) for each in entry):
                yield f"{variant.sku}: {sum_text(price.now)}"


def _kind(provider: str) -> LinkKind | PermalinkKind | None:
    name, _, _ = provider.partition(".")
    return LINK_KINDS.get(name) or PERMALINK_KINDS.get(name)


def _warning(offer: Offer, when: str, provider: str, wrong: list[str], else_by: str) -> str:
    kind = _kind(provider)
    assert kind is not None
    file = f"content/checkout/{provider}.yaml"
    what = f"{file} has no link at the new price for {counted(len(wrong), 'article')} ({some(wrong, separator='; ')})"
    if isinstance(kind, LinkKind):
        remedy = (
            f'run "{kind.command}" before that' if kind.command else f"{kind.made}, and add it there with its price"
        )
    else:
        remedy = f"when it does, let {kind.title} ask the new price, and change the one in {file}"
    if else_by:
        return f'{offer.file}: once "{offer.name}" {when}, {what}, and they are sold {else_by}: {remedy}'
    return f'{offer.file}: no build is made once "{offer.name}" {when}: {what}; {remedy}'
