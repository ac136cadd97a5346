"""Progress on a terminal. Nothing is shown in a log."""

from __future__ import annotations

from types import TracebackType
from typing import Self, TextIO

LEAST = 20


class Bar:
    """A progress bar that appears on a terminal if there is enough work."""

    def __init__(self, stream: TextIO) -> None:
        self._terminal = stream.isatty()
        self._progress: object | None = None
        self._task: object | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._progress is not None:
            self._progress.stop()  # type: ignore[attr-defined]

    def show(self, stage: str, done: int, total: int) -> None:
        """Show that *done* of *total* outputs are finished."""
        if not self._terminal or total < LEAST:
            return
        if self._progress is None:
            from rich.console import Console  # noqa: PLC0415 - a quick build needs no bar
            from rich.progress import Progress, TimeRemainingColumn  # noqa: PLC0415

            columns = (*Progress.get_default_columns()[:3], TimeRemainingColumn())
            self._progress = Progress(*columns, console=Console(stderr=True), transient=True)
            self._progress.start()
            self._task = self._progress.add_task(stage, total=total)
        self._progress.update(self._task, completed=done)  # type: ignore[attr-defined]
