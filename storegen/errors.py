"""What can go wrong: one base, one class per mistake, each with its place and what would be right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

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


class UsageError(StoregenError):
    """A command was called with something that it can't work with."""


def some(names: Sequence[str], most: int = 3) -> str:
    """Return the first names in a row, and how many more there are."""
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def suggest(found: str, known: Iterable[str]) -> str:
    """Return ``, did you mean "x"?`` for the nearest known word, or an empty string."""
    import difflib  # noqa: PLC0415 - few builds meet a mistake

    near = difflib.get_close_matches(found, sorted(known), n=1, cutoff=0.6)
    return f', did you mean "{near[0]}"?' if near else ""
