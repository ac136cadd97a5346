"""Swatches: what the values of an option look like."""

from __future__ import annotations

from collections.abc import Sequence

from storegen.model.picture import Image
from storegen.model.product import Choice, Product, Sellable
from storegen.views.contexts.parts import Swatch
from storegen.views.pictures import picture
from storegen.views.shop import Shop

_SHOWN = 5  # on a card


def swatch_of(shop: Shop, choice: Choice, value: str) -> Swatch | None:
    """Return the swatch of an option's value: the product's own, or the shop's for all values of this name."""
    found = choice.swatches.get(value) or shop.config.swatches.get(value)
    if found is None:
        return None
    return Swatch(picture=picture(shop, Image(file=found.file))) if found.file else Swatch(colour=found)


def card_swatches(shop: Shop, product: Product, variants: Sequence[Sellable]) -> tuple[int, tuple[Swatch, ...]]:
    """Return how many values the first option with swatches has, and the swatches to show on the product's card.

    Both are empty if no option has swatches, or if there is nothing to choose.
    """
    made = {pair for variant in variants for pair in variant.options}
    for name, choice in product.choices.items():
        values = [value for value in choice.values if (name, value) in made]
        found = [swatch for value in values if (swatch := swatch_of(shop, choice, value)) is not None]
        if found and len(values) > 1:
            return len(values), tuple(found[:_SHOWN])
    return 0, ()
