"""Convert Markdown to plain text for one-line descriptions, and calculate reading times."""

from __future__ import annotations

import html
import re

# Letters of scripts without spaces between words. Compiled when a text may contain such letters.
_UNPARTED = r"[\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u4e00-\u9fff\uac00-\ud7af\u0e00-\u0e7f]"
# Emphasis and code. A star or backtick without its pair is an ordinary character.
_PAIRED = re.compile(r"(?<![\\*`])(\*{1,3}|`+)(?![*`\s])(.{1,400}?)(?<![\s\\])\1(?![*`])", re.DOTALL)
_NESTED = 3  # levels of emphasis within emphasis and of code within it
# Escaped characters; attributes, headings, lists and quotations; links and pictures except their words.
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()>#+.!|-])")
# Each alternative begins with one of the characters in the first line. Other places are skipped quickly.
_MARKS = re.compile(
    r"(?=[\\{*`~_# >+\]!\[-])"
    rf"(?:{_ESCAPED.pattern}"
    r"|\{(?:[.#][\w-]|:)[^}]{0,400}\}|^ *[*+-] |^ *\*[* ]+$|^(?:```|~~~)\w*$|(?<![^\W_])_+|_+(?![^\W_])"
    r"|^ *(?:#{1,6} |> ?)+|\]\([^)]{0,2000}\)|!?\[)",
    re.MULTILINE,
)
_BLANKS = re.compile(r"[ \t\r\n]{2,}|[\t\r\n]")  # other spaces, such as one that must not break, stay
WORDS_A_MINUTE = 200
SIGNS_A_MINUTE = 500


def one_line(text: str, limit: int = 160) -> str:
    """Return a description without Markdown, cut at a word to at most *limit* characters."""
    for _ in range(_NESTED if "*" in text or "`" in text else 0):
        text = _PAIRED.sub(r"\2", text)
    line = html.unescape(_BLANKS.sub(" ", _MARKS.sub(r"\1", text)).strip())
    return line if len(line) <= limit else line[: limit - 2].rsplit(" ", 1)[0] + " …"


def minutes_of(markdown: str) -> int:
    """Return the reading time in minutes: 200 words a minute, or 500 characters in scripts without spaces."""
    words = markdown.count(" ") + markdown.count("\n")
    signs = 0 if markdown.isascii() else len(re.findall(_UNPARTED, markdown))
    return max(1, round(signs / SIGNS_A_MINUTE if signs > 2 * words else words / WORDS_A_MINUTE))
