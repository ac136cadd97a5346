"""Texts about the shop's payment methods."""

from __future__ import annotations

from storegen.checkout import Provider, title_of
from storegen.checkout.card import Card
from storegen.config import PaymentMethodWords
from storegen.views.contexts.page import (
    PaymentMethodLine,
)
from storegen.views.shop import Shop


def payment_method_lines(shop: Shop) -> tuple[PaymentMethodLine, ...]:
    """Return the texts of the shop's payment methods. The shop's texts come before the theme's."""
    lines = []
    for each in shop.provider.providers:
        own = shop.config.checkout.methods.get(each.name, PaymentMethodWords())
        title, button = _names(each)
        text, note = (
            shop.word(f"{section}.{key}", name=title) or shop.word(f"{section}.other", name=title)
            for section, key in (("payment_button", button), ("payment_note", each.name))
        )
        lines.append(
            PaymentMethodLine(provider=each.name, text=own.text or text or title, own=own.text, note=own.note or note)
        )
    return tuple(lines)


def _names(provider: Provider) -> tuple[str, str]:
    """Return the name of who takes the payment, and the key of the button's text."""
    if isinstance(provider, Card):
        return provider.service.title, provider.service.button
    return title_of(provider.name), provider.name


def cart_note(shop: Shop) -> str:
    """Return the note about the payment provider of the cart and the stored data."""
    first = shop.provider.cart_transfer()
    name = first.provider if first else shop.provider.name
    return next(line.note for line in payment_method_lines(shop) if line.provider == name)
