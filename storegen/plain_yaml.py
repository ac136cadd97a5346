"""A fast step for the YAML that most content files are: block mappings, lists and one-line values.

It reads a text only if every line is of a kind whose meaning can't be mistaken, and then gives what the parser gives;
anything else it leaves to the parser. tests/test_plain_yaml.py holds the two together.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple, TypeAlias

Value: TypeAlias = "str | list[Value] | dict[str, Value] | None"
Place: TypeAlias = "tuple[str | int, ...]"


class Blank(NamedTuple):
    """A key without a value; *before* is what a comma inside braces cut it off from, as 29 in ``{price: 29,90}``.

    It is None where the key has its colon, and so is meant as one.
    """

    place: Place
    before: str | None = None


MAX_DEPTH = 60
_ABSENT = frozenset(("~", "null", "Null", "NULL"))

_MARKERS = ("---", "...", "%")  # at the beginning of a line
# Indentation, the signs of list items, a key, and the rest of the line.
_LINE = re.compile(r"( *)((?:- +)?)(?:([A-Za-z_][A-Za-z0-9_ /()+-]*):(?: +|$))?(.*)")
_QUOTED = re.compile(r'"([^"\\]*)"|\'((?:[^\']|\'\')*)\'')
_ITEM = re.compile(rf"{_QUOTED.pattern}|([A-Za-z0-9][A-Za-z0-9 _./()+-]*)")
_FLOW = re.compile(rf"\[(?:{_ITEM.pattern})(?:, *(?:{_ITEM.pattern}))*\]")
_SAFE = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_")  # begins a value of words


class _NotPlainError(Exception):
    """The text holds something that only the parser can read."""


def read_plain(text: str, blanks: list[Blank] | None = None) -> tuple[Value] | None:
    """Return the document in *text*, alone in a tuple; None where the parser must read it.

    Keys without a value are left out, and added to *blanks*.
    """
    printable = text.replace("\n", " ").isprintable() if text.isascii() else not _odd().search(text)
    if not printable or text.startswith(_MARKERS) or any(f"\n{marker}" in text for marker in _MARKERS):
        return None
    lines = text.split("\n")
    try:
        reader = _Reader(lines)
        value = reader.block(reader.indent, 0)
    except _NotPlainError:
        return None
    if reader.place != len(lines) or value is None:
        return None
    if blanks is not None and reader.blanks:
        owners: dict[int, list[str]] = {}
        for mapping, key in reader.blanks:
            owners.setdefault(id(mapping), []).append(key)
        blanks += _places(value, (), owners)
    return (value,)


def _places(value: Value, place: Place, owners: Mapping[int, list[str]]) -> Iterator[Blank]:
    """Yield where the keys without a value stand; *owners* are the mappings that lack them, by identity."""
    for key in owners.get(id(value), ()):
        yield Blank((*place, key))
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, item in items:
        yield from _places(item, (*place, step), owners)


@functools.cache
def _odd() -> re.Pattern[str]:
    """Return what no text may hold that is read here: what libyaml can't print, its further line ends and marks.

    Noncharacters are among them, which event_yaml.py puts to a use of its own. Compiling this takes a while.
    """
    good = "\n -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufdcf\ufdd3-\ufefe\uff00-\ufffd\U00010000-\U0010ffff"
    return re.compile(f"[^{good}]")


class _Reader:
    """Lines, and how far they have been read."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.place = -1
        self.indent = 0  # of the line at hand
        self.dash = ""
        self.key: str | None = None
        self.rest = ""
        self.blanks: list[tuple[dict[str, Value], str]] = []
        self._next()

    def _next(self) -> None:
        """Go on to the next line that says something, and take it apart."""
        lines, place = self.lines, self.place + 1
        while place < len(lines):
            line = lines[place]
            bare = line.lstrip(" ")
            if bare and bare[0] != "#":
                self.place = place
                match = _LINE.fullmatch(line)
                assert match is not None
                space, self.dash, self.key, self.rest = match.groups()
                self.indent = len(space)
                return
            place += 1
        self.place = place
        self.indent = -1

    def block(self, indent: int, depth: int) -> Value:
        """Return the mapping or list whose lines begin at *indent*."""
        if depth > MAX_DEPTH or self.indent != indent:
            raise _NotPlainError
        return self._items(indent, depth) if self.dash else self._mapping(indent, depth)

    def _items(self, indent: int, depth: int) -> list[Value]:
        items: list[Value] = []
        while self.indent == indent and self.dash:
            inner = indent + len(self.dash)
            if self.key is not None:
                self.indent, self.dash = inner, ""
                items.append(self._mapping(inner, depth + 1))
            else:
                items.append(self._value(indent))
        return items

    def _mapping(self, indent: int, depth: int) -> dict[str, Value]:
        found: dict[str, Value] = {}
        absent: list[str] = []
        while self.indent == indent and not self.dash:
            key = self.key
            if key is None or key in found or key[-1] == " ":
                raise _NotPlainError
            if self.rest:
                value = self._value(indent)
            else:
                self._next()
                if self.indent > indent or (self.indent == indent and self.dash):
                    value = self.block(self.indent, depth + 1)
                else:
                    value = None
            found[key] = value
            if value is None:
                absent.append(key)
        for key in absent:
            del found[key]
            self.blanks.append((found, key))
        if self.indent > indent:
            raise _NotPlainError
        return found

    def _value(self, indent: int) -> Value:
        """Return the value on the line at hand, and go on to the next, which must not continue it."""
        rest = self.rest.rstrip(" ")
        sign = rest[:1]
        value: Value
        if sign == "|":
            return self._literal(rest, indent)
        if sign in _SAFE or "\xc0" <= sign <= "\ud7ff":
            if ": " in rest or " #" in rest or rest[-1] == ":":
                raise _NotPlainError
            value = None if rest in _ABSENT else rest
        elif sign in {'"', "'"} and (quoted := _QUOTED.fullmatch(rest)):
            value = _unquoted(quoted)
        elif _FLOW.fullmatch(rest):
            value = [_listed(item) for item in _ITEM.finditer(rest)]
        else:
            raise _NotPlainError
        self._next()
        if self.indent > indent:
            raise _NotPlainError
        return value

    def _literal(self, sign: str, indent: int) -> str:
        """Return the text below a ``|`` or ``|-``."""
        if sign not in {"|", "|-"}:
            raise _NotPlainError
        lines, start = self.lines, self.place + 1
        first = lines[start] if start < len(lines) else ""
        deep = len(first) - len(first.lstrip(" "))
        if deep <= indent or deep == len(first):
            raise _NotPlainError
        margin = " " * deep
        place = start
        while place < len(lines) and (lines[place].startswith(margin) or not lines[place].strip(" ")):
            place += 1
        text = "\n".join([line[deep:] for line in lines[start:place]]).rstrip("\n")
        self.place = place - 1
        self._next()
        if self.indent > indent or not text.strip(" \n"):
            raise _NotPlainError
        ended = start + text.count("\n") < len(lines) - 1  # a text at the end of its file may lack its last line end
        return f"{text}\n" if sign == "|" and ended else text


def _unquoted(found: re.Match[str]) -> str:
    """Return what stands between the quotes."""
    return found[2].replace("''", "'") if found[1] is None else found[1]


def _listed(found: re.Match[str]) -> str:
    """Return one item of a list in brackets."""
    if found[3] is None:
        return _unquoted(found)
    words: str = found[3].rstrip(" ")
    if words in _ABSENT:
        raise _NotPlainError
    return words
