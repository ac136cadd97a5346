"""The base classes of the records that editors write."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal

import msgspec

from storegen.model.clock import Clock
from storegen.model.text import Loaded

Status = Literal["published", "draft", "unlisted"]


class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A frozen record that editors write. Unknown YAML keys are refused.

    Subclasses may define a group of YAML keys of which exactly one must be given.
    """

    EXACTLY_ONE: ClassVar[tuple[str, ...]] = ()
    # Former names of YAML keys, which are refused with a hint at the current name.
    FORMER_NAMES: ClassVar[Mapping[str, str]] = {}
    # Where facts without a YAML key of their own belong; shown with an unknown key.
    OTHER_KEYS: ClassVar[str] = ""

    @property
    def given(self) -> tuple[str, ...]:
        """The given YAML keys of the group of which exactly one is required."""
        values = ((name, getattr(self, name)) for name in self.EXACTLY_ONE)
        return tuple(name for name, value in values if value is not None and value != ())


class Content(Record, frozen=True, kw_only=True):
    """A record with an id, in one language."""

    id: Loaded
    file: Loaded
    language: Loaded = ""

    @property
    def has_page(self) -> bool:
        """Whether it has its own page."""
        return True

    def is_public(self, clock: Clock) -> bool:
        """Return whether its page is published at the clock's time."""
        return self.has_page
