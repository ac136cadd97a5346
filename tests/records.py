"""Records as an editor writes them, for tests of what is worked out from them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import msgspec

from storegen.fields import make_record
from storegen.model.offer import Offer
from storegen.model.product import Product

T = TypeVar("T", bound=msgspec.Struct)
HELSINKI = ZoneInfo("Europe/Helsinki")


def record(kind: type[T], fields: Mapping[str, Any], zone: dt.tzinfo = HELSINKI) -> T:
    """Return a record of values as they stand in YAML, where every scalar is a text."""
    return make_record(fields, kind, zone)


def product(name: str = "ring", **fields: Any) -> Product:
    """Return a product whose file has this name; without a price of its own it costs 59.00."""
    given = {"price": "59.00", **fields}
    return record(Product, {"id": name, "file": f"content/products/{name}.yaml", "name": name.title(), **given})


def offer(name: str = "week", **fields: Any) -> Offer:
    """Return an offer whose file has this name."""
    return record(Offer, {"id": name, "file": f"content/offers/{name}.yaml", "name": name.title(), **fields})
