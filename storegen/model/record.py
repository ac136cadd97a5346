"""The bases of the records that editors write."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal

import msgspec

from storegen.model.clock import Clock
from storegen.model.text import Loaded

Status = Literal["published", "draft", "unlisted"]


class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What editors write: frozen, by keyword, refusing unknown keys. Exactly one of some keys may have to be given."""

    EXACTLY_ONE: ClassVar[tuple[str, ...]] = ()
    # Keys by the name that they had before: refused, with the name that they have now.
    FORMER_NAMES: ClassVar[Mapping[str, str]] = {}

    @property
    def given(self) -> tuple[str, ...]:
        """Which of the keys are given of which there must be exactly one."""
        values = ((name, getattr(self, name)) for name in self.EXACTLY_ONE)
        return tuple(name for name, value in values if value is not None and value != ())


class Content(Record, frozen=True, kw_only=True):
    """A record with an id, in one language."""

    id: Loaded
    file: Loaded
    language: Loaded = ""

    @property
    def has_page(self) -> bool:
        """Whether it has a page of its own."""
        return True

    def is_public(self, clock: Clock) -> bool:
        """Say whether its page can be visited at the clock's time."""
        return self.has_page
