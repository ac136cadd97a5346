"""Reading of a theme. The shop's own files replace storegen's files."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import TypeVar
from zoneinfo import ZoneInfo

import msgspec

from storegen.errors import ContentError, EncodingError, Problem, ThemeError, YamlError, suggest
from storegen.fields import find_faults, make_record
from storegen.files import list_files, read_bytes, read_text
from storegen.load.sections import section_names
from storegen.load.sources import Source, site_file
from storegen.locale import Words, locale_of, with_fallback
from storegen.model.record import Record
from storegen.model.scalars import Count
from storegen.resources import resource
from storegen.theme.word_files import WordGaps, word_gaps, words_file
from storegen.theme.words import file_of, has_words, read_words, with_own
from storegen.yaml import field_lines, load_yaml

R = TypeVar("R", bound=Record)

_ENGLISH = "locales/en.yaml"
_TEXTS = (".html", ".xml", ".txt", ".css", ".js", ".mjs", ".yaml")


class PictureSettings(Record, frozen=True, kw_only=True):
    """The widths in pixels, the formats in order of preference, and the encoders' quality."""

    widths: tuple[Count, ...] = (Count(320), Count(720), Count(1080), Count(1600))
    formats: tuple[str, ...] = ("webp",)
    quality: Count = Count(84)


class Settings(Record, frozen=True, kw_only=True):
    """The settings in theme.yaml. *callouts* are the classes for paragraphs of texts."""

    name: str
    pictures: PictureSettings = PictureSettings()
    per_page: Count = Count(24)
    preset: str = ""
    callouts: tuple[str, ...] = ()


class Theme(msgspec.Struct, frozen=True):
    """A theme's files by name. Texts are decoded, files below static/ are bytes."""

    name: str
    settings: Settings
    texts: Mapping[str, str]
    static: Mapping[str, bytes]
    words: Mapping[str, Words]
    gaps: Mapping[str, WordGaps] = {}


def load_theme(
    site: Path, name: str, languages: tuple[str, ...], own: Mapping[str, Mapping[str, str]] | None = None
) -> Theme:
    """Read the theme *name* with its texts in *languages*. Raises ThemeError or ContentError.

    *own* are the shop's own texts by language and key. They take the place of the theme's.
    """
    roots = theme_roots(site, name)
    static: dict[str, bytes] = {}
    layers = [_read(root, prefix, static) for root, prefix in roots]
    texts = {name: text for layer in layers for name, text in layer.items()}
    settings = read_settings(texts, name, "theme.yaml", Settings)
    _check_languages(site, name, languages, texts)
    words = _with_own(site, read_words(layers, languages, f"themes/{name}"), own or {})
    checked = languages if roots[-1][0].parent != resource("themes") else ()  # storegen's own are tested
    gaps = {each: word_gaps(layers, each, (own or {}).get(each, {}), f"themes/{name}") for each in checked}
    return Theme(name, settings, texts, static, words, {each: gap for each, gap in gaps.items() if gap})


def ejected_words(site: Path, name: str, language: str) -> str:
    """Return a file with all words of a theme, to be translated into *language*.

    The words are those that the shop shows now: storegen's own translation, that of the language without its region, or
    the English words. Raises ValueError for an unknown language, ThemeError or ContentError.
    """
    locale = locale_of(language)
    layers = [_read(root, prefix, {}) for root, prefix in theme_roots(site, name)]
    english = next((layer[_ENGLISH] for layer in layers if _ENGLISH in layer), None)
    if english is None:
        raise ThemeError(f"themes/{name}/{_ENGLISH}: the theme needs this file")
    words = read_words(layers, (language,), f"themes/{name}")[language]
    if not has_words({file: "" for layer in layers for file in layer}, language) and "meta.name" in words:
        own_name = str(locale.get_display_name() or language)
        words = {**words, "meta.name": own_name[:1].upper() + own_name[1:]}
    names = {**section_names(site, name, "en"), **section_names(site, name, language)}
    words = {**words, **{f"addresses.{key}": section for key, section in names.items()}}
    return words_file(english, words, language)


def _with_own(site: Path, words: Mapping[str, Words], own: Mapping[str, Mapping[str, str]]) -> dict[str, Words]:
    """Return the theme's texts with the shop's own. Raises ContentError with all faults of own texts."""
    found: dict[str, Words] = {}
    problems: list[Problem] = []
    for number, (language, theirs) in enumerate(words.items()):
        found[language], faults = with_own(theirs, own.get(language, {}))
        source = Source(site, site_file(site, language) if number else "site.yaml", {})
        problems += [source.problem(("theme", "words", key), message) for key, message in faults.items()]
    if problems:
        raise ContentError(problems)
    return found


def theme_roots(site: Path, name: str) -> list[tuple[Path, str]]:
    """Return the folders whose files make up a theme: storegen's own, then the shop's."""
    if "/" in name or name.startswith("."):
        raise _named_wrong(site, f'expected the name of a folder in themes/, found "{name}"')
    packaged = resource("themes")
    found = [(place, "") for place in (packaged / name, site / "themes" / name) if place.is_dir()]
    if not found:
        names = sorted({each.name for root in (packaged, site / "themes") if root.is_dir() for each in root.iterdir()})
        raise _named_wrong(site, f'no theme "{name}"{suggest(name, names)} (there are {", ".join(names)})')
    if found[0][0].resolve() == found[-1][0].resolve():
        return found[:1]
    return found


def _named_wrong(site: Path, message: str) -> ContentError:
    return ContentError([Source(site, "site.yaml", {}).problem(("theme", "name"), message)])


def _check_languages(site: Path, name: str, languages: tuple[str, ...], texts: Mapping[str, str]) -> None:
    """Raise ContentError if the theme has no texts for a language of the shop."""
    files = (file.removeprefix("locales/").removesuffix(".yaml") for file in texts if file.startswith("locales/"))
    there = sorted(
        each for each in files if with_fallback(each)[-1] == each or file_of(with_fallback(each)[-1]) not in texts
    )
    source = Source(site, "site.yaml", {})
    problems = [
        source.problem(
            ("languages", number),
            f'the theme {name} has no words in "{language}" (there are {", ".join(there)}); '
            f'run "storegen theme eject words {language}" and translate the file that it writes',
        )
        for number, language in enumerate(languages)
        if not has_words(texts, language)
    ]
    if problems:
        raise ContentError(problems)


def _read(root: Path, prefix: str, static: dict[str, bytes]) -> dict[str, str]:
    """Return the texts in a folder of a theme, and add its other files to *static*."""
    texts: dict[str, str] = {}
    for file in list_files(root, prefix):
        if file.startswith("static/"):
            static[file.removeprefix("static/")] = read_bytes(root, file)
        elif PurePosixPath(file).suffix in _TEXTS:
            try:
                texts[file] = read_text(root, file)
            except EncodingError as error:
                raise ThemeError(f"themes/{root.name}/{file}: {error}") from None
    return texts


def read_settings(texts: Mapping[str, str], theme: str, name: str, kind: type[R]) -> R:
    """Return a YAML file of a theme as a record of *kind*. Raises ThemeError or ContentError."""
    file = f"themes/{theme}/{name}"
    if name not in texts:
        raise ThemeError(f"{file}: the theme needs this file")
    zone = ZoneInfo("UTC")
    try:
        value = load_yaml(texts[name])
        if isinstance(value, dict):
            return make_record(value, kind, zone)
        raise ThemeError(f"{file}: expected keys with values")
    except YamlError as error:
        raise ContentError([Problem(file, error.line, "", error.message)]) from None
    except msgspec.ValidationError as error:
        faults = find_faults(value, kind, zone) or [((), str(error))]
        lines = field_lines(texts[name])
        raise ContentError(
            Problem(file, lines.get(place, 1), ".".join(map(str, place)), message) for place, message in faults
        ) from None
