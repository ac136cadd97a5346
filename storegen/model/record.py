"""The base of every record that editors write."""

from __future__ import annotations

from typing import Literal

import msgspec

Status = Literal["published", "draft", "unlisted"]


class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What editors write: frozen, by keyword, refusing unknown keys."""
