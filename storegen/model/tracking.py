"""What a shop follows: visits, and parcels."""

from __future__ import annotations

from storegen.model.analytics import Analytics
from storegen.model.carrier import OwnCarrier, Step
from storegen.model.category import Doubt
from storegen.model.record import Record
from storegen.model.scalars import Flag


class Tracking(Record, frozen=True, kw_only=True):
    """What the shop follows: *analytics* counts visits, *thanks* says whether there is a thank-you page.

    Left out, there is one where a tool counts and a provider takes buyers to its own pages. The tracking page for
    parcels is made where there are *carriers*, by id or the merchant's own, the usual one first.
    """

    analytics: Analytics = Analytics()
    thanks: Flag | None = None
    carriers: tuple[str | OwnCarrier, ...] = ()
    steps: tuple[Step, ...] = ()
    doubts: tuple[Doubt, ...] = ()
