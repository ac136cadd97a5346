"""The text of a mail for readers without HTML, made from the same rendered mail."""

from __future__ import annotations

import itertools
import re
import textwrap
import unicodedata
from collections.abc import Iterator

import bs4
from bs4.element import NavigableString, PageElement

WIDTH = 72
# Classes of the theme's template: parts that only the HTML has, and parts without blank lines within them.
_HTML_ONLY, _TOGETHER = "mail__html-only", "mail__together"
_SPACES = re.compile(r"[ \t\r\n]+")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = frozenset(("p", "div", "ul", "ol", "li", "blockquote", "table", "tr", "hr", "pre", *_HEADINGS))


def mail_text(soup: bs4.BeautifulSoup) -> str:
    """Return the text of a mail: headings underlined, and below each paragraph its links as ``words: address``."""
    root = soup.find("div")
    assert isinstance(root, bs4.Tag)
    for element in root.find_all(class_=_HTML_ONLY):
        element.decompose()
    for element in root.find_all(class_=_TOGETHER):
        _drop_repeated(element)
    return "\n\n".join(block for block in _blocks(root) if block.strip()).strip() + "\n"


def _drop_repeated(part: bs4.Tag) -> None:
    """Remove the address of a link that the next link has too, such as those of a product's picture and name."""
    for one, other in itertools.pairwise(part.find_all("a")):
        if one.get("href") == other.get("href"):
            del one["href"]


def _blocks(element: bs4.Tag) -> Iterator[str]:
    """Yield the blocks of text in an element."""
    if element.name in _HEADINGS:
        words = _words(element, [])
        yield f"{words}\n{('=' if element.name == 'h1' else '-') * min(_columns(words), WIDTH)}"
    elif element.name == "hr":
        yield "-" * 20
    elif element.name in {"ul", "ol"}:
        yield "\n".join(_items(element))
    elif element.name == "blockquote":
        yield from (textwrap.indent(block, "> ") for block in _inner(element))
    elif element.name == "table":
        yield "\n".join(" | ".join(_words(cell, []) for cell in row.find_all(["th", "td"])) for row in _rows(element))
    elif _TOGETHER in (element.get("class") or ()):
        yield "\n".join(block for block in _inner(element) if block.strip())
    elif any(child.name in _BLOCKS for child in element.find_all(name=True)):
        yield from _inner(element)
    else:
        yield _paragraph(element, WIDTH)


def _rows(table: bs4.Tag) -> list[bs4.Tag]:
    return list(table.find_all("tr"))


def _inner(element: bs4.Tag) -> Iterator[str]:
    for child in element.children:
        if isinstance(child, bs4.Tag):
            yield from _blocks(child)
        elif type(child) is NavigableString and child.strip():
            yield _wrapped(_plain(child).strip(), WIDTH)


def _items(element: bs4.Tag) -> Iterator[str]:
    start = int(str(element.get("start") or 1))
    for number, item in enumerate(element.find_all("li", recursive=False), start):
        sign = f"{number}. " if element.name == "ol" else "- "
        yield sign + _paragraph(item, WIDTH - len(sign)).replace("\n", f"\n{' ' * len(sign)}")


def _paragraph(element: bs4.Tag, width: int) -> str:
    """Return the words of a paragraph, and below them its links. Of a link that stands alone, return only the link."""
    links: list[tuple[str, str]] = []
    words = _words(element, links)
    lines = [f"{name}: {address}" for name, address in links]
    alone = len(links) == 1 and links[0][0] == words
    return "\n".join(lines if alone else [_wrapped(words, width), *lines])


def _words(element: bs4.Tag, links: list[tuple[str, str]]) -> str:
    """Return the words of an element. Its links are added to *links* as (words, address)."""
    text = "".join(_part(child, links) for child in element.children)
    return "\n".join(filter(None, (line.strip(" ") for line in text.split("\n"))))


def _part(child: PageElement, links: list[tuple[str, str]]) -> str:
    if type(child) is NavigableString:
        return _plain(child)
    if not isinstance(child, bs4.Tag) or child.name == "img":
        return ""
    if child.name == "br":
        return "\n"
    words = _words(child, links)
    address = _address(str(child.get("href", ""))) if child.name == "a" else ""
    if address and words and address != words:
        links.append((words, address))
    spaces = child.get_text()
    return f"{' ' * spaces[:1].isspace()}{words}{' ' * spaces[-1:].isspace()}"


def _address(href: str) -> str:
    """Return the target of a link as a reader types it."""
    if href.startswith(("mailto:", "tel:")):
        return href.partition(":")[2].partition("?")[0]
    return href


def _plain(text: str) -> str:
    return _SPACES.sub(" ", text)


def _wrapped(text: str, width: int) -> str:
    """Return a text with lines of at most *width* letters. Long words stay whole."""
    lines = (textwrap.fill(line, width, break_long_words=False, break_on_hyphens=False) for line in text.split("\n"))
    return "\n".join(lines)


def _columns(text: str) -> int:
    """Return the width of a text in letters of the Latin alphabet."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
