"""The examples at the end of a command's help."""

from __future__ import annotations


def examples(*lines: str | tuple[str, str], after: str = "") -> str:
    """Return the end of a command's help: its examples, each with an optional explanation, and the sentence *after*."""
    rows = [(line, "") if isinstance(line, str) else line for line in lines]
    width = max((len(row[0]) for row in rows if row[1]), default=0)
    shown = "\n".join(f"  {line:{width}}  {what}".rstrip() for line, what in rows)
    title = "Examples:" if len(rows) > 1 else "Example:"
    return f"\b\n{title}\n{shown}\n\n{after}"  # click keeps the line breaks of a paragraph that begins with \b
