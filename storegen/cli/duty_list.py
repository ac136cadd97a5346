"""The list of duties of the law that storegen check prints."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from storegen.duties.duty import SEEN, Mark
from storegen.views.duties import DutyStatus, State

_SHOWN = 5  # problems of a duty; countries of a duty
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
    """Yield warnings about unmet duties, the first ones in full."""
    lines = [
        f"warning: {problem} ({status.duty.id})"
        for status in statuses
        if status.state == "missing"
        for problem in status.problems
    ]
    yield from lines[:_UNMET]
    if len(lines) > _UNMET:
        yield f"warning: {len(lines) - _UNMET} more about duties of the law; storegen check --duties lists them"


def duties_json(statuses: Sequence[DutyStatus]) -> str:
    """Return the duties with all facts about them as JSON."""
    return msgspec.json.format(msgspec.json.encode(statuses), indent=2).decode()


def _lines(status: DutyStatus) -> Iterator[str]:
    duty = status.duty
    names = [*status.countries[:_SHOWN], *(["…"] if len(status.countries) > _SHOWN else [])]
    since = f", since {duty.since}" if duty.since else ""
    yield f"  {duty.id}: {duty.title} ({' '.join(names)}{since})"
    yield f"    {duty.what}"
    for problem in status.problems[:_SHOWN]:
        yield f"    {problem}"
    if len(status.problems) > _SHOWN:
        yield f"    … and {len(status.problems) - _SHOWN} more"
    if status.how:
        yield f"    {'also yours' if status.state == 'missing' else status.state}: {status.how}"
    yield f"    {duty.source} ({_MARKS[duty.mark]})"
