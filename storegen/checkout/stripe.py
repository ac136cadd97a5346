"""Stripe payment links and buy buttons: one for each variant, made in Stripe's dashboard, the price kept there.

Facts of https://docs.stripe.com/payment-links and /payment-links/buy-button as of 2026-04.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from urllib.parse import quote

from storegen.checkout.protocol import Buy, Item

SCRIPT = "https://js.stripe.com/v3/buy-button.js"
_LINK = re.compile(r"https://buy\.stripe\.com/[A-Za-z0-9_]+")
_BUTTON = re.compile(r"buy_btn_[A-Za-z0-9]+")
_REFERENCE = re.compile(r"[^A-Za-z0-9_-]+")


class Stripe:
    """The provider: *links* maps article numbers to payment links or buy buttons."""

    name = "stripe"
    cart = False
    data: Mapping[str, str] = {}
    paths: tuple[str, ...] = ()

    def __init__(self, publishable_key: str, links: Mapping[str, str]) -> None:
        self.publishable_key = publishable_key
        self.links = links
        self.scripts: tuple[str, ...] = ()
        self.origins: Mapping[str, tuple[str, ...]] = {}
        if any(_BUTTON.fullmatch(link) for link in links.values()):
            self.scripts = (SCRIPT,)
            self.origins = {"script-src": ("https://js.stripe.com",), "frame-src": ("https://js.stripe.com",)}

    def setup_faults(self) -> Iterable[tuple[str, str]]:
        if self.publishable_key and not re.fullmatch(r"pk_(test|live)_[A-Za-z0-9]+", self.publishable_key):
            yield (
                "checkout.stripe.publishable_key",
                "expected the publishable key, which begins with pk_test_ or pk_live_",
            )
        elif self.scripts and not self.publishable_key:
            yield "checkout.stripe.publishable_key", "buy buttons need the publishable key (pk_…) of Stripe's dashboard"

    def faults(self, item: Item) -> Iterable[str]:
        if not item.buyable:
            return
        link = self.links.get(item.sku)
        if link is None:
            yield (
                f'Stripe has no payment link for the article "{item.sku}"; make one in Stripe\'s dashboard and add '
                f'"{item.sku}: https://buy.stripe.com/…" to content/checkout/stripe.yaml'
            )
        elif not _LINK.fullmatch(link) and not _BUTTON.fullmatch(link):
            yield f'expected https://buy.stripe.com/… or buy_btn_… for the article "{item.sku}", found "{link}"'

    def buy(self, item: Item) -> Buy:
        link = self.links[item.sku]
        reference = _REFERENCE.sub("-", item.sku)[:200]
        button = bool(_BUTTON.fullmatch(link))
        data = {"buy-button-id": link, "publishable-key": self.publishable_key, "client-reference-id": reference}
        return Buy(
            kind="stripe" if button else "link",
            sku=item.sku,
            name=item.name,
            choice=item.choice,
            price=item.price,
            href="" if button else f"{link}?client_reference_id={quote(reference)}",
            tags="" if button else "utm",
            data=data if button else {},
        )

    def file(self, path: str, items: Iterable[Item]) -> bytes:
        raise KeyError(path)
