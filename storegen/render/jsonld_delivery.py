"""Structured data of delivery and returns, part of each offer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from storegen.model.money import Money
from storegen.render.jsonld_values import money_parts, without_blanks
from storegen.views.contexts.delivery import ReturnsLine, SurchargeLine
from storegen.views.contexts.page import Shared
from storegen.views.contexts.parts import Stock
from storegen.views.contexts.product import ProductPage
from storegen.views.stock import handling_days

_RETURN_METHOD = {
    "by_mail": "https://schema.org/ReturnByMail",
    "in_store": "https://schema.org/ReturnInStore",
    "at_kiosk": "https://schema.org/ReturnAtKiosk",
}


def shippings(page: ProductPage, stock: Stock, shared: Shared) -> list[dict[str, Any]]:
    """Return how an article is delivered. Google needs the time with the price: lines without a time are left out."""
    if stock.ready is None:
        return []
    handling = handling_days(stock, dispatched=page.dispatch is not None)
    home = (shared.company.country,) if shared.company.country else ()
    found = []
    for line in page.deliveries:
        times = {"handlingTime": handling, "transitTime": line.days}
        if handling or line.days:
            regions = [{"@type": "DefinedRegion", "addressCountry": country} for country in line.countries or home]
            found.append(_shipping(line.price, regions, times))
            areas = (each for each in line.surcharges if not line.countries or each.country in line.countries)
            found += (_shipping(line.price + each.price, _areas(each), times) for each in areas)
    return found


def _areas(surcharge: SurchargeLine) -> list[dict[str, Any]]:
    """Return the postcodes of a surcharge as regions."""
    parts: dict[str, list[Any]] = {}
    for codes in surcharge.postcodes:
        first, _, last = codes.partition("-")
        if last:
            ends = {"postalCodeBegin": first, "postalCodeEnd": last}
            parts.setdefault("postalCodeRange", []).append({"@type": "PostalCodeRangeSpecification", **ends})
        elif codes.endswith("*"):
            parts.setdefault("postalCodePrefix", []).append(codes[:-1])
        else:
            parts.setdefault("postalCode", []).append(codes)
    return [
        {"@type": "DefinedRegion", "addressCountry": surcharge.country, key: values} for key, values in parts.items()
    ]


def _shipping(
    price: Money, regions: Sequence[Mapping[str, Any]], days: Mapping[str, tuple[int, int] | None]
) -> dict[str, Any]:
    times = {name: _days(*value) for name, value in days.items() if value}
    return without_blanks(
        {
            "@type": "OfferShippingDetails",
            "shippingRate": {"@type": "MonetaryAmount", **money_parts(price, "value", "currency")},
            "shippingDestination": list(regions),
            "deliveryTime": {"@type": "ShippingDeliveryTime", **times},
        }
    )


def _days(least: int, most: int) -> dict[str, Any]:
    return {"@type": "QuantitativeValue", "minValue": least, "maxValue": most, "unitCode": "DAY"}


def returns(line: ReturnsLine, shared: Shared) -> dict[str, Any] | list[dict[str, Any]]:
    """Return the return policy, or two: one for the countries in which returns are free and one for the others."""
    countries = line.countries or ((shared.company.country,) if shared.company.country else ())
    free = countries if line.fee == "free" else line.free_in
    paid = tuple(country for country in countries if country not in free)
    policies = [
        _return_policy(line, there, fee, shared)
        for there, fee in ((free, "FreeReturn"), (paid, "ReturnFeesCustomerResponsibility"))
        if there
    ]
    if not policies:
        fee = "FreeReturn" if line.fee == "free" else "ReturnFeesCustomerResponsibility"
        return _return_policy(line, (), fee, shared)
    return policies if len(policies) > 1 else policies[0]


def _return_policy(line: ReturnsLine, countries: tuple[str, ...], fee: str, shared: Shared) -> dict[str, Any]:
    return without_blanks(
        {
            "@type": "MerchantReturnPolicy",
            "applicableCountry": list(countries),
            "returnPolicyCategory": "https://schema.org/MerchantReturnFiniteReturnWindow",
            "merchantReturnDays": line.days,
            "returnMethod": _RETURN_METHOD[line.method],
            "returnFees": f"https://schema.org/{fee}",
            "merchantReturnLink": f"{shared.base_url}{line.page}" if line.page else "",
        }
    )
