"""Help with a product after the sale: its own texts, or those of the nearest category above it."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from storegen.model.product import Product
from storegen.model.support import Support
from storegen.views.selection import category_chain
from storegen.views.shop import Shop


def support_of(shop: Shop, product: Product) -> Support:
    """Return a product's support. A missing part comes from the nearest category above it that has this part."""
    found = product.support or Support()
    for category in category_chain(shop, product):
        if category.support is not None:
            lacking = [name for name in Support.__struct_fields__ if not getattr(found, name)]
            found = replace(found, **{name: getattr(category.support, name) for name in lacking})
    return found


def care_of(shop: Shop, product: Product) -> Mapping[str, str]:
    """Return a product's care advice by title, or that of the nearest category above it."""
    advice = (product.care, *(category.care for category in category_chain(shop, product)))
    found = next((each for each in advice if each), "")
    return found if isinstance(found, Mapping) else {"": found} if found else {}


def has_support(shop: Shop, product: Product) -> bool:
    """Return whether a product has a support page: there are texts, files, spare parts or advice on its care."""
    if "support" not in shop.theme.pages:
        return False
    return bool(product.spare_parts or care_of(shop, product)) or support_of(shop, product) != Support()


def support_href(shop: Shop, product: Product) -> str:
    """Return the address of a product's support page, empty if it has none."""
    row = shop.content.products.rows[product.id]
    return shop.at("support", row.slug or product.id) if has_support(shop, product) else ""
