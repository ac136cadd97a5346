"""The files of the output folder that belong to this shop, and foreign files that are in the way.

A record of the paths is in the output folder, so that it moves with the folder and outlives the cache. It is published
with the shop. So it contains only digests, because the paths of unlisted pages are private.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import msgspec

from storegen.errors import OutputError, some
from storegen.write.disk import read_checked, with_check

RECORD = ".storegen-outputs"
STAGE_BESIDE = ".storegen-stage"  # a stage in the output folder, used if the cache is on another disk
_OWN = frozenset((RECORD, STAGE_BESIDE))
_SIZE = 8

RecordFingerprint = tuple[int, int]  # size and modification time in nanoseconds; (-1, 0) if there is no file


class ShopName(msgspec.Struct, frozen=True):
    """The two identifiers of a shop. Two records belong to the same shop if either identifier is equal."""

    name: str = ""
    url: str = ""


class Record(msgspec.Struct, frozen=True):
    """The paths that builds of a shop wrote: sorted digests of eight bytes."""

    version: int
    shop: ShopName
    paths: bytes


def encode_record(shop: ShopName, paths: Iterable[str]) -> bytes:
    """Return the content of an output folder's record."""
    digests = b"".join(sorted(map(_digest, paths)))
    return with_check(msgspec.msgpack.encode(Record(1, shop, digests)))


def read_record(output: Path, shop: ShopName) -> tuple[frozenset[bytes], str]:
    """Return the digests of the paths that builds of this shop wrote, and the record's owner if it is another shop.

    A damaged record counts as missing.
    """
    try:
        record = msgspec.msgpack.decode(read_checked(output / RECORD), type=Record)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return frozenset(), ""
    if record.version != 1:
        return frozenset(), ""
    if record.shop.name != shop.name and record.shop.url != shop.url:
        return frozenset(), f"{record.shop.name} ({record.shop.url})"
    return frozenset(record.paths[place : place + _SIZE] for place in range(0, len(record.paths), _SIZE)), ""


def record_fingerprint(output: Path) -> RecordFingerprint:
    """Return the fingerprint of the record file. It shows whether the record is the one that was written last."""
    try:
        stat = os.lstat(output / RECORD)
    except OSError:
        return (-1, 0)
    return (stat.st_size, stat.st_mtime_ns)


def is_recorded(path: str, record: frozenset[bytes]) -> bool:
    """Return whether a path is in a record."""
    return _digest(path) in record


def _digest(path: str) -> bytes:
    return hashlib.blake2b(path.encode("utf-8", "surrogateescape"), digest_size=_SIZE).digest()


def files_below(folder: Path) -> Iterator[str]:
    """Yield the files and links below an output folder, except storegen's own."""
    waiting = [("", str(folder))]
    while waiting:
        prefix, place = waiting.pop()
        try:
            entries = list(os.scandir(place))
        except (FileNotFoundError, NotADirectoryError):
            continue
        for entry in entries:
            if not prefix and entry.name in _OWN:
                continue
            if entry.is_dir(follow_symlinks=False):
                waiting.append((f"{prefix}{entry.name}/", entry.path))
            else:
                yield f"{prefix}{entry.name}"


class OutputFolders:
    """A search for foreign files at the paths of outputs. Each folder is checked once."""

    def __init__(self, output: Path, owns: Callable[[str], bool]) -> None:
        self._output = output
        self._owns = owns
        self._seen: dict[str, str | None] = {"": None}

    def in_the_way(self, path: str) -> str | None:
        """Return the foreign path that is in the way of an output, or None.

        This is a file, a folder with files, or a symbolic link on the path. A link's target does not belong to the
        shop.
        """
        blocked = self._folder(path.rpartition("/")[0])
        if blocked is not None:
            return blocked or None
        place = f"{self._output}/{path}"
        if not os.path.lexists(place):
            return None
        if os.path.isdir(place) and not os.path.islink(place):
            below = (f"{path}/{name}" for name in files_below(Path(place)))
            return None if all(map(self._owns, below)) else path
        return None if self._owns(path) else path

    def removable(self, path: str) -> bool:
        """Return whether a path is a file in this folder. A folder, or a path through a link, is not."""
        place = f"{self._output}/{path}"
        return self._folder(path.rpartition("/")[0]) is None and (os.path.islink(place) or not os.path.isdir(place))

    def _folder(self, folder: str) -> str | None:
        """Return None if the folder exists. Else return what is in its place, or an empty string for nothing."""
        if folder not in self._seen:
            self._seen[folder] = self._look(folder)
        return self._seen[folder]

    def _look(self, folder: str) -> str | None:
        above = self._folder(folder.rpartition("/")[0])
        if above is not None:
            return above
        place = f"{self._output}/{folder}"
        if os.path.islink(place):
            return folder
        if os.path.isdir(place):
            return None
        return folder if os.path.lexists(place) and not self._owns(folder) else ""


def refuse(output: Path, found: Iterable[str], other: str) -> None:
    """Raise OutputError if anything foreign is in the way. *other* is the name of the shop that wrote it, if known."""
    names = sorted(set(found))
    if not names:
        return
    whose = f"belongs to another shop, {other}:" if other else "contains files that no build of this shop wrote:"
    raise OutputError(
        f"{output} {whose} {some(names, 5)}. Nothing was written. Name an empty folder with --output, "
        "move these files away, or write over them with --overwrite"
    )
