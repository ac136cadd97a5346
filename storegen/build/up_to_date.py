"""The up-to-date check: if no input has changed since the last build, the output is up to date."""

from __future__ import annotations

import datetime as dt
import os
import sys
from pathlib import Path

import msgspec

from storegen.build.beside import entries_beside
from storegen.build.code_version import CodeVersion
from storegen.build.options import Options
from storegen.environment import SECRETS
from storegen.errors import UnsafePathError
from storegen.files import FileFingerprint, fingerprint_of, list_fingerprints, recent
from storegen.outputs import digest, encode
from storegen.resources import resource
from storegen.write.disk import read_checked, write_checked
from storegen.write.manifest import disturbed, read_manifest, relative
from storegen.write.ownership import record_fingerprint

_NAME = "snapshot"
_RECENT = 64 << 20  # bytes; if more were written recently, the inputs count as changed


class Snapshot(msgspec.Struct, frozen=True):
    """The inputs and the report of the last build.

    It is valid from *since* to *until*: the last and the next moment at which the shop changes by itself. *beside* are
    files that site.yaml names outside the standard folders. *recent* are files compared by content, because they were
    written shortly before. *inputs* is the fingerprint of all inputs. *unfinished* says that the shop has placeholders
    and a public address, so that it may only be built on demand.
    *beside_kept* is the number of files in folders beside the output folder.
    """

    beside: tuple[str, ...]
    since: dt.datetime | None
    until: dt.datetime | None
    zone: str
    kept: int
    warnings: tuple[str, ...]
    recent: tuple[str, ...] = ()
    inputs: bytes = b""
    unfinished: bool = False
    beside_kept: int = 0


class Inputs:
    """The fingerprints of all files that a build reads. Recently written files have digests of their content."""

    def __init__(self, options: Options, code: CodeVersion) -> None:
        self.options = options
        self.code = code
        site = options.site
        self.faults: list[tuple[str, str]] = []
        self.content = list_fingerprints(site, "content", self.faults)
        self._trusted = not self.faults
        files = sorted((entry for entry in os.scandir(site) if entry.is_file()), key=lambda entry: entry.name)
        self._fingerprints = {**self.content, **{entry.name: fingerprint_of(entry.stat()) for entry in files}}
        for root in (site / "themes", resource("themes")):
            self._fingerprints |= self._theme(root)
        fresh = recent(self._fingerprints)
        self._trusted = self._trusted and sum(self._fingerprints[name][0] for name in fresh) <= _RECENT
        self.recent = {name: self._digest(name) for name in fresh} if self._trusted else {}
        self._settings = (
            code.key,
            sys.version.encode(),
            *(os.environ.get(variable, "").encode() for variable in SECRETS),
            f"{options.output_folder}\n{options.base_url}\n{options.drafts}\n{options.preview}".encode(),
        )

    def _theme(self, root: Path) -> dict[str, FileFingerprint]:
        faults: list[tuple[str, str]] = []
        try:
            found = list_fingerprints(root.parent, root.name, faults)
        except UnsafePathError:
            found = {}
            self._trusted = False
        self._trusted = self._trusted and not faults
        return {str(root.parent / name): mark for name, mark in found.items()}

    def fingerprint(self, beside: tuple[str, ...], recent: tuple[str, ...]) -> bytes | None:
        """Return the fingerprint of all inputs (of *recent* ones by content), or None if one is unreadable."""
        found: dict[str, FileFingerprint | bytes] = {**self._fingerprints}
        found |= {name: self._digest(name) for name in beside}
        found |= {name: self.recent.get(name) or self._digest(name) for name in recent}
        if not self._trusted:
            return None
        return digest(*self._settings, msgspec.msgpack.encode(found))

    def _digest(self, name: str) -> bytes:
        try:
            return digest((self.options.site / name).read_bytes())
        except OSError:
            self._trusted = False
            return b""


def last_snapshot(inputs: Inputs) -> Snapshot | None:
    """Return the last build's snapshot if no input and no output file has changed, else None."""
    options = inputs.options
    try:
        snapshot = msgspec.msgpack.decode(read_checked(options.cache_folder / _NAME), type=Snapshot)
    except (OSError, ValueError):
        return None
    now = options.moment
    if options.clean or (snapshot.since and now < snapshot.since) or (snapshot.until and now >= snapshot.until):
        return None
    if inputs.fingerprint(snapshot.beside, snapshot.recent) != snapshot.inputs:
        return None
    if snapshot.unfinished and not options.allow_placeholders:
        return None
    output = options.output_folder
    manifest, note = read_manifest(options.cache_folder / "manifest", relative(output, options.cache_folder))
    if note or len(manifest.entries) != snapshot.kept or manifest.record != record_fingerprint(output):
        return None
    root = str(output)
    if any(disturbed(f"{root}/{path}", entry) for path, entry in manifest.entries.items()):
        return None
    if entries_beside(options) != snapshot.beside_kept:
        return None
    if snapshot.recent:
        write_snapshot(inputs, snapshot)  # now they are old enough to be compared without reading them
    return snapshot


def write_snapshot(inputs: Inputs, snapshot: Snapshot) -> None:
    """Write the snapshot for the next build. Nothing is written if an input may still change unnoticed."""
    recent = tuple(inputs.recent)
    fingerprint = inputs.fingerprint(snapshot.beside, recent)
    file = inputs.options.cache_folder / _NAME
    if fingerprint is None:
        file.unlink(missing_ok=True)
    else:
        write_checked(file, encode(msgspec.structs.replace(snapshot, recent=recent, inputs=fingerprint)))


def delete_snapshot(options: Options) -> None:
    """Delete the snapshot, so that the next build checks everything."""
    (options.cache_folder / _NAME).unlink(missing_ok=True)
