"""Widths, formats and addresses of the image variants of a photograph."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath

import msgspec

from storegen.addresses import slugify
from storegen.locale import Words
from storegen.model.picture import Media
from storegen.outputs import digest
from storegen.views.contexts.parts import Picture

_FALLBACK = {"JPEG": "jpg", "PNG": "png", "GIF": "png", "WEBP": "webp", "AVIF": "jpg", "HEIF": "jpg"}
ENCODER = b"2"  # increase when the same settings begin to give other bytes


class ThemeSettings(msgspec.Struct, frozen=True, kw_only=True):
    """Settings of the theme that views need: picture widths in pixels, formats, products on a page, pages, words."""

    widths: tuple[int, ...]
    formats: tuple[str, ...]
    quality: int = 84
    per_page: int = 24
    pages: tuple[str, ...] = ()
    words: Mapping[str, Words] = {}
    assets: Mapping[str, str] = {}


def responsive_picture(media: Media, theme: ThemeSettings, *, alt: str = "", focus: str = "") -> Picture:
    """Return the picture of a file with the addresses of its variants."""
    widths = widths_of(media, theme)
    formats = formats_of(media, theme)
    stem = f"/media/{slugify(PurePosixPath(media.file).stem) or 'picture'}"
    fingerprint = _fingerprint(media, theme)
    middle = min(widths, key=lambda width: abs(width - 720))
    return Picture(
        src=f"{stem}-{middle}.{fingerprint}.{formats[-1]}",
        alt=alt,
        width=media.width,
        height=media.height,
        stem=stem,
        digest=fingerprint,
        widths=widths,
        formats=formats,
        focus=focus,
        ground=media.ground,
    )


def largest_variant(picture: Picture) -> str:
    """Return the address of a picture in its largest width, in the format that every browser reads."""
    if picture.remote:
        return picture.src
    return f"{picture.stem}-{picture.widths[-1]}.{picture.digest}.{picture.formats[-1]}"


def widths_of(media: Media, theme: ThemeSettings) -> tuple[int, ...]:
    """Return the theme's widths below the picture's width, then the picture's own or the theme's largest width."""
    most = min(media.width, theme.widths[-1])
    return (*(width for width in theme.widths if width < most), most)


def formats_of(media: Media, theme: ThemeSettings) -> tuple[str, ...]:
    """Return the theme's formats, then the original format as the fallback that every browser reads."""
    fallback = _FALLBACK[media.format]
    if fallback == "jpg" and media.alpha:
        fallback = "webp"
    return (*(each for each in theme.formats if each != fallback), fallback)


def _fingerprint(media: Media, theme: ThemeSettings) -> str:
    return digest(media.digest.encode(), ENCODER, str(theme.quality).encode()).hex()[:10]
