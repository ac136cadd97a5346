"""Work spread over processes that see all that this one has read, because they are forked from it."""

from __future__ import annotations

import gc
import itertools
import os
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

T = TypeVar("T")
R = TypeVar("R")

AHEAD = 3  # batches that wait for a process: enough that none is idle, few enough that little piles up


class WorkerLostError(Exception):
    """A process was ended from outside; *batches* are the numbers of those it may have been at."""

    def __init__(self, batches: tuple[int, ...]) -> None:
        self.batches = batches
        super().__init__("a worker process was ended from outside")


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
    """Yield each batch's number with what *work* makes of it, as they are done; in this process where jobs is 1.

    Batches and results travel, *work* with all that it refers to is inherited. Where processes can't be forked,
    *spawned* says what else to do: a work that can travel itself, and what makes a batch fit for it. Raises
    WorkerLostError.
    """
    fork = can_fork()
    if jobs < 2 or len(batches) < 2 or not (fork or spawned):
        yield from ((number, work(batch)) for number, batch in enumerate(batches))
        return
    worker, pack = (work, _same) if fork or spawned is None else spawned
    gc.freeze()  # collecting in a child would copy every page that it looks at
    try:
        yield from _pooled(worker, map(pack, batches), min(jobs, len(batches)), "fork" if fork else "spawn")
    finally:
        gc.unfreeze()


def _pooled(worker: Callable[[Any], R], batches: Iterator[Any], jobs: int, method: str) -> Iterator[tuple[int, R]]:
    """Yield what a pool of processes makes of batches, a few of which wait at any time."""
    import multiprocessing  # noqa: PLC0415 - most builds are done before these would be loaded
    from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait  # noqa: PLC0415 - as above
    from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415 - as above

    context = multiprocessing.get_context(method)
    waiting: dict[Future[R], int] = {}
    todo = enumerate(batches)
    with ProcessPoolExecutor(jobs, mp_context=context, initializer=_inherit, initargs=(worker,)) as pool:
        try:
            while True:
                for number, batch in itertools.islice(todo, jobs * AHEAD - len(waiting)):
                    waiting[pool.submit(_work, batch)] = number
                if not waiting:
                    return
                for future in wait(waiting, return_when=FIRST_COMPLETED).done:
                    result = future.result()
                    yield waiting.pop(future), result
        except BrokenProcessPool:
            raise WorkerLostError(tuple(sorted(waiting.values()))) from None
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _same(batch: T) -> T:
    return batch


_inherited: Callable[[Any], Any] | None = None


def _inherit(work: Callable[[Any], Any]) -> None:
    global _inherited  # noqa: PLW0603 - a worker process does one work for its life; the pool offers no other place
    _inherited = work


def _work(batch: T) -> Any:  # noqa: ANN401 - whatever the work returns
    assert _inherited is not None
    return _inherited(batch)
