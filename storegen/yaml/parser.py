"""Parsing of any YAML to plain values, from libyaml's events in one loop. Errors are explained in plain words."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import yaml
from yaml import events as ev

from storegen.errors import YamlError
from storegen.yaml.pasted import SPACE, has_spaced_key, quotes_fault
from storegen.yaml.values import ABSENT, Blank, Cut, Place, Value

MAX_DEPTH = 64
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_ENDS = frozenset((ev.MappingEndEvent, ev.SequenceEndEvent))
UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_CUT = re.compile(r" (#(?:[^\s#][^\n]*| ?[0-9]+(?=[ \n]*(?:\n|\Z))))")
_UNCLOSED = 'a "[" or "{" on this line or above is never closed'
_COMMENTED = '; "#" begins a comment: put words with "#" in quotes'
_FIRST = re.compile(r"[\[{]\s*#")
_COMMENT = re.compile(r"[\[{, ]#")
_BRACKET_FIRST = re.compile(r"(?:^|[:-]\s)\s*([\[{])[^\[{]*[\]}]\s*$")
_COLON = re.compile(r"[ \t]*:")

# YAML 1.1 treats these three as line ends (YAML 1.2, section 5.4, does not). Pasted text may contain them.
# While the parser reads, noncharacters (Unicode, section 23.7) replace them, so that text and line numbers stay right.
_BREAKS = re.compile("[\x85\u2028\u2029]")
_STAND_INS = {0x85: "\ufdd0", 0x2028: "\ufdd1", 0x2029: "\ufdd2"}
_RESTORED = {ord(stand_in): chr(code) for code, stand_in in _STAND_INS.items()}

_SIGN = 'a value that begins with "{}" must be in quotes; {} are not read'
_TAB = "the line begins with a tab; indent with spaces"
_CODE = 'in double quotes "\\" begins a code; write "\\\\", or use single quotes'
# Messages of libyaml and their usual meaning; "begins here" counts from the line where the value began.
_MEANINGS = {
    "could not find expected ':'": 'expected "key: value" or "- value"; is the sign missing, or the space after it?',
    "found unexpected end of stream": "the quotation that begins here never ends",
    "did not find expected ',' or ']'": 'the list that begins here lacks a "," or its "]"',
    "did not find expected ',' or '}'": 'what begins here with "{" lacks a "," or its "}"',
    "block sequence entries are not allowed in this context": (
        'a value that begins with "- " must be in quotes; a list begins on the line below its key'
    ),
    "mapping keys are not allowed in this context": 'a value that begins with "? " must be in quotes',
    "did not find expected alphabetic or numeric character": 'a value that begins with "&" or "*" must be in quotes',
    "did not find expected node content": 'a value that begins with ",", "]" or "}" must be in quotes',
    "did not find expected comment or line break": "nothing may follow | or > on its line; the text begins on the next",
    "did not find expected '-' indicator": 'expected "- " as in the lines above; check how far this line is indented',
    "did not find expected <document start>": "expected one list, or keys with values; something follows the end of it",
    "found a tab character that violates indentation": _TAB,
    "found a tab character where an indentation space is expected": _TAB,
    "found an indentation indicator equal to 0": "nothing may follow | or > on its line; the text begins on the next",
    "found unexpected ':'": 'a value that contains ":" must be in quotes',
    "found undefined tag handle": _SIGN.format("!", "tags"),
    "in a tag": _SIGN.format("!", "tags"),
    "found unknown escape character": _CODE,
    "did not find expected hexdecimal number": _CODE,
    "found invalid Unicode character escape code": "this is no character's code",
}
_BEGINS = ("could not find", "found unexpected end", "did not find expected ','")


def compose(
    text: str, lines: dict[Place, int] | None, blanks: list[Blank] | None = None, cuts: list[Cut] | None = None
) -> Value:
    """Return the single document in *text*, or None if it is empty. Lines of keys and items are added to *lines*.

    YAML keys without a value are left out, and added to *blanks*. Values that a comment cuts off are added to *cuts*.
    """
    text = text.removeprefix("\ufeff")  # the parser skips it without counting it
    try:
        return _read(text, _Notes(text, lines, [] if blanks is None else blanks, [] if cuts is None else cuts))
    except yaml.MarkedYAMLError as error:
        raise _explained(error, text) from None
    except yaml.reader.ReaderError as error:
        raise _unreadable(text, error.position, error.character) from None
    except UnicodeEncodeError as error:
        raise _unreadable(text, error.start, ord(text[error.start])) from None


def _unreadable(text: str, position: int, character: int) -> YamlError:
    return YamlError(text.count("\n", 0, position) + 1, _hidden(character))


def _hidden(character: int) -> str:
    return f"the invisible character U+{character:04X} isn't allowed in text; remove it"


def _explained(error: yaml.MarkedYAMLError, text: str) -> YamlError:
    """Return the parser's error in plain words, with the line to look at."""
    problem = "in a tag" if "a tag" in str(error.context) else error.problem or error.context or ""
    mark = error.problem_mark or error.context_mark
    if problem.startswith(_BEGINS) and error.context_mark is not None:
        mark = error.context_mark
    number, column = (mark.line, mark.column) if mark is not None else (0, 0)
    lines = re.split("\r\n?|\n", text)
    line = lines[number] if number < len(lines) else ""  # the parser counts one line more than there are
    spaced = [each for each in (number, number - 1) if 0 <= each < len(lines) and has_spaced_key(lines[each])]
    if spaced:
        return YamlError(spaced[0] + 1, SPACE)
    meaning = _meaning(problem, line[:column], line[column:])
    if problem.startswith("did not find expected ','") and _COMMENT.search(line, column):
        meaning += _COMMENTED
    elif meaning == _UNCLOSED and (
        cut := [at for at in range(min(number + 1, len(lines))) if _FIRST.search(lines[at])]
    ):
        number, meaning = cut[-1], f"{_UNCLOSED}{_COMMENTED}"
    return YamlError(min(number + 1, len(lines)), meaning)


def _meaning(problem: str, before: str, after: str) -> str:
    """Return the meaning of an error. *before* and *after* are the parts of the line around the error's position."""
    if problem.startswith("mapping values are not allowed"):
        if re.search(r":\s", before):
            return "; ".join(
                filter(None, ('a value that contains ": " must be in quotes', quotes_fault(before + after)))
            )
        return 'the line above lacks its ":" or the space after it, or this line is indented too far'
    if problem == "found character that cannot start any token":
        return _TAB if after.startswith("\t") else f'a value that begins with "{after[:1]}" must be in quotes'
    if problem == "did not find expected key":
        if bracket := _BRACKET_FIRST.search(before):
            return f'a text that begins with "{bracket[1]}" must be in quotes'
        if before.strip():
            return "something follows a closing quote; put other quotes around the whole value"
        return "expected a key as in the lines above; check how far this line is indented"
    if problem == "did not find expected node content" and not after.strip():
        return _UNCLOSED
    return _MEANINGS.get(problem, f"not readable as YAML: {problem}")


class _Notes(NamedTuple):
    """What is written about a text while it is read (see `compose`)."""

    text: str
    lines: dict[Place, int] | None
    blanks: list[Blank]
    cuts: list[Cut]

    def value(
        self, event: ev.NodeEvent, value: Value, container: list[Value] | dict[str, Value], at: Place, key_end: int
    ) -> None:
        """Write down a value that was put into a container. *key_end* is the position after its key."""
        if value is None and isinstance(container, dict):
            self.blanks.append(Blank(at, _cut_from(container, self.text, key_end)))
        if cut := _cut_after(event, self.text):
            self.cuts.append(Cut(at, value if isinstance(value, str) else "", cut))
        if self.lines is not None and isinstance(container, list):
            self.lines[at] = _line(event)


def _read(text: str, notes: _Notes) -> Value:
    """Build values from events, with a stack of containers and the pending key of each."""
    result: Value = None
    stack: list[list[Value] | dict[str, Value]] = []
    keys: list[str | None] = []
    place: list[str | int] = []
    absent: list[tuple[dict[str, Value], str]] = []
    started, key_end = False, 0
    for event in _events(text):
        kind = type(event)
        if kind in _ENDS:
            stack.pop()
            keys.pop()
            _leave(stack, place)
            continue
        if kind is ev.DocumentStartEvent:
            started = _begun(event, started=started)
        if not isinstance(event, ev.NodeEvent):
            continue
        _refuse(event)
        if stack and type(stack[-1]) is dict and keys[-1] is None:
            keys[-1] = _take_key(event, stack[-1], place, notes.lines)
            key_end = event.end_mark.index if event.end_mark else 0
            continue
        value = _value(event, len(stack))
        if not stack:
            result = value
        else:
            _put(value, stack[-1], keys, place, absent)
            notes.value(event, value, stack[-1], tuple(place), key_end)
        if type(value) is dict or type(value) is list:
            stack.append(value)
            keys.append(None)
        else:
            _leave(stack, place)
    _drop(absent)
    return result


def _cut_after(event: ev.NodeEvent, text: str) -> str:
    """Return the comment that probably belongs to a value without quotes, or an empty string.

    Comments have a space after ``#``, or two spaces before it. So ``lamp #1`` is a value, and ``lamp # 1`` too.
    """
    if not isinstance(event, ev.ScalarEvent) or event.style or event.end_mark is None:  # in quotes, or a block
        return ""
    found = _CUT.match(text, event.end_mark.index)
    return found[1] if found else ""


def _cut_from(mapping: dict[str, Value], text: str, key_end: int) -> str | None:
    """Return the text before the last key of a mapping, or None if the key is followed by a colon."""
    if _COLON.match(text, key_end):
        return None
    before = next(itertools.islice(reversed(mapping.values()), 1, None), None)
    return before if isinstance(before, str) else ""


def _drop(absent: list[tuple[dict[str, Value], str]]) -> None:
    """Remove the YAML keys without a value. This is done at the end, so that duplicate keys are noticed before."""
    for mapping, key in absent:
        del mapping[key]


def _events(text: str) -> Iterable[ev.Event]:
    if text.isascii() or not _BREAKS.search(text):
        return yaml.parse(text, Loader=_LOADER)
    if taken := re.search("[\ufdd0-\ufdd2]", text):
        raise _unreadable(text, taken.start(), ord(taken[0]))
    return _restored(yaml.parse(text.translate(_STAND_INS), Loader=_LOADER))


def _begun(event: ev.Event, *, started: bool) -> bool:
    if started:
        raise YamlError(_line(event), "a file may contain one YAML document; found a second")
    return True


def _restored(events: Iterable[ev.Event]) -> Iterator[ev.Event]:
    for event in events:
        if type(event) is ev.ScalarEvent:
            event.value = event.value.translate(_RESTORED)
        yield event


def _line(event: ev.Event) -> int:
    mark = event.start_mark
    return mark.line + 1 if mark is not None else 0


def _value(event: ev.NodeEvent, depth: int) -> Value:
    if isinstance(event, ev.ScalarEvent):
        text = _text(event)
        return None if event.implicit[0] and text in ABSENT else text
    if depth >= MAX_DEPTH:
        raise YamlError(_line(event), f"nested more than {MAX_DEPTH} levels deep")
    return {} if type(event) is ev.MappingStartEvent else []


def _text(event: ev.ScalarEvent) -> str:
    """Return a scalar's text. Escapes in double quotes can add characters that the parser refuses elsewhere."""
    text: str = event.value
    if event.style == '"' and (bad := UNPRINTABLE.search(text)):
        raise YamlError(_line(event), _hidden(ord(bad[0])))
    return text


def _put(
    value: Value,
    container: list[Value] | dict[str, Value],
    keys: list[str | None],
    place: list[str | int],
    absent: list[tuple[dict[str, Value], str]],
) -> None:
    if isinstance(container, list):
        place.append(len(container))
        container.append(value)
        return
    key = keys[-1]
    keys[-1] = None
    assert key is not None
    container[key] = value
    if value is None:
        absent.append((container, key))


def _refuse(event: ev.NodeEvent) -> None:
    if event.anchor is not None:
        what, sign = ("aliases", "*") if isinstance(event, ev.AliasEvent) else ("anchors", "&")
    elif getattr(event, "tag", None) is not None:
        what, sign = "tags", "!"
    else:
        return
    raise YamlError(_line(event), _SIGN.format(sign, what))


def _take_key(
    event: ev.NodeEvent,
    container: dict[str, Value],
    place: list[str | int],
    lines: dict[Place, int] | None,
) -> str:
    line = _line(event)
    if not isinstance(event, ev.ScalarEvent):
        raise YamlError(line, "expected a key, which is text; found a list or keys with values")
    key = _text(event)
    if key == "<<":
        raise YamlError(line, "merge keys (<<) are not read; write the fields out")
    if key in container:
        raise YamlError(line, f'"{key}" is given twice')
    container[key] = None
    place.append(key)
    if lines is not None:
        lines[tuple(place)] = line
    return key


def _leave(stack: list[list[Value] | dict[str, Value]], place: list[str | int]) -> None:
    if stack and place:
        place.pop()
