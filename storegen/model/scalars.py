"""The scalars that editors write, each a type that reads its own text and says what it expected.

Values arrive as text exactly as typed. ``parse`` raises ValueError with the sentence that is shown
after the field's name, so it always says what would be right.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from decimal import Decimal
from typing import ClassVar, Self
from zoneinfo import ZoneInfo

from storegen.model.origin import is_address

UTC = dt.UTC
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2})?(Z|[+-][0-9]{2}:?[0-9]{2})?)?")


class Matched(str):
    """Text of one form: *FORM* is the pattern of all of it, *SAYS* what is said of anything else."""

    __slots__ = ()
    FORM: ClassVar[str]
    SAYS: ClassVar[str]

    @classmethod
    def parse(cls, text: str, zone: dt.tzinfo) -> Self:
        if not re.fullmatch(cls.FORM, text):
            raise ValueError(cls.SAYS.format(text))
        return cls(text)


class Amount(Decimal):
    """A sum of money as typed, without its currency: never negative, at most four decimals."""

    @classmethod
    def parse(cls, text: str, zone: dt.tzinfo) -> Self:
        if not re.fullmatch(r"[0-9]{1,12}(\.[0-9]{1,4})?", text):
            raise ValueError(f'expected an amount like 59.00, found "{text}"')
        return cls(text)


class Percent(Decimal):
    """A percentage from 0 to 100."""

    @classmethod
    def parse(cls, text: str, zone: dt.tzinfo) -> Self:
        match = re.fullmatch(r"([0-9]{1,3}(\.[0-9]{1,3})?)\s*%?", text)
        if not match or Decimal(match[1]) > 100:
            raise ValueError(f'expected a percentage between 0 and 100 like 25.5, found "{text}"')
        return cls(match[1])


class Count(int):
    """A whole number of things, from 0 to 999,999,999."""

    @classmethod
    def parse(cls, text: str, zone: dt.tzinfo) -> Self:
        if not re.fullmatch(r"[0-9]{1,9}", text):
            raise ValueError(f'expected a whole number like 12, found "{text}"')
        return cls(text)


class Stars(int):
    """A rating from 1 to 5."""

    @classmethod
    def parse(cls, text: str, zone: dt.tzinfo) -> Self:
        if not re.fullmatch(r"[1-5]", text):
            raise ValueError(f'expected a rating from 1 to 5, found "{text}"')
        return cls(text)


class Flag(int):
    """Yes or no."""

    @classmethod
    def parse(cls, text: str, zone: dt.tzinfo) -> Self:
        word = text.lower()
        if word in {"yes", "true", "on"}:
            return cls(1)
        if word in {"no", "false", "off"}:
            return cls(0)
        raise ValueError(f'expected yes or no, found "{text}"')


class Instant(dt.datetime):
    """A moment in time; a date alone is midnight, and a time without offset is meant, in the shop's zone."""

    @classmethod
    def parse(cls, text: str, zone: dt.tzinfo) -> Self:
        moment = _moment(text) if _MOMENT.fullmatch(text) else None
        if moment is None or not 1 < moment.year < dt.MAXYEAR:  # a zone moves the first and last year out of range
            raise ValueError(f'expected a date like 2026-11-23 or 2026-11-23 14:00, found "{text}"')
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=zone)
        return cls.fromtimestamp(moment.timestamp(), zone)


class Day(dt.date):
    """A calendar day."""

    @classmethod
    def parse(cls, text: str, zone: dt.tzinfo) -> Self:
        day = _moment(text) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) else None
        if day is None:
            raise ValueError(f'expected a day like 2026-12-24, found "{text}"')
        return cls(day.year, day.month, day.day)


class TimeOfDay(dt.time):
    """A time of day such as 14:00, in the shop's zone."""

    @classmethod
    def parse(cls, text: str, zone: dt.tzinfo) -> Self:
        match = re.fullmatch(r"([01]?[0-9]|2[0-3]):([0-5][0-9])", text)
        if not match:
            raise ValueError(f'expected a time of day like 14:00, found "{text}"')
        return cls(int(match[1]), int(match[2]))


class Hours(str):
    """Opening hours of a day such as 10:00-17:00, or ``closed``; kept as ``10:00–17:00``."""

    __slots__ = ()

    @classmethod
    def parse(cls, text: str, zone: dt.tzinfo) -> Self:
        if text.lower() == "closed":
            return cls("")
        match = re.fullmatch(r"([0-2]?[0-9]:[0-5][0-9])\s*[-–]\s*([0-2]?[0-9]:[0-5][0-9])", text)
        if not match:
            raise ValueError(f'expected opening hours like 10:00-17:00, or closed, found "{text}"')
        first, last = (TimeOfDay.parse(part, zone) for part in match.groups())
        if last <= first:
            raise ValueError(f'expected hours that end after they begin, found "{text}"')
        return cls(f"{first:%H:%M}–{last:%H:%M}")


class DayRange(str):
    """A number of working days such as 3, or a range such as 1-3; kept as ``1-3``."""

    __slots__ = ()

    @property
    def least(self) -> int:
        return int(self.split("-")[0])

    @property
    def most(self) -> int:
        return int(self.split("-")[-1])

    @classmethod
    def parse(cls, text: str, zone: dt.tzinfo) -> Self:
        match = re.fullmatch(r"([0-9]{1,3})(?:\s*[-–]\s*([0-9]{1,3}))?", text)
        if not match or (match[2] and int(match[2]) < int(match[1])):
            raise ValueError(f'expected days like 3 or 1-3, found "{text}"')
        return cls(f"{int(match[1])}-{int(match[2])}" if match[2] and match[1] != match[2] else f"{int(match[1])}")


class Weekdays(tuple[int, ...]):
    """Days of the week such as ``Mon-Fri`` or ``Sat, Sun``; Monday is 0."""

    __slots__ = ()
    NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

    @classmethod
    def parse(cls, text: str, zone: dt.tzinfo) -> Self:
        days: set[int] = set()
        for part in re.split(r"\s*,\s*", text.strip()):
            ends = [cls._day(name, text) for name in re.split(r"\s*[-–]\s*", part)]
            if len(ends) > 2 or ends[-1] < ends[0]:
                raise ValueError(f'expected days like Mon-Fri or Sat, found "{text}"')
            days.update(range(ends[0], ends[-1] + 1))
        return cls(sorted(days))

    @classmethod
    def _day(cls, name: str, text: str) -> int:
        word = name.strip().lower()
        found = [place for place, day in enumerate(cls.NAMES) if len(word) > 2 and day.startswith(word)]
        if not found:
            raise ValueError(f'expected days like Mon-Fri or Sat, found "{text}"')
        return found[0]


class Measure(str):
    """An amount of something such as ``250 g`` or ``1.5 m``; kept as ``250 g``."""

    __slots__ = ()
    # What one of a unit is in its base, so that 250 g can be compared with 1 kg.
    UNITS: ClassVar = {
        "mg": ("g", Decimal("0.001")),
        "g": ("g", Decimal(1)),
        "kg": ("g", Decimal(1000)),
        "ml": ("l", Decimal("0.001")),
        "cl": ("l", Decimal("0.01")),
        "l": ("l", Decimal(1)),
        "mm": ("m", Decimal("0.001")),
        "cm": ("m", Decimal("0.01")),
        "m": ("m", Decimal(1)),
        "m2": ("m2", Decimal(1)),
        "m3": ("m3", Decimal(1)),
        "piece": ("piece", Decimal(1)),
    }

    @property
    def base(self) -> str:
        """The unit that it can be compared in."""
        unit: str = self.UNITS[self.split(" ")[1]][0]
        return unit

    @property
    def size(self) -> Decimal:
        """How many of its base unit it is."""
        number, unit = self.split(" ")
        factor: Decimal = self.UNITS[unit][1]
        return Decimal(number) * factor

    @classmethod
    def parse(cls, text: str, zone: dt.tzinfo) -> Self:
        match = re.fullmatch(r"([0-9]{1,9}(?:\.[0-9]{1,6})?)\s*([a-zA-Z]+[23]?)", text)
        if not match or match[2].lower() not in cls.UNITS or not Decimal(match[1]):
            raise ValueError(f'expected a measure like 250 g ({", ".join(cls.UNITS)}), found "{text}"')
        return cls(f"{match[1]} {match[2].lower()}")


class Weight(Decimal):
    """A weight, written like ``4.8 g`` or ``1.2 kg``; kept in grams."""

    GRAMS: ClassVar = {
        "g": Decimal(1),
        "kg": Decimal(1000),
        "mg": Decimal("0.001"),
        "oz": Decimal("28.349523125"),
        "lb": Decimal("453.59237"),
    }

    @classmethod
    def parse(cls, text: str, zone: dt.tzinfo) -> Self:
        match = re.fullmatch(r"([0-9]{1,9}(?:\.[0-9]{1,6})?)\s*(g|kg|mg|oz|lb)", text)
        if not match:
            raise ValueError(f'expected a weight like 4.8 g or 1.2 kg, found "{text}"')
        return cls(Decimal(match[1]) * cls.GRAMS[match[2]])


class Gtin(str):
    """A barcode number of 8, 12, 13 or 14 digits with its check digit (GS1 General Specifications)."""

    __slots__ = ()

    @classmethod
    def parse(cls, text: str, zone: dt.tzinfo) -> Self:
        digits = text.replace(" ", "").replace("-", "")
        if not re.fullmatch(r"[0-9]{8}|[0-9]{12,14}", digits):
            raise ValueError(f'expected a barcode of 8, 12, 13 or 14 digits, found "{text}"')
        weighted = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(reversed(digits)))
        if weighted % 10:
            raise ValueError(f'expected a barcode whose last digit checks, found "{text}"')
        return cls(digits)


class Url(str):
    """An http or https address on the web."""

    __slots__ = ()

    @classmethod
    def parse(cls, text: str, zone: dt.tzinfo) -> Self:
        if not is_address(text):
            raise ValueError(f'expected an address like https://example.com/page, found "{text}"')
        return cls(text)


class Email(Matched):
    """An e-mail address."""

    __slots__ = ()
    FORM = r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}"
    SAYS = 'expected an e-mail address like hello@example.com, found "{}"'


class Slug(str):
    """The last part of a page's address: lower-case letters, digits and single hyphens; Unicode is kept."""

    __slots__ = ()

    @classmethod
    def parse(cls, text: str, zone: dt.tzinfo) -> Self:
        if not is_slug(text):
            raise ValueError(f'expected an address part like rope-ring, found "{text}"')
        return cls(text)


class Currency(Matched):
    """An ISO 4217 currency code such as EUR."""

    __slots__ = ()
    FORM = r"[A-Z]{3}"
    SAYS = 'expected a currency code like EUR, found "{}"'


class Country(Matched):
    """An ISO 3166 country code such as FI."""

    __slots__ = ()
    FORM = r"[A-Z]{2}"
    SAYS = 'expected a country code like FI, found "{}"'


class Zone(str):
    """A time zone of the IANA database such as Europe/Helsinki."""

    __slots__ = ()

    @classmethod
    def parse(cls, text: str, zone: dt.tzinfo) -> Self:
        try:
            ZoneInfo(text)
        except (KeyError, ValueError, OSError):
            raise ValueError(f'expected a time zone like Europe/Helsinki, found "{text}"') from None
        return cls(text)


class Names(tuple[str, ...]):
    """One name, or a list of names."""

    __slots__ = ()

    @classmethod
    def parse(cls, value: object, zone: dt.tzinfo) -> Self:
        names = [name for name in (value if isinstance(value, list) else [value]) if isinstance(name, str)]
        if not isinstance(value, str | list) or (isinstance(value, list) and len(names) < len(value)):
            raise ValueError("expected a name, or a list of names")
        return cls(names)


class Focus(str):
    """The point of a picture to keep when it is cropped, such as ``86% 62%``."""

    __slots__ = ()

    @classmethod
    def parse(cls, text: str, zone: dt.tzinfo) -> Self:
        match = re.fullmatch(r"(100|[0-9]{1,2})%\s+(100|[0-9]{1,2})%", text)
        if not match:
            raise ValueError(f'expected a point like 50% 30%, found "{text}"')
        return cls(f"{match[1]}% {match[2]}%")


_ASCII_SLUG = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")


def is_slug(text: str) -> bool:
    """Say whether *text* can stand as one part of an address: words of any script, parted by hyphens."""
    if len(text) <= 200 and _ASCII_SLUG.fullmatch(text):
        return True
    if not text or len(text.encode()) > 200 or text != text.lower():
        return False
    # Vowel signs of Thai, Hindi and others, and accents that stand apart from their letter, count with the letter.
    letters = "".join(sign for sign in text if not unicodedata.category(sign).startswith("M"))
    return text[0] == letters[:1] and bool(re.fullmatch(r"[^\W_]+(?:[-_][^\W_]+)*", letters))


def _moment(text: str) -> dt.datetime | None:
    """Return an ISO date or time, None where the calendar has no such day."""
    try:
        return dt.datetime.fromisoformat(text)
    except ValueError:
        return None
