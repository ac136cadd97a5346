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
    *asks* says whether the service takes the buyer's name and address with the order, because its page doesn't ask.
    *secrets* are the environment variables of the function. *preview* are values for the preview, which no service
    accepts.
    """

    name: str
    title: str
    button: str = "link"
    origins: tuple[str, ...]
    currencies: frozenset[str] = frozenset()
    locales: Mapping[str, str] = {}
    default: str = ""
    asks: bool = False
    secrets: tuple[str, ...]
    preview: Mapping[str, str]

    def locale(self, language: str) -> str:
        """Return the service's code for a shop's language, or its default."""
        return next((self.locales[code] for code in with_fallback(language) if code in self.locales), self.default)

    def units(self, currency: str) -> ServiceUnits | None:
        """Return how the service counts a currency, None if it can't be used."""
        return service_units(self.name, currency) if not self.currencies or currency in self.currencies else None


def _regions(codes: str) -> dict[str, str]:
    """Return the codes of a service by language, and by language with region. The first region of a language counts."""
    found: dict[str, str] = {}
    for code in codes.split():
        found.setdefault(code[:2], code)
        found.setdefault(code.replace("_", "-"), code)
    return found | ({"nb": found["no"]} if "no" in found else {"no": found["nb"]} if "nb" in found else {})


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
    preview={"STRIPE_KEY": "rk_test_preview"},
)

_SIGNED = {"STOREGEN_ORDER_KEY": "a key for the preview only"}

# developer.paypal.com/docs/api/reference/currency-codes and locale-codes, 2026-06
PAYPAL = Service(
    name="paypal",
    title="PayPal",
    button="paypal",
    origins=("https://www.paypal.com", "https://www.sandbox.paypal.com"),
    currencies=frozenset(
        ("AUD BRL CAD CHF CNY CZK DKK EUR GBP HKD HUF ILS JPY MXN MYR NOK NZD PHP PLN RUB SEK SGD THB TWD USD").split()
    ),
    locales=_regions(
        "da-DK de-DE en-US es-ES fi-FI fr-FR id-ID it-IT ja-JP ko-KR nl-NL no-NO pl-PL pt-PT ru-RU sv-SE th-TH zh-CN"
    ),
    secrets=("PAYPAL_CLIENT_ID", "PAYPAL_SECRET", "PAYPAL_MODE", "STOREGEN_ORDER_KEY"),
    preview={"PAYPAL_CLIENT_ID": "preview", "PAYPAL_SECRET": "preview", **_SIGNED},
)
# docs.mollie.com/reference/create-payment, 2026-08. The page's exact host is not documented.
MOLLIE = Service(
    name="mollie",
    asks=True,
    title="Mollie",
    origins=("https://*.mollie.com",),
    currencies=frozenset(
        "AED AUD BGN BRL CAD CHF CZK DKK EUR GBP HKD HUF ILS ISK JPY MXN MYR NOK NZD PHP PLN RON SEK SGD USD".split()
    ),
    locales=_regions(
        "en_US en_GB nl_NL nl_BE de_DE de_AT de_CH fr_FR fr_BE es_ES ca_ES pt_PT it_IT nb_NO sv_SE fi_FI da_DK is_IS "
        "hu_HU pl_PL lv_LV lt_LT"
    ),
    secrets=("MOLLIE_KEY",),
    preview={"MOLLIE_KEY": "test_preview"},
)
# docs.paytrail.com, 2025-11-21
PAYTRAIL = Service(
    name="paytrail",
    asks=True,
    title="Paytrail",
    origins=("https://*.paytrail.com",),
    currencies=frozenset(("EUR",)),
    locales={"fi": "FI", "sv": "SV", "en": "EN"},
    default="EN",
    secrets=("PAYTRAIL_ACCOUNT", "PAYTRAIL_SECRET"),
    preview={"PAYTRAIL_ACCOUNT": "375917", "PAYTRAIL_SECRET": "preview"},
)
# Public code, 2026-09. The page's exact host is not known.
TOSS = Service(
    name="toss",
    asks=True,
    title="토스페이먼츠",
    button="card",
    origins=("https://*.tosspayments.com", "https://*.toss.im"),
    currencies=frozenset(("KRW",)),
    secrets=("TOSS_KEY", "STOREGEN_ORDER_KEY"),
    preview={"TOSS_KEY": "test_sk_preview", **_SIGNED},
)
# docs.midtrans.com, 2026-04
MIDTRANS = Service(
    name="midtrans",
    asks=True,
    title="Midtrans",
    origins=("https://app.midtrans.com", "https://app.sandbox.midtrans.com"),
    currencies=frozenset(("IDR",)),
    secrets=("MIDTRANS_KEY",),
    preview={"MIDTRANS_KEY": "SB-Mid-server-preview"},
)
SERVICES: Mapping[str, Service] = {each.name: each for each in (STRIPE, PAYPAL, MOLLIE, PAYTRAIL, TOSS, MIDTRANS)}
