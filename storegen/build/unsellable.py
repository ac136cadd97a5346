"""Articles that a payment provider can't sell: sold by the next one, or by none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from storegen.build.unhonoured import unhonoured
from storegen.checkout import ways_of
from storegen.checkout.refusals import Refused, cause_of, causes_of
from storegen.errors import Problem
from storegen.load.sources import article_problem, line_of
from storegen.model.product import Product, variants_of
from storegen.views.catalog import Catalog, refused_of
from storegen.views.items import item_of
from storegen.views.prices import price_tags
from storegen.views.shop import Shop


class _Articles(msgspec.Struct):
    """The refused articles of a shop, the product of each article, and the number of all articles."""

    refused: list[Refused] = []
    products: dict[str, str] = {}
    sold: int = 0

    def add(self, name: str, refused: Sequence[Refused], sold: int = 0) -> None:
        """Add the articles of the product *name*."""
        self.refused += refused
        self.products.update((each.sku, name) for each in refused)
        self.sold += sold


def unsellable(site: Path, catalog: Catalog) -> Iterator[Problem]:
    """Yield why no provider can sell articles, with the remedy."""
    return _problems(site, catalog.shop, _articles(catalog))


def handed_on(catalog: Catalog) -> Iterator[str]:
    """Yield one line for each reason why articles are sold by other providers than the shop lists."""
    found = _articles(catalog)
    for group in causes_of([each for each in found.refused if each.sellers]):
        cause = cause_of(group, _offer_name(catalog.shop, group), found.sold)
        ways = ways_of(dict.fromkeys(name for each in group for name in each.sellers))
        remedy = group[0].refusal.remedy
        yield f"{cause}, so they are sold {ways}" + (f": {remedy}" if remedy else "")


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
    found = _Articles()
    for name, row in shop.content.products.rows.items():
        if row.file in files or not all(file in shop.store.media for file, shown in row.media if shown):
            continue
        product = shop.content.products[name]
        if any(offer.covers(product) for offer in sales):
            continue
        found.add(name, _refused(shop, product, entries))
    yield from _problems(site, shop, found)


def _refused(shop: Shop, product: Product, faulty: Sequence[str]) -> list[Refused]:
    """Return the refused articles of a product. *faulty* are the fields of faulty entries in content/checkout."""
    variants = variants_of(product)
    priced = zip(variants, price_tags(shop, product, variants), strict=True)
    return [
        refused
        for variant, tag in priced
        if not any(f"{field}.".startswith(f"{variant.sku}.") for field in faulty)
        for refused in refused_of(shop, item_of(shop, product, variant, tag))
    ]


def _articles(catalog: Catalog) -> _Articles:
    found = _Articles()
    for name, summary in catalog.summaries.items():
        found.add(name, summary.refused, summary.sold)
    return found


def _problems(site: Path, shop: Shop, found: _Articles) -> Iterator[Problem]:
    """Yield a problem for each reason why no provider can sell articles, without offers that no provider honours."""
    lost = {problem.file for problem in unhonoured(site, shop)}
    several = len(shop.provider.providers) > 1
    own = shop.provider.carries_offers or shop.provider.cart == "provider"  # a shop has one cart
    for group in causes_of([each for each in found.refused if not each.sellers]):
        offer = shop.content.offers.get(group[0].refusal.offer)
        if offer is not None and offer.file in lost:
            continue
        cause = cause_of(group, _offer_name(shop, group))
        other = "" if own else "; or add order to checkout.provider"
        one = " (one provider that sells them is enough)" if several else ""
        remedy = group[0].refusal.remedy or "name less there, or let another provider sell them"
        yield _problem(site, shop, found, group, f"{cause}: {remedy}{other}{one}")


def _problem(site: Path, shop: Shop, found: _Articles, group: Sequence[Refused], message: str) -> Problem:
    """Return a problem at the offer that causes it, else at the only article, else at the list of providers."""
    offer = shop.content.offers.get(group[0].refusal.offer)
    if offer is not None:
        return Problem(offer.file, line_of(site, offer.file, ("name",)), "name", message)
    if len(group) == 1:
        sku, name = group[0].sku, found.products[group[0].sku]
        return article_problem(site, shop.content.products.rows[name].file, name, (sku, "sku"), message)
    place = ("checkout", "provider")
    return Problem("site.yaml", line_of(site, "site.yaml", place), ".".join(place), message)


def _offer_name(shop: Shop, group: Sequence[Refused]) -> str:
    """Return the name of the offer that causes a refusal. An offer that is gone has only its id."""
    name = group[0].refusal.offer
    offer = shop.content.offers.get(name)
    return offer.name if offer else name
