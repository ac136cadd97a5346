"""The memory on disk: a row of frames, each what one build learnt, with a digest by which a torn one is known."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import msgspec

from storegen.memory import Changed, Memory, Rows
from storegen.write.disk import make_folder, replace_file

_DIGEST = 16
_LENGTH = 8
_WASTE = 2  # a log this many times as long as what it holds is written anew
_decode = msgspec.msgpack.Decoder(Changed).decode


def read_memory(file: Path, engine: bytes) -> Memory:
    """Return what the builds before remembered, under the same *engine*; nothing where the file can't be read."""
    try:
        data = file.read_bytes()
    except OSError:
        return Memory()
    if data[: len(engine)] != engine:
        return Memory()
    rows: Rows = {}
    place = len(engine)
    while frame := _frame(data, place):
        for section, values in _decode(frame).items():
            known = rows.setdefault(section, {})
            for name, value in values.items():
                if value is None:
                    known.pop(name, None)
                else:
                    known[name] = value
        place += _LENGTH + _DIGEST + len(frame)
    return Memory(rows)


def write_memory(file: Path, engine: bytes, memory: Memory) -> None:
    """Add what has changed to the log, or write it anew where it would grow too long; nothing is synced."""
    changed, rows = memory.saved()
    if not any(changed.values()):
        return
    frame = _framed(msgspec.msgpack.encode(changed))
    size = sum(len(value) for values in rows.values() for value in values.values())
    length = _length_of(file, engine)
    if length is None or length + len(frame) > _WASTE * size + (1 << 20):
        replace_file(file, engine + _framed(msgspec.msgpack.encode(rows)))
        return
    make_folder(str(file.parent))
    with file.open("ab") as stream:
        stream.write(frame)


def _length_of(file: Path, engine: bytes) -> int | None:
    """Return a log's length, None where it is another engine's or ends in a torn frame."""
    try:
        with file.open("rb") as stream:
            if stream.read(len(engine)) != engine:
                return None
            length = os.fstat(stream.fileno()).st_size
            place = len(engine)
            while head := stream.read(_LENGTH):
                place += _LENGTH + _DIGEST + int.from_bytes(head, "big")
                stream.seek(place)
            return length if place == length else None
    except OSError:
        return None


def _framed(data: bytes) -> bytes:
    return len(data).to_bytes(_LENGTH, "big") + hashlib.blake2b(data, digest_size=_DIGEST).digest() + data


def _frame(data: bytes, place: int) -> bytes:
    """Return the frame that begins at a place; nothing where there is none, or a torn one."""
    start = place + _LENGTH + _DIGEST
    end = start + int.from_bytes(data[place : place + _LENGTH], "big")
    frame = data[start:end]
    good = hashlib.blake2b(frame, digest_size=_DIGEST).digest() == data[place + _LENGTH : start]
    return frame if good and end <= len(data) else b""
