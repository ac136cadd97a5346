"""The list of duties of the law that storegen check prints."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from storegen.duties.duty import SEEN, Mark
from storegen.errors import Problem, counted
from storegen.views.duties import DutyStatus, State

_SHOWN = 5  # countries of a duty
_UNMET = 10  # warnings of a plain check
_TITLES: dict[State, str] = {
    "missing": "Missing:",
    "yours": "Only you can do or judge:",
    "met": "Met:",
    "later": "Not in force yet:",
    "off": "Turned off in site.yaml:",
}
_MARKS: dict[Mark, str] = {
    "text": "the text of the law was read",
    "report": "a second source was read",
    "known": "from the statute cited, not read again",
    "open": "not established",
}


def duty_lines(statuses: Sequence[DutyStatus]) -> Iterator[str]:
    """Yield the duties of a shop by their state, each with what it asks, how it is met or what is missing."""
    yield f"Duties of the law, by sources read until {SEEN}. This is not legal advice."
    if not statuses:
        yield "No duty of the list binds this shop; write company.country and delivery.methods.countries in site.yaml."
    for state, title in _TITLES.items():
        found = [status for status in statuses if status.state == state]
        if found:
            yield ""
            yield title
        for status in found:
            yield from _lines(status)


def unmet_lines(statuses: Sequence[DutyStatus]) -> Iterator[str]:
    """Yield warnings about unmet duties, the first ones in full. What several files lack is one warning."""
    lines = [
        f"warning: {line} ({status.duty.id})"
        for status in statuses
        if status.state == "missing"
        for line in _grouped(status.problems)
    ]
    yield from lines[:_UNMET]
    if len(lines) > _UNMET:
        yield f"warning: {len(lines) - _UNMET} more about duties of the law; storegen check --duties lists them"


def _grouped(problems: Sequence[Problem]) -> Iterator[str]:
    """Yield what several files lack once, with the first of them and the number of the others."""
    places: dict[tuple[str, str], list[Problem]] = {}
    for problem in problems:
        places.setdefault((problem.field, problem.message), []).append(problem)
    for first, *others in places.values():
        yield f"{first}; the same in {counted(len(others), 'other file')}" if others else str(first)


def duties_json(statuses: Sequence[DutyStatus]) -> str:
    """Return the duties with all facts about them as JSON."""
    return msgspec.json.format(msgspec.json.encode(statuses), indent=2).decode()


def _lines(status: DutyStatus) -> Iterator[str]:
    duty = status.duty
    names = [*status.countries[:_SHOWN], *(["…"] if len(status.countries) > _SHOWN else [])]
    since = f", since {duty.since}" if duty.since else ""
    yield f"  {duty.id}: {duty.title} ({' '.join(names)}{since})"
    yield f"    {duty.what}"
    yield from (f"    {line}" for line in _grouped(status.problems))
    if status.how:
        yield f"    {'also yours' if status.state == 'missing' else status.state}: {status.how}"
    yield f"    {duty.source} ({_MARKS[duty.mark]})"
