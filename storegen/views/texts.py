"""Texts with everything that they refer to found for them."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from storegen.model.picture import Image
from storegen.references import find_references, split_reference
from storegen.views.pictures import picture
from storegen.views.shapes import Card, Picture, ProseSection, Text
from storegen.views.shop import Shop

if TYPE_CHECKING:
    from storegen.views.shelf import Shelf

_HEADING = re.compile(r"^## +(.+?)\s*#*\s*$", re.MULTILINE)
_FENCE = re.compile(r"^(`{3,}|~{3,}).*?(?:^\1|\Z)", re.DOTALL | re.MULTILINE)
# Letters of scripts that don't part their words by spaces; compiled when a text is met that may hold some.
_UNPARTED = r"[\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u4e00-\u9fff\uac00-\ud7af\u0e00-\u0e7f]"
# Signs that a backslash makes text; attributes, emphasis, headings, quotations; of links and pictures all but words.
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()>#+.!|-])")
# Each begins with a sign of the first line: at all other places the rest isn't tried.
_MARKS = re.compile(
    r"(?=[\\{*`_# >\]!\[])"
    rf"(?:{_ESCAPED.pattern}"
    r"|\{[.#:][^}]*\}|[*`]|(?<![^\W_])_+|_+(?![^\W_])|^ *(?:#{1,6} |> ?)+|\]\([^)]*\)|!?\[)",
    re.MULTILINE,
)
WORDS_A_MINUTE = 200
SIGNS_A_MINUTE = 500


def text_of(shop: Shop, shelf: Shelf | None, markdown: str, *, language: str = "") -> Text | None:
    """Return Markdown with the addresses, pictures and cards that it needs; None where there is none."""
    if not markdown.strip():
        return None
    links: dict[str, str] = {}
    pictures: dict[str, Picture] = {}
    cards: dict[str, Card] = {}
    for found in find_references(markdown):
        kind, name, _ = split_reference(found.target)
        if found.picture and kind == "product" and shelf is not None:
            cards[found.target] = shelf.card(name)
        elif found.picture and kind == "media":
            shown = picture(shop, Image(file=name))
            if shown is not None:
                pictures[found.target] = shown
        elif kind not in {"web", "mail", "fragment", "unknown"}:
            links[found.target] = shop.target(found.target)
    return Text(source=markdown, links=links, pictures=pictures, cards=cards, language=language)


def embedded(markdown: str) -> tuple[str, ...]:
    """Return the ids of the products that a text shows or links to, in their order."""
    found = (split_reference(reference.target) for reference in find_references(markdown))
    return tuple(dict.fromkeys(name for kind, name, _ in found if kind == "product"))


def sections_of(
    shop: Shop, shelf: Shelf, markdown: str, *, language: str
) -> tuple[Text | None, tuple[ProseSection, ...]]:
    """Split a description at its second-level headings; returns what stands before the first, and the sections."""
    fenced = "```" in markdown or "~~~" in markdown
    hidden = _FENCE.sub(lambda match: re.sub(r"[^\n]", "x", match[0]), markdown) if fenced else markdown
    marks = list(_HEADING.finditer(hidden)) if "## " in hidden else []
    lead = markdown[: marks[0].start()] if marks else markdown
    ends = [mark.start() for mark in marks[1:]] + [len(markdown)]
    sections = []
    for mark, end in zip(marks, ends, strict=False):
        text = text_of(shop, shelf, markdown[mark.end() : end], language=language)
        if text is not None:
            sections.append(ProseSection(title=mark[1], text=text))
    return text_of(shop, shelf, lead, language=language), tuple(sections)


def one_line(text: str, limit: int = 160) -> str:
    """Return a description without its Markdown, of at most *limit* characters, cut at a word."""
    line = " ".join(html.unescape(_MARKS.sub(r"\1", text)).split())
    return line if len(line) <= limit else line[: limit - 2].rsplit(" ", 1)[0] + " …"


def minutes_of(markdown: str) -> int:
    """Return how long a text takes to read: 200 words a minute, or 500 signs where words aren't parted by spaces."""
    words = markdown.count(" ") + markdown.count("\n")
    signs = 0 if markdown.isascii() else len(re.findall(_UNPARTED, markdown))
    return max(1, round(signs / SIGNS_A_MINUTE if signs > 2 * words else words / WORDS_A_MINUTE))
