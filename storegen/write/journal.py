"""The journal: a build's changes written down before they happen, so that the next build can finish them."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import msgspec

from storegen.write.disk import make_folder, place_file, place_folder, read_checked, remove_file, write_checked
from storegen.write.manifest import Entry, Manifest, read_manifest

STAGE = "stage"


class Move(msgspec.Struct, frozen=True, array_like=True):
    """A file that goes to its path in the output folder; one whose *inode* is 0 is not staged but stays as it is."""

    inode: int
    path: str
    entry: Entry


class Journal(msgspec.Struct, frozen=True):
    """What a commit does, in its order: deletions, files, then the manifest.

    Where nothing but these files is staged, whole *folders* may go that are new in the output.
    """

    output: str
    moves: tuple[Move, ...]
    gone: tuple[str, ...]
    folders: tuple[str, ...] = ()


Step = Callable[[str], None]


def write_journal(cache: Path, journal: Journal) -> None:
    """Write a journal; from here on the commit will be finished, now or by the next build.

    Nothing is synced. After a power cut the journal may be lost, or files may be torn: the next build finds both by
    comparing the files with the manifest, and makes them again.
    """
    write_checked(cache / "journal", msgspec.msgpack.encode(journal))


def finish(cache: Path, *, step: Step | None = None, before: Manifest | None = None) -> bool:
    """Carry out the journal that is there, from wherever it was left; says whether there was one.

    *step* is called before each operation; tests use it to stop in between. *before* is the manifest as it is, where
    it was read already.
    """
    journal = _read(cache)
    if journal is None:
        return False
    output = Path(journal.output)
    note = step or _nothing
    for path in journal.gone:
        note(f"remove {path}")
        remove_file(output / path, output)
        remove_file(cache / STAGE / path, cache / STAGE)
    make_folder(journal.output)
    for folder in journal.folders:
        note(f"move {folder}/")
        place_folder(f"{cache}/{STAGE}/{folder}", f"{output}/{folder}")
    for move in journal.moves:
        if move.inode:
            note(f"move {move.path}")
            place_file(f"{cache}/{STAGE}/{move.path}", f"{output}/{move.path}", move.inode)
    note("manifest")
    _update_manifest(cache, journal, before or read_manifest(cache / "manifest", Path(journal.output))[0])
    note("clean")
    (cache / "journal").unlink(missing_ok=True)
    return True


def _update_manifest(cache: Path, journal: Journal, before: Manifest) -> None:
    entries = dict(before.entries)
    for path in journal.gone:
        entries.pop(path, None)
    for move in journal.moves:
        entries[move.path] = _as_written(move.entry, f"{journal.output}/{move.path}") if move.inode else move.entry
    manifest = Manifest(output=journal.output, entries=entries)
    write_checked(cache / "manifest", msgspec.msgpack.encode(manifest))


def _as_written(entry: Entry, path: str) -> Entry:
    """Return an entry with the file's own time; a file that is not as long as it was staged counts as missing."""
    try:
        stat = os.stat(path)
    except OSError:
        return Entry(entry.key, entry.stamp, -1, 0)
    size = entry.size if stat.st_size == entry.size else -1
    return Entry(entry.key, entry.stamp, size, stat.st_mtime_ns)


def _read(cache: Path) -> Journal | None:
    try:
        return msgspec.msgpack.decode(read_checked(cache / "journal"), type=Journal)
    except (OSError, ValueError):
        return None


def _nothing(what: str) -> None:
    return
