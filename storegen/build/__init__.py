"""The build: update the output folder to match a shop's content and theme."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from storegen.build.beside import finish_beside
from storegen.build.code_version import find_code_version
from storegen.build.folders import check_folders
from storegen.build.options import Options
from storegen.build.report import Checked, Progress, Report, Stopwatch
from storegen.build.up_to_date import Inputs, Snapshot, last_snapshot
from storegen.cache import CorruptCacheError
from storegen.errors import OutputError, explain_os_error
from storegen.write.journal import Step, finish
from storegen.write.lock import building

if TYPE_CHECKING:
    from storegen.write.log import Log

__all__ = ["Checked", "Options", "Report", "Session", "build", "check"]


class Session:
    """State that stays in memory between the builds of one process. Closing the session drops it."""

    def __init__(self) -> None:
        self._log: Log | None = None

    def log(self, file: Path, code: bytes) -> Log:
        """Return the open log. Open it if there is none, or if another build has written to its file since."""
        from storegen.write.log import Log  # noqa: PLC0415 - where nothing has changed, loading this takes longest

        if self._log is None or not self._log.current:
            self.close()
            self._log = Log(file, code)
        return self._log

    def close(self) -> None:
        """Close the session's files."""
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
    """Update the output folder. Raises a StoregenError, and leaves the folder unchanged, if anything is wrong.

    *progress* is called with (stage, done, total). With a *session*, later builds of this process need not read
    everything again. Tests use *step*: it is called before each operation of the commit.
    """
    check_folders(options)
    cache = options.cache_folder
    with _explained(), building(cache), _uncollected():
        watch = Stopwatch()
        finish(cache, options.output_folder, step=step)
        finish_beside(options)
        inputs = Inputs(options, find_code_version(cache / "code-version"))
        if snapshot := last_snapshot(inputs):
            return _as_before(snapshot, watch)
        key = inputs.code.key
        from storegen.build.pipeline import run  # noqa: PLC0415 - where nothing has changed, loading these takes longest

        with nullcontext(session) if session else closing(Session()) as kept:
            try:
                return run(options, inputs, kept.log(cache / "cache", key), progress, step)
            except CorruptCacheError:  # the disk lost written data, so everything is rebuilt
                kept.close()
                (cache / "cache").unlink(missing_ok=True)
                return run(options, inputs, kept.log(cache / "cache", key), progress, step)


@contextmanager
def _explained() -> Iterator[None]:
    """Convert an OSError of the block to an error that says what to do."""
    try:
        yield
    except OSError as error:
        raise OutputError(f"{explain_os_error(error)}. The shop in the output folder is whole") from None


@contextmanager
def _uncollected() -> Iterator[None]:
    """Switch off garbage collection during a build. None of a build's data becomes garbage before its end."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def check(options: Options) -> Checked:
    """Load, plan and render the whole shop without writing. Raises an error with all mistakes."""
    from storegen.build.pipeline import check as check_stages  # noqa: PLC0415 - as above

    return check_stages(options)


def _as_before(snapshot: Snapshot, watch: Stopwatch) -> Report:
    """Return the report of a build that found no changes."""
    watch.lap("compare")
    due = None if snapshot.until is None else snapshot.until.astimezone(ZoneInfo(snapshot.zone))
    return Report((), snapshot.kept + snapshot.beside_kept, (), watch.total, due, snapshot.warnings, watch.stages)
