"""YAML text to plain values: every scalar stays text, and each field's line can be asked for.

Built from parser events in one loop. ``no``, ``0123``, ``22:22``, ``1e5`` and ``19.90`` stay what was
typed; the model decides what they mean. Anchors, aliases, tags, merge keys and duplicate keys are refused.
Blank, ``~`` and ``null`` mean absent: such a key is left out.
"""

from __future__ import annotations

import re
from typing import TypeAlias

import yaml
from yaml import events as ev

from storegen.errors import YamlError

Value: TypeAlias = "str | None | list[Value] | dict[str, Value]"
Place: TypeAlias = "tuple[str | int, ...]"

MAX_DEPTH = 64
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_ENDS = frozenset((ev.MappingEndEvent, ev.SequenceEndEvent))
_NODES = frozenset((ev.ScalarEvent, ev.MappingStartEvent, ev.SequenceStartEvent, ev.AliasEvent))
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_ABSENT = frozenset(("", "~", "null", "Null", "NULL"))


def load_yaml(text: str) -> Value:
    """Return the one document in *text* as dicts, lists and strings; None where it is empty."""
    return _compose(text, None)


def field_lines(text: str) -> dict[Place, int]:
    """Return the line (from 1) on which each key and list item of *text* stands."""
    lines: dict[Place, int] = {}
    _compose(text, lines)
    return lines


def _compose(text: str, lines: dict[Place, int] | None) -> Value:
    try:
        return _read(text, lines)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise YamlError(line, f"not readable as YAML: {error.problem or error.context}") from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise YamlError(line, f"the character #x{error.character:04x} is not allowed in YAML") from None


def _read(text: str, lines: dict[Place, int] | None) -> Value:
    """Compose values from events with a stack of containers and the key that waits in each."""
    result: Value = None
    stack: list[list[Value] | dict[str, Value]] = []
    keys: list[str | None] = []
    place: list[str | int] = []
    started = False
    for event in yaml.parse(text, Loader=_LOADER):
        kind = type(event)
        if kind in _ENDS:
            stack.pop()
            keys.pop()
            _leave(stack, place)
            continue
        if kind is ev.DocumentStartEvent:
            if started:
                raise YamlError(event.start_mark.line + 1, "one file holds one YAML document; found a second")
            started = True
        if kind not in _NODES:
            continue
        _refuse(event)
        if stack and type(stack[-1]) is dict and keys[-1] is None:
            keys[-1] = _take_key(event, stack[-1], place, lines)
            continue
        value = _value(event, len(stack))
        if not stack:
            result = value
        else:
            _put(value, stack[-1], keys, place)
            if lines is not None and type(stack[-1]) is list:
                lines[tuple(place)] = event.start_mark.line + 1
        if type(value) is dict or type(value) is list:
            stack.append(value)
            keys.append(None)
        else:
            _leave(stack, place)
    return result


def _value(event: ev.NodeEvent, depth: int) -> Value:
    if type(event) is ev.ScalarEvent:
        if event.style == '"' and (bad := _UNPRINTABLE.search(event.value)):
            raise YamlError(event.start_mark.line + 1, f"the character #x{ord(bad[0]):04x} is not allowed in text")
        return None if event.implicit[0] and event.value in _ABSENT else event.value
    if depth >= MAX_DEPTH:
        raise YamlError(event.start_mark.line + 1, f"nested more than {MAX_DEPTH} levels deep")
    return {} if type(event) is ev.MappingStartEvent else []


def _put(
    value: Value, container: list[Value] | dict[str, Value], keys: list[str | None], place: list[str | int]
) -> None:
    if type(container) is list:
        place.append(len(container))
        container.append(value)
        return
    key = keys[-1]
    keys[-1] = None
    assert isinstance(container, dict)
    assert key is not None
    if value is None:
        del container[key]
    else:
        container[key] = value


def _refuse(event: ev.NodeEvent) -> None:
    line = event.start_mark.line + 1
    if type(event) is ev.AliasEvent:
        raise YamlError(line, "aliases (*name) are not read; write the value out")
    if event.anchor is not None:
        raise YamlError(line, "anchors (&name) are not read; write the value out")
    if event.tag is not None:
        raise YamlError(line, f"tags such as {event.tag} are not read")


def _take_key(
    event: ev.NodeEvent,
    container: dict[str, Value],
    place: list[str | int],
    lines: dict[Place, int] | None,
) -> str:
    line = event.start_mark.line + 1
    if type(event) is not ev.ScalarEvent:
        raise YamlError(line, "a key must be text")
    key: str = event.value
    if key == "<<":
        raise YamlError(line, "merge keys (<<) are not read; write the fields out")
    if key in container:
        raise YamlError(line, f'"{key}" is given twice')
    container[key] = None
    place.append(key)
    if lines is not None:
        lines[tuple(place)] = line
    return key


def _leave(stack: list[list[Value] | dict[str, Value]], place: list[str | int]) -> None:
    if stack and place:
        place.pop()
