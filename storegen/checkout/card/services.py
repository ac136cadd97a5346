"""The payment services that the function can use: their currencies, languages, page addresses and secret settings."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from storegen.checkout.service_units import ServiceUnits, service_units
from storegen.locale import with_fallback


class Service(msgspec.Struct, frozen=True, kw_only=True):
    """A payment service with a payment page of its own.

    *button* is the theme's word for the button. *origins* are the addresses of the payment page, which the
    content-security policy must allow as targets of a form. *currencies* are the accepted ones, empty if there is no
    short list; *refused* are those that can't be used. *digits* are the decimals of amounts where they differ from
    ISO 4217. *locales* are the languages of the payment page, *default* is the one for all other languages.
    *secrets* are the environment variables of the function. *signed* says whether the function signs the address to
    which the buyer returns, with ``STOREGEN_ORDER_KEY``.
    """

    name: str
    title: str
    button: str = "link"
    origins: tuple[str, ...]
    currencies: frozenset[str] = frozenset()
    locales: Mapping[str, str] = {}
    default: str = ""
    secrets: tuple[str, ...]
    signed: bool = False

    def locale(self, language: str) -> str:
        """Return the service's code for a shop's language, or its default."""
        return next((self.locales[code] for code in with_fallback(language) if code in self.locales), self.default)

    def units(self, currency: str) -> ServiceUnits | None:
        """Return how the service counts a currency, None if it can't be used."""
        return service_units(self.name, currency) if not self.currencies or currency in self.currencies else None


def _same(codes: str) -> dict[str, str]:
    return {code: code for code in codes.split()}


# Languages: PyPI stripe 16.1.0, SessionCreateParams, 2026-10-29.
STRIPE = Service(
    name="stripe",
    title="Stripe",
    button="card",
    origins=("https://checkout.stripe.com",),
    locales={
        **_same(
            "bg cs da de el en en-GB es es-419 et fi fil fr fr-CA hr hu id it ja ko lt lv ms mt nb nl pl pt pt-BR ro "
            "ru sk sl sv th tr vi zh zh-HK zh-TW"
        ),
        "hi": "hi-IN",
        "no": "nb",
    },
    default="auto",
    secrets=("STRIPE_KEY",),
)
SERVICES: Mapping[str, Service] = {"stripe": STRIPE}
