"""Convert a product's description from HTML to clean Markdown with headings from ``##`` on."""

from __future__ import annotations

import html
import re
from collections import Counter

import msgspec
from bs4 import BeautifulSoup
from bs4.element import Tag

from storegen.importers.blocks import HEADINGS, Setting, blocks_of
from storegen.importers.cells import as_words, legible
from storegen.importers.cleaning import ATTRIBUTE, cleaned, without_shortcodes
from storegen.importers.inline import Manner, escaped

_TAG = re.compile(r"<[a-zA-Z/!?]")
_SHORT = 300
_DEEPEST = 150


class Body(msgspec.Struct, frozen=True):
    """A description in Markdown, the omitted content (empty if none), and the number of dropped attributes.

    Attributes (class, style, data-…) contain no text. There are many of them, so they are only counted.
    """

    text: str
    left_out: str = ""
    attributes: int = 0


def as_markdown(text: str, *, line_ends: bool = False) -> Body:
    """Convert a description to Markdown that shows the same text.

    With *line_ends*, text is read as in WordPress: a blank line separates paragraphs, a line end is a line break, and
    shortcodes are removed. Blank lines and line ends also count in a text without any tag.
    """
    gone: Counter[str] = Counter()
    if line_ends:
        text, gone = without_shortcodes(text)
    lines_count = line_ends or not _TAG.search(text)
    soup, dropped = cleaned(text)
    attributes = dropped.pop(ATTRIBUTE, 0)
    gone += dropped
    try:
        _check_depth(soup)
        setting = Setting(Manner(lines_count, gone), _levels(soup))
        made = "\n\n".join(_without_rules(list(blocks_of(soup, setting))))
    except RecursionError:
        gone["all markup, because it is nested too deeply"] += 1
        made = escaped(as_words(soup.get_text(" ")))
    return Body(legible(made), _sentence(gone), attributes)


def _check_depth(soup: BeautifulSoup) -> None:
    """Raise RecursionError for deeply nested elements, before the conversion becomes slow or fails."""
    depths = {id(soup): 0}
    for tag in soup.find_all(name=True):
        depths[id(tag)] = depths[id(tag.parent)] + 1
    if max(depths.values()) > _DEEPEST:
        raise RecursionError


def as_summary(text: str) -> str:
    """Return the text in Markdown if it is short and one plain paragraph, else an empty string."""
    if re.search(r"<(?:[uo]l|table|img|h[1-6]|iframe|pre|video)\b", text, re.IGNORECASE):
        return ""
    words = html.unescape(re.sub(r"<[^<>]*>", " ", text)).strip() if _TAG.search(text) else html.unescape(text).strip()
    words = legible(words)
    line = re.sub(r"\s+([.,;:!?])", r"\1", as_words(words)) if _TAG.search(text) else as_words(words)
    plain = len(line) <= _SHORT and "\n\n" not in words and "[" not in line
    return as_markdown(html.escape(line)).text if plain else ""


def _levels(soup: BeautifulSoup) -> dict[str, int]:
    """Return the new level of each heading level in use: the highest becomes 2, the next 3, and so on."""
    used = sorted({tag.name for tag in soup.find_all(HEADINGS) if isinstance(tag, Tag) and tag.get_text().strip()})
    return {name: used.index(name) + 2 if name in used else 6 for name in HEADINGS}


def _without_rules(blocks: list[str]) -> list[str]:
    """Return blocks without rules at the beginning and the end."""
    while blocks and blocks[0] == "---":
        del blocks[0]
    while blocks and blocks[-1] == "---":
        del blocks[-1]
    return blocks


def _sentence(gone: Counter[str]) -> str:
    return ", ".join(f"{count} × {what}" if count > 1 else what for what, count in sorted(gone.items()))
