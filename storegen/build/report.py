"""The report of a build, and its timings."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Mapping

import msgspec

from storegen.errors import Problem
from storegen.views.duties import DutyStatus
from storegen.write.manifest import Change

Progress = Callable[[str, int, int], None]


class Report(msgspec.Struct, frozen=True):
    """The changes that a build made, and when the next build is due, in the shop's time zone.

    *deferred* contains the paths of the pictures left to the next build, each with a function that makes it.
    """

    made: tuple[Change, ...]
    kept: int
    removed: tuple[str, ...]
    seconds: float
    next_instant: dt.datetime | None
    warnings: tuple[str, ...] = ()
    timings: Mapping[str, float] = {}
    deferred: Mapping[str, Callable[[], bytes]] = {}


class Checked(msgspec.Struct, frozen=True):
    """The result of a check without mistakes: warnings, the placeholders that are left, and the duties of the law."""

    warnings: tuple[str, ...]
    placeholders: tuple[Problem, ...]
    duties: tuple[DutyStatus, ...] = ()


class Stopwatch(msgspec.Struct):
    """The seconds that each stage took."""

    started: float = msgspec.field(default_factory=time.perf_counter)
    stages: dict[str, float] = {}

    def lap(self, stage: str) -> None:
        """Record the time since the last stage as the time of *stage*."""
        now = time.perf_counter()
        self.stages[stage] = now - self.started - sum(self.stages.values())

    @property
    def total(self) -> float:
        """Seconds since the start."""
        return time.perf_counter() - self.started
