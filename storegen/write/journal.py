"""The journal: a build's changes written down before they happen, so that the next build can finish them."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec

from storegen.write.disk import move_file, remove_file, replace_file
from storegen.write.manifest import Entry, Manifest


class Move(msgspec.Struct, frozen=True, array_like=True):
    """A staged file that goes to a path of the output folder."""

    staged: str
    path: str
    size: int


class Journal(msgspec.Struct, frozen=True):
    """What a commit does, in its order: files, deletions, then the manifest."""

    output: str
    moves: tuple[Move, ...]
    gone: tuple[str, ...]
    keys: dict[str, Entry]
    manifest: str


Step = Callable[[str], None]


def write_journal(cache: Path, journal: Journal) -> None:
    """Write a journal with its checksum; from here on the commit will be finished, now or by the next build."""
    data = msgspec.msgpack.encode(journal)
    replace_file(cache / "journal", hashlib.blake2b(data, digest_size=16).digest() + data)


def finish(cache: Path, *, step: Step | None = None) -> bool:
    """Carry out the journal that is there, from wherever it was left; says whether there was one.

    *step* is called before each operation; tests use it to stop in between.
    """
    journal = _read(cache)
    if journal is None:
        discard(cache)
        return False
    output = Path(journal.output)
    note = step or _nothing
    entries = dict(journal.keys)
    for path in journal.gone:
        note(f"remove {path}")
        remove_file(output / path, output)
    for move in journal.moves:
        note(f"move {move.path}")
        staged = cache / "stage" / move.staged
        if staged.exists():
            move_file(staged, output / move.path)
    for move in journal.moves:
        entries[move.path] = _as_written(entries[move.path], output / move.path, move.size)
    note("manifest")
    manifest = Manifest(output=journal.output, entries=entries)
    replace_file(cache / journal.manifest, msgspec.msgpack.encode(manifest))
    note("clean")
    (cache / "journal").unlink(missing_ok=True)
    discard(cache)
    return True


def discard(cache: Path) -> None:
    """Throw away what was staged and never committed."""
    shutil.rmtree(cache / "stage", ignore_errors=True)


def _as_written(entry: Entry, path: Path, size: int) -> Entry:
    """Return an entry with the file's own time; a file that is not as long as it was staged counts as missing."""
    try:
        stat = path.stat()
    except OSError:
        return Entry(entry.key, -1, 0)
    return Entry(entry.key, size if stat.st_size == size else -1, stat.st_mtime_ns)


def _read(cache: Path) -> Journal | None:
    try:
        data = (cache / "journal").read_bytes()
    except OSError:
        return None
    if hashlib.blake2b(data[16:], digest_size=16).digest() != data[:16]:
        return None
    try:
        return msgspec.msgpack.decode(data[16:], type=Journal)
    except msgspec.MsgspecError:
        return None


def _nothing(what: str) -> None:
    return
