"""The block structure of a Markdown text: quotations, lists, code, footnotes and the text between them.

The rules are those of CommonMark 0.31.2 (spec.commonmark.org) and of GitHub's tables and footnotes, with differences
where merchants mean a list: two spaces nest an item in a numbered item, an item below a sentence may be indented, and
``1.`` below a sentence begins a list only if ``2.`` follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeAlias

DEEPEST = 80  # containers within containers; Python's recursion limit allows about twice as many
_TAB = 4
_CODE = 4  # columns of indentation that make code

_BREAK = re.compile(r" {0,3}(?:(?:-[ \t]*){3,}|(?:_[ \t]*){3,}|(?:\*[ \t]*){3,})$")
FENCE = re.compile(r" {0,3}(?:(`{3,})([^`]*)|(~{3,})(.*))$")
_CLOSING = re.compile(r" {0,3}(`{3,}|~{3,}) *$")
_QUOTE = re.compile(r" {0,3}> ?")
_MARKER = re.compile(r"( *)([-+*]|[0-9]{1,9}[.)])(?=( *))(?: |$)")
_HEADING = re.compile(r" {0,3}(#{1,6})( .*)?$")
_UNDERLINE = re.compile(r" {0,3}(?:-+|=+) *$")
_HASHES = re.compile(r"(?<= )#+ *$")
_LAST_HASH = re.compile(r"(?<![\\#])#+$")
_NO_HEADING = re.compile(r" {0,3}#+[^ #]| {0,3}#{7}")
_FOOTNOTE = re.compile(r" {0,3}\[\^([^\]\n]*)\]: *")
DEFINITION = re.compile(r" {0,3}\[(?!\^)([^\[\]\n]+)\]: *\S")
_COMMENT = re.compile(r" {0,3}<!--")
_DELIMITERS = re.compile(r"[ |:-]*-[ |:-]*$")
_CELL_ENDS = re.compile(r"\\.|(`+)(?!`).+?(?<!`)\1(?!`)|(\|)")
_LANGUAGE = re.compile(r"[\w#+-][\w#.+-]*")


class Line(NamedTuple):
    """A line with its number in the whole text, from 1."""

    number: int
    text: str


class Leaf(NamedTuple):
    """Lines of text: paragraphs, headings, rules, a table, definitions of links."""

    lines: tuple[Line, ...]
    spaced: bool = False

    @property
    def text(self) -> str:
        """The lines as one text."""
        return "\n".join([line.text for line in self.lines])


class Code(NamedTuple):
    """A block of code, fenced or indented."""

    text: str
    language: str = ""
    spaced: bool = False


class Quote(NamedTuple):
    """A quotation."""

    blocks: tuple[Block, ...]
    spaced: bool = False


class Listing(NamedTuple):
    """A list. *start* is the first number, None for bullets. The items of a *loose* list contain paragraphs."""

    items: tuple[tuple[Block, ...], ...]
    start: int | None
    loose: bool
    spaced: bool = False


class Footnote(NamedTuple):
    """The definition of a footnote. *text* is its Markdown, without its indentation."""

    name: str
    lines: tuple[Line, ...]
    spaced: bool = False

    @property
    def text(self) -> str:
        """The lines as one text."""
        return "\n".join([line.text for line in self.lines])


# In each kind of block, *spaced* tells whether a blank line is before it.
Block: TypeAlias = Leaf | Code | Quote | Listing | Footnote


def parse_blocks(markdown: str) -> tuple[Block, ...]:
    """Return the blocks of a text. The time is linear in its length.

    Raises RecursionError if more than `DEEPEST` lists and quotations are in each other.
    """
    text = markdown.replace("\r\n", "\n").replace("\r", "\n")
    lines = (text.expandtabs(_TAB) if "\t" in text else text).split("\n")
    return _parse([Line(number, line if line.strip(" ") else "") for number, line in enumerate(lines, 1)], 0)


def leaves_of(blocks: Sequence[Block], depth: int = 0) -> Iterator[Leaf]:
    """Yield the lines of text in blocks and in the blocks within them, also in footnotes. Code is left out."""
    for block in blocks:
        match block:
            case Leaf():
                yield block
            case Quote():
                yield from leaves_of(block.blocks, depth + 1)
            case Listing():
                for item in block.items:
                    yield from leaves_of(item, depth + 1)
            case Footnote():
                yield from leaves_of(_parse(block.lines, depth + 1), depth + 1)


def cells_of(row: str) -> list[str]:
    """Return the cells of a table's row. A bar that is escaped or in code separates nothing."""
    row = row.strip(" ")
    row = row.removeprefix("|")
    ends = [found.start() for found in _CELL_ENDS.finditer(row) if found[2]]
    if ends and ends[-1] == len(row) - 1:
        row = row[: ends.pop()]
    starts = [0, *(end + 1 for end in ends)]
    return [row[start:end].strip(" ") for start, end in zip(starts, [*ends, len(row)], strict=True)]


def heading_words(written: str) -> str:
    """Return the words of a heading. *written* is the text after the opening ``#`` signs; closing signs are removed.

    In ``F#``, the sign belongs to the word.
    """
    return _HASHES.sub("", written).strip(" ")


def is_delimiter(row: str) -> bool:
    """Return whether a line may be the second row of a table, with a hyphen or more for each column."""
    return "|" in row and _DELIMITERS.match(row) is not None


def _parse(lines: Sequence[Line], depth: int, *, item: bool = False) -> tuple[Block, ...]:
    if depth > DEEPEST:
        raise RecursionError
    return tuple(_Level(lines, depth, item=item).blocks())


class _Level:
    """The lines of one container, such as a list's *item*, read from the top to the bottom."""

    def __init__(self, lines: Sequence[Line], depth: int, *, item: bool) -> None:
        self.lines, self.depth, self.item, self.at = list(lines), depth, item, 0
        self.spaced = False
        self.last_end = max((at for at, line in enumerate(lines) if "-->" in line.text), default=-1)
        self.closings: dict[str, list[int]] | None = None

    def blocks(self) -> Iterator[Block]:
        """Yield the blocks."""
        while self.at < len(self.lines):
            text = self.lines[self.at].text
            if not text:
                self.spaced = True
                self.at += 1
                continue
            spaced, self.spaced = self.spaced, False
            if (block := self._block(text)) is not None:
                yield block._replace(spaced=spaced)
            else:
                self.spaced = spaced

    def _block(self, text: str) -> Block | None:
        """Read the next block. Return None for a comment."""
        if text.startswith(" " * _CODE):
            return self._indented()
        if (end := self._fence_end(self.at)) is not None:
            return self._fenced(end)
        if _QUOTE.match(text):
            return self._quote()
        if _marker(text):
            return self._list()
        if found := _FOOTNOTE.match(text):
            return self._footnote(found)
        if (comment := self._comment_end(self.at)) is not None:
            self._comment(comment)
            return None
        return self._leaf()

    def _indented(self) -> Code:
        """Read indented code, without the blank lines at its end."""
        first = last = self.at
        for at in range(first, len(self.lines)):
            if self.lines[at].text.startswith(" " * _CODE):
                last = at
            elif self.lines[at].text:
                break
        self.at = last + 1
        return Code("\n".join([line.text[_CODE:] for line in self.lines[first : self.at]]))

    def _fence_end(self, at: int) -> int | None:
        """Return the line that closes a fence, None if the line opens no fence or it is never closed."""
        found = FENCE.match(self.lines[at].text)
        if found is None:
            return None
        fence = found[1] or found[3]
        if self.closings is None:
            self.closings = _closings(self.lines)
        longest = self.closings[fence[0]]
        if at + 1 >= len(longest) or longest[at + 1] < len(fence):
            return None
        end = at + 1
        while not _closes(self.lines[end].text, fence):
            end += 1
        return end

    def _fenced(self, end: int) -> Code:
        found = FENCE.match(self.lines[self.at].text)
        assert found is not None
        language = _LANGUAGE.search(found[2] or found[4] or "")
        margin = len(found[0]) - len(found[0].lstrip(" "))
        inside = self.lines[self.at + 1 : end]
        self.at = end + 1
        return Code("\n".join([_dedented(line.text, margin) for line in inside]), language[0] if language else "")

    def _quote(self) -> Quote:
        inside: list[Line] = []
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if found := _QUOTE.match(line.text):
                inside.append(Line(line.number, line.text[found.end() :]))
            elif line.text and _continues(inside[-1].text, line.text):
                inside.append(line)
            else:
                break
            self.at += 1
        return Quote(
            _parse([Line(line.number, line.text if line.text.strip(" ") else "") for line in inside], self.depth + 1)
        )

    def _list(self) -> Listing:
        items: list[tuple[Block, ...]] = []
        loose = spaced = False
        numbered: bool | None = None
        start: int | None = None
        while self.at < len(self.lines):
            found = _marker(self.lines[self.at].text, empty=bool(items))
            if found is None or (numbered is not None and found.numbered != numbered):
                break
            if numbered is None:
                numbered, start = found.numbered, found.number
            inside, spaces = self._item(found)
            content = _parse(inside, self.depth + 1, item=True)
            loose |= spaced or any(block.spaced for block in content[1:])
            items.append(content)
            spaced = spaces
        if spaced:
            self.spaced = True
        return Listing(tuple(items), start, loose)

    def _item(self, marker: _Marker) -> tuple[list[Line], bool]:
        """Read the lines of an item. Return them, and whether blank lines follow."""
        line = self.lines[self.at]
        inside = [Line(line.number, line.text[marker.content :])]
        self.at += 1
        blanks: list[Line] = []
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if not line.text:
                blanks.append(line)
                self.at += 1
                continue
            indent = len(line.text) - len(line.text.lstrip(" "))
            if not _belongs(marker, line.text, indent) and (blanks or not _continues(inside[-1].text, line.text)):
                break
            inside += blanks
            blanks = []
            inside.append(Line(line.number, line.text[min(indent, marker.content) :]))
            self.at += 1
        return inside, bool(blanks)

    def _footnote(self, found: re.Match[str]) -> Footnote:
        line = self.lines[self.at]
        inside = [Line(line.number, line.text[found.end() :])]
        self.at += 1
        blanks: list[Line] = []
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if not line.text:
                blanks.append(line)
            elif line.text.startswith("  ") or (
                not blanks and not DEFINITION.match(line.text) and _continues(inside[-1].text, line.text)
            ):
                inside += blanks
                blanks = []
                inside.append(Line(line.number, _dedented(line.text, _CODE)))
            else:
                break
            self.at += 1
        self.spaced = bool(blanks)
        return Footnote(found[1], tuple(inside))

    def _comment_end(self, at: int) -> tuple[int, str] | None:
        """Return the line where a comment ends that begins a line, and the words after it. None if there is none."""
        if not _COMMENT.match(self.lines[at].text):
            return None
        start = self.lines[at].text.index("<!--") + 4
        for line in range(at, self.last_end + 1):
            _, end, behind = self.lines[line].text[start:].partition("-->")
            if end:
                return line, behind.strip(" ")
            start = 0
        return None

    def _comment(self, end: tuple[int, str]) -> None:
        """Skip a comment. The words after it begin a new block."""
        self.at, behind = end
        self.lines[self.at] = Line(self.lines[self.at].number, behind)
        self.at += not behind

    def _leaf(self) -> Leaf:
        """Read a heading, a rule, a table, or lines of text up to a line that begins another block."""
        first = self.at
        table = self._is_head(first)
        self.at += 1 + table
        if not (_HEADING.match(self.lines[first].text) or _BREAK.match(self.lines[first].text)):
            while self.at < len(self.lines) and (text := self.lines[self.at].text):
                if self._begins(text, table=table):
                    break
                self.at += 1
                if _UNDERLINE.match(text):
                    break
        return Leaf(tuple([Line(line.number, _leaf_text(line.text)) for line in self.lines[first : self.at]]))

    def _begins(self, text: str, *, table: bool) -> bool:
        """Return whether a line directly below text begins another block."""
        if _QUOTE.match(text) or _FOOTNOTE.match(text) or self._fence_end(self.at) is not None:
            return True
        if _HEADING.match(text) or (table and _BREAK.match(text)) or (not table and self._is_head(self.at)):
            return True
        if self._comment_end(self.at) is not None:
            return True
        found = _marker(text, anywhere=True)
        return found is not None and (found.number is None or table or self._counts(found))

    def _counts(self, marker: _Marker) -> bool:
        """Return whether a numbered item below text begins a list: its number is 1, and it is indented or 2 follows."""
        if marker.number != 1 or self.item:
            return marker.number == 1
        blank = False
        for line in self.lines[self.at + 1 :]:
            if not line.text:
                blank = True
                continue
            found = _marker(line.text, anywhere=True)
            if found and found.numbered and found.indent <= marker.indent:
                return found.number == 2
            if blank and not line.text.startswith(" " * (marker.indent + 2)):
                return False
        return False

    def _is_head(self, at: int) -> bool:
        """Return whether a line is the first row of a table."""
        if at + 1 >= len(self.lines) or "|" not in self.lines[at].text or not is_delimiter(self.lines[at + 1].text):
            return False
        return len(cells_of(self.lines[at].text)) == len(cells_of(self.lines[at + 1].text))


class _Marker(NamedTuple):
    """The marker of an item: its column, that of the item's text, and its number."""

    indent: int
    content: int
    number: int | None

    @property
    def numbered(self) -> bool:
        return self.number is not None


def _marker(text: str, *, empty: bool = False, anywhere: bool = False) -> _Marker | None:
    """Return the marker at the beginning of a line. An *empty* item has no text. Its column may be *anywhere*."""
    found = _MARKER.match(text)
    if found is None or _BREAK.match(text):
        return None
    indent, end, spaces = len(found[1]), found.end(2), len(found[3])
    if (indent >= _CODE and not anywhere) or (end + spaces == len(text) and not empty):
        return None
    content = end + (spaces if 1 <= spaces <= _CODE else 1)
    return _Marker(indent, content, int(found[2][:-1]) if len(found[2]) > 1 else None)


def _belongs(marker: _Marker, text: str, indent: int) -> bool:
    """Return whether a line with this indentation belongs to an item."""
    if indent >= marker.content:
        return True
    if indent < marker.indent + 2:
        return False
    found = _marker(text, empty=True, anywhere=True)
    return found is None or found.numbered != marker.numbered or found.number == 1


def _continues(last: str, text: str) -> bool:
    """Return whether a line continues the paragraph of a container without the container's marker."""
    if not last or _HEADING.match(last) or _BREAK.match(last) or _CLOSING.match(last):
        return False
    starts = (_QUOTE, _HEADING, _BREAK, FENCE, _FOOTNOTE)
    return not (any(start.match(text) for start in starts) or _marker(text, empty=True))


def _closings(lines: Sequence[Line]) -> dict[str, list[int]]:
    """Return, for each line, the length of the longest closing fence from there on, for both kinds of fences."""
    longest = {sign: [0] * len(lines) for sign in "`~"}
    so_far = {"`": 0, "~": 0}
    for at in range(len(lines) - 1, -1, -1):
        if found := _CLOSING.match(lines[at].text):
            sign = found[1][0]
            so_far[sign] = max(so_far[sign], len(found[1]))
        for sign, most in so_far.items():
            longest[sign][at] = most
    return longest


def _closes(text: str, fence: str) -> bool:
    found = _CLOSING.match(text)
    return found is not None and found[1].startswith(fence)


def _dedented(text: str, most: int) -> str:
    return text[min(len(text) - len(text.lstrip(" ")), most) :]


def _leaf_text(text: str) -> str:
    """Return a line as Python-Markdown expects it: a heading at the margin, other hashes escaped, a short rule."""
    if "#" in text:
        if found := _HEADING.match(text):
            return f"{found[1]} {_LAST_HASH.sub(_escaped, heading_words(found[2] or ''))}"
        return text.replace("#", "\\#", 1) if _NO_HEADING.match(text) else text
    return "* * *" if _BREAK.match(text) and " " in text.strip(" ") else text


def _escaped(found: re.Match[str]) -> str:
    return found[0].replace("#", "\\#")
