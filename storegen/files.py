"""Safe reading of files: inside their folder, with a size limit, decoded as UTF-8. All files are read here."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

from storegen.errors import EncodingError, TooLargeError, UnsafePathError

# Size, modification time, change time (both in nanoseconds) and inode. A new content changes at least one of them.
FileFingerprint: TypeAlias = tuple[int, int, int, int]

TEXT_LIMIT = 4 * 1024 * 1024
BINARY_LIMIT = 512 * 1024 * 1024
_SETTLED_NS = 2_000_000_000
_DROPPINGS = ("~", ".swp", ".swx", ".tmp", ".bak", ".orig", ".DS_Store")


def inside(root: Path, name: str) -> Path:
    """Return the real path of *name* below *root*.

    Raises UnsafePathError if the name or a symbolic link on the path leads out of *root*.
    """
    if "\0" in name or "\\" in name:
        raise UnsafePathError(f'{name!r}: a path is written with "/" and without control characters')
    base = Path(os.path.realpath(root))
    real = Path(os.path.realpath(base / name))
    if not real.is_relative_to(base):
        raise UnsafePathError(f'"{name}" leads out of {root.name or root}; only files inside it are read')
    return real


def settled(fingerprint: FileFingerprint) -> FileFingerprint:
    """Return a fingerprint of a file just read. If the file was written shortly before, the fingerprint never matches.

    A second write within the clock's resolution would not change the fingerprint.
    """
    return (-1, 0, 0, 0) if recent({"": fingerprint}) else fingerprint


def recent(fingerprints: Mapping[str, FileFingerprint]) -> list[str]:
    """Return the names of the files that were written recently."""
    since = time.time_ns() - _SETTLED_NS
    return [name for name, (_, modified, changed, _) in fingerprints.items() if modified >= since or changed >= since]


def read_bytes(root: Path, name: str, limit: int = BINARY_LIMIT, *, listed: bool = False) -> bytes:
    """Return the content of a file. *limit* is in bytes.

    A *listed* name comes from `list_files`, which has already checked that it stays inside *root*.
    """
    place = f"{root}/{name}" if listed else inside(root, name)
    with open(place, "rb", buffering=0) as stream:  # noqa: PTH123 - Path costs as much as the read
        size = os.fstat(stream.fileno()).st_size
        if size > limit:
            raise TooLargeError(f"{name}: {size:,} bytes; at most {limit:,} are read")
        return stream.readall()


def read_text(root: Path, name: str, *, listed: bool = False) -> str:
    r"""Return the content of a text file in UTF-8, without byte order mark, with ``\\n`` as line end."""
    return decode(read_bytes(root, name, TEXT_LIMIT, listed=listed))


def decode(data: bytes) -> str:
    """Return UTF-8 bytes as text. Raises EncodingError with the first line that is not UTF-8."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise EncodingError("expected UTF-8, found UTF-16; save the file as UTF-8")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        found = f"expected UTF-8, found the byte 0x{data[error.start]:02x}"
        raise EncodingError(found, "save the file as UTF-8", line) from None
    if "\0" in text:
        raise EncodingError("expected text, found a NUL byte", line=text.count("\n", 0, text.index("\0")) + 1)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def list_files(root: Path, folder: str, faults: list[tuple[str, str]] | None = None) -> tuple[str, ...]:
    """Return the paths of the files below a folder, sorted, relative to *root*, with ``/`` between names.

    Hidden files and temporary files of editors are skipped. A link that leads out of *root* or to a folder above
    itself is added to *faults* with its name and the reason. Without *faults*, such a link raises UnsafePathError.
    """
    return tuple(sorted(name for name, _ in _list(root, folder, faults)))


def list_fingerprints(root: Path, folder: str, faults: list[tuple[str, str]]) -> dict[str, FileFingerprint]:
    """Return the files below a folder as `list_files` does, with their fingerprints, in one walk."""
    found = {name: fingerprint_of(entry.stat()) for name, entry in _list(root, folder, faults)}
    return {name: found[name] for name in sorted(found)}


def fingerprint_of(stat: os.stat_result) -> FileFingerprint:
    """Return a file's fingerprint."""
    return (stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino)


def _list(root: Path, folder: str, faults: list[tuple[str, str]] | None) -> Iterator[tuple[str, os.DirEntry[str]]]:
    start = inside(root, folder)
    return _walk(root, str(start), folder.strip("/"), faults) if start.is_dir() else iter(())


def _walk(
    root: Path, folder: str, name: str, faults: list[tuple[str, str]] | None
) -> Iterator[tuple[str, os.DirEntry[str]]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith((".", "#")) or entry.name.endswith(_DROPPINGS):
                continue
            child = f"{name}/{entry.name}" if name else entry.name
            if entry.is_symlink() and (fault := _link_fault(root, child, Path(folder))):
                if faults is None:
                    raise UnsafePathError(f"{child}: {fault}")
                faults.append((child, fault))
                continue
            if entry.is_dir():
                yield from _walk(root, entry.path, child, faults)
            elif entry.is_file():
                yield child, entry


def _link_fault(root: Path, name: str, folder: Path) -> str:
    """Return the reason why a symbolic link in *folder* is not followed, or an empty string."""
    try:
        target = inside(root, name)
    except UnsafePathError:
        return f"this symbolic link leads out of {root.resolve().name}; only files inside it are read"
    return "this symbolic link leads to a folder that contains it" if folder.resolve().is_relative_to(target) else ""
