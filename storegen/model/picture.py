"""A picture as an editor names it, and what is known of the file behind it."""

from __future__ import annotations

import msgspec

from storegen.model.record import Record
from storegen.model.scalars import Focus

DRAWING = "SVG"  # the format of a drawing that goes out without what could run in it


class Image(Record, frozen=True, kw_only=True):
    """A picture in content: a file below ``content/media``, or an address on the web."""

    file: str
    alt: str = ""
    focus: Focus | None = None
    role: str = ""

    @property
    def remote(self) -> bool:
        return self.file.startswith(("http://", "https://"))


class Media(msgspec.Struct, frozen=True):
    """A file below ``content/media`` as its header describes it; width and height are upright, in pixels.

    *file* is its name on the disk, which may have its accents apart where content has them composed. *alpha* says
    that parts of a picture may be transparent.
    """

    file: str
    digest: str
    size: int
    format: str = ""
    width: int = 0
    height: int = 0
    alpha: bool = False


def as_image(value: str | Image) -> Image:
    """Return the long form of a picture that may be written as its file name alone."""
    return value if isinstance(value, Image) else Image(file=value)
