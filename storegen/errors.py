"""What can go wrong: one base, one class per mistake, each with its place and what would be right."""

from __future__ import annotations

import errno
from collections.abc import Iterable, Mapping, Sequence

import msgspec


class Problem(msgspec.Struct, frozen=True, order=True):
    """One mistake in one place, phrased for the person who can mend it.

    *file* is relative to the site; *line* counts from 1, 0 where no line is known; *field* is a
    dotted path such as ``variants.0.price``, empty where the whole file is meant.
    """

    file: str
    line: int
    field: str
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {' '.join(self.field.split())}: {self.message}" if self.field else f"{place}: {self.message}"

    def hiding(self, secret: str, shown: str) -> Problem:
        """Return the same mistake with a secret in its field shortened."""
        return msgspec.structs.replace(self, field=self.field.replace(secret, shown))


class StoregenError(Exception):
    """The base of every mistake that storegen explains instead of showing a traceback."""


class ProblemsError(StoregenError):
    """Several mistakes found in one pass, sorted by place."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))


class ContentError(ProblemsError):
    """Content files or site.yaml hold something that a shop can't be made of."""


class RenderError(ProblemsError):
    """Outputs could not be made; nothing was written."""


def gather(found: Iterable[tuple[Problem, str]]) -> list[Problem]:
    """Return problems that came up for several outputs once each, with the first output and how many there were."""
    outputs: dict[Problem, list[str]] = {}
    for problem, output in found:
        outputs.setdefault(problem, []).append(output)
    return [_with_outputs(problem, names) for problem, names in outputs.items()]


def _with_outputs(problem: Problem, names: list[str]) -> Problem:
    if not problem.file.startswith("themes/"):
        return problem
    others = f" and {len(names) - 1} others" if len(names) > 1 else ""
    return Problem(problem.file, problem.line, problem.field, f"{problem.message} (while making {names[0]}{others})")


class ThemeError(StoregenError):
    """A theme is missing, incomplete or can't be read."""


class UnsafePathError(StoregenError):
    """A path or a symbolic link leads out of the folder that it belongs to."""


class EncodingError(StoregenError):
    """A text file is not UTF-8; *line* counts from 1, 0 where all of it is meant."""

    def __init__(self, found: str, remedy: str = "", line: int = 0) -> None:
        self.line = line
        self.message = "; ".join(filter(None, (found, remedy)))
        super().__init__("; ".join(filter(None, (f"{found} on line {line}" if line else found, remedy))))


class TooLargeError(StoregenError):
    """A file is larger than storegen reads."""


class YamlError(StoregenError):
    """Text is not the YAML that storegen reads; *line* counts from 1."""

    def __init__(self, line: int, message: str) -> None:
        self.line = line
        self.message = message
        super().__init__(f"line {line}: {message}")


class BusyError(StoregenError):
    """Another build of the same site is running."""


class OutputError(StoregenError):
    """The output folder can't be written."""


class WorkerLostError(StoregenError):
    """A worker process was ended from outside; *batch* is the number of the batch that it was at."""

    def __init__(self, batch: int, doing: str = "") -> None:
        self.batch = batch
        what = f" while {doing}" if doing else ""
        super().__init__(
            f"a worker process was ended from outside{what}, often because memory ran out; the shop built before is "
            "unharmed. Build again, with --jobs 1 if it happens again"
        )


class UsageError(StoregenError):
    """A command was called with something that it can't work with."""


_REMEDIES: Mapping[int, str] = {
    errno.ENOSPC: "free some space on that disk, then try again",
    errno.EDQUOT: "free some of your space on that disk, then try again",
    errno.EFBIG: "the system limits the size of files (see ulimit -f, or the disk's format); raise the limit",
    errno.EROFS: "the disk can only be read; name another folder, or mount it for writing",
    errno.EACCES: "allow this user to use it (see its owner and permissions), or name another folder",
    errno.EPERM: "allow this user to use it (see its owner and permissions), or name another folder",
    errno.EMFILE: "raise the limit of open files (ulimit -n), then try again",
    errno.ENFILE: "the system has too many open files; end other programs, then try again",
    errno.EIO: "the disk reports a fault; check it, and copy what you need from it",
    errno.ENAMETOOLONG: "use shorter names",
    errno.ENOMEM: "free some memory, or use --jobs 1",
}


def explain_os_error(error: OSError) -> str:
    """Return what the system says is wrong with a file or folder, and what to do about it."""
    place = f"{error.filename}: " if error.filename else ""
    remedy = _REMEDIES.get(error.errno or 0, "")
    return f"{place}{error.strerror or error}{remedy and f'; {remedy}'}"


def some(names: Sequence[str], most: int = 3) -> str:
    """Return the first names in a row, and how many more there are."""
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def counted(count: int, one: str, many: str = "") -> str:
    """Return a number with its noun: ``1 mistake``, ``2 mistakes``."""
    return f"{count} {one if count == 1 else many or f'{one}s'}"


def suggest(found: str, known: Iterable[str]) -> str:
    """Return ``, did you mean "x"?`` for the nearest known word, or an empty string."""
    near = nearest(found, known)
    return f', did you mean "{near}"?' if near else ""


def nearest(found: str, known: Iterable[str]) -> str:
    """Return the known word that is nearest to another; an empty string where none is near."""
    import difflib  # noqa: PLC0415 - few builds meet a mistake

    return next(iter(difflib.get_close_matches(found, sorted(known), n=1, cutoff=0.6)), "")
