"""Endorsements, what others say about the shop, and the page of all of them."""

from __future__ import annotations

import datetime as dt

from storegen.views.contexts.base import Context
from storegen.views.contexts.page import Head
from storegen.views.contexts.parts import Link, Picture, Rating


class EndorsementLine(Context, frozen=True, kw_only=True):
    """An endorsement. *host* is the name of the site that *href* leads to."""

    kind: str
    name: str
    quote: str = ""
    text: str = ""
    href: str = ""
    host: str = ""
    date: dt.date | None = None
    picture: Picture | None = None
    rating: Rating | None = None
    language: str = ""


class EndorsementGroup(Context, frozen=True, kw_only=True):
    """All endorsements of a kind."""

    kind: str
    lines: tuple[EndorsementLine, ...]


class EndorsementsPage(Context, frozen=True, kw_only=True):
    """The page of endorsements, with a section for each kind that has entries."""

    head: Head
    breadcrumbs: tuple[Link, ...]
    title: str
    groups: tuple[EndorsementGroup, ...]
