"""Characters that come from word processors and web pages, and that YAML and Markdown don't read as they look."""

from __future__ import annotations

import re

_QUOTES = "“”„‟«»‘’‚‹›"
_SPACES = "\u00a0\u2007\u202f\u3000"
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_BULLETS = "•·▪"
_BEGINS = re.compile(f"[{_QUOTES}{_SPACES}{_INVISIBLE}{_BULLETS}]")
_ENDS = re.compile(f"[{_QUOTES}{_SPACES}{_INVISIBLE}]$")
_SPACED_KEY = re.compile(f"[ {_SPACES}]*[{_SPACES}]|[^\"'#:]*:[{_SPACES}]")

SPACE = "a non-breaking space is not a space in YAML; write ordinary spaces"


def pasted_fault(text: str) -> str:
    """Return what is wrong with a word that begins or ends with a pasted character, or an empty string."""
    found = _BEGINS.match(text) or _ENDS.search(text)
    if not found:
        return ""
    sign, where = found[0], "after" if found.start() else "before"
    if sign in _SPACES:
        return f"there is a non-breaking space {where} it; write ordinary spaces"
    if sign in _QUOTES:
        return quotes_fault(text)
    if sign in _BULLETS:
        return f'"{sign}" is not a sign of YAML; write "- " before each entry of a list'
    return f"the invisible character U+{ord(sign):04X} is {where} it; remove it"


def quotes_fault(text: str) -> str:
    """Return the remedy for a word processor's quotes in a text, or an empty string if it has none."""
    found = list(dict.fromkeys(sign for sign in text if sign in _QUOTES))
    if not found:
        return ""
    return (
        f'{" and ".join(found)} {"are not quotes" if found[1:] else "is not a quote"} in YAML; write "…" or no quotes'
    )


def without_pasted(text: str) -> str:
    """Return a word without pasted characters around it."""
    return text.strip(f" {_QUOTES}{_SPACES}{_BULLETS}{_INVISIBLE}")


def has_spaced_key(line: str) -> bool:
    """Return whether a line of YAML has a non-breaking space as indentation or after its first colon."""
    return _SPACED_KEY.match(line) is not None
