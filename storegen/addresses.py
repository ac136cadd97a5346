"""The addresses of files and of list pages, and the output file of each address."""

from __future__ import annotations

import unicodedata
from pathlib import PurePosixPath

from storegen.model.picture import Media


def page_of(base: str, number: int) -> str:
    """Return the address of page *number* of a list. Page 1 has the address *base*."""
    return base if number == 1 else f"{base}{number}/"


def copy_address(media: Media) -> str:
    """Return the address of an unchanged copy of a media file. It contains a digest of the content."""
    path = PurePosixPath(media.file)
    return f"/media/{slugify(path.stem) or 'file'}.{media.digest[:10]}{path.suffix.lower()}"


def output_path(place: str) -> str:
    """Return the output file of an address, relative to output/."""
    place = place.lstrip("/")
    return f"{place}index.html" if not place or place.endswith("/") else place


def slugify(text: str) -> str:
    """Convert any text to a part of an address. Letters of every script are kept."""
    from slugify import slugify as plain_slugify  # noqa: PLC0415 - few builds meet a name that is new

    return plain_slugify(unicodedata.normalize("NFC", text), allow_unicode=True, regex_pattern=r"[^\w-]+").strip("-_")


def same_place(path: str) -> str:
    """Return the path without differences of case and Unicode form, which some file systems and servers ignore."""
    return path.lower() if path.isascii() else unicodedata.normalize("NFC", path).casefold()
