"""One build of a site at a time."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storegen.errors import BusyError
from storegen.write.disk import naming


@contextmanager
def building(cache: Path) -> Iterator[None]:
    """Hold the site's lock; raises BusyError where another process holds it.

    The lock is one of POSIX (fcntl), which belongs to the process: forked workers don't inherit it, and a killed build
    holds nothing. One process builds a site once at a time.
    """
    cache.mkdir(parents=True, exist_ok=True)
    file = cache / "lock"
    with file.open("ab") as stream:
        try:
            with naming(file):
                fcntl.lockf(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError):  # POSIX lets a system choose which
            raise BusyError("another build of this site is running; wait for it, or end it") from None
        yield
