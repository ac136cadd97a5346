"""Payment providers behind one small protocol; a shop uses one of them."""

from __future__ import annotations

from collections.abc import Mapping

from storegen.checkout.order import Order
from storegen.checkout.protocol import Buy, Item, Provider
from storegen.checkout.snipcart import Snipcart
from storegen.checkout.stripe import Stripe
from storegen.config import Config

__all__ = ["Buy", "Item", "Provider", "make_provider"]


def make_provider(
    config: Config, links: Mapping[str, Mapping[str, str]], *, key: str, words: Mapping[str, str]
) -> Provider:
    """Return the provider that site.yaml names.

    *links* are the payment links of content/checkout by provider; *key* signs order lines, empty for none; *words* are
    those of an order mail in the visitor's language.
    """
    checkout = config.checkout
    match checkout.provider:
        case "snipcart":
            return Snipcart(checkout.snipcart.public_key, checkout.snipcart.version, config.base_url)
        case "stripe":
            return Stripe(checkout.stripe.publishable_key, links.get("stripe", {}))
        case "order":
            return Order(checkout.order.email or config.company.email or "", key, words)
