"""Files for crawlers and feed readers."""

from __future__ import annotations

import datetime as dt

from storegen.views.contexts.base import Context


class SitemapEntry(Context, frozen=True, kw_only=True):
    """An address of the sitemap with the page's addresses by language, the shop's first language first."""

    loc: str
    modified: str = ""
    alternates: tuple[tuple[str, str], ...] = ()


class Sitemap(Context, frozen=True, kw_only=True):
    """A sitemap (https://www.sitemaps.org/protocol.html): at most 50,000 addresses."""

    entries: tuple[SitemapEntry, ...]


class FeedEntry(Context, frozen=True, kw_only=True):
    """An article or a new product in the Atom feed."""

    title: str
    url: str
    updated: dt.datetime
    published: dt.datetime
    author: str = ""
    summary: str = ""


class Feed(Context, frozen=True, kw_only=True):
    """An Atom feed (RFC 4287)."""

    title: str
    subtitle: str = ""
    url: str
    home: str
    language: str
    updated: dt.datetime
    author: str = ""
    entries: tuple[FeedEntry, ...] = ()


class ForwardingPage(Context, frozen=True, kw_only=True):
    """A page at an old address, which leads to the new one."""

    href: str
    canonical: str


class Lines(Context, frozen=True, kw_only=True):
    """A plain text file as a list of lines."""

    lines: tuple[str, ...]
