"""The options of a build."""

from __future__ import annotations

import datetime as dt
import math
import os
from pathlib import Path

import msgspec


class Options(msgspec.Struct, frozen=True):
    """How to build: where from and to, at what time, with how many processes.

    Folders are made absolute here, so that no name depends on where the program was started. With *overwrite*, files in
    the output folder that no build wrote give way. Pictures that are not begun within *picture_seconds* of the first
    output are left to the next build.
    """

    site: Path
    output: Path | None = None
    cache: Path | None = None
    clean: bool = False
    jobs: int = 0
    now: dt.datetime | None = None
    base_url: str = ""
    drafts: bool = False
    overwrite: bool = False
    picture_seconds: float = math.inf

    def __post_init__(self) -> None:
        for name in ("site", "output", "cache"):
            folder: Path | None = getattr(self, name)
            if folder is not None:
                msgspec.structs.force_setattr(self, name, folder.absolute())

    @property
    def output_folder(self) -> Path:
        """Where the shop is written."""
        return (self.output or self.site / "output").resolve()

    @property
    def cache_folder(self) -> Path:
        """Where storegen keeps what it remembers between builds."""
        return (self.cache or self.site / ".storegen").resolve()

    @property
    def moment(self) -> dt.datetime:
        """The time to build for."""
        return self.now or dt.datetime.now(dt.UTC)

    @property
    def processes(self) -> int:
        """How many processes to use: as many as asked for, else as there are processors for this one."""
        if self.jobs:
            return self.jobs
        return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
