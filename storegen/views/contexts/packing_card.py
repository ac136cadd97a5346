"""The context of packing cards."""

from __future__ import annotations

from typing import Literal

from storegen.views.contexts.base import Context
from storegen.views.contexts.page import ChannelLine

Paper = Literal["a6", "a4"]


class PrintedLink(Context, frozen=True, kw_only=True):
    """An address on paper: as its QR code contains it, and as people read it."""

    href: str
    text: str


class CareNote(Context, frozen=True, kw_only=True):
    """A piece of care advice in one to three sentences."""

    title: str
    text: str


class PackingCard(Context, frozen=True, kw_only=True):
    """A card that lies beside a product in its parcel. *help* is its support page, else the product's own page."""

    id: str
    name: str
    language: str = ""
    care: tuple[CareNote, ...] = ()
    help: PrintedLink
    review: PrintedLink | None = None


class PackingCards(Context, frozen=True, kw_only=True):
    """Packing cards on sheets of paper: one on each sheet of A6, up to four on each of A4."""

    title: str
    paper: Paper
    sheets: tuple[tuple[PackingCard, ...], ...]
    channels: tuple[ChannelLine, ...] = ()
    style: str = ""
