"""The few operations that change the disk, each of which leaves a file old or new and never in between."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from pathlib import Path

from storegen.errors import OutputError


def write_file(path: Path, data: bytes) -> None:
    """Write a file that nobody reads yet."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError as error:
        raise _output_error(path, error) from None


def replace_file(path: Path, data: bytes) -> None:
    """Put new content in a file's place: beside it, synced, then renamed over it."""
    beside = path.with_name(f".{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(path)
    except OSError as error:
        raise _output_error(path, error) from None


def move_file(staged: Path, target: Path) -> None:
    """Move a staged file into its place, across file systems by way of a copy beside the target."""
    try:
        _make_room(target)
        try:
            staged.replace(target)
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
            beside = target.with_name(f".{target.name}.new")
            beside.write_bytes(staged.read_bytes())
            beside.replace(target)
            staged.unlink()
    except OSError as error:
        raise _output_error(target, error) from None


def remove_file(path: Path, top: Path) -> None:
    """Remove a file and the folders above it that this leaves empty, up to *top*."""
    try:
        path.unlink(missing_ok=True)
    except (IsADirectoryError, NotADirectoryError):
        return
    except OSError as error:
        raise _output_error(path, error) from None
    for folder in path.parents:
        if folder == top or not folder.is_relative_to(top):
            return
        try:
            folder.rmdir()
        except OSError:
            return


def _make_room(target: Path) -> None:
    """Make the target's folder; a file that once stood where a folder is needed, or the other way round, gives way."""
    with suppress(FileExistsError, NotADirectoryError):
        target.parent.mkdir(parents=True, exist_ok=True)
        return
    for folder in reversed(target.parents):
        if folder.is_file() or folder.is_symlink():
            folder.unlink()
            break
    target.parent.mkdir(parents=True, exist_ok=True)


def _output_error(path: Path, error: OSError) -> OutputError:
    reason = error.strerror or str(error)
    return OutputError(f"{path} can't be written: {reason}; the shop built before is unharmed")
