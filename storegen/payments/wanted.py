"""The payment links that a shop needs: one for each article and each price, now and in each sale to come."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from storegen.checkout import Item
from storegen.checkout.combined import Checkout
from storegen.checkout.link_kinds import STRIPE
from storegen.checkout.links import PaymentLinks
from storegen.checkout.refusals import unhonoured
from storegen.checkout.service_units import ServiceUnits, service_units
from storegen.load.placeholders import is_local
from storegen.model.clock import Clock
from storegen.model.money import Money
from storegen.model.offer import Offer
from storegen.model.payment import PayLink
from storegen.model.product import Product, Sellable, variants_of
from storegen.model.rows import encode_record
from storegen.model.totals import CODED
from storegen.views.delivery import delivery_cost, methods_for
from storegen.views.items import item_of
from storegen.views.prices import price_tag
from storegen.views.shop import Shop

# The countries that Stripe can collect addresses of (PyPI stripe 16.1.0, PaymentLinkCreateParams, 2026-10-29).
COUNTRIES = frozenset(
    (
        "AC AD AE AF AG AI AL AM AO AQ AR AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY "
        "BZ CA CD CF CG CH CI CK CL CM CN CO CR CV CW CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FO FR GA "
        "GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HN HR HT HU ID IE IL IM IN IO IQ IS IT JE JM JO JP "
        "KE KG KH KI KM KN KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MK ML MM MN MO MQ MR MS MT "
        "MU MV MW MX MY MZ NA NC NE NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PY QA RE RO RS RU "
        "RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SZ TA TC TD TF TG TH TJ TK TL TM TN TO TR TT TV "
        "TW TZ UA UG US UY UZ VA VC VE VG VN VU WF WS XK YE YT ZA ZM ZW"
    ).split()
)
_OTHER = "ZZ"  # any country that no delivery method names
_MOST_RATES = 5
# Offers that a link of one article can carry, besides those in its price. A link can't calculate a volume price.
_CARRIED = frozenset(("gift", "sample", "free_delivery"))


class Rate(msgspec.Struct, frozen=True, array_like=True):
    """A delivery method at one price."""

    name: str
    cost: Money


class WantedLink(msgspec.Struct, frozen=True, kw_only=True):
    """A payment link that the shop needs.

    *offers* are the ids of the offers that it carries, *gifts* the names of free articles in it. *countries* are the
    countries of delivery, all with the same *rates*; both are empty if nothing is sent. *codes*: the link accepts
    promotion codes. *begins* is the time from which pages use it, None if they do now. *cause* is the name of the sale
    that makes its price.
    """

    sku: str
    name: str
    choice: str
    price: Money
    offers: tuple[str, ...] = ()
    gifts: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    rates: tuple[Rate, ...] = ()
    codes: bool = False
    picture: str = ""
    begins: dt.datetime | None = None
    cause: str = ""

    @property
    def key(self) -> tuple[str, Money, frozenset[str]]:
        """The article, the price and the offers, by which a page chooses the link."""
        return self.sku, self.price, frozenset(self.offers)

    @property
    def digest(self) -> str:
        """A digest of what the buyer is charged and gets. Names and pictures don't count."""
        charged = (self.sku, self.price, self.offers, self.gifts, self.countries, self.rates, self.codes)
        return hashlib.sha256(encode_record(charged)).hexdigest()[:24]

    def fits(self, link: PayLink) -> bool:
        """Return whether a page would use an existing link for this price and these offers."""
        return link.price == self.price.amount and frozenset(link.offers) == frozenset(self.offers)


class Unlinkable(NamedTuple):
    """An article that no payment link can sell as the shop does, with the reason."""

    sku: str
    why: str


def wanted_links(shop: Shop) -> tuple[list[WantedLink], list[Unlinkable]]:
    """Return the links that a shop needs from now on, and the articles that no link can sell.

    The moments at which sales and other offers begin and end are known, so the links of a sale can be made before it.
    """
    bare = replace(shop, provider=Checkout((PaymentLinks(STRIPE, {}, language=shop.language),), shop.config.currency))
    links: dict[tuple[str, Money, frozenset[str]], WantedLink] = {}
    faults: dict[Unlinkable, None] = {}
    for moment in _moments(shop):
        then = replace(bare, clock=Clock(moment))
        for product in shop.content.products.values():
            for variant in variants_of(product):
                if variant.sku in shop.provider.subscriptions:  # its links charge repeatedly, and are made by hand
                    continue
                found = _wanted(then, product, variant, now=moment == shop.clock.now)
                if isinstance(found, Unlinkable):
                    faults[found] = None
                elif found is not None:
                    links.setdefault(found.key, found)
    return list(links.values()), list(faults)


def _moments(shop: Shop) -> list[dt.datetime]:
    """Return now, and the future moments at which an offer that changes links begins or ends."""
    offers = (offer for offer in shop.content.offers.values() if offer.kind == "sale" or offer.kind in _CARRIED)
    turns = {moment for offer in offers for moment in (offer.starts, offer.ends) if moment is not None}
    return [shop.clock.now, *sorted(each for each in turns if each > shop.clock.now)]


def _wanted(shop: Shop, product: Product, variant: Sellable, *, now: bool) -> WantedLink | Unlinkable | None:
    """Return the link of an article at the shop's time, None if it needs none."""
    item = item_of(shop, product, variant, price_tag(shop, product, variant))
    if not item.buyable:
        return None
    offers = [shop.content.offers[each.id] for each in unhonoured(item, STRIPE.facts, alone=True)]
    if why := _fault(shop, item, offers):
        return Unlinkable(item.sku, why)
    delivery = _delivery(shop, product, variant, item)
    if delivery is None:
        return Unlinkable(item.sku, "delivery depends on the postcode, or no delivery method takes its weight")
    sale = shop.content.offers.get(item.sale)
    return WantedLink(
        sku=item.sku,
        name=item.name,
        choice=item.choice,
        price=item.price,
        offers=tuple(sorted(offer.id for offer in offers)),
        gifts=tuple(_gift(shop, offer) for offer in offers if offer.kind != "free_delivery"),
        countries=delivery[0],
        rates=delivery[1],
        codes=bool(shop.config.checkout.stripe.code)
        or any(each.kind in CODED for each in shop.content.offers.values()),
        picture=shop.absolute(item.picture) if item.picture.startswith("/") and not is_local(shop.config.url) else "",
        begins=None if now else shop.clock.now,
        cause=sale.name if sale else "",
    )


def _fault(shop: Shop, item: Item, offers: Sequence[Offer]) -> str:
    """Return why no payment link can sell an item as the shop does, empty if one can."""
    units = service_units("stripe", item.price.currency)
    if units is None or minor_units(item.price, units) is None:
        return f"Stripe can't charge {item.price.amount} {item.price.currency}"
    if not item.price.amount:
        return "it costs nothing"
    if item.price.currency != shop.config.currency and not item.digital:
        return f"its price is in {item.price.currency} and delivery in {shop.config.currency}"
    for offer in offers:
        if offer.kind not in _CARRIED or offer.code or (offer.kind == "sample" and len(offer.samples) > 1):
            return f'a payment link can\'t honour "{offer.name}"'
        if offer.kind != "free_delivery" and not _gift(shop, offer):
            return f'the shop lacks what "{offer.name}" gives'
    return ""


def _gift(shop: Shop, offer: Offer) -> str:
    """Return the name of the article that an offer adds, empty if the shop doesn't have it."""
    product = shop.content.products.get(offer.gift or next(iter(offer.samples), ""))
    return product.name if product and any(each.buyable for each in variants_of(product)) else ""


def minor_units(money: Money, units: ServiceUnits) -> int | None:
    """Return an amount in Stripe's units, None if Stripe can't charge it exactly."""
    amount = money.amount.scaleb(units.digits)
    whole = int(amount)
    return whole if whole == amount and whole % units.units == 0 else None


def _delivery(
    shop: Shop, product: Product, variant: Sellable, item: Item
) -> tuple[tuple[str, ...], tuple[Rate, ...]] | None:
    """Return the countries to which one piece is sent for the same prices as to the shop's own country, and the prices.

    The buyer chooses country and rate on Stripe's page, and Stripe doesn't know that a rate is for some countries or
    has a surcharge for some postcodes. So the link is only for countries with the same rates. None: for no country.
    """
    if item.digital:
        return (), ()
    weight = variant.weight or Decimal(0)
    every = methods_for(shop, product)
    methods = [method for method in every if method.carries(weight)]
    named = tuple(dict.fromkeys(code for method in methods for code in method.countries))
    home = shop.config.country if not named or shop.config.country in named else named[0]
    rates_to: dict[str, tuple[Rate, ...]] = {}
    for country in dict.fromkeys((home, *named, _OTHER)):
        served = (method for method in methods if not method.countries or country in method.countries)
        costs = ((each, delivery_cost(shop, each, product, item.price, weight, country)) for each in served)
        rates_to[country] = tuple(Rate(method.name, cost) for method, cost in costs)
    everywhere = COUNTRIES if rates_to[_OTHER] == rates_to[home] else frozenset()
    same = {country for country, rates in rates_to.items() if rates == rates_to[home]} | (everywhere - rates_to.keys())
    surcharged = {method.surcharged(each) for method in methods for each in method.surcharges}
    if home in surcharged or (every and not rates_to[home]):
        return None
    return tuple(sorted((same - surcharged) & COUNTRIES)), rates_to[home][:_MOST_RATES]


def by_sku(links: Iterable[WantedLink]) -> Mapping[str, list[WantedLink]]:
    """Return links by article number, in their order."""
    found: dict[str, list[WantedLink]] = {}
    for each in links:
        found.setdefault(each.sku, []).append(each)
    return found


def causes(links: Iterable[WantedLink]) -> Iterator[tuple[str, dt.datetime | None, list[WantedLink]]]:
    """Yield the links of each price change: the sale's name and the first moment of use, empty and None for today."""
    found: dict[tuple[str, dt.datetime | None], list[WantedLink]] = {}
    for each in links:
        found.setdefault((each.cause, each.begins), []).append(each)
    for (cause, begins), group in found.items():
        yield cause, begins, group
