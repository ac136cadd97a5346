"""Recognise the carrier of a tracking number by its form and its check digit.

The same as in themes/default/components/parcel/recognising.mjs. Both are tested with tests/vectors/tracking.json.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from storegen.model.carrier import Carrier
from storegen.tracking.check_digits import proves
from storegen.tracking.links import is_number

# Spaces of all kinds and invisible characters. Written out, because "\s" differs between languages.
_SPACES = re.compile("[\t-\r\x20\x85\xa0\xad\u1680\u2000-\u200f\u2028-\u202f\u205f\u2060\u3000\ufeff]")
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_OTHER = re.compile("[^A-Za-z0-9 -]")
_DIGIT = re.compile("[0-9]")


class Candidate(NamedTuple):
    """A possible carrier, with the number in that carrier's form. *proven* means that the check digit is correct."""

    carrier: Carrier
    number: str
    proven: bool

    @property
    def operator(self) -> str:
        """The postal operator of the number's country, for carriers that recognise other carriers' parcels."""
        return self.carrier.operators.get(self.number[-2:], "")


def clean(text: str) -> str:
    """Return a typed number without spaces and in capitals, empty if it can't be a tracking number."""
    plain = _SPACES.sub("", _plain(text))
    return plain.upper() if is_number(plain) else ""


def meant(text: str, carriers: Sequence[Carrier]) -> str:
    """Return the tracking number in a text: the whole text, or a number among other words, as in a mail or a link.

    A number with spaces in a longer text is accepted only if its check digit is correct. Empty if there is no number.
    """
    whole = clean(text)
    if recognise(whole, carriers) or misread(whole, carriers):
        return whole
    words, rows = _words(text)
    longest = sorted((*words, *rows), key=len, reverse=True)
    proven = (each for each in longest if any(found.proven for found in recognise(each, carriers)))
    known = (each for each in words if recognise(each, carriers))
    near = (each for each in words if misread(each, carriers))
    return next(itertools.chain(proven, known, near), whole)


def recognise(text: str, carriers: Iterable[Carrier]) -> tuple[Candidate, ...]:
    """Return the possible carriers of a number, proven ones first, else in the given order.

    A carrier that also recognises parcels of other carriers is left out if another carrier is proven.
    """
    best: dict[str, Candidate] = {}
    for carrier, form, proven in _fitting(text, carriers):
        if proven is not False and (carrier.id not in best or (proven and not best[carrier.id].proven)):
            best[carrier.id] = Candidate(carrier, form, proven=bool(proven))
    candidates = sorted(best.values(), key=lambda each: not each.proven)
    known = any(each.proven and not each.carrier.fallback for each in candidates)
    return tuple(each for each in candidates if not (known and each.carrier.fallback))


def misread(text: str, carriers: Iterable[Carrier]) -> tuple[Carrier, ...]:
    """Return the carriers whose form fits but whose check digit is wrong, so that a digit may be mistyped."""
    found = [each for each in _fitting(text, carriers) if not each.carrier.fallback]
    right = {each.carrier.id for each in found if each.proven is not False}
    wrong = {each.carrier.id: each.carrier for each in found if each.carrier.id not in right}
    return tuple(wrong.values())


def _words(text: str) -> tuple[list[str], list[str]]:
    """Return the words of a text with digits, and runs of such words, also with the words next to them."""
    words: list[str] = []
    rows: list[str] = []
    for part in _OTHER.split(_SPACES.sub(" ", _plain(text))):
        row = part.upper().split()
        end = 0
        for start, word in enumerate(row):
            if start < end or not _DIGIT.search(word):
                continue
            end = next((place for place in range(start, len(row)) if not _DIGIT.search(row[place])), len(row))
            middle = "".join(row[start:end])
            before, after = "".join(row[max(start - 1, 0) : start]), "".join(row[end : end + 1])
            words += row[start:end]
            rows += [before + middle + after, before + middle, middle + after, middle]
    return [word for word in words if is_number(word)], [row for row in rows if is_number(row)]


def _plain(text: str) -> str:
    return _DASHES.sub("-", unicodedata.normalize("NFKC", text))


class _Fit(NamedTuple):
    """A carrier with a form that a number fits. *proven* is None if the form has no check digit."""

    carrier: Carrier
    number: str
    proven: bool | None


def _fitting(text: str, carriers: Iterable[Carrier]) -> Iterator[_Fit]:
    """Yield every fit, for the number as typed and without its hyphens."""
    dashed = clean(text)
    forms = tuple(form for form in dict.fromkeys((dashed.replace("-", ""), dashed)) if is_number(form))
    for carrier in carriers:
        for each in carrier.numbers:
            for form in forms:
                if re.fullmatch(each.pattern, form):
                    yield _Fit(carrier, form, proves(each.check, form) if each.check else None)
