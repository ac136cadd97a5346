"""Convert texts to terms.

The rules are the same as in themes/default/components/search/terms.mjs. Both are tested with tests/vectors/terms.json.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

LONGEST = 40  # letters of a term; longer terms are truncated

# Letters that Unicode doesn't decompose into a letter and an accent.
_PLAIN = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ς": "σ"}

# Hangul as pressed keys: initial and final consonants are the same, and compound letters become two.
_INITIALS = "ㄱ ㄲ ㄴ ㄷ ㄸ ㄹ ㅁ ㅂ ㅃ ㅅ ㅆ ㅇ ㅈ ㅉ ㅊ ㅋ ㅌ ㅍ ㅎ".split()
_VOWELS = "ㅏ ㅐ ㅑ ㅒ ㅓ ㅔ ㅕ ㅖ ㅗ ㅗㅏ ㅗㅐ ㅗㅣ ㅛ ㅜ ㅜㅓ ㅜㅔ ㅜㅣ ㅠ ㅡ ㅡㅣ ㅣ".split()
_FINALS = (
    "ㄱ ㄲ ㄱㅅ ㄴ ㄴㅈ ㄴㅎ ㄷ ㄹ ㄹㄱ ㄹㅁ ㄹㅂ ㄹㅅ ㄹㅌ ㄹㅍ ㄹㅎ ㅁ ㅂ ㅂㅅ ㅅ ㅆ ㅇ ㅈ ㅊ ㅋ ㅌ ㅍ ㅎ".split()
)
_HANGUL = re.compile("[\uac00-\ud7a3]+")
_LATIN = re.compile("[a-z]+")

# Languages that write compounds as one word. The last parts of words in titles are terms too.
COMPOUNDING = frozenset("fi id sv da nb no de nl et hu".split())
_SHORTEST_PART = 4

_ENDINGS = re.compile("(?<=...)(?:nya|lah|kah|ku|mu)$")
_SUFFIXES = re.compile("(?<=...)(?:kan|an)$")
_PREFIXES = re.compile("^(?:(meng|peng)|(meny|peny)|(mem|pem)|(men|pen)|me|pe|per|ber|ter|di)(?=...)")
_LOST = ("k", "s", "p", "t")  # the initial consonants that the prefixes above replace before a vowel


class _Signs(dict[int, str]):
    """A translation table: accents and apostrophes are removed, and all but letters, marks and digits become spaces."""

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
    """Return the words of a text in order, in lower case, without accents, Hangul split into letters."""
    return [word[:LONGEST] for word in unicodedata.normalize("NFKD", text).lower().translate(_SIGNS).split()]


def stems_of(word: str, language: str) -> tuple[str, ...]:
    """Return other terms for a word. In Indonesian: the root, also with the consonant that the prefix replaced."""
    if language.partition("-")[0] != "id" or not _LATIN.fullmatch(word):
        return ()
    bare = _SUFFIXES.sub("", _ENDINGS.sub("", word))
    match = _PREFIXES.match(bare)
    if not match:
        return (bare,) if bare != word else ()
    root = bare[match.end() :]
    lost = _LOST[match.lastindex - 1] if match.lastindex and root[0] in "aeiou" else ""
    return (root, lost + root) if lost else (root,)


def endings_of(text: str, language: str) -> Iterator[str]:
    """Yield the last parts of the words of a title that could be words of their own in a compound."""
    if language.partition("-")[0] in COMPOUNDING:
        for word in words_of(text):
            if _LATIN.fullmatch(word):
                yield from (word[start:] for start in range(1, len(word) - _SHORTEST_PART + 1))


def korean_endings_of(text: str) -> Iterator[str]:
    """Yield the last parts of Korean words, starting at each syllable, with at least two syllables."""
    if text.isascii():
        return
    for word in _HANGUL.findall(unicodedata.normalize("NFKC", text)):
        for start in range(1, len(word) - 1):
            yield from words_of(word[start:])


def order_of(term: str) -> bytes:
    """Return a term's sort key: its UTF-16 code units, in the order that browsers use."""
    return term.encode("utf-16-be")


def joined(number: str) -> Iterable[str]:
    """Return an article number of several parts as one term."""
    parts = words_of(number)
    return ("".join(parts)[:LONGEST],) if len(parts) > 1 else ()
