"""Reviews of a product."""

from __future__ import annotations

import datetime as dt

from storegen.views.contexts.base import Context
from storegen.views.contexts.page import Head
from storegen.views.contexts.parts import Card, ClipBox, Link, Pages, Picture, Rating


class ReviewLine(Context, frozen=True, kw_only=True):
    """A review with the shop's reply.

    *language* is set if it differs from the page's. *video* is a link with the name of its host, *clip* a video
    that the page can show after a press. *reward* is what the buyer got for the review.
    """

    rating: int
    date: dt.date
    language: str = ""
    title: str = ""
    text: str = ""
    name: str = ""
    place: str = ""
    variant: str = ""
    pictures: tuple[Picture, ...] = ()
    video: Link | None = None
    clip: ClipBox | None = None
    verified: bool = False
    reward: str = ""
    source: str = ""
    reply: str = ""
    reply_by: str = ""
    reply_href: str = ""
    reply_days: int | None = None


class ReviewBlock(Context, frozen=True, kw_only=True):
    """All reviews of a product: the mean, the counts from five stars down to one, and the reviews themselves.

    *page* is the address of the page of all reviews. If there is one, *more* is empty, and *by_stars* has the addresses
    of the pages with five stars, four and so on; an address is empty if there are no such reviews.
    """

    rating: Rating
    counts: tuple[int, int, int, int, int]
    shown: tuple[ReviewLine, ...] = ()
    more: tuple[ReviewLine, ...] = ()
    page: str = ""
    by_stars: tuple[str, ...] = ()
    note: str = ""

    @property
    def players(self) -> bool:
        """Whether it shows a video on another host."""
        return any(line.clip for line in (*self.shown, *self.more))


class ReviewsPage(Context, frozen=True, kw_only=True):
    """A page of the reviews of a product: all of them, or those with this number of *stars*."""

    head: Head
    breadcrumbs: tuple[Link, ...]
    title: str
    language: str = ""
    card: Card
    block: ReviewBlock
    stars: int = 0
    pages: Pages
    write: str = ""
