"""The example shops that ``storegen new`` copies, one for each language that has its own, and their languages."""

from __future__ import annotations

from pathlib import Path

from storegen.errors import suggest
from storegen.locale import locale_of, meant_language, with_fallback
from storegen.resources import resource

ENGLISH = "en"


def starter_languages() -> tuple[str, ...]:
    """Return the languages of the example shops, English first."""
    names = sorted(path.parent.name for path in resource("starter").glob("*/site.yaml"))
    return (ENGLISH, *(name for name in names if name != ENGLISH))


def has_starter(language: str) -> bool:
    """Return whether there is an example shop in a language, with or without its region."""
    return not {*with_fallback(language)}.isdisjoint(starter_languages())


def starter_language(language: str) -> str:
    """Return the language of the example shop for *language*: its own, that without its region, or English."""
    there = starter_languages()
    return next((each for each in with_fallback(language) if each in there), ENGLISH)


def starter_folder(language: str) -> Path:
    """Return the folder of the example shop for a language."""
    return resource("starter") / starter_language(language)


def starter_folders() -> tuple[Path, ...]:
    """Return the folders of all example shops."""
    return tuple(map(starter_folder, starter_languages()))


def or_delete(language: str) -> str:
    """Return the words that an import adds to a mark if it turns the marked lines into comments."""
    return _OR_DELETE[starter_language(language)]


_OR_DELETE = {
    "en": ", or delete these lines",
    "fi": ", tai poista nämä rivit",
    "ko": ". 필요 없으면 이 줄들을 지워 주세요",
    "id": ", atau hapus baris-baris ini",
}


def theme_languages() -> tuple[str, ...]:
    """Return the languages that the default theme has words for, sorted and without regions."""
    files = (resource("themes") / "default" / "locales").glob("*.yaml")
    return tuple(sorted(path.stem for path in files if "-" not in path.stem))


def known_language(code: str) -> str:
    """Return a language's code if the theme has words for it, with or without its region. Raises ValueError."""
    known = theme_languages()
    try:
        if with_fallback(code)[-1] in known and locale_of(code):
            return code
    except ValueError:  # its region is unknown
        pass
    meant = meant_language(code)
    near = f', did you mean "{meant}"?' if meant and with_fallback(meant)[-1] in known else suggest(code, known)
    raise ValueError(f'expected one of the theme\'s languages {", ".join(known)}; found "{code}"{near}')
