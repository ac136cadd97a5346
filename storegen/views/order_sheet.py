"""The order sheet: the ways to send or pay an order, and the addresses that a buyer writes."""

from __future__ import annotations

import functools
from collections.abc import Iterator

import msgspec

from storegen.checkout import CartTransfer
from storegen.checkout.card import Card
from storegen.checkout.combined import WHOLE
from storegen.checkout.messengers import POSTS
from storegen.duties.order_button import COUNTRIES, order_words
from storegen.model.offer import runs
from storegen.postal import address_form
from storegen.tracking.analytics import make_tools, wants_thanks
from storegen.views.catalog import Catalog
from storegen.views.contexts.cart import AddressForm, OrderSheet
from storegen.views.contexts.company import AfterOffer, AfterOrder
from storegen.views.contexts.forms import OrderWay
from storegen.views.forms import mail_ways, order_way
from storegen.views.offers import is_there, recommended
from storegen.views.payment import payment_method_lines, service_of
from storegen.views.shop import Shop


def order_sheet(shop: Shop) -> OrderSheet | None:
    """Return the order sheet of a shop, None if none of its payment methods takes the shop's own cart."""
    ways = tuple(way for each in shop.provider.cart_transfers() for way in _ways(shop, each))
    if not ways:
        return None
    countries = dict.fromkeys(code for method in shop.config.delivery.methods for code in method.countries)
    named = all(method.countries for method in shop.config.delivery.methods)
    home = shop.config.company.country or shop.config.country
    return OrderSheet(
        ways=ways,
        addresses={code: _form(code, shop.language) for code in (*countries, *([] if named and countries else [""]))},
        order_words=order_words(shop.language),
        order_countries=tuple(sorted(COUNTRIES & {home, *countries})),
        home=home,
        thanks=shop.at("thanks") if wants_thanks(shop.config, make_tools(shop.config)) else "",
    )


def after_order(shop: Shop, catalog: Catalog) -> AfterOrder:
    """Return what the page after an order says, by the shop's payment methods and offers."""
    providers = shop.provider.providers
    return AfterOrder(
        paid_by=tuple(service_of(each) for each in providers if each.name not in POSTS),
        sent=any(each.name in POSTS for each in providers),
        recommend=recommended(shop, catalog),
        support=shop.at("support") if "support" in shop.theme.pages else "",
        offers=tuple(
            AfterOffer(
                id=offer.id,
                text=offer.name,
                href=shop.href("offer", offer),
                hours=int(offer.after_order.hours),
                products=offer.after_order.products,
                ends=offer.ends,
            )
            for offer in shop.cart_offers
            if offer.after_order and runs(offer, shop.clock) and is_there(catalog, offer)
        ),
    )


def _form(country: str, language: str) -> AddressForm:
    lines, required = address_form(country, language)
    return AddressForm(lines=lines, required=required)


def _ways(shop: Shop, transfer: CartTransfer) -> Iterator[OrderWay]:
    """Yield the ways of a transfer. Mail may be written in a program, on a mail service's page, or by copying."""
    if transfer.kind not in WHOLE:
        return
    line = next(line for line in payment_method_lines(shop) if line.provider == transfer.provider)
    provider = next(each for each in shop.provider.providers if each.name == transfer.provider)
    title = service_of(provider)
    if transfer.kind == "mail":
        found = (order_way(shop), *mail_ways(transfer.to, own=line.own, longest=transfer.longest))
        yield from (msgspec.structs.replace(each, provider=transfer.provider) for each in found if each)
        return
    named = functools.partial(OrderWay, id=transfer.provider, provider=transfer.provider, title=title, own=line.own)
    if transfer.kind == "message":
        yield named(kind="message", link=f"{transfer.to}{{text}}", longest=transfer.longest)
    elif transfer.kind == "copy":
        yield named(kind="copy", link=transfer.to)
    elif transfer.kind == "pay":
        asks = isinstance(provider, Card) and provider.service.asks
        yield named(kind="pay", text=line.text, link=transfer.to, asks=asks)
