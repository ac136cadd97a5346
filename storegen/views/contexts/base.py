"""The base class of contexts."""

from __future__ import annotations

import msgspec


class Context(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The base class of all records that a template receives."""
