"""The preview: a build in a watch loop, and a small server for this machine only.

A save first builds the pages. Pictures are built in the pauses, a few seconds at a time. If a page requests a picture
that is not built yet, the server makes it.
"""

from __future__ import annotations

import datetime as dt
import functools
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Literal

import msgspec
import watchfiles

from storegen.build import Options, Report, Session, build
from storegen.errors import BusyError, ProblemsError, StoregenError
from storegen.files import FileFingerprint, fingerprint_of
from storegen.outputs import ImageVariant
from storegen.serve.mails import MailPreview
from storegen.serve.payment import FunctionServer, find_function
from storegen.serve.server import State, run_server

_FOLDERS = ("content", "themes")  # the folders that a build reads
_LOOK = 250  # milliseconds between two checks of files that are not watched
_PICTURE_SECONDS = 2.0  # of picture building before the next check for a save


class Event(msgspec.Struct, frozen=True):
    """A build of the preview: its report or its mistakes, or the message that all its pictures are built."""

    report: Report | None = None
    errors: tuple[str, ...] = ()
    pictures_done: bool = False


Tell = Callable[[str, Event], None]
Heard = Literal["saved", "began", "nothing"]  # "began": the watch has just begun, so any file may have changed


def serve(options: Options, *, port: int, tell: Tell, stop: threading.Event) -> None:
    """Build, serve on loopback, and build again on every save until *stop* is set.

    *tell* is called with the address after every build. Raises OutputError if no port is free.
    """
    payments = FunctionServer(options)
    state = State(options.output_folder, payments=payments, mails=MailPreview(options))
    with closing(payments), run_server(state, port) as (address, reload), closing(Session()) as session:
        _build(options, session, state, "saved", functools.partial(tell, address))
        for heard in _watch(options, stop):
            due = state.due is not None and dt.datetime.now(dt.UTC) >= state.due
            if due or heard != "nothing" or (state.deferred and not state.errors):
                _build(options, session, state, "saved" if due else heard, functools.partial(tell, address))
                reload()


@contextmanager
def serve_folder(folder: Path, port: int) -> Iterator[str]:
    """Serve a folder on loopback. Yields its address. Raises OutputError if no port is free."""
    with run_server(State(folder), port) as (address, _):
        yield address


def _build(options: Options, session: Session, state: State, heard: Heard, tell: Callable[[Event], None]) -> None:
    """Build and report the result. If nothing was saved, only a changed result is reported.

    After a save, only the pages are built. Otherwise pictures are built for a few seconds.
    """
    saved = heard == "saved"
    before, waiting = state.errors, bool(state.deferred)
    options = msgspec.structs.replace(options, picture_seconds=0.0 if saved else _PICTURE_SECONDS)
    try:
        report = build(options, session=session)
    except StoregenError as error:
        if heard == "nothing" and isinstance(error, BusyError):
            return  # another build is running: pictures can wait
        state.errors = tuple(map(str, error.problems)) if isinstance(error, ProblemsError) else (str(error),)
        state.due = None
        if saved or before != state.errors:
            state.built = f"build-{time.time_ns()}"
            tell(Event(errors=state.errors))
        return
    state.errors, state.due, state.deferred = (), report.next_instant, report.deferred
    state.payment = find_function(options)
    made = report.made and not (waiting and all(isinstance(change.output, ImageVariant) for change in report.made))
    if saved or before or made or report.removed:
        state.built = f"build-{time.time_ns()}"
        tell(Event(report=report))
        return
    if heard == "began" and state.mails:  # a mail shows on no page, and may have been saved before the watch
        state.mails.forget()
    if waiting and not report.deferred:
        tell(Event(pictures_done=True))


def _watch(options: Options, stop: threading.Event) -> Iterator[Heard]:
    """Yield the state of the watched files several times a second, until *stop* is set.

    ``began`` means that the watch has just begun: files may have been saved before.
    """
    wanted = _Sources(options)
    while not stop.is_set():
        began, top = True, _top(options, wanted)
        if not top:
            stop.wait(_LOOK / 1000)
            continue
        with suppress(FileNotFoundError):  # a file deleted meanwhile is looked for again
            for changes in watchfiles.watch(
                *top,
                watch_filter=wanted,
                stop_event=stop,
                debounce=120,
                step=15,
                rust_timeout=_LOOK,
                yield_on_timeout=True,
                ignore_permission_denied=True,
            ):
                now = _top(options, wanted)
                yield "saved" if changes or now != top else "began" if began else "nothing"
                began = False
                if now != top:  # a replaced file is a new file, which is not watched yet
                    break


def _top(options: Options, wanted: _Sources) -> dict[str, FileFingerprint]:
    """Return the entries at the top of a site that a build may read, with fingerprints. Folders are left to the watch.

    Other folders, such as the output, may hold a folder for each page. Watching those takes seconds, and may exceed the
    system's limit.
    """
    found: dict[str, FileFingerprint] = {}
    with suppress(FileNotFoundError), os.scandir(options.site) as entries:
        for entry in entries:
            if entry.name.startswith(".") or not wanted(watchfiles.Change.modified, entry.path):
                continue
            with suppress(FileNotFoundError):
                if not entry.is_dir():
                    found[entry.path] = fingerprint_of(entry.stat())
                elif entry.name in _FOLDERS:
                    found[entry.path] = (0, 0, 0, entry.inode())
    return found


class _Sources(watchfiles.DefaultFilter):
    """Everything that a build reads: the whole site except its output and cache."""

    def __init__(self, options: Options) -> None:
        super().__init__()
        self._left_out = tuple(f"{folder}/" for folder in (options.output_folder, options.cache_folder))

    def __call__(self, change: watchfiles.Change, path: str) -> bool:
        return super().__call__(change, path) and not f"{Path(path).resolve()}/".startswith(self._left_out)
