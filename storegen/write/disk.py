"""The few operations that change the disk, each of which leaves a file old or new and never in between."""

from __future__ import annotations

import errno
import hashlib
import os
from contextlib import suppress
from pathlib import Path

from storegen.errors import OutputError

_CHECK = 16


def write_file(path: str, data: bytes) -> None:
    """Write a file that nobody reads yet, into a folder that is there."""
    try:
        with open(path, "wb", buffering=0) as stream:
            stream.write(data)
    except OSError as error:
        raise _output_error(path, error) from None


def make_folder(path: str) -> None:
    """Make a folder with those above it; one that is there is fine."""
    try:
        os.makedirs(path, exist_ok=True)
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


def move_file(staged: str, target: str) -> bool:
    """Move a staged file into its place, across file systems by way of a copy beside it; says whether it was there."""
    try:
        return _move(staged, target)
    except OSError as error:
        raise _output_error(target, error) from None


def _move(staged: str, target: str) -> bool:
    try:
        os.replace(staged, target)
    except OSError as error:
        if error.errno == errno.EXDEV:
            _copy(staged, target)
        elif not os.path.lexists(staged):
            return False
        else:
            _make_room(target)
            _place(staged, target)
    return True


def _place(staged: str, target: str) -> None:
    try:
        os.replace(staged, target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        _copy(staged, target)


def _copy(staged: str, target: str) -> None:
    _make_room(target)
    beside = Path(target).with_name(f".{Path(target).name}.new")
    beside.write_bytes(Path(staged).read_bytes())
    beside.replace(target)
    os.unlink(staged)


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
        if folder.is_file() or folder.is_symlink():
            folder.unlink()
            break
    os.makedirs(parent, exist_ok=True)


def _output_error(path: str, error: OSError) -> OutputError:
    reason = error.strerror or str(error)
    return OutputError(f"{path} can't be written: {reason}; the shop built before is unharmed")
