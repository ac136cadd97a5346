"""Comments by article, the oldest first, and mistakes in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from storegen.errors import Problem, suggest
from storegen.load.entries import Entries
from storegen.load.sources import Source
from storegen.model.comment import Comment
from storegen.model.review import is_person_id


def by_article(comments: Iterable[Comment]) -> Mapping[str, tuple[Comment, ...]]:
    """Return the comments of each article, the oldest first."""
    found: dict[str, list[Comment]] = {}
    for comment in sorted(comments, key=lambda each: (each.article, each.date, each.name, each.text)):
        found.setdefault(comment.article, []).append(comment)
    return {article: tuple(group) for article, group in found.items()}


def check_comments(sources: Iterable[Source], entries: Entries) -> Iterator[Problem]:
    """Yield comments on articles that don't exist, and replies by people who don't exist."""
    for source in sources:
        kind, _, name = str(source.data.get("article", "")).partition(":")
        if kind in {"guide", "post"} and name and name not in entries[kind]:
            yield source.problem(("article",), f'no {kind} "{name}"{suggest(name, entries[kind])}')
        reply = source.data.get("reply")
        by = reply.get("by") if isinstance(reply, dict) else None
        if isinstance(by, str) and is_person_id(by) and by not in entries["person"]:
            yield source.problem(("reply", "by"), f'no person "{by}"{suggest(by, entries["person"])}')
