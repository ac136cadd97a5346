"""The cache on disk: a log with one frame per build. A frame contains bodies, an index of heads and a checksum."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from zlib import crc32

import msgspec

from storegen.cache import Cache, CacheEntry, Changed
from storegen.write.disk import make_folder, naming, write_all

_HEAD = 20  # of a frame: length of its bodies, length of its index (8 bytes each), checksum of its index (4)
_WASTE = 3  # a log is rewritten if it is this many times as long as its current values
_BUFFER = 1 << 20
_SLACK = 1 << 22
_decode = msgspec.msgpack.Decoder(Changed).decode


class Log:
    """A log that is open for one build. Bodies are written as they are added, the index at the end."""

    def __init__(self, file: Path, code: bytes) -> None:
        self._file = file
        self._code = code
        self._waiting = bytearray()
        make_folder(str(file.parent))
        self._fd = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        with naming(file):
            self.cache = Cache(self._read(), self)

    @property
    def current(self) -> bool:
        """Whether the file is unchanged since this log wrote it: no other build has written to it or deleted it."""
        try:
            there = os.stat(self._file)
        except OSError:
            return False
        here = os.fstat(self._fd)
        length = self._end if self._end > self._frame + _HEAD else self._frame
        same = (there.st_ino, there.st_dev, there.st_size) == (here.st_ino, here.st_dev, length)
        return same and not self._waiting

    def close(self) -> None:
        """Close the file."""
        os.close(self._fd)

    def _read(self) -> dict[str, dict[str, CacheEntry]]:
        """Return the values cached by earlier builds of the same code version, and move to the end of their frames."""
        values: dict[str, dict[str, CacheEntry]] = {}
        size = os.fstat(self._fd).st_size
        offset = len(self._code)
        if os.pread(self._fd, offset, 0) != self._code:
            os.ftruncate(self._fd, 0)
            write_all(self._fd, self._code, 0)
            size = offset
        while index := self._index(offset, size):
            for section, changed in _decode(index[0]).items():
                known = values.setdefault(section, {})
                for name, kept in changed.items():
                    if kept is None:
                        known.pop(name, None)
                    else:
                        known[name] = kept
            offset = index[1]
        os.ftruncate(self._fd, offset)
        self._frame = offset  # the start of the frame that this build writes
        self._end = offset + _HEAD
        return values

    def _index(self, offset: int, size: int) -> tuple[bytes, int] | None:
        """Return the index and the end of the frame at an offset, or None if there is no complete frame."""
        head = os.pread(self._fd, _HEAD, offset)
        bodies, length = int.from_bytes(head[:8], "big"), int.from_bytes(head[8:16], "big")
        end = offset + _HEAD + bodies + length
        if len(head) < _HEAD or not length or end > size:
            return None
        index = os.pread(self._fd, length, offset + _HEAD + bodies)
        return (index, end) if crc32(index).to_bytes(4, "big") == head[16:] else None

    def add(self, body: bytes) -> int:
        """Add a body and return its offset."""
        offset = self._end
        self._waiting += body
        self._end = offset + len(body)
        if len(self._waiting) > _BUFFER:
            self._flush()
        return offset

    def read(self, offset: int, length: int) -> bytes:
        """Return a body; one that is still buffered is written first."""
        if offset + length > self._end - len(self._waiting):
            self._flush()
        with naming(self._file):
            return os.pread(self._fd, length, offset)

    def _flush(self) -> None:
        """Write the buffered bytes. A forked process may do so too: it writes the same bytes to the same offset."""
        with naming(self._file):
            write_all(self._fd, self._waiting, self._end - len(self._waiting))
        self._waiting = bytearray()

    def save(self) -> None:
        """Write the changes, or rewrite everything if the log has grown too long. Nothing is synced."""
        changed = {section: values for section, values in self.cache.changed.items() if values}
        if not changed:
            return
        self._flush()
        index = msgspec.msgpack.encode(changed)
        if (self._end + len(index)) // _SLACK > self._frame // _SLACK and self._wasteful:
            self._write_anew()
            return
        self._close_frame(index)
        self.cache.changed = {}

    @property
    def _wasteful(self) -> bool:
        """Whether most of the log is outdated. The check visits all values, so it is made only every few megabytes."""
        values = self.cache.values.values()
        return self._end > _SLACK + _WASTE * sum(
            len(each.head) + each.length for one in values for each in one.values()
        )

    def _close_frame(self, index: bytes) -> None:
        with naming(self._file):
            write_all(self._fd, index, self._end)
        bodies = self._end - self._frame - _HEAD
        head = bodies.to_bytes(8, "big") + len(index).to_bytes(8, "big") + crc32(index).to_bytes(4, "big")
        with naming(self._file):
            write_all(self._fd, head, self._frame)
        self._frame = self._end + len(index)
        self._end = self._frame + _HEAD

    def _write_anew(self) -> None:
        beside = self._file.with_name(f"{self._file.name}.new")
        with suppress(FileNotFoundError):
            beside.unlink()
        new = Log(beside, self._code)
        for section, values in self.cache.values.items():
            for name, kept in values.items():
                new.cache.put(section, name, kept.head, self.cache.body(kept) if kept.length else b"")
        new.save()
        os.replace(beside, self._file)
        os.dup2(new._fd, self._fd)
        new.close()
        self._frame, self._end = new._frame, new._end
        self.cache.adopt(new.cache)
