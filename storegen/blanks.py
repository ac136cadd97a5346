"""Blank values, which form editors save for fields that were left empty. They mean that the key is absent."""

from __future__ import annotations

import functools
import typing
from collections.abc import Mapping
from typing import Any

import msgspec

from storegen.model.fields import arm_for, is_mapping, is_record, without_marks, written_fields
from storegen.model.scalars import Names
from storegen.yaml import Value


def is_blank(value: Value) -> bool:
    """Return whether a value is ``''`` or null, or a list or mapping of such values.

    An empty list or mapping alone is not blank, because somebody wrote it so.
    """
    if value is None or value == "":
        return True
    if isinstance(value, str) or not value:
        return False
    filled = [item for item in (value.values() if isinstance(value, dict) else value) if item not in ([], {})]
    return bool(filled) and all(map(is_blank, filled))


def has_blank(value: object) -> bool:
    """Return whether ``''`` or null is anywhere in a mapping or list."""
    items: Any = value.values() if isinstance(value, dict) else value
    if "" in items or None in items:
        return True
    return any(has_blank(item) for item in items if type(item) is dict or type(item) is list)


def without_blanks(value: Mapping[str, Any], kind: type[msgspec.Struct]) -> Mapping[str, Any]:
    """Return the values of a record without blank ones. Required keys and unknown keys keep theirs."""
    return _record(value, kind) if has_blank(value) else value


@functools.cache
def required_fields(kind: type[msgspec.Struct]) -> frozenset[str]:
    """Return the YAML keys that a record must have."""
    written = written_fields(kind)
    return frozenset(field.name for field in msgspec.structs.fields(kind) if field.required and field.name in written)


def _record(value: Mapping[str, Any], kind: type[msgspec.Struct]) -> dict[str, Any]:
    known, required = written_fields(kind), required_fields(kind)
    kept = {key: item for key, item in value.items() if key not in known or key in required or not is_blank(item)}
    return {key: _cleaned(item, known[key]) if key in known else item for key, item in kept.items()}


def _cleaned(value: Any, hint: Any) -> Any:  # noqa: ANN401
    """Return a value without blank parts."""
    if not isinstance(value, dict | list):
        return value
    hint = without_marks(arm_for(value, hint))
    if isinstance(value, dict):
        if is_record(hint):
            return _record(value, hint)
        if not is_mapping(hint):
            return value
        part = typing.get_args(hint)[1]
        return {key: _cleaned(item, part) for key, item in value.items() if not is_blank(item)}
    kept = [item for item in value if not is_blank(item)]
    if typing.get_origin(hint) is tuple:
        part = typing.get_args(hint)[0]
        return [_cleaned(item, part) for item in kept]
    return kept if isinstance(hint, type) and issubclass(hint, Names) else value
