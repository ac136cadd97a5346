"""Checks of the videos that a text shows by their numbers."""

from __future__ import annotations

from collections.abc import Iterator

from storegen.markdown.links import find_references
from storegen.model.fields import Found
from storegen.references import VIDEO, Reference, split_reference

# The texts of a record that can show its videos.
_TEXTS = ("body", "description")


def video_faults(record: object, text: Found) -> Iterator[tuple[Reference, str]]:
    """Yield the references to videos in a text of a record that show nothing, each with the reason."""
    count = len(getattr(record, "videos", ()))
    for found in find_references(text.text):
        if found.picture and split_reference(found.target)[0] == VIDEO and (fault := _fault(found, text, count)):
            yield found, fault


def _fault(found: Reference, text: Found, count: int) -> str | None:
    name = found.target.partition(":")[2]
    if text.place[0] not in _TEXTS:
        return f"only the text itself can show a video ({' or '.join(_TEXTS)})"
    if not name.isdecimal() or not 1 <= int(name) <= count:
        there = f"there are {count} in videos, numbered from 1" if count else "this file has no videos"
        return f'no video "{name}" ({there})'
    return None
