"""Parallel work in processes. They are forked where possible, so that they share everything already read.

Worker processes always end with their parent. They hold none of its locks.
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
    """Return whether processes can be forked here. macOS frameworks don't survive a fork."""
    return os.name == "posix" and os.uname().sysname == "Linux"


def spread(
    work: Callable[[T], R],
    batches: Sequence[T],
    *,
    jobs: int,
    spawned: tuple[Callable[[Any], R], Callable[[T], Any]] | None = None,
) -> Iterator[tuple[int, R]]:
    """Yield each batch's number and result as soon as it is done. With ``jobs=1`` this process does the work.

    Forked processes inherit *work* and the batches; only results are sent. Where processes can't be forked, *spawned*
    is used: a picklable work function, and a function that makes a batch picklable. An exception in a worker is raised
    here. Raises WorkerLostError if a worker was killed.
    """
    fork = can_fork()
    if jobs < 2 or len(batches) < 2 or not (fork or spawned):
        yield from ((number, work(batch)) for number, batch in enumerate(batches))
        return
    jobs = min(jobs, len(batches))
    with _frozen():
        if fork or spawned is None:  # forked processes already have the batches, so only their numbers are sent
            yield from _pooled(lambda number: work(batches[number]), range(len(batches)), jobs, "fork")
        else:
            yield from _pooled(spawned[0], map(spawned[1], batches), jobs, "spawn")


@contextmanager
def no_fork() -> Iterator[None]:
    """Prevent other threads from forking during the block. The new process would wait for locks held by this thread."""
    with _forking:
        yield


@contextmanager
def _frozen() -> Iterator[None]:
    """Keep the garbage collector of forked processes away from inherited objects. A visit copies the memory page."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


class _Worker(NamedTuple):
    """A worker process and the parent's end of its pipe."""

    process: BaseProcess
    pipe: Connection


def _pooled(
    work: Callable[[Any], Any], batches: Iterable[Any], jobs: int, method: Literal["fork", "spawn"]
) -> Iterator[tuple[int, Any]]:
    """Yield the results of a pool of processes. A process gets its next batch when it has returned a result."""
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
    """Send the next batch, if there is one. If the worker is dead, reading its answer reports that."""
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
    """Start workers that ignore Ctrl-C. A terminal sends it to them too, but the parent process ends them."""
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
    """Delay signals until the end of the block. During a fork Python calls hooks that lose exceptions."""
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
    """Run a worker: answer batches until the parent ends it or is gone."""
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
    """End this process at once when its parent is gone, whatever it is doing.

    On every system a thread waits for the parent's end. Linux also does it in the kernel, because a library may block
    threads for seconds (an image encoder does).
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
