"""The ground of a picture: whether its edge is transparent or plain white, as in pictures of products cut out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image, ImageFile

_MOST = 16_000_000  # pixels; larger ones are photographs, and decoding them at this point takes too much memory
_SIDE = 64  # the edge is looked at in a picture this small
_WHITE, _MOST_WHITE = 244, 0.8  # the share of the edge; a thing may touch it with a shadow or a handle
_CLEAR, _MOST_CLEAR = 12, 0.6


def ground_of(opened: ImageFile.ImageFile) -> str:
    """Return ``clear`` or ``white`` if the edge of an opened picture is so, otherwise an empty string.

    Raises what the decoder raises for a damaged picture.
    """
    if opened.width * opened.height > _MOST:
        return ""
    opened.draft("RGB", (_SIDE, _SIDE))
    small = opened.convert("RGBA") if opened.mode != "RGBA" else opened
    small = small.resize((_SIDE, _SIDE))
    edge = _edge(small)
    if sum(alpha <= _CLEAR for *_, alpha in edge) >= _MOST_CLEAR * len(edge):
        return "clear"
    return "white" if sum(min(colour) >= _WHITE for colour in edge) >= _MOST_WHITE * len(edge) else ""


def _edge(image: Image.Image) -> list[tuple[int, ...]]:
    """Return the pixels of the outermost rows and columns, each as red, green, blue and alpha."""
    last = _SIDE - 1
    strips = ((0, 0, _SIDE, 1), (0, last, _SIDE, _SIDE), (0, 1, 1, last), (last, 1, _SIDE, last))
    pixels = b"".join(image.crop(strip).tobytes() for strip in strips)
    return [tuple(pixels[place : place + 4]) for place in range(0, len(pixels), 4)]
