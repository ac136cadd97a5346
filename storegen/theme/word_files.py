"""Files of words for translators: the text of a new file, and the words that a shop's own file still lacks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from storegen.locale import Word, Words, locale_of, plural_forms
from storegen.theme.words import PLACES, file_of, file_words, known_words, read_language, spread_words

_LETTER = re.compile(r"[^\W\d_]")
_WORD_LINE = re.compile(r"( *)(\w+):")
_UNSEEN = re.compile("[\u00a0\u202f\u2060]")  # spaces that look like others, or like nothing
_HINT = "Translate the texts after the colons. Keep the names in {braces}: storegen fills in their values."


class WordGaps(msgspec.Struct, frozen=True):
    """The keys of the words that the shop's own file of a language lacks, and of those that are still in English.

    *unfilled* are those with a name in braces that the English word doesn't have. A file for an older version may have
    such names.
    """

    missing: tuple[str, ...]
    english: tuple[str, ...]
    unfilled: tuple[str, ...] = ()


def word_gaps(
    layers: Sequence[Mapping[str, str]], language: str, own: Mapping[str, str], place: str
) -> WordGaps | None:
    """Return what a language still shows in English; None if the shop has no file of its own for it.

    *own* are the shop's own texts from site.yaml. Some texts, such as names, are the same in English and in one of
    storegen's other languages. Such a text may be the same here too.
    """
    if language == "en" or file_of(language) not in layers[-1]:
        return None
    base, words = read_language(layers, "en", place), {**spread_words(known_words(layers, language, place)), **own}
    needed = [name for key, word in base.items() for name in _names(key, word, language)]
    missing = tuple(name for name in needed if name not in words and name.rpartition(".")[0] not in words)
    english = {name for name in needed if words.get(name, "") in _english(base, name)}
    for file in layers[0]:
        if english and file.startswith("locales/") and not (file == file_of(language) and layers[0] is layers[-1]):
            other = file.removeprefix("locales/").removesuffix(".yaml")
            theirs = spread_words(file_words(layers[0], other, place)) if other != "en" else {}
            english -= {name for name in english if theirs.get(name) == words[name]}
    unfilled = tuple(
        name
        for name in needed
        if {*PLACES.findall(words.get(name, ""))} - {"{count}", *PLACES.findall(" ".join(_texts(base, name)))}
    )
    return WordGaps(missing, tuple(name for name in needed if name in english), unfilled)


def _names(key: str, word: Word, language: str) -> list[str]:
    """Return the key of a word, or those of its plural forms in a language."""
    return [f"{key}.{form}" for form in plural_forms(language)] if isinstance(word, Mapping) else [key]


def _english(base: Words, name: str) -> Iterable[str]:
    """Return the English texts of a word that have letters. *name* is a key, or that of a plural form."""
    return [text for text in _texts(base, name) if _LETTER.search(PLACES.sub("", text))]


def _texts(base: Words, name: str) -> Iterable[str]:
    word = base.get(name) or base[name.rpartition(".")[0]]
    return word.values() if isinstance(word, Mapping) else (word,)


def words_file(english: str, words: Words, language: str) -> str:
    """Return the file of a language with *words* to translate. *english* is the English file, whose comments stay."""
    lines = [f"# The theme's words in {locale_of('en').languages.get(language, language)}. {_HINT}"]
    section = ""
    for line in english.splitlines():
        found = _WORD_LINE.match(line)
        if not found:
            lines.append(line)
        elif not found[1]:
            section = found[2]
            lines.append(line)
        elif (word := words.get(f"{section}.{found[2]}")) and len(found[1]) == len("  "):
            lines += _word_lines(found[2], word, language)
    return "".join(f"{line}\n" for line in lines)


def _word_lines(key: str, word: Word, language: str) -> list[str]:
    """Return the lines of a word, with all plural forms that the language needs."""
    if isinstance(word, str):
        return [f"  {key}: {_quoted(word)}"]
    forms = plural_forms(language)
    return [f"  {key}:", *(f"    {form}: {_quoted(word.get(form, word['other']))}" for form in forms)]


def _quoted(text: str) -> str:
    """Return a text as YAML in double quotes."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", escaped) + '"'
