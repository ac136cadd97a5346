"""Convert pictures of every mode and colour space to RGB or RGBA in sRGB, as browsers do."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import BinaryIO

from PIL import Image, ImageCms

from storegen.load.headers import coded_colours, format_of, png_chunks
from storegen.render.icc import CURVES, PRIMARIES, SRGB, SRGB_CURVE, make_profile

_SRGB_GAMMA = 45_455  # in PNG's gAMA chunk without other colour chunks; treated as sRGB
_VIDEO_CURVES = frozenset((1, 2, 6, 14, 15))  # in AVIF; browsers treat them like the curve of sRGB


def srgb_converter(image: Image.Image, file: Path | BinaryIO) -> Callable[[Image.Image], Image.Image] | None:
    """Return a function that converts a decoded picture, or a part of it, to RGB(A) in sRGB, None if none is needed."""
    chunks = png_chunks(file) if format_of(image) == "PNG" else {}
    profile = _profile(image, file, chunks)
    grey = len(head := chunks.get(b"IHDR", b"")) == 13 and head[9] in {0, 4}
    if not (profile or grey or image.mode not in {"RGB", "RGBA"} or "transparency" in image.info):
        return None
    clear = _clear_value(image, head[8] if grey else 8)
    transforms: dict[str, Callable[[Image.Image], Image.Image]] = {}

    def convert(part: Image.Image) -> Image.Image:
        """Return a part of the picture in sRGB."""
        part, alpha = _split(part, clear, grey=grey)
        if part.mode not in transforms:
            transforms[part.mode] = _transform(part.mode, profile)
        part = transforms[part.mode](part)
        if alpha is not None:
            part.putalpha(alpha)
        return part

    return convert


def _profile(image: Image.Image, file: Path | BinaryIO, chunks: Mapping[bytes, bytes]) -> bytes:
    """Return the colour profile of a picture, empty for sRGB.

    The order of precedence is: cICP and nclx codes, profile, sRGB, gAMA with cHRM (Portable Network Graphics, 3rd
    edition, 4.3).
    """
    numbers = primaries, transfer = coded_colours(image, file)
    if format_of(image) != "PNG" and transfer in _VIDEO_CURVES:
        transfer = 13
    try:
        if numbers != (2, 2):
            return _named_profile(primaries, transfer)
        if "icc_profile" in image.info:
            return bytes(image.info["icc_profile"])
        if b"sRGB" not in chunks and len(gamma := chunks.get(b"gAMA", b"")) == 4:
            return _gamma_profile(int.from_bytes(gamma, "big"), chunks.get(b"cHRM", b""))
    except (ArithmeticError, ValueError, struct.error):
        pass  # invalid codes are ignored, as browsers do
    return b""


def _named_profile(primaries: int, transfer: int) -> bytes:
    colours, curve = PRIMARIES.get(primaries, SRGB), CURVES.get(transfer, SRGB_CURVE)
    return b"" if (colours, curve) == (SRGB, SRGB_CURVE) else make_profile(colours, curve)


def _gamma_profile(gamma: int, chromaticities: bytes) -> bytes:
    if gamma == 0 or (gamma == _SRGB_GAMMA and not chromaticities):
        return b""
    colours = [value / 100_000 for value in struct.unpack(">8I", chromaticities)] if chromaticities else SRGB
    return make_profile(colours, (100_000 / gamma,))


def _transform(mode: str, profile: bytes) -> Callable[[Image.Image], Image.Image]:
    """Return a function that converts pictures of a mode (L, RGB or CMYK) to RGB, with a profile of that mode."""
    if not profile:
        return _plain
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        space = source.profile.xcolor_space.strip()
        if mode == "L" and space == "RGB":
            coloured = ImageCms.buildTransform(source, ImageCms.createProfile("sRGB"), "RGB", "RGB")
            return lambda image: coloured.apply(image.convert("RGB"))
        if space != {"L": "GRAY"}.get(mode, mode):
            return _plain
        return ImageCms.buildTransform(source, ImageCms.createProfile("sRGB"), mode, "RGB").apply
    except (ImageCms.PyCMSError, OSError, ValueError):
        return _plain  # a damaged profile is ignored, as browsers do


def _plain(image: Image.Image) -> Image.Image:
    return image if image.mode == "RGB" else image.convert("RGB")


def _clear_value(image: Image.Image, depth: int) -> int | None:
    """Return the grey value that is transparent, in the scale of the decoded picture."""
    value = image.info.get("transparency")
    if not isinstance(value, int) or image.mode == "P":
        return None
    return value * (255 // (2**depth - 1)) if image.mode == "L" and depth < 8 else value


def _split(image: Image.Image, clear: int | None, *, grey: bool) -> tuple[Image.Image, Image.Image | None]:
    """Return a picture's colours as L, RGB or CMYK with eight bits, and its alpha channel if it has one."""
    if "16" in image.mode or image.mode == "I":
        alpha = None
        if clear is not None:
            table = [255] * 65536
            table[clear & 0xFFFF] = 0
            alpha = image.convert("I").point(table, "L")
        return image.point(lambda value: value / 256).convert("L"), alpha
    if image.mode in {"1", "L"}:
        light = image.convert("L")
        return light, None if clear is None else light.point([0 if each == clear else 255 for each in range(256)])
    if image.mode in {"P", "RGB"} and "transparency" in image.info:
        image = image.convert("RGBA")
    if image.mode == "LA":
        return image.getchannel("L"), image.getchannel("A")
    if "A" in image.getbands():
        return image.getchannel("R") if grey else image.convert("RGB"), image.getchannel("A")
    return (image if image.mode in {"RGB", "CMYK"} else image.convert("RGB")), None
