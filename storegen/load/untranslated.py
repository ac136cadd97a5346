"""Texts that are not translated yet. The texts that buyers need most come first."""

from __future__ import annotations

import itertools
import re
import typing
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path, PurePosixPath
from typing import Any, TypeAlias

import msgspec

from storegen.blanks import is_blank
from storegen.cache import Cache
from storegen.config import Config
from storegen.load.alignment import aligned, entry_names
from storegen.load.entries import Entry, LoadSettings, group_sources
from storegen.load.reading import read_content
from storegen.load.sources import Source, site_file
from storegen.load.translations import split_product
from storegen.locale import with_fallback
from storegen.model.content_types import BY_NAME, PRODUCT
from storegen.model.fields import arm_for, hints_of, holds_translations, is_mapping, is_record, mark_of, without_marks
from storegen.model.record import Record
from storegen.model.scalars import Measure
from storegen.model.store import Store
from storegen.model.text import Translatable
from storegen.yaml import Value

Hint: TypeAlias = Any  # a type with its annotations

# The pages that buyers read before they pay.
_BEFORE_PAYING = ("delivery", "contact", "returns", "terms", "privacy")
_FACTS = (
    "company.legal_name",
    "company.street",
    "company.city",
    "company.region",
    "checkout.account",
    "checkout.holder",
    "tracking.name",
    "delivery.carrier",
)
# The keys whose values may be the same in every language. They need no translation.
_SAME = {
    "site": ("name", "addresses", "theme", "extra", "channels.value", *_FACTS),
    "person": ("name", "slug", "extra"),
    "brand": ("name", "slug", "extra"),
    "endorsement": ("name",),
}
_SAME_ELSEWHERE = ("slug", "extra", "brand")
# Units, sizes of clothes and single letters, which are the same in most languages.
_UNITS = (
    *Measure.UNITS,
    *("µm", "nm", "dm", "km", "in", "ft", "mi", "yd", "g", "kg", "t", "oz", "lb", "lbs", "ct", "k", "dl", "ha"),
    *(
        "h",
        "min",
        "s",
        "ms",
        "W",
        "kW",
        "Wh",
        "kWh",
        "V",
        "mV",
        "kV",
        "A",
        "mA",
        "Ah",
        "mAh",
        "Hz",
        "kHz",
        "MHz",
        "GHz",
    ),
    *(
        "kB",
        "MB",
        "GB",
        "TB",
        "px",
        "dpi",
        "C",
        "F",
        "K",
        "N",
        "Nm",
        "kN",
        "bar",
        "psi",
        "kPa",
        "hPa",
        "dB",
        "lm",
        "lx",
    ),
    *("den", "dtex", "gsm", "mmHg", "rpm", "x", "Ø", "ø"),
)
_SIZES = r"X{0,5}[SL]|EU|UK|US|[A-Z]"
_WORDLESS = re.compile(rf"{_SIZES}|{'|'.join(map(re.escape, sorted(_UNITS, key=len, reverse=True)))}")
_LETTERS = re.compile(r"[^\W\d_²³]+")
# The keys that buyers need first.
_SITE_FIRST = ("delivery", "returns", "payments", "checkout", "promises", "tax", "channels", "tagline", "description")
_FIRST = ("name", "title", "fact", "summary", "description", "body", "specs")


class Untranslated(msgspec.Struct, frozen=True, kw_only=True):
    """The texts that a record lacks in a language: the *file* to write, and the YAML keys of the texts.

    *begun* says that the file is there. *slug* is the record's id if the file contains a list of records.
    """

    file: str
    fields: tuple[str, ...]
    begun: bool
    slug: str = ""


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """The records of one kind that lack texts in a language, and the number of all records with texts."""

    name: str
    total: int
    missing: tuple[Untranslated, ...]


def find_untranslated(site: Path, configs: Mapping[str, Config], store: Store) -> Mapping[str, tuple[Group, ...]]:
    """Return the groups of records in each language but the first. The groups that buyers need most come first.

    A region of the first language, such as en-SE beside en, needs no translation. Drafts are left out, and records that
    are not sold in the language's market. The shop must have no mistakes.
    """
    languages = tuple(configs)
    settings = LoadSettings(languages, next(iter(configs.values())))
    sources = read_content(site, settings, Cache(), jobs=1).sources
    entries = {kind: group_sources(BY_NAME[kind], sources[kind], languages, [], []) for kind, _ in _GROUPS.values()}
    others = (language for language in languages[1:] if languages[0] not in with_fallback(language))
    return {language: tuple(_groups(site, language, entries, store)) for language in others}


# The content type of each group, and the ids in it. A group without ids has all other records of the type.
_GROUPS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "products": ("product", ()),
    "categories": ("category", ()),
    "home page": ("home", ()),
    "offers": ("offer", ()),
    "pages before paying": ("page", _BEFORE_PAYING),
    "other pages": ("page", ()),
    "guides": ("guide", ()),
    "blog": ("post", ()),
    "people": ("person", ()),
    "brands": ("brand", ()),
    "endorsements": ("endorsement", ()),
}


def _search_words(language: str, store: Store) -> Iterator[Group]:
    """Yield the words of the search, if the shop has them in its first language."""
    own = [words for known, words in store.search.items() if known == next(iter(store.localized))]
    if own:
        keys = tuple(key for key in own[0].__struct_fields__ if getattr(own[0], key))
        file = Untranslated(file=f"content/search.{language}.yaml", fields=keys, begun=False)
        yield Group(name="search", total=1, missing=() if language in store.search else (file,))


def _groups(site: Path, language: str, entries: Mapping[str, Mapping[str, Entry]], store: Store) -> Iterator[Group]:
    base, file = Source(site, "site.yaml", None), site_file(site, language)
    begun = file != base.file
    file = file if begun else f"site.{language}.yaml"
    translation, _ = aligned(base.data, Source(site, file, None if begun else {}), Config)
    fields = tuple(_missing("site", base.data, translation.data, Config))
    yield Group(
        name="site.yaml", total=1, missing=(Untranslated(file=file, fields=fields, begun=begun),) if fields else ()
    )
    yield from _search_words(language, store)
    shown = frozenset(entry for row in store.home.rows["home"].values() for entry in row.references)
    for name, (kind, ids) in _GROUPS.items():
        there = store.localized[language].rows[kind]
        found = [each for each in entries[kind].values() if not each.draft and each.id in there]
        found = [each for each in found if (each.id in ids if ids else kind != "page" or each.id not in _BEFORE_PAYING)]
        found.sort(key=lambda entry: _rank(entry, ids, store, shown if kind == PRODUCT.name else frozenset()))
        missing = (_of_entry(kind, entry, language) for entry in found)
        yield Group(name=name, total=len(found), missing=tuple(each for each in missing if each is not None))


def _rank(entry: Entry, ids: tuple[str, ...], store: Store, shown: AbstractSet[str]) -> tuple[int, int]:
    """Return the sort key of a record: pages in the order of *ids*, products of the home page, those with reviews."""
    if ids:
        return ids.index(entry.id), 0
    reviews = len(store.reviews[entry.id]) if entry.id in store.reviews.rows else 0  # by product
    return int(f"product:{entry.id}" not in shown), -reviews


def _of_entry(kind: str, entry: Entry, language: str) -> Untranslated | None:
    """Return what a record lacks in a language, None if it lacks nothing."""
    record, base = BY_NAME[kind].record, entry.base
    written = entry.translations.get(language)
    translation, labels = written or Source(base.site, base.file, {}), dict[str, str]()
    translation, _ = aligned(base.data, translation, record)
    if kind == PRODUCT.name:
        translation, labels = split_product(base, translation, [])
    options = _options(base.data, labels, translation.data)
    fields = (*options, *_missing(kind, base.data, translation.data, record))
    if not fields:
        return None
    path = PurePosixPath(base.file)
    file = str(path.with_name(f"{path.stem}.{language}{path.suffix}"))
    slug = entry.id if base.place else ""
    return Untranslated(file=written.file if written else file, fields=fields, begun=written is not None, slug=slug)


def _options(data: Mapping[str, Value], labels: Mapping[str, str], translation: Mapping[str, Value]) -> Iterator[str]:
    """Yield the names, values and help of a product's options that have no words."""
    options = data.get("options")
    for name, values in options.items() if isinstance(options, dict) else ():
        listed = values.get("values") if isinstance(values, dict) else values
        words = [name, *(each for each in (listed if isinstance(listed, list) else ()) if isinstance(each, str))]
        yield from (f"options.{word}" for word in words if _has_words(word) and word not in labels)
        if (
            isinstance(values, dict)
            and _has_words(values.get("help"))
            and _below(translation.get("options"), name) is None
        ):
            yield f"options.{name}.help"


def _missing(
    kind: str, base: Mapping[str, Value], translation: Mapping[str, Value], record: type[Record]
) -> Iterator[str]:
    """Yield the paths of the texts that a translation lacks. The texts that buyers need most come first."""
    same = _SAME.get(kind, _SAME_ELSEWHERE)
    first = _SITE_FIRST if kind == "site" else _FIRST
    keys = [key for key in hints_of(record) if key in base and key not in same]
    keys.sort(key=lambda key: first.index(key) if key in first else len(first))
    for key in keys:
        if not (kind == PRODUCT.name and key == "options"):
            found = _untranslated(base[key], translation.get(key), hints_of(record)[key], key)
            yield from (field for field in found if f"{key}.{field.rpartition('.')[2]}" not in same)


def _untranslated(base: Value, value: Value, hint: Hint, path: str) -> Iterator[str]:
    """Yield the paths of the texts in *base* that *value* lacks. Entries of lists have the names of `entry_names`."""
    arm = arm_for(base, without_marks(hint))
    bare = without_marks(arm)
    if isinstance(base, str):
        marked = mark_of(hint, Translatable) or mark_of(arm, Translatable)
        yield from (path,) if marked and _has_words(base) and is_blank(value) else ()
    elif isinstance(base, list) and holds_translations(bare):
        yield from _of_list(base, value, typing.get_args(bare)[0], path)
    elif isinstance(base, dict) and is_mapping(bare) and mark_of(typing.get_args(bare)[0], Translatable):
        yield from (path,) if is_blank(value) and any(map(_has_words, (*base, *base.values()))) else ()  # as a whole
    elif isinstance(base, dict) and holds_translations(bare):
        for name, item in base.items():
            part = hints_of(bare).get(name) if is_record(bare) else typing.get_args(bare)[1]
            if part is not None:
                yield from _untranslated(item, _below(value, name), part, f"{path}.{name}")


def _of_list(base: list[Value], value: Value, part: Hint, path: str) -> Iterator[str]:
    items = value if isinstance(value, list) else []
    if mark_of(part, Translatable):  # a list of words is replaced as a whole
        yield from (path,) if is_blank(value) and any(map(_has_words, base)) else ()
        return
    kinds = getattr(arm_for(next(iter(base), None), part), "EXACTLY_ONE", ())
    for one, other, name in itertools.zip_longest(base, items[: len(base)], entry_names(base, part)):
        if kinds and isinstance(one, dict):  # sections, whose names are their kinds
            inside = (_untranslated(item, _below(other, key), hints_of(part)[key], "") for key, item in one.items())
            yield from (f"{path}.{name}{field}" for field in itertools.chain.from_iterable(inside))
        else:
            yield from _untranslated(one, other, part, f"{path}.{name}")


def _below(value: Value, key: str) -> Value:
    return value.get(key) if isinstance(value, dict) else None


def _has_words(text: Value) -> bool:
    """Return whether a text has a word to translate: ``45 cm``, ``XL`` and ``925`` have none."""
    return isinstance(text, str) and any(not _WORDLESS.fullmatch(letters) for letters in _LETTERS.findall(text))
