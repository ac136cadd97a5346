"""The few operations that change the disk, each of which leaves a file old or new and never in between.

They raise the system's OSError, always with the path; `storegen.build` explains it.
"""

from __future__ import annotations

import ctypes
import errno
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Literal

_CHECK = 16
_GIVES_WAY = {errno.ELOOP, errno.EISDIR, errno.EACCES}  # a link, a folder, a file of somebody else
_AT_FDCWD = -100  # linux/fcntl.h
_RENAME_EXCHANGE = 2  # linux/fs.h; renameat2(2)


@contextmanager
def naming(path: str | Path) -> Iterator[None]:
    """Give an OSError the path that it is about, where the system doesn't say."""
    try:
        yield
    except OSError as error:
        if error.filename is not None:
            raise
        raise OSError(error.errno, error.strerror or str(error), str(path)) from None


def write_all(descriptor: int, data: bytes | bytearray, place: int | None = None) -> None:
    """Write all bytes to an open file, at *place* or where it stands.

    The system may write a part of them only and call it success: a full disk is told by the next try.
    """
    rest = memoryview(data)
    while rest:
        count = os.write(descriptor, rest) if place is None else os.pwrite(descriptor, rest, place)
        if not count:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        rest = rest[count:]
        place = None if place is None else place + count


@contextmanager
def _opened(path: str, flags: int) -> Iterator[int]:
    """Open a file to write; what goes wrong with it names its path."""
    with naming(path):
        descriptor = os.open(path, flags | os.O_WRONLY | os.O_CLOEXEC, 0o666)
        try:
            yield descriptor
        finally:
            os.close(descriptor)


def write_file(path: str, data: bytes) -> None:
    """Write a file that nobody reads yet, into a folder that is there."""
    with _opened(path, os.O_CREAT | os.O_TRUNC) as descriptor:
        write_all(descriptor, data)


def write_spare(path: str, data: bytes) -> int:
    """Write a file over the spare one that may be there, keeping its blocks; returns its inode.

    A file that has another name as well is left to that name, and whatever else stands there gives way.
    """
    try:
        with _opened(path, os.O_CREAT | os.O_NOFOLLOW) as descriptor:
            return _overwrite(descriptor, data)
    except _SharedError:
        pass
    except OSError as error:
        if error.errno not in _GIVES_WAY:
            raise
    _clear(path)
    with _opened(path, os.O_CREAT | os.O_EXCL) as descriptor:
        return _overwrite(descriptor, data)


class _SharedError(Exception):
    """A file has another name as well."""


def _overwrite(descriptor: int, data: bytes) -> int:
    """Write an open file from its beginning; raises _SharedError if it has another name."""
    stat = os.fstat(descriptor)
    if stat.st_nlink != 1:
        raise _SharedError
    write_all(descriptor, data)
    if stat.st_size > len(data):
        os.ftruncate(descriptor, len(data))
    return stat.st_ino


def _clear(path: str) -> None:
    """Take away what stands in a staged file's place: a folder, a link, or a file with another name."""
    if os.path.isdir(path) and not os.path.islink(path):
        shutil.rmtree(path)
    elif os.path.lexists(path):
        os.unlink(path)


class StageFolders:
    """The folders of a stage. What stands in the place of one and is none gives way, links above all."""

    def __init__(self, stage: str) -> None:
        self._stage = stage
        self._made = {""}

    def make(self, folder: str) -> None:
        """Make a folder of the stage, named from there, and those above it."""
        if folder in self._made:
            return
        self.make(folder.rpartition("/")[0])
        path = f"{self._stage}/{folder}"
        try:
            os.mkdir(path)
        except FileExistsError:
            if os.path.islink(path) or not os.path.isdir(path):
                os.unlink(path)
                os.mkdir(path)
        self._made.add(folder)


def make_folder(path: str) -> None:
    """Make a folder with those above it; one that is there is fine."""
    os.makedirs(path, exist_ok=True)


def replace_file(path: Path, data: bytes) -> None:
    """Put new content in a file's place: beside it, then renamed over it.

    It is not synced: what is put here is read with `read_checked`, and a loss costs time only.
    """
    beside = path.with_name(f".{path.name}.new")
    make_folder(str(path.parent))
    try:
        write_file(str(beside), data)
        os.replace(beside, path)
    except OSError:
        with suppress(OSError):
            os.unlink(beside)
        raise


def write_checked(path: Path, data: bytes) -> None:
    """Put content in a file's place with a digest before it, by which a torn file is known."""
    replace_file(path, with_check(data))


def with_check(data: bytes) -> bytes:
    """Return content with the digest before it that `read_checked` asks for."""
    return _digest(data) + data


def read_checked(path: Path) -> bytes:
    """Return what `write_checked` wrote; raises ValueError where the file is damaged."""
    data = path.read_bytes()
    if _digest(data[_CHECK:]) != data[:_CHECK]:
        raise ValueError(f"{path} is damaged")
    return data[_CHECK:]


def _digest(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=_CHECK).digest()


Placed = Literal["nothing", "exchanged", "moved", "replaced"]


def place_file(staged: str, target: str, inode: int) -> Placed:
    """Put the staged file with this inode in its place, and say how; a file that is no longer staged is there already.

    A file that stands there changes places with it, and is the spare one for the next build: on most file systems
    that takes a hundredth of the time of throwing it away.
    """
    try:
        if os.stat(staged).st_ino != inode:
            return "nothing"
    except FileNotFoundError:
        return "nothing"
    if exchange(staged, target):
        return "exchanged"
    there = os.path.lexists(target)
    move_file(staged, target)
    return "replaced" if there else "moved"


def place_folder(staged: str, target: str) -> bool:
    """Put a staged folder in its place as a whole, where nothing stands there yet; says whether that was so."""
    if os.path.lexists(target):
        return False
    try:
        os.rename(staged, target)
    except FileNotFoundError:
        return False
    return True


def exchange(one: str, other: str) -> bool:
    """Let two files change places in one step; says whether the system can, and both were files."""
    if _renameat2 is None or os.path.isdir(other) or os.path.islink(other):
        return False
    return bool(_renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0)


def move_file(source: str, target: str) -> None:
    """Move a file on one disk, over the file or the empty folder that may stand there; the target's folder is made."""
    try:
        os.replace(source, target)
        return
    except FileNotFoundError:
        if not os.path.lexists(source):
            raise
        make_folder(os.path.dirname(target))
    except IsADirectoryError:
        os.rmdir(target)
    os.replace(source, target)


def same_content(one: Path, other: Path) -> bool:
    """Say whether two files are there and hold the same; links and folders are no files."""
    if other.is_symlink() or not other.is_file() or one.stat().st_size != other.stat().st_size:
        return False
    return one.read_bytes() == other.read_bytes()


def same_disk(one: str, other: str) -> bool:
    """Say whether files can be moved between two folders that are there.

    One disk may be mounted in two places. Linux then refuses to move even a file that doesn't exist.
    """
    if os.stat(one).st_dev != os.stat(other).st_dev:
        return False
    try:
        os.rename(f"{one}/.nothing", f"{other}/.nothing")
    except OSError as error:
        return error.errno != errno.EXDEV
    return True


def _find_renameat2() -> Any:  # noqa: ANN401 - a function of the C library
    try:
        return ctypes.CDLL(None).renameat2
    except (OSError, AttributeError):
        return None


_renameat2 = _find_renameat2()


def remove_file(path: str) -> None:
    """Remove a file; one that is not there is fine."""
    with suppress(FileNotFoundError, NotADirectoryError, IsADirectoryError):
        os.unlink(path)


def remove_empty_folders(folder: str, top: str) -> None:
    """Remove a folder and those above it, up to *top*, as far as they are empty."""
    while len(folder) > len(top):
        try:
            os.rmdir(folder)
        except OSError:
            return
        folder = os.path.dirname(folder)
