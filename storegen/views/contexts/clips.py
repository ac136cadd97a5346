"""Videos and sounds."""

from __future__ import annotations

import datetime as dt

from storegen.views.contexts.base import Context
from storegen.views.contexts.parts import Picture


class CaptionsLine(Context, frozen=True, kw_only=True):
    """A file of captions in one language."""

    language: str
    name: str
    href: str


class ClipBox(Context, frozen=True, kw_only=True):
    """A video or a *sound*. *href* is the file, or the page at a video host.

    A video host has a name (*host*) and a *player*, which pages ask only after a press. A file has a media *type*.
    """

    title: str
    href: str
    type: str = ""
    host: str = ""
    player: str = ""
    sound: bool = False
    picture: Picture | None = None
    captions: tuple[CaptionsLine, ...] = ()
    date: dt.date | None = None
