"""Texts about the shop's payment methods."""

from __future__ import annotations

from storegen.checkout import Provider, title_of
from storegen.checkout.card import Card
from storegen.config import PaymentMethod
from storegen.views.contexts.page import (
    PaymentMethodLine,
)
from storegen.views.shop import Shop


def payment_method_lines(shop: Shop) -> tuple[PaymentMethodLine, ...]:
    """Return the texts of the shop's payment methods. The shop's texts come before the theme's."""
    lines = []
    for each in shop.provider.providers:
        own = shop.config.checkout.methods.get(each.name, PaymentMethod())
        title, button = service_of(each), each.service.button if isinstance(each, Card) else each.name
        text, note = (
            shop.word(f"{section}.{key}", name=title) or shop.word(f"{section}.other", name=title)
            for section, key in (("payment_button", button), ("payment_note", each.name))
        )
        lines.append(
            PaymentMethodLine(
                provider=each.name,
                text=own.text or text or title,
                own=own.text,
                note=own.note or note,
                sheet=shop.provider.in_sheet(each.name),
            )
        )
    return tuple(lines)


def service_of(provider: Provider) -> str:
    """Return the name of who takes the payment or receives the order."""
    return provider.service.title if isinstance(provider, Card) else title_of(provider.name)


def cart_note(shop: Shop) -> str:
    """Return the note about the payment provider of the cart and the stored data."""
    first = shop.provider.cart_transfer()
    name = first.provider if first else shop.provider.name
    return next(line.note for line in payment_method_lines(shop) if line.provider == name)
