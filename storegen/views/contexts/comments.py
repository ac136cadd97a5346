"""Readers' comments on an article."""

from __future__ import annotations

import datetime as dt

from storegen.views.contexts.base import Context


class CommentLine(Context, frozen=True, kw_only=True):
    """A comment with the shop's reply. *language* is set if it differs from the page's."""

    text: str
    date: dt.date
    name: str = ""
    language: str = ""
    reply: str = ""
    reply_by: str = ""
    reply_href: str = ""
