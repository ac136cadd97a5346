"""The build: bring the output folder up to date with a shop's content and theme."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from storegen.build.code_version import find_code_version
from storegen.build.folders import check_folders
from storegen.build.options import Options
from storegen.build.report import Progress, Report, Stopwatch
from storegen.build.up_to_date import Inputs, Snapshot, last_snapshot
from storegen.cache import CorruptCacheError
from storegen.errors import OutputError, explain_os_error
from storegen.write.journal import Step, finish
from storegen.write.lock import building

if TYPE_CHECKING:
    from storegen.write.log import Log

__all__ = ["Options", "Report", "Session", "build", "check"]


class Session:
    """What stays in memory between the builds of one process; closing it forgets that."""

    def __init__(self) -> None:
        self._log: Log | None = None

    def log(self, file: Path, code: bytes) -> Log:
        """Return the open log, or open it where none is, or where another build has written to it since."""
        from storegen.write.log import Log  # noqa: PLC0415 - where nothing has changed, loading this takes longest

        if self._log is None or not self._log.current:
            self.close()
            self._log = Log(file, code)
        return self._log

    def close(self) -> None:
        """Close the files that the session holds."""
        if self._log is not None:
            self._log.close()
            self._log = None


def build(
    options: Options,
    *,
    progress: Progress = lambda stage, done, total: None,
    step: Step | None = None,
    session: Session | None = None,
) -> Report:
    """Bring the output folder up to date; raises a StoregenError and leaves it untouched where anything is wrong.

    *progress* hears (stage, done, total). A *session* spares the next build of this process the reading. *step* is
    called before each operation of the commit, for tests.
    """
    check_folders(options)
    cache = options.cache_folder
    with _explained(), building(cache), _uncollected():
        watch = Stopwatch()
        finish(cache, options.output_folder, step=step)
        inputs = Inputs(options, find_code_version(cache / "code-version"))
        if snapshot := last_snapshot(inputs):
            return _as_before(snapshot, watch)
        key = inputs.code.key
        from storegen.build.pipeline import run  # noqa: PLC0415 - where nothing has changed, loading these takes longest

        with nullcontext(session) if session else closing(Session()) as kept:
            try:
                return run(options, inputs, kept.log(cache / "cache", key), progress, step)
            except CorruptCacheError:  # a disk that lost what was written; everything is made again
                kept.close()
                (cache / "cache").unlink(missing_ok=True)
                return run(options, inputs, kept.log(cache / "cache", key), progress, step)


@contextmanager
def _explained() -> Iterator[None]:
    """Turn what the system says of a disk or a file into an error that says what to do."""
    try:
        yield
    except OSError as error:
        raise OutputError(f"{explain_os_error(error)}. The shop in the output folder is whole") from None


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep the collector from looking through what a build holds, of which nothing is garbage until its end."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def check(options: Options) -> tuple[str, ...]:
    """Load, plan and render the whole shop without writing anything; returns warnings, raises every mistake."""
    from storegen.build.pipeline import check as check_stages  # noqa: PLC0415 - as above

    return check_stages(options)


def _as_before(snapshot: Snapshot, watch: Stopwatch) -> Report:
    """Return the report of a build that found everything as it was."""
    watch.lap("compare")
    due = None if snapshot.until is None else snapshot.until.astimezone(ZoneInfo(snapshot.zone))
    return Report((), snapshot.kept, (), watch.total, due, snapshot.warnings, watch.stages)
