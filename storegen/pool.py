"""Work in parallel processes, forked from this one where possible, so that they see all that it has read.

The processes belong to this one: they end with it, however it ends, and they hold none of its locks.
"""

from __future__ import annotations

import ctypes
import gc
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeVar

from storegen.errors import WorkerLostError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

T = TypeVar("T")
R = TypeVar("R")

_PR_SET_PDEATHSIG = 1  # linux/prctl.h
_forking = threading.Lock()


def can_fork() -> bool:
    """Say whether processes can be forked here; macOS frameworks don't survive it."""
    return os.name == "posix" and os.uname().sysname == "Linux"


def spread(
    work: Callable[[T], R],
    batches: Sequence[T],
    *,
    jobs: int,
    spawned: tuple[Callable[[Any], R], Callable[[T], Any]] | None = None,
) -> Iterator[tuple[int, R]]:
    """Yield each batch's number and result, in the order in which they are done; in this process where jobs is 1.

    Results travel between processes; *work* and the batches are inherited. Where processes can't be forked,
    *spawned* gives a picklable work, and a function that makes a batch picklable. An exception in a worker is
    raised here. Raises WorkerLostError where a worker was ended from outside.
    """
    fork = can_fork()
    if jobs < 2 or len(batches) < 2 or not (fork or spawned):
        yield from ((number, work(batch)) for number, batch in enumerate(batches))
        return
    jobs = min(jobs, len(batches))
    with _frozen():
        if fork or spawned is None:  # forked processes have the batches already: only their numbers are sent
            yield from _pooled(lambda number: work(batches[number]), range(len(batches)), jobs, "fork")
        else:
            yield from _pooled(spawned[0], map(spawned[1], batches), jobs, "spawn")


@contextmanager
def no_fork() -> Iterator[None]:
    """Keep other threads from forking while this one works: the new process would wait for locks that it holds."""
    with _forking:
        yield


@contextmanager
def _frozen() -> Iterator[None]:
    """Keep the garbage collector of forked processes away from inherited objects: to look at one copies its page."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


class _Worker(NamedTuple):
    """A process and this end of its pipe."""

    process: BaseProcess
    pipe: Connection


def _pooled(
    work: Callable[[Any], Any], batches: Iterable[Any], jobs: int, method: Literal["fork", "spawn"]
) -> Iterator[tuple[int, Any]]:
    """Yield what a pool of processes makes of batches; a process gets its next batch when it has returned one."""
    from multiprocessing.connection import wait  # noqa: PLC0415 - most builds are done before it would be loaded

    todo = iter(enumerate(batches))
    busy: dict[Any, int] = {}
    workers = _start(work, jobs, method)
    try:
        for worker in workers:
            _send_next(worker.pipe, todo, busy)
        while busy:
            for pipe in wait(list(busy)):
                number = busy.pop(pipe)
                done, result = _receive(pipe, number)
                _send_next(pipe, todo, busy)
                if not done:
                    raise result
                yield number, result
    finally:
        for worker in workers:
            worker.process.kill()
            worker.pipe.close()
        for worker in workers:
            worker.process.join()


def _send_next(pipe: Any, todo: Iterator[tuple[int, Any]], busy: dict[Any, int]) -> None:  # noqa: ANN401 - a Connection
    """Send the next batch, if there is one; a worker that can't take it is noticed when its answer is awaited."""
    for number, batch in todo:
        busy[pipe] = number
        with suppress(BrokenPipeError, ConnectionResetError):
            pipe.send(batch)
        return


def _receive(pipe: Any, number: int) -> tuple[bool, Any]:  # noqa: ANN401 - a Connection
    try:
        done, result = pipe.recv()
    except (EOFError, ConnectionResetError):
        raise WorkerLostError(number) from None
    return done, result


def _start(work: Callable[[Any], Any], jobs: int, method: Literal["fork", "spawn"]) -> list[_Worker]:
    """Start workers. They never see Ctrl-C, which a terminal sends to them too: this process ends them."""
    import multiprocessing  # noqa: PLC0415 - as above

    context = multiprocessing.get_context("fork") if method == "fork" else multiprocessing.get_context("spawn")
    workers = []
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        with no_fork(), _signals_wait():
            for _ in range(jobs):
                here, there = context.Pipe()
                process = context.Process(target=_run, args=(there, work), daemon=True)
                process.start()
                there.close()
                workers.append(_Worker(process, here))
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    return workers


@contextmanager
def _signals_wait() -> Iterator[None]:
    """Handle signals behind the block only. At a fork Python runs functions in which an exception is lost."""
    if threading.current_thread() is not threading.main_thread():  # only the main thread handles signals
        yield
        return
    waiting: list[int] = []
    asked = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    handlers = {each: signal.getsignal(each) for each in asked}
    try:
        for each, handler in handlers.items():
            if callable(handler):
                signal.signal(each, lambda number, _: waiting.append(number))
        yield
    finally:
        for each, handler in handlers.items():
            signal.signal(each, handler)
        for number in waiting:
            signal.raise_signal(number)


def _run(pipe: Connection, work: Callable[[Any], Any]) -> None:
    """Be a worker: answer batches until the parent ends it, or is gone."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _end_with_parent()
    while True:
        try:
            batch = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            answer = (True, work(batch))
        except Exception as error:  # noqa: BLE001 - raised in the parent
            error.add_note("".join(traceback.format_exception(error)))
            answer = (False, error)
        pipe.send(answer)


def _end_with_parent() -> None:
    """Arrange that this process ends at once when its parent is gone, whatever it is doing.

    A thread waits for that everywhere. Linux does it itself too, because a library may keep threads waiting for
    seconds (an encoder of pictures does).
    """
    from multiprocessing import parent_process  # noqa: PLC0415 - as above

    parent = parent_process()
    assert parent is not None
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    threading.Thread(target=_wait_and_end, args=(parent.sentinel,), daemon=True).start()


def _wait_and_end(parent: int) -> None:
    from multiprocessing.connection import wait  # noqa: PLC0415 - as above

    wait([parent])
    os.kill(os.getpid(), signal.SIGKILL)
