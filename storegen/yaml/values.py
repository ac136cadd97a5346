"""The values that YAML text is parsed to: dicts, lists and strings, and places in them."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

Value: TypeAlias = "str | list[Value] | dict[str, Value] | None"
Place: TypeAlias = "tuple[str | int, ...]"

ABSENT = frozenset(("", "~", "null", "Null", "NULL"))  # without quotes, these mean no value


class Blank(NamedTuple):
    """A YAML key without a value. *before* is the text that a comma inside braces separated from the key.

    In ``{price: 29,90}`` the key is 90, and *before* is 29. *before* is None if the key is followed by a colon.
    """

    place: Place
    before: str | None = None


class Cut(NamedTuple):
    """A text without quotes that ends where `` #`` begins a comment. *rest* is the comment with its ``#``."""

    place: Place
    text: str
    rest: str
