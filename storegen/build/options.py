"""The options of a build."""

from __future__ import annotations

import datetime as dt
import math
import os
from pathlib import Path

import msgspec

OUTPUT = "output"
PREVIEW = "preview"
CACHE = ".storegen"


class Options(msgspec.Struct, frozen=True):
    """The options of a build: its folders, its time and its number of processes.

    Folders are made absolute, so that names don't depend on the current directory. *overwrite* allows replacing files
    in the output folder that no build wrote. *allow_placeholders* builds a shop for a public address although
    placeholders are left in it. After *picture_seconds*, counted from the first output, no picture is
    begun any more: the rest is left to the next build. A *preview* is a copy that search engines must not list. It has
    an output and a cache of its own, so that the shop's own output stays as it is.
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
    preview: bool = False
    picture_seconds: float = math.inf
    allow_placeholders: bool = False

    def __post_init__(self) -> None:
        for name in ("site", "output", "cache"):
            folder: Path | None = getattr(self, name)
            if folder is not None:
                msgspec.structs.force_setattr(self, name, folder.absolute())

    @property
    def output_folder(self) -> Path:
        """The folder for the built shop."""
        return (self.output or self.site / (PREVIEW if self.preview else OUTPUT)).resolve()

    @property
    def cache_folder(self) -> Path:
        """The folder of the cache between builds."""
        return (self.cache or self.site / CACHE / (PREVIEW if self.preview else "")).resolve()

    @property
    def moment(self) -> dt.datetime:
        """The time to build for."""
        return self.now or dt.datetime.now(dt.UTC)

    @property
    def processes(self) -> int:
        """The number of processes: the given one, or the number of processors available to this process."""
        if self.jobs:
            return self.jobs
        return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
