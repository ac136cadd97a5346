"""Translations: files next to the first language's that only contain texts, which replace the first language's."""

from __future__ import annotations

from storegen.blanks import is_blank
from storegen.errors import Problem
from storegen.fields import unknown_key
from storegen.load.sources import Source
from storegen.model.fields import translated_fields, whole_mappings, written_fields
from storegen.model.record import Record
from storegen.yaml import Place, Value


def translated(
    base: dict[str, Value], translation: Source, kind: type[Record], problems: list[Problem]
) -> dict[str, Value]:
    """Return the values of a record with its translation applied.

    Mappings are merged by key, and lists of mappings by item. Everything else is replaced as a whole; so are mappings
    with translatable keys. Keys without translatable text are reported, because prices and stock are the same in every
    language. Blank values replace nothing.
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
    whole = whole_mappings(kind)
    merged = {
        key: _merged(base.get(key), value, (key,), whole)
        for key, value in translation.data.items()
        if key in words and not is_blank(value)
    }
    return {**base, **merged}


def _merged(base: Value, value: Value, place: Place, whole: frozenset[Place]) -> Value:
    if place in whole:
        return value
    if isinstance(base, dict) and isinstance(value, dict):
        written = {key: item for key, item in value.items() if not is_blank(item)}
        return {**base, **{key: _merged(base.get(key), item, (*place, key), whole) for key, item in written.items()}}
    if isinstance(base, list) and isinstance(value, list) and all(isinstance(each, dict) for each in (*base, *value)):
        pairs = zip(base, value, strict=False)
        merged = [one if is_blank(other) else _merged(one, other, (*place, 0), whole) for one, other in pairs]
        return merged + value[len(base) :] + base[len(value) :]
    return value


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
    elif not is_blank(options):
        problems.append(translation.problem(("options",), "expected words to words, such as Size: Koko"))
    alts = rest.pop("images", None)
    images = base.data.get("images")
    if isinstance(alts, list) and isinstance(images, list):
        rest["images"] = [_alt(image, alts[place] if place < len(alts) else None) for place, image in enumerate(images)]
    elif not is_blank(alts) and not (isinstance(alts, list) and base.faulty_places.covers(("images",))):
        problems.append(translation.problem(("images",), "expected a list of alt texts, one for each picture"))
    return Source(translation.site, translation.file, rest, translation.place), labels


def _label(name: str, words: Value, labels: dict[str, str]) -> None:
    if is_blank(words):
        return
    if isinstance(words, str):
        labels[name] = words
    elif isinstance(words, dict):
        for key, value in words.items():
            if isinstance(value, str) and value:
                labels[name if key == "name" else key] = value


def _alt(image: Value, alt: Value) -> Value:
    if not isinstance(alt, str) or not alt:
        return image
    return {**image, "alt": alt} if isinstance(image, dict) else {"file": image, "alt": alt}
