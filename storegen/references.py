"""References inside the shop, such as ``product:rope-ring``, ``guides`` and ``media/chart.pdf``, and their parser."""

from __future__ import annotations

import functools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, groupby
from typing import NamedTuple, TypeAlias
from unicodedata import normalize

import msgspec

from storegen.model.content_types import INDEXES, LINKED

KINDS = LINKED
LISTS = (*INDEXES, "track", "categories")
# The prefix of ids that come from texts. No id of the theme begins with it.
PREFIX = "t:"
# The sections of pages that links may name, each with its id in the theme.
PARTS = ("buy", "questions", "reviews")

# Python-Markdown's syntax of fences, blocks, indented code, list items, code spans, brackets and definitions.
_FENCE = re.compile(r"(`{3,}|~{3,}) *(?:\{.*\}|\.?[\w#.+-]* *(?:hl_lines=([\"']).*?\2 *)?)")
_INDENTED = re.compile(r" {4}|\t")
_ITEM = re.compile(r" {0,3}(?:[*+-]|\d+\.)\s|\[\^[^\]\n]*\]:")
_TICKS = re.compile(r"(?<!\\)`+")
_SIGN = re.compile(r"\\.|!?\[|[\]()]", re.DOTALL)
_POINTED = re.compile(r"""\(\s*<([^<>]*)>\s*(?:("[^"]*"|'[^']*')\s*)?\)""")
_QUOTE = re.compile(r" {0,3}> ?")
_MOST_QUOTES = 20  # nested quotations; deeper ones are read as plain text
# A title ends at its quotation mark before a bracket. It may contain brackets and the same quotation mark.
_TITLES = {mark: re.compile(rf"{mark}.*?{mark} *\)", re.DOTALL) for mark in ('"', "'")}
_MARK = re.compile("[\"']")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()>#+.!-])")
_DEFINED = re.compile(r"^ {0,3}\[(?!\^)([^\[\]\n]*)\]: *\n? *(\S+)", re.MULTILINE)
_USED = re.compile(r"(?<!\\)(!?)\[([^\[\]]*)\](?:\s?\[([^\[\]]*)\])?(?!:)")
_END = re.compile("\n")
# Most texts contain none of these: code, escapes, definitions and footnotes. Their links are easy to find.
_INTRICATE = ("`", "\\", "<", "]:", "~~~", "[^", "\n    ", "\t", ">     ")
_SIMPLE = re.compile(r"\[[^\[\]\n]*\]\(([^()\s<>\"']+)\)")
_LONGEST = 2000


class Reference(msgspec.Struct, frozen=True):
    """A link or picture found in a text; *line* counts from 1."""

    target: str
    line: int
    picture: bool = False


@functools.lru_cache(maxsize=64)  # checks, views and filters ask for the same text in turn
def find_references(markdown: str) -> tuple[Reference, ...]:
    """Return the links and pictures of a Markdown text, except those in code. The time is linear in its length."""
    if "](" not in markdown and "]:" not in markdown:
        return ()
    if not (markdown.startswith("    ") or any(sign in markdown for sign in _INTRICATE)):
        simple = list(_SIMPLE.finditer(markdown))
        if len(simple) == markdown.count("]("):
            starts = [match.start() for match in simple]
            lines = [markdown.count("\n", 0, start) + 1 for start in starts]
            shown = [markdown[start - 1 : start] == "!" for start in starts]
            return tuple(map(Reference, [match[1] for match in simple], lines, shown))
    text = _without_fences(markdown) if "```" in markdown or "~~~" in markdown else markdown
    blocks = list(_blocks(_lines(text)))
    found = [
        (block.place(start), target, picture)
        for block in blocks
        if "](" in block.text
        for start, target, picture in _inline(_without_spans(block.text) if "`" in block.text else block.text)
    ]
    if "]:" in text:
        found += _defined(blocks)
    ends = [match.start() for match in _END.finditer(markdown)] if found else []
    return tuple(
        Reference(target, bisect_left(ends, start) + 1, picture) for start, target, picture in sorted(set(found))
    )


def _without_fences(text: str) -> str:
    """Blank fenced code, from its fence to the next line with the same fence. A fence without an end is plain text."""
    lines = text.split("\n")
    closing: dict[str, list[int]] = {}
    for number, line in enumerate(lines):
        if line.startswith(("```", "~~~")) and not line.rstrip(" ").strip(line[0]):
            closing.setdefault(line.rstrip(" "), []).append(number)
    number = 0
    while closing and number < len(lines):
        match = _FENCE.fullmatch(lines[number])
        last = _next(closing.get(match[1], ()), number) if match else None
        for code in range(number, number if last is None else last + 1):
            lines[code] = " " * len(lines[code])
        number = number + 1 if last is None else last + 1
    return "\n".join(lines)


def without_code(markdown: str) -> str:
    """Return a Markdown text with its code blanked: fenced blocks, indented blocks and code spans."""
    text = _without_fences(markdown) if "```" in markdown or "~~~" in markdown else markdown
    kept = [" "] * len(text)
    for number in (match.start() for match in _END.finditer(text)):
        kept[number] = "\n"
    for block in _blocks(_lines(text)):
        shown = _without_spans(block.text) if "`" in block.text else block.text
        for inside, start, length in block.lines:
            kept[start : start + length] = shown[inside : inside + length]
    return "".join(kept)


class _Block(NamedTuple):
    """The lines of a block, without quotation markers.

    *lines* contains (start in *text*, start in the whole text, length) of each line.
    """

    text: str
    lines: tuple[tuple[int, int, int], ...]

    def place(self, start: int) -> int:
        """Return the position in the whole text for a position in the block."""
        inside, outside, _ = self.lines[bisect_right(self.lines, start, key=_first) - 1]
        return outside + start - inside


_Line: TypeAlias = tuple[int, str]  # its start in the whole text, and its text


def _first(line: tuple[int, int, int]) -> int:
    return line[0]


def _lines(text: str) -> Iterator[_Line]:
    start = 0
    for line in text.split("\n"):
        yield start, line
        start += len(line) + 1


def _blocks(lines: Iterable[_Line], depth: int = 0) -> Iterator[_Block]:
    """Yield the blocks of a text except indented code. The content of a quotation gives blocks of its own."""
    inside = 0  # the extra indentation of code within a list or a footnote
    for paragraph in _paragraphs(lines):
        if not _INDENTED.match(paragraph[0][1]):
            inside = 4 if _ITEM.match(paragraph[0][1]) else 0
        elif all(_INDENTED.match(line.expandtabs(4), inside) for _, line in paragraph):
            continue
        quotes = [_quote_end(line, inside) for _, line in paragraph] if depth < _MOST_QUOTES else []
        first = next((number for number, end in enumerate(quotes) if end), len(paragraph))
        if first:
            yield _block(paragraph[:first])
        quoted = zip(paragraph[first:], quotes[first:], strict=False)
        yield from _blocks(((start + end, line[end:]) for (start, line), end in quoted), depth + 1)


def _quote_end(line: str, inside: int) -> int:
    """Return the end of the quotation marker at the beginning of a line, or 0 if there is none."""
    match = _QUOTE.match(line, 0 if line[:inside].strip() else inside)
    return match.end() if match else 0


def _block(lines: Sequence[_Line]) -> _Block:
    ends = accumulate((len(line) + 1 for _, line in lines), initial=0)
    rows = tuple((end, start, len(line)) for end, (start, line) in zip(ends, lines, strict=False))
    return _Block("".join(f"{line}\n" for _, line in lines), rows)


def _paragraphs(lines: Iterable[_Line]) -> Iterator[list[_Line]]:
    """Yield runs of non-blank lines."""
    for blank, run in groupby(lines, lambda line: not line[1].strip()):
        if not blank:
            yield list(run)


def _without_spans(block: str) -> str:
    """Blank code spans. Backticks open a span, and a run of the same length, or the end of a longer run, closes it."""
    runs = [match.span() for match in _TICKS.finditer(block)]
    lengths: dict[int, list[int]] = {}
    for number, (start, end) in enumerate(runs):
        lengths.setdefault(end - start, []).append(number)
    pieces: list[str] = []
    number = done = 0
    while number < len(runs):
        start, end = runs[number]
        closings = (_next(lengths.get(length, ()), number) for length in range(end - start, 0, -1))
        last = next((found for found in closings if found is not None), None)
        if last is not None:
            pieces += [block[done:start], " " * (runs[last][1] - start)]
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
    return _ESCAPED.sub(r"\1", " ".join(written.split()))


def _defined(blocks: Sequence[_Block]) -> Iterator[tuple[int, str, bool]]:
    """Yield the targets of ``[name]: target`` definitions that the text uses."""
    definitions = [(block, match) for block in blocks if "]:" in block.text for match in _DEFINED.finditer(block.text)]
    if not definitions:
        return
    used = {
        (" ".join(re.split(r"\s+", (match[3] or match[2]).lower())), bool(match[1]))
        for block in blocks
        for match in _USED.finditer(_without_spans(block.text))
    }
    for block, match in definitions:
        name, target = match[1].strip().lower(), match[2].strip("<>")
        yield from ((block.place(match.start()), target, shown) for shown in (False, True) if (name, shown) in used)


def split_reference(target: str) -> tuple[str, str, str]:
    """Return the kind, the id and the fragment of a reference.

    The kind is one of KINDS or LISTS, ``media``, ``address`` (a page of this site), ``fragment``, ``web``, ``mail``, or
    ``unknown`` with the whole target as id. Accents become part of their letters (Unicode NFC), as in ids.
    """
    target = target if target.isascii() else normalize("NFC", target)
    place, hash_, fragment = target.partition("#")
    fragment = hash_ + fragment
    scheme, colon, rest = place.partition(":")
    if colon and scheme in KINDS:
        return scheme, rest, fragment
    if place in LISTS:
        return place, "", fragment
    if not place and fragment:
        return "fragment", "", fragment
    if place.startswith(("media/", "/media/")):
        return "media", place.removeprefix("/"), fragment
    if place.startswith("/") and not place.startswith("//"):
        return "address", place, fragment
    if scheme in {"http", "https"} and rest.startswith("//") and len(rest) > 2:
        return "web", target, ""
    if colon and scheme in {"mailto", "tel"}:
        return "mail", target, ""
    return "unknown", target, ""


def text_fragment(name: str, parts: Iterable[str] = PARTS) -> str:
    """Return the fragment of a heading or id in a text. The *parts* of its page keep their own names."""
    return name if name in parts or name.startswith((PREFIX, ":~:")) else f"{PREFIX}{name}"
