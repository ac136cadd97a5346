"""Pictures and other files below content/media. Facts from their headers are cached by the files' fingerprints."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from unicodedata import normalize
from urllib.parse import unquote

import msgspec

from storegen.cache import Cache
from storegen.errors import EncodingError, StoregenError, TooLargeError, UnsafePathError, nearest
from storegen.files import BINARY_LIMIT, FileFingerprint, fingerprint_of, inside, read_text, settled
from storegen.load.drawings import DrawingError, inert_drawing
from storegen.load.grounds import ground_of
from storegen.load.headers import (
    FORMATS,
    PICTURE_ENDINGS,
    READ_WHOLE,
    UNREADABLE,
    HeaderError,
    colour_fault,
    format_of,
    is_readable,
    open_picture,
    orientation_of,
    size_fault,
)
from storegen.model.picture import DRAWING, Media

if TYPE_CHECKING:
    from PIL import ImageFile

WHOLE_LIMIT = 32 * 1024 * 1024  # the size limit of a picture whose whole file must be in memory

# File types that a browser opens as a page or runs, with the permissions of the shop's own pages.
ACTIVE_ENDINGS = frozenset(
    ".html .htm .shtml .xhtml .xht .hta .mht .mhtml .js .mjs .cjs .css .wasm .swf .xml .xsl .xslt .rdf .rss .atom "
    ".svgz".split()
)


class MediaError(StoregenError):
    """A file below content/media can't be used."""


class Known(msgspec.Struct, frozen=True, array_like=True):
    """The facts about a file, and its fingerprint at that time."""

    fingerprint: FileFingerprint
    media: Media


_DECODE = msgspec.msgpack.Decoder(Known).decode
_SECTION = "media"


def is_picture(file: str) -> bool:
    """Return whether a file's extension is that of a picture."""
    return PurePosixPath(file).suffix.lower() in PICTURE_ENDINGS


def measure(
    site: Path,
    files: Iterable[str],
    fingerprints: Mapping[str, FileFingerprint],
    cache: Cache,
    *,
    pictures: Collection[str] = (),
    links: Collection[str] = (),
    active: Collection[str] = (),
) -> tuple[dict[str, Media], dict[str, str]]:
    """Return the facts about each file (named as in content, ``media/…``), and the reasons why others can't be used.

    *pictures* are shown on pages, so they must be pictures. *links* can be opened by visitors, so they must not run
    scripts unless they are *active*. *fingerprints* are those of all files of content/, named relative to the site. A
    file whose fingerprint is in the cache is not read again.
    """
    composed = {normalize("NFC", name): name for name in fingerprints if not name.isascii()}
    index: dict[str, Media] = {}
    faults: dict[str, str] = {}
    rows = cache.section(_SECTION)
    for file in sorted(set(files)):
        try:
            known = _DECODE(rows[file].head) if file in rows else None
            if known is None or known.fingerprint != fingerprints.get(f"content/{known.media.file}"):
                known = _measure(site, _stored_name(file, fingerprints, composed))
                cache.put(_SECTION, file, msgspec.msgpack.encode(known))
            index[file] = known.media
            if file in links and file not in active and not known.media.width:
                index[file] = _harmless(site, known.media)
        except (MediaError, UnsafePathError) as error:
            faults[file] = str(error)
        else:
            if file in pictures and not is_picture(file):
                faults[file] = f"expected a picture to show ({', '.join(sorted(PICTURE_ENDINGS))})"
    cache.keep(_SECTION, index.keys())
    return index, faults


def _stored_name(file: str, fingerprints: Mapping[str, FileFingerprint], composed: Mapping[str, str]) -> str:
    """Return a file's name on disk.

    On a Mac accents may be separate characters (Unicode NFD). In a link a space may be written as ``%20``.
    """
    for name in (f"content/{file}", f"content/{unquote(file)}"):
        if name in fingerprints:
            return name.removeprefix("content/")
        if found := composed.get(normalize("NFC", name)):
            return found.removeprefix("content/")
    return file


def _harmless(site: Path, media: Media) -> Media:
    """Return a file that visitors can open safely. A drawing will be made inert. Raises MediaError."""
    ending = PurePosixPath(media.file).suffix.lower()
    remedy = f'or name it in active_files of site.yaml: "{media.file}"'
    if ending in ACTIVE_ENDINGS:
        raise MediaError(
            f"a browser would run what is in a {ending} file as part of the shop; link to another, {remedy}"
        )
    if ending != ".svg":
        return media
    try:
        inert_drawing(read_text(site / "content", media.file))
    except DrawingError as error:
        raise MediaError(f"{f'line {error.line}: ' if error.line else ''}{error}; mend the drawing, {remedy}") from None
    except (OSError, EncodingError, TooLargeError) as error:
        raise MediaError(str(error).removeprefix(f"{media.file}: ")) from None
    return msgspec.structs.replace(media, format=DRAWING)


def _measure(site: Path, file: str) -> Known:
    path = _inside(site, file)
    try:
        stat = path.stat()
    except OSError:
        raise MediaError(f"there is no such file in content/{_near(site, file)}") from None
    if not path.is_file():
        raise MediaError("expected a file, found a folder")
    limit = WHOLE_LIMIT if path.suffix.lower() in READ_WHOLE else BINARY_LIMIT
    if stat.st_size > limit:
        raise MediaError(f"{stat.st_size:,} bytes; at most {limit:,} are read")
    if stat.st_size == 0:
        raise MediaError("the file is empty")
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, lambda: hashlib.blake2b(digest_size=16)).hexdigest()
    media = _header(path, file, digest, stat.st_size) if is_picture(file) else Media(file, digest, stat.st_size)
    return Known(settled(fingerprint_of(stat)), media)


def _inside(site: Path, file: str) -> Path:
    """Return the path of a file. Raises an error if the name or a symbolic link leads out of content/media."""
    folder, _, name = file.partition("/")
    if folder != "media" or not name:
        raise MediaError(f"expected a file below content/media{_near(site, f'media/{file}')}")
    return inside(site / "content" / "media", name)


def _header(path: Path, file: str, digest: str, size: int) -> Media:
    ending = PurePosixPath(file).suffix.lower()
    if not is_readable(file):
        raise MediaError(
            f"{ending} pictures are read by an extra that is not installed; "
            'install it with: pip install "storegen[heic]", or save the picture as JPEG'
        )
    try:
        with open_picture(path) as image:
            kind, (width, height), alpha = format_of(image), image.size, "A" in image.getbands()
            if ending not in FORMATS[kind]:
                raise MediaError(f"the file is a {kind} picture; name it {PurePosixPath(file).stem}{FORMATS[kind][0]}")
            if fault := size_fault(image, path) or colour_fault(image, path):
                raise MediaError(fault)
            if orientation_of(image, path) >= 5:  # rotated by 90°
                width, height = height, width
            ground = _ground(image)
    except HeaderError as error:
        raise MediaError(str(error)) from None
    return Media(file, digest, size, kind, width, height, alpha, ground)


def _ground(image: ImageFile.ImageFile) -> str:
    """Return the ground of a picture. A damaged picture is reported when its variants are made."""
    try:
        return ground_of(image)
    except UNREADABLE:
        return ""


def _near(site: Path, file: str) -> str:
    """Return a suggestion of a file with a similar name. Folders and extensions alone make no names similar."""
    folder = _files(site, str(PurePosixPath(file).parent))
    names = {_bare(name): name for name in sorted(folder or _files(site, "media"))}
    near = nearest(_bare(file), names)
    return f', did you mean "{names[near]}"?' if near else ""


def _bare(file: str) -> str:
    return normalize("NFC", PurePosixPath(file).stem).lower()


def _files(site: Path, folder: str) -> list[str]:
    try:
        return [f"{folder}/{each.name}" for each in inside(site / "content", folder).iterdir()]
    except (OSError, UnsafePathError):
        return []
