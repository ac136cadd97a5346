"""Localization of records and of the configuration to one market: its prices, and what is sold there.

Records are localized once for each language. A language belongs to one market, so all pages, feeds and orders of the
language read the same prices.
"""

from __future__ import annotations

import functools
import typing
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from msgspec.structs import replace

from storegen.blanks import is_blank
from storegen.checkout import ENTRIES
from storegen.checkout.messengers import POSTS
from storegen.config import Config
from storegen.errors import counted, some, suggest
from storegen.locale import is_currency
from storegen.model.company import Company
from storegen.model.delivery import Method, Returns, Step, Surcharge
from storegen.model.fields import arms_of, hints_of, is_record, mark_of, without_marks
from storegen.model.market import HOME, MARKET_ID, ByMarket, Market, MarketCompany, OfferAmounts, PriceAmounts
from storegen.model.money import price_digits
from storegen.model.offer import OFFER_KEYS, Offer
from storegen.model.payment import PayLink
from storegen.model.product import Product, only_elsewhere
from storegen.model.record import Record
from storegen.model.rows import Row
from storegen.model.scalars import Country
from storegen.model.services import Service
from storegen.yaml import Place, Value

# The keys of amounts that may differ by market.
AMOUNT_KEYS = frozenset("price compare_at_price amount min_total free_from total".split())
# The status of the row of a record that is not sold in a market, because it has no price there.
UNSOLD = "unsold"


class Localized(NamedTuple):
    """A record with the prices of a market.

    *missing* are the article numbers or the amounts without a price there. An *unsold* record isn't sold there at all.
    """

    record: Record
    missing: tuple[str, ...] = ()
    unsold: bool = False


class Unsold:
    """What has no price in each market: products, offers, and single articles of products that are sold there."""

    def __init__(self) -> None:
        self.found: dict[str, dict[str, list[str]]] = {}

    def add(self, kind: str, market: str, rows: dict[str, Row]) -> None:
        """Add what the rows of a content type lack in a market, and remove the records that aren't sold there."""
        found = self.found.setdefault(market, {})
        for name in [name for name, row in rows.items() if row.missing or row.status == UNSOLD]:
            unsold = rows[name].status == UNSOLD
            names = [name] if unsold else rows[name].missing
            listed = found.setdefault(kind if unsold else "article", [])
            listed += [each for each in names if each not in listed]
            if unsold:
                del rows[name]


def with_keys(value: dict[str, Value], kind: type[msgspec.Struct]) -> dict[str, Value]:
    """Return the raw values of a record with a key for each amount of a market: ``{SE: {price: 649.00}}``.

    Merchants may write only a number: ``{SE: 649.00}``.
    """
    change = _keys_in(kind)
    return value if change is None else change(value)


def written_place(value: Value, place: Place) -> Place:
    """Return a place as it is in the file: without the keys that `with_keys` has added."""
    for depth, step in enumerate(place):
        if not isinstance(value, dict | list):
            return place[:depth] if depth and "prices" in place[:depth] else place
        items: dict[Any, Value] = value if isinstance(value, dict) else dict(enumerate(value))
        value = items.get(step)
    return place


@functools.cache
def _keys_in(hint: Any) -> Callable[[Any], Any] | None:  # noqa: ANN401
    """Return the function that does the work of `with_keys` for values of a type, None if there is nothing to do."""
    bare = without_marks(hint)
    if typing.get_origin(bare) is tuple:
        change = _keys_in(typing.get_args(bare)[0])
        return functools.partial(_in_list, change) if change else None
    if not is_record(bare):
        arms = arms_of(bare)
        return _keys_in(arms[0]) if len(arms) == 1 and arms[0] is not bare else None
    fields = {name: change for name, each in hints_of(bare).items() if (change := _keys_in(each))}
    amounts = hints_of(bare).get("prices")
    names = tuple(hints_of(typing.get_args(without_marks(amounts))[1])) if mark_of(amounts, ByMarket) else ()
    return functools.partial(_in_record, fields, names) if fields or names else None


def _in_list(change: Callable[[Any], Any], value: Any) -> Any:  # noqa: ANN401
    return [change(item) for item in value] if isinstance(value, list) else value


def _in_record(fields: Mapping[str, Callable[[Any], Any]], names: tuple[str, ...], value: Any) -> Any:  # noqa: ANN401
    if not isinstance(value, dict):
        return value
    changed = {name: change(value[name]) for name, change in fields.items() if value.get(name)}
    prices = value.get("prices")
    if names and isinstance(prices, dict) and (main := _main(value, names)):
        changed["prices"] = {key: {main: each} if isinstance(each, str) else each for key, each in prices.items()}
    return {**value, **changed} if changed else value


def _main(value: Mapping[str, Value], names: tuple[str, ...]) -> str:
    """Return the key of a single number: ``price``, or else the key of the only amount that the record has."""
    written = [name for name in names if not is_blank(value.get(name))]
    if names[0] == "price" or "price" in written:
        return "price"
    return written[0] if len(written) == 1 else ""


def in_market(record: Record, market: str) -> Localized:
    """Return a record of content with the prices of a market."""
    if isinstance(record, Product):
        return _home_product(record) if market == HOME else _product(record, market)
    if isinstance(record, Offer):
        return _home_offer(record) if market == HOME else _offer(record, market)
    return Localized(record)


def _home_product(product: Product) -> Localized:
    elsewhere = [variant.sku for variant in product.variants if only_elsewhere(product, variant)]
    if product.price is None and (product.prices if not product.variants else len(elsewhere) == len(product.variants)):
        return Localized(product, unsold=True)
    return Localized(product, tuple(elsewhere))


def _product(product: Product, market: str) -> Localized:
    """Return a product with a market's prices, without the variants that have none there.

    A variant with its own price at home needs its own price in the market, too. The product's price there may be that
    of another size.
    """
    own = product.prices.get(market, PriceAmounts())
    kept, missing = [], []
    for variant in product.variants:
        found = variant.prices.get(market, PriceAmounts())
        if found.price is None and (variant.price is not None or own.price is None):
            missing.append(variant.sku or product.id)
        else:
            kept.append(replace(variant, price=found.price, compare_at_price=found.compare_at_price, prices={}))
    unsold = not kept if product.variants else own.price is None
    sold = replace(
        product,
        price=own.price,
        compare_at_price=own.compare_at_price,
        prices={},
        currency=None,
        variants=tuple(kept),
    )
    return Localized(sold, tuple(missing), unsold)


def in_prices(place: Place, market: str) -> Place:
    """Return where the amount at a place is written for a market: ``prices.SE.price`` for ``price``."""
    return (*place[:-1], "prices", market, place[-1]) if market and place and place[-1] in AMOUNT_KEYS else place


def written_variants(data: Mapping[str, Value], product: Product) -> list[int]:
    """Return the position in the file of each variant that is sold in a market. *data* is the product's file."""
    listed = data.get("variants")
    sold = [(variant.sku, dict(variant.options)) for variant in product.variants]
    return [number for number, each in enumerate(listed if isinstance(listed, list) else ()) if _key(each) in sold]


def _key(variant: Value) -> tuple[Value, Value]:
    return (variant.get("sku") or "", variant.get("options") or {}) if isinstance(variant, dict) else ("", {})


def _home_offer(offer: Offer) -> Localized:
    ways = OFFER_KEYS[offer.kind].one_of
    return Localized(offer, unsold=bool(offer.prices and ways) and not any(getattr(offer, name) for name in ways))


def _offer(offer: Offer, market: str) -> Localized:
    """Return an offer with a market's amounts. Each amount that it has at home needs one there."""
    found = offer.prices.get(market, OfferAmounts())
    names = OfferAmounts.__struct_fields__
    missing = tuple(name for name in names if getattr(offer, name) is not None and getattr(found, name) is None)
    changed = {name: getattr(found, name) for name in names}
    localized: Offer = replace(offer, prices={}, **changed)
    return Localized(localized, missing, bool(missing))


def config_in_market(site: Path, config: Config, market: str) -> Config:
    """Return the configuration with a market's currency, tax, delivery methods and payment providers."""
    if not config.markets:
        return config
    found = config.markets.get(market)
    taken: set[str] = {code for each in config.markets.values() for code in each.countries}
    methods = tuple(sold for each in config.delivery.methods if (sold := _method(each, market, found, taken)))
    written = {method.id: method.countries for method in config.delivery.methods}
    services = tuple(own for each in config.services if (own := _service(each, market)))
    config = replace(config, delivery=replace(config.delivery, methods=methods, elsewhere=written), services=services)
    if found is None:
        return config
    return replace(
        config,
        market=market,
        currency=found.currency,
        company=_company(config.company, found),
        tax=replace(config.tax, name=found.tax.name or config.tax.name, rates={**config.tax.rates, **found.tax.rates}),
        returns=_returns(config.returns, found),
        checkout=replace(config.checkout, provider=type(config.checkout.provider)(_providers(site, config, market))),
    )


def _company(company: Company, market: Market) -> Company:
    """Return the company with the details that it has in a market."""
    own = {name: getattr(market.company, name) for name in MarketCompany.__struct_fields__}
    return replace(company, **{name: value for name, value in own.items() if value})


def _providers(site: Path, config: Config, market: str) -> Iterator[str]:
    """Yield the payment providers that can sell in a market: those of orders, and those with links of the market."""
    for name in config.checkout.provider:
        links = ENTRIES.get(name) is PayLink and (site / f"content/checkout/{name}.{market}.yaml").is_file()
        if name in POSTS or links:
            yield name


def _returns(returns: Returns | None, market: Market) -> Returns | None:
    if returns is None:
        return None
    countries = tuple(code for code in returns.countries if code in market.countries)
    if returns.countries and not countries:
        return None
    free = tuple(code for code in returns.free_in if code in market.countries)
    return replace(returns, countries=countries or market.countries, free_in=free)


def _method(method: Method, name: str, market: Market | None, taken: set[str]) -> Method | None:
    """Return a delivery method with a market's countries and prices, None if it isn't used or has no price there."""
    if market is None:
        countries = tuple(code for code in method.countries if code not in taken)
        lacks = method.price is None or None in [part.price for part in method.steps] + [
            part.price for part in method.surcharges
        ]
        return None if lacks or (method.countries and not countries) else replace(method, countries=countries)
    countries = _countries(method, market)
    found = method.prices.get(name)
    steps = [_step(step, name) for step in method.steps]
    surcharges = [
        _surcharge(each, method.surcharged(each), name)
        for each in method.surcharges
        if method.surcharged(each) in countries
    ]
    if not countries or found is None or found.price is None or None in (*steps, *surcharges):
        return None
    return replace(
        method,
        price=found.price,
        free_from=found.free_from,
        countries=countries,
        steps=tuple(filter(None, steps)),
        surcharges=tuple(filter(None, surcharges)),
        prices={},
    )


def _service(service: Service, market: str) -> Service | None:
    """Return a service with its price in a market, None if it has none there."""
    price = service.prices[market].price if market in service.prices else None
    if not market:
        return service if service.price is not None else None
    return None if price is None else replace(service, price=price, prices={})


def _countries(method: Method, market: Market) -> tuple[Country, ...]:
    return tuple(code for code in market.countries if code in method.countries or not method.countries)


def _step(step: Step, market: str) -> Step | None:
    found = step.prices.get(market)
    if found is None or found.price is None or (step.total is not None and found.total is None):
        return None
    return replace(step, price=found.price, total=found.total if step.total is not None else None, prices={})


def _surcharge(surcharge: Surcharge, country: str, market: str) -> Surcharge | None:
    found = surcharge.prices.get(market)
    if found is None or found.price is None:
        return None
    return replace(surcharge, price=found.price, country=Country(country), prices={})


def market_faults(config: Config) -> Iterator[tuple[Place, str]]:
    """Yield the mistakes of the markets in site.yaml."""
    languages, countries = dict[str, str](), dict[str, str]()
    for name, market in config.markets.items():
        place = ("markets", name)
        if not MARKET_ID.fullmatch(name):
            yield place, f'expected a short name in capital letters like SE, found "{name}"'
        if not is_currency(market.currency):
            yield (*place, "currency"), f'expected a currency code like SEK, found "{market.currency}"'
        for key, example in (("languages", "language, such as sv"), ("countries", "country, such as SE")):
            if not getattr(market, key):
                yield (*place, key), f"expected at least one {example}"
        yield from _shared_faults(place, "languages", market.languages, languages)
        yield from _shared_faults(place, "countries", market.countries, countries)
        for number, language in enumerate(market.languages):
            if language not in config.languages:
                known = f"{suggest(language, config.languages)} (there are {', '.join(config.languages)})"
                yield (*place, "languages", number), f'no language "{language}" in languages{known}'
        for tax in market.tax.rates.keys() - config.tax.rates.keys():
            message = f'no tax class "{tax}" in the tax.rates of the shop{suggest(tax, config.tax.rates)}'
            yield (*place, "tax", "rates", tax), message
    if (first := next(iter(config.languages), "")) in languages:
        message = (
            f'"{first}" is the first language, and the first language belongs to the home market; remove it here, or '
            "put another language first in languages"
        )
        yield ("markets", languages[first], "languages"), message


def _shared_faults(place: Place, key: str, found: Iterable[str], owners: dict[str, str]) -> Iterator[tuple[Place, str]]:
    what = "a language" if key == "languages" else "a country"
    for number, each in enumerate(found):
        owner = owners.setdefault(each, str(place[1]))
        if owner != place[1]:
            yield (*place, key, number), f'"{each}" is already in the market {owner}; {what} can be in one market only'


def amount_faults(record: msgspec.Struct, markets: Mapping[str, Market]) -> Iterator[tuple[Place, str]]:
    """Yield the prices of unknown markets, and prices with decimals that the market's currency doesn't have."""
    for place, prices in _all_prices(record, ()):
        for name, amounts in prices.items():
            if name not in markets:
                known = f" (there are {', '.join(markets)})" if markets else "; add the market there first"
                yield (*place, name), f'no market "{name}" in markets of site.yaml{suggest(name, markets)}{known}'
                continue
            currency = markets[name].currency
            digits = price_digits(currency)
            for key in amounts.__struct_fields__:
                amount = getattr(amounts, key)
                if amount is not None and amount != round(amount, digits):
                    yield (*place, name, key), f'{currency} has {digits or "no"} decimals, found "{amount}"'


def _all_prices(value: object, place: Place) -> Iterator[tuple[Place, Mapping[str, msgspec.Struct]]]:
    """Yield the amounts by market in a record, each with its place."""
    if isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from _all_prices(item, (*place, number))
    elif isinstance(value, msgspec.Struct):
        for name, is_prices in _priced(type(value)):
            found = getattr(value, name)
            if is_prices and found:
                yield (*place, name), found
            elif not is_prices:
                yield from _all_prices(found, (*place, name))


@functools.cache
def _priced(kind: type[msgspec.Struct]) -> tuple[tuple[str, bool], ...]:
    """Return the fields of a type that have amounts by market, each with whether it is these amounts itself."""
    if not _keys_in(kind):
        return ()
    marked = ((name, bool(mark_of(hint, ByMarket)), hint) for name, hint in hints_of(kind).items())
    return tuple((name, is_prices) for name, is_prices, hint in marked if is_prices or _keys_in(hint))


def provider_faults(config: Config, written: Config) -> Iterator[tuple[Place, str]]:
    """Yield an error if no payment provider can sell in a market. *written* is the home market's configuration."""
    if config.market and written.checkout.provider and not config.checkout.provider:
        names = ", ".join(written.checkout.provider)
        files = f"content/checkout/{written.checkout.provider[0]}.{config.market}.yaml"
        remedy = f"write payment links with prices in {config.currency} into {files}, or add order to checkout.provider"
        yield ("markets", config.market), f"{names} can't take payments in {config.currency}; {remedy}"


def market_warnings(configs: Mapping[str, Config], missing: Mapping[str, Mapping[str, list[str]]]) -> Iterator[str]:
    """Yield warnings about what has no price in each market, one for each kind.

    *missing* are the products, the articles and the offers without a price, by market.
    """
    first = next(iter(configs.values()))
    by_market = {config.market: config for config in configs.values()}
    for market, found in missing.items():
        name, write = _title(market), f"prices: {{{market}: …}}" if market else "price: …"
        for kind, what in (("product", "price"), ("article", "price"), ("offer", "amounts")):
            if names := found.get(kind):
                left = "doesn't run there" if kind == "offer" else "not sold there"
                has = "has no" if len(names) == 1 else "have no"
                left = left.replace("doesn't", "don't") if len(names) > 1 else left
                yield f"{name}: {counted(len(names), kind)} {has} {what} ({left}): {some(names)}; write {write}"
    for market, config in by_market.items():
        if market:
            yield from _config_warnings(first, config)


def _title(market: str) -> str:
    return f"market {market}" if market else "home market"


def _config_warnings(first: Config, config: Config) -> Iterator[str]:
    market, title = config.markets[config.market], _title(config.market)
    used = {method.id for method in config.delivery.methods}
    lacking = [
        name
        for name, countries in first.delivery.elsewhere.items()
        if name not in used and (not countries or not set(countries).isdisjoint(market.countries))
    ]
    if lacking:
        methods = counted(len(lacking), "delivery method has", "delivery methods have")
        yield f"{title}: {methods} no price: {some(lacking)}; write prices: {{{config.market}: …}}"
    sold = {service.id for service in config.services}
    if unsold := [service.id for service in first.services if service.id not in sold]:
        services = counted(len(unsold), "service has", "services have")
        yield f"{title}: {services} no price: {some(unsold)}; write prices: {{{config.market}: …}}"
    if first.delivery.elsewhere and not used:
        yield f"{title}: no delivery method for {', '.join(market.countries)}"
    for name in first.checkout.provider:
        if config.checkout.provider and name not in config.checkout.provider:
            file = f"content/checkout/{name}.{config.market}.yaml"
            remedy = (
                f"; write payment links with prices in {config.currency} into {file}"
                if ENTRIES.get(name) is PayLink
                else ""
            )
            yield f"{title}: {name} is not used, because its prices are in {first.currency}{remedy}"
