"""A text of one line: a name, a title, an article number; without what could make it look like something else."""

from __future__ import annotations

import re
from typing import Annotated, TypeAlias

# Control characters and line ends, and what turns the direction of the text behind it (Unicode 16, table 23-2).
_CONTROLS = "\x00-\x1f\x7f-\x9f\u2028\u2029"
_TURNS = "\u202a-\u202e\u2066-\u2069"
# Marks that only text of a script from right to left needs.
_MARKS = "\u200e\u200f\u061c"
_BAD = re.compile(f"[{_CONTROLS}{_TURNS}]")
_STRAY = re.compile(f"[{_CONTROLS}{_TURNS}{_MARKS}]")
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u061b\u061d-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)


class OneLine:
    """What marks a field of one line."""


Line: TypeAlias = Annotated[str, OneLine()]


def line_fault(text: str) -> str:
    """Return why a text is no line; an empty string where it is one."""
    if text.isprintable() or not (found := _bad(text).search(text)):
        return ""
    shown = _bad(text).sub(lambda sign: _NAMES.get(sign[0]) or f"\\u{ord(sign[0]):04x}", text)
    what = (
        "one line of text" if found[0] in "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029" else "text without control signs"
    )
    return f'expected {what}, found "{shown}"'


def as_line(text: str) -> str:
    """Return a text as a line: without surrounding and doubled spaces, and without what no line may hold."""
    return " ".join((text if text.isprintable() else _bad(text).sub(_space, text)).split())


_NAMES = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def _bad(text: str) -> re.Pattern[str]:
    return _BAD if _RIGHT_TO_LEFT.search(text) else _STRAY


def _space(sign: re.Match[str]) -> str:
    return " " if sign[0].isspace() else ""
