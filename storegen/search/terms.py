"""Texts to terms.

The same as in themes/default/components/search/terms.mjs; both are tested with tests/vectors/terms.json.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

LONGEST = 40  # letters of a term; what is longer is cut

# Letters that have no accent to take off.
_PLAIN = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ς": "σ"}

# Hangul as the keys that are pressed: initial and final consonants alike, what is made of two as two.
_INITIALS = "ㄱ ㄲ ㄴ ㄷ ㄸ ㄹ ㅁ ㅂ ㅃ ㅅ ㅆ ㅇ ㅈ ㅉ ㅊ ㅋ ㅌ ㅍ ㅎ".split()
_VOWELS = "ㅏ ㅐ ㅑ ㅒ ㅓ ㅔ ㅕ ㅖ ㅗ ㅗㅏ ㅗㅐ ㅗㅣ ㅛ ㅜ ㅜㅓ ㅜㅔ ㅜㅣ ㅠ ㅡ ㅡㅣ ㅣ".split()
_FINALS = (
    "ㄱ ㄲ ㄱㅅ ㄴ ㄴㅈ ㄴㅎ ㄷ ㄹ ㄹㄱ ㄹㅁ ㄹㅂ ㄹㅅ ㄹㅌ ㄹㅍ ㄹㅎ ㅁ ㅂ ㅂㅅ ㅅ ㅆ ㅇ ㅈ ㅊ ㅋ ㅌ ㅍ ㅎ".split()
)
_HANGUL = re.compile("[\uac00-\ud7a3]+")
_LATIN = re.compile("[a-z]+")

# Languages that write compounds as one word, of whose titles the last parts are found too.
COMPOUNDING = frozenset("fi id sv da nb no de nl et hu".split())
_SHORTEST_PART = 4

_ENDINGS = re.compile("(?<=...)(?:nya|lah|kah|ku|mu)$")
_SUFFIXES = re.compile("(?<=...)(?:kan|an)$")
_PREFIXES = re.compile("^(?:(meng|peng)|(meny|peny)|(mem|pem)|(men|pen)|me|pe|per|ber|ter|di)(?=...)")
_LOST = ("k", "s", "p", "t")  # what the prefixes above swallow before a vowel


class _Signs(dict[int, str]):
    """What each sign becomes: what is neither letter, mark nor digit parts words; accents and apostrophes vanish."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        self[code] = found = sign if unicodedata.category(sign)[0] in "LMN" else " "
        return found


_SIGNS = _Signs(
    {
        **dict.fromkeys(range(0x300, 0x370), ""),
        **dict.fromkeys(map(ord, "'’"), ""),
        **{ord(sign): plain for sign, plain in _PLAIN.items()},
        **{0x1100 + place: sign for place, sign in enumerate(_INITIALS)},
        **{0x1161 + place: sign for place, sign in enumerate(_VOWELS)},
        **{0x11A8 + place: sign for place, sign in enumerate(_FINALS)},
    }
)


def words_of(text: str) -> list[str]:
    """Return the words of a text in their order: lower case, without accents, Hangul by its letters."""
    return [word[:LONGEST] for word in unicodedata.normalize("NFKD", text).lower().translate(_SIGNS).split()]


def stems_of(word: str, language: str) -> tuple[str, ...]:
    """Return what else a word is found by in its language: in Indonesian the root, with what its prefix swallowed."""
    if language != "id" or not _LATIN.fullmatch(word):
        return ()
    bare = _SUFFIXES.sub("", _ENDINGS.sub("", word))
    match = _PREFIXES.match(bare)
    if not match:
        return (bare,) if bare != word else ()
    root = bare[match.end() :]
    lost = _LOST[match.lastindex - 1] if match.lastindex and root[0] in "aeiou" else ""
    return (root, lost + root) if lost else (root,)


def endings_of(text: str, language: str) -> Iterator[str]:
    """Yield the last parts of the words of a title: all that could be a word of its own in a compound."""
    if language in COMPOUNDING:
        for word in words_of(text):
            if _LATIN.fullmatch(word):
                yield from (word[start:] for start in range(1, len(word) - _SHORTEST_PART + 1))


def korean_endings_of(text: str) -> Iterator[str]:
    """Yield the last parts of Korean words, from each syllable on, of two syllables at least."""
    if text.isascii():
        return
    for word in _HANGUL.findall(unicodedata.normalize("NFKC", text)):
        for start in range(1, len(word) - 1):
            yield from words_of(word[start:])


def order_of(term: str) -> bytes:
    """Return what terms are put in order by: as browsers compare them, by units of sixteen bits."""
    return term.encode("utf-16-be")


def joined(number: str) -> Iterable[str]:
    """Return an article number as one term, where it is written in parts."""
    parts = words_of(number)
    return ("".join(parts)[:LONGEST],) if len(parts) > 1 else ()
