"""Alignment of translated lists: which entry of a translation translates which entry of the first language."""

from __future__ import annotations

import typing
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

import msgspec

from storegen.blanks import is_blank
from storegen.errors import suggest
from storegen.fields import Fault
from storegen.load.sources import Source
from storegen.model.fields import (
    arm_for,
    arms_of,
    hints_of,
    holds_translations,
    is_mapping,
    is_record,
    mark_of,
    without_marks,
)
from storegen.model.record import Record
from storegen.model.text import OneLine, Translatable
from storegen.yaml import Place, Value

Hint: TypeAlias = Any  # a type with its annotations

# The fields that tell the entries of a list apart. They are the same in every language.
IDENTIFYING = ("id", "kind", "day", "file")


class _Written(msgspec.Struct):
    """The mistakes that alignment finds, and the place in the file of each value that it moves."""

    faults: list[Fault]
    places: dict[Place, Place]


def aligned(base: Mapping[str, Value], translation: Source, kind: type[Record]) -> tuple[Source, list[Fault]]:
    """Return a translation whose lists have the entries of the first language's lists, and the mistakes.

    Entries are matched by the field that identifies them, in any order. A list may also be written as a mapping. Its
    keys are the names of the entries (see `entry_names`). Entries without an identifying field stay in their places.
    An entry without a translation is blank.
    """
    hints = hints_of(kind)
    written = _Written([], {})
    data = {
        key: _aligned(base.get(key), value, hints[key], ((key,), (key,)), written) if key in hints else value
        for key, value in translation.data.items()
    }
    if data == translation.data:
        return translation, written.faults
    return msgspec.structs.replace(translation, raw=data, written=written.places), written.faults


def _aligned(base: Value, value: Value, hint: Hint, at: tuple[Place, Place], written: _Written) -> Value:
    """Return a value with its lists aligned. *at* is its place after alignment, and its place in the file."""
    arms = arms_of(without_marks(hint))
    hint = without_marks(arm_for(base, hint))
    place, there = at
    if isinstance(base, dict) and isinstance(value, dict):
        return {
            key: _aligned(base.get(key), item, part, ((*place, key), (*there, key)), written)
            if (part := _part(hint, key)) is not None
            else item
            for key, item in value.items()
        }
    kind: object = typing.get_origin(hint)
    if not isinstance(base, list) or kind is not tuple or not holds_translations(hint):
        return value
    part = typing.get_args(hint)[0]
    if isinstance(value, dict) and not any(is_mapping(arm) or is_record(arm) for arm in map(without_marks, arms)):
        found = _by_key(base, value, part, there, written)
    elif isinstance(value, list) and _identifies_all(value, part):
        found = _by_identity(base, value, part, there, written)
    elif isinstance(value, list):
        found = [(item, (*there, number)) for number, item in enumerate(value)]
    else:
        return value
    for number, (_, file_place) in enumerate(found):
        if file_place != (*place, number):
            written.places[(*place, number)] = file_place
    bases = [*base, *[None] * len(found)]
    return [
        _aligned(one, item, part, ((*place, number), file_place), written)
        for number, (one, (item, file_place)) in enumerate(zip(bases, found, strict=False))
    ]


def _part(hint: Hint, key: str) -> Hint:
    """Return the type of a value below a key, or None."""
    if is_record(hint):
        return hints_of(hint).get(key)
    return typing.get_args(hint)[1] if is_mapping(hint) else None


def _by_key(
    base: list[Value],
    value: Mapping[str, Value],
    part: Hint,
    place: Place,
    written: _Written,
) -> list[tuple[Value, Place]]:
    """Return the entries of a list that is written as a mapping, in the order of the first language."""
    names = entry_names(base, part)
    numbers = {name: number for number, name in reversed(list(enumerate(names)))}
    for number, name in enumerate(_numbered([_identity(each, part) or "" for each in base])):
        if name:
            numbers.setdefault(name, number)
    found: list[tuple[Value, Place]] = [(_nothing(each, part), place) for each in base]
    for key, item in value.items():
        if key in numbers:
            kinds = _kinds(base[numbers[key]], part)
            found[numbers[key]] = ({kinds[0]: item} if kinds else item), (*place, key)
        elif not is_blank(item):
            written.faults.append(((*place, key), _unknown(key, names)))
    return found


def _by_identity(
    base: list[Value],
    value: list[Value],
    part: Hint,
    place: Place,
    written: _Written,
) -> list[tuple[Value, Place]]:
    """Return the entries of a list in the order of the first language. Entries beyond its length may be new ones."""
    known = _numbered([_identity(each, part) for each in base])
    numbers = {name: number for number, name in enumerate(known) if name}
    names = iter(_numbered([_identity(each, part) for each in value if not is_blank(each)]))
    found: list[tuple[Value, Place]] = [(_nothing(each, part), place) for each in base]
    more: list[tuple[Value, Place]] = []
    for number, item in enumerate(value):
        if is_blank(item):
            continue
        name = next(names)
        if name in numbers:
            found[numbers[name]] = item, (*place, number)
        elif number < len(base):
            written.faults.append(((*place, number), _unknown(str(name), list(numbers))))
        else:
            more.append((item, (*place, number)))
    return [*found, *more]


def _nothing(base: Value, part: Hint) -> Value:
    """Return the value of an entry without a translation: in a list of words the word itself, otherwise ``{}``."""
    return base if isinstance(base, str) and mark_of(part, Translatable) else {}


def _unknown(name: str, names: Iterable[str]) -> str:
    known = list(names)
    return f'the first language has no entry "{name}"{suggest(name, known)} (there are {", ".join(known)})'


def entry_names(base: Iterable[Value], part: Hint) -> list[str]:
    """Return the names of a list's entries. A translation may use them as keys.

    A name is the value of the identifying field, the kind of a section, or the first text of the entry. From the second
    one on, equal names have a number: ``featured 2``.
    """
    return [name or "" for name in _numbered([_identity(each, part) or _first_words(each, part) for each in base])]


def _identifies_all(value: list[Value], part: Hint) -> bool:
    entries = [each for each in value if not is_blank(each)]
    return bool(entries) and all(isinstance(each, dict) and _identity(each, part) for each in entries)


def _identity(item: Value, part: Hint) -> str | None:
    """Return what identifies an entry in every language: a file's name, the kind of a section, or a field."""
    if isinstance(item, str):
        return None if mark_of(part, Translatable) else item
    if not isinstance(item, dict):
        return None
    if kinds := _kinds(item, part):
        return kinds[0]
    return next((found for key in IDENTIFYING if isinstance(found := item.get(key), str) and found), None)


def _kinds(item: Value, part: Hint) -> list[str]:
    """Return the one key that an entry may have, such as ``hero`` of a section."""
    kinds = getattr(arm_for(item, part), "EXACTLY_ONE", ())
    return [each for each in kinds if isinstance(item, dict) and each in item]


def _first_words(item: Value, part: Hint) -> str | None:
    """Return an entry itself if it is a text, else its first line of text that can be translated."""
    if isinstance(item, str):
        return item
    kind = arm_for(item, part)
    if not isinstance(item, dict) or not is_record(kind):
        return None
    lines = (name for name, hint in hints_of(kind).items() if mark_of(hint, OneLine) and mark_of(hint, Translatable))
    return next((words for name in lines if isinstance(words := item.get(name), str) and words), None)


def _numbered(names: Iterable[str | None]) -> list[str | None]:
    """Return names with a number after each that occurred before: ``hero``, ``hero 2``."""
    seen: Counter[str] = Counter()
    found: list[str | None] = []
    for name in names:
        if name:
            seen[name] += 1
        found.append(f"{name} {seen[name]}" if name and seen[name] > 1 else name)
    return found
