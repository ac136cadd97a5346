"""Categories that show products by a rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from storegen.model.category import Rule
from storegen.model.product import Product
from storegen.search.facets import LATER, NOW, Facts
from storegen.views.shop import Shop


def ruled_categories(shop: Shop, product: Product, facts: Facts, categories: tuple[str, ...]) -> Iterator[str]:
    """Yield the ids of the categories whose rule a product meets. *categories* are its other categories."""
    met = set(categories)
    for category in sorted(shop.ruled, key=lambda each: each.id):
        rule = category.rule
        inside = not category.parent or category.parent in met
        if rule and category.id not in met and inside and _meets(shop, rule, product, facts):
            met.add(category.id)
            yield category.id


def in_order(rule: Rule, members: Mapping[str, bytes], known: Mapping[str, tuple[str, int]]) -> Mapping[str, bytes]:
    """Return the *members* of a category in the order of its rule.

    *known* has the day on which each product came, and the number of pieces sold.
    """
    names = list(members)
    if rule.products:
        places = {name: place for place, name in enumerate(rule.products)}
        names.sort(key=lambda name: places.get(name, len(places)))
    if rule.newest:
        names = sorted(names, key=lambda name: known[name][0], reverse=True)[: rule.newest]
    if rule.bestselling:
        names = sorted(names, key=lambda name: known[name][1], reverse=True)[: rule.bestselling]
    return {name: members[name] for name in names}


def _meets(shop: Shop, rule: Rule, product: Product, facts: Facts) -> bool:
    base = shop.store.home.products.get(product.id, product)  # a translation has other specs
    home = shop.content.currency == shop.store.home.currency
    conditions = (
        not rule.products or product.id in rule.products,
        not rule.brands or base.brand in rule.brands,
        not rule.tags or not set(rule.tags).isdisjoint(product.tags),
        all(base.specs.get(name) in values for name, values in rule.specs.items()),
        rule.price_from is None or (home and facts.price is not None and facts.price >= rule.price_from),
        rule.price_below is None or (home and facts.price is not None and facts.price < rule.price_below),
        rule.rating is None or facts.rating >= rule.rating * 10,
        not rule.on_sale or facts.sale,
        not rule.newest or bool(facts.added),
        not rule.bestselling or facts.sales > 0,
        not (rule.options or rule.in_stock) or _has_article(rule, facts),
    )
    return all(conditions)


def _has_article(rule: Rule, facts: Facts) -> bool:
    """Return whether one article of the product has the rule's options and, if the rule asks for it, is in stock."""
    axes = {option.name: option for option in facts.options}
    if not rule.options.keys() <= axes.keys():
        return False
    least = NOW if rule.in_stock else LATER
    for chosen, state in facts.articles():
        if state >= least and all(chosen[name] in values for name, values in rule.options.items()):
            return True
    return False
