"""Refusals: why a provider can't sell an article because of an offer, and the sentences for one article and many."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from storegen.checkout.protocol import Facts, Item, ItemOffer, Refusal
from storegen.errors import some
from storegen.model.offer import OfferKind

ALL_OFFERS: tuple[OfferKind, ...] = (
    "sale", "coupon", "first_purchase", "volume", "bundle", "add_on", "gift", "sample", "free_delivery"
)  # fmt: skip
# What a provider that calculates the total itself can apply: the price, and a code that it knows too.
PRICE_AND_CODES: tuple[OfferKind, ...] = ("sale", "coupon", "first_purchase")
# The effect on an offer if the provider doesn't honour it.
LOST: Mapping[OfferKind, str] = {
    "coupon": "not accept the code of {offer}",
    "first_purchase": "not accept the code of {offer}",
    "volume": "not take off the volume price {offer}",
    "bundle": "not take off what the bundle {offer} saves",
    "add_on": "not take off what the add-on {offer} saves",
    "gift": "not add the gift of {offer}",
    "sample": "not add the sample of {offer}",
    "free_delivery": "still charge for the delivery that {offer} makes free",
}


def unhonoured(item: Item, facts: Facts, *, alone: bool) -> tuple[ItemOffer, ...]:
    """Return the running offers about an item that a provider with these *facts* doesn't honour.

    A provider that sells one article *alone* only has to honour what changes such an order.
    """
    return tuple(each for each in item.offers if each.kind not in facts.offers and (each.alone or not alone))


def offer_refusals(name: str, title: str, offers: Collection[ItemOffer]) -> Iterator[Refusal]:
    """Yield the refusals for offers that the provider *name* doesn't honour. *title* is its display name."""
    for each in offers:
        yield Refusal(
            provider=name,
            cause=f"{title} would {LOST[each.kind]} for {{articles}}",
            remedy=f"{title} can sell them again when the offer has ended",
            offer=each.id,
        )


class Refused(NamedTuple):
    """An article with one of the reasons why a provider can't sell it. *sellers* are the providers that can."""

    sku: str
    refusal: Refusal
    sellers: tuple[str, ...] = ()


def causes_of(found: Sequence[Refused]) -> Iterator[list[Refused]]:
    """Yield the refused articles of each cause, in the order of their first article."""
    groups: dict[tuple[str, str, str], list[Refused]] = {}
    for each in found:
        refusal = each.refusal
        groups.setdefault((refusal.provider, refusal.cause, refusal.offer), []).append(each)
    yield from groups.values()


def cause_of(group: Sequence[Refused], offer: str, total: int = 0) -> str:
    """Return the cause that articles share as a sentence. *offer* is the offer's name.

    *total* is the number of all articles. Without it, a single article is *the article*.
    """
    named = [f"{each.sku}: {each.refusal.detail}" if each.refusal.detail else each.sku for each in group]
    sku, detail = group[0].sku, group[0].refusal.detail
    if len(group) == 1 and not total:
        articles = f'the article "{sku}"' + (f" ({detail})" if detail else "")
    else:
        count = f"{len(group)} of {total} articles" if total else f"{len(group)} articles"
        articles = f"{count} ({some(named, separator='; ' if detail else ', ')})"
    return group[0].refusal.cause.replace("{offer}", f'"{offer}"').replace("{articles}", articles)
