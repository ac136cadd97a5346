"""Delivery and returns: prices, times and the terms that the law requires."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Literal

from storegen.model.market import MethodsByMarket, StepsByMarket, SurchargesByMarket
from storegen.model.record import Record
from storegen.model.scalars import Amount, Count, Country, Postcodes, Weight
from storegen.model.text import Inline, Line, SetOnLoad, TranslatedLine
from storegen.model.times import Day, DayRange, TimeOfDay, Weekdays


def weight_text(grams: Decimal | None) -> str:
    """Return a weight in the usual unit, empty for none: ``1.5 kg``."""
    if grams is None:
        return ""
    size, unit = (grams / 1000, "kg") if grams >= 1000 else (grams, "g")
    return f"{Decimal(size).normalize():f} {unit}"


class Step(Record, frozen=True, kw_only=True):
    """The price of a delivery from a certain weight, sum or number of pieces. Write exactly one of the three."""

    EXACTLY_ONE = ("weight", "total", "count")

    weight: Weight | None = None
    """The price is for parcels of this weight or more."""
    total: Amount | None = None
    """The price is for orders of this sum or more."""
    count: Count | None = None
    """The price is for orders with this number of pieces or more."""
    price: Amount | None = None
    """The price of delivery. Needed, unless the delivery method is only for other markets."""
    prices: StepsByMarket = {}
    """The prices in other markets: `{SE: 89.00}`. With `total`: `{SE: {total: 500.00, price: 49.00}}`."""


class Surcharge(Record, frozen=True, kw_only=True):
    """A surcharge for deliveries to some postcodes, such as islands. Free delivery doesn't include it."""

    postcodes: tuple[Postcodes, ...]
    """The postcodes: ranges, beginnings with `*`, or single ones: `[63000-63644, 22*]`."""
    country: Country = Country("")
    """The country of the postcodes. Needed, unless the method delivers to one country only."""
    price: Amount | None = None
    """The amount that is added to the price of delivery. Needed, unless the delivery method is only for other
    markets."""
    prices: SurchargesByMarket = {}
    """The amounts in other markets: `{SE: 30.00}`."""
    name: TranslatedLine = ""
    """The name of the area on pages, such as `Jeju`."""


class Method(Record, frozen=True, kw_only=True):
    """A delivery method."""

    id: Line
    """A short name. Products use this name in `delivery.methods`."""
    name: TranslatedLine
    """The name on pages."""
    carrier: TranslatedLine = ""
    """The carrier: its name, or an id of `storegen track --list`, such as `posti`."""
    countries: tuple[Country, ...] = ()
    """The countries that this method delivers to. Default: all countries."""
    price: Amount | None = None
    """The price of delivery. Needed, unless the delivery method is only for other markets."""
    prices: MethodsByMarket = {}
    """The prices in other markets: `{SE: 69.00}`, or `{SE: {price: 69.00, free_from: 999.00}}`."""
    steps: tuple[Step, ...] = ()
    """Other prices for heavy parcels, or for large or expensive orders: `[{weight: 2 kg, price: 8.90}]`."""
    free_from: Amount | None = None
    """Delivery is free for orders of this sum or more. This has priority over `steps`."""
    max_weight: Weight | None = None
    """The largest weight of a parcel. The cart doesn't offer this method for heavier orders."""
    surcharges: tuple[Surcharge, ...] = ()
    """Surcharges by postcode: `[{postcodes: [63000-63644], price: 3000, name: Jeju}]`. The first one that fits is
    used."""
    days: DayRange
    """Working days from dispatch to arrival."""
    note: TranslatedLine = ""
    """A line below the name."""

    def country(self, home: str) -> str:
        """Return the country that pages state its price for: the shop's own country *home* if it delivers there."""
        return home if not self.countries or home in self.countries else self.countries[0]

    def carries(self, weight: Decimal) -> bool:
        """Return whether a parcel of this *weight* in grams is not too heavy."""
        return self.max_weight is None or weight <= self.max_weight

    def surcharged(self, surcharge: Surcharge) -> str:
        """Return the country of a surcharge's postcodes."""
        return surcharge.country or (self.countries[0] if self.countries else "")

    def surcharge(self, country: str, postcode: str) -> Surcharge | None:
        """Return the surcharge for a postcode, as `plain_postcode` returns it, in a country."""
        return next(
            (
                each
                for each in self.surcharges
                if self.surcharged(each) == country and any(codes.include(postcode) for codes in each.postcodes)
            ),
            None,
        )

    def cost(self, *, total: Decimal, count: int, weight: Decimal) -> Decimal:
        """Return the price of a delivery with this *total* price, number of pieces and *weight* in grams.

        A surcharge is not included.
        """
        if self.free_from is not None and total >= self.free_from:
            return Decimal(0)
        have = {"total": total, "count": Decimal(count), "weight": weight}
        reached = [step for step in self.steps if have[step.given[0]] >= getattr(step, step.given[0])]
        return Decimal((reached[-1] if reached else self).price or 0)


class Dispatch(Record, frozen=True, kw_only=True):
    """When parcels are sent."""

    before: TimeOfDay
    """Orders before this time are sent on the same day."""
    days: Weekdays = Weekdays((0, 1, 2, 3, 4))
    """The weekdays on which you send parcels."""
    place: TranslatedLine = ""
    """The place that parcels are sent from."""


class Delivery(Record, frozen=True, kw_only=True):
    """How the shop delivers."""

    FORMER_NAMES = {"sending": "dispatch"}

    dispatch: Dispatch | None = None
    """When you send parcels. Leave it out if they wait for a payment, such as a bank transfer: pages then name no
    day."""
    methods: tuple[Method, ...] = ()
    """The delivery methods. Pages name the first one to the reader's country."""
    holidays: tuple[Day, ...] = ()
    """Days on which you don't work."""
    elsewhere: Annotated[Mapping[Line, tuple[Country, ...]], SetOnLoad()] = {}

    @property
    def countries(self) -> Mapping[str, tuple[str, ...]]:
        """The countries of each delivery method, by its id. Those that only other markets have are included."""
        return {**{method.id: method.countries for method in self.methods}, **self.elsewhere}


class Returns(Record, frozen=True, kw_only=True):
    """How long and on what terms a buyer may return products."""

    days: Count
    """The number of days for a return."""
    fee: Literal["free", "customer"] = "customer"
    """Who pays for the return: `free` (the shop) or `customer`."""
    free_in: tuple[Country, ...] = ()
    """With `fee: customer`: the countries in which returns are free."""
    countries: tuple[Country, ...] = ()
    """The countries in which these terms are valid."""
    method: Literal["by_mail", "in_store", "at_kiosk"] = "by_mail"
    """How buyers return products: by mail, in your shop, or at a pick-up point (`at_kiosk`)."""
    conditions: Inline = ""
    """The conditions, such as "unused, in its box"."""
