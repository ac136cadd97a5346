"""The units in which payment services count money. They are not always those of ISO 4217.

A payment in the wrong unit is 100 times too high or too low, so a currency with contradicting documentation is refused.
"""

from __future__ import annotations

import msgspec

from storegen.model.money import minor_digits

# Decimals of amounts, by service and currency, where they differ from ISO 4217.
# Stripe: docs.stripe.com/currencies, 2026-09. ISK keeps two decimals, which are always 00.
# PayPal: developer.paypal.com/docs/api/reference/currency-codes, 2026-06. An amount with decimals is an error.
# Midtrans: gross_amount is in whole rupiah. This is common knowledge and was not read in its documentation.
_DIGITS = {
    "stripe": {"ISK": 2, "MGA": 0},
    "paypal": {"HUF": 0, "TWD": 0},
    "midtrans": {"IDR": 0},
}
# Decimals that must be 0 at the end of an amount (Stripe, 2022: three decimals, the last one 0).
_ZEROS = {"stripe": {"ISK": 2, **dict.fromkeys("BHD JOD KWD OMR TND".split(), 1)}}
# Stripe's page lists UGX both among the currencies without decimals and among those with two (2026-09).
_REFUSED = {"stripe": frozenset(("UGX",))}


class ServiceUnits(msgspec.Struct, frozen=True, kw_only=True):
    """How a payment service counts a currency.

    *step* is the smallest amount that it can charge, in minor units of ISO 4217. *units* is the same amount in the
    service's own units. *digits* are the decimals of an amount that the service reads as text.
    """

    step: int
    units: int
    digits: int


def service_units(service: str, currency: str) -> ServiceUnits | None:
    """Return how a payment service counts a currency, None if its documentation doesn't say it clearly."""
    if currency in _REFUSED.get(service, ()):
        return None
    own = minor_digits(currency)
    digits = _DIGITS.get(service, {}).get(currency, own)
    exact = min(own, digits - _ZEROS.get(service, {}).get(currency, 0))
    return ServiceUnits(step=10 ** (own - exact), units=10 ** (digits - exact), digits=digits)
