"""Moments as an editor writes them: days begin and end in the shop's time zone."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from storegen.model.times import EndInstant, Instant
from tests.records import HELSINKI

BERLIN, SEOUL, CAIRO = (ZoneInfo(name) for name in ("Europe/Berlin", "Asia/Seoul", "Africa/Cairo"))


@pytest.mark.parametrize(
    ("text", "zone", "utc"),
    [
        ("2026-11-30", HELSINKI, "2026-11-30T22:00"),
        ("2026-11-30", SEOUL, "2026-11-30T15:00"),
        ("2026-12-31", dt.UTC, "2027-01-01T00:00"),
        ("2026-10-25", BERLIN, "2026-10-25T23:00"),  # a day of 25 hours
        ("2026-03-29", BERLIN, "2026-03-29T22:00"),  # a day of 23 hours
        ("2026-04-23", CAIRO, "2026-04-23T22:00"),  # the next day begins at 1:00
        ("2026-11-30 14:00", HELSINKI, "2026-11-30T12:00"),
        ("2026-11-30 00:00", HELSINKI, "2026-11-29T22:00"),
        ("2026-11-30T00:00Z", HELSINKI, "2026-11-30T00:00"),
    ],
)
def test_day_as_an_end_counts_until_its_end(text: str, zone: dt.tzinfo, utc: str) -> None:
    found = EndInstant.parse(text, zone)

    assert found.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M") == utc
    assert found.tzinfo is zone


def test_day_as_a_start_counts_from_its_first_moment() -> None:
    assert Instant.parse("2026-11-30", HELSINKI) == dt.datetime(2026, 11, 30, tzinfo=HELSINKI)


EXPECTED = "expected a last day like 2026-11-30, or a moment like 2026-11-30 14:00"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2026-11-31", "November 2026 has 30 days"),
        ("2026-11-31 12:00", "November 2026 has 30 days"),
        ("soon", EXPECTED),
        ("2026-11", EXPECTED),
        ("9999-12-31", EXPECTED),
    ],
)
def test_end_that_is_no_moment_is_refused(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        EndInstant.parse(text, HELSINKI)
