"""Markets: groups of countries with their own languages, currency and prices."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, TypeAlias

import msgspec

from storegen.model.record import Record
from storegen.model.scalars import Amount, Country, Currency, Email, Percent
from storegen.model.text import Different, Line

# The id of the home market: the languages that no market names, and the shop's own currency.
HOME = ""
# The form of a market's id, such as SE or NORDIC.
MARKET_ID = re.compile(r"[A-Z][A-Z0-9]{0,11}")


class ByMarket(msgspec.Struct, frozen=True):
    """Marks a field with the amounts of a record, by market. A single number is the price, or the only amount.

    The loader puts a market's amounts in the place of the record's own. No loaded record has this field.
    """


class PriceAmounts(Record, frozen=True, kw_only=True):
    """The prices of a product or a variant in a market."""

    price: Amount | None = None
    """The price."""
    compare_at_price: Amount | None = None
    """The price before a reduction."""


class OfferAmounts(Record, frozen=True, kw_only=True):
    """The amounts of an offer in a market."""

    amount: Amount | None = None
    """The reduction as a sum of money."""
    price: Amount | None = None
    """The price of the whole bundle."""
    min_total: Amount | None = None
    """The smallest sum in the cart."""


class MethodAmounts(Record, frozen=True, kw_only=True):
    """The amounts of a delivery method in a market."""

    price: Amount | None = None
    """The price of delivery."""
    free_from: Amount | None = None
    """Delivery is free for orders of this sum or more."""


class StepAmounts(Record, frozen=True, kw_only=True):
    """The amounts of a step of a delivery price in a market."""

    price: Amount | None = None
    """The price of delivery."""
    total: Amount | None = None
    """The price is for orders of this sum or more."""


class SurchargeAmounts(Record, frozen=True, kw_only=True):
    """The amount of a surcharge in a market."""

    price: Amount | None = None
    """The amount that is added to the price of delivery."""


class ServiceAmounts(Record, frozen=True, kw_only=True):
    """The price of a service in a market."""

    price: Amount | None = None
    """The price."""


PricesByMarket: TypeAlias = Annotated[Mapping[Line, PriceAmounts], ByMarket()]
OffersByMarket: TypeAlias = Annotated[Mapping[Line, OfferAmounts], ByMarket()]
MethodsByMarket: TypeAlias = Annotated[Mapping[Line, MethodAmounts], ByMarket()]
StepsByMarket: TypeAlias = Annotated[Mapping[Line, StepAmounts], ByMarket()]
SurchargesByMarket: TypeAlias = Annotated[Mapping[Line, SurchargeAmounts], ByMarket()]
ServicesByMarket: TypeAlias = Annotated[Mapping[Line, ServiceAmounts], ByMarket()]


class MarketTax(Record, frozen=True, kw_only=True):
    """The tax in a market's prices."""

    name: Line = ""
    """The name of the tax on this market's pages, such as `GST`. Default: the shop's `tax.name`."""
    rates: Mapping[Line, Percent] = {}
    """Tax classes with their rates in percent: `{standard: 25}`. A class without a rate here has the shop's rate."""


class MarketCompany(Record, frozen=True, kw_only=True):
    """What the company's details are in a market, where they differ from the shop's `company`."""

    legal_name: Line = ""
    """The registered name."""
    business_id: Line = ""
    """The number in the trade register."""
    vat_id: Line = ""
    """The VAT number."""
    email: Email | None = None
    """The e-mail address for visitors. Orders also come here, if `checkout.order.email` is missing."""
    phone: Line = ""
    """The phone number with the country code, such as `+46 8 123 456`."""
    details: Mapping[Line, Line] = {}
    """More lines about the company: `{Momsregistrerad: "Ja"}`. They replace the shop's."""


class Market(Record, frozen=True, kw_only=True):
    """A group of countries with its own languages, currency and prices."""

    languages: Annotated[tuple[Line, ...], Different()]
    """The languages of this market. Each language belongs to one market."""
    currency: Currency
    """The currency of the market's prices."""
    countries: Annotated[tuple[Country, ...], Different()]
    """The countries of this market. The first one is the usual destination of parcels."""
    tax: MarketTax = MarketTax()
    """The tax in the market's prices. Default: the shop's `tax`."""
    company: MarketCompany = MarketCompany()
    """The company's details in this market. Default: the shop's `company`."""


def market_of(language: str, markets: Mapping[str, Market]) -> str:
    """Return the id of a language's market."""
    return next((name for name, market in markets.items() if language in market.languages), HOME)
