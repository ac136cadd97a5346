"""Descriptions in plain text, and reading times."""

from __future__ import annotations

import re

from storegen.markdown.plain_text import plain_line, plain_text

# Letters of scripts without spaces between words. Compiled when a text may contain such letters.
_UNPARTED = r"[\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u4e00-\u9fff\uac00-\ud7af\u0e00-\u0e7f]"
WORDS_A_MINUTE = 200
SIGNS_A_MINUTE = 500


def description_of(line: str, text: str = "") -> str:
    """Return the words of a *line* of Markdown, or of a longer *text* if the line is empty."""
    return plain_line(line) or plain_text(text)


def shortened(line: str, limit: int = 160) -> str:
    """Return a line cut at a word to at most *limit* characters."""
    return line if len(line) <= limit else line[: limit - 2].rsplit(" ", 1)[0] + " …"


def minutes_of(markdown: str) -> int:
    """Return the reading time in minutes: 200 words a minute, or 500 characters in scripts without spaces."""
    words = markdown.count(" ") + markdown.count("\n")
    signs = 0 if markdown.isascii() else len(re.findall(_UNPARTED, markdown))
    return max(1, round(signs / SIGNS_A_MINUTE if signs > 2 * words else words / WORDS_A_MINUTE))
