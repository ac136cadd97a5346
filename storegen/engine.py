"""What stands for storegen's own code and for the libraries that shape its outputs."""

from __future__ import annotations

import functools
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from storegen import __version__
from storegen.outputs import digest
from storegen.write.disk import read_checked, write_checked

LIBRARIES = ("jinja2", "markdown", "markupsafe", "babel", "msgspec", "PIL")
_DISTRIBUTIONS = {"PIL": "pillow"}
_ASIDE = frozenset(("cli", "importers", "write"))  # no output depends on these


@functools.cache
def engine_key(memo: Path | None = None) -> bytes:
    """Return sixteen bytes that change with storegen's own code and with the libraries that shape its outputs.

    Finding the libraries' versions takes a while; in the file *memo* the key is remembered for as long as no file of
    storegen and no library was installed anew.
    """
    installed = _installed()
    if memo is None:
        return _key()
    try:
        known = read_checked(memo)
    except (OSError, ValueError):
        known = b""
    if known[:16] == installed:
        return known[16:]
    key = _key()
    write_checked(memo, installed + key)
    return key


def _installed() -> bytes:
    """Return what stands for the files of storegen and the places of the libraries, without reading any."""
    found = [sys.version.encode()]
    files: list[Path] = list(_code())
    for name in LIBRARIES:
        spec = find_spec(name)
        if spec is not None and spec.origin:
            files += [Path(spec.origin), Path(spec.origin).parent]
    for file in files:
        stat = file.stat()
        found.append(f"{file} {stat.st_size} {stat.st_mtime_ns}".encode())
    return digest(*found)


def _key() -> bytes:
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 - a quarter of a short build's start

    versions = []
    for name in LIBRARIES:
        try:
            versions.append(f"{name} {version(_DISTRIBUTIONS.get(name, name))}")
        except PackageNotFoundError:
            versions.append(name)
    code = digest(*(file.read_bytes() for file in _code()))
    return digest(__version__.encode(), code, *(text.encode() for text in versions))


def _code() -> Iterator[Path]:
    root = Path(__file__).parent
    files = sorted((*root.rglob("*.py"), *(root / "tracking").rglob("*.js")))
    return (file for file in files if file.parent.name not in _ASIDE)


@functools.cache
def picture_engine() -> bytes:
    """Return what stands for the library that pictures are made with."""
    from importlib.metadata import version  # noqa: PLC0415 - as above

    return version("pillow").encode()
