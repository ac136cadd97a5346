"""A duty of the law as a record: whom it binds, what it asks, where, since when, and by which source."""

from __future__ import annotations

import datetime as dt
from typing import Literal

import msgspec

# How well the words of the law are known. "text": the law's own text or an official site was read. "report": a named
# second source. "known": from the statute cited, not read again. "open": not established; nothing is asked for it.
Mark = Literal["text", "report", "known", "open"]

# The day on which the sources were last read.
SEEN = dt.date(2026, 11, 28)


class Duty(msgspec.Struct, frozen=True, kw_only=True):
    """A duty of a shop.

    It binds shops whose company is in one of the *sellers* countries, or that deliver to one of the *buyers* countries.
    *goods* limits it to shops that sell such goods: ``goods`` is everything that is sent in a parcel, ``digital`` is
    what is not, others are groups of `model.duties.Goods`; ``reviews`` and ``guarantee`` are shops that have some.
    *staff* is the number of people in the company from which it holds.

    *what* is what the law asks, *where* the place in the shop. *drawn* says what pages show without further settings.
    *needs* are fields of site.yaml; with ``|`` between two, one is enough. *page* is the layout of a page in
    content/pages that has to exist. *system* is the page that storegen draws without a file. *rule* is the name of a
    check in `views.duty_checks`. *yours* is what only the merchant can do or judge.
    """

    id: str
    title: str
    sellers: frozenset[str] = frozenset()
    buyers: frozenset[str] = frozenset()
    goods: tuple[str, ...] = ()
    staff: int = 0
    since: dt.date | None = None
    what: str
    where: str
    source: str
    mark: Mark
    seen: dt.date = SEEN
    drawn: str = ""
    needs: tuple[str, ...] = ()
    page: str = ""
    system: str = ""
    rule: str = ""
    yours: str = ""


class Scope(msgspec.Struct, frozen=True, kw_only=True):
    """What decides which duties bind a shop: its country, those it delivers to, its size and its goods.

    *goods* is None while the goods are not known. Duties that depend on goods are then taken to bind the shop.
    """

    seller: str
    buyers: frozenset[str]
    staff: int | None = None
    goods: frozenset[str] | None = None


def binds(duty: Duty, scope: Scope) -> bool:
    """Return whether a duty binds a shop. A company that doesn't state its size may be a large one."""
    if scope.seller not in duty.sellers and duty.buyers.isdisjoint(scope.buyers):
        return False
    if duty.staff and scope.staff is not None and scope.staff < duty.staff:
        return False
    return not duty.goods or scope.goods is None or not scope.goods.isdisjoint(duty.goods)
