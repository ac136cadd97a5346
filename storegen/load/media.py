"""Pictures and other files below content/media: measured from their headers, remembered by their stat."""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import msgspec

from storegen.errors import StoregenError, UnsafePathError, suggest
from storegen.files import BINARY_LIMIT, Mark, inside, mark_of, settled
from storegen.memory import Memory
from storegen.model.picture import Media

if TYPE_CHECKING:
    from PIL import Image

MAX_PIXELS = 100_000_000
FORMATS = {"JPEG": (".jpg", ".jpeg"), "PNG": (".png",), "WEBP": (".webp",), "AVIF": (".avif",), "GIF": (".gif",)}
PICTURE_ENDINGS = frozenset(ending for endings in FORMATS.values() for ending in endings)


class MediaError(StoregenError):
    """A file below content/media can't be used."""


class Known(msgspec.Struct, frozen=True, array_like=True):
    """What was measured of a file, and the mark that it had then."""

    mark: Mark
    media: Media


_DECODE = msgspec.msgpack.Decoder(Known).decode
_MEMORY = "media"


def is_picture(file: str) -> bool:
    """Say whether a file's ending is that of a picture."""
    return PurePosixPath(file).suffix.lower() in PICTURE_ENDINGS


def measure(
    site: Path, files: Iterable[str], marks: Mapping[str, Mark], memory: Memory, *, pictures: Collection[str] = ()
) -> tuple[dict[str, Media], dict[str, str]]:
    """Return what is known of each file (named as in content, ``media/…``), and why others can't be used.

    *pictures* are those that are shown, and so must be pictures. *marks* are those of the files as a walk of content/
    found them, named from the site; one that is remembered with the same mark is not read again.
    """
    index: dict[str, Media] = {}
    faults: dict[str, str] = {}
    rows = memory.section(_MEMORY)
    for file in sorted(set(files)):
        try:
            known = _DECODE(rows[file].head) if file in rows else None
            if known is None or known.mark != marks.get(f"content/{file}"):
                known = _measure(site, file)
                memory.put(_MEMORY, file, msgspec.msgpack.encode(known))
            index[file] = known.media
        except (MediaError, UnsafePathError) as error:
            faults[file] = str(error)
        else:
            if file in pictures and not is_picture(file):
                faults[file] = f"expected a picture to show ({', '.join(sorted(PICTURE_ENDINGS))})"
    memory.keep(_MEMORY, index.keys())
    return index, faults


def _measure(site: Path, file: str) -> Known:
    path = _inside(site, file)
    try:
        stat = path.stat()
    except OSError:
        raise MediaError(f"there is no such file in content/{_near(site, file)}") from None
    if not path.is_file():
        raise MediaError("expected a file, found a folder")
    if stat.st_size > BINARY_LIMIT:
        raise MediaError(f"{stat.st_size:,} bytes; at most {BINARY_LIMIT:,} are read")
    if stat.st_size == 0:
        raise MediaError("the file is empty")
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, lambda: hashlib.blake2b(digest_size=16)).hexdigest()
    media = _header(path, file, digest, stat.st_size) if is_picture(file) else Media(file, digest, stat.st_size)
    return Known(settled(mark_of(stat)), media)


def _inside(site: Path, file: str) -> Path:
    """Return where a file is; it must lie below content/media, whatever its name or a link on the way says."""
    folder, _, name = file.partition("/")
    if folder != "media" or not name:
        raise MediaError(f"expected a file below content/media{suggest(f'media/{file}', _files(site, 'media'))}")
    return inside(site / "content" / "media", name)


def _header(path: Path, file: str, digest: str, size: int) -> Media:
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 - only a build with new pictures pays for Pillow

    Image.MAX_IMAGE_PIXELS = None  # our own limit, from the header alone, is below
    try:
        with Image.open(path, formats=tuple(FORMATS)) as image:
            kind, (width, height) = str(image.format), image.size
            turned = _lies(image)
    except (
        UnidentifiedImageError,
        OSError,
        ValueError,
        SyntaxError,
        EOFError,
        ArithmeticError,
        LookupError,
        TypeError,
    ):
        raise MediaError(f"not a picture that can be read; expected {', '.join(FORMATS)}") from None
    if PurePosixPath(file).suffix.lower() not in FORMATS[kind]:
        raise MediaError(f"the file is a {kind} picture; name it {PurePosixPath(file).stem}{FORMATS[kind][0]}")
    if width * height > MAX_PIXELS:
        raise MediaError(f"{width:,} × {height:,} pixels; at most {MAX_PIXELS // 1_000_000} megapixels are read")
    if turned:
        width, height = height, width
    return Media(file, digest, size, kind, width, height)


def _lies(image: Image.Image) -> bool:
    """Say whether a picture's EXIF orientation (tag 0x0112) swaps width and height; damaged EXIF says nothing."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return image.getexif().get(0x0112, 1) in {5, 6, 7, 8}
    except Exception:  # noqa: BLE001 - Pillow raises whatever the damage leads to, from struct.error to SyntaxError
        return False


def _near(site: Path, file: str) -> str:
    return suggest(file, _files(site, str(PurePosixPath(file).parent)))


def _files(site: Path, folder: str) -> list[str]:
    try:
        return [f"{folder}/{each.name}" for each in inside(site / "content", folder).iterdir()]
    except (OSError, UnsafePathError):
        return []
