"""Checks of offers: unsuitable or missing YAML keys, and offers that can never apply."""

from __future__ import annotations

from collections.abc import Iterator

from storegen.errors import Problem
from storegen.fields import FaultyPlaces
from storegen.load.entries import Entries
from storegen.model.offer import ABOUT, OFFER_KEYS, Offer
from storegen.model.product import variants_of
from storegen.model.store import Store
from storegen.yaml import Place

# YAML keys that every kind accepts.
_COMMON = frozenset("id file language kind name text terms starts ends slug page image".split())
_MEANT = {"about": "everything: yes, products, categories or tags"}


def check_offers(entries: Entries, store: Store) -> list[Problem]:
    """Return the offers that have unsuitable YAML keys, can never apply, or share their code with another offer."""
    problems: list[Problem] = []
    codes: dict[str, Offer] = {}
    for offer in store.offers:
        source = entries["offer"][offer.id].base
        if not source.faulty_places.touches("kind"):  # the kind decides about all other keys
            problems += source.problems((*_faults(offer, source.faulty_places), *_dear(offer, store, entries)))
        other = codes.setdefault(offer.code.casefold(), offer) if offer.code else offer
        if other is not offer:
            problems.append(source.problem(("code",), f'"{offer.code}" is already the code of {other.file}'))
    return problems


def _faults(offer: Offer, faulty_places: FaultyPlaces) -> Iterator[tuple[Place, str]]:
    """Yield the mistakes of an offer. Its *faulty_places* are not checked again."""
    shape = OFFER_KEYS[offer.kind]
    what = f"{'an' if offer.kind[0] in 'aeiou' else 'a'} {offer.kind.replace('_', ' ')}"
    taken = _COMMON | {*shape.one_of, *shape.needs, *shape.takes}
    given = [name for name in offer.__struct_fields__ if getattr(offer, name)]
    yield from (((name,), f"{what} takes no {name}") for name in given if name not in taken)
    for name in shape.needs:
        if not getattr(offer, name) and not faulty_places.touches(*(ABOUT if name == "about" else (name,))):
            yield (), f"{what} needs {_MEANT.get(name, name)}"
    chosen = [name for name in shape.one_of if getattr(offer, name)]
    if shape.one_of and len(chosen) != 1 and not faulty_places.touches(*shape.one_of):
        names = f"{', '.join(shape.one_of[:-1])} or {shape.one_of[-1]}"
        yield (), f"{what} needs {names}, above 0 and only one of them; found {' and '.join(chosen) or 'none'}"
    if offer.starts is not None and offer.ends is not None and offer.ends <= offer.starts:
        starts, ends = (f"{moment:%Y-%m-%d %H:%M}" for moment in (offer.starts, offer.ends))
        yield ("ends",), f'expected a moment after starts, "{starts}"; found "{ends}"'
    if offer.kind == "bundle" and len(set(offer.products)) < max(2, len(offer.products)):
        yield ("products",), "expected two or more different products"
    yield from _tier_faults(offer, faulty_places)


def _dear(offer: Offer, store: Store, entries: Entries) -> Iterator[tuple[Place, str]]:
    """Yield the price of a bundle if it is not lower than the sum of its products' lowest prices."""
    products = next(iter(store.localized.values())).products
    parts = [products[name] for name in offer.products if name in products]
    if offer.kind != "bundle" or offer.price is None or len(parts) < max(2, len(set(offer.products))):
        return
    if any(part.currency for part in parts):  # prices in different currencies can't be compared
        return
    if any(
        entries["product"][part.id].base.faulty_places.touches("price", "currency", "variants.price") for part in parts
    ):
        return
    total = sum(min(variant.price for variant in variants_of(part)) for part in parts)
    if offer.price >= total:
        yield ("price",), f'expected less than {total}, which its parts cost at their cheapest, found "{offer.price}"'


def _tier_faults(offer: Offer, faulty_places: FaultyPlaces) -> Iterator[tuple[Place, str]]:
    """Yield the steps of a volume price that are not in ascending order."""
    count, percent = 1, 0
    for number, tier in enumerate(offer.tiers):
        if faulty_places.covers(("tiers", number)):
            continue
        if tier.count <= count or tier.percent <= percent:
            yield ("tiers", number), "expected more pieces and a higher percentage than in the step before"
        count, percent = int(tier.count), tier.percent  # type: ignore[assignment]
