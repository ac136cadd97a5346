"""Which duties bind a shop, from its settings: its country, those it delivers to, its size and its goods."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

from storegen.config import Config
from storegen.duties.duty import Duty, Scope, binds
from storegen.duties.table import BY_ID, DUTIES
from storegen.errors import suggest
from storegen.model.clock import Clock


def scope_of(config: Config, goods: Iterable[str] | None = None) -> Scope:
    """Return the scope of a shop. *goods* are the groups of goods it sells; by default, whatever it can send.

    A delivery method without countries counts for the company's own country only: a shop addresses the countries that
    it names (Regulation (EC) 593/2008, article 6).
    """
    named = {code for codes in config.delivery.countries.values() for code in codes}
    named |= {code for market in config.markets.values() for code in market.countries}
    if goods is None:
        goods = ("digital", "reviews", *(("goods",) if config.delivery.countries else ()))
    return Scope(
        seller=config.company.country,
        buyers=frozenset({*named, config.company.country} - {""}),
        staff=None if config.company.staff is None else int(config.company.staff),
        goods=frozenset(goods),
    )


def binding(config: Config, goods: Iterable[str] | None = None) -> Mapping[str, Duty]:
    """Return the duties that bind a shop, by id, also those to come and those that the shop turns off."""
    scope = scope_of(config, goods)
    return {duty.id: duty for duty in DUTIES if binds(duty, scope)}


def drawn_pages(config: Config) -> frozenset[str]:
    """Return the pages that storegen draws for the duties of a shop: ``withdrawal``, ``guarantee`` and ``seller``."""
    found = (duty for name, duty in binding(config).items() if name not in config.duties.off)
    return frozenset(duty.system for duty in found) - {""}


def off_faults(off: Mapping[str, str]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the duties that site.yaml turns off and that don't exist, and those without a reason."""
    for name, reason in off.items():
        if name not in BY_ID:
            yield (
                (name,),
                f'"{name}" is no duty{suggest(name, BY_ID)}; storegen check --duties lists those of this shop',
            )
        elif not reason.strip():
            yield (name,), "expected the reason why this duty doesn't apply to you"


def in_force(duty: Duty, clock: Clock) -> bool:
    """Return whether a duty is in force at the time of the build."""
    since = duty.since
    return since is None or clock.reached(dt.datetime(since.year, since.month, since.day, tzinfo=dt.UTC))
