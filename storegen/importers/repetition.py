"""Remove repetition between short and long descriptions, so that a page shows the same text once."""

from __future__ import annotations

import re

_LINK = re.compile(r"\]\([^\s()]*\)")


def without_repetition(summary: str, body: str) -> tuple[str, str]:
    """Return a summary and a description without repetition.

    If the first paragraph of the description equals the summary, the paragraph is removed. If the description begins
    with the summary's words, the summary is removed. If the summary begins with the whole description, the description
    is removed.
    """
    short, long = _words(summary), _words(body)
    if not short or not long:
        return summary, body
    if "![" in body.partition("\n\n")[0]:
        return ("" if long[: len(short)] == short else summary), body
    first, _, rest = body.partition("\n\n")
    if _words(first) == short:
        return summary, rest.lstrip()
    if short == long:
        return "", body
    if long == short[: len(long)] and "![" not in body:
        return summary, ""
    return ("" if long[: len(short)] == short else summary), body


def without_name(name: str, text: str) -> str:
    """Return a text without a first heading or paragraph that is only the product's name: a page shows it above."""
    first, _, rest = text.partition("\n\n")
    repeats = "![" not in first and _words(first) == _words(name) != []
    return rest.lstrip() if repeats else text


def joined(short: str, long: str) -> str:
    """Return two Markdown descriptions one after the other, or only the one that begins with the other."""
    first, second = _words(short), _words(long)
    if first and "![" not in short and second[: len(first)] == first:
        return long
    if second and "![" not in long and first[: len(second)] == second:
        return short
    return "\n\n".join(filter(None, (short, long)))


def _words(text: str) -> list[str]:
    """Return the words of Markdown for comparison: without punctuation, addresses and case."""
    return re.findall(r"\w+", _LINK.sub(" ", text).casefold())
