"""The carriers that storegen knows, each in a file of this package, and the carriers that a shop chose."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from msgspec.structs import replace

from storegen.errors import suggest
from storegen.fields import make_record
from storegen.model.carrier import Carrier, NumberFormat, OwnCarrier
from storegen.model.number_pattern import NumberPattern
from storegen.model.origin import origin_of
from storegen.model.scalars import Url
from storegen.model.tracking import Tracking
from storegen.yaml import Place, load_yaml

_FOLDER = Path(__file__).parent / "carriers"
_HELP = " (storegen track --list names all; your own is written {id: bob, name: Bob's vans, link: https://…/{number}})"


@functools.cache
def known_ids() -> tuple[str, ...]:
    """Return the ids of all known carriers in alphabetical order."""
    return tuple(sorted(file.stem for file in _FOLDER.glob("*.yaml")))


@functools.cache
def load_carrier(name: str) -> Carrier:
    """Return the known carrier with this id."""
    value = load_yaml((_FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    assert isinstance(value, dict)
    return make_record({**value, "id": name}, Carrier, dt.UTC)


def all_carriers() -> tuple[Carrier, ...]:
    """Return all known carriers. Those that also recognise parcels of other carriers come last."""
    return tuple(sorted(map(load_carrier, known_ids()), key=lambda carrier: carrier.fallback))


def chosen_carriers(tracking: Tracking) -> tuple[Carrier, ...]:
    """Return the carriers that a shop chose, in its order. `carrier_faults` yields invalid choices."""
    return tuple(load_carrier(each) if isinstance(each, str) else _own(each) for each in tracking.carriers)


def carrier_name(written: str, tracking: Tracking) -> str:
    """Return the name of a carrier that is given by its id, such as ``posti``. Any other text is a name already."""
    name = written.casefold()
    own = next((each for each in tracking.carriers if isinstance(each, OwnCarrier) and each.id == name), None)
    if own is not None:
        return _own(own).name
    return load_carrier(name).name if name in known_ids() else written


def carrier_faults(tracking: Tracking) -> Iterator[tuple[Place, str]]:
    """Yield errors in ``tracking.carriers`` with their places: unknown and duplicate carriers."""
    seen: set[str] = set()
    for number, each in enumerate(tracking.carriers):
        name = each if isinstance(each, str) else each.id
        if name in seen:
            yield ("carriers", number), f'"{name}" is given twice'
        seen.add(name)
        if isinstance(each, str) and each not in known_ids():
            yield ("carriers", number), f'no carrier "{each}"{near_id(each)}{_HELP}'
        elif isinstance(each, OwnCarrier) and not each.name and each.id not in known_ids():
            yield ("carriers", number), '"name" is missing'


def near_id(name: str, ids: Iterable[str] = ()) -> str:
    """Return ``, did you mean "x"?`` with the most similar of all known and other ids, or an empty string.

    A first word that several ids share stands for all of them.
    """
    known = sorted({*known_ids(), *ids})
    family = [f'"{each}"' for each in known if each.startswith(f"{name}-")]
    return f", did you mean {' or '.join(family)}?" if family else suggest(name, known)


def _own(own: OwnCarrier) -> Carrier:
    numbers = _formats(own.numbers)
    if own.id in known_ids():
        known = load_carrier(own.id)
        return replace(
            known,
            name=own.name or known.name,
            link=own.link,
            links={},
            numbers=numbers or known.numbers,
            countries=own.countries or known.countries,
        )
    page = Url(f"{origin_of(own.link)}/")
    return Carrier(
        id=own.id, name=own.name, countries=own.countries, page=page, link=own.link, surety="usual", numbers=numbers
    )


def _formats(patterns: Sequence[str]) -> tuple[NumberFormat, ...]:
    return tuple(NumberFormat(pattern=NumberPattern(pattern)) for pattern in patterns)
