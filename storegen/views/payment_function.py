"""The data of the payment function: settings by language and market, and the price list."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from storegen.checkout.card import Card
from storegen.model.plain import plain
from storegen.outputs import digest
from storegen.tracking.analytics import make_tools, wants_thanks
from storegen.views.cart import cart_rules
from storegen.views.catalog import Catalog
from storegen.views.price_list import in_minor, price_list
from storegen.views.shop import Shop

# The texts of the function's own pages. The values are for themes without them.
_WORDS: Mapping[str, str] = {
    "refused": "This order could not be read",
    "changed": "The price has changed",
    "service": "A text for a service is missing or too long, or its service is not chosen",
    "later": "Payment is not possible right now",
    "unpaid": "Nothing was charged, and your cart is as you left it. Go back and try again.",
    "back": "Go back",
    "details": "Your details",
    "go": "On to the payment",
}
# The labels of the fields for services that don't ask the buyer themselves.
_LABELS: Mapping[str, str] = {
    "name": "Name",
    "email": "E-mail",
    "street": "Street and number",
    "postcode": "Postcode",
    "city": "City",
    "total": "Total",
}
# The data of the cart's rules that totals don't need.
_LEFT_OUT = frozenset(
    "provider data cart_transfers note payment instructions email returns_days codes tax_name tax_included".split()
)
_GIFT_KEPT = frozenset(("sku", "name", "choice", "price", "product", "carried"))
# A module of more articles takes too long to parse for hosts that allow 10 ms a request.
EMBEDDED = 4000
_PART = 1250  # articles
_PARTS = 32  # one request of the function reads fewer files than hosts allow (Cloudflare, free: 50)

_encode = msgspec.json.Encoder(order="sorted", enc_hook=plain).encode


class FunctionData:
    """The data of the function, calculated once. *catalogs* are those of all languages.

    *styles* are the addresses of the style sheets for the function's own pages.
    """

    def __init__(self, catalogs: Sequence[Catalog], card: Card, styles: tuple[str, ...]) -> None:
        self._catalogs = catalogs
        self._card = card
        self._styles = styles
        numbers = catalogs[0].shop.content.products.rows.values()
        self.parts = parts_for(sum(len(row.numbers) for row in numbers))

    @functools.cached_property
    def fingerprint(self) -> bytes:
        """The fingerprint of everything that the data depends on."""
        found = (
            digest(
                catalog.fingerprints.of_shop,
                "\n".join(catalog.summaries).encode(),
                b"".join([summary.fingerprint for summary in catalog.summaries.values()]),
            )
            for catalog in self._catalogs
        )
        return digest(*found, " ".join(self._styles).encode(), str(self.parts).encode())

    @functools.cached_property
    def part_files(self) -> tuple[bytes, ...]:
        """The parts of a long price list, each with all markets."""
        return tuple(_encode(self._prices(part)) for part in range(self.parts))

    @functools.cached_property
    def prices(self) -> bytes:
        """The price list in the module, empty if it has parts."""
        return _encode({} if self.parts else self._prices())

    @functools.cached_property
    def settings(self) -> bytes:
        """The settings, with a build id that is a digest of everything else."""
        shops = [catalog.shop for catalog in self._catalogs]
        settings = self._card.settings
        first = shops[0]
        found: dict[str, Any] = {
            "path": settings.path,
            "shop": first.config.base_url,
            "origin": settings.url.rstrip("/"),
            "name": first.config.name,
            "styles": self._styles,
            "languages": {shop.language: _language(shop) for shop in shops},
            "markets": {shop.config.market: self._market(shop) for shop in shops},
        }
        if self.parts:
            found["parts"] = [hashlib.sha256(part).hexdigest() for part in self.part_files]
        return _encode({"build": digest(_encode(found), self.prices).hex()[:16], **found})

    def _prices(self, part: int = 0) -> dict[str, Any]:
        found: dict[str, dict[str, Mapping[str, bytes]]] = {}
        for catalog in self._catalogs:
            found.setdefault(catalog.shop.config.market, {})[catalog.shop.language] = catalog.price_rows()
        return {market: price_list(rows, part, self.parts or 1) for market, rows in found.items()}

    def _market(self, shop: Shop) -> dict[str, Any]:
        units = self._card.service.units(shop.config.currency)
        assert units is not None  # a fault of the setup
        return {"currency": shop.config.currency, **msgspec.to_builtins(units)}


def parts_for(articles: int) -> int:
    """Return the number of parts of a price list, a power of two. 0: the list is in the module."""
    if articles <= EMBEDDED:
        return 0
    parts = 2
    while parts < _PARTS and articles > parts * _PART:
        parts *= 2
    return parts


def _language(shop: Shop) -> dict[str, Any]:
    has_thanks = wants_thanks(shop.config, make_tools(shop.config))
    card = next(each for each in shop.provider.providers if isinstance(each, Card))
    surcharges = any(method.surcharges for method in shop.config.delivery.methods)
    return {
        "market": shop.config.market,
        "home": shop.at("home"),
        "cart": shop.at("cart"),
        "thanks": shop.at("thanks" if has_thanks else "home"),
        "locale": card.service.locale(shop.language),
        "words": {
            **{key: shop.word(f"payment_page.{key}") or text for key, text in _WORDS.items()},
            **(
                {"labels": {key: _label(shop, key) or text for key, text in _LABELS.items()}}
                if surcharges or card.service.asks
                else {}
            ),
        },
        "rules": _rules(shop),
    }


def _label(shop: Shop, key: str) -> str:
    return shop.word("cart.total" if key == "total" else f"sheet.{key}")


def _rules(shop: Shop) -> dict[str, Any]:
    """Return the rules of the cart's totals, with amounts in minor units."""
    rules: dict[str, Any] = in_minor(cart_rules(shop))
    for offer in rules.get("offers", ()):
        offer.pop("pages", None)
        offer.pop("terms", None)
        if "free" in offer:
            offer["free"] = [{key: each[key] for key in each if key in _GIFT_KEPT} for each in offer["free"]]
    return {key: value for key, value in rules.items() if key not in _LEFT_OUT}
