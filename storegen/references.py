"""References inside the shop, such as ``product:rope-ring``, ``guides`` and ``media/chart.pdf``."""

from __future__ import annotations

from collections.abc import Iterable
from unicodedata import normalize

import msgspec

from storegen.model.content_types import INDEXES, LINKED

KINDS = LINKED
# The pages that storegen draws for duties of the law.
DRAWN = ("withdrawal", "guarantee", "seller")
LISTS = (*INDEXES, "track", "categories", "support", "endorsements", *DRAWN)
# Links to forms are written ``form:review``, and ``![](form:review)`` places the form in a text.
FORM = "form"
# The videos of a file are placed in its text by their numbers, from 1: ``![](video:1)``.
VIDEO = "video"
# The prefix of ids that come from texts. No id of the theme begins with it.
PREFIX = "t:"
# The sections of pages that links may name, each with its id in the theme.
PARTS = ("buy", "questions", "reviews")


class Reference(msgspec.Struct, frozen=True):
    """A link or picture found in a text; *line* counts from 1."""

    target: str
    line: int
    picture: bool = False


def split_reference(target: str) -> tuple[str, str, str]:
    """Return the kind, the id and the fragment of a reference.

    The kind is one of KINDS or LISTS, ``form``, ``video``, ``media``, ``address`` (a page of this site), ``fragment``,
    ``web``, ``mail``, or ``unknown`` with the whole target as id. Accents become part of their letters (Unicode NFC),
    as in ids.
    """
    target = target if target.isascii() else normalize("NFC", target)
    place, hash_, fragment = target.partition("#")
    fragment = hash_ + fragment
    scheme, colon, rest = place.partition(":")
    if colon and (scheme in KINDS or scheme in {FORM, VIDEO}):
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
    """Return the fragment of a heading or id in a text. The *parts* of its page keep their own names."""
    return name if name in parts or name.startswith((PREFIX, ":~:")) else f"{PREFIX}{name}"
