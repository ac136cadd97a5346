"""Convert plain values to typed records. Valid values take a fast path; invalid values get every fault reported."""

from __future__ import annotations

import datetime as dt
import functools
import re
import typing
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Generic, Literal, NamedTuple, TypeVar

import msgspec

from storegen.blanks import is_blank, required_fields, without_blanks
from storegen.errors import nearest, suggest
from storegen.model.fields import (
    arm_for,
    arms_of,
    hints_of,
    is_mapping,
    is_record,
    loaded_fields,
    mark_of,
    without_marks,
    written_fields,
)
from storegen.model.scalars import Names, Scalar, Swatch
from storegen.model.text import OneLine, line_fault
from storegen.normalization import normalized
from storegen.yaml import Blank, Cut, Place, Value
from storegen.yaml.pasted import pasted_fault, without_pasted

T = TypeVar("T", bound=msgspec.Struct)
V = TypeVar("V")
Fault = tuple[Place, str]
Change: typing.TypeAlias = Callable[[Any], Any]

SHOWN = 60
_NOTHING: Mapping[str, Any] = MappingProxyType({})
_NUMBER = re.compile(r"[0-9],[0-9]")  # also with a unit after the number: 3,5 mm
_THOUSANDS = re.compile(r"[0-9]{3}(?![0-9])")


def make_record(value: Mapping[str, Any], kind: type[T], zone: dt.tzinfo) -> T:
    """Return *value* as a record of *kind*. Raises msgspec.ValidationError at the first fault.

    Blank values of optional fields count as absent. Trailing line ends of one-line texts are removed. YAML's folded
    scalars end with one.
    """
    written = normalized(without_blanks(value, kind), kind)
    return msgspec.convert(written, kind, dec_hook=functools.partial(_scalar, zone))


def find_faults(value: Value, kind: type[msgspec.Struct], zone: dt.tzinfo) -> list[Fault]:
    """Return every fault of *value* as a record of *kind*, with its place.

    Fields that storegen fills in while loading are unknown keys here.
    """
    return list(_faults(value, kind, (), zone))


def blank_faults(blanks: Iterable[Blank], value: Value, kind: Any) -> list[Fault]:  # noqa: ANN401
    """Return the faults of YAML keys without a value: unknown keys, and keys created by a comma in braces."""
    return [fault for blank in blanks for fault in _blank_faults(blank, value, kind)]


def _blank_faults(blank: Blank, value: Value, kind: Any) -> typing.Iterator[Fault]:  # noqa: ANN401
    key = str(blank.place[-1])
    known = _known_keys(value, kind, blank.place[:-1])
    refused = known is not None and key not in known
    if refused or blank.before is not None:
        what = f"is not a known key{suggest(key, known or ())}" if refused else "has no value"
        yield blank.place, f'"{_short(key)}" {what}{_comma(blank, value, kind)}'


def _comma(blank: Blank, value: Value, kind: Any) -> str:  # noqa: ANN401
    """Return the advice for a comma inside braces that began a new YAML key, as in ``{price: 29,90}``."""
    before, key = blank.before, str(blank.place[-1])
    if before is None:
        return ""
    begins = "; inside {} a comma begins a new key"
    near, hint = _at(value, kind, blank.place[:-1])
    names = [name for name, item in near.items() if item == before] if isinstance(near, dict) else []
    if names and before[-1:].isdigit() and _takes_text(*_at(near, hint, (names[-1],))):
        return f'{begins}: put the text in quotes: "{_short(before)},{_short(key)}"'
    if before and _NUMBER.match(f"{before[-1]},{key}"):
        point = "" if _THOUSANDS.match(key) else "."
        return f"{begins}: write {_short(before)}{point}{_short(key)}, not {_short(before)},{_short(key)}"
    return f"{begins}: put a text with a comma in quotes"


def _known_keys(value: Value, hint: Any, place: Place) -> set[str] | None:  # noqa: ANN401
    """Return the YAML keys that are allowed at a place, or None if any key is allowed or the type is unknown."""
    value, hint = _at(value, hint, place)
    hint = arm_for(value, hint)
    return set(written_fields(hint)) if is_record(hint) else None


def _entry_type(hint: Any, step: str | int) -> Any:  # noqa: ANN401
    """Return the type of a list's entry. In a translation, a section may be named by its kind, as in ``featured 2``."""
    kind = str(step).partition(" ")[0]
    return hints_of(hint)[kind] if kind in getattr(hint, "EXACTLY_ONE", ()) else hint


def _at(value: Value, hint: Any, place: Place) -> tuple[Value, Any]:  # noqa: ANN401
    """Return the value at a place and its type. The type is None if it is unknown."""
    for step in place:
        hint = without_marks(arm_for(value, hint))
        if is_record(hint):
            hint = hints_of(hint).get(str(step))
        elif typing.get_origin(hint) is tuple:
            hint = _entry_type(typing.get_args(hint)[0], step)
        elif isinstance(hint, type) and issubclass(hint, Names):
            hint = str
        else:
            hint = typing.get_args(hint)[1] if typing.get_args(hint)[1:] else None
        if isinstance(value, dict):
            value = value.get(str(step))
        else:
            value = value[step] if isinstance(value, list) and isinstance(step, int) else None
    return value, hint


def cut_faults(cuts: Iterable[Cut], value: Value, kind: Any) -> list[Fault]:  # noqa: ANN401
    """Return what a comment probably cuts off from the texts of a record, with the remedy."""
    return [(cut.place, _cut_fault(cut)) for cut in cuts if _takes_text(*_at(value, kind, cut.place))]


def _takes_text(value: Value, hint: Any) -> bool:  # noqa: ANN401
    bare = without_marks(arm_for(value, hint))
    return bare is str or (isinstance(bare, type) and issubclass(bare, Names | Swatch))


def _cut_fault(cut: Cut) -> str:
    read = f'only "{_short(cut.text)}" is read' if cut.text else "nothing is read"
    whole = _short(f"{cut.text} {cut.rest}".strip().replace('"', "'"))
    return f'{read}, because " #" begins a comment; put the text in quotes: "{whole}"'


def _scalar(zone: dt.tzinfo, kind: type[Any], value: object) -> object:
    if isinstance(value, str) or issubclass(kind, Names):
        return kind.parse(value, zone)
    raise ValueError(f"expected one value, found {describe(value)}")


def _faults(value: Value, hint: Any, place: Place, zone: dt.tzinfo) -> typing.Iterator[Fault]:  # noqa: ANN401
    hint = arm_for(value, hint)
    one_line, hint = mark_of(hint, OneLine), without_marks(hint)
    origin = typing.get_origin(hint)
    if is_record(hint):
        yield from _record_faults(value, hint, place, zone)
    elif origin is tuple:
        yield from _list_faults(value, typing.get_args(hint)[0], place, zone)
    elif origin is Literal:
        yield from _word_faults(value, typing.get_args(hint), place)
    elif isinstance(origin, type) and issubclass(origin, Mapping):
        yield from _mapping_faults(value, typing.get_args(hint), place, zone)
    elif hint is str:
        if not isinstance(value, str):
            yield place, f"expected text, found {describe(value)}"
        elif one_line and (fault := line_fault(value.rstrip("\r\n"))):
            yield place, fault
    else:
        try:
            _scalar(zone, hint, value)
        except ValueError as error:
            pasted = pasted_fault(value) if isinstance(value, str) else ""
            message = str(error).replace(str(value), _short(str(value)))
            yield place, f"{message}; {pasted}" if pasted else message


def _record_faults(value: Value, kind: type[msgspec.Struct], place: Place, zone: dt.tzinfo) -> typing.Iterator[Fault]:
    known = written_fields(kind)
    if not isinstance(value, dict):
        keys = ", ".join(list(known)[:4])
        expected = f"keys such as {keys}" if known else "nothing, for there is nothing to set here"
        yield place, f"expected {expected}; found {describe(value)}"
        return
    required = required_fields(kind)
    for key, item in value.items():
        if key not in known:
            yield (*place, key), unknown_key(key, known, kind)
        elif key in required or not is_blank(item):
            yield from _faults(item, known[key], (*place, key), zone)
    for name in known:
        if name in required and name not in value:
            yield place, f'"{name}" is missing'


def unknown_key(key: str, known: Iterable[str], kind: type[msgspec.Struct]) -> str:
    """Return the message for an unknown YAML key of a record of *kind*, with the key that was probably meant."""
    former: Mapping[str, str] = getattr(kind, "FORMER_NAMES", {})
    if fault := pasted_fault(key):
        return f'"{without_pasted(key)}" is not read as a key: {fault}'
    if key in former:
        return f'"{key}" is now called "{former[key]}"'
    if not (names := tuple(known)):
        return f'"{key}" is not a known key; there is nothing to set here'
    return f'"{key}" is not a known key{suggest(key, names) or hint_of(kind)}'


def hint_of(kind: Any) -> str:  # noqa: ANN401
    """Return where a record's other facts belong, for a key without a similar one."""
    hint: str = getattr(kind, "OTHER_KEYS", "")
    return f"; {hint}" if hint else ""


def _list_faults(value: Value, hint: Any, place: Place, zone: dt.tzinfo) -> typing.Iterator[Fault]:  # noqa: ANN401
    if not isinstance(value, list):
        yield place, f"expected a list, found {describe(value)}{_as_list(value, hint)}"
        return
    for number, item in enumerate(value):
        if not is_blank(item):
            yield from _faults(item, hint, (*place, number), zone)


def _as_list(value: Value, hint: Any) -> str:  # noqa: ANN401
    """Return how a text is written as a list of words."""
    if not isinstance(value, str) or is_record(without_marks(arm_for(value, hint))):
        return ""
    parts = [_in_list(part) for part in value.split(",") if part.strip()]
    return f"; write [{_short(', '.join(parts))}]" if parts else ""


def _in_list(text: str) -> str:
    """Return a text as it is written inside brackets."""
    text = text.strip()
    return f'"{text}"' if re.search(r"[]\[{}#&*!|>%@`\"']|: ", text) else text


def _mapping_faults(value: Value, hints: tuple[Any, Any], place: Place, zone: dt.tzinfo) -> typing.Iterator[Fault]:
    if not isinstance(value, dict):
        yield place, f"expected names with values, found {describe(value)}"
        return
    for key, item in value.items():
        if not is_blank(item):
            yield from _faults(key, hints[0], (*place, key), zone)
            yield from _faults(item, hints[1], (*place, key), zone)


def _word_faults(value: Value, words: tuple[str, ...], place: Place) -> typing.Iterator[Fault]:
    if not isinstance(value, str):
        yield place, f"expected one of {', '.join(words)}; found {describe(value)}"
    elif value not in words:
        fault = pasted_fault(value)
        remedy = f"; {fault}" if fault else suggest(value, words)
        yield place, f"expected one of {', '.join(words)}; found {describe(value)}{remedy}"


class FaultyPlaces(msgspec.Struct, frozen=True):
    """The places of a record that had a fault when it was read. Their values are missing or are examples."""

    places: frozenset[Place] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.places)

    def __or__(self, other: FaultyPlaces) -> FaultyPlaces:
        return FaultyPlaces(self.places | other.places) if other else self

    def covers(self, place: Place) -> bool:
        """Return whether a place is faulty, lies within a faulty place, or contains one.

        The empty place, which means the whole record, is never faulty.
        """
        return bool(self.places and place) and any(_related(place, each) for each in self.places)

    def touches(self, *fields: str) -> bool:
        """Return whether any of these fields is faulty. ``variants.price`` means the price of any variant."""
        if not self.places:  # the usual case
            return False
        names = [tuple(step for step in place if isinstance(step, str)) for place in self.places]
        return any(_related(tuple(field.split(".")), name) for field in fields for name in names)


NO_FAULTY_PLACES = FaultyPlaces()


class ReadRecord(NamedTuple, Generic[T]):
    """A record without its faulty parts, the values that it was made from, and what was wrong."""

    record: T
    values: dict[str, Value]
    faults: Sequence[Fault] = ()
    faulty_places: FaultyPlaces = NO_FAULTY_PLACES


def read_record(
    value: dict[str, Value], kind: type[T], zone: dt.tzinfo, loaded: Mapping[str, Any] = _NOTHING
) -> ReadRecord[T]:
    """Return *value* as a record of *kind*. Its faulty parts are left out, or replaced by examples.

    *loaded* are the fields that editors can't write. Raises ValidationError or RecursionError if the value is nested
    too deep.
    """
    try:
        if loaded_fields(kind).isdisjoint(value):
            return ReadRecord(make_record({**value, **loaded}, kind, zone), value)
        faults = find_faults(value, kind, zone)
    except (msgspec.ValidationError, RecursionError) as error:
        faults = find_faults(value, kind, zone) or [((), str(error))]
    values, faulty_places = mend(value, kind, faults)
    return ReadRecord(make_record({**values, **loaded}, kind, zone), values, faults, faulty_places)


def _related(one: Place, other: Place) -> bool:
    common = min(len(one), len(other))
    return one[:common] == other[:common]


def mend(
    value: Mapping[str, Value], kind: type[msgspec.Struct], faults: Iterable[Fault]
) -> tuple[dict[str, Value], FaultyPlaces]:
    """Return *value* without its faulty parts, so that it can become a record, and the places of these parts.

    Where a field is required, and in lists, an example value replaces the faulty one. So list indexes stay the same.
    """
    faulty_places: set[Place] = set()
    mended = _mend_keys(dict(value), kind, (), frozenset(place for place, _ in faults), faulty_places)
    return mended, FaultyPlaces(frozenset(faulty_places))


def _mend(value: Value, hint: Any, place: Place, wrong: frozenset[Place], faulty_places: set[Place]) -> Value:  # noqa: ANN401
    """Return a value without its faulty parts, or None if nothing remains."""
    hint = without_marks(arm_for(value, hint))
    if is_record(hint) and isinstance(value, dict):
        return _mend_keys(value, hint, place, wrong, faulty_places)
    if place in wrong:
        faulty_places.add(place)
        return None
    if isinstance(value, list) and typing.get_origin(hint) is tuple:
        part = typing.get_args(hint)[0]
        items = [_mend(item, part, (*place, number), wrong, faulty_places) for number, item in enumerate(value)]
        pairs = zip(items, value, strict=True)
        return [_example(part) if item is None and not is_blank(was) else item for item, was in pairs]
    if isinstance(value, dict) and is_mapping(hint):
        part = typing.get_args(hint)[1]
        faulty_places |= (found := {(*place, key) for key in value} & wrong)
        kept = {key: item for key, item in value.items() if (*place, key) not in found}
        mended = {key: _mend(item, part, (*place, key), wrong, faulty_places) for key, item in kept.items()}
        return {key: item for key, item in mended.items() if item is not None}
    return value


def _mend_keys(
    value: dict[str, Value],
    kind: type[msgspec.Struct],
    place: Place,
    wrong: frozenset[Place],
    faulty_places: set[Place],
) -> dict[str, Value]:
    known = written_fields(kind)
    mended: dict[str, Value] = {}
    for key, item in value.items():
        if key in known:
            if (left := _mend(item, known[key], (*place, key), wrong, faulty_places)) is not None:
                mended[key] = left
        else:
            faulty_places |= {(*place, key), (*place, nearest(key, known.keys() - value.keys()) or key)}
    for name in required_fields(kind) - mended.keys():
        faulty_places.add((*place, name))
        mended[name] = _example(known[name])
    return mended


def _example(hint: Any) -> Value:  # noqa: ANN401
    """Return a valid value of a type."""
    hint = without_marks(arms_of(hint)[0])
    if is_record(hint):
        return _mend_keys({}, hint, (), frozenset(), set())
    if typing.get_origin(hint) is Literal:
        word: str = typing.get_args(hint)[0]
        return word
    if typing.get_origin(hint) is tuple or (isinstance(hint, type) and issubclass(hint, Names)):
        return []
    if is_mapping(hint):
        return {}
    return hint.EXAMPLES[0] if isinstance(hint, type) and issubclass(hint, Scalar) else "…"


def describe(value: object) -> str:
    """Return a short description of a value for the "found" part of an error message."""
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return "keys with values"
    return "a list" if isinstance(value, list) else f'"{_short(str(value))}"'


def _short(text: str) -> str:
    """Return a value shortened to one line for an error message."""
    line = " ".join(text.split())
    return line if len(line) <= SHOWN else f"{line[:SHOWN]}…"
