"""Folders beside the output folder, for files that a host runs and must not publish.

Each has a manifest and a journal of its own, in a folder of the cache.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from msgspec.structs import replace

from storegen.build.options import Options
from storegen.checkout.card.hosts import FOLDERS
from storegen.errors import OutputError
from storegen.outputs import Output
from storegen.write.journal import finish
from storegen.write.manifest import disturbed, read_manifest, relative
from storegen.write.ownership import RECORD


def folders_beside(
    options: Options, beside: Mapping[str, tuple[Output, ...]]
) -> Iterator[tuple[Options, tuple[Output, ...]]]:
    """Yield options for each folder that has outputs, or had some in an earlier build, with its outputs.

    A preview has none: it would replace the shop's own files.
    """
    for folder in () if options.preview else FOLDERS:
        own, outputs = _own(options, folder), beside.get(folder, ())
        if outputs or _manifest(own).exists():
            _check(options, own, folder)
            yield own, outputs


def finish_beside(options: Options) -> None:
    """Carry out the journals of a stopped build."""
    for folder in FOLDERS:
        own = _own(options, folder)
        finish(own.cache_folder, own.output_folder)


def entries_beside(options: Options) -> int | None:
    """Return the number of files that the last build wrote to these folders, None if one of them was changed."""
    count = 0
    for own, _ in folders_beside(options, {}):
        manifest, note = read_manifest(_manifest(own), relative(own.output_folder, own.cache_folder))
        if note or any(disturbed(f"{own.output_folder}/{path}", entry) for path, entry in manifest.entries.items()):
            return None
        count += len(manifest.entries)
    return count


def forget(own: Options, top: Path) -> None:
    """Remove the traces of builds from a folder without outputs, and the folder up to *top* if it is empty."""
    (own.output_folder / RECORD).unlink(missing_ok=True)
    shutil.rmtree(own.cache_folder, ignore_errors=True)
    with suppress(OSError):
        for folder in (own.output_folder, *own.output_folder.parents):
            if folder == top:
                break
            folder.rmdir()


def _own(options: Options, folder: str) -> Options:
    cache = options.cache_folder / "beside" / folder.replace("/", "-")
    return replace(options, output=options.output_folder.parent / folder, cache=cache)


def _manifest(own: Options) -> Path:
    return own.cache_folder / "manifest"


def _check(options: Options, own: Options, folder: str) -> None:
    """Raise OutputError if a symbolic link leads out of the folder that contains ``output``."""
    top = options.output_folder.parent
    if own.output_folder != top / folder:
        raise OutputError(
            f"{top / folder} is a link to {own.output_folder}; the payment function is not written through links"
        )
