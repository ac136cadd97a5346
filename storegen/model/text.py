"""Annotations of text fields: a single line, Markdown, a link, a reference or a file, and whether it is translated.

Other code reads these annotations instead of listing fields: checks of links, references and pictures, translations,
JSON Schemas, the tables of the documentation.
"""

from __future__ import annotations

import re
from typing import Annotated, Literal, TypeAlias

import msgspec

from storegen.model.scalars import Names, Slug, Slugs

# Control characters, line ends, and characters that change the text's direction (Unicode 16, table 23-2).
_CONTROLS = "\x00-\x1f\x7f-\x9f\u2028\u2029"
_TURNS = "\u202a-\u202e\u2066-\u2069"
# Characters that only text from right to left needs.
_MARKS = "\u200e\u200f\u061c"
_BAD = re.compile(f"[{_CONTROLS}{_TURNS}]")
_STRAY = re.compile(f"[{_CONTROLS}{_TURNS}{_MARKS}]")
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u061b\u061d-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)


class OneLine(msgspec.Struct, frozen=True):
    """One line of text, without control characters."""


class Translatable(msgspec.Struct, frozen=True):
    """Text that a translation may replace. Text without this annotation is the same in every language."""


class MarkdownText(msgspec.Struct, frozen=True):
    """Markdown. An *inline* text may contain words and links, but no pictures, cards, lists or headings."""

    inline: bool = False


class LinkTarget(msgspec.Struct, frozen=True):
    """A link: ``product:rope-ring``, an address of this site or on the web, or a file of content/media.

    With *query* it may end with a query, as in ``product:rope-ring?variant=RG-17``.
    """

    query: bool = False


class Ref(msgspec.Struct, frozen=True):
    """The id of a record of a content *type* (see `content_types`)."""

    type: str


class MediaFile(msgspec.Struct, frozen=True):
    """A file below content/media, or for a picture also an address on the web.

    An ``embedded`` file becomes part of pages, as the logo does. It is not published as a file.
    """

    use: Literal["picture", "embedded"] = "picture"


class SetOnLoad(msgspec.Struct, frozen=True):
    """A field that is filled in while loading. Editors can't write it."""


class Choices(msgspec.Struct, frozen=True):
    """The allowed values."""

    words: tuple[str, ...]


class Different(msgspec.Struct, frozen=True):
    """A list without duplicates."""


Line: TypeAlias = Annotated[str, OneLine()]
TranslatedLine: TypeAlias = Annotated[str, OneLine(), Translatable()]
TranslatedText: TypeAlias = Annotated[str, Translatable()]
TranslatedSlug: TypeAlias = Annotated[Slug, Translatable()]
TranslatedSlugs: TypeAlias = Annotated[Slugs, Translatable()]
Markdown: TypeAlias = Annotated[str, MarkdownText(), Translatable()]
Inline: TypeAlias = Annotated[str, MarkdownText(inline=True), Translatable()]
Link: TypeAlias = Annotated[str, OneLine(), LinkTarget()]
PictureFile: TypeAlias = Annotated[str, MediaFile()]
EmbeddedFile: TypeAlias = Annotated[str, MediaFile("embedded")]
Loaded: TypeAlias = Annotated[str, SetOnLoad()]
ProductRef: TypeAlias = Annotated[str, OneLine(), Ref("product")]
CategoryRef: TypeAlias = Annotated[str, OneLine(), Ref("category")]
CategoryRefs: TypeAlias = Annotated[Names, Ref("category")]
GuideRef: TypeAlias = Annotated[str, OneLine(), Ref("guide")]
PersonRef: TypeAlias = Annotated[str, OneLine(), Ref("person")]
OfferRef: TypeAlias = Annotated[str, OneLine(), Ref("offer")]


def line_fault(text: str) -> str:
    """Return why a text is not a valid single line, or an empty string if it is valid."""
    if text.isprintable() or not (found := _bad(text).search(text)):
        return ""
    shown = _bad(text).sub(lambda sign: _NAMES.get(sign[0]) or f"\\u{ord(sign[0]):04x}", text)
    what = (
        "one line of text" if found[0] in "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029" else "text without control signs"
    )
    return f'expected {what}, found "{shown}"'


def as_line(text: str) -> str:
    """Return a text as a valid single line: without extra spaces and without forbidden characters."""
    return " ".join((text if text.isprintable() else _bad(text).sub(_space, text)).split())


_NAMES = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def _bad(text: str) -> re.Pattern[str]:
    return _BAD if _RIGHT_TO_LEFT.search(text) else _STRAY


def _space(sign: re.Match[str]) -> str:
    return " " if sign[0].isspace() else ""
