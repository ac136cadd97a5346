"""Short and long descriptions that say the same, so that a page says it once."""

from __future__ import annotations

import re

_LINK = re.compile(r"\]\([^\s()]*\)")


def without_repetition(summary: str, body: str) -> tuple[str, str]:
    """Return a summary and a description of which neither repeats the other.

    A first paragraph that is the summary leaves the description; where the summary only begins or cuts a paragraph
    short, the summary goes, for its words are in the description.
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


def joined(short: str, long: str) -> str:
    """Return two descriptions in Markdown after each other, or the one that holds the other at its beginning."""
    first, second = _words(short), _words(long)
    if first and "![" not in short and second[: len(first)] == first:
        return long
    if second and "![" not in long and first[: len(second)] == second:
        return short
    return "\n\n".join(filter(None, (short, long)))


def _words(text: str) -> list[str]:
    """Return the words of Markdown without signs, addresses and case, for comparing."""
    return re.findall(r"\w+", _LINK.sub(" ", text).casefold())
