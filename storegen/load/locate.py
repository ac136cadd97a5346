"""The places in content of mistakes that are found later, in a rendered text, an address or an article."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import TypeAlias

from storegen.errors import Problem, StoregenError
from storegen.files import list_files, read_text
from storegen.load.sources import body_start, read_sources
from storegen.model.content_types import content_type_of
from storegen.outputs import Output, Page

_RECORDS = (".yaml", ".yml", ".md")

Finder: TypeAlias = Callable[[str, str, str], Problem | None]


def text_finder(site: Path) -> Finder:
    """Return a function that finds the place of a faulty text: in a file, in its translations, or anywhere in the shop.

    Use one function per build: it remembers texts that it found, such as a text on every page.
    """
    known: dict[str, Problem | None] = {}

    def find(file: str, text: str, message: str) -> Problem | None:
        """Return a problem at the place of the text, None if it is nowhere."""
        if text not in known:
            places = itertools.chain(_versions(site, file), _own_files(site, text))
            found = ((name, _text_in(site, name, text)) for name in places)
            known[text] = next((Problem(name, *place, message) for name, place in found if place is not None), None)
        return known[text]

    return find


def _own_files(site: Path, text: str) -> Iterator[str]:
    """Yield the shop's own files that contain a text literally, site.yaml first."""
    top = sorted(path.name for path in site.glob("site*.yaml"))
    content = (name for name in list_files(site, "content", []) if not name.startswith("content/media/"))
    for name in (*top, *content, *list_files(site, "themes", [])):
        try:
            if text in read_text(site, name):
                yield name
        except (StoregenError, OSError):  # a picture, or a file without read permission: the text is elsewhere
            continue


def _versions(site: Path, file: str) -> Iterator[str]:
    """Yield a content file and its translations."""
    path = PurePosixPath(file)
    if path.suffix in _RECORDS:
        beside = (site / path.parent).glob(f"{path.stem}.*{path.suffix}")
        yield from (file, *sorted(f"{path.parent}/{each.name}" for each in beside))


def _text_in(site: Path, file: str, text: str) -> tuple[int, str] | None:
    """Return the line and the field of a text in a file, or None if it isn't there."""
    try:
        whole = read_text(site, file)
    except (StoregenError, OSError):
        return None
    if file.startswith("themes/") or not file.endswith(_RECORDS):
        return (_line(whole, text, 1), "") if text in whole else None
    for source in read_sources(site, file, []):
        for place, value in source.texts():
            if text in value:
                body = place == ("body",) and file.endswith(".md")
                problem = source.problem(place, "")
                first = body_start(whole) + 1 if body else problem.line
                return _line(whole, text, first), "" if body else problem.hiding(text, f"{text[:8]}…").field
    return None


def _line(whole: str, text: str, first: int) -> int:
    """Return the line of a text at or after the line *first*; *first* itself if no line contains the text."""
    lines = whole.split("\n")
    return next((number for number in range(first, len(lines) + 1) if text in lines[number - 1]), first)


def address_problem(site: Path, output: Output, message: str) -> Problem:
    """Return a mistake about a page's address, at its slug or at the place where a slug can be added."""
    slug = PurePosixPath(output.path.removesuffix("/index.html")).name
    found: Problem | None = None
    for file in _in_language(site, output):
        for source in read_sources(site, file, []):
            problem = source.problem(("slug",), message)
            if source.item.slug == slug:
                return problem
            found = found or problem
    return found or Problem(output.source or output.path, 0, "slug", message)


def _in_language(site: Path, output: Output) -> Iterator[str]:
    """Yield the translation that a page is made from, if there is one, and the first language's file."""
    path = PurePosixPath(output.source)
    if isinstance(output, Page) and output.source:
        translation = str(path.with_name(f"{path.stem}.{output.language}{path.suffix}"))
        yield from (translation,) if (site / translation).is_file() else ()
    yield output.source


def has_slug(file: str) -> bool:
    """Return whether the records of a file can have a slug."""
    kind = content_type_of(file)
    return kind is not None and "slug" in kind.record.__struct_fields__
