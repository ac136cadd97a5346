"""The journal: a build's changes, written down before they are made, so that all are either finished or undone."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Literal

import msgspec

from storegen.errors import OutputError, explain_os_error
from storegen.write.disk import (
    Placed,
    exchange,
    make_folder,
    move_file,
    place_file,
    place_folder,
    read_checked,
    remove_empty_folders,
    remove_file,
    write_checked,
    write_spare,
)
from storegen.write.manifest import Entry, Manifest, read_manifest, relative
from storegen.write.ownership import RECORD, STAGE_BESIDE, ShopName, encode_record, record_fingerprint

STAGE = "stage"


class Move(msgspec.Struct, frozen=True, array_like=True):
    """A file to move to its path in the output folder. *inode* is 0 if the file is not staged and stays as it is."""

    inode: int
    path: str
    entry: Entry


class Journal(msgspec.Struct, frozen=True):
    """The steps of a commit in order: delete files, move files, write the record, write the manifest.

    *output* is relative to the cache. *folders* can be moved as a whole if they are new in the output; this requires
    that only these files are staged. With *beside*, the stage is in the output folder, because the cache is on another
    disk.
    """

    output: str
    moves: tuple[Move, ...]
    gone: tuple[str, ...]
    folders: tuple[str, ...] = ()
    beside: bool = False
    shop: ShopName = ShopName()


Step = Callable[[str], None]
_Done = list[tuple[Placed | Literal["aside"], str, str]]  # how, from where, to where
_ASIDE = ".aside"  # a folder of the stage for removed files, named by their number among the deletions


def write_journal(cache: Path, journal: Journal) -> None:
    """Write a journal. From now on the commit will be finished or undone, by this build or the next.

    Nothing is synced. After a power cut the journal may be lost, or files may be partly written. The next build detects
    both by comparing the files with the manifest, and writes them again.
    """
    write_checked(cache / "journal", msgspec.msgpack.encode(journal))


def copy_stage(stage: Path, beside: Path, moves: list[Move]) -> list[Move]:
    """Copy staged files to a stage on the output folder's disk, and return the moves from there."""
    shutil.rmtree(beside, ignore_errors=True)
    copied = []
    for move in moves:
        if move.inode:
            target = beside / move.path
            make_folder(str(target.parent))
            shutil.copyfile(stage / move.path, target)
            copied.append(Move(target.stat().st_ino, move.path, move.entry))
        else:
            copied.append(move)
    return copied


def commit(cache: Path, output: Path, journal: Journal, *, before: Manifest, step: Step | None = None) -> None:
    """Carry out a new journal. If the disk fails, all changes are undone.

    *before* is the current manifest. Tests use *step*: it is called before each operation. Raises the OSError, or
    OutputError if the changes can't even be undone. Then the next build finishes them.
    """
    shutil.rmtree(f"{_stage(cache, output, journal)}/{_ASIDE}", ignore_errors=True)
    write_journal(cache, journal)
    done: _Done = []
    try:
        _carry_out(cache, output, journal, before, step or _nothing, done)
    except OSError as error:
        try:
            _undo(done, str(output))
            (cache / "journal").unlink()
        except OSError:
            raise OutputError(
                f"{explain_os_error(error)}. A part of the new shop is in {output} already; build again to finish it"
            ) from None
        raise
    _clean(cache, output, journal, step or _nothing)


def finish(cache: Path, output: Path, *, step: Step | None = None) -> None:
    """Carry out the journal of a stopped build, if there is one, from the point that it reached.

    A journal for another output folder, or with a path outside the output folder, is deleted.
    """
    journal = _read(cache)
    if journal is None:
        return
    if journal.output != relative(output, cache) or not _stays_inside(journal, output):
        remove_file(str(cache / "journal"))
        return
    before = read_manifest(cache / "manifest", relative(output, cache))[0]
    _carry_out(cache, output, journal, before, step or _nothing, [])
    _clean(cache, output, journal, step or _nothing)


def _stage(cache: Path, output: Path, journal: Journal) -> str:
    return f"{output}/{STAGE_BESIDE}" if journal.beside else f"{cache}/{STAGE}"


def _carry_out(cache: Path, output: Path, journal: Journal, before: Manifest, note: Step, done: _Done) -> None:
    """Change the output folder. Each change is added to *done*, so that it can be undone."""
    stage = _stage(cache, output, journal)
    make_folder(str(output))
    for number, path in enumerate(journal.gone):
        note(f"remove {path}")
        target, aside = f"{output}/{path}", f"{stage}/{_ASIDE}/{number}"
        if os.path.lexists(target) and not os.path.lexists(aside):
            move_file(target, aside)
            done.append(("aside", target, aside))
            remove_empty_folders(os.path.dirname(target), str(output))
    for folder in journal.folders:
        note(f"move {folder}/")
        staged, target = f"{stage}/{folder}", f"{output}/{folder}"
        if place_folder(staged, target):
            done.append(("moved", staged, target))
    for move in journal.moves:
        if move.inode:
            note(f"move {move.path}")
            staged, target = f"{stage}/{move.path}", f"{output}/{move.path}"
            done.append((place_file(staged, target, move.inode), staged, target))
    entries = _entries(output, journal, before)
    if entries.keys() != before.entries.keys() or not before.recorded(output, journal.shop):
        note("record")
        staged, target = f"{stage}/{RECORD}", f"{output}/{RECORD}"
        placed = place_file(staged, target, write_spare(staged, encode_record(journal.shop, entries)))
        done.append((placed, staged, target))
    note("manifest")
    manifest = Manifest(output=journal.output, entries=entries, record=record_fingerprint(output), shop=journal.shop)
    write_checked(cache / "manifest", msgspec.msgpack.encode(manifest))


def _undo(done: _Done, output: str) -> None:
    """Undo all changes, the last one first. Raises OSError if that fails."""
    for how, before, after in reversed(done):
        if how == "replaced" or (how == "exchanged" and not exchange(before, after)):
            raise OSError  # without an exchange of two files, the old file is lost
        if how in {"moved", "aside"}:
            move_file(after, before)
            remove_empty_folders(os.path.dirname(after), output)


def _entries(output: Path, journal: Journal, before: Manifest) -> dict[str, Entry]:
    """Return the entries of the manifest after a commit."""
    entries = dict(before.entries)
    for path in journal.gone:
        entries.pop(path, None)
    for move in journal.moves:
        entries[move.path] = _as_written(move.entry, f"{output}/{move.path}") if move.inode else move.entry
    return entries


def _as_written(entry: Entry, path: str) -> Entry:
    """Return an entry with the file's modification time. A file of another size than staged counts as missing."""
    try:
        stat = os.stat(path)
    except OSError:
        return Entry(entry.key, entry.fingerprint, -1, 0)
    size = entry.size if stat.st_size == entry.size else -1
    return Entry(entry.key, entry.fingerprint, size, stat.st_mtime_ns)


def _clean(cache: Path, output: Path, journal: Journal, note: Step) -> None:
    """Delete the journal and the files that were set aside."""
    note("clean")
    stage = _stage(cache, output, journal)
    remove_file(str(cache / "journal"))
    if journal.gone or journal.beside:
        shutil.rmtree(stage if journal.beside else f"{stage}/{_ASIDE}", ignore_errors=True)


def _read(cache: Path) -> Journal | None:
    try:
        return msgspec.msgpack.decode(read_checked(cache / "journal"), type=Journal)
    except (FileNotFoundError, ValueError):
        return None


def _stays_inside(journal: Journal, output: Path) -> bool:
    """Return whether every path of a journal is below the output folder and could be written by a build.

    A build makes no symbolic links to folders: through one, a stranger's journal would change files anywhere.
    """
    paths = (*(move.path for move in journal.moves), *journal.gone, *journal.folders)
    if not all(_is_plain(path) for path in paths):
        return False
    above = {str(folder) for path in paths for folder in PurePosixPath(path).parents}
    return not any(os.path.islink(output / folder) for folder in above.union(journal.folders) - {"."})


def _is_plain(path: str) -> bool:
    return not path.startswith("/") and "\0" not in path and not {"", ".", ".."} & set(path.split("/"))


def _nothing(what: str) -> None:
    return
