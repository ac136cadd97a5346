"""What can be found, as terms; and the numbers under which postings know it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from zlib import crc32

import msgspec

from storegen.outputs import digest
from storegen.search.terms import endings_of, joined, korean_endings_of, stems_of, words_of

SLOTS = 32  # numbers kept for a block; one that has more documents is cut in two, with all others
FULL = 16  # documents of a block on average, at most
SHORT = 2  # words of a short title


class Terms(msgspec.Struct, frozen=True, array_like=True):
    """The terms of a document: of a short title or a long one, of its head, made of these, and of its text."""

    title: tuple[str, ...] = ()
    long: tuple[str, ...] = ()
    head: tuple[str, ...] = ()
    derived: tuple[str, ...] = ()
    body: tuple[str, ...] = ()


class Block(msgspec.Struct, frozen=True):
    """Documents that are shown from one file; *fingerprint* stands for which they are and in what order."""

    fingerprint: str
    names: tuple[str, ...]


def make_terms(
    title: str, *, head: Iterable[str] = (), numbers: Iterable[str] = (), body: Iterable[str] = (), language: str
) -> Terms:
    """Return the terms of a document; *numbers* are article numbers, *head* and *body* texts of it."""
    head, body = tuple(head), " \n ".join(body)
    names = _words([title])
    heads = _words((*head, *numbers)) | {term for number in numbers for term in joined(number)}
    derived = {stem for word in (*names, *heads) for stem in stems_of(word, language)}
    derived.update(endings_of(title, language), *map(korean_endings_of, (title, *head)))
    texts = _words([body])
    texts |= {stem for word in texts for stem in stems_of(word, language)}
    texts.update(korean_endings_of(body))
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
    """Return documents in blocks, each in the one that its name decides; twice as many blocks where they are full.

    Blocks are small, because a document that comes gives those behind it in its block other numbers.
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
    """Return each document's number: that of its block, and its place in it."""
    return {name: place * SLOTS + rank for place, block in enumerate(blocks) for rank, name in enumerate(block.names)}
