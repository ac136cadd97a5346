"""Sources: the raw values of a content file, its name, and the lines of its fields."""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any
from unicodedata import normalize

import msgspec

from storegen.errors import EncodingError, Problem, StoregenError, TooLargeError, UnsafePathError, YamlError
from storegen.fields import NO_FAULTY_PLACES, Fault, FaultyPlaces, blank_faults, cut_faults, describe
from storegen.files import TEXT_LIMIT, read_bytes, read_text
from storegen.load.placeholders import Placeholder, placeholders_in
from storegen.load.rows import Item
from storegen.locale import with_fallback
from storegen.outputs import digest
from storegen.references import Reference
from storegen.yaml import Blank, Cut, Place, Value, field_lines, load_yaml

_FENCE = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)


class Source(msgspec.Struct, frozen=True):
    """The raw values of one record in a file. *place* is the record's place if the file contains a list.

    - *readable* is false for an unreadable file. The source exists nevertheless, so that references to it are not
      reported.
    - *raw* is None for an unchanged file, of which only the *item* is cached. The values are read again on demand.
    - *blanks* are the YAML keys without a value, and *cuts* the texts that a comment cuts off, if the file was just
      read.
    - *placeholders* are those of the whole file, if it was just read.
    - *faulty_places* are the places of mistakes, which *raw* does not contain.
    - *written* has the place in the file of each value that has another place in *raw*, because the lists of a
      translation were aligned.
    """

    site: Path
    file: str
    raw: dict[str, Value] | None
    place: Place = ()
    readable: bool = True
    known: Item | None = None
    blanks: tuple[Blank, ...] = ()
    cuts: tuple[Cut, ...] = ()
    placeholders: tuple[Placeholder, ...] = ()
    faulty_places: FaultyPlaces = NO_FAULTY_PLACES
    written: Mapping[Place, Place] = {}

    @property
    def data(self) -> dict[str, Value]:
        """The record's values. They are read again if they were not kept."""
        if self.raw is not None:
            return self.raw
        found = (each.data for each in read_sources(self.site, self.file, []) if each.place == self.place)
        return next(found, {})

    @property
    def item(self) -> Item:
        """The digest of the raw values, and the values that grouping needs."""
        return self.known or _item(self)

    def texts(self) -> Iterator[tuple[Place, str]]:
        """Yield every text of the record with its place. YAML keys count as texts too."""
        return _texts(self.data, ())

    @property
    def stem(self) -> str:
        """The file's name without its extensions: the id of its record."""
        return PurePosixPath(self.file).name.split(".")[0]

    def problem(self, place: Place, message: str) -> Problem:
        """Return a mistake in this record, with the line of the nearest field in the file."""
        place = self._in_file(place)
        return Problem(self.file, line_of(self.site, self.file, (*self.place, *place)), dotted(place), message)

    def _in_file(self, place: Place) -> Place:
        """Return the place in the file of a value of *raw*."""
        for length in range(len(place), 0, -1) if self.written else ():
            if found := self.written.get(place[:length]):
                return (*found, *place[length:])
        return place

    def explained(self, place: Place, message: str) -> Fault:
        """Return a mistake with its cause, if a key is missing: a comment, or a file without front matter."""
        if not message.endswith(" is missing"):
            return place, message
        key = message.split('"')[1]
        if any(cut.place == (*place, key) for cut in self.cuts):
            return (*place, key), 'nothing is read here, because " #" begins a comment; put the text in quotes'
        if self.file.endswith(".md") and not self.data.keys() - {"body"}:
            return place, f"{message}; begin the file with three lines: ---, then {key}: and its words, then ---"
        return place, message

    def problems(self, faults: Iterable[Fault]) -> Iterator[Problem]:
        """Yield mistakes in this record, except those that follow from another one in the same place."""
        return (self.problem(place, message) for place, message in faults if not self.faulty_places.covers(place))

    def blank_problems(self, kind: Any, also: Collection[str] = ()) -> Iterator[Problem]:  # noqa: ANN401
        """Yield unknown YAML keys without a value, for a record of *kind*. *also* are additional known keys."""
        blanks = [blank for blank in self.blanks if len(blank.place) > 1 or blank.place[0] not in also]
        return (self.problem(*fault) for fault in blank_faults(blanks, self.raw, kind))

    def cut_warnings(self, kind: Any) -> Iterator[str]:  # noqa: ANN401
        """Yield a warning for each text that a comment probably cuts off, for a record of *kind*."""
        return (str(self.problem(*fault)) for fault in cut_faults(self.cuts, self.raw, kind))

    def text_problem(self, place: Place, found: Reference, message: str) -> Problem:
        """Return a mistake about a reference in a text. The text below a front matter has no field name."""
        text = read_text(self.site, self.file)
        if place == ("body",) and self.file.endswith(".md"):
            return Problem(self.file, found.line + body_start(text), "", message)
        place = self._in_file(place)
        first = line_of(self.site, self.file, (*self.place, *place))
        lines = ["", *text.split("\n"), ""]
        # The text of a block (|) begins below its key, other texts on the same line. A folded text has other lines
        # than its file.
        near = (first + found.line, first, *range(first + 1, len(lines)))
        line = next((number for number in near if found.target in lines[min(number, len(lines) - 1)]), first)
        return Problem(self.file, line, dotted(place), message)


def _texts(value: Value, place: Place) -> Iterator[tuple[Place, str]]:
    if isinstance(value, str):
        yield place, value
        return
    steps = value.items() if isinstance(value, dict) else enumerate(value or ())
    for step, item in steps:
        if isinstance(step, str):
            yield (*place, step), step
        yield from _texts(item, (*place, step))


def _item(source: Source) -> Item:
    slug, status = source.data.get("slug"), source.data.get("status")
    return Item(
        tuple(part for part in source.place if isinstance(part, int)),
        digest(msgspec.msgpack.encode(source.data)),  # in the written order, which matters
        normalize("NFC", slug) if isinstance(slug, str) else "",
        status if isinstance(status, str) else "",
    )


def read_sources(site: Path, file: str, problems: list[Problem], *, listed: bool = False) -> list[Source]:
    """Return the records of a file. Mistakes are added to *problems*. A *listed* name comes from walking the folder."""
    blanks: list[Blank] = []
    cuts: list[Cut] = []
    try:
        text = read_text(site, file, listed=listed)
        left = placeholders_in(text)
        if file.endswith(".md"):
            data = _front_matter(text, blanks, cuts)
            return [Source(site, file, data, blanks=tuple(blanks), cuts=tuple(cuts), placeholders=left)]
        value = load_yaml(text, blanks, cuts)
    except (YamlError, EncodingError) as error:
        problems.append(Problem(file, error.line, _unreadable_field(site, file, error.line), error.message))
        return [Source(site, file, {}, readable=False)]
    except (TooLargeError, UnsafePathError) as error:
        problems.append(Problem(file, 0, "", str(error).removeprefix(f"{file}: ")))
        return [Source(site, file, {}, readable=False)]
    except OSError as error:
        problems.append(Problem(file, 0, "", f"can't be read: {error.strerror}"))
        return [Source(site, file, {}, readable=False)]
    if isinstance(value, dict):
        return [Source(site, file, value, blanks=tuple(blanks), cuts=tuple(cuts), placeholders=left)]
    if value is None:
        return []
    if isinstance(value, list):
        whole = Source(site, file, {}, blanks=tuple(blanks), cuts=tuple(cuts), placeholders=left)
        return list(_items(whole, value, problems))
    problems.append(Problem(file, 1, "", f"expected keys with values, found {describe(value)}"))
    return [Source(site, file, {}, readable=False)]


def read_table(site: Path, file: str, problems: list[Problem]) -> str | None:
    """Return the text of a table, or None if the shop lacks it. Why it can't be read is added to *problems*."""
    try:
        return read_text(site, file)
    except FileNotFoundError:
        return None
    except EncodingError as error:
        problems.append(Problem(file, error.line, "", error.message))
    except StoregenError as error:
        problems.append(Problem(file, 0, "", str(error).removeprefix(f"{file}: ")))
    return None


def _items(whole: Source, items: list[Value], problems: list[Problem]) -> Iterator[Source]:
    """Yield the records of a list. *whole* is the source of the whole file."""
    blanks: dict[int | str, list[Blank]] = defaultdict(list)
    cuts: dict[int | str, list[Cut]] = defaultdict(list)
    for blank in whole.blanks:
        blanks[blank.place[0]].append(blank._replace(place=blank.place[1:]))
    for cut in whole.cuts:
        cuts[cut.place[0]].append(cut._replace(place=cut.place[1:]))
    for number, item in enumerate(items):
        if isinstance(item, dict):
            yield msgspec.structs.replace(
                whole, raw=item, place=(number,), blanks=tuple(blanks[number]), cuts=tuple(cuts[number])
            )
        else:
            problems.append(whole.problem((number,), f"expected keys with values, found {describe(item)}"))


def _front_matter(text: str, blanks: list[Blank], cuts: list[Cut]) -> dict[str, Value]:
    """Return the front matter of a Markdown file, with the text below it under ``body``."""
    match = _FENCE.match(text)
    if not match:
        if re.match(r"---[ \t]*\n", text):
            raise YamlError(1, "the keys that begin here never end; close them with a line of ---")
        return {"body": text}
    try:
        value = load_yaml(match[1], blanks, cuts)
    except YamlError as error:
        raise YamlError(error.line + 1, error.message) from None
    if value is not None and not isinstance(value, dict):
        raise YamlError(2, "expected keys with values between the --- lines")
    data = dict(value or {})
    if "body" in data:
        raise YamlError(_lines(match[1])["body",] + 1, '"body" is the text below the front matter, not a key')
    if text[match.end() :].strip():  # a translation without a text uses the first language's text
        data["body"] = text[match.end() :]
    return data


def _unreadable_field(site: Path, file: str, line: int) -> str:
    """Return the field on an unreadable line, if it can be found. In a list, the item's index is left out."""
    from storegen.load.unreadable import field_at  # noqa: PLC0415 - few builds meet a mistake

    text, start = _yaml_of(read_bytes(site, file, TEXT_LIMIT).decode("utf-8", "replace"), file)
    within = start < line <= text.count("\n") + start + 1
    place = field_at(text, line - start) if within else ()
    return dotted(place[1:] if place and isinstance(place[0], int) else place)


def body_start(text: str) -> int:
    """Return the number of lines before the text of a Markdown file."""
    match = _FENCE.match(text)
    return text.count("\n", 0, match.end()) if match else 0


def line_of(site: Path, file: str, place: Place) -> int:
    """Return the line of a field, or of the nearest field around it; 0 if the file has no lines."""
    try:
        text, start = _yaml_of(read_text(site, file), file)
        lines = _lines(text)
    except (StoregenError, OSError):
        return 0
    while place and place not in lines:
        place = place[:-1]
    return lines[place] + start if place else 1


def placeholder_problem(site: Path, file: str, found: Placeholder) -> Problem:
    """Return the report of a placeholder, with the field on its line."""
    try:
        text, start = _yaml_of(read_text(site, file), file)
        lines = _lines(text)
    except (StoregenError, OSError):
        lines, start = {}, 0
    here = [place for place, line in lines.items() if line + start == found.line]
    place = max(here, key=len, default=())
    return Problem(file, found.line, dotted(place[1:] if place and isinstance(place[0], int) else place), found.message)


def site_file(site: Path, language: str) -> str:
    """Return the file with the translation of site.yaml to a language, site.yaml itself if there is none.

    If there is no file for ``en-SE``, it is the file for ``en``.
    """
    files = (f"site.{code}.yaml" for code in with_fallback(language))
    return next((file for file in files if (site / file).is_file()), "site.yaml")


def site_placeholders(site: Path, languages: Iterable[str]) -> Iterator[Problem]:
    """Yield the placeholders of site.yaml and of its translations to *languages*."""
    for file in dict.fromkeys(("site.yaml", *(site_file(site, language) for language in languages))):
        try:
            text = read_text(site, file)
        except (OSError, StoregenError):
            continue
        yield from (placeholder_problem(site, file, each) for each in placeholders_in(text))


def _yaml_of(text: str, file: str) -> tuple[str, int]:
    """Return the YAML of a file, and the number of lines before it."""
    if not file.endswith(".md"):
        return text, 0
    match = _FENCE.match(text)
    return (match[1], 1) if match else ("", 0)


def article_problem(site: Path, file: str, name: str, key: tuple[str, str], message: str) -> Problem:
    """Return a mistake in one field of an article of the product *name*.

    *key* is (article number, field). If the article number is generated, the mistake points to the options that it is
    generated from.
    """
    sku, field = key
    source = record_source(site, file, name)
    variants = source.data.get("variants")
    numbers: list[tuple[Place, Value]] = [((), source.data.get("sku"))]
    for number, variant in enumerate(variants if isinstance(variants, list) else ()):
        numbers.append((("variants", number), variant.get("sku") if isinstance(variant, dict) else None))
    found = next(((*place, field) for place, number in numbers if number == sku), None)
    return source.problem(found or (("options",) if "options" in source.data else ()), message)


def record_source(site: Path, file: str, name: str) -> Source:
    """Return the record *name* of a file, which may contain a list."""
    found = (each for each in read_sources(site, file, []) if not each.place or each.item.slug == name)
    return next(found, Source(site, file, {}))


_lines = functools.lru_cache(maxsize=4)(field_lines)  # a file with many mistakes needs many lines


def dotted(place: Place) -> str:
    """Return a place as messages show it: ``variants.0.price``."""
    return ".".join(map(str, place))
