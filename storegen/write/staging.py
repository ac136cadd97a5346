"""Rendering of candidates to staged files, one by one or in batches in several processes. Errors become results."""

from __future__ import annotations

import functools
import math
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from storegen.checkout.secrets import find_secrets, finder
from storegen.errors import Problem, WorkerLostError
from storegen.load.locate import text_finder
from storegen.outputs import ImageVariant, Key, Output, Page, context_key, context_parts, ready
from storegen.pool import spread
from storegen.render.renderer import MakeError, RenderContext, Renderer
from storegen.write.disk import StageFolders, make_folder, write_spare
from storegen.write.manifest import Candidate

PAGE_COST = 1
PICTURE_COST = 40
BATCH_COST = 60
POOL_PAYS = 300


class Result(msgspec.Struct, frozen=True, array_like=True):
    """The result for one candidate: its key and its staged file's inode and size, or the problem that stopped it.

    If the output is unchanged, nothing is staged and the inode is 0. A picture left to the next build has neither a key
    nor a problem.
    """

    key: Key | None = None
    inode: int = 0
    size: int = 0
    problem: Problem | None = None

    @property
    def deferred(self) -> bool:
        """Whether it is left to the next build."""
        return self.key is None and self.problem is None


def make_all(
    candidates: Sequence[Candidate],
    render_context: RenderContext,
    stage: Path,
    *,
    jobs: int,
    secrets: tuple[str, ...] = (),
    picture_seconds: float = math.inf,
    progress: Callable[[int], None] = lambda count: None,
) -> list[Result]:
    """Make candidates into the folder *stage*, in the given order. *progress* gets the size of each finished batch.

    Pictures that are not begun within *picture_seconds* are deferred.
    """
    ranges = list(_ranges(candidates))
    maker = Maker(render_context, str(stage), secrets, time.monotonic() + picture_seconds)
    pays = jobs if sum(map(_cost, candidates)) >= POOL_PAYS else 1
    make_folder(str(stage))
    if pays > 1:
        pages = (each.output for each in candidates if isinstance(each.output, Page))
        maker.warm({(output.template, output.language) for output in pages})
    results: dict[int, list[Result]] = {}
    work = functools.partial(_forked, maker, candidates)
    spawned = (maker, functools.partial(_travelling, candidates))
    try:
        for number, found in spread(work, ranges, jobs=pays, spawned=spawned):
            results[number] = found
            progress(len(found))
    except WorkerLostError as error:
        start, end = ranges[error.batch]
        more = f" or one of the {end - start - 1} outputs after it" if end - start > 1 else ""
        raise WorkerLostError(error.batch, f"making {candidates[start].output.path}{more}") from None
    return [each for number in sorted(results) for each in results[number]]


def _cost(candidate: Candidate) -> int:
    return PICTURE_COST if isinstance(candidate.output, ImageVariant) else PAGE_COST


def _ranges(candidates: Sequence[Candidate]) -> Iterator[tuple[int, int]]:
    """Yield the start and end of batches with about the same cost. All sizes of one picture are in the same batch."""
    start, cost = 0, 0
    for place, candidate in enumerate(candidates):
        same = place > start and _file(candidate) and _file(candidates[place - 1]) == _file(candidate)
        if cost >= BATCH_COST and not same:
            yield start, place
            start, cost = place, 0
        cost += _cost(candidate)
    if start < len(candidates):
        yield start, len(candidates)


def _file(candidate: Candidate) -> str:
    return candidate.output.file if isinstance(candidate.output, ImageVariant) else ""


def _forked(maker: Maker, candidates: Sequence[Candidate], ends: tuple[int, int]) -> list[Result]:
    """Make a batch that this forked process has inherited."""
    return maker(candidates[slice(*ends)])


def _travelling(candidates: Sequence[Candidate], ends: tuple[int, int]) -> list[Candidate]:
    """Return a batch for a process that inherited nothing: with contexts and bytes instead of recipes."""
    replace = msgspec.structs.replace
    batch = candidates[slice(*ends)]
    return [replace(each, planned=replace(each.planned, output=ready(each.output))) for each in batch]


class Maker:
    """The renderer of one process, with its staging folder and the secrets that must not be published."""

    def __init__(
        self, render_context: RenderContext, stage: str, secrets: tuple[str, ...], picture_deadline: float
    ) -> None:
        self._given = (render_context, stage, secrets, picture_deadline)
        self._renderer = Renderer(render_context)
        self._stage = stage
        self._deadline = picture_deadline  # the system's clock, so it is the same in every process
        self._own = finder(secrets)
        self._find = text_finder(render_context.site)
        self._folders = StageFolders(stage)
        self._looked_through: set[tuple[str, str]] = set()

    def __reduce__(self) -> tuple[type[Maker], tuple[RenderContext, str, tuple[str, ...], float]]:
        return Maker, self._given

    def warm(self, templates: Iterable[tuple[str, str]]) -> None:
        """Load (template, language) pairs, so that processes forked from this one inherit them."""
        for template, language in templates:
            self._renderer.load(template, language)

    def __call__(self, candidates: Sequence[Candidate]) -> list[Result]:
        return [self._result(candidate) for candidate in candidates]

    def _result(self, candidate: Candidate) -> Result:
        output = candidate.output
        if isinstance(output, ImageVariant) and time.monotonic() >= self._deadline:
            return Result()
        try:
            key, data, source = self._look(candidate)
            if data is None:
                return Result(key)
            refuse_secrets(data, output, self._own, self._source(output, data, source or b""))
        except MakeError as error:
            return Result(problem=error.problem(output, self._find))
        self._folders.make(output.path.rpartition("/")[0])
        return Result(key, write_spare(f"{self._stage}/{output.path}", data), len(data))

    def _look(self, candidate: Candidate) -> tuple[Key, bytes | None, bytes | None]:
        """Return an output's key. If the output has changed, also return its bytes and its source."""
        output, key = candidate.output, candidate.planned.key
        if not isinstance(output, Page):
            same = not candidate.reason and candidate.entry is not None and candidate.entry.key == key
            data = None if same else self._renderer.make(output)
            return key, data, data
        context = output.context
        parts = context_parts(context)
        digest, fields = context_key(context, parts)
        key = Key(key.code, key.template, key.shared, digest, fields)
        if not candidate.reason and candidate.entry is not None and candidate.entry.key == key:
            return key, None, None
        return key, self._renderer.page(output, context), b"\n".join(parts)

    def _source(self, output: Output, data: bytes, source: bytes) -> bytes:
        """Return the bytes of an output that may contain secret keys.

        The text of a page is in its context, which is much smaller than the page, or in its template. Of each template,
        the first page is searched as a whole.
        """
        if isinstance(output, Page) and (output.template, output.language) not in self._looked_through:
            self._looked_through.add((output.template, output.language))
            return data
        return source


def refuse_secrets(data: bytes, output: Output, own: Callable[[bytes], str], source: bytes) -> None:
    """Raise MakeError if an output contains one of the build's *own* secrets, or its *source* contains a secret key."""
    if isinstance(output, ImageVariant):
        return
    found = own(data) or next(find_secrets(source), "")
    if found:
        message = "a secret key would reach the output; take it out of the content"
        raise MakeError(output.source or output.path, 0, message, text=found)
