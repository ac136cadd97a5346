"""A disk that fails: the n-th operation that changes it, once or from then on."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

import pytest

from storegen.write import disk

Fault = Literal["short", "full", "fault"]
_ERRNO = {"short": errno.ENOSPC, "full": errno.ENOSPC, "fault": errno.EIO}
_CHANGES = ("write", "pwrite", "mkdir", "rename", "replace", "unlink", "rmdir", "ftruncate")


class FaultyDisk:
    """Fails the operation with this number, counted from 1, below a folder; *seen* counts them."""

    def __init__(self, folder: Path, number: int, fault: Fault, *, once: bool) -> None:
        self.folder, self.number, self.fault, self.once = str(folder), number, fault, once
        self.seen = 0

    @property
    def failed(self) -> bool:
        return self.seen >= self.number

    @contextmanager
    def mounted(self) -> Any:
        with pytest.MonkeyPatch.context() as patch:
            for name in _CHANGES:
                patch.setattr(os, name, self._wrapped(getattr(os, name), name))
            patch.setattr(os, "open", self._opening(os.open))
            exchange = disk._renameat2
            patch.setattr(disk, "_renameat2", lambda *given: -1 if self._fails() else exchange(*given))
            yield self

    def _fails(self) -> bool:
        self.seen += 1
        return self.seen == self.number if self.once else self.seen >= self.number

    def _mine(self, target: Any) -> bool:
        if isinstance(target, int):
            return str(Path(f"/proc/self/fd/{target}").readlink()).startswith(self.folder)
        return str(target).startswith(self.folder)

    def _wrapped(self, real: Callable[..., Any], name: str) -> Callable[..., Any]:
        def operation(target: Any, *given: Any, **named: Any) -> Any:
            if not self._mine(target) or str(target).endswith("/.nothing") or not self._fails():
                return real(target, *given, **named)
            if self.fault == "short" and name in {"write", "pwrite"} and len(given[0]) > 1:
                return real(target, given[0][: len(given[0]) // 2], *given[1:])
            raise OSError(
                _ERRNO[self.fault], os.strerror(_ERRNO[self.fault]), None if isinstance(target, int) else target
            )

        return operation

    def _opening(self, real: Callable[..., int]) -> Callable[..., int]:
        def operation(path: Any, flags: int, *given: Any, **named: Any) -> int:
            if flags & (os.O_WRONLY | os.O_RDWR) and self._mine(path) and self._fails():
                raise OSError(_ERRNO[self.fault], os.strerror(_ERRNO[self.fault]), path)
            return real(path, flags, *given, **named)

        return operation
