"""Convert Markdown to plain text: the words that a reader of its HTML sees."""

from __future__ import annotations

import functools
import html
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple, TypeVar

from storegen.errors import StoregenError
from storegen.markdown.convert import Converter
from storegen.markdown.sources import NamedPage, ResponsivePicture, Source

T = TypeVar("T")

# A text without any of these is already plain text, if no line begins with a mark.
_MARKS = re.compile(r"[*_`\[\]\\<&#|~{\n\t\r\x02\x03]")
_START = re.compile(r"\s*(?:[-+=>]|[0-9]+[.)]|    )")
_FOOTNOTE = re.compile(r'<sup id="fnref[^>]*><a [^>]*>[^<]*</a></sup>')
_FOOTNOTES = '<div class="footnote">'
_BLOCK = re.compile(
    r"</?(?:p|div|h[1-6]|ul|ol|li|blockquote|pre|hr|br|table|thead|tbody|tr|th|td|figure|figcaption|product-card)\b[^>]*>"
)
_TAG = re.compile(r"<[^>]*>")
_BLANKS = re.compile(r"[ \t\r\n]+")  # other spaces, such as one that must not break, stay


def plain_text(markdown: str) -> str:
    """Return the words of a text on one line, without footnotes. A text that can't be rendered is returned as it is."""
    if not _MARKS.search(markdown) and not _START.match(markdown):
        return markdown.strip() if "  " not in markdown else _BLANKS.sub(" ", markdown).strip()
    try:
        made = _converter().convert(Source(markdown.rstrip(), _LINKS, _PICTURES, _CARDS)).html
    except StoregenError:  # the page of the text reports it
        return _BLANKS.sub(" ", markdown).strip()
    return _words(made)


@functools.lru_cache(maxsize=64)  # every variant of a product has the same summary
def plain_line(markdown: str) -> str:
    """Return the words of a line of Markdown, in which no mark begins a block."""
    if not _MARKS.search(markdown):
        return _BLANKS.sub(" ", markdown).strip()
    try:
        return _words(_converter().convert_line(Source(markdown, _LINKS, _PICTURES, _CARDS)))
    except StoregenError:
        return _BLANKS.sub(" ", markdown).strip()


def _words(made: str) -> str:
    made = made.partition(_FOOTNOTES)[0]
    if "fnref" in made:
        made = _FOOTNOTE.sub("", made)
    bare = _TAG.sub("", _BLOCK.sub(" ", made))
    return _BLANKS.sub(" ", html.unescape(bare)).strip()


@functools.cache
def _converter() -> Converter:
    return Converter()


class _Everything(Mapping[str, T]):
    """A mapping in which every reference leads to the same value."""

    def __init__(self, value: T, prefix: str = "") -> None:
        self._value, self._prefix = value, prefix

    def __contains__(self, reference: object) -> bool:
        return str(reference).startswith(self._prefix)

    def __getitem__(self, reference: str) -> T:
        if reference not in self:
            raise KeyError(reference)
        return self._value

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


class _Picture(NamedTuple):
    src: str = "#"
    stem: str = ""
    digest: str = ""
    widths: tuple[int, ...] = ()
    formats: tuple[str, ...] = ("jpg",)
    width: int = 0
    height: int = 0


class _Page(NamedTuple):
    name: str = ""
    href: str = "#"


_LINKS: Mapping[str, str] = _Everything("#")
_PICTURES: Mapping[str, ResponsivePicture] = _Everything(_Picture())
_CARDS: Mapping[str, NamedPage] = _Everything(_Page(), "product:")
