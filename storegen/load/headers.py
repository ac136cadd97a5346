"""Data from the headers of pictures: format, size, orientation, colours, and the memory needed for decoding."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, BinaryIO

from storegen.errors import StoregenError

if TYPE_CHECKING:
    from PIL import Image, ImageFile

FORMATS = {
    "JPEG": (".jpg", ".jpeg"),
    "PNG": (".png",),
    "WEBP": (".webp",),
    "AVIF": (".avif",),
    "GIF": (".gif",),
    "HEIF": (".heic", ".heif"),
}
PICTURE_ENDINGS = frozenset(ending for endings in FORMATS.values() for ending in endings)
READ_WHOLE = frozenset((*FORMATS["WEBP"], *FORMATS["AVIF"], *FORMATS["HEIF"]))  # decoders read all of it first
# Megapixels that a process with 350 MiB can decode, measured with Pillow 13. Decoders keep frames or coefficients
# in addition to the pixels. A pixel has 1 byte in grey and in palettes, and 4 bytes in colour.
_MOST = 100
_MOST_OF = {"WEBP": 14, "AVIF": 18, "HEIF": 25}
_MOST_OF_DEEP_PNG = 50
_MOST_READ_TWICE = 20
_MOST_OF_BUFFERED_JPEG = 32
UNREADABLE = (OSError, ValueError, SyntaxError, EOFError, ArithmeticError, LookupError, TypeError, struct.error)
_PNG_CHUNKS = (b"IHDR", b"eXIf", b"cICP", b"gAMA", b"cHRM", b"sRGB")
_MOST_CHUNKS = 200_000
_HDR = {16: "PQ", 18: "HLG"}  # transfer functions of ITU-T H.273


class HeaderError(StoregenError):
    """A picture can't be used, according to its header."""


def open_picture(file: Path | BinaryIO) -> ImageFile.ImageFile:
    """Return a picture with only its header read. Raises HeaderError."""
    from PIL import Image  # noqa: PLC0415 - only a build with new pictures pays for Pillow

    Image.MAX_IMAGE_PIXELS = None  # storegen's own limit is `size_fault`, which only needs the header
    try:
        return Image.open(file, formats=_readable())
    except UNREADABLE:
        raise HeaderError(f"not a picture that can be read; expected {', '.join(FORMATS)}") from None


@lru_cache(maxsize=1)
def _readable() -> tuple[str, ...]:
    """Return the formats that can be read. HEIF needs an optional dependency."""
    try:
        from pillow_heif import register_heif_opener  # noqa: PLC0415 - an extra
    except ImportError:
        return tuple(each for each in FORMATS if each != "HEIF")
    register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)
    return tuple(FORMATS)


def is_readable(file: str) -> bool:
    """Return whether the decoder for a file's format is installed."""
    return PurePosixPath(file).suffix.lower() not in FORMATS["HEIF"] or "HEIF" in _readable()


def format_of(image: Image.Image) -> str:
    """Return a picture's format. A JPEG file with several pictures counts as JPEG."""
    return "JPEG" if image.format == "MPO" else str(image.format)


def size_fault(image: Image.Image, file: Path | BinaryIO) -> str:
    """Return why a picture is too large to be decoded, or an empty string."""
    if image.width * image.height <= min(*_MOST_OF.values(), _MOST_READ_TWICE) * 1_000_000:
        return ""
    limit, name = _limit(image, file)
    if image.width * image.height <= limit * 1_000_000:
        return ""
    each = f" of a {name} picture" if name else ""
    return f"{image.width:,} × {image.height:,} pixels; at most {limit} megapixels{each} are read"


def _limit(image: Image.Image, file: Path | BinaryIO) -> tuple[int, str]:
    """Return the limit of a picture in megapixels, and the name of its kind if the limit of other kinds is higher."""
    kind = format_of(image)
    if kind in _MOST_OF:
        return _MOST_OF[kind], kind
    if image.width * image.height <= _MOST * 1_000_000:  # a larger picture is refused, whatever its kind
        if kind == "JPEG" and _is_buffered(file):
            return _MOST_OF_BUFFERED_JPEG, "progressive JPEG"
        if kind == "PNG" and (
            image.info.get("default_image") or (image.mode, "transparency" in image.info) == ("RGB", True)
        ):
            return _MOST_READ_TWICE, "PNG"
        if kind == "PNG" and image.mode in {"RGB", "RGBA", "LA", "I;16"}:
            return _MOST_OF_DEEP_PNG, "colour or 16-bit PNG"
    return _MOST, ""


def colour_fault(image: Image.Image, file: Path | BinaryIO) -> str:
    """Return why a picture's colours can't be converted to a screen's, or an empty string."""
    name = _HDR.get(coded_colours(image, file)[1])
    return f"the picture has HDR colours ({name}); export it in standard dynamic range (SDR)" if name else ""


def _is_buffered(file: Path | BinaryIO) -> bool:
    """Return whether a JPEG's decoder must buffer all coefficients, as for several scans (ITU-T T.81, B.2)."""
    head = _head(file, 1 << 20)
    place, channels = 2, 0
    while place + 10 < len(head) and head[place] == 0xFF:
        marker, length = head[place + 1], int.from_bytes(head[place + 2 : place + 4], "big")
        if marker in {0xC2, 0xC6, 0xCA, 0xCE}:
            return True
        if marker in {0xC0, 0xC1, 0xC9}:
            channels = head[place + 9]
        if marker == 0xDA:
            return head[place + 4] < channels
        place += 1 if marker == 0xFF else 2 + length
    return True


def orientation_of(image: Image.Image, file: Path | BinaryIO) -> int:
    """Return the EXIF orientation (1 to 8) that browsers apply to a picture.

    Like Chromium, this uses the EXIF data of JPEG, PNG and AVIF, but not of WebP, and never XMP.
    """
    match format_of(image):
        case "PNG":
            return _orientation(png_chunks(file).get(b"eXIf", b""))
        case "JPEG" | "AVIF" | "HEIF":  # Pillow converts the rotation of AVIF and HEIF (irot, imir) to EXIF
            return _orientation((image.info.get("exif") or b"").removeprefix(b"Exif\0\0"))
    return 1


def _orientation(exif: bytes) -> int:
    """Return the value of tag 0x0112 (EXIF 2.32), a single 16-bit number; 1 if the tag is missing."""
    order = {b"II": "<", b"MM": ">"}.get(exif[:2])
    if order is None or len(exif) < 8:
        return 1
    place = int(struct.unpack_from(f"{order}I", exif, 4)[0])
    if place + 2 > len(exif):
        return 1
    for entry in range(
        place + 2, min(place + 2 + 12 * struct.unpack_from(f"{order}H", exif, place)[0], len(exif) - 11), 12
    ):
        tag, kind, count, value = struct.unpack_from(f"{order}HHIH", exif, entry)
        if tag == 0x0112:
            return int(value) if (kind, count) == (3, 1) and 1 <= value <= 8 else 1
    return 1


def coded_colours(image: Image.Image, file: Path | BinaryIO) -> tuple[int, int]:
    """Return the colour primaries and the transfer function of a picture as numbers (ITU-T H.273); 2 if unspecified."""
    match format_of(image):
        case "PNG":
            primaries, transfer, matrix, full = (*png_chunks(file).get(b"cICP", b"")[:4], 2, 2, 2, 2)[:4]
            return (primaries, transfer) if (matrix, full) == (0, 1) and 2 not in {primaries, transfer} else (2, 2)
        case "AVIF" | "HEIF" if "icc_profile" not in image.info:
            head = _head(file, 1 << 16)
            start = head.find(b"colrnclx")
            if 0 <= start <= len(head) - 12:
                return struct.unpack_from(">HH", head, start + 8)
    return 2, 2


def png_chunks(file: Path | BinaryIO) -> Mapping[bytes, bytes]:
    """Return the chunks of a PNG that affect its display. Chunks after the pixels don't."""
    if isinstance(file, Path):
        with file.open("rb") as stream:
            return dict(_chunks(stream))
    return dict(_chunks(file))


def _chunks(stream: BinaryIO) -> Iterator[tuple[bytes, bytes]]:
    place = 8
    for _ in range(_MOST_CHUNKS):
        stream.seek(place)
        head = stream.read(8)
        if len(head) < 8 or head[4:] == b"IDAT":
            return
        length = int.from_bytes(head[:4], "big")
        if head[4:] in _PNG_CHUNKS and length < 1 << 20:
            yield head[4:], stream.read(length)
        place += 12 + length


def _head(file: Path | BinaryIO, size: int) -> bytes:
    if isinstance(file, Path):
        with file.open("rb") as stream:
            return stream.read(size)
    file.seek(0)
    return file.read(size)
