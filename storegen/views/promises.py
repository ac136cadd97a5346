"""The shop's promises and FAQ answers, with the values of site.yaml filled in."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from decimal import Decimal

import msgspec

from storegen.config import PROMISE_VALUES, VALUE_IN_BRACES
from storegen.locale import country_text, days_text, money_text, time_text
from storegen.model.category import FaqEntry
from storegen.model.company import Promise
from storegen.model.delivery import Method
from storegen.model.money import Money
from storegen.model.offer import Offer, runs
from storegen.model.product import Product
from storegen.views.contexts.delivery import DeliveryLine
from storegen.views.contexts.parts import Fact, FaqLine
from storegen.views.delivery import delivery_line, freed, methods_for
from storegen.views.selection import is_named
from storegen.views.shop import Shop

# The number of promises on a product's page.
SHOWN = 4

_ENDS = ".!?…。！？"
_SENTENCE = re.compile(rf"((?<=[{_ENDS}])\s+|(?<=[。！？]))")
_COSTS = frozenset(("delivery_price", "free_from"))
# What makes a promise one about parcels: values, icons and pages.
_PARCEL_VALUES = frozenset(("delivery_price", "free_from", "delivery_days", "carrier", "send_before", "return_days"))
_PARCEL_ICONS = frozenset(("parcel", "truck", "return"))
_PARCEL_PAGES = frozenset(("page:delivery", "page:returns"))


class Values(msgspec.Struct, frozen=True):
    """The values of site.yaml for texts, by the names in braces. With *free*, delivery costs nothing at present.

    *ends* is the end of the offer that makes it free, if it has one.
    """

    texts: Mapping[str, str]
    free: bool = False
    ends: dt.datetime | None = None


def fact(shop: Shop, name: str) -> Fact:
    """Return the promise with this id for pages about the whole shop."""
    return _fact(shop, name, values_of(shop)) or Fact(id=name, title=shop.config.promises[name].title)


def product_facts(shop: Shop, product: Product, deliveries: tuple[DeliveryLine, ...]) -> tuple[Fact, ...]:
    """Return the promises that hold for a product, with the values of its own *deliveries*."""
    methods = methods_for(shop, product)
    values = _values(shop, methods[0] if methods else None, deliveries[0] if deliveries else None)
    names = (name for name in shop.config.product_promises if _holds(shop, shop.config.promises[name], product))
    facts = (_fact(shop, name, values) for name in names)
    return tuple(each for each in facts if each is not None)[:SHOWN]


def faq_line(shop: Shop, entry: FaqEntry) -> FaqLine:
    """Return an FAQ entry, with the values of site.yaml filled into its answer."""
    return FaqLine(
        title=entry.title,
        text=fill(shop, shop.linked(entry.text)),
        link=shop.link(entry.link) if entry.link else None,
    )


def fill(shop: Shop, text: str) -> str:
    """Fill the values of site.yaml into a text: ``{free_from}``, ``{return_days}`` … in the visitor's language."""
    return said(shop, text, values_of(shop)) if "{" in text else text


def values_of(shop: Shop) -> Values:
    """Return the values for pages about the whole shop: those of its first delivery method."""
    methods = shop.config.delivery.methods
    return _values(shop, methods[0] if methods else None, _shop_delivery(shop, methods[0]) if methods else None)


def said(shop: Shop, text: str, values: Values) -> str:
    """Fill values into a text. Sentences about the cost of delivery say that it is free where it is.

    Sentences with a value that there is not are left out.
    """
    if "{" not in text:
        return text
    word = shop.word("offer.free_delivery") if values.free else ""
    parts = [*_SENTENCE.split(text), ""]  # sentences, each with the space after it
    found: list[str] = []
    for sentence, space in zip(parts[::2], parts[1::2], strict=True):
        names = {name for name in VALUE_IN_BRACES.findall(sentence) if name in PROMISE_VALUES}
        if word and not names.isdisjoint(_COSTS):
            free = word + (sentence[-1] if sentence[-1] in _ENDS else "")
            found += [] if free in found else [free, space]
        elif names <= values.texts.keys():
            filled = VALUE_IN_BRACES.sub(lambda match: values.texts.get(match[1], match[0]), sentence)
            found += [filled, space]
    return "".join(found).rstrip()


def is_about_parcels(promise: Promise) -> bool:
    """Return whether a promise is about parcels, which digital products don't have."""
    named = set(VALUE_IN_BRACES.findall(f"{promise.title} {promise.text}"))
    return (
        not named.isdisjoint(_PARCEL_VALUES)
        or promise.icon in _PARCEL_ICONS
        or promise.link.partition("#")[0] in _PARCEL_PAGES
    )


def _holds(shop: Shop, promise: Promise, product: Product) -> bool:
    """Return whether a promise holds for a product."""
    if product.digital and not (not is_about_parcels(promise) if promise.digital is None else promise.digital):
        return False
    if product.id in promise.excluding:
        return False
    return not promise.limited or is_named(shop, promise, product)


def _fact(shop: Shop, name: str, values: Values) -> Fact | None:
    """Return a promise with values, None if its title has a value that there is not."""
    promise = shop.config.promises[name]
    title = said(shop, promise.title, values)
    if not title:
        return None
    made = Fact(
        id=name,
        title=title,
        text=shop.linked(said(shop, promise.text, values)),
        icon=promise.icon or "check",
        link=shop.link(promise.link, promise.link_text) if promise.link else None,
    )
    then = None if values.ends is None else _fact(shop, name, msgspec.structs.replace(values, free=False, ends=None))
    return made if then in {None, made} else msgspec.structs.replace(made, ends=values.ends, then=then)


def _shop_delivery(shop: Shop, method: Method) -> DeliveryLine:
    """Return a delivery method for an order of any product, with the offers that hold for every order."""
    offers = [offer for offer in shop.cart_offers if _is_for_every_order(offer) and runs(offer, shop.clock)]
    return freed(delivery_line(shop, method), offers)


def _is_for_every_order(offer: Offer) -> bool:
    limits = (offer.code, offer.min_total, (offer.min_count or 0) > 1, offer.excluding, offer.countries, offer.methods)
    return offer.kind == "free_delivery" and not any(limits) and (bool(offer.everything) or not offer.about)


def _values(shop: Shop, method: Method | None, delivery: DeliveryLine | None) -> Values:
    """Return the values of site.yaml, with those of a delivery method and its present *delivery*."""
    config = shop.config
    rate = config.tax.rates.get("standard")
    usual = None if delivery is None else delivery.then or delivery.price

    def money(amount: Decimal) -> str:
        """Return an amount in the shop's currency as visitors read it."""
        return money_text(Money(amount + 0, config.currency), shop.language, short=True)

    values = {
        "delivery_price": money(usual.amount) if usual else None,
        "free_from": money(method.free_from) if method and method.free_from else None,
        "delivery_days": days_text(method.days, shop.language) if method else None,
        "carrier": (shop.carrier_of(method) or method.name) if method else None,
        "send_before": time_text(config.delivery.dispatch.before, shop.language) if config.delivery.dispatch else None,
        "return_days": str(config.returns.days) if config.returns else None,
        "answer_hours": str(config.answer_hours) if config.answer_hours else None,
        "tax": format(rate.normalize(), "f") if rate is not None else None,
        "city": config.company.city or None,
        "country": country_text(config.country, shop.language) if config.country else None,
    }
    found = {key: value for key, value in values.items() if value is not None}
    free = delivery is not None and not delivery.price.amount
    return Values(found, free=free, ends=delivery.ends if delivery else None)
