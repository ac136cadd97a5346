"""The base of everything that a template sees."""

from __future__ import annotations

import msgspec


class Context(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The base of everything that a template sees."""
