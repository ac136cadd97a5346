"""A secret signing key of this user and machine. A signature proves that a file did not come with a shop's folder."""

from __future__ import annotations

import functools
import os
import secrets
from contextlib import suppress
from pathlib import Path

_SIZE = 32


@functools.cache
def user_key() -> bytes | None:
    """Return the key, created at its first use, None if this user has no writable place for it.

    The folder follows the XDG Base Directory Specification 0.8 (state of programs).
    """
    with suppress(OSError, RuntimeError):  # there is no home folder, or it isn't writable
        folder = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state") / "storegen"
        return _read(folder / "key") or _make(folder)
    return None


def _make(folder: Path) -> bytes | None:
    """Create a key. If two processes do so at the same time, only one key is kept."""
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
