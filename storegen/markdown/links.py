"""The links and pictures of a Markdown text, found without rendering it."""

from __future__ import annotations

import functools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from storegen.markdown.blocks import Leaf, leaves_of, parse_blocks
from storegen.references import Reference

# Python-Markdown's syntax of code spans, brackets and definitions.
_TICKS = re.compile(r"`+")
_SIGN = re.compile(r"\\.|!?\[|[\]()]", re.DOTALL)
_POINTED = re.compile(r"""\(\s*<([^<>]*)>\s*(?:("[^"]*"|'[^']*')\s*)?\)""")
# A title ends at its quotation mark before a bracket. It may contain brackets and the same quotation mark.
_TITLES = {mark: re.compile(rf"{mark}.*?{mark} *\)", re.DOTALL) for mark in ('"', "'")}
_MARK = re.compile("[\"']")
ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_DEFINED = re.compile(r"^ {0,3}\[(?!\^)([^\[\]\n]*)\]: *\n? *(\S+)", re.MULTILINE)
_USED = re.compile(r"(?<!\\)(!?)\[([^\[\]]*)\](?:\s?\[([^\[\]]*)\])?(?!:)")
_NO_END = re.compile(r"[^\n]")
# Replaces each character of code in bare text. Like the tag of code, it is neither a letter nor a space.
CODE = "\ufffc"
# Most texts contain none of these: code, escapes, definitions and footnotes. Their links are easy to find.
_INTRICATE = ("`", "\\", "<", "]:", "~~~", "[^", "\n    ", "\t", ">     ")
SIMPLE_LINK = re.compile(r"\[[^\[\]\n]*\]\(([^()\s<>\"']+)\)")
_END = re.compile("\n")
_LONGEST = 2000


@functools.lru_cache(maxsize=64)  # checks, views and filters ask for the same text in turn
def find_references(markdown: str) -> tuple[Reference, ...]:
    """Return the links and pictures of a Markdown text, except those in code. The time is linear in its length."""
    if "](" not in markdown and "]:" not in markdown:
        return ()
    if not (markdown.startswith("    ") or any(sign in markdown for sign in _INTRICATE)):
        simple = list(SIMPLE_LINK.finditer(markdown))
        if len(simple) == markdown.count("]("):
            starts = [match.start() for match in simple]
            lines = [markdown.count("\n", 0, start) + 1 for start in starts]
            shown = [markdown[start - 1 : start] == "!" for start in starts]
            return tuple(map(Reference, [match[1] for match in simple], lines, shown))
    try:
        leaves = list(leaves_of(parse_blocks(markdown)))
    except RecursionError:  # the text is refused when it is rendered
        return ()
    found = [each for leaf in leaves for each in _placed(leaf)]
    if "]:" in markdown:
        found += _defined(leaves)
    return tuple(Reference(target, line, picture) for line, _, target, picture in sorted(set(found)))


def bare_text(text: str) -> str:
    """Return lines of text without the words of code spans and comments. Places stay the same."""
    text = _without_spans(text) if "`" in text else text
    return "".join(_without_comments(text)) if "<!--" in text else text


def _without_comments(text: str) -> Iterator[str]:
    """Yield the pieces of a text, its comments blanked. A comment without an end is plain text."""
    done = 0
    while (start := text.find("<!--", done)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        yield text[done:start]
        yield _NO_END.sub(" ", text[start : end + 3])
        done = end + 3
    yield text[done:]


def open_links(text: str) -> Iterator[int]:
    """Yield the places of ``](`` in lines of bare text that make no link."""
    words, ends = _pairs(text)
    for end in words.values():
        if text.startswith("(", end + 1) and _target(text, end + 1, ends.get(end + 1, 0)) is None:
            yield end


def _placed(leaf: Leaf) -> Iterator[tuple[int, int, str, bool]]:
    """Yield the links and pictures of a leaf: (line, place in the leaf, target, whether it is a picture)."""
    text = leaf.text
    if "](" not in text:
        return
    ends = ends_of(text)
    for start, target, picture in _inline(bare_text(text)):
        yield leaf.lines[bisect_left(ends, start)].number, start, target, picture


def ends_of(text: str) -> list[int]:
    """Return the places of the line ends in a text. With `bisect_left`, they give the line of a place."""
    return [found.start() for found in _END.finditer(text)]


def _without_spans(block: str) -> str:
    """Blank code spans. Backticks open a span, and a run of the same length, or the end of a longer run, closes it.

    Outside code, a backslash escapes the first backtick of a run. Within code it is only a sign, so such a run closes.
    """
    runs = [match.span() for match in _TICKS.finditer(block)]
    lengths: dict[int, list[int]] = {}
    for number, (start, end) in enumerate(runs):
        lengths.setdefault(end - start, []).append(number)
    pieces: list[str] = []
    number = done = 0
    while number < len(runs):
        start, end = runs[number]
        start += start > 0 and block[start - 1] == "\\"
        closings = (_next(lengths.get(length, ()), number) for length in range(end - start, 0, -1))
        last = next((found for found in closings if found is not None), None)
        if last is not None:
            pieces += [block[done:start], _NO_END.sub(CODE, block[start : runs[last][1]])]
            done, number = runs[last][1], last
        number += 1
    return "".join((*pieces, block[done:]))


def _next(numbers: Sequence[int], number: int) -> int | None:
    """Return the first of the ascending *numbers* that is greater than *number*."""
    place = bisect_right(numbers, number)
    return numbers[place] if place < len(numbers) else None


def _inline(block: str) -> Iterator[tuple[int, str, bool]]:
    """Yield (start, target, whether it is a picture). A title contains no links, and a link's text only pictures."""
    words, ends = _pairs(block)
    title = (-1, -1)
    last = -1
    for start, end in sorted(words.items()):
        picture = block[start] == "!"
        if title[0] < start < title[1] or (start < last and not picture):
            continue
        if found := _target(block, end + 1, ends.get(end + 1, 0)):
            yield start, found[0], picture
            title = end, found[1]
            last = last if picture else found[1]


def _pairs(block: str) -> tuple[dict[int, int], dict[int, int]]:
    """Return the closing positions of square brackets (also ``![``) and of round ones, by opening positions."""
    square: dict[int, int] = {}
    rounded: dict[int, int] = {}
    opened: list[int] = []
    waiting: list[int] = []
    for match in _SIGN.finditer(block):
        match match[0]:
            case "[" | "![":
                opened.append(match.start())
            case "]" if opened:
                square[opened.pop()] = match.start()
            case "(":
                waiting.append(match.start())
            case ")" if waiting:
                rounded[waiting.pop()] = match.start()
    return square, rounded


def _target(block: str, start: int, end: int) -> tuple[str, int] | None:
    """Return the target of a link and the position after it. Return None if there is no link.

    The link's round bracket opens at *start*. *end* is where it closes if there is no title.
    """
    if not block.startswith("(", start):
        return None
    limit = start + _LONGEST
    if pointed := _POINTED.match(block, start, limit):
        return pointed[1].strip(), pointed.end()
    titles = list(_titles(block, start, limit)) if _MARK.search(block, start, min(end or limit, limit)) else []
    if titles:
        title = min(titles, key=re.Match.end)
        return _address(block[start + 1 : title.start()]), title.end()
    return (_address(block[start + 1 : end]), end + 1) if start < end < limit else None


def _titles(block: str, start: int, limit: int) -> Iterator[re.Match[str]]:
    """Yield possible titles of a link, at most one for each of the two quotation marks."""
    for mark, form in _TITLES.items():
        first = block.find(mark, start, limit)
        if first > 0 and (match := form.match(block, first, limit)):
            yield match


def _address(written: str) -> str:
    return ESCAPED.sub(r"\1", " ".join(written.split()))


def _defined(leaves: Sequence[Leaf]) -> Iterator[tuple[int, int, str, bool]]:
    """Yield the targets of ``[name]: target`` definitions that the text uses."""
    found = [
        (leaf.lines[bisect_left(ends, match.start())].number, match)
        for leaf in leaves
        if "]:" in (text := leaf.text)
        for ends in [ends_of(text)]
        for match in _DEFINED.finditer(text)
    ]
    if not found:
        return
    used = {
        (" ".join(re.split(r"\s+", (match[3] or match[2]).lower())), bool(match[1]))
        for leaf in leaves
        for match in _USED.finditer(bare_text(leaf.text))
    }
    for line, match in found:
        name, target = match[1].strip().lower(), match[2].strip("<>")
        yield from ((line, match.start(), target, shown) for shown in (False, True) if (name, shown) in used)
