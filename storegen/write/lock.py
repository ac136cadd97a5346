"""The lock that allows only one build of a site at a time."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storegen.errors import BusyError
from storegen.write.disk import naming


@contextmanager
def building(cache: Path) -> Iterator[None]:
    """Hold the site's lock. Raises BusyError if another process holds it.

    The lock is a POSIX lock (fcntl), which belongs to the process. Forked workers don't inherit it, and it ends with a
    killed build. It does not prevent two builds in one process.
    """
    cache.mkdir(parents=True, exist_ok=True)
    file = cache / "lock"
    with file.open("ab") as stream:
        try:
            with naming(file):
                fcntl.lockf(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError):  # POSIX allows a system to raise either
            raise BusyError("another build of this site is running; wait for it, or end it") from None
        yield
