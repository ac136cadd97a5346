"""One build of a site at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from storegen.errors import BusyError, OutputError


@contextmanager
def building(cache: Path) -> Iterator[None]:
    """Hold the site's lock; raises BusyError where another build holds it. A killed build holds nothing."""
    try:
        cache.mkdir(parents=True, exist_ok=True)
        lock = FileLock(cache / "lock", timeout=0)
        with lock:
            yield
    except Timeout:
        raise BusyError("another build of this site is running; wait for it, or end it") from None
    except PermissionError as error:
        raise OutputError(f"{cache} can't be written: {error.strerror}") from None
