"""The version of the code that generates outputs: storegen's own files and its libraries."""

from __future__ import annotations

import functools
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import msgspec

from storegen import __version__
from storegen.outputs import digest
from storegen.write.disk import read_checked, write_checked

LIBRARIES = ("jinja2", "markdown", "markupsafe", "babel", "msgspec", "PIL")
_DISTRIBUTIONS = {"PIL": "pillow"}
_NO_OUTPUT = frozenset(("cli", "importers", "write"))  # packages that don't affect any output


class CodeVersion(msgspec.Struct, frozen=True, array_like=True):
    """*key* is a digest of storegen's code and the libraries' versions, *pictures* Pillow's version."""

    key: bytes
    pictures: bytes


@functools.cache
def find_code_version(file: Path | None = None) -> CodeVersion:
    """Return the version of the code that generates outputs.

    Finding the libraries' versions takes a while. So *file* caches the answer until a file of storegen changes or a
    library is installed.
    """
    installed = _installed()
    if file is None:
        return _find()
    try:
        known = read_checked(file)
        if known[:16] == installed:
            return msgspec.msgpack.decode(known[16:], type=CodeVersion)
    except (OSError, ValueError):
        pass
    found = _find()
    write_checked(file, installed + msgspec.msgpack.encode(found))
    return found


def _installed() -> bytes:
    """Return a digest of the sizes and times of storegen's files and the libraries' folders, without reading them."""
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


def _find() -> CodeVersion:
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 - a quarter of a short build's start

    versions = {}
    for name in LIBRARIES:
        try:
            versions[name] = f"{name} {version(_DISTRIBUTIONS.get(name, name))}".encode()
        except PackageNotFoundError:
            versions[name] = name.encode()
    code = digest(*(file.read_bytes() for file in _code()))
    return CodeVersion(digest(__version__.encode(), code, *versions.values()), versions["PIL"])


def _code() -> Iterator[Path]:
    here = Path(__file__).parents[1]
    yield from (file for file in sorted(here.rglob("*.py")) if file.parent.name not in _NO_OUTPUT)
    yield from sorted(file for ending in ("yaml", "js") for file in (here / "tracking").rglob(f"*.{ending}"))
    yield from sorted((here / "checkout" / "card" / "scripts").rglob("*.mjs"))
