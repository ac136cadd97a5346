"""The few operations that change the disk, each of which leaves a file old or new and never in between."""

from __future__ import annotations

import ctypes
import errno
import hashlib
import os
import shutil
from contextlib import suppress
from io import FileIO
from pathlib import Path
from typing import Any

from storegen.errors import OutputError

_CHECK = 16
_AT_FDCWD = -100  # linux/fcntl.h
_RENAME_EXCHANGE = 2  # linux/fs.h; renameat2(2)


def write_file(path: str, data: bytes) -> None:
    """Write a file that nobody reads yet, into a folder that is there."""
    try:
        with open(path, "wb", buffering=0) as stream:
            stream.write(data)
    except OSError as error:
        raise _output_error(path, error) from None


def write_spare(path: str, data: bytes) -> int:
    """Write a file over the spare one that may be there, keeping its blocks; returns its inode.

    A file that has another name as well is left to that name, and whatever else stands there gives way.
    """
    try:
        with _spare(path) as stream:
            stat = os.fstat(stream.fileno())
            done = 0
            while done < len(data):
                done += stream.write(data[done:] if done else data)
            if stat.st_size > done:
                stream.truncate()
    except OSError as error:
        raise _output_error(path, error) from None
    return stat.st_ino


def _spare(path: str) -> FileIO:
    """Open a file to write at its beginning, no other name of which exists."""
    with suppress(OSError):
        stream = FileIO(path, "w", opener=_keep)
        if os.fstat(stream.fileno()).st_nlink == 1:
            return stream
        stream.close()
        os.unlink(path)
    _clear(path)
    return FileIO(path, "x")


def _keep(path: str, flags: int) -> int:
    """Open a file without cutting it short, and never what a link leads to."""
    return os.open(path, (flags & ~os.O_TRUNC) | os.O_NOFOLLOW, 0o666)


def _clear(path: str) -> None:
    """Take away what stands in a file's place: a folder, a link, or files where its own folders must be."""
    _make_room(path)
    if os.path.islink(path):
        os.unlink(path)
    elif os.path.isdir(path):
        shutil.rmtree(path)


def make_folder(path: str) -> None:
    """Make a folder with those above it; one that is there is fine."""
    try:
        os.makedirs(path, exist_ok=True)
    except OSError as error:
        raise _output_error(path, error) from None


def make_place(path: str) -> None:
    """Make a staged file's folder; what stands there and is none gives way."""
    try:
        _make_room(path)
    except OSError as error:
        raise _output_error(path, error) from None


def replace_file(path: Path, data: bytes) -> None:
    """Put new content in a file's place: beside it, then renamed over it.

    It is not synced: what is put here is read with `read_checked`, and a loss costs time only.
    """
    beside = path.with_name(f".{path.name}.new")
    make_folder(str(path.parent))
    write_file(str(beside), data)
    beside.replace(path)


def write_checked(path: Path, data: bytes) -> None:
    """Put content in a file's place with a digest before it, by which a torn file is known."""
    replace_file(path, _digest(data) + data)


def read_checked(path: Path) -> bytes:
    """Return what `write_checked` wrote; raises ValueError where the file is damaged."""
    data = path.read_bytes()
    if _digest(data[_CHECK:]) != data[:_CHECK]:
        raise ValueError(f"{path} is damaged")
    return data[_CHECK:]


def _digest(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=_CHECK).digest()


def place_file(staged: str, target: str, inode: int) -> None:
    """Put the staged file with this inode in its place; where it is no longer staged, it has been put there before.

    A file that stands there changes places with it, and is the spare one for the next build: on most file systems
    that takes a hundredth of the time of throwing it away.
    """
    try:
        if os.stat(staged).st_ino != inode:
            return
    except FileNotFoundError:
        return
    try:
        if not _exchange(staged, target):
            _replace(staged, target)
    except OSError as error:
        raise _output_error(target, error) from None


def place_folder(staged: str, target: str) -> bool:
    """Put a staged folder in its place as a whole, where nothing stands there yet; says whether that was so."""
    if os.path.lexists(target):
        return False
    try:
        os.rename(staged, target)
    except OSError:
        return False
    return True


def _exchange(one: str, other: str) -> bool:
    """Let two files change places in one step; says whether the system can, and both were files."""
    if _renameat2 is None or os.path.isdir(other) or os.path.islink(other):
        return False
    return bool(_renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0)


def _replace(staged: str, target: str) -> None:
    try:
        os.replace(staged, target)
    except (FileNotFoundError, NotADirectoryError):
        _make_room(target)
        _replace_far(staged, target)
    except OSError:
        _replace_far(staged, target)


def _replace_far(staged: str, target: str) -> None:
    """Replace a file across file systems by way of a copy beside it."""
    try:
        os.replace(staged, target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        beside = f"{os.path.dirname(target)}/.{os.path.basename(target)}.new"
        shutil.copyfile(staged, beside)
        os.replace(beside, target)
        os.unlink(staged)


def _make_room(target: str) -> None:
    """Make the target's folder; a file that once stood where a folder is needed, or the other way round, gives way."""
    parent = os.path.dirname(target)
    with suppress(OSError):
        os.mkdir(parent)
        return
    with suppress(FileExistsError, NotADirectoryError):
        os.makedirs(parent, exist_ok=True)
        return
    for folder in reversed(Path(target).parents):
        if os.path.lexists(folder) and not folder.is_dir():
            folder.unlink()
            break
    os.makedirs(parent, exist_ok=True)


def _find_renameat2() -> Any:  # noqa: ANN401 - a function of the C library
    try:
        return ctypes.CDLL(None).renameat2
    except (OSError, AttributeError):
        return None


_renameat2 = _find_renameat2()


def remove_file(path: Path, top: Path) -> None:
    """Remove a file and the folders above it that this leaves empty, up to *top*."""
    try:
        path.unlink(missing_ok=True)
    except (IsADirectoryError, NotADirectoryError):
        return
    except OSError as error:
        raise _output_error(str(path), error) from None
    for folder in path.parents:
        if folder == top or not folder.is_relative_to(top):
            return
        try:
            folder.rmdir()
        except OSError:
            return


def _output_error(path: str, error: OSError) -> OutputError:
    reason = error.strerror or str(error)
    return OutputError(f"{path} can't be written: {reason}; the shop built before is unharmed")
