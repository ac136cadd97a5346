"""Edits of site.yaml as text, so that the merchant's comments and layout stay."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from storegen.config import PLACEHOLDER

_EXAMPLES = ("content/products", "content/categories")
_TEXTS = ("site.yaml", "README.md", "content/pages")
# Promises of a new shop, which say nothing about imported goods. They name each other, so they go together.
_PROMISES = ("delivery", "returns", "answer_hours", "promises", "banner", "product_promises")


def is_example(text: str, key: str) -> bool:
    """Return whether a top-level key of site.yaml is still marked as a placeholder."""
    return any(PLACEHOLDER in line for line in text.splitlines() if re.match(rf"{key}\s*:", line))


def with_value(text: str, key: str, value: str) -> str:
    """Return site.yaml with a value on one line for a top-level key. The mark of a placeholder is deleted.

    A comment that is no such mark stays. A key that is not there is added at the end.
    """
    pattern = re.compile(rf"^({key}\s*:[ \t]*)([^\s#][^#\n]*?)?([ \t]*#[^\n]*)?$", re.MULTILINE)
    match = pattern.search(text)
    if match is None:
        return f"{text.rstrip()}\n{key}: {value}\n"
    comment = "" if match[3] and PLACEHOLDER in match[3] else match[3] or ""
    start = match[1] if match[1][-1] in " \t" else f"{match[1]} "
    return f"{text[: match.start()]}{start}{value}{comment}{text[match.end() :]}"


def without_promises(text: str, starter: str, *, or_delete: str) -> str:
    """Return site.yaml with the promises of a new shop as comments, if the merchant has changed none of them.

    *starter* is the site.yaml of a new shop. Its tagline and description become comments too. *or_delete* are words
    for the end of each mark.
    """
    ours, theirs = (dict(_blocks(each)) for each in (text, starter))
    groups: tuple[tuple[str, ...], ...] = (_PROMISES, ("tagline",), ("description",))
    for group in groups:
        if all(key in theirs and ours.get(key) == theirs[key] for key in group):
            for key in group:
                text = text.replace(ours[key], _commented(ours[key], or_delete), 1)
    return text


def _blocks(text: str) -> Iterator[tuple[str, str]]:
    """Yield each top-level key with its lines, without the comments and blank lines after them."""
    for match in re.finditer(r"^([a-z_]+):[^\n]*\n(?:[ \t]+[^\n]*\n|\n(?=[ \t]))*", text, re.MULTILINE):
        yield match[1], match[0]


def _commented(block: str, or_delete: str) -> str:
    """Return lines as comments. A mark moves to a line of its own above them."""
    return "".join(_comment_lines(block.splitlines(), or_delete))


def _comment_lines(lines: Iterable[str], or_delete: str) -> Iterator[str]:
    for line in lines:
        value, mark, words = line.partition(f"# {PLACEHOLDER}")
        if mark:
            yield f"# {PLACEHOLDER}{words}{or_delete}\n"
        yield f"# {value.rstrip()}\n" if value.strip() else "\n"


def value_of(text: str, key: str) -> str:
    """Return the value on the line of a top-level key of site.yaml, empty if it is not there."""
    match = re.search(rf"^{key}[ \t]*:[ \t]*([^\s#]+)", text, re.MULTILINE)
    return match[1] if match else ""


def language_of(text: str) -> str:
    """Return the shop's only language, empty if it has several."""
    match = re.search(r"^languages[ \t]*:[ \t]*\[?[ \t]*([\w-]+)[ \t]*\]?[ \t]*(?:#.*)?$", text, re.MULTILINE)
    return match[1] if match else "" if re.search(r"^languages[ \t]*:", text, re.MULTILINE) else "en"


def example_files(site: Path, starter: Path) -> frozenset[str]:
    """Return the example product and category of a new shop that the merchant has not edited."""
    return frozenset(name for name in _files(starter, _EXAMPLES) if _is_same(site / name, starter / name))


def example_texts(site: Path, starter: Path) -> frozenset[str]:
    """Return the files of a new shop that the merchant has not edited, except the product and the category."""
    return frozenset(name for name in _files(starter, _TEXTS) if _is_same(site / name, starter / name))


def _files(starter: Path, parts: Iterable[str]) -> Iterator[str]:
    """Yield the names of all files in *parts* of a new shop. A part is a file or a folder."""
    for part in parts:
        whole = starter / part
        yield from (str(path.relative_to(starter)) for path in (whole, *whole.rglob("*")) if path.is_file())


def _is_same(one: Path, other: Path) -> bool:
    return one.is_file() and one.read_bytes() == other.read_bytes()
