"""A checker of requests to a payment service against the types of the service's own Python library.

The library's types are generated from the service's public API description, so a wrong name, a missing parameter or a
wrong value is noticed without the network.
"""

from __future__ import annotations

import typing
from collections.abc import Iterator
from types import ModuleType, UnionType
from typing import Any, Literal, get_args, get_origin
from urllib.parse import parse_qsl

from typing_extensions import is_typeddict


def nested(body: str) -> Any:
    """Return the values of a form whose names are paths: ``a[b][0]=c``."""
    found: dict[str, Any] = {}
    for name, value in parse_qsl(body, keep_blank_values=True, strict_parsing=True):
        path = name.replace("]", "").split("[")
        place = found
        for part in path[:-1]:
            place = place.setdefault(part, {})
        assert path[-1] not in place, f"{name} is sent twice"
        place[path[-1]] = value
    return _lists(found)


def _lists(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if value and list(value) == [str(number) for number in range(len(value))]:
        return [_lists(each) for each in value.values()]
    return {key: _lists(each) for key, each in value.items()}


def faults(value: Any, kind: Any, module: ModuleType, path: str = "") -> Iterator[str]:
    """Yield what is wrong with a value of a form, by a type of a library's *module*."""
    kind = _resolved(kind, module)
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in {typing.Required, typing.NotRequired}:
        yield from faults(value, arguments[0], module, path)
    elif origin is typing.Union or isinstance(kind, UnionType):
        yield from _union_faults(value, arguments, module, path)
    elif origin is Literal:
        yield from () if value in arguments else (f"{path}: {value!r} is none of the {len(arguments)} values",)
    elif origin is list:
        each = value if isinstance(value, list) else [None]
        for place, one in enumerate(each):
            yield from faults(one, arguments[0], module, f"{path}[{place}]")
    elif origin is dict:
        texts = isinstance(value, dict) and all(isinstance(one, str) for one in value.values())
        yield from () if texts else (f"{path}: expected texts by key",)
    elif is_typeddict(kind):
        yield from _record_faults(value, kind, module, path)
    else:
        yield from _plain_faults(value, kind, path)


def _union_faults(value: Any, kinds: tuple[Any, ...], module: ModuleType, path: str) -> Iterator[str]:
    known = [_resolved(kind, module) for kind in kinds if kind is not type(None)]
    if any(get_origin(kind) is Literal for kind in known):  # "or str" stands for values of later versions
        known = [kind for kind in known if kind is not str]
    found = [list(faults(value, kind, module, path)) for kind in known]
    if all(found):
        yield from min(found, key=len)


def _record_faults(value: Any, kind: Any, module: ModuleType, path: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{path}: expected {kind.__name__}"
        return
    fields = kind.__annotations__
    yield from (f"{path}.{name}: unknown" for name in value if name not in fields)
    for name, field in fields.items():
        if name in value:
            yield from faults(value[name], field, module, f"{path}.{name}")
        elif not _optional(field, module):
            yield f"{path}.{name}: missing"


def _plain_faults(value: Any, kind: Any, path: str) -> Iterator[str]:
    if not isinstance(value, str):
        yield f"{path}: expected a single value"
    elif kind is int and not value.removeprefix("-").isdecimal():
        yield f"{path}: expected a whole number, found {value!r}"
    elif kind is bool and value not in {"true", "false"}:
        yield f"{path}: expected true or false, found {value!r}"
    elif kind is str and not value:
        yield f"{path}: empty"
    elif kind not in {int, bool, str}:
        yield f"{path}: the type {kind} is not known to this checker"


def _resolved(kind: Any, module: ModuleType) -> Any:
    text = kind.__forward_arg__ if isinstance(kind, typing.ForwardRef) else kind
    return eval(text, vars(module)) if isinstance(text, str) else kind  # noqa: S307 - types of an installed library


def _optional(kind: Any, module: ModuleType) -> bool:
    return get_origin(_resolved(kind, module)) is typing.NotRequired
