"""Guides, blog posts and the lists of them."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from storegen.views.contexts.base import Context
from storegen.views.contexts.comments import CommentLine
from storegen.views.contexts.forms import Form
from storegen.views.contexts.page import Head
from storegen.views.contexts.parts import (
    ArticleCard,
    Card,
    Link,
    Pages,
    PersonTag,
    Picture,
    Text,
)


class SidenoteLine(Context, frozen=True, kw_only=True):
    """A short note next to a text."""

    title: str
    text: str
    link: Link | None = None


class ArticlePage(Context, frozen=True, kw_only=True):
    """A guide or a blog post. *comment* is the address of the form for comments."""

    head: Head
    breadcrumbs: tuple[Link, ...]
    kind: Literal["guide", "post"]
    title: str
    language: str = ""
    summary: str = ""
    author: PersonTag | None = None
    minutes: int = 0
    date: dt.datetime | None = None
    checked: dt.datetime | None = None
    picture: Picture | None = None
    body: Text | None = None
    sidenotes: tuple[SidenoteLine, ...] = ()
    cards: tuple[Card, ...] = ()
    cards_title: str = ""
    more: tuple[ArticleCard, ...] = ()
    newsletter: Form | None = None
    ask: str = ""
    comments: tuple[CommentLine, ...] = ()
    comment: str = ""
    share: tuple[Link, ...] = ()
    extra: dict[str, str] = {}


class ArticleListPage(Context, frozen=True, kw_only=True):
    """All guides, or all posts, newest first."""

    head: Head
    breadcrumbs: tuple[Link, ...]
    kind: Literal["guide", "post"]
    articles: tuple[ArticleCard, ...]
    pages: Pages
    feed: str = ""
