"""The fast path for the YAML of most content files: block mappings, lists, and values on one line.

It reads a text only if the meaning of every line is unambiguous. Its result is then the same as the parser's. Any other
text is left to the parser as a whole. tests/yaml/test_fast_path.py compares the two results.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping

from storegen.yaml.values import ABSENT, Blank, Place, Value

MAX_DEPTH = 50
MAX_BRACKETS = 8  # nesting on one line; together with MAX_DEPTH, less than the parser's limit

_MARKERS = ("---", "...", "%")  # at the beginning of a line
# Unquoted text must not begin with these characters: YAML's indicators (YAML 1.2, section 5.3), and a few more.
_SIGNS = " !\"#%&'*,-:<>?@[\\]^`{|}~"
_FIRST = f"[^{re.escape(_SIGNS)}]"
# The parser accepts keys of up to 1,024 characters. The fast path reads keys of less than half that length.
_KEY_LENGTH = 500
_KEY = rf"({_FIRST}[^:#]{{0,{_KEY_LENGTH}}}|\"[^\"\\]{{1,{_KEY_LENGTH}}}\"):"
_FLOW_KEY = rf"({_FIRST}[^]\[{{}}?,:#]{{0,{_KEY_LENGTH}}}):"
# Indentation, the dash of a list item, a YAML key, and the rest of the line.
_LINE = re.compile(rf"( *)((?:- +)?)(?:{_KEY}(?: +|$))?(.*)")
_QUOTED = re.compile(r'"([^"\\]*)"|\'((?:[^\']|\'\')*)\'')
# One entry in brackets or braces: a key; an opening bracket, a quoted or an unquoted text; closing brackets; a comma.
# The last group matches everything else.
_ENTRY = re.compile(
    rf" *(?:(?:{_FLOW_KEY} +)?(?:([\[{{])|{_QUOTED.pattern}"
    rf"|({_FIRST}(?:[^]\[{{}}?,:#]|:(?=[^]\[{{}}?, ])|(?<! )#)*))((?: *[]}}])*) *(,?)|(.))"
)
_CLOSES = {"]": list, "}": dict}


class _NotPlainError(Exception):
    """The text contains something that only the parser can read."""


def read_plain(text: str, blanks: list[Blank] | None = None) -> tuple[Value] | None:
    """Return the document in *text* as a tuple of one item, or None if the parser must read it.

    YAML keys without a value are left out, and added to *blanks*.
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
    """Yield the places of YAML keys without a value. *owners* maps the id of a mapping to its keys without a value."""
    for key in owners.get(id(value), ()):
        yield Blank((*place, key))
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, item in items:
        yield from _places(item, (*place, step), owners)


@functools.cache
def _odd() -> re.Pattern[str]:
    """Return a pattern of refused characters: unprintable for libyaml, further line ends, byte order marks.

    Noncharacters are included, because parser.py uses them internally. Compiling this takes a while.
    """
    good = "\n -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufdcf\ufdd3-\ufefe\uff00-\ufffd\U00010000-\U0010ffff"
    return re.compile(f"[^{good}]")


class _Reader:
    """The lines of a text and the current position."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.place = -1
        self.indent = 0  # of the current line
        self.dash = ""
        self.key: str | None = None
        self.rest = ""
        self.blanks: list[tuple[dict[str, Value], str]] = []
        self._next()

    def _next(self) -> None:
        """Go to the next line with content, and parse it."""
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
            if key is None or key[-1] == " ":
                raise _NotPlainError
            if key[0] == '"':
                key = key[1:-1]
            if key in found or key == "<<":
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
        """Return the value on the current line, and go to the next line, which must not continue the value."""
        rest = self.rest.rstrip(" ")
        sign = rest[:1]
        value: Value
        if sign == "|":
            return self._literal(rest, indent)
        if sign not in _SIGNS:
            if ": " in rest or " #" in rest or rest[-1] == ":":
                raise _NotPlainError
            value = None if rest in ABSENT else rest
        elif sign in {'"', "'"} and (quoted := _QUOTED.fullmatch(rest)):
            value = _unquoted(quoted)
        elif sign in {"[", "{"}:
            value = _flow(rest)
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
        ended = start + text.count("\n") < len(lines) - 1  # a text at the end of the file may lack its last line end
        return f"{text}\n" if sign == "|" and ended else text


def _unquoted(found: re.Match[str]) -> str:
    """Return the text between the quotes."""
    return found[2].replace("''", "'") if found[1] is None else found[1]


def _flow(text: str) -> Value:
    """Return the list in brackets or the mapping in braces that is written in *text*."""
    outermost: list[Value] = []
    stack: list[list[Value] | dict[str, Value]] = [outermost]
    due = True  # whether an entry must follow
    for key, opening, double, single, words, closing, comma, other in _ENTRY.findall(text):
        if other or not due:
            raise _NotPlainError
        if opening:
            opened: list[Value] | dict[str, Value] = [] if opening == "[" else {}
            _add(opened, key, stack[-1])
            stack.append(opened)
        else:
            _add(_words(words) if words else double or single.replace("''", "'"), key, stack[-1])
        if closing:
            _close(closing, stack)
        begins = bool(opening and not closing)
        due = begins or bool(comma)
        if (comma and (begins or len(stack) < 2)) or len(stack) > MAX_BRACKETS + 1:
            raise _NotPlainError
    if len(stack) > 1:
        raise _NotPlainError
    return outermost[0]


def _words(text: str) -> str:
    words = text.rstrip(" ")
    if words in ABSENT:
        raise _NotPlainError
    return words


def _add(value: Value, key: str, container: list[Value] | dict[str, Value]) -> None:
    """Add an entry to its list or mapping."""
    if not key and isinstance(container, list):
        container.append(value)
    elif key and isinstance(container, dict) and key not in container and key[-1] != " ":
        container[key] = value
    else:
        raise _NotPlainError


def _close(signs: str, stack: list[list[Value] | dict[str, Value]]) -> None:
    """Pop closed containers from a stack. The first item of the stack must stay."""
    for sign in signs.replace(" ", ""):
        if len(stack) < 2 or type(stack.pop()) is not _CLOSES[sign]:
            raise _NotPlainError
