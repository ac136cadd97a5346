"""The sections of a text: its parts between second-level headings."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from storegen.markdown.blocks import DEFINITION, Block, Footnote, Leaf, heading_words, parse_blocks
from storegen.markdown.plain_text import plain_line

_SIMPLE = re.compile(r"^##( .*[^\s#].*)$\n?", re.MULTILINE)
# Text that may contain a line that only looks like a heading, or a definition. Most texts contain none of these.
_INTRICATE = re.compile(r"```|~~~|<!--|\]:|[\t\r>]|^ *(?:[-+*]|[0-9]+[.)]) +#|^ +#", re.MULTILINE)
_ATTRIBUTES = re.compile(r"\{:? *[.#][^{}]*\}$")
_USED = re.compile(r"\[([^\[\]\n]+)\](?!:)")


class Section(NamedTuple):
    """The heading of a section in plain text, and the Markdown below it. The first section has no heading."""

    heading: str
    text: str


def sections_of(markdown: str) -> tuple[Section, ...]:
    """Return the text before the first second-level heading, and each section.

    Footnotes and definitions of links, which usually stand at the end, are repeated in each section that uses them.
    """
    if "## " not in markdown:
        return (Section("", markdown),)
    if not _INTRICATE.search(markdown):
        lead, *rest = _SIMPLE.split(markdown)
        pairs = zip(rest[::2], rest[1::2], strict=True)
        return (Section("", lead), *(Section(_title(heading_words(words)), text) for words, text in pairs))
    try:
        blocks = parse_blocks(markdown)
    except RecursionError:  # the text is refused when it is rendered
        return (Section("", markdown),)
    lines = ["", *markdown.replace("\r\n", "\n").split("\n")]
    leaves = [block for block in blocks if isinstance(block, Leaf)]
    headings = {leaf.lines[0].number: leaf.text[3:] for leaf in leaves if re.match("## .", leaf.text)}
    parts: list[tuple[str, list[int]]] = [("", [])]
    for number in range(1, len(lines)):
        if number in headings:
            parts.append((_title(headings[number]), []))
        else:
            parts[-1][1].append(number)
    definitions = _definitions(blocks) if "]:" in markdown else {}
    return tuple(Section(heading, _text(lines, numbers, definitions)) for heading, numbers in parts)


def _title(words: str) -> str:
    """Return the plain words of a heading's Markdown, without its attributes."""
    return plain_line(_ATTRIBUTES.sub("", words))


def _definitions(blocks: Sequence[Block]) -> Mapping[str, list[range]]:
    """Return the names of footnotes, such as ``^1``, and of links, each with the lines of its definitions."""
    found: dict[str, list[range]] = {}
    for block in blocks:
        match block:
            case Footnote():
                numbers = range(block.lines[0].number, block.lines[-1].number + 1)
                found.setdefault(f"^{block.name}".casefold(), []).append(numbers)
            case Leaf():
                for line in block.lines:
                    if name := DEFINITION.match(line.text):
                        found.setdefault(name[1].casefold(), []).append(range(line.number, line.number + 1))
    return found


def _text(lines: Sequence[str], numbers: Sequence[int], definitions: Mapping[str, Sequence[range]]) -> str:
    """Return lines as a text with the definitions that it uses. One of its own comes before that of another section."""
    if not definitions:
        return "\n".join([lines[number] for number in numbers])
    here = set(numbers)
    used = {name.casefold() for number in numbers for name in _USED.findall(lines[number])}
    own = {name for name, places in definitions.items() if any(place.start in here for place in places)}
    cut = {number for name in own - used for place in definitions[name] for number in place}
    kept = "\n".join([lines[number] for number in numbers if number not in cut])
    added = [definitions[name][0] for name in definitions if name in used - own]
    return "\n\n".join((kept, *("\n".join([lines[number] for number in place]) for place in added)))
