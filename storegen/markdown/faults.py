"""Marks in a Markdown text that visitors would see: HTML, open marks, broken tables, braces without effect."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Literal, NamedTuple, TypeAlias

from storegen.markdown.blocks import FENCE, Leaf, cells_of, is_delimiter, leaves_of, parse_blocks
from storegen.markdown.links import CODE, ESCAPED, SIMPLE_LINK, bare_text, ends_of, open_links
from storegen.references import Reference, split_reference

Kind: TypeAlias = Literal[
    "html", "comment", "code", "link", "stars", "struck", "table", "heading", "braces", "class", "bullet"
]

_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9]*(?::[A-Za-z][\w-]*)?)(?=[\s/>])[^<>]*>")
_ELEMENTS = frozenset(
    "a abbr address article aside audio b big blockquote body br button caption center cite code col colgroup dd del "
    "details div dl dt em embed figcaption figure font footer form h1 h2 h3 h4 h5 h6 head header hr html i iframe img "
    "input ins kbd label li link main mark meta nav object ol option p picture pre q s samp script section select "
    "small source span strike strong style sub summary sup svg table tbody td textarea tfoot th thead time tr tt u ul "
    "var video wbr".split()
)
_WORD = ("o", "w", "v", "m", "st1")  # the prefixes of Microsoft Word's elements

# A text without any of these has no faults. They are quick to look for.
_SUSPECTS = re.compile(r"[<{•‣◦▪]|```|~~|\*\*|^ {0,3}#(?!#)|^ *##+[^#\s]|^=+ *$|^· ?\S", re.MULTILINE)
_PAIR = re.compile(r"\*\*(?![\s*])[^*]+(?<!\s)\*\*(?!\*)")

_STARS = re.compile(r"(?<!\*)\*\*(?:\*(?!\*))?(?!\*)")
_STRUCK = re.compile(r"(?<!~)~~(?!~)")
_APART = re.compile(r"\[[^\[\]\n]+\] +\(([^()\s]+)\)")
_HEADING = re.compile(r"#(?= )|=+ *$")
_CLOSE_HEADING = re.compile(r"\\(#{1,5}#)(?=[^\W\d_])")
_BRACES = re.compile(r"\{:?[ ]*(?=[.#]|[\w-]+=)([^{}\n]*)\}")
_CLASS = re.compile(r"(?:^|\s)\.([A-Za-z][\w-]*)")
_OTHER = re.compile(r"(?:^|\s)(?!lang=)([\w-]+)=")
_BULLET = re.compile(r"[•‣◦▪·] ?(?=\S)")


class Fault(NamedTuple):
    """A fault in a text. *found* is its line and words in that line, *what* the name of the element or class."""

    kind: Kind
    found: Reference
    what: str = ""
    message: str = ""


def find_faults(markdown: str) -> Iterator[Fault]:
    """Yield the faults of a text, without its code. The kinds *html* and *class* have no message."""
    if not _is_suspect(markdown):
        return
    try:
        leaves = list(leaves_of(parse_blocks(markdown)))
    except RecursionError:  # the text is refused when it is rendered
        return
    for leaf in leaves:
        yield from _faults(leaf)


def _is_suspect(text: str) -> bool:
    """Return whether a text may have faults. Most texts have none, and are not taken apart."""
    if "](" in text and len(SIMPLE_LINK.findall(text)) != text.count("]("):
        return True
    if "] (" in text:
        return True
    rest = _PAIR.sub("", text) if "**" in text else text
    return _SUSPECTS.search(rest) is not None or ("|" in text and not _has_even_rows(text))


def _has_even_rows(text: str) -> bool:
    """Return whether every run of lines with bars has equally many bars, and a second row of hyphens."""
    if "`" in text or "\\" in text:
        return False
    bars = rows = 0
    for line in text.split("\n"):
        found = line.count("|")
        if found and rows and (found != bars or (rows == 1 and not is_delimiter(line))):
            return False
        rows, bars = (rows + 1, found) if found else (0, 0)
    return True


def _faults(leaf: Leaf) -> Iterator[Fault]:
    text = bare_text(leaf.text)
    bare = ESCAPED.sub(CODE * 2, text) if "\\" in text else text
    lines = bare.split("\n")
    ends = ends_of(bare)

    def at(place: int) -> Reference:
        line = leaf.lines[bisect_left(ends, place)]
        return Reference(line.text.strip(), line.number)

    yield from _html(leaf, bare, ends)
    for place in open_links(text):
        yield Fault("link", at(place), message="the link has no end; write [words](address)")
    for found in _APART.finditer(bare):
        if split_reference(found[1])[0] != "unknown":
            message = "expected no space between ] and (; write [words](address)"
            yield Fault("link", at(found.start()), message=message)
    parts = _placed_lines(lines) if _is_table(lines) else [(0, bare)]
    for start, part in parts:
        if (stars := _unpaired(_STARS, part)) is not None:
            message = r"** has no end; write **words**, or \*\* to show asterisks"
            yield Fault("stars", at(start + stars), message=message)
        if (struck := _unpaired(_STRUCK, part)) is not None:
            yield Fault(
                "struck", at(start + struck), message=r"~~ has no end; write ~~words~~, or \~\~ to show the signs"
            )
    yield from _line_faults(leaf, text.split("\n"))
    yield from _table_faults(leaf, lines)
    yield from _brace_faults(leaf, lines)


def _placed_lines(lines: list[str]) -> Iterator[tuple[int, str]]:
    """Yield lines with their places in the text."""
    start = 0
    for line in lines:
        yield start, line
        start += len(line) + 1


def _html(leaf: Leaf, bare: str, ends: list[int]) -> Iterator[Fault]:
    """Yield HTML elements, and comments without an end."""
    if "<" not in bare:
        return
    named: set[str] = set()
    for found in _TAG.finditer(bare):
        name = found[1].lower()
        if (name in _ELEMENTS or name.partition(":")[0] in _WORD) and not (found[0][1] == "/" and name in named):
            named.add(name)
            beginning = re.match(r"</?[\w:-]+", found[0])
            target = beginning[0] if beginning else found[0]
            yield Fault("html", Reference(target, leaf.lines[bisect_left(ends, found.start())].number), name)
    if (place := bare.find("<!--")) >= 0:
        number = leaf.lines[bisect_left(ends, place)].number
        yield Fault("comment", Reference("<!--", number), message="the comment has no end; write -->")


def _unpaired(mark: re.Pattern[str], text: str) -> int | None:
    """Return the place of a mark that begins emphasis which has no end."""
    begun: int | None = None
    for found in mark.finditer(text):
        before, behind = text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1]
        if begun is not None:
            begun = None
        elif behind.strip() and not (before.isalnum() or before in {")", "%", "€", "$"}):
            begun = found.start()
    return begun


def _line_faults(leaf: Leaf, lines: list[str]) -> Iterator[Fault]:
    for number, text in enumerate(lines):
        line = leaf.lines[number]
        found = Reference(line.text.strip(), line.number)
        if FENCE.match(line.text):
            fence = "```" if "`" in line.text else "~~~"
            message = f"the code has no end; write {fence} on a line of its own below it"
            yield Fault("code", Reference(fence, line.number), message=message)
        elif _HEADING.match(text) and (number or not text.startswith("=")):
            message = 'the title is already the main heading of the page; write "## words"'
            shown = leaf.lines[number - 1] if text.startswith("=") else line
            yield Fault("heading", Reference(shown.text.strip(), shown.number), message=message)
        elif closed := _CLOSE_HEADING.match(line.text):
            message = f'expected a space after the # signs of a heading; write "{closed[1]} words"'
            yield Fault("heading", Reference(line.text.replace("\\#", "#", 1).strip(), line.number), message=message)
        elif len(lines) > 1 and _BULLET.match(text):
            yield Fault("bullet", found, message=f'"{text[0]}" does not begin a list; write "- words"')


def _is_table(lines: list[str]) -> bool:
    return len(lines) > 1 and "|" in lines[0] and is_delimiter(lines[1])


def _table_faults(leaf: Leaf, lines: list[str]) -> Iterator[Fault]:
    if len(lines) < 2 or "|" not in lines[0]:
        return
    if not is_delimiter(lines[1]):
        if all(line.startswith("|") for line in lines):
            message = "a table needs a second row of hyphens; write | --- | --- | below its first row"
            yield Fault("table", _at(leaf, 0), message=message)
        return
    columns = len(cells_of(leaf.lines[0].text))
    for number, line in enumerate(leaf.lines[1:], 1):
        if (cells := len(cells_of(line.text))) != columns:
            message = f"expected {columns} cells, as in the first row of the table; found {cells}"
            yield Fault("table", _at(leaf, number), message=message)


def _at(leaf: Leaf, number: int) -> Reference:
    return Reference(leaf.lines[number].text.strip(), leaf.lines[number].number)


def _brace_faults(leaf: Leaf, lines: list[str]) -> Iterator[Fault]:
    """Yield classes, and braces in places where they have no effect."""
    for number, line in enumerate(lines):
        for found in _BRACES.finditer(line):
            place = Reference(found[0], leaf.lines[number].number)
            last = number > 0 and number == len(lines) - 1
            if not _has_effect(line[: found.start()], line[found.end() :], last=last):
                message = f'"{found[0]}" has no effect here; write it alone on the last line of a paragraph'
                yield Fault("braces", place, message=message)
                continue
            for other in _OTHER.findall(found[1]):
                message = f'"{other}=" has no effect; braces may contain a class (.name), an id (#name) and lang='
                yield Fault("braces", place, message=message)
            yield from (Fault("class", place, name) for name in _CLASS.findall(found[1]))


def _has_effect(before: str, behind: str, *, last: bool) -> bool:
    """Return whether braces have an effect between these words of a line, the *last* one of a paragraph or not."""
    if not before.strip():
        return last and not behind.strip()
    if before.endswith(" "):
        return (before.startswith("#") and not behind.strip()) or ("|" in before and behind.lstrip().startswith("|"))
    return before[-1] in ")]*`_>~"
