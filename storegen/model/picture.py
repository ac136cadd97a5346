"""Pictures as editors name them, and data about their files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal, TypeAlias

import msgspec

from storegen.model.record import Record
from storegen.model.scalars import Focus, Swatch
from storegen.model.text import Line, MediaFile, PictureFile, TranslatedText

Ratio = Literal["1:1", "5:4", "4:3", "3:2", "16:9", "4:5", "3:4", "2:3"]  # of width to height

# What the values of an option look like, by value.
Swatches: TypeAlias = Mapping[Line, Annotated[Swatch, MediaFile()]]

DRAWING = "SVG"  # the format of a drawing that goes out without what could run in it


class Image(Record, frozen=True, kw_only=True):
    """A picture: a file below ``content/media``, or an address on the web."""

    file: PictureFile
    """The file, such as `media/ring.jpg`, or a web address."""
    alt: TranslatedText = ""
    """What the picture shows, for people who can't see the picture."""
    focus: Focus | None = None
    """The point that stays visible if the picture is cropped: distance from the left, then from the top."""
    role: str = ""
    """`scale`: the picture shows the size of the product."""

    @property
    def remote(self) -> bool:
        """Whether the picture is on another host, not in content/media."""
        return is_remote(self.file)


class Media(msgspec.Struct, frozen=True):
    """A file below ``content/media``, from its header. Width and height are those of the upright picture, in pixels.

    *file* is its name on disk, in which accents may be separate characters. *alpha* means that the picture may have
    transparent parts. *ground* is ``clear`` or ``white`` if its edge is transparent or plain white.
    """

    file: str
    digest: str
    size: int
    format: str = ""
    width: int = 0
    height: int = 0
    alpha: bool = False
    ground: str = ""


def is_remote(file: str) -> bool:
    """Return whether a picture is an address on the web."""
    return file.startswith(("http://", "https://"))


def as_image(value: str | Image) -> Image:
    """Return the long form of a picture. The short form is only its file name."""
    return value if isinstance(value, Image) else Image(file=value)
