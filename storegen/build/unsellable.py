"""The articles that a payment provider can't sell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from storegen.checkout.links import PaymentLinks
from storegen.errors import Problem
from storegen.load.sources import article_problem, line_of
from storegen.model.product import variants_of
from storegen.views.catalog import Catalog
from storegen.views.items import item_of
from storegen.views.prices import price_tags
from storegen.views.shop import Shop

_EACH = 3  # up to this number, articles without a payment link are reported one by one; more are one problem


class Unsellable(NamedTuple):
    """Why a provider can't sell an article. *name* is the product in *file*."""

    file: str
    name: str
    sku: str
    message: str


def unsellable(site: Path, catalog: Catalog) -> Iterator[Problem]:
    """Yield why the chosen providers can't sell articles, with the remedy."""
    rows = catalog.shop.content.products.rows
    found = [
        Unsellable(rows[name].file, name, sku, message)
        for name, summary in catalog.summaries.items()
        for sku, message in summary.faults
    ]
    return _grouped(site, catalog.shop, found)


def surely_unsellable(site: Path, shop: Shop, problems: Sequence[Problem]) -> Iterator[Problem]:
    """Yield why articles can't be sold, for products without mistakes whose prices no mistake can change."""
    files = {problem.file for problem in problems}
    faulty = [offer for offer in shop.store.offers if offer.file in files]
    entries = [problem.field for problem in problems if problem.file.startswith("content/checkout/")]
    lost = {file for file in files if file.startswith("content/offers/")} - {offer.file for offer in faulty}
    kinds = {problem.file for problem in problems if problem.field == "kind"}
    sales = [offer for offer in faulty if offer.kind == "sale" or offer.file in kinds]
    if lost or not all(entries):
        return
    found: list[Unsellable] = []
    for name, row in shop.content.products.rows.items():
        if row.file in files or not all(file in shop.store.media for file, shown in row.media if shown):
            continue
        product = shop.content.products[name]
        if any(offer.covers(product) for offer in sales):
            continue
        variants = variants_of(product)
        for variant, tag in zip(variants, price_tags(shop, product, variants), strict=True):
            if any(f"{field}.".startswith(f"{variant.sku}.") for field in entries):
                continue
            faults = shop.provider.faults(item_of(shop, product, variant, tag))
            found += [Unsellable(row.file, name, variant.sku, message) for message in faults]
    yield from _grouped(site, shop, found)


def _grouped(site: Path, shop: Shop, found: Sequence[Unsellable]) -> Iterator[Problem]:
    """Yield a problem for each article, but only one for many articles without a provider's payment link."""
    rest = list(found)
    for provider in shop.provider.providers:
        if not isinstance(provider, PaymentLinks):
            continue
        unlinked = dict.fromkeys(each for each in rest if each.message == provider.unlinked([each.sku]))
        if len(unlinked) > _EACH:
            rest = [each for each in rest if each not in unlinked]
            message = provider.unlinked([each.sku for each in unlinked])
            place = ("checkout", "provider")
            yield Problem("site.yaml", line_of(site, "site.yaml", place), ".".join(place), message)
    for each in rest:
        yield article_problem(site, each.file, each.name, (each.sku, "sku"), each.message)
