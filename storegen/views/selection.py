"""Which products a setting means, by their ids, tags and categories."""

from __future__ import annotations

from collections.abc import Iterator

from storegen.config import NotFor
from storegen.model.category import Category
from storegen.model.company import Promise
from storegen.model.product import Product
from storegen.model.services import Service
from storegen.views.shop import Shop


def categories_of(shop: Shop, product: Product) -> tuple[str, ...]:
    """Return the ids of a product's categories and of their parent categories."""
    names: dict[str, None] = {}
    for name in product.category:
        category = shop.content.category_named(name)
        while category is not None:
            names[category.id] = None
            category = shop.content.categories.get(category.parent)
    return tuple(names)


def category_chain(shop: Shop, product: Product) -> Iterator[Category]:
    """Yield the category of a product that its breadcrumbs show, then the categories above it."""
    category = next((found for name in product.category if (found := shop.content.category_named(name))), None)
    while category is not None:
        yield category
        category = shop.content.categories.get(category.parent)


def is_named(shop: Shop, limits: Promise | NotFor | Service, product: Product) -> bool:
    """Return whether a setting names a product, one of its tags, or a category that it is in."""
    named = (shop.content.category_named(name) for name in limits.categories)
    categories = {category.id for category in named if category is not None}
    return (
        product.id in limits.products
        or not set(limits.tags).isdisjoint(product.tags)
        or not categories.isdisjoint(categories_of(shop, product))
    )
