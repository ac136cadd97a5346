"""Parsing of YAML text to plain values, with the line of each field. Every scalar stays text.

``no``, ``0123``, ``22:22``, ``1e5`` and ``19.90`` stay as typed; the model decides what they mean. Anchors, aliases,
tags, merge keys and duplicate YAML keys are refused. Blank, ``~`` and ``null`` mean that the key is absent. Such keys
are reported separately, so that an unknown key without a value can be refused too.
"""

from __future__ import annotations

from storegen.yaml.fast_path import read_plain
from storegen.yaml.values import Blank, Cut, Place, Value

__all__ = ["Blank", "Cut", "Place", "Value", "field_lines", "load_yaml"]


def load_yaml(text: str, blanks: list[Blank] | None = None, cuts: list[Cut] | None = None) -> Value:
    """Return the single document in *text* as dicts, lists and strings, or None if it is empty.

    YAML keys without a value are added to *blanks*, and values that a comment probably cuts off to *cuts*.
    """
    plain = read_plain(text, blanks)
    if plain is not None:
        return plain[0]
    from storegen.yaml.parser import compose  # noqa: PLC0415 - most content needs no parser

    return compose(text, None, blanks, cuts)


def field_lines(text: str) -> dict[Place, int]:
    """Return the line (from 1) of each YAML key and list item in *text*."""
    from storegen.yaml.parser import compose  # noqa: PLC0415 - as above

    lines: dict[Place, int] = {}
    compose(text, lines)
    return lines
