"""The one clock: every comparison of content with now goes through it, and it remembers what comes next."""

from __future__ import annotations

import datetime as dt


class Clock:
    """Now, and the nearest future moment that anybody asked about.

    A build's outputs depend on time only through `reached`, so they stay right until `next_instant`.
    """

    def __init__(self, now: dt.datetime) -> None:
        if now.tzinfo is None:
            raise ValueError("a clock needs a time with its offset")
        self.now = now.astimezone(dt.UTC)
        self.next_instant: dt.datetime | None = None

    def reached(self, instant: dt.datetime) -> bool:
        """Say whether *instant* is now or past."""
        instant = instant.astimezone(dt.UTC)  # times of one zone compare by the wall clock, wrong where it is set back
        if instant <= self.now:
            return True
        if self.next_instant is None or instant < self.next_instant:
            self.next_instant = instant
        return False
