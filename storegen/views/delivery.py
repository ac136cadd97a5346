"""Costs and times of delivery and returns."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import msgspec

from storegen.model.delivery import Method, Returns, weight_text
from storegen.model.money import Money
from storegen.model.offer import Offer, runs
from storegen.model.product import Product, variants_of
from storegen.views.contexts.delivery import DeliveryLine, DeliveryStep, DispatchRule, ReturnsLine, SurchargeLine
from storegen.views.shop import Shop


def free_delivery_offers(shop: Shop, product: Product, price: Money) -> tuple[Offer, ...]:
    """Return the running offers without a code that deliver one piece of a product at *price* free of charge."""
    total = price.amount if price.currency == shop.config.currency else Decimal(0)  # else not comparable
    return tuple(
        offer
        for offer in shop.cart_offers
        if offer.kind == "free_delivery"
        and not offer.code
        and offer.covers(product)
        and total >= (offer.min_total or 0)
        and (offer.min_count or 0) <= 1
        and runs(offer, shop.clock)
    )


def frees_any(shop: Shop, offer: Offer, product: Product) -> bool:
    """Return whether an offer makes one of a product's delivery methods free, to any country."""
    countries = offer.countries or ("",)
    return any(offer.frees(method, to) for method in methods_for(shop, product) for to in countries)


def delivery_cost(
    shop: Shop, method: Method, product: Product, price: Money, weight: Decimal, country: str = ""
) -> Money:
    """Return the present cost of sending one piece to a country, in the shop's currency. *weight* is in grams.

    Without a *country* it is the cost to the country that pages state the method's price for.
    """
    to = country or method.country(shop.config.country)
    if any(offer.frees(method, to) for offer in free_delivery_offers(shop, product, price)):
        return Money(Decimal(0), shop.config.currency)
    return _usual_cost(shop, method, price, weight)


def _usual_cost(shop: Shop, method: Method, price: Money, weight: Decimal) -> Money:
    """Return the cost of sending one piece without offers."""
    currency = shop.config.currency
    total = price.amount if price.currency == currency else Decimal(0)
    return Money(method.cost(total=total, count=1, weight=weight), currency)


def product_deliveries(shop: Shop, product: Product, price: Money, weight: Decimal) -> tuple[DeliveryLine, ...]:
    """Return the delivery methods of a product with their present costs.

    The first one is for the country that pages state prices for. A method that is free only to some of its countries
    is one line for those and one for the others.
    """
    offers = free_delivery_offers(shop, product, price)
    lines = []
    for method in methods_for(shop, product):
        cost = _usual_cost(shop, method, price, weight)
        groups: dict[bool, list[str]] = {}
        for to in (method.country(shop.config.country), *method.countries):
            groups.setdefault(any(offer.frees(method, to) for offer in offers), []).append(to)
        for countries in groups.values():
            there = tuple(to for to in method.countries if to in countries)
            line = msgspec.structs.replace(delivery_line(shop, method, cost), countries=there)
            freeing = [offer for offer in offers if offer.frees(method, countries[0])]
            lines.append(freed(line, freeing))
    return tuple(lines)


def freed(line: DeliveryLine, offers: Sequence[Offer]) -> DeliveryLine:
    """Return a line whose delivery the offers make free, until the last of them ends."""
    if not offers or not line.price.amount:
        return line
    ends = [offer.ends for offer in offers if offer.ends is not None]
    price = Money(Decimal(0), line.price.currency)
    if len(ends) < len(offers):
        return msgspec.structs.replace(line, price=price)
    return msgspec.structs.replace(line, price=price, ends=max(ends), then=line.price)


def delivery_line(shop: Shop, method: Method, cost: Money | None = None) -> DeliveryLine:
    """Return a delivery method as a table row, with *cost* if it is given, else the price of the smallest order."""
    currency = shop.config.currency
    return DeliveryLine(
        name=method.name,
        carrier=shop.carrier_of(method),
        countries=tuple(method.countries),
        price=cost or Money(method.cost(total=Decimal(0), count=1, weight=Decimal(0)), currency),
        steps=tuple(
            DeliveryStep(
                weight=weight_text(step.weight),
                total=None if step.total is None else Money(Decimal(step.total), currency),
                count=int(step.count or 0),
                price=Money(Decimal(step.price or 0), currency),
            )
            for step in method.steps
        ),
        free_from=None if method.free_from is None else Money(method.free_from + 0, currency),
        days=method.days if method.days and method.days[1] else None,  # without days, it waits for the buyer
        max_weight=weight_text(method.max_weight),
        surcharges=tuple(
            SurchargeLine(
                name=each.name,
                country=method.surcharged(each),
                postcodes=each.postcodes,
                price=Money(Decimal(each.price or 0), currency),
            )
            for each in method.surcharges
        ),
        note=method.note,
    )


def methods_for(shop: Shop, product: Product | None) -> tuple[Method, ...]:
    """Return the delivery methods of a product, or all methods for None. A product that isn't shipped has none.

    A method that takes none of its variants is left out.
    """
    methods = shop.config.delivery.methods
    if product is None:
        return methods
    if product.digital:
        return ()
    names = product.delivery.methods if product.delivery is not None else ()
    if any(method.max_weight is not None for method in methods):
        lightest = min(variant.weight or Decimal(0) for variant in variants_of(product))
        methods = tuple(method for method in methods if method.carries(lightest))
    return tuple(method for method in methods if method.id in names) if names else methods


def dispatch_rule(shop: Shop, product: Product | None) -> DispatchRule | None:
    """Return the delivery promise as a rule without dates, None if the shop makes no such promise."""
    delivery = shop.config.delivery
    methods = methods_for(shop, product)
    if delivery.dispatch is None or not methods:
        return None
    return DispatchRule(
        before=f"{delivery.dispatch.before:%H:%M}",
        weekdays=tuple(delivery.dispatch.days),
        zone=shop.config.timezone,
        days=methods[0].days,
        carrier=shop.carrier_of(methods[0]),
        holidays=tuple(day.isoformat() for day in delivery.holidays),
    )


def returns_line(shop: Shop) -> ReturnsLine | None:
    """Return the return terms with a link to the page about returns."""
    returns: Returns | None = shop.config.returns
    if returns is None:
        return None
    return ReturnsLine(
        days=returns.days,
        free=returns.fee == "free" or bool(returns.countries and set(returns.countries) <= set(returns.free_in)),
        free_in=tuple(returns.free_in),
        countries=tuple(returns.countries),
        fee=returns.fee,
        method=returns.method,
        conditions=shop.linked(returns.conditions),
        page=shop.target("page:returns"),
    )
