"""Checks of offers: unsuitable or missing YAML keys, and offers that can never apply."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from storegen.errors import Problem, suggest
from storegen.fields import FaultyPlaces
from storegen.load.entries import Entries, LoadSettings
from storegen.load.markets import amount_faults, in_prices
from storegen.load.sources import Source
from storegen.model.money import price_digits
from storegen.model.offer import ABOUT, OFFER_KEYS, Offer
from storegen.model.product import variants_of
from storegen.model.store import Store
from storegen.yaml import Place

# YAML keys that every kind accepts.
_COMMON = frozenset("id file language kind name text terms starts ends slug page image badge prices".split())
_PERCENTAGE = re.compile(r"[0-9]\s*[%٪﹪％]|[%٪﹪％]\s*[0-9]")
_MEANT = {"about": "everything: yes, products, categories or tags"}


def check_offers(entries: Entries, store: Store, settings: LoadSettings) -> list[Problem]:
    """Return the offers that have unsuitable YAML keys, can never apply, or share their code with another offer."""
    problems: list[Problem] = []
    codes: dict[str, Offer] = {}
    for offer in store.offers:
        source = entries["offer"][offer.id].base
        if not source.faulty_places.touches("kind"):  # the kind decides about all other keys
            problems += source.problems((*_faults(offer, source.faulty_places), *_dear(offer, store, entries)))
            problems += source.problems(_delivery_faults(offer, settings))
            problems += source.problems(_decimal_faults(offer, settings))
            problems += source.problems(amount_faults(offer, settings.config.markets))
            problems += _badge_problems(offer, entries, store, settings)
        other = codes.setdefault(offer.code.casefold(), offer) if offer.code else offer
        if other is not offer:
            problems.append(source.problem(("code",), f'"{offer.code}" is already the code of {other.file}'))
    return problems


def _faults(offer: Offer, faulty_places: FaultyPlaces) -> Iterator[tuple[Place, str]]:
    """Yield the mistakes of an offer. Its *faulty_places* are not checked again."""
    shape = OFFER_KEYS[offer.kind]
    what = f"{'an' if offer.kind[0] in 'aeiou' else 'a'} {offer.kind.replace('_', ' ')}"
    taken = (_COMMON if offer.public else _COMMON - {"badge"}) | {*shape.one_of, *shape.needs, *shape.takes}
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
        yield (
            ("ends",),
            f"expected a moment after starts ({_moment(offer.starts)}), found {_moment(offer.ends, end=True)}",
        )
    if offer.kind == "bundle" and len(set(offer.products)) < max(2, len(offer.products)):
        yield ("products",), "expected two or more different products"
    yield from _tier_faults(offer, faulty_places)


def _moment(moment: dt.datetime, *, end: bool = False) -> str:
    """Return a moment as an editor writes it; midnight as a day."""
    if moment.time() != dt.time():
        return f"{moment:%Y-%m-%d %H:%M}"
    return f"the end of {moment - dt.timedelta(days=1):%Y-%m-%d}" if end else f"{moment:%Y-%m-%d}"


def _decimal_faults(offer: Offer, settings: LoadSettings) -> Iterator[tuple[Place, str]]:
    """Yield amounts with decimals that the shop's currency doesn't have. A sale's amount is in that of the product."""
    if offer.kind == "sale" or settings.faulty_places.touches("currency"):
        return
    currency = settings.config.currency
    digits = price_digits(currency)
    for key in ("amount", "price", "min_total"):
        amount: Decimal | None = getattr(offer, key)
        if amount is not None and amount != round(amount, digits):
            yield (key,), f'{currency} has {digits or "no"} decimals, found "{amount}"'


def _delivery_faults(offer: Offer, settings: LoadSettings) -> Iterator[tuple[Place, str]]:
    """Yield the delivery methods and countries of a free delivery that the shop doesn't have."""
    if offer.kind != "free_delivery" or settings.faulty_places.touches("delivery.methods"):
        return
    methods = settings.config.delivery.countries
    for number, name in enumerate(offer.methods):
        if name not in methods:
            yield ("methods", number), f'no delivery method "{name}"{suggest(name, methods)}'
    meant = [countries for name, countries in methods.items() if not offer.methods or name in offer.methods]
    listed = dict.fromkeys(country for countries in meant for country in countries)
    for number, country in enumerate(offer.countries):
        if country not in listed:
            known = ", ".join(listed) or "none yet"
            yield (
                ("countries", number),
                f'no delivery method lists the country "{country}"{suggest(country, listed)} (they list {known})',
            )


def _badge_problems(offer: Offer, entries: Entries, store: Store, settings: LoadSettings) -> Iterator[Problem]:
    """Yield the badges of sales with a percentage that the price history may not prove.

    A reduction is announced with the lowest price of the last 30 days, and its percentage is one of that price (98/6/EC
    article 6a; Court of Justice C-330/23, 2024-09-26). Where the history proves it, the badge shows it anyway.
    """
    if offer.kind != "sale" or not settings.config.proves_prices:
        return
    for language, content in store.localized.items():
        badge = content.offers[offer.id].badge if offer.id in content.offers else ""
        if _PERCENTAGE.search(badge):
            message = f'leave the percentage out, it appears once the price history proves it; found "{badge}"'
            yield entries["offer"][offer.id].source(language, ("badge",)).problem(("badge",), message)


def check_banner(site: Path, entries: Entries, settings: LoadSettings) -> Iterator[Problem]:
    """Yield the offers in the banner of site.yaml that it can't name."""
    source = Source(site, "site.yaml", {}, faulty_places=settings.faulty_places)
    for number, name in enumerate(settings.config.banner):
        kind, _, identity = name.partition(":")
        if kind == "offer" and (fault := announcement_fault(identity, entries)):
            yield source.problem(("banner", number), fault)


def announcement_fault(name: str, entries: Entries) -> str | None:
    """Return why pages can't announce the offer of this name, None if they can."""
    entry = entries["offer"].get(name)
    if entry is None:
        return f'no offer "{name}"{suggest(name, entries["offer"])}'
    if entry.base.data.get("kind") == "first_purchase":
        return f'only visitors who got the link know of the first-purchase offer "{name}"; name another one'
    if entry.base.data.get("after_order"):
        return f'only buyers who have just ordered know of the offer "{name}"; name another one'
    return None


def _dear(offer: Offer, store: Store, entries: Entries) -> Iterator[tuple[Place, str]]:
    """Yield the prices of a bundle that are not lower than the sum of its products' lowest prices, in each market."""
    if offer.kind != "bundle":
        return
    keys = ("price", "currency", "prices", "variants.price", "variants.prices")
    if any(
        entries["product"][name].base.faulty_places.touches(*keys)
        for name in offer.products
        if name in entries["product"]
    ):
        return
    markets = {content.market: content for content in reversed([*store.localized.values()])}
    for market, content in markets.items():
        here = content.offers.get(offer.id)
        parts = [content.products[name] for name in offer.products if name in content.products]
        if here is None or here.price is None or len(parts) < max(2, len(set(offer.products))):
            continue
        if any(part.currency for part in parts):  # prices in different currencies can't be compared
            continue
        total = sum(min(variant.price for variant in variants_of(part)) for part in parts)
        if here.price >= total:
            message = f'expected less than {total}, which its parts cost at their cheapest, found "{here.price}"'
            yield in_prices(("price",), market), message


def _tier_faults(offer: Offer, faulty_places: FaultyPlaces) -> Iterator[tuple[Place, str]]:
    """Yield the steps of a volume price that are not in ascending order."""
    count, percent = 1, 0
    for number, tier in enumerate(offer.tiers):
        if faulty_places.covers(("tiers", number)):
            continue
        if tier.count <= count or tier.percent <= percent:
            yield ("tiers", number), "expected more pieces and a higher percentage than in the step before"
        count, percent = int(tier.count), tier.percent  # type: ignore[assignment]
