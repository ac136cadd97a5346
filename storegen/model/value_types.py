"""The types of fields as a small tree of records. Schemas and the documentation read it instead of Python's types."""

from __future__ import annotations

import functools
import typing
from typing import Any, Literal, TypeAlias, TypeVar

import msgspec

from storegen.model.fields import arms_of, is_mapping, is_record, mark_of, marks_of, without_marks
from storegen.model.market import ByMarket
from storegen.model.scalars import Amount, Names, Scalar
from storegen.model.text import Choices, Different

T = TypeVar("T")


class AnyValue(msgspec.Struct, frozen=True):
    """Any value."""


class Text(msgspec.Struct, frozen=True):
    """A text with its annotations (see `text`)."""

    marks: tuple[Any, ...] = ()

    def mark(self, kind: type[T]) -> T | None:
        """Return the annotation of the class *kind*, or None."""
        return next((mark for mark in self.marks if isinstance(mark, kind)), None)


class ScalarValue(msgspec.Struct, frozen=True):
    """A value with its own format, such as an amount."""

    kind: type[Scalar]


class Choice(msgspec.Struct, frozen=True):
    """One of a few words."""

    words: tuple[str, ...]


class ListOf(msgspec.Struct, frozen=True):
    """A list, optionally without duplicates (*different*)."""

    item: ValueType
    different: bool = False


class MappingOf(msgspec.Struct, frozen=True):
    """A mapping with free keys."""

    key: ValueType
    value: ValueType


class RecordOf(msgspec.Struct, frozen=True):
    """A record with fixed YAML keys."""

    kind: type[msgspec.Struct]


class AnyOf(msgspec.Struct, frozen=True):
    """A value of one of several types."""

    types: tuple[ValueType, ...]


ValueType: TypeAlias = AnyValue | Text | ScalarValue | Choice | ListOf | MappingOf | RecordOf | AnyOf


@functools.cache
def value_type(hint: Any) -> ValueType:  # noqa: ANN401
    """Return the value type of a field with this Python type."""
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
        amount = (ScalarValue(Amount),) if mark_of(hint, ByMarket) else ()
        return MappingOf(value_type(key), AnyOf((*amount, value_type(value))) if amount else value_type(value))
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
