"""Convert texts to terms.

The rules are the same as in themes/default/components/search/terms.mjs. Both are tested with tests/vectors/terms.json.
"""

from __future__ import annotations

import itertools
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
HANGUL = re.compile("[\uac00-\ud7a3]+")

# Where a new word begins in Japanese, which has no spaces: after hiragana, and between katakana and Chinese characters.
_HIRAGANA, _KATAKANA, _HAN = "\u3041-\u3096", "\u30a1-\u30ff", "\u3400-\u4dbf\u4e00-\u9fff"
_BORDER = re.compile(
    f"(?<=[{_HIRAGANA}])(?=[{_KATAKANA}{_HAN}])|(?<=[{_KATAKANA}])(?=[{_HAN}])|(?<=[{_HAN}])(?=[{_KATAKANA}])"
)
# Runs of letters whose last parts are found too, with the fewest letters of a part.
_RUNS = ((HANGUL, 2), (re.compile(f"[{_KATAKANA}]+"), 3), (re.compile(f"[{_HAN}]+"), 1))
_EAST = re.compile(f"[\u3041-\u30ff{_HAN}]")


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
    if not text.isascii() and _EAST.search(text):
        text = _BORDER.sub(" ", unicodedata.normalize("NFKC", text))
    return [word[:LONGEST] for word in unicodedata.normalize("NFKD", text).lower().translate(_SIGNS).split()]


def asian_endings_of(text: str) -> Iterator[str]:
    """Yield the last parts of Korean, Chinese and Japanese words, starting at each syllable or character."""
    if text.isascii():
        return
    text = unicodedata.normalize("NFKC", text)
    for run, least in _RUNS:
        for word in run.findall(text):
            for start in range(1, len(word) - least + 1):
                yield from words_of(word[start:])


def korean_pairs_of(text: str) -> Iterator[str]:
    """Yield each two consecutive Korean words as one, because many people write no space between nouns."""
    if not text.isascii():
        words = unicodedata.normalize("NFKC", text).split()
        yield from (a + b for a, b in itertools.pairwise(words) if HANGUL.fullmatch(a) and HANGUL.fullmatch(b))


def order_of(term: str) -> bytes:
    """Return a term's sort key: its UTF-16 code units, in the order that browsers use."""
    return term.encode("utf-16-be")


def joined(number: str) -> Iterable[str]:
    """Return an article number of several parts as one term."""
    parts = words_of(number)
    return ("".join(parts)[:LONGEST],) if len(parts) > 1 else ()
