"""Errors: one base class, and one class per kind of mistake. Each gives the place and the correction."""

from __future__ import annotations

import errno
from collections.abc import Iterable, Mapping, Sequence

import msgspec


class Problem(msgspec.Struct, frozen=True, order=True):
    """One mistake in one place, in words for the person who can fix it.

    *file* is relative to the site. *line* counts from 1; it is 0 if the line is unknown. *field* is a dotted path such
    as ``variants.0.price``; it is empty if the mistake concerns the whole file.
    """

    file: str
    line: int
    field: str
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {' '.join(self.field.split())}: {self.message}" if self.field else f"{place}: {self.message}"

    def hiding(self, secret: str, shown: str) -> Problem:
        """Return the same mistake with *secret* replaced by *shown* in its field."""
        return msgspec.structs.replace(self, field=self.field.replace(secret, shown))


class StoregenError(Exception):
    """The base class of all errors that storegen explains without a traceback."""


class ProblemsError(StoregenError):
    """Several mistakes found in one pass, sorted by place."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))


class ContentError(ProblemsError):
    """Content files or site.yaml contain mistakes that prevent a build."""


class PlaceholderError(ProblemsError):
    """Placeholders are left in a shop that is built for a public address."""


class RenderError(ProblemsError):
    """Outputs could not be rendered. Nothing was written."""


def gather(found: Iterable[tuple[Problem, str]]) -> list[Problem]:
    """Merge equal problems. Each has the first output in which it occurs, and the number of further outputs."""
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
    """A theme is missing, incomplete or unreadable."""


class UnsafePathError(StoregenError):
    """A path or a symbolic link leads out of its folder."""


class EncodingError(StoregenError):
    """A text file is not UTF-8. *line* counts from 1; it is 0 if the whole file is meant."""

    def __init__(self, found: str, remedy: str = "", line: int = 0) -> None:
        self.line = line
        self.message = "; ".join(filter(None, (found, remedy)))
        super().__init__("; ".join(filter(None, (f"{found} on line {line}" if line else found, remedy))))


class TooLargeError(StoregenError):
    """A file is larger than the size limit."""


class YamlError(StoregenError):
    """A text is not valid YAML, or uses a part of YAML that storegen does not support. *line* counts from 1."""

    def __init__(self, line: int, message: str) -> None:
        self.line = line
        self.message = message
        super().__init__(f"line {line}: {message}")


class BusyError(StoregenError):
    """Another build of the same site is running."""


class OutputError(StoregenError):
    """The output folder is not writable."""


class WorkerLostError(StoregenError):
    """A worker process was killed. *batch* is the number of the batch that it was working on."""

    def __init__(self, batch: int, doing: str = "") -> None:
        self.batch = batch
        what = f" while {doing}" if doing else ""
        super().__init__(
            f"a worker process was ended from outside{what}, often because memory ran out; the shop built before is "
            "unharmed. Build again, with --jobs 1 if it happens again"
        )


class UsageError(StoregenError):
    """A command was called with unusable arguments."""


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
    """Return the operating system's reason for a failure with a file or folder, and what to do about it."""
    place = f"{error.filename}: " if error.filename else ""
    remedy = _REMEDIES.get(error.errno or 0, "")
    return f"{place}{error.strerror or error}{remedy and f'; {remedy}'}"


def some(names: Sequence[str], most: int = 3, *, separator: str = ", ") -> str:
    """Return the first *most* names, with the *separator* between them, and the number of the others."""
    more = f"{separator.rstrip(', ')} and {len(names) - most} more" if len(names) > most else ""
    return separator.join(names[:most]) + more


def counted(count: int, one: str, many: str = "") -> str:
    """Return a number with its noun: ``1 mistake``, ``2 mistakes``."""
    return f"{count} {one if count == 1 else many or f'{one}s'}"


def suggest(found: str, known: Iterable[str]) -> str:
    """Return ``, did you mean "x"?`` with the most similar known word, or an empty string."""
    near = nearest(found, known)
    return f', did you mean "{near}"?' if near else ""


def nearest(found: str, known: Iterable[str]) -> str:
    """Return the most similar known word, or else one with *found* as a part; an empty string if there is none."""
    import difflib  # noqa: PLC0415 - few builds meet a mistake

    words = sorted(known)
    similar = difflib.get_close_matches(found, words, n=1, cutoff=_SIMILAR)
    if not similar and len(found) > 2:
        similar = [word for word in words if found in word.replace("/", "-").split("-")][:1]
    return next(iter(similar), "")


_SIMILAR = 0.65  # one wrong letter of three; "rating" is not similar to "gtin"
