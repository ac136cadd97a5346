"""The one clock: every comparison of content with now goes through it, and it remembers what comes next."""

from __future__ import annotations

import datetime as dt


class Clock:
    """Now, and the nearest moments, past and future, that anybody asked about; *asked* are all those to come.

    A build's outputs depend on time only through `reached`, so they are right from `last_instant` until `next_instant`.
    """

    def __init__(self, now: dt.datetime) -> None:
        if now.tzinfo is None:
            raise ValueError("a clock needs a time with its offset")
        self.now = now.astimezone(dt.UTC)
        self.next_instant: dt.datetime | None = None
        self.last_instant: dt.datetime | None = None
        self.asked: set[dt.datetime] = set()

    def reached(self, instant: dt.datetime) -> bool:
        """Say whether *instant* is now or past."""
        instant = instant.astimezone(dt.UTC)  # times of one zone compare by the wall clock, wrong where it is set back
        if instant <= self.now:
            if self.last_instant is None or instant > self.last_instant:
                self.last_instant = instant
            return True
        self.asked.add(instant)
        if self.next_instant is None or instant < self.next_instant:
            self.next_instant = instant
        return False
