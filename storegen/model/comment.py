"""Readers' comments on guides and posts. The merchant chooses which ones to publish."""

from __future__ import annotations

from typing import Annotated

from storegen.model.record import Record
from storegen.model.review import Reply
from storegen.model.scalars import LanguageCode, Matched
from storegen.model.text import Line, OneLine
from storegen.model.times import Day


class ArticleName(Matched):
    """The name of a guide or a post in links: `guide:care`, `post:spring`."""

    __slots__ = ()
    NAME = "guide or post"
    PATTERN = r"(guide|post):\S+"
    EXPECTS = "a guide or a post like guide:care"
    EXAMPLES = ("guide:care", "post:spring")


class Comment(Record, frozen=True, kw_only=True):
    """What a reader wrote about a guide or a post."""

    article: Annotated[ArticleName, OneLine()]
    """The guide or post: `guide:care`, `post:spring`."""
    text: str
    """The reader's words."""
    name: Line = ""
    """The reader's name, as you may show it."""
    date: Day
    """The day of the comment."""
    language: LanguageCode = LanguageCode("")
    """The language of the comment, such as `fi`. Default: the shop's first language."""
    reply: Reply | None = None
    """The shop's answer."""
