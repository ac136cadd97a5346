"""The manifest: which outputs stand in the output folder, what each was made of, and what must be made anew."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from storegen.outputs import Key, Output, Page

VERSION = 1


class Entry(msgspec.Struct, frozen=True, array_like=True):
    """One output as it was written: its key, its size in bytes and its modification time in nanoseconds."""

    key: Key
    size: int
    mtime: int


class Manifest(msgspec.Struct, frozen=True):
    """The outputs of one output folder."""

    version: int = VERSION
    output: str = ""
    entries: dict[str, Entry] = {}


@dataclass(frozen=True, slots=True)
class Change:
    """An output to make, and why."""

    output: Output
    key: Key
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What a build has to do: outputs to make, entries that stay as they are, and paths that go."""

    stale: tuple[Change, ...]
    kept: Mapping[str, Entry]
    gone: tuple[str, ...]
    foreign: int = 0
    example: str = ""


def read_manifest(file: Path, output: Path) -> tuple[Manifest, str]:
    """Return the manifest of an output folder, and a note where it can't be used: then everything is made anew."""
    empty = Manifest(output=str(output))
    try:
        found = msgspec.msgpack.decode(file.read_bytes(), type=Manifest)
    except FileNotFoundError:
        return empty, ""
    except (OSError, msgspec.MsgspecError):
        return empty, "the manifest of the last build is damaged; everything is made anew"
    if found.version != VERSION:
        return empty, "the manifest is of another version; everything is made anew"
    if found.output != str(output):
        return empty, ""
    return found, ""


def compare(manifest: Manifest, keyed: Iterable[tuple[Output, Key]], output: Path, *, clean: bool = False) -> Changes:
    """Return what differs between the manifest, the files there, and the outputs as planned.

    With *clean* everything is made anew.
    """
    there = dict(scan(output))
    stale: list[Change] = []
    kept: dict[str, Entry] = {}
    planned: set[str] = set()
    for each, key in keyed:
        planned.add(each.path)
        entry = manifest.entries.get(each.path)
        reasons = ("asked for",) if clean else _reasons(each, key, entry, there.get(each.path))
        if entry is None or reasons:
            stale.append(Change(each, key, reasons))
        else:
            kept[each.path] = entry
    gone = tuple(sorted(path for path in manifest.entries if path not in planned))
    foreign = sorted(path for path in there if path not in planned and path not in manifest.entries)
    return Changes(tuple(stale), kept, gone, len(foreign), foreign[0] if foreign else "")


def _reasons(output: Output, key: Key, entry: Entry | None, stat: tuple[int, int] | None) -> tuple[str, ...]:
    if entry is None:
        return ("new",)
    if stat is None:
        return ("missing in the output folder",)
    if stat != (entry.size, entry.mtime):
        return ("changed in the output folder",)
    before = entry.key
    if before == key:
        return ()
    reasons = []
    if before.engine != key.engine:
        reasons.append("storegen or a library changed")
    if before.template != key.template:
        reasons.append("template or words changed")
    if before.shared != key.shared:
        reasons.append("what all pages share changed")
    if before.context != key.context:
        reasons.append(_changed_fields(output, before, key))
    return tuple(reasons)


def _changed_fields(output: Output, before: Key, now: Key) -> str:
    names = output.context.__struct_fields__ if isinstance(output, Page) else ()
    if len(names) != len(now.fields) or len(before.fields) != len(now.fields) or not names:
        return "content changed"
    changed = [name for name, old, new in zip(names, before.fields, now.fields, strict=True) if old != new]
    return f"content changed: {', '.join(changed)}" if changed else "content changed"


def scan(folder: Path) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield the files below a folder, each with its size and modification time."""
    waiting = [("", str(folder))]
    while waiting:
        prefix, place = waiting.pop()
        try:
            entries = list(os.scandir(place))
        except (FileNotFoundError, NotADirectoryError):
            continue
        for entry in entries:
            name = f"{prefix}{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                waiting.append((f"{name}/", entry.path))
            else:
                stat = entry.stat(follow_symlinks=False)
                yield name, (stat.st_size, stat.st_mtime_ns)
