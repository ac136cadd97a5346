"""The manifest: the outputs in the output folder with their keys, and the comparison with a new plan."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import msgspec

from storegen.outputs import Key, Output, Page
from storegen.write.disk import read_checked
from storegen.write.ownership import (
    RecordFingerprint,
    ShopName,
    files_below,
    is_recorded,
    read_record,
    record_fingerprint,
)

VERSION = 3


class Entry(msgspec.Struct, frozen=True, array_like=True):
    """An output as it was written: its key, its size in bytes and its modification time in nanoseconds.

    *fingerprint* covers all inputs, including the key. It is empty if only the key can show a change.
    """

    key: Key
    fingerprint: bytes
    size: int
    mtime: int


class Manifest(msgspec.Struct, frozen=True):
    """The outputs of an output folder. The folder is relative to the cache, so that a shop can be moved.

    *record* is the fingerprint of the record file that was written with this manifest, for this *shop*.
    """

    version: int = VERSION
    output: str = ""
    entries: dict[str, Entry] = {}
    record: RecordFingerprint = (-1, 0)
    shop: ShopName = ShopName()

    def recorded(self, output: Path, shop: ShopName) -> bool:
        """Return whether the record in the output folder was written with this manifest, for this shop."""
        return self.shop == shop and (-1, 0) != self.record == record_fingerprint(output)


class Planned(msgspec.Struct, frozen=True):
    """An output with everything known about its key before its context is made."""

    output: Output
    key: Key
    fingerprint: bytes


class Candidate(msgspec.Struct, frozen=True):
    """An output to check. Without a *reason* it may be unchanged; then it is compared with its *entry*."""

    planned: Planned
    entry: Entry | None
    reason: str

    @property
    def output(self) -> Output:
        """The output."""
        return self.planned.output


class Change(msgspec.Struct, frozen=True):
    """An output that was written, and why."""

    output: Output
    reasons: tuple[str, ...]


class Comparison(msgspec.Struct, frozen=True):
    """The comparison with the last manifest: outputs to check, the number of unchanged outputs, and paths to delete.

    *record* contains paths that are in the output folder's record but not in the manifest. *other* is the name of
    another shop if the record is that shop's.
    """

    before: Manifest
    candidates: tuple[Candidate, ...]
    kept: int
    gone: tuple[str, ...]
    record: frozenset[bytes] = frozenset()
    other: str = ""
    foreign: tuple[str, ...] = ()

    def owns(self, path: str) -> bool:
        """Return whether a build of this shop wrote a path."""
        return path in self.before.entries or is_recorded(path, self.record)


def relative(output: Path, cache: Path) -> str:
    """Return an output folder relative to the cache."""
    return os.path.relpath(output, cache)


def read_manifest(file: Path, output: str) -> tuple[Manifest, str]:
    """Return the manifest of an output folder. If it is unusable, also return a note, and everything is rebuilt.

    The output folder is relative to the cache.
    """
    empty = Manifest(output=output)
    try:
        found = msgspec.msgpack.decode(read_checked(file), type=Manifest)
    except FileNotFoundError:
        return empty, ""
    except (OSError, ValueError):
        return empty, "the manifest of the last build is damaged; everything is built again"
    if found.version != VERSION:
        return empty, "the manifest is of another version; everything is built again"
    if found.output != output:
        return empty, ""
    return found, ""


def compare(
    manifest: Manifest, planned: Iterable[Planned], output: Path, shop: ShopName, *, clean: bool = False
) -> Comparison:
    """Return the differences between the manifest, the existing files and the planned outputs.

    With *clean* everything is rebuilt. If the manifest doesn't belong to the record in the output folder, the folder is
    searched for files that earlier builds of this *shop* wrote.
    """
    candidates: list[Candidate] = []
    kept = 0
    paths: set[str] = set()
    root = str(output)
    for each in planned:
        path = each.output.path
        paths.add(path)
        entry = manifest.entries.get(path)
        reason = "new" if entry is None else "asked for" if clean else disturbed(f"{root}/{path}", entry)
        if not reason and entry is not None and entry.fingerprint == each.fingerprint and each.fingerprint:
            kept += 1
        else:
            candidates.append(Candidate(each, entry, reason))
    gone = {path for path in manifest.entries if path not in paths}
    if not clean and manifest.recorded(output, shop):
        return Comparison(manifest, tuple(candidates), kept, tuple(sorted(gone)))
    record, other = read_record(output, shop)
    beside = [path for path in files_below(output) if path not in paths and path not in gone]
    gone.update(path for path in beside if is_recorded(path, record))
    foreign = tuple(sorted(path for path in beside if path not in gone))
    return Comparison(manifest, tuple(candidates), kept, tuple(sorted(gone)), record, other, foreign)


def disturbed(file: str, entry: Entry) -> str:
    """Return what happened to a file since it was written, or an empty string if it is unchanged."""
    try:
        stat = os.lstat(file)
    except OSError:
        return "missing in the output folder"
    same = stat.st_size == entry.size and stat.st_mtime_ns == entry.mtime
    return "" if same else "changed in the output folder"


def reasons_of(candidate: Candidate, key: Key) -> tuple[str, ...]:
    """Return why an output was written, from its new key. The result is empty if nothing changed."""
    if candidate.reason or candidate.entry is None:
        return (candidate.reason,)
    before = candidate.entry.key
    reasons = []
    if before.code != key.code:
        reasons.append("storegen or a library changed")
    if before.template != key.template:
        reasons.append("template or words changed")
    if before.shared != key.shared:
        reasons.append("what all pages share changed")
    if before.context != key.context:
        reasons.append(_changed_fields(candidate.output, before, key))
    return tuple(reasons)


def _changed_fields(output: Output, before: Key, now: Key) -> str:
    names = output.context.__struct_fields__ if isinstance(output, Page) else ()
    if 4 * len(names) != len(now.fields) or len(before.fields) != len(now.fields) or not names:
        return "content changed"
    changed = [
        name
        for place, name in enumerate(names)
        if before.fields[4 * place : 4 * place + 4] != now.fields[4 * place : 4 * place + 4]
    ]
    return f"content changed: {', '.join(changed)}" if changed else "content changed"
