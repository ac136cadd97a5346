"""Check digits of tracking numbers: six methods of calculation.

The same as in themes/default/components/parcel/check-digits.mjs. Both are tested with tests/vectors/tracking.json.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from storegen.model.carrier import CheckDigit

_SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_S10 = (8, 6, 4, 2, 3, 5, 9, 7)  # UPU S10, "Identification of postal items"


def proves(check: CheckDigit, number: str) -> bool:
    """Return whether a number of the right form has the correct check digit."""
    place = len(number) - check.after - 1
    return expected(check, check.prefix + number[check.skip : place]) == number[place]


def expected(check: CheckDigit, signs: str) -> str:
    """Return the check digit of a sequence of characters."""
    match check.kind:
        case "mod10":
            return str(-sum(_weighted(signs, check.weights)) % 10)
        case "mod11-10":
            return str(sum(_weighted(signs, check.weights)) % 11 % 10)
        case "mod7":
            return str(int(signs) % 7)
        case "luhn":
            return str(-sum(sum(divmod(value, 10)) for value in _weighted(signs[::-1], (2, 1))) % 10)
        case "s10":
            rest = 11 - sum(_weighted(signs, _S10)) % 11
            return {10: "0", 11: "5"}.get(rest, str(rest))
        case "mod37-36":
            return _mod_37_36(signs)


def _weighted(signs: str, weights: tuple[int, ...]) -> Iterator[int]:
    """Yield each character's value times its weight. A letter's value is its ASCII code minus 3, modulo 10 (UPS)."""
    for sign, weight in zip(signs, itertools.cycle(weights), strict=False):
        yield (int(sign) if sign.isdigit() else (ord(sign) - 3) % 10) * weight


def _mod_37_36(signs: str) -> str:
    """Return the check character by ISO/IEC 7064, MOD 37,36."""
    rest = 36
    for sign in signs:
        rest = (rest + _SIGNS.index(sign)) % 36 or 36
        rest = rest * 2 % 37
    return _SIGNS[(37 - rest) % 36]
