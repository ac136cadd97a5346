"""Detect the encoding of a text file that is not UTF-8, by the letters that each encoding would give.

A general detector was tried (charset-normalizer 3.5, limited to three encodings). It detected Windows-1250 for short
German, Spanish and English texts. An export is mostly ASCII, so few words must decide. Alphabets do that better.
"""

from __future__ import annotations

import codecs
import itertools
import re
from collections import Counter
from collections.abc import Iterable

from storegen.errors import EncodingError
from storegen.files import decode

# The letters of languages beyond a-z, with their encoding. If two entries fit equally, the first one is used.
_ALPHABETS = (
    ("cp1252", "äöüßé"),  # German
    ("cp1252", "éèêëàâçîïôûùœæÿ"),  # French
    ("cp1252", "ñáéíóúü"),  # Spanish
    ("cp1252", "ãõáâàéêíóôúç"),  # Portuguese
    ("cp1252", "àèéìòù"),  # Italian
    ("cp1252", "åäöæøéü"),  # Swedish, Finnish, Danish, Norwegian
    ("cp1252", "äöüõšž"),  # Estonian
    ("cp1252", "éëïöüèêç"),  # Dutch
    ("cp1252", "áéíóúýþæðö"),  # Icelandic
    ("cp1250", "ąćęłńóśźż"),  # Polish
    ("cp1250", "áčďéěíňóřšťúůýž"),  # Czech
    ("cp1250", "áäčďéíĺľňóôŕšťúýž"),  # Slovak
    ("cp1250", "áéíóöőúüű"),  # Hungarian
    ("cp1250", "čćžšđ"),  # Croatian, Slovenian
    ("cp1250", "ăâîşţ"),  # Romanian
    ("cp1254", "çğıöşüâ"),  # Turkish
    ("cp1257", "āčēģīķļņšūž"),  # Latvian
    ("cp1257", "ąčęėįšųūž"),  # Lithuanian
    ("cp1251", "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"),  # Russian, Bulgarian
    ("cp1251", "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"),  # Ukrainian
    ("cp1253", "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ"),  # Greek
    ("mac_roman", "äöüßéèêëàâçîïôûùœæÿñáíóúãõìòåø"),  # Excel's CSV format on a Mac (Macintosh)
    ("cp1252", "äöüßéèêëàâçîïôûùœæÿñáíóúãõìòåøýþðšž"),  # several languages of Western Europe in one file
)
# The bytes of usual letters in the encodings of East Asia, in the order in which they are tried: KS X 1001 for Korean,
# kana and JIS level 1 for Japanese, the first levels of GB 2312 and of Big5 for Chinese.
_EAST = (
    ("cp949", rb"[\xb0-\xc8][\xa1-\xfe]"),
    ("cp932", rb"[\x82\x83\x88-\x97][\x40-\xfc]"),
    ("gb18030", rb"[\xb0-\xd7][\xa1-\xfe]"),
    ("big5", rb"[\xa4-\xc6][\x40-\xfe]"),
)
_EAST_SIGNS = frozenset("、。，．・：；？！（）［］【】「」『』〈〉《》“”‘’…—～－／＆％＋×·\u3000")
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_NUL = b"\0"
_SIGNS = frozenset("€£$§©®°±²³µ·¼½¾×÷¹º¿¡ª–—‘’“”„‚«»‹›…•™´\u00a0\u00ad")
_INSIDE = frozenset("’‘´·\u00ad")  # characters within words
_WORDS = re.compile(rb"[A-Za-z\x80-\xff]*[\x80-\xff][A-Za-z\x80-\xff]*")
_MOST_WORDS = 20_000
_GREEK = 0x370  # the first letter of the Greek alphabet in Unicode; Cyrillic follows
_ENOUGH = 0.97

NAMES = {
    "cp1250": "Windows-1250 (Central European)",
    "cp1251": "Windows-1251 (Cyrillic)",
    "cp1252": "Windows-1252 (Western European)",
    "cp1253": "Windows-1253 (Greek)",
    "cp1254": "Windows-1254 (Turkish)",
    "cp1257": "Windows-1257 (Baltic)",
    "mac_roman": "Mac Roman",
    "cp949": "Windows-949 (Korean)",
    "cp932": "Windows-932 (Japanese)",
    "gb18030": "GB 18030 (Chinese)",
    "big5": "Big5 (Chinese)",
}


def decode_export(data: bytes, name: str, encoding: str = "") -> tuple[str, str, str]:
    """Return a file's text. For a guessed encoding, also return its name and a word to check the guess by.

    UTF-8 and UTF-16 are certain, so their name is left empty. *encoding* is the merchant's setting and is used as
    given. Raises EncodingError if no encoding fits.
    """
    if encoding or data[:2] in _UTF16 or (b"\0" in data[:2] and len(data) > 1):
        known = encoding or ("utf-16" if data[:2] in _UTF16 else f"utf-16-{'be' if data[:1] == _NUL else 'le'}")
        try:
            return data.decode(known), "", ""
        except UnicodeDecodeError as error:
            raise EncodingError(f"{name}: expected {known.upper()}: {error.reason}") from None
    try:
        return decode(data), "", ""
    except EncodingError as error:
        guessed, example = ("", "") if _NUL in data or _mostly_utf8(data) else guess_encoding(data)
        if guessed:
            return data.decode(guessed, "replace"), NAMES[guessed], example
        more = "" if _NUL in data else ", or name its encoding with --encoding"
        raise EncodingError(f"{name}: {error}{more}") from None


def _mostly_utf8(data: bytes) -> bool:
    """Return whether nearly all non-ASCII characters are valid UTF-8. Then a few bytes of the file are damaged."""
    text = data.decode("utf-8", "replace")
    return text.count("\ufffd") * 10 < sum(not char.isascii() for char in text)


def guess_encoding(data: bytes) -> tuple[str, str]:
    """Return the encoding under which nearly all letters belong to one language, and a word as an example.

    Both are empty if no encoding fits the text.
    """
    return _guess_east(data, _EAST[:1], least=4) or _guess_alphabet(data) or _guess_east(data, _EAST) or ("", "")


def _guess_alphabet(data: bytes) -> tuple[str, str] | None:
    words = Counter(_WORDS.findall(data)[:_MOST_WORDS])
    best, most, example = "", 0.0, ""
    for encoding, alphabet in _ALPHABETS:
        decoded = [(word.decode(encoding, "replace"), count) for word, count in words.items()]
        high = sum(count * sum(not char.isascii() for char in word) for word, count in decoded)
        odd = sum(count * _odd(word, frozenset(alphabet)) for word, count in decoded)
        fit = 1 - odd / high if high else 0.0
        if fit > most:
            best, most, example = encoding, fit, next((word for word, _ in decoded if len(word) > 1), decoded[0][0])
    return (best, example) if most >= _ENOUGH else None


def _guess_east(data: bytes, encodings: Iterable[tuple[str, bytes]], *, least: int = 1) -> tuple[str, str] | None:
    """Return the first of the encodings in which nearly all letters are common, and some letters as an example.

    *least* is the smallest number of letters. It is needed because two European capital letters may have the bytes of
    one common Korean letter.
    """
    for encoding, pattern in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        letters = {
            char: count for char, count in Counter(text).items() if not char.isascii() and char not in _EAST_SIGNS
        }
        all_letters = sum(letters.values())
        usual = sum(count for char, count in letters.items() if re.fullmatch(pattern, char.encode(encoding)))
        if all_letters >= least and usual >= _ENOUGH * all_letters:
            return encoding, "".join(itertools.islice((char for char in text if char in letters), 4))
    return None


def _odd(word: str, alphabet: frozenset[str]) -> int:
    """Return the number of non-ASCII characters that don't fit: foreign letters, and capitals or symbols in a word."""
    odd = 0
    for before, char, after in zip(f" {word}", word, f"{word[1:]} ", strict=False):
        if char.isascii():
            continue
        if char.lower() in alphabet:
            wrong = (ord(char) >= _GREEK and _is_latin(before + after)) or (char.isupper() and before.islower())
        else:
            wrong = char not in _SIGNS or (before.isalpha() and after.isalpha() and char not in _INSIDE)
        odd += wrong
    return odd


def _is_latin(chars: str) -> bool:
    return any(char.isascii() and char.isalpha() for char in chars)
