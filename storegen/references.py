"""References inside the shop: ``product:rope-ring``, ``guides``, ``media/chart.pdf``; and finding them in Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

KINDS = ("product", "category", "guide", "post", "page", "person")
LISTS = ("home", "guides", "blog")

_FENCED = re.compile(r"^(`{3,}|~{3,})[^\n]*\n.*?(?:^\1[`~]*[ \t]*$|\Z)", re.DOTALL | re.MULTILINE)
_CODE = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_INLINE = re.compile(r"(!?)\[((?:[^\[\]\\]|\\.|\[[^\[\]]*\])*)\]\(\s*<?([^\s<>()]*(?:\([^\s<>()]*\)[^\s<>()]*)*)>?")
_DEFINED = re.compile(r"^ {0,3}\[[^\]\n]+\]:\s*<?([^\s>]+)", re.MULTILINE)
_FOOTNOTE = re.compile(r"^ {0,3}\[\^", re.MULTILINE)


class Reference(msgspec.Struct, frozen=True):
    """A link or picture found in a text; *line* counts from 1."""

    target: str
    line: int
    picture: bool = False


def find_references(markdown: str) -> tuple[Reference, ...]:
    """Return what a Markdown text links to or shows, outside its code."""
    if "](" not in markdown and "]:" not in markdown:
        return ()
    text = _CODE.sub(_blank, _FENCED.sub(_blank, markdown))
    return tuple(sorted(_found(text), key=lambda found: (found.line, found.target)))


def _found(text: str) -> Iterator[Reference]:
    for match in _INLINE.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        yield Reference(match[3], line, bool(match[1]))
        for inner in _INLINE.finditer(match[2]):
            yield Reference(inner[3], line, bool(inner[1]))
    for match in _DEFINED.finditer(text):
        if not _FOOTNOTE.match(match[0]):
            yield Reference(match[1], text.count("\n", 0, match.start()) + 1)


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
    if place.startswith("media/"):
        return "media", place, fragment
    if place.startswith("/") and not place.startswith("//"):
        return "address", place, fragment
    if scheme in {"http", "https"} and rest.startswith("//") and len(rest) > 2:
        return "web", target, ""
    if colon and scheme in {"mailto", "tel"}:
        return "mail", target, ""
    return "unknown", target, ""


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])
