"""A check that a build's sources, output and cache are in separate folders."""

from __future__ import annotations

import os
from pathlib import Path

from storegen.build.options import Options
from storegen.errors import OutputError

_SOURCES = ("content", "themes", ".git", ".hg", ".svn")


def check_folders(options: Options) -> None:
    """Raise OutputError if the output or cache folder is among a shop's sources, or if one contains the other."""
    output, cache = options.output_folder, options.cache_folder
    _check_folder(options.site, output, "output", given=options.output is not None)
    _check_folder(options.site, cache, "cache", given=options.cache is not None)
    if _within(cache, output) or _within(output, cache):
        raise OutputError(f"output ({output}) and cache ({cache}) must be two folders, one beside the other")


def _check_folder(site: Path, folder: Path, what: str, *, given: bool) -> None:
    """Check one folder. It may be outside the shop only if it is *given* on the command line.

    A shop may come from an untrusted source, and a symbolic link in it may lead anywhere.
    """
    another = f"name another folder with --{what}"
    if os.path.lexists(folder) and not folder.is_dir():
        raise OutputError(f"{folder} can't be the {what} folder: it is a file; {another}")
    if _within(site, folder):
        raise OutputError(f"{folder} can't be the {what} folder: it contains the shop's own files; {another}")
    for name in _SOURCES:
        if _within(folder, site / name) or _within((site / name).resolve(), folder):
            raise OutputError(f"{folder} can't be the {what} folder: it is among the sources in {name}/; {another}")
    if not given and not _within(folder, site):
        raise OutputError(
            f"the shop's {what} folder is a link that leads out of the shop, to {folder}; "
            f"if that is meant, name it with --{what}"
        )


def _within(folder: Path, other: Path) -> bool:
    """Return whether a folder is the other one or below it. Names on disks that ignore case are compared correctly."""
    return any(_same(each, other) for each in (folder, *folder.parents))


def _same(one: Path, other: Path) -> bool:
    try:
        return one == other or one.samefile(other)
    except OSError:
        return False
