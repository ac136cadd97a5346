"""Translations: files next to the first language's that only contain texts, which replace the first language's."""

from __future__ import annotations

import typing
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from storegen.blanks import is_blank
from storegen.errors import Problem
from storegen.fields import Fault, unknown_key
from storegen.load.alignment import IDENTIFYING
from storegen.load.sources import Source
from storegen.model.fields import (
    arm_for,
    hints_of,
    is_mapping,
    is_record,
    translated_fields,
    whole_mappings,
    without_marks,
    written_fields,
)
from storegen.model.record import Record
from storegen.yaml import Place, Value


def translated(
    base: dict[str, Value], translation: Source, kind: type[Record], problems: list[Problem]
) -> dict[str, Value]:
    """Return the values of a record with its translation applied.

    Mappings are merged by key, and lists of mappings by item. Everything else is replaced as a whole; so are mappings
    with translatable keys. Keys without translatable text are reported, because prices and stock are the same in every
    language. Blank values replace nothing. Items of a list that don't belong to the same item of the first language
    are reported and replace nothing.
    """
    words = translated_fields(kind)
    for key, value in translation.data.items():
        if key not in words and not (is_blank(value) and key in written_fields(kind)):
            what = (
                "is the same in every language; write it only in the first language's file"
                if key in written_fields(kind)
                else unknown_key(key, words, kind)
            )
            problems.append(translation.problem((key,), what))
    out_of_order = tuple(_order_faults(base, translation.data, kind, ()))
    problems += (translation.problem(place, message) for place, message in out_of_order)
    whole = whole_mappings(kind)
    kept = frozenset(place[:-1] for place, _ in out_of_order)
    merged = {
        key: _merged(base.get(key), value, (key,), whole, kept)
        for key, value in translation.data.items()
        if key in words and not is_blank(value)
    }
    return {**base, **merged}


def _merged(base: Value, value: Value, place: Place, whole: frozenset[Place], kept: frozenset[Place]) -> Value:
    """Return a value with its translation. Places in *whole* are replaced as a whole, those in *kept* are not."""
    if place in whole:
        return value
    if place in kept:
        return base
    if isinstance(base, dict) and isinstance(value, dict):
        written = {key: item for key, item in value.items() if not is_blank(item)}
        found = {key: _merged(base.get(key), item, (*place, key), whole, kept) for key, item in written.items()}
        return {**base, **found}
    if isinstance(base, list) and isinstance(value, list) and any(isinstance(each, dict) for each in base):
        pairs = enumerate(zip(base, value, strict=False))
        merged = [
            one if is_blank(other) else _merged(one, other, (*place, number), whole, kept)
            for number, (one, other) in pairs
        ]
        return merged + value[len(base) :] + base[len(value) :]
    return value


def _order_faults(base: Value, value: Value, hint: Any, place: Place) -> Iterator[Fault]:  # noqa: ANN401
    """Yield the first item of each translated list that is not the item at this place in the first language."""
    hint = without_marks(arm_for(value, hint))
    if isinstance(base, dict) and isinstance(value, dict):
        for key, item in value.items():
            part = (
                hints_of(hint).get(key) if is_record(hint) else typing.get_args(hint)[1] if is_mapping(hint) else None
            )
            if part is not None and key in base:
                yield from _order_faults(base[key], item, part, (*place, key))
    elif isinstance(base, list) and isinstance(value, list) and typing.get_origin(hint) is tuple:
        part = typing.get_args(hint)[0]
        for number, (one, other) in enumerate(zip(base, value, strict=False)):
            if found := _mismatch(one, other, part):
                remedy = f'repeat all {len(base)} entries of "{place[-1]}" in the same order, with the words only'
                yield (*place, number), f"{found}; {remedy} ({{}} for an entry without words)"
                return
            yield from _order_faults(one, other, part, (*place, number))


def _mismatch(base: Value, value: Value, kind: Any) -> str:  # noqa: ANN401
    """Return the difference between an item of the first language and a translated one, empty if they may match."""
    if not isinstance(base, dict) or not isinstance(value, dict):
        return ""
    kinds = getattr(arm_for(value, kind), "EXACTLY_ONE", ())
    expected, found = ([each for each in kinds if not is_blank(item.get(each))] for item in (base, value))
    if expected and found and expected != found:
        return f"here the first language has {' and '.join(expected)}, found {' and '.join(found)}"
    for key in IDENTIFYING:
        one, other = base.get(key), value.get(key)
        if isinstance(one, str) and isinstance(other, str) and one != other:
            return f'here the first language has {key} "{one}", found "{other}"'
    return ""


def is_written(translation: Any, place: Place) -> bool:  # noqa: ANN401
    """Return whether a translation has its own value at a place; otherwise the first language's value is there."""
    for step in place:
        items = translation if isinstance(translation, dict) else dict(enumerate(translation or ()))
        if step not in items:
            return False
        translation = items[step]
    return True


def split_product(base: Source, translation: Source, problems: list[Problem]) -> tuple[Source, dict[str, str]]:
    """Separate option labels and alt texts from a product's translation, because they don't replace values.

    Returns the translation with the alt texts applied to the first language's pictures, and the labels.
    """
    rest = dict(translation.data)
    labels: dict[str, str] = {}
    options = rest.pop("options", None)
    if isinstance(options, dict):
        for name, words in options.items():
            _label(name, words, labels)
        if helped := _with_help(base.data.get("options"), options):
            rest["options"] = helped
    elif not is_blank(options):
        problems.append(translation.problem(("options",), "expected words to words, such as Size: Koko"))
    alts = rest.pop("images", None)
    images = base.data.get("images")
    if isinstance(alts, list) and isinstance(images, list):
        rest["images"] = [_alt(image, alts[place] if place < len(alts) else None) for place, image in enumerate(images)]
    elif not is_blank(alts) and not (isinstance(alts, list) and base.faulty_places.covers(("images",))):
        problems.append(translation.problem(("images",), "expected a list of alt texts, one for each picture"))
    return msgspec.structs.replace(translation, raw=rest), labels


def _label(name: str, words: Value, labels: dict[str, str]) -> None:
    """Add the words of an option and of its values, which are below the option or below its key ``values``."""
    if is_blank(words):
        return
    if isinstance(words, str):
        labels[name] = words
    elif isinstance(words, dict):
        for key, value in words.items():
            if key == "values" and isinstance(value, dict):
                labels |= {each: word for each, word in value.items() if isinstance(word, str) and word}
            elif isinstance(value, str) and value and key != "help":
                labels[name if key == "name" else key] = value


def _with_help(base: Value, words: Mapping[str, Value]) -> dict[str, Value]:
    """Return the options that have their own help in a translation, with this help."""
    return {
        name: {**option, "help": text}
        for name, option in (base.items() if isinstance(base, dict) else ())
        if isinstance(option, dict)
        and isinstance(translated := words.get(name), dict)
        and not is_blank(text := translated.get("help"))
    }


def _alt(image: Value, alt: Value) -> Value:
    if isinstance(alt, dict):  # the same shape as in the first language
        alt = alt.get("alt")
    if not isinstance(alt, str) or not alt:
        return image
    return {**image, "alt": alt} if isinstance(image, dict) else {"file": image, "alt": alt}
