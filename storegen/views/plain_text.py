"""Markdown as plain text: descriptions of one line, and how long a text takes to read."""

from __future__ import annotations

import html
import re

# Letters of scripts that don't part their words by spaces; compiled when a text is met that may hold some.
_UNPARTED = r"[\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u4e00-\u9fff\uac00-\ud7af\u0e00-\u0e7f]"
# Emphasis and code; a star or a backtick without its other half is a sign like any.
_PAIRED = re.compile(r"(?<![\\*`])(\*{1,3}|`+)(?![*`\s])(.{1,400}?)(?<![\s\\])\1(?![*`])", re.DOTALL)
_NESTED = 3  # emphasis in emphasis, and code in it
# Signs that a backslash makes text; attributes, headings, lists, quotations; of links and pictures all but words.
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()>#+.!|-])")
# Each begins with a sign of the first line: at all other places the rest isn't tried.
_MARKS = re.compile(
    r"(?=[\\{*`_# >\]!\[])"
    rf"(?:{_ESCAPED.pattern}"
    r"|\{(?:[.#][\w-]|:)[^}]*\}|^ *\* |^ *\*[* ]+$|^```\w*$|(?<![^\W_])_+|_+(?![^\W_])"
    r"|^ *(?:#{1,6} |> ?)+|\]\([^)]*\)|!?\[)",
    re.MULTILINE,
)
WORDS_A_MINUTE = 200
SIGNS_A_MINUTE = 500


def one_line(text: str, limit: int = 160) -> str:
    """Return a description without its Markdown, of at most *limit* characters, cut at a word."""
    for _ in range(_NESTED if "*" in text or "`" in text else 0):
        text = _PAIRED.sub(r"\2", text)
    line = " ".join(html.unescape(_MARKS.sub(r"\1", text)).split())
    return line if len(line) <= limit else line[: limit - 2].rsplit(" ", 1)[0] + " …"


def minutes_of(markdown: str) -> int:
    """Return how long a text takes to read: 200 words a minute, or 500 signs where words aren't parted by spaces."""
    words = markdown.count(" ") + markdown.count("\n")
    signs = 0 if markdown.isascii() else len(re.findall(_UNPARTED, markdown))
    return max(1, round(signs / SIGNS_A_MINUTE if signs > 2 * words else words / WORDS_A_MINUTE))
