"""The index of one language. A rebuild and an update from changes give the same result."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

import msgspec

from storegen.search.documents import Terms
from storegen.search.postings import ENDS, HEADS, TEXTS, Change, Family, Groups, Recut, Shard, recut

_DIGIT = re.compile("[0-9]")
_HERE: Change = ((frozenset(),), (frozenset((0,)),))
_GONE: Change = ((frozenset((0,)),), (frozenset(),))


class Index(msgspec.Struct, frozen=True, array_like=True):
    """The shards of each family, in order of their terms."""

    heads: tuple[Shard, ...] = ()
    texts: tuple[Shard, ...] = ()
    ends: tuple[Shard, ...] = ()

    @property
    def shards(self) -> tuple[Shard, ...]:
        """All shards."""
        return (*self.heads, *self.texts, *self.ends)


class Placed(msgspec.Struct, frozen=True):
    """A document with its number in postings."""

    number: int
    terms: Terms


def update(
    index: Index, lost: Iterable[Placed], gained: Iterable[Placed], read: Callable[[str], bytes]
) -> tuple[Index, Mapping[str, bytes]]:
    """Return the index after documents were removed and added, and the bytes of its new shards by name.

    A changed document is in *lost* with its old terms and in *gained* with its new terms. *read* returns the bytes of a
    shard by its name.
    """
    lost, gained = tuple(lost), tuple(gained)
    heads = recut(HEADS, index.heads, _changes(HEADS, lost, gained), read)
    texts = recut(TEXTS, index.texts, _changes(TEXTS, lost, gained), read)
    ends = recut(ENDS, index.ends, _turned(heads), read)
    made = {**heads.made, **texts.made, **ends.made}
    return Index(heads.shards, texts.shards, ends.shards), made


def _changes(family: Family, lost: Iterable[Placed], gained: Iterable[Placed]) -> dict[str, Change]:
    """Return the postings that each term loses and gains. Terms with equal losses and gains are left out."""
    gone, come, none = _postings(family, lost), _postings(family, gained), (frozenset[int](),) * family.classes
    pairs = ((term, gone.get(term, none), come.get(term, none)) for term in gone.keys() | come.keys())
    return {term: (old, new) for term, old, new in pairs if old != new}


def _postings(family: Family, documents: Iterable[Placed]) -> Mapping[str, Groups]:
    """Return the document numbers of each term, by class."""
    found: dict[str, tuple[set[int], ...]] = {}
    for each in documents:
        for place, group in enumerate(_groups(family, each.terms)):
            for term in group:
                if term not in found:
                    found[term] = tuple(set() for _ in range(family.classes))
                found[term][place].add(each.number)
    return found


def _groups(family: Family, terms: Terms) -> tuple[tuple[str, ...], ...]:
    return (terms.body,) if family is TEXTS else (terms.title, terms.long, terms.head, terms.derived)


def _turned(heads: Recut) -> dict[str, Change]:
    """Return changes for reversed words that are new in titles or heads, or are no longer in any of them.

    Words with digits are left out, because their spelling is not corrected.
    """
    pairs = ((terms, change) for terms, change in ((heads.born, _HERE), (heads.gone, _GONE)))
    return {term[::-1]: change for terms, change in pairs for term in terms if not _DIGIT.search(term)}
