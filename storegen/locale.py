"""Money, dates and numbers in the format of each language, by Babel and the CLDR."""

from __future__ import annotations

import copy
import datetime as dt
import functools
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Literal, TypeAlias, TypeVar

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.dates import format_date, format_interval, format_time, get_day_names
from babel.languages import get_official_languages
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent
from babel.units import format_unit

from storegen.errors import nearest
from storegen.model.money import Money, price_digits, rounded

PLURAL_FORMS = ("zero", "one", "two", "few", "many", "other")  # the CLDR's categories
_CAPITAL_NOUNS = frozenset(("de", "lb"))
_WHOLE_TIMES = frozenset(("ja", "zh"))  # a number alone is no time of day
_WORD = re.compile(r"\w+")
_DOTLESS = frozenset(("tr", "az"))  # the small letter of I has no dot
_SAFE_DIGITS = 16  # of the largest whole number that a script can calculate with, 2**53
N = TypeVar("N", bound="Decimal | int | str")

# A text, or its plural forms by CLDR category.
Word: TypeAlias = "str | Mapping[str, str]"
Words: TypeAlias = Mapping[str, Word]

# The CLDR's default for English is American: the month comes first.
_ENGLISH = {"long": "d MMMM y", "short": "d MMM y", "brief": "d MMM", "day": "EEEE d MMMM"}
_DASHES = {"ja": "～", "ko": "~"}  # CLDR miscPatterns, "range"; Babel lacks them
_SKELETONS = {"short": "yMMMd", "brief": "MMMd"}
_WEEKDAY = re.compile(r"E+|ccc+")  # in a CLDR pattern; E is the form in a sentence, which Finnish inflects
_ENGLISH_TIME = "HH:mm"
_HOURS_AND_MINUTES = re.compile(r"(H+)[.:]mm")
_UNIT_BEHIND = re.compile(r"(?<=\d)\D+$")
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
# Letters that are written from left to right.
_FROM_LEFT = re.compile("[A-Za-z\u00c0-\u052f\u1e00-\u1fff\u3040-\ud7ff]")
# The CLDR puts a space between a currency code and the number (currencySpacing). Browsers do so too, Babel does not.
_LETTER_DIGIT = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")


def _cached(function: Callable[[N, str], str]) -> Callable[[N, str], str]:
    """Cache a function of a number and a language.

    Equal numbers can have different texts and plural forms: 0 and -0, 1 and True, 1 and 1.0. So the cache also
    distinguishes their types and digits.
    """

    @functools.lru_cache(maxsize=4096, typed=True)
    def cached(_digits: str, value: N, language: str) -> str:
        """Call the function; the digits are only a part of the cache's key."""
        return function(value, language)

    @functools.wraps(function)
    def find(value: N, language: str) -> str:
        """Return the cached result for a number and a language."""
        return cached(str(value), value, language)

    return find


def with_fallback(language: str) -> tuple[str, ...]:
    """Return a language code, and after it the language without its region: ``en-SE`` and ``en``."""
    base = language.partition("-")[0]
    return (language,) if base == language else (language, base)


@functools.cache
def locale_of(language: str) -> Locale:
    """Return Babel's locale of a language code; raises ValueError for an unknown one."""
    found = _parsed(language)
    if found is None:
        meant = meant_language(language)
        remedy = f', did you mean "{meant}"?' if meant else "; write a code such as en, fi or pt-BR"
        raise ValueError(f'"{language}" is not a known language{remedy}')
    return found


def _parsed(language: str) -> Locale | None:
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return None


def meant_language(language: str) -> str:
    """Return the code that was probably meant: ``en`` for English, ``pt-BR`` for pt_BR, ``ko`` for kr; or nothing."""
    names = {name.casefold(): code for code, name in locale_of("en").languages.items() if len(code) == 2}
    word = language.casefold()
    first, *rest = re.split("[-_ ]", word)
    written = "-".join([first, *(part.upper() if len(part) == 2 else part.title() for part in rest)])
    codes = (names.get(word), _MISTAKEN.get(first), *(code for code in (written, first) if code != language))
    return next((code for code in codes if code and _parsed(code)), names.get(nearest(word, names), ""))


def is_official(language: str, country: str) -> bool:
    """Return whether a language is official in a country, by law or in fact (CLDR)."""
    return locale_of(language).language in get_official_languages(country, de_facto=True)


def main_country(language: str) -> str:
    """Return the country of a language's region, or that of most speakers; empty if the CLDR has none."""
    locale = locale_of(language)
    return locale.territory or get_global("likely_subtags").get(locale.language, "").rpartition("_")[2]


def local_forms(language: str, country: str, currency: str) -> dict[str, str]:
    """Return examples of what is written otherwise in a country than storegen writes a language, by language code.

    The first code stands for what storegen writes: ``{"en-GB": "3 Dec, 14:00", "en-US": "Dec 3, 2:00 PM"}``. There are
    none if all is the same, if the language has a region already, or if it isn't official in the country.
    """
    local = f"{language}-{country}"
    if locale_of(language).territory or not is_official(language, country) or _parsed(local) is None:
        return {}
    usual = f"{language}-{'GB' if language == 'en' else main_country(language)}"
    both = zip(_examples(language, currency), _examples(local, currency), strict=True)
    different = [pair for pair in both if len({*pair}) > 1]
    return {code: ", ".join(texts) for code, texts in zip((usual, local), zip(*different, strict=True), strict=False)}


def _examples(language: str, currency: str) -> tuple[str, ...]:
    day = date_text(dt.date(2026, 12, 3), language, "brief")
    return day, time_text(dt.time(14), language), money_text(Money(Decimal("1234.5"), currency), language)


# Codes of countries, which are often taken for those of their languages, and languages' own names.
_MISTAKEN = {
    "kr": "ko",
    "jp": "ja",
    "cn": "zh",
    "cz": "cs",
    "dk": "da",
    "gr": "el",
    "ua": "uk",
    "suomi": "fi",
    "svenska": "sv",
    "dansk": "da",
    "norsk": "nb",
    "eesti": "et",
    "deutsch": "de",
    "polski": "pl",
    "français": "fr",
    "español": "es",
    "italiano": "it",
    "português": "pt",
    "nederlands": "nl",
    "한국어": "ko",
    "日本語": "ja",
    "中文": "zh",
}


@functools.lru_cache(maxsize=65536)
def money_text(money: Money, language: str, *, short: bool = False) -> str:
    """Return ``€59.00`` in English, ``59,00 €`` in Finnish. *short* omits the decimals of whole amounts."""
    money = rounded(money)
    whole = short and money.amount == money.amount.to_integral_value()
    digits = 0 if whole else price_digits(money.currency)
    written = format(money.amount, f".{digits}f").replace(".", "")
    if not written.isdecimal():  # negative
        return _money_text(money.amount, money.currency, language, digits)
    return _money_shape(money.currency, language, len(written) - digits, digits) % tuple(written)


@functools.cache
def _money_shape(currency: str, language: str, places: int, digits: int) -> str:
    """Return the pattern of an amount with so many digits before and after the point. Each digit is a %s."""
    ones = Decimal("1" * places + "." + "1" * digits)
    text = _money_text(ones, currency, language, digits).replace("%", "%%").replace("1", "%s")
    assert text.count("%s") == places + digits
    return text


def money_pattern(currency: str, language: str) -> str:
    """Return how amounts are written, with a 0 for each of many digits: ``$0,000,000.00``, ``0 000 000,00 €``.

    Scripts fill in digits from the right, so that they write the same as `money_text`.
    """
    digits = price_digits(currency)
    shape = _money_shape(currency, language, _SAFE_DIGITS - digits, digits)
    return shape % (("0",) * _SAFE_DIGITS)


def number_pattern(language: str) -> str:
    """Return how whole numbers are written, as `money_pattern` does for amounts."""
    return number_text(int("1" * _SAFE_DIGITS), language).replace("1", "0")


def _money_text(amount: Decimal, currency: str, language: str, digits: int) -> str:
    locale = locale_of(language)
    pattern = copy.copy(locale.currency_formats["standard"])
    pattern.frac_prec = (digits, digits)
    text = pattern.apply(amount, locale, currency=currency, currency_digits=False)
    return _LETTER_DIGIT.sub("\u00a0", str(text))


@_cached
def number_text(value: Decimal | int, language: str) -> str:
    """Return a number with the language's separators."""
    return str(format_decimal(value, locale=locale_of(language)))


@_cached
def percent_text(value: int | str, language: str) -> str:
    """Return a percentage in the language's format, such as ``20%`` or ``12,5 %``."""
    return str(format_percent(Decimal(value) / 100, locale=locale_of(language), decimal_quantization=False))


@_cached
def file_size_text(size: int, language: str) -> str:
    """Return a size in bytes in the language's format, such as ``340 kB`` or ``1,2 Mo``. A kB has 1,000 bytes (SI)."""
    large = size >= 1_000_000
    value = (Decimal(size) / 1_000_000).quantize(Decimal("0.1")) if large else Decimal(max(1, (size + 500) // 1000))
    unit = "digital-megabyte" if large else "digital-kilobyte"
    return str(format_unit(value, unit, length="short", locale=locale_of(language)))


def date_text(value: dt.date, language: str, pattern: str = "long") -> str:
    """Return a date in one of the language's formats, or by a CLDR pattern.

    The formats are ``long``, ``short`` (abbreviated month), ``brief`` (as short, without the year) and ``day``
    (weekday, without the year). Languages differ in order and punctuation, so no single pattern would do.
    """
    locale = locale_of(language)
    if language == "en":
        pattern = _ENGLISH.get(pattern, pattern)
    elif pattern in _SKELETONS:
        pattern = str(locale.datetime_skeletons[_SKELETONS[pattern]])
    elif pattern == "day":
        # Older data lack the long month in some languages, such as Korean, where both are the same.
        known = locale.datetime_skeletons
        pattern = _WEEKDAY.sub("EEEE", str(known["MMMMEd" if "MMMMEd" in known else "MMMEd"]))
    return str(format_date(value, format=pattern, locale=locale))


def date_span_text(first: dt.date, last: dt.date, language: str) -> str:
    """Return two days without the year: ``24.–26. joulukuuta``. Equal days give one day."""
    if first == last:
        return date_text(first, language, "brief")
    locale = Locale("en", "GB") if language == "en" else locale_of(language)
    return str(format_interval(first, last, _SKELETONS["brief"], locale=locale))


def time_text(value: dt.time, language: str, *, short: bool = False) -> str:
    """Return a time of day: ``14:00`` in English, ``14.00`` in Finnish.

    *short* omits the minutes of whole hours where the language counts 24 hours.
    """
    locale = locale_of(language)
    pattern = _ENGLISH_TIME if language == "en" else str(locale.time_formats["short"].pattern)
    hour = _HOURS_AND_MINUTES.fullmatch(pattern)
    return str(format_time(value, hour[1] if short and hour and not value.minute else pattern, locale=locale))


def hours_text(hours: str, language: str) -> str:
    """Return opening hours such as ``10:00–17:30`` as people write them: ``10–17.30``."""
    times = (dt.time.fromisoformat(part) for part in hours.split("–"))
    short = language.partition("-")[0] not in _WHOLE_TIMES
    return _dash(language).join(time_text(each, language, short=short) for each in times)


def without_unit(first: str, last: str) -> str:
    """Return the first of two amounts as a range writes it: without a unit that follows both, ``40`` of 40–80 €."""
    unit = _UNIT_BEHIND.search(last)
    return first.removesuffix(unit[0]) if unit else first


def lower_text(text: str, language: str) -> str:
    """Return a name in small letters, as within a sentence. German writes nouns with a capital.

    Abbreviations keep their capitals: ``Shoe size (EU)`` becomes ``shoe size (EU)``.
    """
    base = language.partition("-")[0]
    if base in _CAPITAL_NOUNS:
        return text
    dotless = base in _DOTLESS

    def lower(found: re.Match[str]) -> str:
        word = found[0]
        if word[1:] != word[1:].lower() and not text.isupper():
            return word
        return (word.replace("I", "ı").replace("İ", "i") if dotless else word).lower()

    return _WORD.sub(lower, text)


@functools.cache
def direction_of(language: str) -> str:
    """Return the direction in which a language is written: ``ltr`` or ``rtl``."""
    return str(locale_of(language).text_direction)


def script_of(language: str) -> str:
    """Return the code of the script in which a language is written (ISO 15924): ``Latn``, ``Kore``, ``Arab``."""
    locale = locale_of(language)
    codes = filter(None, (f"{locale.language}_{locale.territory}" if locale.territory else "", locale.language))
    likely = (get_global("likely_subtags").get(code, "") for code in codes)
    return locale.script or next((found.split("_")[1] for found in likely if found), "Latn")


def weekday_text(day: int, language: str, width: Literal["abbreviated", "wide"] = "wide") -> str:
    """Return the name of a weekday in its standalone form. 0 is Monday."""
    names = get_day_names(width, "stand-alone", locale_of(language))
    return str(names[day])


def country_text(code: str, language: str) -> str:
    """Return a country's name, or its code if the language has no name for it."""
    return str(locale_of(language).territories.get(code, code))


def countries_text(codes: Iterable[str], language: str) -> str:
    """Return the names of countries as a list in a sentence: ``Finland, Sweden, and Norway``."""
    return list_text([country_text(code, language) for code in codes], language)


def list_text(names: Sequence[str], language: str) -> str:
    """Return names as a list in a sentence: ``Rings, Earrings, and Necklaces``."""
    return format_list(names, locale=locale_of(language))


def is_currency(code: str) -> bool:
    """Return whether a text is a currency code (ISO 4217, as in the CLDR)."""
    return code in locale_of("en").currencies


def country_fault(code: str) -> str | None:
    """Return why a text is not a country code (ISO 3166, as in the CLDR). The United Kingdom is GB, not UK."""
    if len(code) == 2 and code in locale_of("en").territories:
        return None
    alias = next((each for each in get_global("territory_aliases").get(code, ()) if len(each) == 2), "")
    return f'expected a country code like FI, found "{code}"' + (f', did you mean "{alias}"?' if alias else "")


@_cached
def plural_of(count: int, language: str) -> str:
    """Return the CLDR plural category of a count: one, two, few, many, other or zero."""
    return str(locale_of(language).plural_form(count))


@functools.cache
def plural_forms(language: str) -> tuple[str, ...]:
    """Return the CLDR plural categories that a text in a language needs, in the order of the CLDR.

    They are those of whole numbers up to 1000, and ``other``, which the CLDR requires. So French needs no ``many``,
    which begins at a million.
    """
    needed = {plural_of(count, language) for count in range(1001)} | {"other"}
    return tuple(form for form in PLURAL_FORMS if form in needed)


def word_text(word: Word, language: str, *, count: int | None = None, **values: object) -> str:
    """Return a text with *values* filled in. *count* selects the plural form and fills ``{count}``.

    In a language that is written from right to left, Latin names and the like are isolated (Unicode UAX 9).
    """
    if isinstance(word, Mapping):
        word = word.get(plural_of(count or 0, language), word["other"])
    if "{" not in word:
        return word
    if count is not None:
        values.setdefault("count", number_text(count, language))
    isolate = direction_of(language) == "rtl"

    def value(match: re.Match[str]) -> str:
        text = str(values.get(match[1], match[0]))
        return f"\u2068{text}\u2069" if isolate and match[1] in values and _FROM_LEFT.search(text) else text

    return _PLACEHOLDER.sub(value, word)


def days_text(days: tuple[int, int], language: str) -> str:
    """Return a range of days as text: ``1–3``, or ``2`` if the least and the most are equal."""
    least, most = days
    return f"{least}{_dash(language)}{most}" if least != most else str(least)


def _dash(language: str) -> str:
    """Return the sign between the ends of a range. The browser's 10-shop.js has the same rule."""
    return _DASHES.get(language.partition("-")[0], "–")
