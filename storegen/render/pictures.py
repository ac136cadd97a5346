"""Build image variants in the theme's widths and formats: upright, in sRGB, without metadata."""

from __future__ import annotations

import io
import math
import warnings
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from PIL import Image, ImageChops, ImageFile

from storegen.errors import StoregenError
from storegen.load.headers import HeaderError, format_of, open_picture, orientation_of
from storegen.render.colours import srgb_converter

_BROKEN = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    ArithmeticError,
    LookupError,
    TypeError,
    MemoryError,
)
_LARGE = 25_000_000  # pixels; a larger picture is scaled down while reading, to limit memory
_STRIP = 256  # rows converted at a time
_MOST_PIXELS = 20_000_000  # in one image variant
_KEPT_FRAMES = frozenset(("WEBP", "AVIF", "HEIF"))  # their decoders keep frames in memory as long as the image object
_LONGEST_WEBP = 16_383  # pixels (RFC 9649, 2.4)
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


class PictureError(StoregenError):
    """A picture can't be decoded."""


class PictureMaker:
    """Builds image variants.

    The last original and the last size are cached, because the sizes are built one after another, each in every format.
    """

    def __init__(self, quality: int) -> None:
        self._quality = quality
        self._last: tuple[Path | bytes, tuple[int, int], Image.Image] | None = None
        self._sized = lru_cache(maxsize=1)(self._resized)

    def make(self, source: Path | bytes, *, width: int, kind: str) -> bytes:
        """Return a picture's bytes at *width* pixels in a format: jpg, png, webp or avif."""
        image = self._sized(source, width)
        if image.width * image.height > _MOST_PIXELS or (kind == "webp" and image.height > _LONGEST_WEBP):
            size = f"{image.width:,} × {image.height:,} pixels"
            raise PictureError(f"it would be shown in {size}, more than a browser is given; cut it into parts")
        return _encoded(_on_white(image) if kind == "jpg" and image.mode != "RGB" else image, kind, self._quality)

    def _resized(self, source: Path | bytes, width: int) -> Image.Image:
        full, image = self._upright(source)
        if width >= full[0]:
            return image
        height = max(1, round(full[1] * width / full[0]))
        return image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)

    def _upright(self, source: Path | bytes) -> tuple[tuple[int, int], Image.Image]:
        """Return the original size of a picture, and the picture itself. A very large picture is scaled down."""
        if self._last is None or self._last[0] != source:
            self._last = None  # so that memory contains only one large picture
            self._last = (source, *_decoded(source))
        return self._last[1:]


def _decoded(source: Path | bytes) -> tuple[tuple[int, int], Image.Image]:
    """Return the original size of a picture, and the picture upright and in sRGB. Raises PictureError."""
    file = source if isinstance(source, Path) else io.BytesIO(source)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            size, orientation, image = _read(file)
    except (HeaderError, *_BROKEN):
        raise PictureError("the picture is damaged and can't be read to its end; export it again") from None
    turn = _UPRIGHT.get(orientation)
    return size if orientation < 5 else size[::-1], image if turn is None else image.transpose(turn)


def _read(file: Path | BinaryIO) -> tuple[tuple[int, int], int, Image.Image]:
    """Return a picture's size, orientation and pixels, and release the memory of its decoder."""
    with open_picture(file) as opened:
        size, orientation = opened.size, orientation_of(opened, file)
        image = _pixels(opened, file)
    return size, orientation, image.copy() if image is opened and opened.format in _KEPT_FRAMES else image


def _pixels(opened: ImageFile.ImageFile, file: Path | BinaryIO) -> Image.Image:
    """Return an opened picture's pixels as RGB or RGBA in sRGB, not yet rotated."""
    if opened.info.get("default_image"):
        opened.seek(1)  # an animated PNG's first frame; the default image before it is for old programs only
    shrink = _shrink(opened)
    if shrink > 1 and format_of(opened) == "JPEG":
        opened.draft(opened.mode, (opened.width // shrink, opened.height // shrink))
        shrink = _shrink(opened)
    frame = opened.tile[0][1] if opened.format == "GIF" and opened.tile else None
    clear = _clear_pixels(opened, file)
    convert = srgb_converter(opened, file)
    opened.load()
    image: Image.Image = opened
    if clear is not None:
        image.putalpha(clear)
        del image.info["transparency"]
    if frame is None or frame == (0, 0, *image.size):
        return _converted(image, convert, shrink)
    canvas = Image.new("RGBA", (-(-image.width // shrink), -(-image.height // shrink)))
    canvas.paste(_converted(image.crop(frame), convert, shrink), (frame[0] // shrink, frame[1] // shrink))
    return canvas


def _shrink(image: Image.Image) -> int:
    return math.ceil(math.sqrt(image.width * image.height / _LARGE))


def _clear_pixels(opened: ImageFile.ImageFile, file: Path | BinaryIO) -> Image.Image | None:
    """Return the alpha channel of a PNG with 48 bits per pixel and a transparent colour.

    Pillow keeps only the upper byte of each value, but both bytes must match.
    """
    colour = opened.info.get("transparency")
    if opened.mode != "RGB" or not isinstance(colour, tuple) or not opened.tile or opened.tile[0][3] != "RGB;16B":
        return None
    found = None
    for rawmode, shift in (("RGB;16B", 8), ("RGB;16L", 0)):
        with open_picture(file) as half:
            half.tile = [half.tile[0]._replace(args=rawmode)]
            for number, value in enumerate(colour):
                wanted = value >> shift & 255
                same = half.getchannel(number).point([0 if each == wanted else 255 for each in range(256)])
                found = same if found is None else ImageChops.lighter(found, same)
    return found


def _converted(image: Image.Image, convert: Callable[[Image.Image], Image.Image] | None, shrink: int) -> Image.Image:
    """Return a picture converted and scaled down by an integer factor, in strips if it is large, to save memory."""
    if shrink == 1 and (convert is None or image.width * image.height <= _LARGE // 2):
        return image if convert is None else convert(image)
    canvas = None
    for top in range(0, image.height, _STRIP * shrink):
        strip = image.crop((0, top, image.width, min(image.height, top + _STRIP * shrink)))
        strip = strip if convert is None else convert(strip)
        strip = strip.reduce(shrink) if shrink > 1 else strip
        if canvas is None:
            canvas = Image.new(strip.mode, (strip.width, -(-image.height // shrink)))
        canvas.paste(strip, (0, top // shrink))
    assert canvas is not None
    return canvas


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode != "RGBA":
        return image.convert("RGB")
    ground = Image.new("RGB", image.size, "white")
    ground.paste(image, mask=image.getchannel("A"))
    return ground


def _encoded(image: Image.Image, kind: str, quality: int) -> bytes:
    stream = io.BytesIO()
    clean = Image.new(image.mode, image.size)
    clean.paste(image)  # copies the pixels only: no comment, no profile, no EXIF
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
