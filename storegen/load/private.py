"""Private notes of merchants. Only reports read them; they are never in the store."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from storegen.errors import ContentError, suggest
from storegen.fields import describe
from storegen.load.sources import Source, read_sources
from storegen.model.product import Product, variants_of
from storegen.model.scalars import Amount
from storegen.yaml import Place


def read_costs(site: Path, product: Product) -> Mapping[str, Decimal]:
    """Return the costs of a product by article number, from ``private: {cost: 21.40}``. The key "" means all articles.

    *cost* is one amount, or a mapping of article numbers to amounts. Raises ContentError for anything else, or if an
    article does not belong to the product.
    """
    sources = read_sources(site, product.file, [])
    source = next((each for each in sources if not each.place or each.item.slug == product.id), None)
    private = source.data.get("private") if source else None
    found = private.get("cost") if isinstance(private, dict) else None
    if source is None or found is None:
        return {}
    if isinstance(found, dict):
        articles = [variant.sku for variant in variants_of(product)]
        if faults := [
            source.problem(("private", "cost", sku), f'no article "{sku}" in this product{suggest(sku, articles)}')
            for sku in found
            if sku not in articles
        ]:
            raise ContentError(faults)
        return {sku: _amount(source, ("private", "cost", sku), cost) for sku, cost in found.items()}
    return {"": _amount(source, ("private", "cost"), found)}


def _amount(source: Source, place: Place, value: object) -> Decimal:
    try:
        return Amount.parse(value if isinstance(value, str) else describe(value), dt.UTC)
    except ValueError as error:
        raise ContentError([source.problem(place, str(error))]) from None
