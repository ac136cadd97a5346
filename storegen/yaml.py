"""YAML text to plain values: every scalar stays text, and each field's line can be asked for.

``no``, ``0123``, ``22:22``, ``1e5`` and ``19.90`` stay what was typed; the model decides what they mean. Anchors,
aliases, tags, merge keys and duplicate keys are refused. Blank, ``~`` and ``null`` mean absent: such a key is left out.
"""

from __future__ import annotations

from storegen.plain_yaml import Place, Value, read_plain

__all__ = ["Place", "Value", "field_lines", "load_yaml"]


def load_yaml(text: str) -> Value:
    """Return the one document in *text* as dicts, lists and strings; None where it is empty."""
    plain = read_plain(text)
    if plain is not None:
        return plain[0]
    from storegen.event_yaml import compose  # noqa: PLC0415 - most content needs no parser

    return compose(text, None)


def field_lines(text: str) -> dict[Place, int]:
    """Return the line (from 1) on which each key and list item of *text* stands."""
    from storegen.event_yaml import compose  # noqa: PLC0415 - as above

    lines: dict[Place, int] = {}
    compose(text, lines)
    return lines
