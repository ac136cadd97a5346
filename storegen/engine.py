"""What stands for storegen's own code and for the libraries that shape its outputs."""

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
_ASIDE = frozenset(("cli", "importers", "write"))  # no output depends on these


class Engine(msgspec.Struct, frozen=True, array_like=True):
    """Sixteen bytes that change with storegen's own code and with the libraries, and what makes pictures."""

    key: bytes
    pictures: bytes


@functools.cache
def find_engine(memo: Path | None = None) -> Engine:
    """Return what stands for the code that makes the outputs.

    Finding the libraries' versions takes a while; in the file *memo* the answer is remembered for as long as no file
    of storegen and no library was installed anew.
    """
    installed = _installed()
    if memo is None:
        return _find()
    try:
        known = read_checked(memo)
        if known[:16] == installed:
            return msgspec.msgpack.decode(known[16:], type=Engine)
    except (OSError, ValueError):
        pass
    engine = _find()
    write_checked(memo, installed + msgspec.msgpack.encode(engine))
    return engine


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


def _find() -> Engine:
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 - a quarter of a short build's start

    versions = {}
    for name in LIBRARIES:
        try:
            versions[name] = f"{name} {version(_DISTRIBUTIONS.get(name, name))}".encode()
        except PackageNotFoundError:
            versions[name] = name.encode()
    code = digest(*(file.read_bytes() for file in _code()))
    return Engine(digest(__version__.encode(), code, *versions.values()), versions["PIL"])


def _code() -> Iterator[Path]:
    here = Path(__file__).parent
    yield from (file for file in sorted(here.rglob("*.py")) if file.parent.name not in _ASIDE)
    yield from sorted(file for ending in ("yaml", "js") for file in (here / "tracking").rglob(f"*.{ending}"))
