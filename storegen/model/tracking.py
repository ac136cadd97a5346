"""Tracking of visits and of parcels."""

from __future__ import annotations

from storegen.model.analytics import Analytics
from storegen.model.carrier import OwnCarrier, Step
from storegen.model.category import FaqEntry
from storegen.model.record import Record
from storegen.model.scalars import Flag


class Tracking(Record, frozen=True, kw_only=True):
    """Tracking of visits and of parcels."""

    FORMER_NAMES = {"faulty_places": "faq"}

    analytics: Analytics = Analytics()
    """The tools that count visits, see [analytics](analytics.md)."""
    thanks: Flag | None = None
    """Whether there is a thank-you page; by default if visits are counted and buyers pay on a provider's site."""
    carriers: tuple[str | OwnCarrier, ...] = ()
    """The carriers, the most used first: ids such as `posti`, or your own. With carriers the shop has a page to track
    [parcels](parcels.md).
    """
    steps: tuple[Step, ...] = ()
    """The steps of a parcel's delivery, shown on the tracking page."""
    faq: tuple[FaqEntry, ...] = ()
    """Short answers on the tracking page."""
