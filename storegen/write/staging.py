"""Outputs to staged files: one after another, or in batches in a pool of processes; errors are results."""

from __future__ import annotations

import multiprocessing
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import msgspec

from storegen.errors import Problem
from storegen.outputs import Derivative, Output
from storegen.render.workshop import MakeError, Materials, Workshop
from storegen.write.disk import write_file

PAGE_COST = 1
PICTURE_COST = 40
BATCH_COST = 60
POOL_PAYS = 400
_SECRET = re.compile(rb"\b(?:(?:sk|rk)_(?:live|test)_[0-9A-Za-z]{8,}|whsec_[0-9A-Za-z]{8,})")


class Made(msgspec.Struct, frozen=True):
    """What became of one output: its staged file and size, or the problem that stopped it."""

    path: str
    staged: str = ""
    size: int = 0
    problem: Problem | None = None


def make_all(
    outputs: Sequence[Output],
    materials: Materials,
    stage: Path,
    *,
    jobs: int,
    secrets: tuple[bytes, ...] = (),
    progress: Callable[[int], None] = lambda count: None,
) -> list[Made]:
    """Make outputs into the folder *stage*, in the order given; *progress* hears how many are done."""
    batches = list(_batches(outputs))
    cost = sum(map(_cost, outputs))
    if jobs > 1 and cost >= POOL_PAYS and len(batches) > 1:
        made = _in_pool(batches, materials, stage, jobs=jobs, secrets=secrets, progress=progress)
    else:
        made = {}
        maker = _Maker(materials, stage, secrets)
        for number, (start, batch) in enumerate(batches):
            made[number] = maker.batch(start, batch)
            progress(len(batch))
    return [each for number in sorted(made) for each in made[number]]


def _cost(output: Output) -> int:
    return PICTURE_COST if isinstance(output, Derivative) else PAGE_COST


def _batches(outputs: Sequence[Output]) -> Iterator[tuple[int, list[Output]]]:
    """Yield batches of about the same cost with the place of their first; sizes of one picture stay together."""
    start, batch, cost = 0, list[Output](), 0
    for place, output in enumerate(outputs):
        same = isinstance(output, Derivative) and batch and getattr(batch[-1], "file", None) == output.file
        if cost >= BATCH_COST and not same:
            yield start, batch
            start, batch, cost = place, [], 0
        batch.append(output)
        cost += _cost(output)
    if batch:
        yield start, batch


class _Maker:
    """One process's workshop, its staging folder and the secrets that must not get out."""

    def __init__(self, materials: Materials, stage: Path, secrets: tuple[bytes, ...]) -> None:
        self._workshop = Workshop(materials)
        self._stage = stage
        self._secrets = secrets

    def batch(self, start: int, outputs: Iterable[Output]) -> list[Made]:
        return [self._one(start + offset, output) for offset, output in enumerate(outputs)]

    def _one(self, place: int, output: Output) -> Made:
        try:
            data = self._workshop.make(output)
            self._refuse_secrets(data, output)
        except MakeError as error:
            return Made(output.path, problem=error.problem(output))
        except OSError as error:
            return Made(output.path, problem=Problem(output.source or output.path, 0, "", error.strerror or str(error)))
        staged = f"{place // 1000:03}/{place:06}"
        write_file(self._stage / staged, data)
        return Made(output.path, staged, len(data))

    def _refuse_secrets(self, data: bytes, output: Output) -> None:
        if isinstance(output, Derivative):
            return
        if _SECRET.search(data) or any(secret in data for secret in self._secrets):
            raise MakeError(
                output.source or output.path, 0, "a secret key would reach the output; take it out of the content"
            )


_maker: _Maker | None = None


def _start(materials: Materials, stage: Path, secrets: tuple[bytes, ...]) -> None:
    global _maker  # noqa: PLW0603 - a worker process has one maker for its life; ProcessPoolExecutor offers no other place
    _maker = _Maker(materials, stage, secrets)


def _work(start: int, outputs: list[Output]) -> list[Made]:
    assert _maker is not None
    return _maker.batch(start, outputs)


def _in_pool(
    batches: list[tuple[int, list[Output]]],
    materials: Materials,
    stage: Path,
    *,
    jobs: int,
    secrets: tuple[bytes, ...],
    progress: Callable[[int], None],
) -> dict[int, list[Made]]:
    """Make batches in worker processes; only a few wait in the queue at a time."""
    context = multiprocessing.get_context("fork" if os.name == "posix" and os.uname().sysname == "Linux" else "spawn")
    made: dict[int, list[Made]] = {}
    waiting: dict[Future[list[Made]], int] = {}
    todo = iter(enumerate(batches))
    with ProcessPoolExecutor(
        min(jobs, len(batches)), mp_context=context, initializer=_start, initargs=(materials, stage, secrets)
    ) as pool:
        try:
            while len(made) < len(batches):
                while len(waiting) < jobs * 3 and (next_ := next(todo, None)) is not None:
                    number, (start, batch) = next_
                    waiting[pool.submit(_work, start, batch)] = number
                done, _ = wait(waiting, return_when=FIRST_COMPLETED)
                for future in done:
                    number = waiting.pop(future)
                    made[number] = future.result()
                    progress(len(made[number]))
        except BrokenProcessPool:
            names = ", ".join(batches[number][1][0].path for number in sorted(waiting.values())[:3])
            raise MakeError(
                "", 0, f"a worker process was ended from outside while making {names} or what follows"
            ) from None
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return made
