"""Detect the encoding of a text file that is not UTF-8, by the letters that each encoding would give.

A general detector was tried (charset-normalizer 3.5, limited to three encodings). It detected Windows-1250 for short
German, Spanish and English texts. An export is mostly ASCII, so few words must decide. Alphabets do that better.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter

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
    """Return whether most non-ASCII characters are valid UTF-8. Then a few bytes of the file are damaged."""
    pairs = sum(len(found) for found in re.findall(rb"[\xc2-\xf4][\x80-\xbf]+", data))
    return pairs * 2 > len(re.findall(rb"[\x80-\xff]", data))


def guess_encoding(data: bytes) -> tuple[str, str]:
    """Return the encoding under which nearly all letters belong to one language, and a word as an example.

    Both are empty if no encoding fits the text.
    """
    words = Counter(_WORDS.findall(data)[:_MOST_WORDS])
    best, most, example = "", 0.0, ""
    for encoding, alphabet in _ALPHABETS:
        decoded = [(word.decode(encoding, "replace"), count) for word, count in words.items()]
        high = sum(count * sum(not char.isascii() for char in word) for word, count in decoded)
        odd = sum(count * _odd(word, frozenset(alphabet)) for word, count in decoded)
        fit = 1 - odd / high if high else 0.0
        if fit > most:
            best, most, example = encoding, fit, next((word for word, _ in decoded if len(word) > 1), decoded[0][0])
    return (best, example) if most >= _ENOUGH else ("", "")


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
