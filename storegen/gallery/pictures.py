"""The pictures of examples: those of the demo shop, or plain areas."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from PIL import Image

from storegen.render.pictures import PictureMaker

_NAME = re.compile(r"(?P<stem>.+)-(?P<width>[0-9]{1,4})\.\w+")
_PLAIN = (216, 211, 204)
_QUALITY = 80


def make_pictures(names: Iterable[str], folder: Path | None) -> dict[str, bytes]:
    """Return the pictures that pages name, such as ``media/ring-720.0.jpg``, made from ``ring.jpg`` in the folder.

    For a picture that is not there, return a plain one of the same width.
    """
    maker = PictureMaker(_QUALITY)
    return {name: _make(maker, PurePosixPath(name), folder) for name in names}


def _make(maker: PictureMaker, name: PurePosixPath, folder: Path | None) -> bytes:
    match = _NAME.fullmatch(name.stem)
    stem, width = (match["stem"], int(match["width"])) if match else (name.stem, 720)
    files = sorted(folder.glob("*")) if folder else []
    found = next((file for file in files if file.stem == stem), None)
    return maker.make(found or _plain(width), width=width, kind=name.suffix[1:])


def _plain(width: int) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (width, max(1, width * 3 // 4)), _PLAIN).save(made, "PNG")
    return made.getvalue()
