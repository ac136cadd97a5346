"""Photographs in the widths and formats of the theme: upright, in sRGB, without metadata."""

from __future__ import annotations

import io
import warnings
from functools import lru_cache

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from storegen.errors import StoregenError
from storegen.load.media import FORMATS

_BROKEN = (
    UnidentifiedImageError,
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    ArithmeticError,
    LookupError,
    TypeError,
    MemoryError,
)


class PictureError(StoregenError):
    """A picture can't be decoded."""


class PictureMaker:
    """Derivatives of pictures.

    The last originals and the last size stay at hand: sizes are made one after another, each in every format.
    """

    def __init__(self, quality: int) -> None:
        self._quality = quality
        self._upright = lru_cache(maxsize=2)(_upright)
        self._sized = lru_cache(maxsize=1)(self._resized)

    def make(self, data: bytes, *, width: int, kind: str) -> bytes:
        """Return the bytes of a picture at *width* pixels in a format: jpg, png, webp or avif."""
        image = self._sized(data, width)
        return _encoded(_on_white(image) if kind == "jpg" and image.mode != "RGB" else image, kind, self._quality)

    def _resized(self, data: bytes, width: int) -> Image.Image:
        image = self._upright(data)
        if width >= image.width:
            return image
        height = max(1, round(image.height * width / image.width))
        return image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)


def _upright(data: bytes) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=tuple(FORMATS)) as opened:
                opened.load()
                image = _turned(opened)
                return _in_srgb(image)
    except _BROKEN:
        raise PictureError("the picture is damaged and can't be read to its end; export it again") from None


def _turned(image: Image.Image) -> Image.Image:
    try:
        return ImageOps.exif_transpose(image)
    except Exception:  # noqa: BLE001 - damaged EXIF raises whatever it leads to; the picture itself is good
        return image.copy()


def _in_srgb(image: Image.Image) -> Image.Image:
    """Return a picture as RGB or RGBA in sRGB, its own colour profile applied."""
    profile = image.info.get("icc_profile")
    target = "RGBA" if "A" in image.getbands() or "transparency" in image.info else "RGB"
    if "16" in image.mode or image.mode == "I":
        image = image.point(lambda value: value / 256).convert("L")
    if image.mode not in {"RGB", "RGBA", "CMYK", "L"} or (target == "RGBA" and image.mode != "RGBA"):
        image = image.convert(target)
    if profile:
        image = _profiled(image, profile)
    return image if image.mode == target else image.convert(target)


def _profiled(image: Image.Image, profile: bytes) -> Image.Image:
    """Return a picture with its colours turned from its profile's into sRGB's."""
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        converted = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode=mode)
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image  # a profile that is damaged, or of another kind of picture, is ignored, as browsers do
    return image if converted is None else converted


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode != "RGBA":
        return image.convert("RGB")
    ground = Image.new("RGB", image.size, "white")
    ground.paste(image, mask=image.getchannel("A"))
    return ground


def _encoded(image: Image.Image, kind: str, quality: int) -> bytes:
    stream = io.BytesIO()
    clean = Image.new(image.mode, image.size)
    clean.paste(image)  # pixels alone: no comment, no profile, no EXIF
    match kind:
        case "jpg":
            clean.save(stream, "JPEG", quality=quality, optimize=True, progressive=True)
        case "png":
            clean.save(stream, "PNG", optimize=True)
        case "webp":
            clean.save(stream, "WEBP", quality=quality, method=4)
        case "avif":
            clean.save(stream, "AVIF", quality=max(30, quality - 18), speed=8, max_threads=1)
    return stream.getvalue()
