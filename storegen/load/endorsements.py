"""Mistakes in endorsements that types can't express: an endorsement has words, and visitors can check a rating."""

from __future__ import annotations

from collections.abc import Iterator

from storegen.errors import Problem
from storegen.load.entries import Entries
from storegen.model.endorsement import Endorsement
from storegen.model.store import Store
from storegen.yaml import Place

# What a rating on another site needs, so that visitors can check it.
_OF_RATINGS = ("rating", "link", "date")


def check_endorsements(entries: Entries, store: Store) -> Iterator[Problem]:
    """Yield the mistakes: press without words, and ratings without a link or a day."""
    for record in store.home.endorsements.values():
        source = entries["endorsement"][record.id].base
        if not source.faulty_places.touches("kind"):
            yield from source.problems(each for each in _faults(record) if not source.faulty_places.covers(each[0]))


def _faults(record: Endorsement) -> Iterator[tuple[Place, str]]:
    if record.kind == "press" and not (record.quote or record.text):
        yield ("quote",), "is missing: write their words in quote, or yours in text"
    if record.kind == "marketplace" or record.rating is not None:
        for name in _OF_RATINGS:
            if getattr(record, name) is None:
                yield (name,), "is missing: a rating on another site has rating, link and date"
    if record.ratings is not None and record.rating is None:
        yield ("ratings",), "belongs to a rating; write rating"
