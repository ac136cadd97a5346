"""Tracking of visits and of parcels."""

from __future__ import annotations

from storegen.model.analytics import Analytics
from storegen.model.carrier import OwnCarrier, Step
from storegen.model.category import FaqEntry
from storegen.model.record import Record
from storegen.model.scalars import Flag


class Tracking(Record, frozen=True, kw_only=True):
    """Tracking of visits and of parcels."""

    FORMER_NAMES = {"doubts": "faq"}

    analytics: Analytics = Analytics()
    """The tools that count visits. See [analytics](analytics.md)."""
    thanks: Flag | None = None
    """`yes`: the shop has a thank-you page. Default: `yes` if buyers send orders by mail or messenger, or if you
    count visits."""
    carriers: tuple[str | OwnCarrier, ...] = ()
    """Ids of carriers, such as `[posti, matkahuolto]`, or your own carriers. The most used one first. The shop then
    has a page to track [parcels](parcels.md)."""
    steps: tuple[Step, ...] = ()
    """The steps of a parcel's journey, on the tracking page."""
    faq: tuple[FaqEntry, ...] = ()
    """Short questions and answers on the tracking page."""
