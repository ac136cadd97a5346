"""Texts of records in one form: single lines without line ends at their end, names in Unicode NFC."""

from __future__ import annotations

import functools
import operator
import typing
from collections.abc import Callable, Mapping
from typing import Any, TypeVar
from unicodedata import is_normalized, normalize

import msgspec

from storegen.model.fields import arms_of, hints_of, is_mapping, is_record, mark_of, member_for, without_marks
from storegen.model.text import LinkTarget, MediaFile, OneLine, Ref, as_line, line_fault
from storegen.yaml import Value

V = TypeVar("V")
Change: typing.TypeAlias = Callable[[Any], Any]


def normalized(value: V, kind: type[msgspec.Struct]) -> V:
    """Return the values of a record with its lines and names in their form.

    Raises msgspec.ValidationError at the first text that must be one line and is not.
    """
    made: V = _with_lines(value, kind, _checked_line)
    return made


def with_lines(value: V, kind: type[msgspec.Struct]) -> V:
    """Return an imported value for a record of *kind*, with characters removed that one-line texts must not contain."""
    made: V = _with_lines(value, kind, _made_line)
    return made


def _with_lines(value: Any, hint: Any, line: Change) -> Any:  # noqa: ANN401
    change = _lines_in(hint, line)
    return value if change is None else change(value)


@functools.cache
def _lines_in(hint: Any, line: Change) -> Change | None:  # noqa: ANN401
    """Return a function that applies *line* to the one-line texts in a value of a type, or None if there are none."""
    if any(mark_of(hint, role) for role in (LinkTarget, MediaFile, Ref)):
        return functools.partial(_name, line if mark_of(hint, OneLine) else None)
    if mark_of(hint, OneLine):
        return line
    hint = without_marks(hint)
    if is_record(hint):
        fields = {name: change for name, field in hints_of(hint).items() if (change := _lines_in(field, line))}
        return functools.partial(_lines_of_keys, fields) if fields else None
    if typing.get_origin(hint) is tuple:
        change = _lines_in(typing.get_args(hint)[0], line)
        return functools.partial(_lines_of_list, change) if change else None
    if len(arms := arms_of(hint)) > 1 or arms[0] is not hint:
        samples: tuple[Value, ...] = ("", [], {})
        shapes = {type(sample): _lines_in(member_for(sample, arms), line) for sample in samples}
        changes = {shape: change for shape, change in shapes.items() if change}
        return functools.partial(_lines_of_shape, changes) if changes else None
    if is_mapping(hint):
        key, change = (_lines_in(arm, line) for arm in typing.get_args(hint))
        return functools.partial(_lines_of_mapping, key, change) if key or change else None
    return None


def _checked_line(text: Any) -> Any:  # noqa: ANN401
    """Return a text without trailing line ends. Raises ValidationError if it is still not a single line."""
    if not isinstance(text, str) or text.isprintable():
        return text
    line = text.rstrip("\r\n")
    if line_fault(line):
        raise msgspec.ValidationError(line_fault(line))
    return text if line == text else line


def _name(line: Change | None, value: Any) -> Any:  # noqa: ANN401
    """Return names of records and files with accents as part of their letters (Unicode NFC), as in ids.

    macOS stores accents of file names as separate characters.
    """
    if isinstance(value, list):
        return _lines_of_list(functools.partial(_name, line), value)
    if not isinstance(value, str):
        return value
    text = value if value.isascii() or is_normalized("NFC", value) else normalize("NFC", value)
    return line(text) if line else text


def _made_line(text: Any) -> Any:  # noqa: ANN401
    return as_line(text) if isinstance(text, str) and line_fault(text) else text


def _lines_of_shape(changes: Mapping[type, Change], value: Any) -> Any:  # noqa: ANN401
    change = changes.get(type(value))
    return change(value) if change else value


def _lines_of_keys(fields: Mapping[str, Change], value: Any) -> Any:  # noqa: ANN401
    if not isinstance(value, dict):
        return value
    changed: dict[str, Any] = {}
    for name, item in value.items():
        change = fields.get(name)
        if change is not None and (new := change(item)) is not item:
            changed[name] = new
    return {**value, **changed} if changed else value


def _lines_of_list(change: Change, value: Any) -> Any:  # noqa: ANN401
    if not isinstance(value, list):
        return value
    changed = [change(item) for item in value]
    return changed if any(map(operator.is_not, changed, value)) else value


def _lines_of_mapping(key: Change | None, change: Change | None, value: Any) -> Any:  # noqa: ANN401
    if not isinstance(value, dict):
        return value
    made = {key(name) if key else name: change(item) if change else item for name, item in value.items()}
    return value if made == value else made
