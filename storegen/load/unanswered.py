"""Bad reviews without an answer, which visitors read as indifference."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from storegen.errors import Problem
from storegen.load.sources import read_sources
from storegen.model.content_types import REVIEW
from storegen.model.store import Store

BAD = 2  # stars
_BAD = frozenset(str(stars) for stars in range(1, BAD + 1))


def unanswered(site: Path, store: Store, hours: int, now: dt.datetime) -> Iterator[Problem]:
    """Yield the reviews with two stars or fewer that have waited for an answer longer than the shop promises."""
    oldest = (now - dt.timedelta(hours=hours)).date()
    waiting = {
        (review.product, review.date.isoformat())
        for reviews in store.reviews.values()
        for review in reviews
        if review.rating <= BAD and review.reply is None and review.date < oldest
    }
    if not waiting:
        return
    for path in sorted((site / "content" / REVIEW.folder).rglob("*")):
        if path.suffix in REVIEW.endings:
            for source in read_sources(site, path.relative_to(site).as_posix(), []):
                data = source.data
                bad = str(data.get("rating")) in _BAD and "reply" not in data
                if bad and (str(data.get("product")), str(data.get("date"))) in waiting:
                    yield source.problem(
                        ("rating",), f"{data['rating']} stars and no answer for {hours} hours: add reply"
                    )
