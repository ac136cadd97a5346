"""The words that a shop gives its search."""

from __future__ import annotations

from collections.abc import Mapping

from storegen.model.record import Record
from storegen.model.text import Line, Link


class SearchWords(Record, frozen=True, kw_only=True):
    """The words that a shop gives its search in one language."""

    synonyms: tuple[tuple[Line, ...], ...] = ()
    """Groups of words that mean the same, such as `[sofa, couch]`. Each word finds what the others find."""
    redirects: Mapping[str, Link] = {}
    """Queries that lead to a page instead of results, such as `returns: page:returns`."""
    popular: tuple[Line, ...] = ()
    """Queries that the search page suggests before the visitor types. Default: the names of categories."""
