"""The few operations that change the disk. Each is atomic: a file is either old or new.

They raise the system's OSError, always with the path. `storegen.build` explains it.
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
_GIVES_WAY = {errno.ELOOP, errno.EISDIR, errno.EACCES}  # a link, a folder, another user's file
_AT_FDCWD = -100  # linux/fcntl.h
_RENAME_EXCHANGE = 2  # linux/fs.h; renameat2(2)


@contextmanager
def naming(path: str | Path) -> Iterator[None]:
    """Add the path to an OSError that has none."""
    try:
        yield
    except OSError as error:
        if error.filename is not None:
            raise
        raise OSError(error.errno, error.strerror or str(error), str(path)) from None


def write_all(descriptor: int, data: bytes | bytearray, place: int | None = None) -> None:
    """Write all bytes to an open file, at offset *place* or at the current position.

    The system may write only a part of the bytes and report success. On a full disk the next attempt then fails.
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
    """Open a file for writing. An OSError contains its path."""
    with naming(path):
        descriptor = os.open(path, flags | os.O_WRONLY | os.O_CLOEXEC, 0o666)
        try:
            yield descriptor
        finally:
            os.close(descriptor)


def write_file(path: str, data: bytes) -> None:
    """Write a file that no reader uses yet, to an existing folder."""
    with _opened(path, os.O_CREAT | os.O_TRUNC) as descriptor:
        write_all(descriptor, data)


def write_spare(path: str, data: bytes) -> int:
    """Overwrite the spare file, if there is one, to reuse its disk blocks. Returns the inode.

    A file with several hard links is not overwritten but replaced. So is anything else at this path.
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
    """A file has several hard links."""


def _overwrite(descriptor: int, data: bytes) -> int:
    """Overwrite an open file. Raises _SharedError if it has several hard links."""
    stat = os.fstat(descriptor)
    if stat.st_nlink != 1:
        raise _SharedError
    write_all(descriptor, data)
    if stat.st_size > len(data):
        os.ftruncate(descriptor, len(data))
    return stat.st_ino


def _clear(path: str) -> None:
    """Remove whatever is at the path of a staged file: a folder, a link, or a file with several hard links."""
    if os.path.isdir(path) and not os.path.islink(path):
        shutil.rmtree(path)
    elif os.path.lexists(path):
        os.unlink(path)


class StageFolders:
    """The folders of a stage. Anything else at the path of a folder is removed, such as a link."""

    def __init__(self, stage: str) -> None:
        self._stage = stage
        self._made = {""}

    def make(self, folder: str) -> None:
        """Create a folder, named relative to the stage, and its parents."""
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
    """Create a folder and its parents. It may already exist."""
    os.makedirs(path, exist_ok=True)


def replace_file(path: Path, data: bytes) -> None:
    """Replace a file's content atomically: write a temporary file next to it, then rename it.

    The file is not synced. It is read with `read_checked`, and losing it only costs time.
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
    """Replace a file with a digest followed by the content. The digest detects a partly written file."""
    replace_file(path, with_check(data))


def with_check(data: bytes) -> bytes:
    """Return the content preceded by its digest, for `read_checked`."""
    return _digest(data) + data


def read_checked(path: Path) -> bytes:
    """Return the content that `write_checked` wrote. Raises ValueError if the file is damaged."""
    data = path.read_bytes()
    if _digest(data[_CHECK:]) != data[:_CHECK]:
        raise ValueError(f"{path} is damaged")
    return data[_CHECK:]


def _digest(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=_CHECK).digest()


Placed = Literal["nothing", "exchanged", "moved", "replaced"]


def place_file(staged: str, target: str, inode: int) -> Placed:
    """Move the staged file with this inode to its target, and return how. A file no longer staged was already moved.

    An existing target is exchanged with the staged file, and becomes the spare file of the next build. On most file
    systems this takes a hundredth of the time of deleting it.
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
    """Move a whole staged folder to its target, if the target doesn't exist yet. Returns whether it was moved."""
    if os.path.lexists(target):
        return False
    try:
        os.rename(staged, target)
    except FileNotFoundError:
        return False
    return True


def exchange(one: str, other: str) -> bool:
    """Exchange two files in one step. Returns whether the system supports this and both were files."""
    if _renameat2 is None or os.path.isdir(other) or os.path.islink(other):
        return False
    return bool(_renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0)


def move_file(source: str, target: str) -> None:
    """Move a file on one disk. It replaces a file or an empty folder at the target. The target's folder is created."""
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
    """Return whether both paths are files with the same content. Links and folders don't count as files."""
    if other.is_symlink() or not other.is_file() or one.stat().st_size != other.stat().st_size:
        return False
    return one.read_bytes() == other.read_bytes()


def same_disk(one: str, other: str) -> bool:
    """Return whether files can be moved between two existing folders.

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
    """Remove a file. It may be missing already."""
    with suppress(FileNotFoundError, NotADirectoryError, IsADirectoryError):
        os.unlink(path)


def remove_empty_folders(folder: str, top: str) -> None:
    """Remove a folder and its parents up to *top*, as far as they are empty."""
    while len(folder) > len(top):
        try:
            os.rmdir(folder)
        except OSError:
            return
        folder = os.path.dirname(folder)
