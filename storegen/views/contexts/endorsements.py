"""What others say of the shop, and the page with all of it."""

from __future__ import annotations

import datetime as dt

from storegen.views.contexts.base import Context
from storegen.views.contexts.page import Head
from storegen.views.contexts.parts import Link, Picture, Rating


class EndorsementLine(Context, frozen=True, kw_only=True):
    """One voice from outside. *host* is the name of the site that *href* leads to."""

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
    """All voices of a kind."""

    kind: str
    lines: tuple[EndorsementLine, ...]


class EndorsementsPage(Context, frozen=True, kw_only=True):
    """The page of what others say, with a section for each kind that has entries."""

    head: Head
    breadcrumbs: tuple[Link, ...]
    title: str
    groups: tuple[EndorsementGroup, ...]
