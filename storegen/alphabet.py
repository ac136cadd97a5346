"""The order of names in lists, and the letters that lead to them, by the customs of a language."""

from __future__ import annotations

import functools
import re
from unicodedata import combining, normalize

# Letters with a place of their own. In other languages, a letter with a mark counts as the letter below it.
# cldr.unicode.org, collation charts, read on 2026-11-30.
_NORDIC = "abcdefghijklmnopqrstuvwxyzåäö"
_DANISH = "abcdefghijklmnopqrstuvwxyzæøå"
_ALPHABETS = {
    "fi": _NORDIC,
    "sv": _NORDIC,
    "da": _DANISH,
    "nb": _DANISH,
    "nn": _DANISH,
    "no": _DANISH,
    "et": "abcdefghijklmnopqrsšzžtuvwõäöüxy",
    "es": "abcdefghijklmnñopqrstuvwxyz",
}
_NUMBERS, _SIGNS, _IDEOGRAPHS = "0–9", "#", "漢"
_DIGITS = re.compile(r"\d+")
_SORTED_DIGITS = 15  # of the numbers in names; longer ones are sorted as text
_HANGUL = range(0xAC00, 0xD7A4)
_KANA = range(0x3041, 0x30FB)
_KATAKANA = range(0x30A1, 0x30F7)
_HAN = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000), range(0x20000, 0x32000))
_VOWELS = 588  # syllables for each first consonant
_CONSONANTS = "ㄱㄱㄴㄷㄷㄹㅁㅂㅂㅅㅅㅇㅈㅈㅊㅋㅌㅍㅎ"  # a double one stands with the single one
_ROWS = "あかさたなはまやらわ"


def sort_key(name: str, language: str) -> str:
    """Return the key of a name in lists for visitors. Case makes no difference, and numbers count by their value."""
    key = normalize("NFC", name.casefold()).translate(_letters(language.partition("-")[0]))
    return _DIGITS.sub(lambda found: found[0].zfill(_SORTED_DIGITS), key)


def letter_of(name: str, language: str) -> str:
    """Return the letter of an index under which a reader looks for a name: ``R``, ``ㅈ``, ``あ``, ``0–9``.

    It is the first letter; Korean has the first consonant, Japanese the row of the sound. A name without any has ``#``.
    """
    first = next(filter(str.isalnum, normalize("NFC", name)), _SIGNS)
    code = ord(first)
    if first.isdigit():
        return _NUMBERS
    if code in _HANGUL:
        return _CONSONANTS[(code - _HANGUL.start) // _VOWELS]
    if code in _KANA:
        sound = chr(_hiragana(ord(_bare(first))))
        return next(row for row in reversed(_ROWS) if row <= max(sound, _ROWS[0]))
    if any(code in part for part in _HAN):
        return _IDEOGRAPHS
    own = _ALPHABETS.get(language.partition("-")[0], "")
    small = first.casefold()
    return (small if small in own else _bare(small)).upper()


def index_key(name: str, language: str) -> tuple[str, str]:
    """Return a name's sort key in an index. Names with the same letter are together.

    Numbers come before letters. In Korean, names in Hangul come before all others.
    """
    letter = letter_of(name, language)
    latin_last = "1" if language == "ko" and letter not in _CONSONANTS else "0"
    rank = "" if letter == _SIGNS else "0" if letter == _NUMBERS else sort_key(letter, language)
    return f"{latin_last}{rank}", sort_key("".join(_from_letter(name)), language)


def _from_letter(name: str) -> str:
    """Return a name without the signs before its first letter."""
    start = next((place for place, sign in enumerate(name) if sign.isalnum()), 0)
    return name[start:]


def _bare(letter: str) -> str:
    """Return a letter without its marks. A syllable of Hangul stays whole."""
    first = normalize("NFD", letter)[:1] if ord(letter[:1]) not in _HANGUL else letter
    return letter if combining(first) else first


def _hiragana(code: int) -> int:
    return code - 0x60 if code in _KATAKANA else code


@functools.cache
def _letters(language: str) -> _Letters:
    return _Letters(_ALPHABETS.get(language, ""))


class _Letters(dict[int, str]):
    """What stands for each letter in a sort key, by its code."""

    def __init__(self, alphabet: str) -> None:
        super().__init__({ord(letter): chr(ord("a") + place) for place, letter in enumerate(alphabet)})

    def __missing__(self, code: int) -> str:
        if code in _KANA:
            found = chr(_hiragana(code))
        else:
            bare = _bare(chr(code))
            found = super().get(ord(bare), bare)
        self[code] = found
        return found
