"""Search for the faulty field in unreadable YAML."""

from __future__ import annotations

import re
from collections.abc import Iterator

from storegen.errors import YamlError
from storegen.yaml import Place, field_lines
from storegen.yaml.parser import UNPRINTABLE

_KEY = re.compile(r"""(\s*(?:- +)*)(["']?)([^\s:#{}\[\],&*!|>"'](?:[^:#"']*[^\s:#"'])?)\2 *:(?:\s|$)""")
_STAND_IN = "stand-in"


def field_at(text: str, line: int) -> Place:
    """Return the field on a line that YAML can't read, for messages. The result is empty if it can't be found.

    The text is parsed again without invisible characters, or with another value on this line.
    """
    for repaired, key in _repairs(text, line):
        try:
            lines = field_lines(repaired)
        except YamlError:
            continue
        nearest = max((number for number in lines.values() if number <= line), default=0)
        place = _common([place for place, number in lines.items() if number == nearest])
        return tuple(key if step == _STAND_IN else step for step in place)
    return ()


def _repairs(text: str, line: int) -> Iterator[tuple[str, str]]:
    """Yield texts that may be readable. If a placeholder replaces the line's YAML key, that key is yielded too."""
    if bare := UNPRINTABLE.sub("", text):
        yield bare, ""
    lines = text.split("\n")
    found = _KEY.match(lines[line - 1]) if 0 < line <= len(lines) else None
    if found:
        for value in (" x", ""):  # on the key's line, or on the lines below
            repaired = f"{found[1]}{_STAND_IN}:{value}"
            yield "\n".join((*lines[: line - 1], repaired, *lines[line:])), found[3]


def _common(places: list[Place]) -> Place:
    """Return the common beginning of several places on one line."""
    if not places:
        return ()
    steps = 0
    for at in zip(*places, strict=False):
        if len(set(at)) > 1:
            break
        steps += 1
    return places[0][:steps]
