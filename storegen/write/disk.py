"""The few operations that change the disk, each of which leaves a file old or new and never in between."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from collections.abc import Callable
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


def merge_folder(staged: str, target: str, note: Callable[[str], None], below: str = "") -> None:
    """Move everything in a staged folder to its place, a folder that is new there as a whole.

    *note* hears of each operation before it happens. What was moved before is no longer there, so that a merge which
    was stopped can be done again.
    """
    try:
        entries = sorted(os.scandir(staged), key=lambda entry: entry.name)
    except FileNotFoundError:
        return
    for entry in entries:
        name = f"{below}{entry.name}"
        place = f"{target}/{entry.name}"
        folder = entry.is_dir()
        if folder and os.path.isdir(place) and not os.path.islink(place):
            merge_folder(entry.path, place, note, f"{name}/")
            continue
        note(f"move {name}")
        try:
            _move(entry.path, place, folder=folder)
        except OSError as error:
            raise _output_error(place, error) from None


def _move(staged: str, target: str, *, folder: bool) -> None:
    """Put a staged file or folder in its place, across file systems by way of a copy beside it."""
    if folder and os.path.lexists(target):  # a file, or a link, that once stood where a folder is needed
        os.unlink(target)
    try:
        os.replace(staged, target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        beside = f"{os.path.dirname(target)}/.{os.path.basename(target)}.new"
        if folder:
            shutil.rmtree(beside, ignore_errors=True)
            shutil.copytree(staged, beside)
        else:
            shutil.copyfile(staged, beside)
        os.replace(beside, target)
        shutil.rmtree(staged) if folder else os.unlink(staged)


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
