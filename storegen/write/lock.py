"""One build of a site at a time."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storegen.errors import BusyError, OutputError


@contextmanager
def building(cache: Path) -> Iterator[None]:
    """Hold the site's lock; raises BusyError where another build holds it. A killed build holds nothing."""
    try:
        cache.mkdir(parents=True, exist_ok=True)
        stream = (cache / "lock").open("ab")
    except OSError as error:
        raise OutputError(f"{cache} can't be written: {error.strerror}") from None
    with stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BusyError("another build of this site is running; wait for it, or end it") from None
        except OSError as error:
            raise OutputError(f"{cache} can't be locked: {error.strerror}") from None
        yield
