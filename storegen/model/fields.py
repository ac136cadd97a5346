"""The fields of records by their role, found through their types and annotations (`text`), and their places."""

from __future__ import annotations

import functools
import inspect
import types
import typing
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Annotated, Any, NamedTuple, TypeAlias

import msgspec

from storegen.model.scalars import Names, Swatch
from storegen.model.text import LinkTarget, MarkdownText, MediaFile, Ref, SetOnLoad, Translatable
from storegen.yaml import Place, Value

Role: TypeAlias = MarkdownText | LinkTarget | Ref | MediaFile
_ROLES = (MarkdownText, LinkTarget, Ref, MediaFile)


class Found(NamedTuple):
    """A text with a role in a record, and its place."""

    place: Place
    text: str
    role: Role


class Fields(msgspec.Struct):
    """The texts of a record, grouped by role."""

    markdown: list[Found] = []
    links: list[Found] = []
    references: list[Found] = []
    media: list[Found] = []


_Collect: TypeAlias = Callable[[Any, Place, list[Found]], None]


def fields_of(record: msgspec.Struct) -> Fields:
    """Return every non-blank text of a record that is Markdown, a link, a reference or a file."""
    found: list[Found] = []
    if collect := _collector(type(record)):
        collect(record, (), found)
    fields = Fields()
    lists = {
        MarkdownText: fields.markdown,
        LinkTarget: fields.links,
        Ref: fields.references,
        MediaFile: fields.media,
    }
    for each in found:
        lists[type(each.role)].append(each)
    return fields


@functools.cache
def hints_of(kind: type[msgspec.Struct]) -> Mapping[str, Any]:
    """Return the types of a record's fields with their annotations. Inherited fields come last."""
    hints, own = typing.get_type_hints(kind, include_extras=True), inspect.get_annotations(kind)
    return {name: hints[name] for name in sorted(kind.__struct_fields__, key=lambda name: name not in own)}


@functools.cache
def written_fields(kind: type[msgspec.Struct]) -> Mapping[str, Any]:
    """Return the types of the fields that editors may write."""
    return {name: hint for name, hint in hints_of(kind).items() if not mark_of(hint, SetOnLoad)}


@functools.cache
def loaded_fields(kind: type[msgspec.Struct]) -> frozenset[str]:
    """Return the fields that are filled in while loading. Editors can't write them."""
    return frozenset(name for name, hint in hints_of(kind).items() if mark_of(hint, SetOnLoad))


def without_marks(hint: Any) -> Any:  # noqa: ANN401
    """Return a type without its annotations."""
    return typing.get_args(hint)[0] if typing.get_origin(hint) is Annotated else hint


def mark_of(hint: Any, kind: type) -> Any:  # noqa: ANN401
    """Return a type's annotation of the class *kind*, or None."""
    return next((mark for mark in marks_of(hint) if isinstance(mark, kind)), None)


def marks_of(hint: Any) -> tuple[Any, ...]:  # noqa: ANN401
    """Return the annotations of a type."""
    return hint.__metadata__ if typing.get_origin(hint) is Annotated else ()


def arms_of(hint: Any) -> tuple[Any, ...]:  # noqa: ANN401
    """Return the members of a union without None. For any other type, return the type itself."""
    if typing.get_origin(hint) in {typing.Union, types.UnionType}:
        return tuple(arm for arm in typing.get_args(hint) if arm is not types.NoneType)
    return (hint,)


def arm_for(value: Value, hint: Any) -> Any:  # noqa: ANN401
    """Return the type that fits a value; for a union, one of its members."""
    arms = arms_of(hint)
    return member_for(value, arms) if len(arms) > 1 else arms[0]


def member_for(value: Value, arms: Sequence[Any]) -> Any:  # noqa: ANN401
    """Choose the member of a union that fits the value's shape. A single word fits a list, not a mapping."""
    if isinstance(value, str) and not any(map(_is_text, arms)):
        return next((arm for arm in arms if typing.get_origin(without_marks(arm)) is tuple), arms[0])
    for arm in arms:
        if isinstance(value, dict) and (is_record(arm) or is_mapping(arm)):
            return arm
        if isinstance(value, list) and typing.get_origin(without_marks(arm)) is tuple:
            return arm
        if isinstance(value, str) and _is_text(arm):
            return arm
    return arms[0]


def _is_text(hint: Any) -> bool:  # noqa: ANN401
    return without_marks(hint) is str


def is_record(hint: Any) -> bool:  # noqa: ANN401
    """Return whether a type is a record."""
    return isinstance(hint, type) and issubclass(hint, msgspec.Struct)


def is_mapping(hint: Any) -> bool:  # noqa: ANN401
    """Return whether a type is a mapping with free keys."""
    origin = typing.get_origin(hint)
    return isinstance(origin, type) and issubclass(origin, Mapping)


@functools.cache
def holds_translations(hint: Any) -> bool:  # noqa: ANN401
    """Return whether a value of a type can contain translatable texts."""
    if mark_of(hint, Translatable):
        return True
    if is_record(hint):
        return any(map(holds_translations, hints_of(hint).values()))
    parts = typing.get_args(without_marks(hint))
    return any(holds_translations(part) for part in parts if part is not types.NoneType and part is not Ellipsis)


@functools.cache
def translated_fields(kind: type[msgspec.Struct]) -> frozenset[str]:
    """Return the fields of a record that a translation may contain."""
    return frozenset(name for name, hint in hints_of(kind).items() if holds_translations(hint))


@functools.cache
def whole_mappings(kind: type[msgspec.Struct]) -> frozenset[Place]:
    """Return the places of mappings with translatable keys. A translation replaces such a mapping as a whole."""
    found: set[Place] = set()
    for name, hint in hints_of(kind).items():
        for arm in arms_of(hint):
            if is_mapping(arm) and mark_of(typing.get_args(arm)[0], Translatable):
                found.add((name,))
            elif is_record(arm):
                found.update((name, *place) for place in whole_mappings(arm))
    return frozenset(found)


def translated_keys(kind: type[msgspec.Struct]) -> tuple[str, ...]:
    """Return the YAML keys that a translation may contain, with dots between a key and those below it.

    ``[]`` is an entry of a list and ``*`` a name that the editor chooses. A mapping with translatable keys is one key.
    """
    found = (path for name, hint in written_fields(kind).items() for path in _translated_paths(hint, name))
    return tuple(dict.fromkeys(found))


def _translated_paths(hint: Any, path: str) -> Iterator[str]:  # noqa: ANN401
    if mark_of(hint, Translatable):
        yield path
        return
    for arm in arms_of(without_marks(hint)):
        bare = without_marks(arm)
        if mark_of(arm, Translatable):
            yield path
        elif is_record(bare):
            for name, part in written_fields(bare).items():
                yield from _translated_paths(part, f"{path}.{name}")
        elif is_mapping(bare) and mark_of(typing.get_args(bare)[0], Translatable):
            yield path
        elif is_mapping(bare):
            yield from _translated_paths(typing.get_args(bare)[1], f"{path}.*")
        elif typing.get_origin(bare) is tuple:
            item = typing.get_args(bare)[0]
            yield from _translated_paths(item, path if mark_of(item, Translatable) else f"{path}[]")


@functools.cache
def reference_lists(kind: type[msgspec.Struct], target: str) -> tuple[str, ...]:
    """Return the fields of a record that are lists of ids of a *target* type."""
    return tuple(name for name, hint in hints_of(kind).items() if _lists(hint, target))


def _lists(hint: Any, target: str) -> bool:  # noqa: ANN401
    bare = without_marks(hint)
    if isinstance(bare, type) and issubclass(bare, Names):
        role = mark_of(hint, Ref)
    else:
        role = mark_of(typing.get_args(bare)[0], Ref) if typing.get_origin(bare) is tuple else None
    return role is not None and role.type == target


@functools.cache
def _collector(hint: Any) -> _Collect | None:  # noqa: ANN401
    """Return a function that collects the texts with a role from a value of a type, or None if there can't be any."""
    role = next((mark for kind in _ROLES if (mark := mark_of(hint, kind))), None)
    bare = without_marks(hint)
    if role is not None:
        return functools.partial(
            _collect_swatch if bare is Swatch else _collect_text if bare is str else _collect_names, role
        )
    if is_record(bare):
        parts = tuple((name, part) for name, each in hints_of(bare).items() if (part := _collector(each)))
        return functools.partial(_collect_record, parts) if parts else None
    if typing.get_origin(bare) is tuple:
        item = _collector(typing.get_args(bare)[0])
        return functools.partial(_collect_list, item) if item else None
    if is_mapping(bare):
        item = _collector(typing.get_args(bare)[1])
        return functools.partial(_collect_mapping, item) if item else None
    if len(arms := arms_of(bare)) > 1 or arms[0] is not bare:
        shapes = tuple((_shape_of(arm), part) for arm in arms if (part := _collector(arm)))
        return functools.partial(_collect_union, shapes) if shapes else None
    return None


def _shape_of(hint: Any) -> type:  # noqa: ANN401
    """Return the class of a type's values."""
    bare = without_marks(hint)
    origin = typing.get_origin(bare)
    shape: type = origin if isinstance(origin, type) else bare
    return shape


def _collect_text(role: Role, value: str, place: Place, found: list[Found]) -> None:
    if value:
        found.append(Found(place, value, role))


def _collect_swatch(role: Role, value: Swatch, place: Place, found: list[Found]) -> None:
    _collect_text(role, value.file, place, found)


def _collect_names(role: Role, value: tuple[str, ...], place: Place, found: list[Found]) -> None:
    found += [Found((*place, number), name, role) for number, name in enumerate(value)]


def _collect_record(parts: tuple[tuple[str, _Collect], ...], value: object, place: Place, found: list[Found]) -> None:
    for name, collect in parts:
        if item := getattr(value, name):
            collect(item, (*place, name), found)


def _collect_list(collect: _Collect, value: tuple[object, ...], place: Place, found: list[Found]) -> None:
    for number, item in enumerate(value):
        collect(item, (*place, number), found)


def _collect_mapping(collect: _Collect, value: Mapping[str, object], place: Place, found: list[Found]) -> None:
    for name, item in value.items():
        collect(item, (*place, name), found)


def _collect_union(shapes: tuple[tuple[type, _Collect], ...], value: object, place: Place, found: list[Found]) -> None:
    for shape, collect in shapes:
        if isinstance(value, shape):
            collect(value, place, found)
            return
