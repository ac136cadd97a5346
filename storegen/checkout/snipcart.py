"""Snipcart: a whole cart on a static page, its prices checked against a file of the shop.

Facts of https://docs.snipcart.com/v3 as of 2026-11: setup/products, setup/order-validation, configuration/json-crawler.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal

import msgspec

from storegen.checkout.protocol import Buy, Item
from storegen.model.money import decimal_text

VALIDATION = "snipcart.json"


class Snipcart:
    """The provider: one button for each variant, and one JSON file that Snipcart checks every price against."""

    name = "snipcart"
    cart = True
    paths: tuple[str, ...] = (VALIDATION,)

    def __init__(self, public_key: str, version: str, base_url: str) -> None:
        self.public_key = public_key
        self.version = version
        self.base_url = base_url
        self.data: Mapping[str, str] = {"data-api-key": public_key, "data-config-modal-style": "side"}
        root = f"https://cdn.snipcart.com/themes/v{version}/default"
        self.scripts: tuple[str, ...] = (f"{root}/snipcart.js", f"{root}/snipcart.css")
        self.origins: Mapping[str, tuple[str, ...]] = {
            "script-src": ("https://cdn.snipcart.com", "https://js.stripe.com"),
            # Snipcart's cart sets styles from its script; it names no hashes for them.
            "style-src": ("https://cdn.snipcart.com", "'unsafe-inline'"),
            "img-src": ("https://*.snipcart.com",),
            "connect-src": ("https://*.snipcart.com", "https://api.stripe.com"),
            "font-src": ("https://cdn.snipcart.com", "https://fonts.gstatic.com"),
            "frame-src": ("https://*.snipcart.com", "https://js.stripe.com", "https://hooks.stripe.com"),
        }

    def setup_faults(self) -> Iterable[tuple[str, str]]:
        if not self.public_key:
            yield (
                "checkout.snipcart.public_key",
                "Snipcart needs the public API key of its dashboard (Account, API keys)",
            )

    def faults(self, item: Item) -> Iterable[str]:
        if not item.price.amount:
            yield f'Snipcart can\'t sell the article "{item.sku}" for nothing; give it a price or another provider'

    def buy(self, item: Item) -> Buy:
        data = {
            "data-item-id": item.sku,
            "data-item-price": decimal_text(item.price),
            "data-item-url": f"{self.base_url}/{VALIDATION}",
            "data-item-name": item.name,
            "data-item-description": item.choice or item.summary,
            "data-item-image": item.picture,
            "data-item-weight": _grams(item.weight),
            "data-item-max-quantity": "" if item.stock is None else str(item.stock),
            "data-item-shippable": "false" if item.digital else "",
        }
        return Buy(
            kind="snipcart",
            sku=item.sku,
            name=item.name,
            choice=item.choice,
            price=item.price,
            page=item.page,
            picture=item.picture,
            data={name: value for name, value in data.items() if value},
        )

    def file(self, path: str, items: Iterable[Item]) -> bytes:
        """Return the price-validation file: an array of ``{id, price, url}``, prices as numbers exact to the cent."""
        rows = sorted((item.sku, decimal_text(item.price)) for item in items if item.buyable)
        url = f"{self.base_url}/{VALIDATION}"
        lines = [
            msgspec.json.encode({"id": sku, "price": msgspec.Raw(price.encode()), "url": url}) for sku, price in rows
        ]
        return b"[\n" + b",\n".join(lines) + b"\n]\n"


def _grams(weight: Decimal | None) -> str:
    """Return a weight as Snipcart reads it: whole grams."""
    return "" if weight is None else str(max(1, int(weight.quantize(Decimal(1), ROUND_HALF_UP))))
