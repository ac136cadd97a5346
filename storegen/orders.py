"""The private record of verified orders. It contains the time when each was first seen, but not its content."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import os
from collections.abc import Iterable
from pathlib import Path

import msgspec


class VerifiedOrders(msgspec.Struct, frozen=True):
    """A file with one line per order: the time and the order's fingerprint."""

    path: Path

    def first_seen(self, fingerprint: str) -> dt.datetime | None:
        """Return when an order was first recorded, or None if it is new. Unreadable lines are skipped."""
        try:
            rows = self.path.read_text("ascii", "replace").splitlines()
        except FileNotFoundError:
            return None
        found = (_moment(time) for time, _, mark in (row.partition(" ") for row in rows) if mark == fingerprint)
        return min((moment for moment in found if moment), default=None)

    def add(self, fingerprint: str, moment: dt.datetime) -> None:
        """Append an order in one write. Only the owner can read the file."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        line = f"{moment.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ} {fingerprint}\n".encode()
        file = os.open(self.path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            size = os.fstat(file).st_size
            torn = size and os.pread(file, 1, size - 1) != b"\n"
            os.write(file, b"\n" + line if torn else line)
        finally:
            os.close(file)


def order_fingerprint(key: str, rows: Iterable[str]) -> str:
    """Return a keyed digest of an order's rows. Without the signing *key*, nobody can guess the rows from it."""
    return hmac.new(key.encode(), "\n".join(rows).encode(), hashlib.sha256).hexdigest()


def _moment(text: str) -> dt.datetime | None:
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None
