"""The terms of searchable documents, and the numbers of documents in postings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from zlib import crc32

import msgspec

from storegen.outputs import digest
from storegen.search.terms import asian_endings_of, joined, korean_pairs_of, words_of
from storegen.search.word_forms import endings_of, indexed_stems

SLOTS = 32  # numbers reserved for a block; if one block has more documents, the number of blocks is doubled
FULL = 16  # maximum average number of documents in a block
SHORT = 2  # maximum number of words in a short title


class Terms(msgspec.Struct, frozen=True, array_like=True):
    """The terms of a document: of a short title, of a long title, of its head, derived from these, and of its body."""

    title: tuple[str, ...] = ()
    long: tuple[str, ...] = ()
    head: tuple[str, ...] = ()
    derived: tuple[str, ...] = ()
    body: tuple[str, ...] = ()


class Block(msgspec.Struct, frozen=True):
    """Documents whose results are in one file. *fingerprint* covers their names and order."""

    fingerprint: str
    names: tuple[str, ...]


def make_terms(
    title: str, *, head: Iterable[str] = (), numbers: Iterable[str] = (), body: Iterable[str] = (), language: str
) -> Terms:
    """Return the terms of a document. *numbers* are article numbers, which have no forms. Others are texts."""
    head, numbers, body = tuple(head), tuple(numbers), " \n ".join(body)
    names, heads = _words([title]), _words(head)
    derived = {stem for word in (*names, *heads) for stem in indexed_stems(word, language)}
    heads |= _words(numbers) | {term for number in numbers for term in joined(number)}
    pairs = tuple(korean_pairs_of(title))
    derived |= _words(pairs)
    derived.update(endings_of(title, language), *map(asian_endings_of, (title, *pairs, *head)))
    texts = _words([body])
    texts |= {stem for word in texts for stem in indexed_stems(word, language)}
    texts.update(asian_endings_of(body))
    heads -= names
    derived -= names | heads
    short = len(names) <= SHORT
    return Terms(
        title=_ordered(names if short else ()),
        long=_ordered(() if short else names),
        head=_ordered(heads),
        derived=_ordered(derived),
        body=_ordered(texts - names - heads - derived),
    )


def _words(texts: Iterable[str]) -> set[str]:
    return {word for text in texts for word in words_of(text)}


def _ordered(terms: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(terms))


def make_blocks(names: Iterable[str]) -> tuple[Block, ...]:
    """Return documents in blocks. A hash of its name determines a document's block.

    The number of blocks is doubled until none is too full. Blocks are small, because a new document changes the numbers
    of the documents after it in its block.
    """
    known = sorted(names)
    count = 1
    while True:
        found: list[list[str]] = [[] for _ in range(count)]
        for name in known:
            found[crc32(name.encode()) % count].append(name)
        if len(known) <= count * FULL and max(map(len, found)) <= SLOTS:
            return tuple(Block(digest(*map(str.encode, block)).hex()[:4], tuple(block)) for block in found)
        count *= 2


def number_documents(blocks: Sequence[Block]) -> Mapping[str, int]:
    """Return each document's number: the first number of its block plus its position in the block."""
    return {name: place * SLOTS + rank for place, block in enumerate(blocks) for rank, name in enumerate(block.names)}
