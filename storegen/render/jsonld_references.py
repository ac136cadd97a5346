"""References in structured data: what several variants' offers have in common is written once, with an id."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

# The properties of offers that variants usually share, and the ids of their values. Google's example of variants on
# one page does the same (developers.google.com/search/docs/appearance/structured-data/product-variants, 2026-11).
_SHARED: Mapping[str, str] = {"shippingDetails": "shipping", "hasMerchantReturnPolicy": "returns"}


def with_references(group: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return a product group, followed by what its variants' offers share. The offers refer to it."""
    variants: Iterable[Mapping[str, Any]] = group["hasVariant"]
    offers = [each["offers"] for each in variants]
    found = Counter(_key(value) for offer in offers for name in _SHARED for value in _values(offer.get(name, ())))
    nodes: dict[str, dict[str, Any]] = {}
    changed = [
        {**variant, "offers": {**offer, **_references(offer, found, nodes)}}
        for variant, offer in zip(variants, offers, strict=True)
    ]
    return [{**group, "hasVariant": changed}, *nodes.values()]


def _references(offer: Mapping[str, Any], found: Counter[str], nodes: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Return the shared properties of an offer as references, and add their values to *nodes*."""
    changed: dict[str, Any] = {}
    for name, kind in _SHARED.items():
        listed = []
        for value in _values(offer.get(name, ())):
            key = _key(value)
            if found[key] > 1:
                node = nodes.setdefault(key, {**value, "@id": f"#{kind}-{len(nodes) + 1}"})
                listed.append({"@id": node["@id"]})
            else:
                listed.append(value)
        if listed:
            changed[name] = listed if isinstance(offer[name], list) else listed[0]
    return changed


def _values(value: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - a property's value, or a list of values
    return list(value) if isinstance(value, list | tuple) else [value]


def _key(value: Mapping[str, Any]) -> str:
    return json.dumps(value, sort_keys=True)
