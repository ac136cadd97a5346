"""What an offer is about, and when it runs."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from storegen.model.clock import Clock
from storegen.model.offer import runs
from tests.records import HELSINKI, offer, product

RING = product("ring", category=["rings/bands"], tags=["silver", "new"])


@pytest.mark.parametrize(
    ("about", "covered"),
    [
        ({}, True),
        ({"everything": "yes"}, True),
        ({"everything": "no", "tags": ["gold"]}, False),
        ({"products": ["ring"]}, True),
        ({"products": ["chain"]}, False),
        ({"tags": ["silver"]}, True),
        ({"tags": ["gold", "new"]}, True),
        ({"categories": ["rings"]}, True),
        ({"categories": ["rings/bands"]}, True),
        ({"categories": ["rings/bands/wide"]}, False),
        ({"categories": ["ring"]}, False),  # a name that another begins with
        ({"categories": ["chains", "rings"]}, True),
        ({"everything": "yes", "excluding": ["ring"]}, False),
        ({"products": ["ring"], "excluding": ["ring"]}, False),
        ({"categories": ["rings"], "excluding": ["chain"]}, True),
        ({"excluding": ["ring"]}, False),
    ],
)
def test_offer_covers_what_it_names_but_what_it_excludes(about: dict[str, Any], *, covered: bool) -> None:
    assert offer(percent="10", **about).covers(RING) is covered


@pytest.mark.parametrize(
    ("times", "running"),
    [
        ({}, True),
        ({"starts": "2026-11-25 12:00"}, True),
        ({"starts": "2026-11-25 12:01"}, False),
        ({"ends": "2026-11-25 12:01"}, True),
        ({"ends": "2026-11-25 12:00"}, False),
        ({"starts": "2026-11-24", "ends": "2026-11-25"}, True),
        ({"starts": "2026-11-26", "ends": "2026-11-26"}, False),
    ],
)
def test_offer_runs_from_its_start_until_its_end(times: dict[str, str], *, running: bool) -> None:
    clock = Clock(dt.datetime(2026, 11, 25, 12, tzinfo=HELSINKI))

    assert runs(offer(percent="10", **times), clock) is running


@pytest.mark.parametrize(
    ("fields", "has_page"),
    [
        ({"kind": "volume"}, False),
        ({"kind": "volume", "page": "yes"}, True),
        ({"kind": "first_purchase"}, True),
        ({"kind": "first_purchase", "page": "no"}, True),
    ],
)
def test_offer_for_a_first_purchase_always_has_a_page(fields: dict[str, str], *, has_page: bool) -> None:
    assert offer(**fields).has_page is has_page
