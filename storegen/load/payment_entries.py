"""Read content/checkout: what each payment provider needs to know of the articles."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from storegen.blanks import is_blank
from storegen.checkout import ENTRIES, entry_faults, links_faults
from storegen.errors import Problem, suggest
from storegen.fields import find_faults, read_record
from storegen.load.entries import LoadSettings
from storegen.load.sources import Source
from storegen.model.payment import CartExtras, PayEntry, PayLink
from storegen.yaml import Place, Value

_NAMED = 5  # the number of entries that a warning names


class PaymentEntries(NamedTuple):
    """The entries by provider and article number, without faulty ones.

    In other markets, the name of a provider ends with the market: ``stripe.SE``.
    """

    entries: dict[str, dict[str, PayEntry]]
    problems: list[Problem]
    warnings: list[str]


def read_payment_entries(
    sources: Iterable[Source], settings: LoadSettings, numbers: Callable[[], AbstractSet[str]]
) -> PaymentEntries:
    """Return the entries of all files. *numbers* returns all article numbers; it is called only if it is needed."""
    read = PaymentEntries({}, [], [])
    for source in sources:
        if source.stem not in ENTRIES:
            known = ", ".join(f"{name}.yaml" for name in ENTRIES)
            message = f"not a provider whose articles are read; expected one of {known}{suggest(source.stem, ENTRIES)}"
            read.problems.append(source.problem((), message))
            continue
        _, *markets, _ = PurePosixPath(source.file).name.split(".")
        if wrong := [name for name in markets if name not in settings.config.markets]:
            known = f" (there are {', '.join(settings.config.markets)})" if settings.config.markets else ""
            message = (
                f'no market "{wrong[0]}" in markets of site.yaml{suggest(wrong[0], settings.config.markets)}{known}'
            )
            read.problems.append(source.problem((), message))
            continue
        if source.stem in settings.config.checkout.provider:
            read.warnings.extend(_strangers(source, numbers()))
        kind: Any = ENTRIES[source.stem]
        read.problems.extend(source.blank_problems(Mapping[str, kind | tuple[kind, ...]]))
        table = read.entries.setdefault(".".join((source.stem, *markets)), {})
        for sku, value in source.data.items():
            if not is_blank(value) and (entry := _entry(source, sku, value, settings, read.problems)) is not None:
                table[sku] = entry
    return read


def _entry(source: Source, sku: str, value: Value, settings: LoadSettings, problems: list[Problem]) -> PayEntry | None:
    """Return one entry. Mistakes are added to the problems."""
    if ENTRIES[source.stem] is CartExtras:
        found = _one(source, (sku,), value, settings, problems)
        return found if isinstance(found, CartExtras) else None
    several = isinstance(value, list)
    values = value if isinstance(value, list) else [value]
    if not values:
        problems.append(source.problem((sku,), "expected at least one link, found an empty list"))
        return None
    read = [
        _one(source, (sku, place) if several else (sku,), each, settings, problems) for place, each in enumerate(values)
    ]
    links = tuple(each for each in read if isinstance(each, PayLink))
    if len(links) < len(values):
        return None
    wrong = [*links_faults(links)] if len(links) > 1 else []
    problems.extend(source.problem((sku, place, *filter(None, (field,))), message) for place, field, message in wrong)
    return None if wrong else links


def _one(
    source: Source, place: Place, value: Value, settings: LoadSettings, problems: list[Problem]
) -> PayLink | CartExtras | None:
    """Return a link, or the settings of an article. A plain text is a link. Mistakes are added to the problems."""
    kind = ENTRIES[source.stem]
    data: Value = {"link": value} if isinstance(value, str) and kind is PayLink else value
    if not isinstance(data, dict):
        found = find_faults(data, kind, settings.zone)
        problems.extend(source.problem((*place, *at), message) for at, message in found)
        return None
    entry, _, faults, faulty_places = read_record(data, kind, settings.zone)
    problems.extend(source.problem((*place, *at), message) for at, message in faults)
    if faulty_places.touches("link", "variant") or (kind is CartExtras and settings.faulty_places.touches("currency")):
        return None
    errors = entry_faults(source.stem, entry, settings.config.currency)
    wrong = [(tuple(filter(None, field.split("."))), message) for field, message in errors]
    problems.extend(source.problem((*place, *at), message) for at, message in wrong if not faulty_places.covers(at))
    return None if faults or wrong else entry


def _strangers(source: Source, numbers: AbstractSet[str]) -> Iterator[str]:
    """Yield the entries of a content/checkout file without a product. Each may be a typing mistake."""
    strangers = [sku for sku in source.data if sku not in numbers]
    for sku in strangers[:_NAMED]:
        yield str(source.problem((sku,), f"no product has this article number{suggest(sku, numbers)}"))
    if len(strangers) > _NAMED:
        yield f"{source.file}: {len(strangers) - _NAMED} more entries are of no product"
