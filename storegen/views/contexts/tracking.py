"""The tracking page."""

from __future__ import annotations

from storegen.views.contexts.base import Context
from storegen.views.contexts.page import Head
from storegen.views.contexts.parts import FaqLine, Link


class CarrierForm(Context, frozen=True, kw_only=True):
    """A form that opens a carrier's page without JavaScript. *hidden* are its fields other than the tracking number."""

    action: str
    field: str
    hidden: tuple[tuple[str, str], ...] = ()


class CarrierLine(Context, frozen=True, kw_only=True):
    """A carrier: its page, the format of its tracking numbers, and the shop's delivery methods that use it."""

    id: str
    name: str
    page: str
    form: CarrierForm | None = None
    looks: str = ""
    fallback: bool = False
    methods: tuple[str, ...] = ()


class CheckRule(Context, frozen=True, kw_only=True):
    """The calculation of a check digit in the browser; see model/carrier.py."""

    kind: str
    skip: int = 0
    after: int = 0
    prefix: str = ""
    weights: tuple[int, ...] = ()


class NumberRule(Context, frozen=True, kw_only=True):
    """One format of a carrier's tracking numbers, for the browser."""

    pattern: str
    check: CheckRule | None = None


class CarrierRule(Context, frozen=True, kw_only=True):
    """The data that the browser needs to recognise a carrier's tracking numbers and to open its page."""

    id: str
    name: str
    page: str
    link: str = ""
    numbers: tuple[NumberRule, ...] = ()
    fallback: bool = False


class StepBox(Context, frozen=True, kw_only=True):
    """A step of a delivery."""

    title: str
    text: str = ""


class TrackPage(Context, frozen=True, kw_only=True):
    """The page that identifies the carrier of a tracking number."""

    head: Head
    breadcrumbs: tuple[Link, ...]
    carriers: tuple[CarrierLine, ...]
    rules: tuple[CarrierRule, ...]
    steps: tuple[StepBox, ...] = ()
    faq: tuple[FaqLine, ...] = ()
