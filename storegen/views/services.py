"""The services that buyers can choose with a product, for product pages, the cart and the payment function."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from storegen.checkout import title_of, ways_of
from storegen.checkout.combined import WHOLE
from storegen.checkout.order import Order
from storegen.errors import some
from storegen.model.money import Money
from storegen.model.product import Product
from storegen.model.services import Service, allowed_pattern
from storegen.views.contexts.services import ServiceLine
from storegen.views.selection import is_named
from storegen.views.shop import Shop


def services_of(shop: Shop, product: Product) -> tuple[Service, ...]:
    """Return the services that are offered with a product: none if no provider accepts services."""
    foreign = product.currency and product.currency != shop.config.currency
    if foreign or not shop.provider.carries_offers:
        return ()
    return tuple(each for each in shop.config.services if _offered(shop, each, product))


def _offered(shop: Shop, service: Service, product: Product) -> bool:
    if product.id in service.excluding or service.price is None:
        return False
    return is_named(shop, service, product) if service.limited else not product.digital


def service_line(shop: Shop, service: Service) -> ServiceLine:
    """Return a service as pages and the cart need it."""
    text = service.text
    signed = (
        each.service_code(service, shop.config.currency) for each in shop.provider.providers if isinstance(each, Order)
    )
    return ServiceLine(
        id=service.id,
        name=service.name,
        note=service.note,
        price=Money(Decimal(service.price or 0), shop.config.currency),
        once=service.per == "line",
        days=service.days,
        writes=text is not None,
        label=text.label if text else "",
        limit=int(text.limit) if text else 0,
        allowed=allowed_pattern(text.allowed) if text and text.allowed else "",
        optional=bool(text and text.optional),
        code=next(signed, ""),
    )


def service_lines(shop: Shop) -> dict[str, ServiceLine]:
    """Return all services of the shop by id, none if no provider accepts services."""
    services = shop.config.services if shop.provider.carries_offers else ()
    return {each.id: service_line(shop, each) for each in services if each.price is not None}


def untaken_services(shop: Shop) -> Iterator[str]:
    """Yield one line on the providers that don't accept the shop's services."""
    if not shop.config.services:
        return
    able = [each.provider for each in shop.provider.cart_transfers() if each.kind in WHOLE]
    others = ", ".join(title_of(each.name) for each in shop.provider.providers if each.name not in able)
    names = some([each.id for each in shop.config.services])
    if not able:
        cause = f"{others} can't charge services, so {names} are not offered"
        yield f"{cause}: add order or card to checkout.provider"
    elif others:
        yield f"{others} can't charge services ({names}), so an order with one is sold {ways_of(able)}"
