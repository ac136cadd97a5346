"""A secret of this user on this machine: what is signed with it was written here, and came with no shop's folder."""

from __future__ import annotations

import functools
import os
import secrets
from contextlib import suppress
from pathlib import Path

_SIZE = 32


@functools.cache
def user_key() -> bytes | None:
    """Return the key, made at its first use; None where this user has no place to keep one.

    It is kept where the XDG Base Directory Specification 0.8 puts a program's state.
    """
    with suppress(OSError, RuntimeError):  # no home, or one that can't be written
        folder = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state") / "storegen"
        return _read(folder / "key") or _make(folder)
    return None


def _make(folder: Path) -> bytes | None:
    """Make a key; where another process makes one at the same time, one of them stays."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    beside = folder / f"key.{os.getpid()}"
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:
        stream.write(secrets.token_bytes(_SIZE))
    with suppress(FileExistsError):
        os.link(beside, folder / "key")
    beside.unlink()
    return _read(folder / "key")


def _read(file: Path) -> bytes | None:
    try:
        key = file.read_bytes()
    except FileNotFoundError:
        return None
    if len(key) != _SIZE:
        file.unlink()
        return None
    return key
