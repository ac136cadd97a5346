"""What YAML text is read as: dicts, lists and strings, and where in them something stands."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

Value: TypeAlias = "str | list[Value] | dict[str, Value] | None"
Place: TypeAlias = "tuple[str | int, ...]"

ABSENT = frozenset(("", "~", "null", "Null", "NULL"))  # unquoted, these mean no value


class Blank(NamedTuple):
    """A key without a value; *before* is what a comma inside braces cut it off from, as 29 in ``{price: 29,90}``.

    It is None where the key has its colon, and so is meant as one.
    """

    place: Place
    before: str | None = None
