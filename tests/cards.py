"""A card and a picture as views make them, for tests of texts that show them."""

from __future__ import annotations

from decimal import Decimal

from storegen.model.money import Money
from storegen.views.contexts.parts import Card, Picture, PriceTag, Stock

CARD = Card(
    id="rope-ring",
    name="Rope ring",
    href="/products/rope-ring/",
    price=PriceTag(now=Money(Decimal("59.00"), "EUR")),
    stock=Stock(state="in"),
)
PICTURE = Picture(
    src="/media/a-720.x.jpg",
    width=1600,
    height=900,
    stem="/media/a",
    digest="x",
    widths=(320, 720),
    formats=("webp", "jpg"),
)
