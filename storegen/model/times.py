"""Scalars for moments, days and hours (see `scalars`)."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from typing import ClassVar, Self
from zoneinfo import ZoneInfo

from storegen.model.scalars import Scalar

UTC = dt.UTC
_DATE = len("2026-11-23")


# A time of day after a date, as people and form editors write it: 14:00, 09:30:00.000Z, 09:30:00 +0200.
_TIME = r"[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,9})?)?(?: ?(?:Z|[+-][0-9]{2}:?[0-9]{2}))?"


class Instant(Scalar, dt.datetime):
    """A date (from its first moment), or a date and a time, in the shop's time zone or with `Z` or `+02:00`."""

    NAME = "moment"
    PATTERN = rf"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}(?:[T ]{_TIME})?"
    EXPECTS = "a date like 2026-11-23 or 2026-11-23 14:00"
    EXAMPLES = ("2026-11-23", "2026-11-23 14:00")

    @classmethod
    def meant(cls, text: str) -> str:
        """Return the date of a day, month and year with points."""
        return _iso_date(text)

    @classmethod
    def parse(cls, text: str, zone: dt.tzinfo) -> Self:
        """Return the moment in *zone*. A date alone is its midnight. Raises ValueError for an invalid date."""
        moment = _moment(cls.match(text)[0])
        if moment is None:
            raise _date_fault(text) or cls.fault(text)
        if not 1 < moment.year < dt.MAXYEAR:  # a time zone could move these years out of range
            raise cls.fault(text)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=zone)
        return cls.fromtimestamp(moment.timestamp(), zone)


class EndInstant(Instant):
    """A date (until the end of that day), or a date and a time, in the shop's time zone or with `Z` or `+02:00`."""

    NAME = "end moment"
    EXPECTS = "a last day like 2026-11-30, or a moment like 2026-11-30 14:00"
    EXAMPLES = ("2026-11-30", "2026-11-30 14:00")

    @classmethod
    def parse(cls, text: str, zone: dt.tzinfo) -> Self:
        """Return the moment in *zone*. A date alone is the midnight after it. Raises ValueError for an invalid date."""
        moment = super().parse(text, zone)
        if len(text) > _DATE:
            return moment
        # The calendar's next day: a day on which the clock changes has 23 or 25 hours.
        after = dt.datetime.combine(moment.date() + dt.timedelta(days=1), dt.time(), zone)
        return cls.fromtimestamp(after.timestamp(), zone)


class Day(Scalar, dt.date):
    """A calendar day. A date with a time, which form editors save, counts as its day."""

    NAME = "day"
    PATTERN = Instant.PATTERN
    EXPECTS = "a day like 2026-12-24"
    EXAMPLES = ("2026-12-24",)

    @classmethod
    def meant(cls, text: str) -> str:
        """Return the date of a day, month and year with points."""
        return _iso_date(text)[:_DATE]

    @classmethod
    def parse(cls, text: str, zone: dt.tzinfo) -> Self:
        """Return the day; raises ValueError for a date that the calendar doesn't have.

        The date counts as written. Only a time with `Z` is one of the shop's *zone*: form editors save the midnight
        that begins a day there. Midnight with `Z` is the day as written, because other form editors save that.
        """
        day = _moment(cls.match(text)[0])
        if day is None:
            raise _date_fault(text) or cls.fault(text)
        if text.endswith("Z") and day.time() != dt.time() and 1 < day.year < dt.MAXYEAR:
            day = day.astimezone(zone)
        return cls(day.year, day.month, day.day)


class TimeOfDay(Scalar, dt.time):
    """A time of day, in the shop's time zone."""

    NAME = "time of day"
    PATTERN = r"([01]?[0-9]|2[0-3]):([0-5][0-9])"
    EXPECTS = "a time of day like 14:00"
    EXAMPLES = ("14:00",)

    @classmethod
    def meant(cls, text: str) -> str:
        """Return the time with a colon: 14:00 for ``14.00`` and ``14``."""
        return _time_with_colon(text)

    @classmethod
    def parse(cls, text: str, zone: dt.tzinfo) -> Self:
        """Return the time; raises ValueError if it is not from 0:00 to 23:59."""
        match = cls.match(text)
        return cls(int(match[1]), int(match[2]))


class Hours(Scalar, str):
    """Opening hours of a day, or `closed`.

    Stored as ``10:00–17:00``.
    """

    __slots__ = ()
    NAME = "opening hours"
    PATTERN = r"[Cc][Ll][Oo][Ss][Ee][Dd]|([0-2]?[0-9]:[0-5][0-9])\s*[-–]\s*([0-2]?[0-9]:[0-5][0-9])"
    EXPECTS = "opening hours like 10:00-17:00, or closed"
    EXAMPLES = ("10:00-17:00", "closed")

    @classmethod
    def meant(cls, text: str) -> str:
        """Return the hours with minutes and colons: 10:00-18:00 for ``10-18``."""
        return _hours_with_colons(text)

    @classmethod
    def parse(cls, text: str, zone: dt.tzinfo) -> Self:
        """Return the hours with a dash, empty for ``closed``; raises ValueError if they end before they begin."""
        match = cls.match(text)
        if not match[1]:
            return cls("")
        first, last = (TimeOfDay.parse(part, zone) for part in match.groups())
        if last <= first:
            raise ValueError(f'expected hours that end after they begin, found "{text}"')
        return cls(f"{first:%H:%M}–{last:%H:%M}")


class DayRange(Scalar, tuple[int, int]):
    """A number of working days, or a range.

    Stored as the least and the most.
    """

    __slots__ = ()
    NAME = "working days"
    PATTERN = r"([0-9]{1,3})(?:\s*[-–]\s*([0-9]{1,3}))?"
    EXPECTS = "days like 3 or 1-3"
    EXAMPLES = ("3", "1-3")
    NUMBER: ClassVar = {"minimum": 0, "maximum": 999, "multipleOf": 1}

    @property
    def least(self) -> int:
        """The fewest days."""
        return self[0]

    @property
    def most(self) -> int:
        """The most days."""
        return self[1]

    @property
    def written(self) -> str:
        """The days in the editor's format: ``1-3``, or ``2``."""
        return f"{self.least}-{self.most}" if self.least < self.most else str(self.least)

    @classmethod
    def meant(cls, text: str) -> str:
        """Return the days without the word after them: 2-4 for ``2-4 days``."""
        return found[1] if (found := _DAYS_WITH_WORD.fullmatch(text)) else ""

    @classmethod
    def parse(cls, text: str, zone: dt.tzinfo) -> Self:
        """Return the least and the most days; raises ValueError if the first is above the second."""
        match = cls.match(text)
        if match[2] and int(match[2]) < int(match[1]):
            raise cls.fault(text)
        return cls((int(match[1]), int(match[2] or match[1])))


class Weekdays(Scalar, tuple[int, ...]):
    """Days of the week.

    Monday is 0.
    """

    __slots__ = ()
    NAME = "weekdays"
    PATTERN = r"[A-Za-z]{3,9}(\s*[-–,]\s*[A-Za-z]{3,9})*"
    EXPECTS = "days like Mon-Fri or Sat"
    EXAMPLES = ("Mon-Fri", "Sat, Sun")
    NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

    @classmethod
    def parse(cls, text: str, zone: dt.tzinfo) -> Self:
        """Return the days in order; raises ValueError for an unknown day or a range that runs backwards."""
        days: set[int] = set()
        for part in re.split(r"\s*,\s*", cls.match(text.strip())[0]):
            ends = [cls._day(name, text) for name in re.split(r"\s*[-–]\s*", part)]
            if len(ends) > 2 or ends[-1] < ends[0]:
                raise cls.fault(text)
            days.update(range(ends[0], ends[-1] + 1))
        return cls(sorted(days))

    @property
    def written(self) -> str:
        """The days in the editor's format: ``Mon-Fri``, ``Mon, Sat``."""
        names = [self.NAMES[day][:3].capitalize() for day in self]
        in_a_row = len(self) > 2 and self[-1] - self[0] == len(self) - 1
        return f"{names[0]}-{names[-1]}" if in_a_row else ", ".join(names)

    @classmethod
    def _day(cls, name: str, text: str) -> int:
        found = [place for place, day in enumerate(cls.NAMES) if day.startswith(name.lower())]
        if not found:
            raise cls.fault(text)
        return found[0]


class Zone(Scalar, str):
    """A time zone by its name in the IANA database."""

    __slots__ = ()
    NAME = "time zone"
    PATTERN = r"[A-Za-z0-9_+/-]+"
    EXPECTS = "a time zone like Europe/Helsinki"
    EXAMPLES = ("Europe/Helsinki",)

    @classmethod
    def parse(cls, text: str, zone: dt.tzinfo) -> Self:
        """Return the name of the time zone; raises ValueError if this system doesn't know it."""
        try:
            ZoneInfo(text)
        except (KeyError, ValueError, OSError):
            raise cls.fault(text) from None
        return cls(text)


def _moment(text: str) -> dt.datetime | None:
    """Return an ISO date or time, or None if the calendar has no such day."""
    try:
        return dt.datetime.fromisoformat(_ZONE_APART.sub("", text))
    except ValueError:
        return None


# A day, month and year with points, and perhaps a time, as written in most of Europe: 6.12.2026, 6.12.2026 klo 14.00.
_POINTED_DATE = re.compile(r"([0-9]{1,2})\.\s?([0-9]{1,2})\.\s?([0-9]{4})(?:,?\s+(\D{0,4}[0-9].*))?")
# A time with a point or a colon, or an hour alone; in Finland with the word klo before it.
_TIME_WRITTEN = r"(?:klo\s*)?([01]?[0-9]|2[0-3])(?:[.:]([0-5][0-9]))?"
_DAYS_WITH_WORD = re.compile(r"([0-9]{1,3}(?:\s*[-–]\s*[0-9]{1,3})?)\s*[^\W\d_]+\.?")


def _iso_date(text: str) -> str:
    """Return a date with points in the form 2026-12-06, with its time; empty for any other text."""
    found = _POINTED_DATE.fullmatch(text)
    time = _time_with_colon(found[4]) if found and found[4] else ""
    if not found or (found[4] and not time):
        return ""
    try:
        day = dt.date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        return ""
    return f"{day} {time}".strip()


def _time_with_colon(text: str) -> str:
    found = re.fullmatch(_TIME_WRITTEN, text)
    return f"{int(found[1]):02}:{found[2] or '00'}" if found else ""


def _hours_with_colons(text: str) -> str:
    found = re.fullmatch(rf"({_TIME_WRITTEN})\s*[-–—]\s*({_TIME_WRITTEN})", text)
    first, last = (_time_with_colon(found[number]) for number in (1, 4)) if found else ("", "")
    return f"{first}-{last}" if first < last else ""


_ZONE_APART = re.compile(r" (?=[Z+-])")


def _date_fault(text: str) -> ValueError | None:
    """Return the error for a day that its month doesn't have, None for other mistakes."""
    year, month, day = int(text[:4]), int(text[5:7]), int(text[8:10])
    if not year or not 1 <= month <= 12:
        return None
    last = calendar.monthrange(year, month)[1]
    if 1 <= day <= last:
        return None
    return ValueError(f'{calendar.month_name[month]} {year} has {last} days, found "{text}"')
