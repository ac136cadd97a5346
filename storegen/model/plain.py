"""Conversion of the model's scalars to plain values, for encoders that only know those."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable
from decimal import Decimal
from typing import Any


def plain(value: object) -> object:
    """Return one of the model's scalars as a value of its plain base type."""
    return _plainly(type(value))(value)  # type: ignore[arg-type] # mypy takes a type for unhashable


@functools.cache
def _plainly(kind: type) -> Callable[[Any], object]:
    for extended in (str, int, Decimal):
        if issubclass(kind, extended):
            return extended
    if issubclass(kind, dt.datetime):
        return lambda value: dt.datetime.fromisoformat(value.isoformat())
    if issubclass(kind, dt.date):
        return lambda value: dt.date(value.year, value.month, value.day)
    if issubclass(kind, dt.time):
        return lambda value: dt.time(value.hour, value.minute)
    raise TypeError(f"{kind.__name__} can't be in a context")
