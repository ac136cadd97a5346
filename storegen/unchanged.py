"""The quick answer: when nothing that a build reads has changed since the last one, its plan is the last one's."""

from __future__ import annotations

import datetime as dt
import os
import sys
from pathlib import Path

import msgspec

from storegen.engine import Engine
from storegen.environment import SECRETS
from storegen.errors import UnsafePathError
from storegen.files import Mark, list_marks, mark_of, young
from storegen.job import Options
from storegen.outputs import digest, encode
from storegen.resources import resource
from storegen.write.disk import read_checked, write_checked
from storegen.write.manifest import disturbed, read_manifest, relative
from storegen.write.ownership import mark_of_record

_NAME = "snapshot"
_YOUNG = 64 << 20  # bytes; where more were just written, a build takes its time


class Snapshot(msgspec.Struct, frozen=True):
    """What the last build read, and what it would say again.

    It holds from *since* to *until*, the last and the next moment at which the shop changes by itself. *beside* are
    files that site.yaml names outside the folders that are always read, *young* those that count by their content.
    """

    beside: tuple[str, ...]
    since: dt.datetime | None
    until: dt.datetime | None
    zone: str
    kept: int
    warnings: tuple[str, ...]
    young: tuple[str, ...] = ()
    inputs: bytes = b""


class Inputs:
    """Everything that a build reads, by its marks; what was just written, by its content."""

    def __init__(self, options: Options, engine: Engine) -> None:
        self.options = options
        self.engine = engine
        site = options.site
        self.faults: list[tuple[str, str]] = []
        self.content = list_marks(site, "content", self.faults)
        self._trusted = not self.faults
        files = sorted((entry for entry in os.scandir(site) if entry.is_file()), key=lambda entry: entry.name)
        self._marks = {**self.content, **{entry.name: mark_of(entry.stat()) for entry in files}}
        for root in (site / "themes", resource("themes")):
            self._marks |= self._theme(root)
        fresh = young(self._marks)
        self._trusted = self._trusted and sum(self._marks[name][0] for name in fresh) <= _YOUNG
        self.young = {name: self._digest(name) for name in fresh} if self._trusted else {}
        self._about = (
            engine.key,
            sys.version.encode(),
            *(os.environ.get(variable, "").encode() for variable in SECRETS),
            f"{options.output_folder}\n{options.base_url}\n{options.drafts}".encode(),
        )

    def _theme(self, root: Path) -> dict[str, Mark]:
        faults: list[tuple[str, str]] = []
        try:
            found = list_marks(root.parent, root.name, faults)
        except UnsafePathError:
            found = {}
            self._trusted = False
        self._trusted = self._trusted and not faults
        return {str(root.parent / name): mark for name, mark in found.items()}

    def stamp(self, beside: tuple[str, ...], young: tuple[str, ...]) -> bytes | None:
        """Return what stands for all inputs, *young* ones by their content; None where that can't be said."""
        marks: dict[str, Mark | bytes] = {**self._marks, **{name: self._digest(name) for name in beside}}
        marks |= {name: self.young.get(name) or self._digest(name) for name in young}
        if not self._trusted:
            return None
        return digest(*self._about, msgspec.msgpack.encode(marks))

    def _digest(self, name: str) -> bytes:
        try:
            return digest((self.options.site / name).read_bytes())
        except OSError:
            self._trusted = False
            return b""


def unchanged(inputs: Inputs) -> Snapshot | None:
    """Return the last build's snapshot where this one would plan the same and all its outputs stand as written."""
    options = inputs.options
    try:
        snapshot = msgspec.msgpack.decode(read_checked(options.cache_folder / _NAME), type=Snapshot)
    except (OSError, ValueError):
        return None
    now = options.moment
    if options.clean or (snapshot.since and now < snapshot.since) or (snapshot.until and now >= snapshot.until):
        return None
    if inputs.stamp(snapshot.beside, snapshot.young) != snapshot.inputs:
        return None
    output = options.output_folder
    manifest, note = read_manifest(options.cache_folder / "manifest", relative(output, options.cache_folder))
    if note or len(manifest.entries) != snapshot.kept or manifest.record != mark_of_record(output):
        return None
    root = str(output)
    if any(disturbed(f"{root}/{path}", entry) for path, entry in manifest.entries.items()):
        return None
    if snapshot.young:
        write_snapshot(inputs, snapshot)  # by now their marks may count
    return snapshot


def write_snapshot(inputs: Inputs, snapshot: Snapshot) -> None:
    """Write down what a build read, for the next one; nothing where that can't be trusted."""
    young = tuple(inputs.young)
    stamp = inputs.stamp(snapshot.beside, young)
    file = inputs.options.cache_folder / _NAME
    if stamp is None:
        file.unlink(missing_ok=True)
    else:
        write_checked(file, encode(msgspec.structs.replace(snapshot, young=young, inputs=stamp)))


def forget_snapshot(options: Options) -> None:
    """Make the next build look at everything."""
    (options.cache_folder / _NAME).unlink(missing_ok=True)
