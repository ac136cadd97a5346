"""Warnings about products and offers that do not stop the build, each with its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from decimal import Decimal
from pathlib import Path

from storegen.errors import Problem, some, suggest
from storegen.load.history import HISTORY
from storegen.load.sources import Source, article_problem, record_source
from storegen.model.fields import fields_of
from storegen.model.history import WINDOW
from storegen.model.offer import Offer
from storegen.model.price import Unproven
from storegen.references import split_reference
from storegen.views.catalog import Catalog, ProductSummary
from storegen.views.filters import unknown_facets
from storegen.views.home import home_products
from storegen.views.shop import Shop

_NAMED = 5


def sales_warnings(site: Path, catalog: Catalog) -> Iterator[str]:
    """Yield the warnings about products and offers."""
    yield from _unproven(site, catalog)
    yield from _weightless(site, catalog)
    yield from _excessive(site, catalog)
    yield from _unreachable(site, catalog)
    yield from _unknown_facets(site, catalog)
    yield from _empty_rules(site, catalog)


def article_warning(site: Path, catalog: Catalog, name: str, key: tuple[str, str], message: str) -> Problem:
    """Return a problem with an article of the product *name*. *key* is the article number and the YAML key."""
    return article_problem(site, catalog.shop.content.products.rows[name].file, name, key, message)


def _unproven(site: Path, catalog: Catalog) -> Iterator[str]:
    """Yield one warning for each reason why earlier prices of reductions are left out as unproven."""
    reasons: Mapping[Unproven, str] = {
        "unrecorded": f"{HISTORY} doesn't hold the price of now yet; run storegen prices record",
        "young": f"{HISTORY} doesn't reach back to the {WINDOW.days} days before the reduction",
        "disproved": f"by {HISTORY} the lowest price of the {WINDOW.days} days before was no higher",
    }
    for why, reason in reasons.items():
        found = [
            (name, sku) for name, summary in catalog.summaries.items() for sku, each in summary.unproven if each == why
        ]
        if len(found) == 1:
            [(name, sku)] = found
            message = f"the reduced price of {sku} is shown without the price before: {reason}"
            yield str(article_warning(site, catalog, name, (sku, "price"), message))
        elif found:
            what = f"{len(found)} reduced prices are shown without the price before, such as that of {found[0][1]}"
            yield f"{what}: {reason}"


def _empty_rules(site: Path, catalog: Catalog) -> Iterator[str]:
    """Yield a warning for each rule of a category that no product meets."""
    for category in catalog.shop.ruled:
        if not catalog.by_category[category.id]:
            message = "no product meets this rule; compare its names with those in the products' files"
            yield str(Source(site, category.file, None).problem(("rule",), message))


def _unknown_facets(site: Path, catalog: Catalog) -> Iterator[str]:
    """Yield a warning for each name in a category's ``facets`` that none of its products has."""
    for category, name, known in unknown_facets(catalog.shop, catalog):
        place = (category.facets or ()).index(name)
        message = f'no product here has an option or a spec "{name}"{suggest(name, known)} (there are {some(known)})'
        yield str(Source(site, category.file, None).problem(("facets", str(place)), message))


def _weightless(site: Path, catalog: Catalog) -> Iterator[str]:
    """Yield a warning if a delivery method charges by weight and some articles have no weight."""
    found = [(name, sku) for name, summary in catalog.summaries.items() for sku in summary.weightless]
    if len(found) == 1:
        [(name, sku)] = found
        message = f"the article {sku} has no weight and counts as 0 kg where delivery costs by weight"
        yield str(article_warning(site, catalog, name, (sku, "weight"), message))
    elif found:
        count = f"{len(found)} articles have no weight and count as 0 kg where delivery costs by weight"
        yield f"{count}: {some([sku for _, sku in found])}"


def _excessive(site: Path, catalog: Catalog) -> Iterator[str]:
    """Yield a warning for each offer whose amount is not less than the price that it reduces."""
    now = catalog.shop.clock.now
    for offer in catalog.shop.content.offers.values():
        if not offer.amount or (offer.ends is not None and offer.ends <= now):
            continue
        least = list(_reduced(offer, catalog.summaries))
        dear = [(name, price) for name, price in least if price <= offer.amount]
        if dear:
            name, price = dear[0]
            more = f", and {len(dear) - 1} more" if len(dear) > 1 else ""
            what = "that all of it costs" if offer.kind == "bundle" else f'that "{name}" costs{more}'
            message = f'expected less than the {price} {what}; found "{offer.amount}"'
            if offer.kind == "sale":
                message += ": no sale is made of it there"
            yield str(Source(site, offer.file, None).problem(("amount",), message))


def _reduced(offer: Offer, summaries: Mapping[str, ProductSummary]) -> Iterator[tuple[str, Decimal]]:
    """Yield the ids of the products that an offer's amount reduces, each with its lowest price."""
    match offer.kind:
        case "sale":
            covered = (
                name for name, summary in summaries.items() if offer.is_about(name, summary.categories, summary.tags)
            )
            yield from ((name, summaries[name].least) for name in covered)
        case "add_on":
            yield from ((name, summaries[name].least) for name in offer.reduced if name in summaries)
        case "bundle" if all(name in summaries for name in offer.products):
            yield "", sum((summaries[name].least for name in offer.products), Decimal(0))


def _unreachable(site: Path, catalog: Catalog) -> Iterator[str]:
    """Yield a warning about the products that no list shows and no page links to."""
    listed = _listed_categories(catalog.shop)
    alone = {
        name
        for name, summary in catalog.summaries.items()
        if summary.status == "published" and listed.isdisjoint(summary.categories)
    }
    lost = sorted(alone - _linked(catalog, alone)) if alone else []
    if len(lost) == 1:
        [name] = lost
        message = "no list shows this product and no page links to it; give it a category that is listed"
        source = record_source(site, catalog.shop.content.products.rows[name].file, name)
        yield str(source.problem(("category",), message))
    elif lost:
        what = f"{len(lost)} products are in no list and no page links to them"
        yield f"{what}: {some(lost, _NAMED)}; give them a category that is listed"


def _listed_categories(shop: Shop) -> frozenset[str]:
    """Return the categories that a visitor can reach: listed with all their parents, or linked to by name."""
    categories = shop.content.categories
    linked = {name for kind, name in _targets(shop) if kind == "category"}
    listed: set[str] = set()
    for name in sorted(categories):  # parents come first
        above = name.rpartition("/")[0]
        if name in linked or (categories[name].status == "published" and (not above or above in listed)):
            listed.add(name)
    return frozenset(listed)


def _linked(catalog: Catalog, alone: AbstractSet[str]) -> set[str]:
    """Return the products of *alone* that a reachable page links to, directly or through other such products."""
    shop = catalog.shop
    linked = {name for kind, name in _targets(shop) if kind == "product"} | set(home_products(shop, catalog))
    for offer in shop.store.offers:
        if offer.has_page:
            summaries = ((name, catalog.summaries[name]) for name in alone)
            linked |= {name for name, summary in summaries if offer.is_about(name, summary.categories, summary.tags)}
    waiting = linked | (catalog.summaries.keys() - alone)
    while waiting:
        named = {each for name in waiting if name in catalog.summaries for each in catalog.summaries[name].shown}
        waiting = named - linked
        linked |= waiting
    return linked


def _targets(shop: Shop) -> Iterator[tuple[str, str]]:
    """Yield (kind, id) of all references in site.yaml and in content other than products."""
    for link in fields_of(shop.config).links:
        yield split_reference(link.text)[:2]
    for kind, rows in shop.content.rows.items():
        for row in rows.values() if kind != "product" else ():
            for need in row.references:
                kind_, _, name = need.partition(":")
                yield kind_, name
