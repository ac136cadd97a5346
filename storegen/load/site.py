"""Reading of site.yaml and its translations to a Config for each language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec

from storegen.checkout import FACTS, combination_faults
from storegen.checkout.secrets import find_secrets
from storegen.config import MENU, PROMISE_VALUES, VALUE_IN_BRACES, Config
from storegen.duties.binding import off_faults
from storegen.errors import ContentError, Problem, suggest
from storegen.fields import NO_FAULTY_PLACES, Fault, FaultyPlaces, read_record
from storegen.files import read_bytes
from storegen.forms import KINDS, address_fault
from storegen.load.alignment import aligned
from storegen.load.destinations import for_readers
from storegen.load.hidden import unread_languages
from storegen.load.markets import (
    amount_faults,
    config_in_market,
    market_faults,
    provider_faults,
    with_keys,
    written_place,
)
from storegen.load.services import service_faults
from storegen.load.sources import Source, read_sources, site_file
from storegen.load.translations import translated
from storegen.locale import country_fault, is_currency, locale_of
from storegen.model.chat import chat_fault
from storegen.model.company import Channel, Promise
from storegen.model.delivery import Method, Step, Surcharge
from storegen.model.fields import whole_mappings
from storegen.model.market import market_of
from storegen.model.money import price_digits
from storegen.model.times import Weekdays, Zone
from storegen.tracking import carrier_faults
from storegen.yaml import Place, Value


class SiteFaults(msgspec.Struct, frozen=True):
    """The mistakes of site.yaml and its translations.

    *mended* are the places that were left out. *faulty_places* are all places with a mistake. No check of content uses
    them.
    """

    problems: tuple[Problem, ...] = ()
    mended: FaultyPlaces = NO_FAULTY_PLACES
    faulty_places: FaultyPlaces = NO_FAULTY_PLACES


NO_SITE_FAULTS = SiteFaults()
# The keys that belong to one language. A translation without such a key doesn't get the value of the first language.
_EACH_ITS_OWN = ("addresses",)
_EVERYTHING = FaultyPlaces(frozenset({()}))


def load_config(site: Path) -> Mapping[str, Config]:
    """Return the configuration in each of the site's languages, the first language first.

    Raises ContentError with all mistakes of site.yaml and its translations.
    """
    configs, faults = read_config(site)
    if faults.problems:
        raise ContentError(faults.problems)
    return configs


def read_config(site: Path) -> tuple[Mapping[str, Config], SiteFaults]:
    """Return the configuration in each language without faulty parts, and the mistakes.

    Raises ContentError if there is no site.yaml.
    """
    problems: list[Problem] = []
    if not (site / "site.yaml").is_file():
        raise ContentError(
            [
                Problem(
                    "site.yaml",
                    0,
                    "",
                    "there is no shop here; go into its folder with cd, or name it with --site, or make a shop with: "
                    "storegen new DIR (storegen docs shows how to begin)",
                )
            ]
        )
    sources = read_sources(site, "site.yaml", problems)
    base = sources[0] if sources else Source(site, "site.yaml", {})
    if base.place:
        problems.append(Problem("site.yaml", 1, "", "expected keys with values, found a list"))
        base = Source(site, "site.yaml", {}, readable=False)
    first, base = _config(base, base.data, problems)
    mended = base.faulty_places if base.readable else _EVERYTHING
    if not base.readable:
        first = msgspec.structs.replace(first, languages=unread_languages(read_bytes(site, "site.yaml")))
    languages = [language for language in dict.fromkeys(first.languages) if _is_language(language)] or ["en"]
    configs = {languages[0]: first}
    for language in languages[1:]:
        if base.readable:
            configs[language], more = _translated(site, base, first, language, problems)
            mended |= more
        else:
            configs[language] = first
    if first.markets:
        configs = _in_markets(site, base, configs, problems)
    configs |= {language: for_readers(configs[language], language) for language in languages[1:]}
    faulty_places = (
        FaultyPlaces(frozenset(place for place, _ in _faults(first, mended))) if problems else NO_FAULTY_PLACES
    )
    return configs, SiteFaults(tuple(problems), mended, mended | faulty_places)


def _in_markets(site: Path, base: Source, configs: Mapping[str, Config], problems: list[Problem]) -> dict[str, Config]:
    """Return the configurations with the prices of their languages' markets. Faulty markets are left out."""
    home = next(iter(configs.values()))
    wrong = {place[1] for place, _ in market_faults(home)}
    markets = {name: market for name, market in home.markets.items() if name not in wrong}
    found: dict[str, Config] = {}
    same: dict[tuple[int, str], Config] = {}
    for language, config in configs.items():
        market = market_of(language, markets)
        if (id(config), market) not in same:
            own = {} if market and config is home else config.addresses  # those of another language
            whole = msgspec.structs.replace(config, markets=markets, addresses=own)
            same[id(config), market] = config_in_market(site, whole, market)
        found[language] = same[id(config), market]
        problems.extend(base.problems(provider_faults(found[language], home)))
    return found


def _is_language(code: str) -> bool:
    try:
        locale_of(code)
    except ValueError:
        return False
    return True


def _translated(
    site: Path, base: Source, first: Config, language: str, problems: list[Problem]
) -> tuple[Config, FaultyPlaces]:
    file = site_file(site, language)
    if file == "site.yaml":
        return first, NO_FAULTY_PLACES
    for written in read_sources(site, file, problems):
        source, faults = aligned(base.data, written, Config)
        problems += (*written.blank_problems(Config), *written.problems(faults))
        own = {key: value for key, value in base.data.items() if key not in _EACH_ITS_OWN}
        data = translated(own, source, Config, problems)
        config, source_faults = _config(source, data, problems, first)
        return config, source_faults.faulty_places
    return first, NO_FAULTY_PLACES


def _config(
    source: Source, data: dict[str, Value], problems: list[Problem], first: Config | None = None
) -> tuple[Config, Source]:
    """Return the configuration in *data* without its faults, and its source.

    Of a translation, only its own fields are checked; the others were checked in the *first* language.
    """
    zone = _zone_of(data)
    problems += _secrets(source)
    if first is None:
        problems += source.blank_problems(Config)
        problems += (source.problem(place, message) for place, message in _hours_faults(data))
    read = read_record(with_keys(data, Config), Config, zone)
    config = read.record
    if read.faults:
        if source.readable:
            problems.extend(
                _site_problem(source, (written_place(data, place), message), translation=first is not None)
                for place, message in read.faults
            )
        raw = source.raw if first else read.values
        source = msgspec.structs.replace(source, raw=raw, faulty_places=read.faulty_places)
    known = () if first is None else tuple(_faults(first, NO_FAULTY_PLACES))
    problems.extend(source.problems(fault for fault in _faults(config, source.faulty_places) if fault not in known))
    return config, source


def _site_problem(source: Source, fault: Fault, *, translation: bool) -> Problem:
    """Return a mistake in site.yaml. In a *translation*, it says how a mapping with translatable keys is translated."""
    place, message = fault
    if translation and place[:1] in whole_mappings(Config):
        advice = f"a translation replaces all of {place[0]}: write each title in this language, with its links or texts"
        message = f"{message.partition(';')[0]}; {advice}"
    return source.problem(place, message)


def _zone_of(data: Mapping[str, Value]) -> ZoneInfo:
    """Return the shop's time zone, in which days of site.yaml are read."""
    try:
        return ZoneInfo(Zone.parse(str(data.get("timezone") or "UTC"), ZoneInfo("UTC")))
    except ValueError:  # reported as a mistake of this field
        return ZoneInfo("UTC")


def _secrets(source: Source) -> Iterator[Problem]:
    """Yield the secret keys in the file, without showing them."""
    for place, text in source.texts():
        for secret in find_secrets(text.encode()):
            shown = f"{secret[:8]}…"
            message = f"a secret key ({shown}) is in the file; put secrets into environment variables"
            yield source.problem(place, message).hiding(secret, shown)


def _faults(config: Config, faulty_places: FaultyPlaces) -> Iterator[tuple[Place, str]]:
    """Yield mistakes in site.yaml that types can't express. *faulty_places* are not checked again."""
    yield from _own_faults(config)
    yield from _language_faults(config.languages)
    if not faulty_places.touches("languages", "markets"):
        yield from market_faults(config)
        yield from amount_faults(config, config.markets)
    yield from _country_faults(config)
    if is_currency(config.currency) and not faulty_places.touches("currency"):
        yield from _price_faults(config)
    yield from _method_faults(config.delivery.methods, faulty_places)
    yield from service_faults(config.services, faulty_places)
    yield from _checkout_faults(config)
    if config.menu is not None and len(config.menu) > MENU:
        yield ("menu",), f"expected at most {MENU} entries, found {len(config.menu)}"
    for key, ids in (("banner", config.banner), ("product_promises", config.product_promises)):
        for number, name in enumerate(ids):
            if key == "banner" and name.startswith("offer:"):  # checked with the offers
                continue
            if name not in config.promises and not faulty_places.covers(("promises", name)):
                known = ", ".join(config.promises) or "none yet"
                yield (key, number), f'no promise "{name}" in promises (there are {known})'
    for name, promise in config.promises.items():
        yield from _promise_faults(name, promise)
    yield from _channel_faults(config.channels)
    yield from _form_faults(config)
    yield from ((("tracking", *place), fault) for place, fault in carrier_faults(config.tracking))
    yield from ((("duties", "off", *place), fault) for place, fault in off_faults(config.duties.off))


def _channel_faults(channels: tuple[Channel, ...]) -> Iterator[tuple[Place, str]]:
    for number, channel in enumerate(channels):
        if channel.service and channel.kind != "chat":
            yield ("channels", number, "service"), f"only a chat has a service, this is {channel.kind}"
        elif channel.service and (fault := chat_fault(channel.service, channel.value, channel.link)):
            yield ("channels", number, fault[0]), fault[1]


def _form_faults(config: Config) -> Iterator[tuple[Place, str]]:
    """Yield the addresses that can't receive their form, and forms by e-mail without an address."""
    for kind in ("default", *KINDS):
        target = getattr(config.forms, kind)
        if target is None:
            continue
        if fault := address_fault("contact" if kind == "default" else kind, target):
            yield ("forms", kind), fault
        elif target == "email" and kind != "default" and config.company.email is None:
            yield ("forms", kind), "an address is missing; write company.email, or mailto: and an address here"


def _hours_faults(data: Mapping[str, Value]) -> Iterator[tuple[Place, str]]:
    """Yield opening hours whose keys are not weekdays. The record lacks those with wrong hours, so *data* is used."""
    company = data.get("company")
    hours = company.get("hours") if isinstance(company, dict) else None
    for days in hours if isinstance(hours, dict) else ():
        try:
            Weekdays.parse(days, ZoneInfo("UTC"))
        except ValueError as error:
            yield ("company", "hours", days), str(error)


def _own_faults(config: Config) -> Iterator[tuple[Place, str]]:
    if not config.name.strip():
        yield ("name",), "expected a name, found nothing"
    if not is_currency(config.currency):
        yield ("currency",), f'expected a currency code like EUR, found "{config.currency}"'


def _checkout_faults(config: Config) -> Iterator[tuple[Place, str]]:
    names = config.checkout.provider
    unknown = [name for name in dict.fromkeys(names) if name not in FACTS]
    for name in unknown:
        yield ("checkout", "provider"), f'expected one of {", ".join(FACTS)}; found "{name}"{suggest(name, FACTS)}'
    if not unknown:
        for message in combination_faults(names, FACTS):
            yield ("checkout", "provider"), message
    bank = config.checkout.order.bank
    if bank is not None and len(bank.given) != 1:
        found = "both" if bank.given else "neither"
        yield ("checkout", "order", "bank"), f"expected iban, or account in countries without IBAN; found {found}"
    for name in config.checkout.methods:
        if name not in FACTS:
            yield ("checkout", "methods", name), f'"{name}" is no provider{suggest(name, FACTS)}'


def _country_faults(config: Config) -> Iterator[tuple[Place, str]]:
    places: list[tuple[Place, str]] = [(("company", "country"), config.company.country)]
    for number, method in enumerate(config.delivery.methods):
        places += [
            (("delivery", "methods", number, "countries", place), code) for place, code in enumerate(method.countries)
        ]
        places += [
            (("delivery", "methods", number, "surcharges", place, "country"), each.country)
            for place, each in enumerate(method.surcharges)
        ]
    for name, market in config.markets.items():
        places += [(("markets", name, "countries", place), code) for place, code in enumerate(market.countries)]
    for key in ("countries", "free_in") if config.returns else ():
        places += [(("returns", key, place), code) for place, code in enumerate(getattr(config.returns, key))]
    for place, code in places:
        if code and (fault := country_fault(code)):
            yield place, fault


def _price_faults(config: Config) -> Iterator[tuple[Place, str]]:
    for number, method in enumerate(config.delivery.methods):
        place: Place = ("delivery", "methods", number)
        amounts: list[tuple[Place, Decimal | None]]
        amounts = [((*place, key), getattr(method, key)) for key in ("price", "free_from")]
        for index, step in enumerate(method.steps):
            amounts += [((*place, "steps", index, key), getattr(step, key)) for key in ("price", "total")]
        amounts += [
            ((*place, "surcharges", index, "price"), each.price) for index, each in enumerate(method.surcharges)
        ]
        yield from _decimal_faults(amounts, config.currency)
    services = [(("services", number, "price"), each.price) for number, each in enumerate(config.services)]
    yield from _decimal_faults(services, config.currency)


def _decimal_faults(amounts: Iterable[tuple[Place, Decimal | None]], currency: str) -> Iterator[tuple[Place, str]]:
    """Yield the amounts with decimals that the currency doesn't have."""
    digits = price_digits(currency)
    for place, amount in amounts:
        if amount is not None and amount != round(amount, digits):
            yield place, f'{currency} has {digits or "no"} decimals, found "{amount}"'


def _method_faults(methods: tuple[Method, ...], faulty_places: FaultyPlaces) -> Iterator[tuple[Place, str]]:
    """Yield delivery methods with the same id, missing prices, and steps in a wrong order."""
    first: dict[str, int] = {}
    for number, method in enumerate(methods):
        parts: list[tuple[Place, Method | Step | Surcharge]] = [((), method)]
        parts += [(("steps", index), step) for index, step in enumerate(method.steps)]
        parts += [(("surcharges", index), each) for index, each in enumerate(method.surcharges)]
        for place, part in parts:
            at = ("delivery", "methods", number, *place)
            if part.price is None and not part.prices and not faulty_places.covers((*at, "price")):
                yield at, '"price" is missing'
        if not faulty_places.covers(steps := ("delivery", "methods", number, "steps")):
            yield from _step_faults(method, steps)
        if not faulty_places.covers(surcharges := ("delivery", "methods", number, "surcharges")):
            yield from _surcharge_faults(method, surcharges)
        other = first.setdefault(method.id, number)
        if other != number:
            yield (
                ("delivery", "methods", number, "id"),
                f'the id "{method.id}" is already that of methods.{other}; each needs its own',
            )


def _step_faults(method: Method, place: Place) -> Iterator[tuple[Place, str]]:
    """Yield steps of a delivery price with different criteria or without ascending order."""
    before = Decimal(0)
    for index, step in enumerate(method.steps):
        at = (*place, index)
        if len(step.given) != 1 or step.given != method.steps[0].given:
            yield at, "expected one of weight, total or count, the same in every step"
            return
        value = getattr(step, step.given[0])
        if value <= before:
            yield (*at, step.given[0]), "expected more than in the step before"
        before = value


def _surcharge_faults(method: Method, place: Place) -> Iterator[tuple[Place, str]]:
    """Yield surcharges without postcodes, and those in no country or in one that the method doesn't deliver to."""
    listed = ", ".join(method.countries)
    for index, surcharge in enumerate(method.surcharges):
        if not surcharge.postcodes:
            yield (*place, index, "postcodes"), "expected at least one range of postcodes like 63000-63644"
        if not surcharge.country and len(method.countries) != 1:
            found = f"the method delivers to {listed}" if listed else "the method delivers to all countries"
            yield (*place, index), f"expected the country of the postcodes, such as country: KR; {found}"
        elif surcharge.country and method.countries and surcharge.country not in method.countries:
            yield (*place, index, "country"), f'expected one of {listed}, found "{surcharge.country}"'


def _language_faults(languages: tuple[str, ...]) -> Iterator[tuple[Place, str]]:
    if not languages:
        yield ("languages",), "expected at least one language such as en"
    for number, language in enumerate(languages):
        try:
            locale_of(language)
        except ValueError as error:
            yield ("languages", number), str(error)
    if len(set(languages)) < len(languages):
        yield ("languages",), "a language is listed twice"


def _promise_faults(name: str, promise: Promise) -> Iterator[tuple[Place, str]]:
    known = ", ".join(PROMISE_VALUES)
    for key in ("title", "text", "short"):
        for word in VALUE_IN_BRACES.findall(getattr(promise, key)):
            if word not in PROMISE_VALUES:
                message = f"{{{word}}} is not a value of site.yaml{suggest(word, PROMISE_VALUES)} (there are {known})"
                yield ("promises", name, key), message
