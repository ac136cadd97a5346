"""Descriptions of the model for merchants: the meaning, type and default of every field.

A field's description is the string below it in the class, as in

    name: TranslatedLine
    \"\"\"The product's name.\"\"\"
"""

from __future__ import annotations

import ast
import functools
import inspect
import itertools
import textwrap
from collections.abc import Iterator, Mapping, Sized
from typing import Any

import msgspec

from storegen.model.content_types import ContentType
from storegen.model.fields import holds_translations, written_fields
from storegen.model.plain import plain
from storegen.model.scalars import Flag
from storegen.model.times import DayRange, Weekdays
from storegen.model.value_types import AnyValue, ValueType, value_type


class FieldDescription(msgspec.Struct, frozen=True, kw_only=True):
    """A YAML key for editors, with the type of its value and a description in one sentence.

    *translated* means that a translation may contain the key.
    """

    name: str
    takes: ValueType
    needed: bool = False
    default: Any = None
    translated: bool = False
    text: str


_PRIVATE = FieldDescription(
    name="private",
    takes=AnyValue(),
    text="Your own notes, in any form. They are never published. `storegen links` uses `cost`"
    " (see [campaigns](campaigns.md)).",
)


def describe_content(kind: ContentType) -> tuple[FieldDescription, ...]:
    """Return the YAML keys of a content type's files. The text below a front matter is not a key."""
    keys = describe_fields(kind.record)
    if kind.endings == (".md",):
        keys = tuple(key for key in keys if key.name != "body")
    return (*keys, _PRIVATE) if kind.private else keys


@functools.cache
def describe_fields(kind: type[msgspec.Struct]) -> tuple[FieldDescription, ...]:
    """Return the YAML keys of a record that editors may write, in the order of the model."""
    texts, fields = _texts(kind), {field.name: field for field in msgspec.structs.fields(kind)}
    return tuple(
        FieldDescription(
            name=name,
            takes=value_type(hint),
            needed=fields[name].required,
            default=_default(fields[name]),
            translated=holds_translations(hint),
            text=texts.get(name, ""),
        )
        for name, hint in written_fields(kind).items()
    )


def describe_record(kind: type) -> str:
    """Return the first paragraph of the docstring of a record or a scalar."""
    return " ".join(inspect.cleandoc(kind.__doc__ or "").partition("\n\n")[0].split())


def written_default(value: object) -> object:
    """Return a default as an editor writes it, with a list for a tuple. Return None if there is nothing to write."""
    match value:
        case None | msgspec.Struct() | dict():
            return None
        case Flag():
            return "yes" if value else "no"
        case Weekdays() | DayRange():
            return value.written
        case Sized() if not value:
            return None
        case tuple():
            return [written_default(each) for each in value]
    shown = plain(value)
    return shown if isinstance(shown, str | int) else str(shown)


def _default(field: msgspec.structs.FieldInfo) -> Any:  # noqa: ANN401
    if field.default is not msgspec.NODEFAULT:
        return field.default
    return field.default_factory() if field.default_factory is not msgspec.NODEFAULT else None


def _texts(kind: type[msgspec.Struct]) -> Mapping[str, str]:
    """Return the strings below the fields of a record and of its base records."""
    found: dict[str, str] = {}
    for each in reversed(kind.__mro__):
        if issubclass(each, msgspec.Struct) and each is not msgspec.Struct:
            found.update(_strings(textwrap.dedent(inspect.getsource(each))))
    return found


def _strings(source: str) -> Iterator[tuple[str, str]]:
    """Yield (field, string below it) from the source of a class."""
    body = ast.parse(source).body[0].body  # type: ignore[attr-defined]
    for field, below in itertools.pairwise(body):
        match field, below:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                yield name, " ".join(text.split())
