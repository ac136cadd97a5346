"""The shop's payment methods in words."""

from __future__ import annotations

from storegen.checkout import title_of
from storegen.config import WayWords
from storegen.views.contexts.page import (
    WayLine,
)
from storegen.views.shop import Shop


def way_lines(shop: Shop) -> tuple[WayLine, ...]:
    """Return the shop's ways to pay in words, its own before the theme's."""
    words = shop.theme.words[shop.language]
    lines = []
    for each in shop.provider.providers:
        own = shop.config.checkout.ways.get(each.name, WayWords())
        title = title_of(each.name)
        text = words.get(f"way.{each.name}") or words.get("way.other", "{name}")
        note = words.get(f"payment.{each.name}") or words.get("payment.other", "")
        text, note = text.replace("{name}", title), note.replace("{name}", title)
        lines.append(WayLine(provider=each.name, text=own.text or text, own=own.text, note=own.note or note))
    return tuple(lines)


def cart_note(shop: Shop) -> str:
    """Return who takes the payment of a whole cart and what is stored."""
    first = shop.provider.hand_over()
    name = first.provider if first else shop.provider.name
    return next(line.note for line in way_lines(shop) if line.provider == name)
