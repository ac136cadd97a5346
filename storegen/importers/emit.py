"""Write plain values as readable YAML. storegen and every other YAML parser read the same values back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from storegen.importers.records import Node

_WIDEST = 100
_LONGEST_KEY = 120
# Words and numbers that YAML 1.1 or 1.2 parsers don't read as text. They are quoted.
_WORDS = frozenset("true false yes no on off y n null ~ = <<".split())
_NUMBER = re.compile(
    r"[-+]?[0-9.][0-9_.,:eExXoO+\-TZ]*|[-+]?0x[0-9a-fA-F_]+|[-+]?\.(?:inf|nan)|[0-9-]+[ tT][0-9:. Zz+-]+", re.IGNORECASE
)
_FIRST = frozenset("-?:,[]{}#&*!|>'\"%@` \t")
_ODD = re.compile("[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def emit_yaml(value: Mapping[str, Node]) -> str:
    """Return a mapping as a YAML document. Raises ValueError for the YAML key ``<<``, which storegen rejects."""
    return "".join(f"{line}\n" for line in _mapping(value, ""))


def _mapping(value: Mapping[str, Node], indent: str) -> Iterator[str]:
    for key, item in value.items():
        if key == "<<":
            raise ValueError('the key "<<" merges mappings in YAML and can\'t be written')
        written = _scalar(key)
        if len(written) <= _LONGEST_KEY:
            yield from _entry(f"{indent}{written}:", item, indent)
        else:
            yield f"{indent}? {written}"
            yield from _entry(f"{indent}:", item, indent)


def _entry(start: str, item: Node, indent: str) -> Iterator[str]:
    """Yield the lines of a value after its YAML key."""
    if isinstance(item, Mapping):
        yield start if item else f"{start} {{}}"
        yield from _mapping(item, f"{indent}  ")
    elif isinstance(item, str):
        yield from _text(start, item, f"{indent}  ")
    elif isinstance(item, Sequence):
        short = _short_list(item)
        if short and len(start) + len(short) < _WIDEST:
            yield f"{start} {short}"
        else:
            yield start
            yield from _items(item, f"{indent}  ")
    else:
        yield f"{start} {_number(item)}"


def _items(items: Sequence[Node], indent: str) -> Iterator[str]:
    """Yield the items of a list. The first key of a mapping is on the line of its dash."""
    for item in items:
        if isinstance(item, Mapping) and item:
            first, *rest = _mapping(item, f"{indent}  ")
            yield f"{indent}- {first[len(indent) + 2 :]}"
            yield from rest
        else:
            yield from _entry(f"{indent}-", item, indent)


def _short_list(items: Sequence[Node]) -> str:
    """Return a list of short plain values on one line, ``[15, 16, 17]``, or an empty string if that isn't possible."""
    if not items:
        return "[]"
    written = [
        _scalar(item) if isinstance(item, str) else _number(item)
        for item in items
        if isinstance(item, str | int | Decimal)
    ]
    if len(written) < len(items) or any(re.search(r"[\[\]{},?:\n]", word) for word in written):
        return ""
    return f"[{', '.join(written)}]"


def _number(value: int | Decimal) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _text(start: str, text: str, indent: str) -> Iterator[str]:
    """Yield text: several lines as a literal block, a single line after its YAML key."""
    body = text.removesuffix("\n")
    if "\n" not in body or not re.match(r"[^\s]", body) or body.endswith("\n") or _ODD.search(text):
        yield f"{start} {_scalar(text)}"
        return
    yield f"{start} {'|' if text.endswith(chr(10)) else '|-'}"
    yield from (f"{indent}{line}" if line else "" for line in body.split("\n"))


def _scalar(text: str) -> str:
    if _is_plain(text):
        return text
    if '"' not in text and "\\" not in text and not _ODD.search(text) and not re.search(r"[\n\t]", text):
        return f'"{text}"'
    if "'" not in text and not _ODD.search(text) and not re.search(r"[\n\t]", text):
        return f"'{text}'"
    return '"' + "".join(_ESCAPES.get(char) or _escape(char) for char in text) + '"'


def _is_plain(text: str) -> bool:
    return not (
        not text
        or text[0] in _FIRST
        or text != text.strip()
        or text.endswith(":")
        or ": " in text
        or " #" in text
        or re.search(r"[\n\t]", text)
        or _ODD.search(text)
        or text.casefold() in _WORDS
        or _NUMBER.fullmatch(text)
        or text.startswith(("---", "..."))
    )


def _escape(char: str) -> str:
    code = ord(char)
    if not _ODD.match(char):
        return char
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
