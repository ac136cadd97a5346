"""References inside the shop: ``product:rope-ring``, ``guides``, ``media/chart.pdf``; and finding them in Markdown."""

from __future__ import annotations

import functools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

import msgspec

KINDS = ("product", "category", "guide", "post", "page", "person", "offer")
LISTS = ("home", "guides", "blog", "track")
# Ids that texts make begin so, and no id of a theme does.
PREFIX = "t:"
# The parts of pages that links may name, with ids of the theme's.
PARTS = ("buy", "questions", "reviews")

# What Python-Markdown takes for fences, blocks, indented code, list items, code spans, brackets and definitions.
_FENCE = re.compile(r"(`{3,}|~{3,}) *(?:\{.*\}|\.?[\w#.+-]* *(?:hl_lines=([\"']).*?\2 *)?)")
_INDENTED = re.compile(r" {4}|\t")
_ITEM = re.compile(r" {0,3}(?:[*+-]|\d+\.)\s|\[\^[^\]\n]*\]:")
_TICKS = re.compile(r"(?<!\\)`+")
_SIGN = re.compile(r"\\.|!?\[|[\]()]", re.DOTALL)
_POINTED = re.compile(r"\(\s*<([^<>]*)>")
_TITLE = re.compile(r"""\s*(["'])(?:(?!\1).)*\1\s*\Z""", re.DOTALL)
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()>#+.!-])")
_DEFINED = re.compile(r"^ {0,3}\[(?!\^)([^\[\]\n]*)\]: *\n? *(\S+)", re.MULTILINE)
_USED = re.compile(r"(?<!\\)(!?)\[([^\[\]]*)\](?: ?\[([^\[\]]*)\])?(?!:)")
_END = re.compile("\n")
# Most texts hold nothing that makes a link hard to find: neither code nor escapes, definitions or footnotes.
_INTRICATE = ("`", "\\", "<", "]:", "~~~", "[^", "\n    ", "\t")
_SIMPLE = re.compile(r"\[[^\[\]\n]*\]\(([^()\s<>\"']+)\)")
_LONGEST = 2000


class Reference(msgspec.Struct, frozen=True):
    """A link or picture found in a text; *line* counts from 1."""

    target: str
    line: int
    picture: bool = False


@functools.lru_cache(maxsize=64)  # checks, views and filters ask for the same text one after the other
def find_references(markdown: str) -> tuple[Reference, ...]:
    """Return what a Markdown text links to or shows, outside its code; in time linear to its length."""
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
    blocks = ((start, block) for start, block in _blocks(text) if "](" in block)
    found = [
        each for start, block in blocks for each in _inline(start, _without_spans(block) if "`" in block else block)
    ]
    if "]:" in text:
        found += _defined(text)
    ends = [match.start() for match in _END.finditer(markdown)] if found else []
    return tuple(
        Reference(target, bisect_left(ends, start) + 1, picture) for start, target, picture in sorted(set(found))
    )


def _without_fences(text: str) -> str:
    """Blank fenced code, from its fence to the next line of the same; a fence without an end is none."""
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
    """Return a Markdown text with its code blanked: fenced and indented blocks, and spans."""
    text = _without_fences(markdown) if "```" in markdown or "~~~" in markdown else markdown
    kept = [" "] * len(text)
    for number in (match.start() for match in _END.finditer(text)):
        kept[number] = "\n"
    for start, block in _blocks(text):
        shown = _without_spans(block) if "`" in block else block
        kept[start : start + len(shown)] = shown
    return "".join(kept)


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """Yield the blocks of a text but for indented code, each with its start."""
    inside = 0  # within a list or a footnote, code is indented so much more
    for start, lines in _paragraphs(text):
        if not _INDENTED.match(lines[0]):
            inside = 4 if _ITEM.match(lines[0]) else 0
        elif all(_INDENTED.match(line.expandtabs(4), inside) for line in lines):
            continue
        yield start, "".join(lines)


def _paragraphs(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield runs of lines that are not blank, each with its start."""
    start, lines = 0, list[str]()
    for line in text.split("\n"):
        if line.strip():
            lines.append(f"{line}\n")
            continue
        if lines:
            yield start, lines
        start += sum(map(len, lines)) + len(line) + 1
        lines = []
    if lines:
        yield start, lines


def _without_spans(block: str) -> str:
    """Blank what stands between runs of backticks; a run is closed by one as long as itself, or as its end."""
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
    """Return the first of some rising numbers that is larger than one."""
    place = bisect_right(numbers, number)
    return numbers[place] if place < len(numbers) else None


def _inline(offset: int, block: str) -> Iterator[tuple[int, str, bool]]:
    """Yield (start, target, whether it is a picture); a link in the words of another one is none."""
    words, ends = _pairs(block)
    last = -1
    for start, end in sorted(words.items()):
        picture = block[start] == "!"
        target = _target(block, end + 1, ends.get(end + 1, 0))
        if target is not None and (picture or start > last):
            yield offset + start, target, picture
            last = last if picture else end


def _pairs(block: str) -> tuple[dict[int, int], dict[int, int]]:
    """Return where brackets close, by where they open: square ones with their ``!``, and round ones."""
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


def _target(block: str, start: int, end: int) -> str | None:
    """Return where the link leads whose bracket opens at *start* and closes at *end*; None where none does."""
    if not block.startswith("(", start):
        return None
    if pointed := _POINTED.match(block, start, start + _LONGEST):
        return pointed[1].strip()
    if not start < end < start + _LONGEST:
        return None
    inside = _TITLE.sub("", block[start + 1 : end])
    return _ESCAPED.sub(r"\1", " ".join(inside.split()))


def _defined(text: str) -> Iterator[tuple[int, str, bool]]:
    """Yield the targets of ``[name]: target`` lines that something in the text uses."""
    definitions = [(match.start(), match[1].lower(), match[2].strip("<>")) for match in _DEFINED.finditer(text)]
    used = {((match[3] or match[2]).lower(), bool(match[1])) for match in _USED.finditer(text)} if definitions else ()
    for start, name, target in definitions:
        yield from ((start, target, picture) for picture in (False, True) if (name, picture) in used)


def split_reference(target: str) -> tuple[str, str, str]:
    """Return the kind, the id and the fragment of a reference.

    The kind is one of KINDS or LISTS, ``media``, ``address`` (a place on this site), ``fragment``, ``web``, ``mail``,
    or ``unknown`` with the whole target as id.
    """
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
    """Return the fragment that leads to what a text calls *name*; the *parts* of its page keep their own names."""
    return name if name in parts or name.startswith((PREFIX, ":~:")) else f"{PREFIX}{name}"
