"""YAML text to plain values: every scalar stays text, and each field's line can be asked for.

``no``, ``0123``, ``22:22``, ``1e5`` and ``19.90`` stay what was typed; the model decides what they mean. Anchors,
aliases, tags, merge keys and duplicate keys are refused. Blank, ``~`` and ``null`` mean absent: such a key is left out,
and can be asked for, so that one that nobody knows is refused like any other.
"""

from __future__ import annotations

from storegen.yaml.fast_path import read_plain
from storegen.yaml.values import Blank, Place, Value

__all__ = ["Blank", "Place", "Value", "field_lines", "load_yaml"]


def load_yaml(text: str, blanks: list[Blank] | None = None) -> Value:
    """Return the one document in *text* as dicts, lists and strings; None where it is empty.

    Its keys without a value are added to *blanks*.
    """
    plain = read_plain(text, blanks)
    if plain is not None:
        return plain[0]
    from storegen.yaml.parser import compose  # noqa: PLC0415 - most content needs no parser

    return compose(text, None, blanks)


def field_lines(text: str) -> dict[Place, int]:
    """Return the line (from 1) on which each key and list item of *text* stands."""
    from storegen.yaml.parser import compose  # noqa: PLC0415 - as above

    lines: dict[Place, int] = {}
    compose(text, lines)
    return lines
