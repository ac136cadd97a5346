"""Foxy: a hosted cart that accepts products from links and forms. Every field is signed at build time.

Facts: https://docs.foxycart.com/v/2.0/hmac_validation, https://www.foxy.io/help/articles (sign-product-links-with-hmac,
sign-open-user-editable-fields-with-hmac, sign-multiple-products-in-one-form-with-hmac, cart-parameters-reference,
standard-parameters), read 2026-11.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import urlencode, urljoin

from msgspec.structs import replace

from storegen.checkout.protocol import Buy, Cart, CartTransfer, Facts, Files, Item, Refusal, line_of
from storegen.checkout.refusals import PRICE_AND_CODES, offer_refusals, unhonoured
from storegen.checkout.signing import MIN_KEY
from storegen.environment import FOXY_KEY
from storegen.model.money import decimal_text

OPEN = "--OPEN--"
FACTS = Facts(
    title="Foxy",
    cart="yes, storegen's cart; the checkout is at Foxy",
    options="yes, every variant",
    coupon="yes, the buyer types it in Foxy's cart",
    protection="the build signs every field with the store's key (HMAC)",
    test_mode="a second Foxy store with a test payment gateway",
    without_script="yes, one variant at a time",
    source="foxy.io/help and docs.foxycart.com/v/2.0/hmac_validation, 2026-11",
    offers=PRICE_AND_CODES,
    steps=3,
    minutes=15,
)
# Characters that Foxy's PHP library escapes before signing and its JavaScript library doesn't, with replacements.
_ALIKE = str.maketrans({"&": "+", "<": "‹", ">": "›", '"': "”", "'": "’"})
_OWN = frozenset(
    "name price image url code parent_code quantity quantity_max quantity_min category weight length width height "
    "shipto expires sub_token sub_frequency sub_startdate sub_enddate cart fcsid empty coupon output redirect callback "
    "locale template_set".split()
)
# Prefixes of fields that are never signed: data about the visit and the buyer.
_UNSIGNED = ("h_", "x_", "utm_", "customer_", "billing_", "shipping_")


class Foxy:
    """The provider. *domain* is the store's domain, *key* its signing key, *currency* the currency of its cart."""

    name = "foxy"
    cart: Cart = "shop"
    data: Mapping[str, str] = {}
    files: Files = {}
    scripts: Mapping[str, tuple[str, ...]] = {}

    def __init__(self, domain: str, category: str, key: str, currency: str) -> None:
        self.domain = domain if "." in domain or not domain else f"{domain}.foxycart.com"
        self.category = category
        self.key = key
        self.currency = currency
        self.origins: Mapping[str, tuple[str, ...]] = {"form-action": (f"https://{self.domain}",)}

    def setup_faults(self) -> Iterable[tuple[str, str]]:
        """Yield a missing or invalid store domain, and a missing or short store key."""
        if not re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", self.domain):
            yield "checkout.foxy.domain", "Foxy needs the store's domain, such as my-shop.foxycart.com"
        if len(self.key) < MIN_KEY:
            remedy = f"set {FOXY_KEY} to it in the environment of the build, and turn on cart validation there"
            yield (
                "checkout.foxy",
                f"Foxy's links are signed with the store's key (admin, Settings, store key): {remedy}",
            )

    def refusals(self, item: Item) -> Iterator[Refusal]:
        """Yield why Foxy can't sell an item: characters of its article number, its currency, or an offer."""
        if re.search(r"[\s&<>\"']", item.sku) or len(item.sku) > 50:
            yield Refusal(
                provider=self.name,
                cause="Foxy doesn't accept the number of {articles}",
                remedy="use at most 50 characters, no spaces and none of & < > \" '",
            )
        if item.price.currency != self.currency:
            yield Refusal(
                provider=self.name,
                cause=f"Foxy's cart is in {self.currency}, not in the currency of {{articles}}",
                remedy=f"give it a price in {self.currency}",
                detail=item.price.currency,
            )
        yield from offer_refusals(self.name, FACTS.title, unhonoured(item, FACTS, alone=False))

    def buy(self, item: Item) -> Buy:
        """Return a button that opens Foxy's checkout with one piece. Every field is signed."""
        fields = self._signed(item)
        pairs = [*fields.items(), ("cart", "checkout")]
        return replace(
            line_of(item),
            href=f"https://{self.domain}/cart?{urlencode(pairs)}",
            tokens={self.name: {**fields, signed_name(self.key, item.sku, "quantity"): ""}},
            tags="",
        )

    def _signed(self, item: Item) -> dict[str, str]:
        found: dict[str, str] = {}
        for name, value in self._fields(item):
            if value:  # the buyer could edit a field without a value
                while name in found:
                    name += "_"  # noqa: PLW2901 - two options whose names differ in signs only
                found[name] = value
        return {signed_name(self.key, item.sku, name, value): value for name, value in found.items()}

    def _fields(self, item: Item) -> Iterator[tuple[str, str]]:
        """Yield the fields of an item, within Foxy's limits."""
        yield "name", item.name.translate(_ALIKE).strip()[:255].strip()
        yield "code", item.sku
        yield "price", decimal_text(item.price)
        if self.category:
            yield "category", self.category
        if item.weight is not None:
            yield "weight", format(item.weight.normalize(), "f")
        if item.stock is not None:
            yield "quantity_max", str(item.stock)
        if item.picture and not re.search(r"[&<>\"']", item.picture + item.page):
            yield "image", _whole(urljoin(item.page, item.picture), 500)
            yield "url", _whole(item.page, 200)
        for name, value in item.options:
            yield field_name(name), value.translate(_ALIKE).strip()

    def cart_transfer(self) -> CartTransfer:
        """Return how the cart is sent: as a form that replaces the cart at Foxy."""
        return CartTransfer(
            provider=self.name, kind="form", to=f"https://{self.domain}/cart", query="cart=checkout&empty=true", tags=""
        )


def field_name(option: str) -> str:
    """Return an option's name as a field name that differs from Foxy's own fields."""
    plain = re.sub(r"[^\w]+", "_", option).strip("_") or "option"
    return f"option_{plain}" if plain.lower() in _OWN or plain.lower().startswith(_UNSIGNED) else plain


def _whole(address: str, longest: int) -> str:
    """Return an address, or an empty string if it is too long, because a truncated address is invalid."""
    return address if len(address) <= longest else ""


def signed_name(key: str, code: str, name: str, value: str = "", *, parent: str = "") -> str:
    """Return a field's name with its signature. Without a *value*, the buyer may edit the field.

    The signature is the HMAC-SHA256, in hexadecimal, of code, parent code, name and value, concatenated.
    """
    name = name.replace(" ", "_")
    message = f"{code}{parent}{name}{value or OPEN}"
    signature = hmac.digest(key.encode(), message.encode(), hashlib.sha256).hex()
    return f"{name}||{signature}" + ("" if value else "||open")
