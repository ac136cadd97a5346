"""Data that the shop's own cart needs for its totals: delivery, tax and the offers that it calculates."""

from __future__ import annotations

import hashlib
from decimal import Decimal

from msgspec.structs import replace

from storegen.checkout import Buy
from storegen.checkout.order import Order
from storegen.checkout.protocol import line_of
from storegen.markdown.plain_text import plain_text
from storegen.model.delivery import Method, weight_text
from storegen.model.money import Money, coin, rounded_to_coin
from storegen.model.offer import Offer
from storegen.model.product import variants_of
from storegen.views.contexts.cart import CartMethod, CartOffer, CartRules, CartStep, CartSurcharge
from storegen.views.contexts.parts import PriceTag, TierLine
from storegen.views.items import item_of
from storegen.views.payment import cart_note
from storegen.views.plain_text import shortened
from storegen.views.prices import tax_line
from storegen.views.services import service_lines
from storegen.views.shop import Shop

# The longest conditions of a code in the cart, in letters.
_TERMS = 600


def cart_rules(shop: Shop) -> CartRules:
    """Return the data that the cart needs for its totals."""
    tax = tax_line(shop, "standard")
    returns = shop.config.returns
    order = shop.config.checkout.order
    return CartRules(
        currency=shop.config.currency,
        coin=coin(shop.config.currency),
        market=shop.config.market,
        country=shop.config.country,
        methods=tuple(
            replace(cart_method(method, shop.config.currency), carrier=shop.carrier_of(method))
            for method in shop.config.delivery.methods
        ),
        tax_name=tax.name if tax else "",
        tax_rate=tax.rate if tax else "",
        tax_included=tax.included if tax else True,
        returns_days=returns.days if returns else 0,
        email=order.email or shop.config.company.email or "",
        instructions=shop.linked(order.instructions),
        provider="order" if shop.provider.cart == "shop" else shop.provider.name,
        data=dict(shop.provider.data),
        cart_transfers=shop.provider.cart_transfers(),
        note=cart_note(shop),
        payment=next((each.payment for each in shop.provider.providers if isinstance(each, Order)), ""),
        offers=tuple(_cart_offer(shop, offer) for offer in _calculated(shop)),
        codes=any(offer.code for offer in _calculated(shop)),
        services=service_lines(shop),
    )


def _calculated(shop: Shop) -> tuple[Offer, ...]:
    """Return the offers that the cart calculates: none with a code if codes are typed at a hosted checkout.

    A hosted checkout doesn't sell the articles of the other offers, so it gets no cart that they reduce.
    """
    if not shop.provider.carries_offers:
        return ()
    return tuple(offer for offer in shop.cart_offers if shop.own_cart or not offer.code)


def cart_method(method: Method, currency: str) -> CartMethod:
    """Return a delivery method in the form that the cart calculates with."""
    steps = tuple(
        CartStep(
            weight=int((step.weight or 0) * 1000),
            count=int(step.count or 0),
            total=None if step.total is None else Money(Decimal(step.total), currency),
            price=Money(Decimal(step.price or 0), currency),
        )
        for step in method.steps
    )
    return CartMethod(
        id=method.id,
        name=method.name,
        carrier=method.carrier,
        countries=method.countries,
        price=Money(Decimal(method.price or 0), currency),
        free_from=None if method.free_from is None else Money(Decimal(method.free_from), currency),
        steps=steps,
        max_weight=int((method.max_weight or 0) * 1000),
        limit=weight_text(method.max_weight),
        surcharges=tuple(
            CartSurcharge(
                country=method.surcharged(each),
                postcodes=each.postcodes,
                price=Money(Decimal(each.price or 0), currency),
                name=each.name,
            )
            for each in method.surcharges
        ),
        days=method.days,
    )


def _cart_offer(shop: Shop, offer: Offer) -> CartOffer:
    return CartOffer(
        id=offer.id,
        kind=offer.kind,
        name=offer.name,
        percent=percent_text(offer.percent),
        amount=money_of(shop, offer.amount),
        price=money_of(shop, offer.price),
        tiers=tier_lines(offer, None),
        products=offer.products if offer.kind == "bundle" else (),
        reduced=offer.reduced,
        free=tuple(filter(None, (_free(shop, name) for name in (offer.gift, *offer.samples) if name))),
        pages=tuple(href for name in offer.reduced if (href := shop.product_href(name))),
        methods=_free_methods(shop, offer),
        countries=offer.countries,
        terms=shortened(plain_text(offer.terms), _TERMS) if offer.code and not offer.has_page else "",
        code=code_mark(offer.code) if offer.code else "",
        min_total=money_of(shop, offer.min_total),
        min_count=int(offer.min_count or 0),
        starts=offer.starts,
        ends=offer.ends,
    )


def _free_methods(shop: Shop, offer: Offer) -> tuple[str, ...]:
    """Return the ids of the delivery methods that an offer frees to any of its countries, none if it frees all."""
    if not offer.countries:
        return offer.methods
    methods = shop.config.delivery.methods
    return tuple(method.id for method in methods if any(offer.frees(method, to) for to in offer.countries))


def _free(shop: Shop, name: str) -> Buy | None:
    """Return a product's first buyable variant at price 0, None if there is none."""
    product = shop.content.products.get(name)
    there = [] if product is None else [each for each in variants_of(product) if each.buyable]
    if product is None or not there:
        return None
    item = item_of(shop, product, there[0], PriceTag(now=Money(Decimal(0), shop.config.currency)))
    signed = (each.buy(item).code for each in shop.provider.providers if isinstance(each, Order))
    return replace(line_of(item), carried=not item.digital, code=next(signed, ""))


def code_mark(code: str) -> str:
    """Return the beginning of a code's SHA-256 in hex. The cart compares it with the hash of a typed code."""
    return hashlib.sha256(code.strip().lower().encode()).hexdigest()[:20]


def tier_lines(offer: Offer, price: PriceTag | None) -> tuple[TierLine, ...]:
    """Return the tiers of a volume price. Each has a unit price if all variants cost the same (*price*)."""
    return tuple(
        TierLine(
            count=int(tier.count),
            percent=percent_text(tier.percent),
            each=None if price is None or price.lowest else _less(price.now, tier.percent),
        )
        for tier in offer.tiers
    )


def _less(price: Money, percent: Decimal) -> Money:
    return rounded_to_coin(Money(price.amount * (100 - Decimal(percent)) / 100, price.currency))


def percent_text(percent: Decimal | None) -> str:
    """Return a percentage without trailing zeros."""
    return "" if percent is None else format(Decimal(percent).normalize(), "f")


def money_of(shop: Shop, amount: Decimal | None) -> Money | None:
    """Return an amount in the shop's currency."""
    return None if amount is None else Money(Decimal(amount), shop.config.currency)
