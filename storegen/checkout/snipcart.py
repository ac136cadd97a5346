"""Snipcart: a complete cart on a static page. It checks prices against a file of the shop or against the page.

Facts of https://docs.snipcart.com/v3 as of 2026-11: setup/products, setup/order-validation, configuration/json-crawler.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from urllib.parse import urljoin

import msgspec
from msgspec.structs import replace

from storegen.checkout.protocol import Buy, Cart, CartTransfer, Facts, Files, Item, Refusal, line_of
from storegen.checkout.refusals import PRICE_AND_CODES, offer_refusals, unhonoured
from storegen.locale import is_currency
from storegen.model.money import Money, decimal_text, price_digits, rounded
from storegen.model.payment import CartExtras, PayEntry, Subscription

VALIDATION = "snipcart.json"
TEXT = "text"
_SURCHARGE = re.compile(r"(?P<name>[^|\[\]+]+?)(?:\s+(?P<sign>[+-])(?P<sum>\d{1,9}(?:\.\d{1,4})?))?")
FACTS = Facts(
    title="Snipcart",
    cart="yes, Snipcart's cart",
    options="yes, every variant; also choices with surcharges, several currencies, subscriptions, downloads",
    coupon="yes, the buyer types it in Snipcart's cart",
    protection="before it accepts an order, Snipcart reads the price from the shop and refuses any other price",
    test_mode="the test API key",
    without_script="no",
    source="docs.snipcart.com/v3, 2026-11",
    offers=PRICE_AND_CODES,
    steps=3,
    minutes=10,
)


class Snipcart:
    """The provider: one button for each variant, and one JSON file with all prices for Snipcart's check.

    *extras* are the articles' settings in content/checkout. If an article has choices or a subscription, Snipcart
    checks its price on the article's own page: the button there contains all parts of the price. *taxed* says
    whether prices include tax.
    """

    name = "snipcart"
    cart: Cart = "provider"

    def __init__(
        self,
        public_key: str,
        version: str,
        base_url: str,
        *,
        currency: str,
        extras: Mapping[str, PayEntry],
        taxed: bool = True,
    ) -> None:
        self.public_key = public_key
        self.version = version
        self.files: Files = {VALIDATION: self._validation}
        self.base_url = base_url
        self.currency = currency
        self.taxed = taxed
        self.extras: Mapping[str, CartExtras] = {
            sku: entry for sku, entry in extras.items() if isinstance(entry, CartExtras)
        }
        self.subscriptions: Mapping[str, Subscription] = {
            sku: entry.subscription for sku, entry in self.extras.items() if entry.subscription
        }
        self.data: Mapping[str, str] = {
            "data-api-key": public_key,
            "data-config-modal-style": "side",
            "data-currency": currency.lower(),
        }
        root = f"https://cdn.snipcart.com/themes/v{version}/default"
        self.scripts: Mapping[str, tuple[str, ...]] = {"snipcart": (f"{root}/snipcart.js", f"{root}/snipcart.css")}
        self.origins: Mapping[str, tuple[str, ...]] = {
            "script-src": ("https://cdn.snipcart.com", "https://js.stripe.com"),
            # Snipcart's script sets inline styles, and Snipcart publishes no hashes for them.
            "style-src": ("https://cdn.snipcart.com", "'unsafe-inline'"),
            "img-src": ("https://*.snipcart.com",),
            "connect-src": ("https://*.snipcart.com", "https://api.stripe.com"),
            "font-src": ("https://cdn.snipcart.com", "https://fonts.gstatic.com"),
            "frame-src": ("https://*.snipcart.com", "https://js.stripe.com", "https://hooks.stripe.com"),
        }

    def setup_faults(self) -> Iterable[tuple[str, str]]:
        """Yield a missing public key and an invalid version."""
        if not self.public_key:
            yield (
                "checkout.snipcart.public_key",
                "Snipcart needs the public API key of its dashboard (Account, API keys)",
            )
        if not re.fullmatch(r"[0-9]+(?:\.[0-9]+){0,2}", self.version):
            yield "checkout.snipcart.version", f'expected a version like 3.7.1, found "{self.version}"'

    def refusals(self, item: Item) -> Iterator[Refusal]:
        """Yield why Snipcart can't sell an item: it is free, its currency is not the cart's, or an offer."""
        if not item.price.amount:
            yield Refusal(
                provider=self.name,
                cause="Snipcart can't sell {articles} for nothing",
                remedy="give it a price or another provider",
            )
        if item.price.currency != self.currency:
            yield Refusal(
                provider=self.name,
                cause=f"Snipcart's cart is in {self.currency}, not in the currency of {{articles}}",
                remedy=(
                    f"give it a price in {self.currency}, and the other under prices in content/checkout/snipcart.yaml"
                ),
                detail=item.price.currency,
            )
        yield from offer_refusals(self.name, FACTS.title, unhonoured(item, FACTS, alone=False))

    def buy(self, item: Item) -> Buy:
        """Return a button that puts one piece into Snipcart's cart."""
        extras = self.extras.get(item.sku, CartExtras())
        data = {
            "data-item-id": item.sku,
            "data-item-price": _price(item, extras),
            "data-item-url": item.page if _on_page(extras) else f"{self.base_url}/{VALIDATION}",
            "data-item-name": item.name,
            "data-item-description": item.choice or item.summary,
            "data-item-image": urljoin(item.page, item.picture) if item.picture else "",
            "data-item-weight": _grams(item.weight),
            "data-item-max-quantity": "" if item.stock is None else str(item.stock),
            "data-item-shippable": "false" if item.digital or extras.download else "",
            # Without it, the dashboard's taxes would be added to the price (docs.snipcart.com, taxes, 2026-11).
            "data-item-has-taxes-included": "true" if self.taxed else "",
            "data-item-file-guid": extras.download,
            **_subscription(extras),
            **dict(_choices(extras, item.price.currency)),
        }
        return replace(
            line_of(item),
            kind="snipcart",
            data={name: value for name, value in data.items() if value},
        )

    def cart_transfer(self) -> CartTransfer | None:
        """Return None: Snipcart keeps the cart itself."""
        return None

    def _validation(self, items: Iterable[Item]) -> bytes:
        """Return the price-validation file: an array of ``{id, price, url}``, prices as numbers exact to the cent."""
        url = f"{self.base_url}/{VALIDATION}"
        rows = {item.sku: _price(item, self.extras.get(item.sku, CartExtras())) for item in items if item.buyable}
        lines = [
            msgspec.json.encode({"id": sku, "price": msgspec.Raw(price.encode()), "url": url})
            for sku, price in sorted(rows.items())
        ]
        return b"[\n" + b",\n".join(lines) + b"\n]\n"


def extras_faults(extras: CartExtras, currency: str) -> Iterator[tuple[str, str]]:
    """Yield (field, error) for each error in an article's settings in content/checkout/snipcart.yaml.

    *currency* is the currency of the shop's prices.
    """
    for code, amount in extras.prices.items():
        if fault := _price_fault(code, amount, currency):
            yield f"prices.{code}", fault
    if extras.download and not re.fullmatch(r"[0-9a-fA-F-]{20,40}", extras.download):
        yield (
            "download",
            f'expected the id of a file in Snipcart\'s dashboard (Digital goods), found "{extras.download}"',
        )
    for name, values in extras.choices.items():
        for fault in _choice_faults(values, currency):
            yield f"choices.{name}", fault


def _price_fault(code: str, amount: Decimal, currency: str) -> str:
    if not is_currency(code):
        return f'expected a currency code like USD, found "{code}"'
    if code == currency:
        return "the price in the shop's own currency is in the product's file; remove it here"
    return _digits_fault(amount, code)


def _choice_faults(values: str | tuple[str, ...], currency: str) -> Iterator[str]:
    if isinstance(values, str) or not values:
        if values != TEXT:
            yield f'expected a list of values, or {TEXT}; found "{values or "nothing"}"'
        return
    for value in values:
        if not (match := _SURCHARGE.fullmatch(value)):
            yield f'expected a value like box +5.00 without | and brackets, found "{value}"'
        elif fault := _digits_fault(Decimal(match["sum"] or 0), currency):
            yield fault


def _digits_fault(amount: Decimal, currency: str) -> str:
    if rounded(Money(amount, currency)).amount == amount:
        return ""
    return f'{currency} has {price_digits(currency) or "no"} decimals, found "{amount}"'


def priced_value(value: str, currency: str) -> tuple[str, Money | None]:
    """Return a value of a choice and its price difference, which can be negative."""
    match = _SURCHARGE.fullmatch(value)
    assert match is not None
    return match["name"], Money(Decimal(match["sign"] + match["sum"]), currency) if match["sum"] else None


def _on_page(extras: CartExtras) -> bool:
    """Return whether Snipcart must read the button itself, because the price depends on more than the variant."""
    return bool(extras.choices or extras.subscription)


def _price(item: Item, extras: CartExtras) -> str:
    """Return the price in Snipcart's format: a number, or an object of numbers by currency.

    An offer reduces the price by the same share in every currency.
    """
    own = decimal_text(item.price)
    if not extras.prices:
        return own
    prices = {item.price.currency: own}
    for code, amount in extras.prices.items():
        reduced = amount * item.price.amount / item.full.amount if item.full else amount
        prices[code] = decimal_text(rounded(Money(Decimal(reduced), code)))
    return "{" + ",".join(f'"{code.lower()}":{amount}' for code, amount in sorted(prices.items())) + "}"


def _subscription(extras: CartExtras) -> dict[str, str]:
    plan = extras.subscription
    if plan is None:
        return {}
    return {
        "data-item-payment-interval": plan.every.capitalize(),
        "data-item-payment-interval-count": str(plan.count),
        "data-item-payment-trial": str(plan.trial) if plan.trial else "",
    }


def _choices(extras: CartExtras, currency: str) -> Iterator[tuple[str, str]]:
    """Yield the attributes of additional choices: ``none|ribbon[+2.00]|box[+5.00]``."""
    for number, (name, values) in enumerate(extras.choices.items(), 1):
        yield f"data-item-custom{number}-name", name
        if isinstance(values, str):
            yield f"data-item-custom{number}-type", "textarea"
        else:
            options = (_option(*priced_value(value, currency)) for value in values)
            yield f"data-item-custom{number}-options", "|".join(options)


def _option(name: str, more: Money | None) -> str:
    if more is None:
        return name
    return f"{name}[{'+' if more.amount >= 0 else ''}{decimal_text(more)}]"


def _grams(weight: Decimal | None) -> str:
    """Return a weight in Snipcart's format: whole grams."""
    return "" if weight is None else str(max(1, int(weight.quantize(Decimal(1), ROUND_HALF_UP))))
