"""A cache of compiled templates between builds, separate for each language and verified before use."""

from __future__ import annotations

import hashlib
import marshal
import os
from contextlib import suppress
from pathlib import Path

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

_DIGEST = 16


class TemplateCache(BytecodeCache):
    """A folder of compiled templates, each file signed with *key*, so that nobody else can write a valid file.

    *code_key* is a fingerprint of everything else that affects the compiled code: storegen, its libraries, this Python
    and the language. (The compiler evaluates constant expressions.) A damaged file counts as a cache miss.
    """

    def __init__(self, folder: Path, code_key: bytes, key: bytes) -> None:
        self._folder = folder
        self._key = key
        self._engine = code_key

    def load_bytecode(self, bucket: Bucket) -> None:
        """Load a compiled template if its signature is right."""
        with suppress(OSError, ValueError, EOFError, TypeError):
            data = self._file(bucket).read_bytes()
            if data[:_DIGEST] == self._digest(bucket, data[_DIGEST:]):
                bucket.code = marshal.loads(data[_DIGEST:])  # noqa: S302 - written by this user, as its digest proves

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Save a compiled template with its signature."""
        code = marshal.dumps(bucket.code)
        file = self._file(bucket)
        beside = file.with_name(f"{file.name}.{os.getpid()}")
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            beside.write_bytes(self._digest(bucket, code) + code)
            beside.replace(file)

    def _file(self, bucket: Bucket) -> Path:
        return self._folder / hashlib.blake2b(f"{bucket.key}".encode() + self._engine, digest_size=_DIGEST).hexdigest()

    def _digest(self, bucket: Bucket, code: bytes) -> bytes:
        variant = bucket.checksum.encode() + self._engine + code
        return hashlib.blake2b(variant, digest_size=_DIGEST, key=self._key).digest()
