"""The clock. All comparisons of content with the current time use it, so it knows the next moment of change."""

from __future__ import annotations

import datetime as dt


class Clock:
    """The time of a build, and the nearest past and future moments that were compared with it.

    *asked* contains all future moments. A build's outputs depend on time only through `reached`. So they stay right
    from `last_instant` until `next_instant`.
    """

    def __init__(self, now: dt.datetime) -> None:
        if now.tzinfo is None:
            raise ValueError("a clock needs a time with its offset")
        self.now = now.astimezone(dt.UTC)
        self.next_instant: dt.datetime | None = None
        self.last_instant: dt.datetime | None = None
        self.asked: set[dt.datetime] = set()

    def reached(self, instant: dt.datetime) -> bool:
        """Return whether *instant* is now or past."""
        instant = instant.astimezone(dt.UTC)  # local times compare wrongly when clocks are set back
        if instant <= self.now:
            if self.last_instant is None or instant > self.last_instant:
                self.last_instant = instant
            return True
        self.asked.add(instant)
        if self.next_instant is None or instant < self.next_instant:
            self.next_instant = instant
        return False
