"""Texts about the shop's payment methods."""

from __future__ import annotations

from storegen.checkout import title_of
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
        title = title_of(each.name)
        text, note = (
            shop.word(f"{section}.{each.name}", name=title) or shop.word(f"{section}.other", name=title)
            for section in ("payment_button", "payment_note")
        )
        lines.append(
            PaymentMethodLine(provider=each.name, text=own.text or text or title, own=own.text, note=own.note or note)
        )
    return tuple(lines)


def cart_note(shop: Shop) -> str:
    """Return the note about the payment provider of the cart and the stored data."""
    first = shop.provider.cart_transfer()
    name = first.provider if first else shop.provider.name
    return next(line.note for line in payment_method_lines(shop) if line.provider == name)
