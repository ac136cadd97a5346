"""Hyphenation of long words with soft hyphens, which browsers show only at the end of a line.

Browsers hyphenate few languages besides English by themselves: Chrome has no Finnish.
"""

from __future__ import annotations

import functools
import re

from pyphen import Pyphen, language_fallback

SOFT_HYPHEN = "\u00ad"
_LONG = re.compile(r"[^\W\d_]{12,}")
# English words are shorter. So long a word in an English shop is most often a name from another language, and browsers
# don't hyphenate it everywhere.
_FOREIGN = re.compile(r"[^\W\d_]{15,}")
_SHORTEST = 3  # letters before the first and after the last place
# Finnish has no dictionary: a syllable begins with the last consonant before a vowel. Kielitoimiston ohjepankki,
# "Tavutus". Places between vowels, and behind three of them, are left out, because they depend on the word.
_VOWEL = "[aeiouyäöå]"
_FINNISH = re.compile(
    rf"(?<=[^\W\d_]{{{_SHORTEST}}})(?<!{_VOWEL}{{3}})(?=[bcdfghjklmnpqrsštvwxzž]{_VOWEL}[^\W\d_])", re.IGNORECASE
)


def hyphenate(text: str, language: str) -> str:
    """Return a text with soft hyphens in its long words. Shorter words and those of unknown languages stay the same.

    *language* is a tag such as ``de`` or ``pt-BR``. Most English words stay the same: every browser hyphenates them.
    """
    if len(text) < 12:
        return text
    english = language.partition("-")[0] == "en"
    return (_FOREIGN if english else _LONG).sub(lambda word: _divided(word[0], "en-US" if english else language), text)


@functools.lru_cache(maxsize=20_000)
def _divided(word: str, language: str) -> str:
    if language.partition("-")[0] == "fi":
        return _FINNISH.sub(SOFT_HYPHEN, word)
    dictionary = _dictionary(language)
    return dictionary.inserted(word, SOFT_HYPHEN) if dictionary else word


@functools.cache
def _dictionary(language: str) -> Pyphen | None:
    found = language_fallback(language.replace("-", "_"))
    return Pyphen(lang=found, left=_SHORTEST, right=_SHORTEST) if found else None
