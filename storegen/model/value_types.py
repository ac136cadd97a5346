"""What a field takes, as a small tree of records that schemas and documentation read instead of Python's types."""

from __future__ import annotations

import functools
import typing
from typing import Any, Literal, TypeAlias, TypeVar

import msgspec

from storegen.model.fields import arms_of, is_mapping, is_record, mark_of, marks_of, without_marks
from storegen.model.scalars import Names, Scalar
from storegen.model.text import Choices, Different

T = TypeVar("T")


class AnyValue(msgspec.Struct, frozen=True):
    """Whatever an editor writes."""


class Text(msgspec.Struct, frozen=True):
    """A text with its annotations (see `text`)."""

    marks: tuple[Any, ...] = ()

    def mark(self, kind: type[T]) -> T | None:
        """Return the annotation of a *kind*, None where there is none."""
        return next((mark for mark in self.marks if isinstance(mark, kind)), None)


class ScalarValue(msgspec.Struct, frozen=True):
    """A value of a form of its own, such as an amount."""

    kind: type[Scalar]


class Choice(msgspec.Struct, frozen=True):
    """One of some words."""

    words: tuple[str, ...]


class ListOf(msgspec.Struct, frozen=True):
    """A list; its items may have to be *different*."""

    item: ValueType
    different: bool = False


class MappingOf(msgspec.Struct, frozen=True):
    """Names of an editor's choice, each with a value."""

    key: ValueType
    value: ValueType


class RecordOf(msgspec.Struct, frozen=True):
    """The keys of a record."""

    kind: type[msgspec.Struct]


class AnyOf(msgspec.Struct, frozen=True):
    """A value of any of some types."""

    types: tuple[ValueType, ...]


ValueType: TypeAlias = AnyValue | Text | ScalarValue | Choice | ListOf | MappingOf | RecordOf | AnyOf


@functools.cache
def value_type(hint: Any) -> ValueType:  # noqa: ANN401
    """Return what a field with this Python type takes."""
    bare = without_marks(hint)
    if bare is Any:
        return AnyValue()
    if len(arms := arms_of(bare)) > 1 or arms[0] is not bare:
        made = tuple(map(value_type, arms))
        return made[0] if len(made) == 1 else AnyOf(made)
    if is_record(bare):
        return RecordOf(bare)
    if typing.get_origin(bare) is tuple:
        return ListOf(value_type(typing.get_args(bare)[0]), _different(hint))
    if is_mapping(bare):
        key, value = typing.get_args(bare)
        return MappingOf(value_type(key), value_type(value))
    if typing.get_origin(bare) is Literal:
        return Choice(typing.get_args(bare))
    if issubclass(bare, Names):
        name = _text(hint) if bare.ITEM is None else ScalarValue(bare.ITEM)
        return AnyOf((name, ListOf(name, _different(hint))))
    return ScalarValue(bare) if issubclass(bare, Scalar) else _text(hint)


def _text(hint: Any) -> ValueType:  # noqa: ANN401
    choices = mark_of(hint, Choices)
    return Choice(choices.words) if choices else Text(marks_of(hint))


def _different(hint: Any) -> bool:  # noqa: ANN401
    return mark_of(hint, Different) is not None
