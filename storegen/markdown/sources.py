"""The input of a conversion: a text in Markdown, and the targets of its references."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, Protocol


class ResponsivePicture(Protocol):
    """A picture in several widths and formats. *formats* is empty if it has a single address."""

    @property
    def src(self) -> str:
        """The address of the picture in one width."""
        ...

    @property
    def stem(self) -> str:
        """The address of its variants without width, digest and ending."""
        ...

    @property
    def digest(self) -> str:
        """The digest of the picture."""
        ...

    @property
    def widths(self) -> tuple[int, ...]:
        """The widths of the variants in pixels."""
        ...

    @property
    def formats(self) -> tuple[str, ...]:
        """The endings of the variants, the best format first."""
        ...

    @property
    def width(self) -> int:
        """The width of the original in pixels."""
        ...

    @property
    def height(self) -> int:
        """The height of the original in pixels."""
        ...


class NamedPage(Protocol):
    """A product or a form, with its name and the address of its page."""

    @property
    def name(self) -> str:
        """Its name."""
        ...

    @property
    def href(self) -> str:
        """The address of its page."""
        ...


class SourceText(Protocol):
    """Markdown with the targets of its references: addresses, pictures, product cards and forms, keyed by reference."""

    @property
    def source(self) -> str:
        """The Markdown."""
        ...

    @property
    def links(self) -> Mapping[str, str]:
        """Addresses."""
        ...

    @property
    def pictures(self) -> Mapping[str, ResponsivePicture]:
        """Pictures."""
        ...

    @property
    def embeds(self) -> Mapping[str, NamedPage]:
        """Products that are shown as cards, and forms."""
        ...


class Source(NamedTuple):
    """A text with the targets of its references in three mappings."""

    source: str
    links: Mapping[str, str] = {}
    pictures: Mapping[str, ResponsivePicture] = {}
    embeds: Mapping[str, NamedPage] = {}


NOTHING = Source("")
