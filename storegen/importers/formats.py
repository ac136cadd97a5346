"""Recognise picture formats by their first bytes, and convert formats that not every browser shows."""

from __future__ import annotations

import io
import re
import warnings
from typing import TYPE_CHECKING

from storegen.errors import StoregenError

if TYPE_CHECKING:
    from PIL import Image

UNSHOWN = re.compile(
    r"\.(hei[cf]s?|hif|tiff?|jp2|jpx|j2k|jxl|psd|dng|cr2|nef|arw|eps|ai|pdf|mp4|m4v|mov|webm|avi)$", re.IGNORECASE
)
HEIF_EXTRA = "pip install 'storegen[heic]'"
_MAX_PIXELS = 100_000_000
_QUALITY = 92
_HEIF = frozenset(b"heic heix heim heis hevc hevx hevm hevs mif1 msf1 miaf".split())
_AVIF = frozenset((b"avif", b"avis"))
_CONVERTED = {
    b"II*\0": "TIFF",
    b"MM\0*": "TIFF",
    b"\0\0\0\x0cjP  ": "JPEG2000",
    b"\xff\x4f\xff\x51": "JPEG2000",
}
# Formats that can't be converted.
_OTHERS = {b"\0\0\0\x0cJXL ": "JPEG XL", b"\xff\x0a": "JPEG XL", b"8BPS": "Photoshop", b"%!PS": "PostScript"}


class ConversionError(StoregenError):
    """A picture in a format that browsers don't show could not be converted."""


def picture_ending(data: bytes) -> str:
    """Return the file name extension of a picture that browsers show, by its first bytes, empty for anything else."""
    if data.startswith(b"\xff\xd8\xff"):
        return ".jpg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return ".png"
    if data.startswith((b"GIF87a", b"GIF89a")):
        return ".gif"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return ".webp"
    return ".avif" if _brands(data) & _AVIF else ""


def converted(data: bytes) -> tuple[bytes, str] | None:
    """Return a picture that browsers don't show, converted to JPEG, or to PNG if it is transparent, with its extension.

    None if the data isn't a picture. Raises ConversionError if the picture can't be decoded.
    """
    if _brands(data) & _HEIF:
        return _saved(_heif(data), "HEIC")
    other = next((name for magic, name in _OTHERS.items() if data.startswith(magic)), "")
    if other:
        raise ConversionError(f"browsers don't show {other} pictures; save it as JPEG or PNG")
    name = next((name for magic, name in _CONVERTED.items() if data.startswith(magic)), "")
    if data.startswith(b"BM") and data[6:10] == b"\0\0\0\0":
        name = "BMP"
    if not name:
        return None
    from PIL import Image  # noqa: PLC0415 - most imports need no decoder

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about unusual tags, and about sizes, which _saved checks
        try:
            return _saved(Image.open(io.BytesIO(data), formats=(name,)), name)
        except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
            raise ConversionError(f"the {name} picture is damaged") from None


def _brands(data: bytes) -> frozenset[bytes]:
    """Return the brands of an ISO base media file (ISO/IEC 14496-12, 4.3), which identify AVIF and HEIF."""
    if data[4:8] != b"ftyp":
        return frozenset()
    size = min(int.from_bytes(data[:4], "big"), 256)
    return frozenset((data[8:12], *(data[place : place + 4] for place in range(16, size, 4))))


def _heif(data: bytes) -> Image.Image:
    try:
        from pillow_heif import open_heif  # noqa: PLC0415 - an extra that may be missing
    except ImportError:
        raise ConversionError(f"browsers don't show HEIC pictures; to convert them: {HEIF_EXTRA}") from None
    try:
        opened = open_heif(io.BytesIO(data))
        _check_size(opened.size, "HEIC")
        return opened.to_pillow()
    except (OSError, ValueError, RuntimeError, SyntaxError, EOFError):
        raise ConversionError("the HEIC picture is damaged") from None


def _check_size(size: tuple[int, int], name: str) -> None:
    if size[0] * size[1] > _MAX_PIXELS:
        megapixels = _MAX_PIXELS // 1_000_000
        raise ConversionError(f"the {name} picture has more than {megapixels} megapixels")


def _saved(picture: Image.Image, name: str) -> tuple[bytes, str]:
    from PIL import ImageOps  # noqa: PLC0415 - as above

    _check_size(picture.size, name)
    if picture.mode.startswith(("I", "F")):
        raise ConversionError(f"the {name} picture has more than 8 bits a channel; save it as JPEG or PNG")
    upright = ImageOps.exif_transpose(picture)
    clear = upright.has_transparency_data
    plain = upright.convert("RGBA" if clear else "RGB")
    stream = io.BytesIO()
    profile = upright.info.get("icc_profile") if upright.mode in {"RGB", "RGBA"} else None
    if clear:
        plain.save(stream, "PNG", icc_profile=profile)
    else:
        plain.save(stream, "JPEG", quality=_QUALITY, icc_profile=profile)
    return stream.getvalue(), ".png" if clear else ".jpg"
