"""The country that the readers of a language are in, so that pages name the delivery that holds for them."""

from __future__ import annotations

import functools

from msgspec.structs import replace

from storegen.config import Config
from storegen.locale import is_official, locale_of, main_country
from storegen.model.delivery import Method


def for_readers(config: Config, language: str) -> Config:
    """Return the configuration with the readers' country, and with the delivery methods to it before the others."""
    country = _country(config, language)
    if country == config.country:
        return config
    methods = sorted(config.delivery.methods, key=lambda method: not _reaches(method, country))
    return replace(config, destination=country, delivery=replace(config.delivery, methods=tuple(methods)))


def _country(config: Config, language: str) -> str:
    """Return the country of a language's readers if the language tells it, else the usual destination.

    A language tells nothing about a country if it is spoken at the usual destination too, if the shop does not deliver
    to its main country, or if a delivery method of their own names its other countries.
    """
    main, spoken = _countries_of(language)
    methods = config.delivery.methods
    way = next((method for method in methods if _reaches(method, main)), None)
    if way is None or not config.country or config.country in spoken:
        return config.country
    others = (next((each for each in methods if code in each.countries), way) for code in spoken)
    return main if all(other is way for other in others) else config.country


def _reaches(method: Method, country: str) -> bool:
    return not method.countries or country in method.countries


@functools.cache
def _countries_of(language: str) -> tuple[str, frozenset[str]]:
    """Return the main country of a language and all countries where it is official (CLDR). A region is the only one."""
    if locale_of(language).territory:
        return main_country(language), frozenset((main_country(language),))
    countries = (str(code) for code in locale_of("en").territories if len(str(code)) == 2)
    return main_country(language), frozenset(code for code in countries if is_official(language, code))
