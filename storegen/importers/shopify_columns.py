"""The columns of Shopify's product export: their names, and the product keys that they belong to.

Shopify renamed its columns in 2025 ("Handle" became "URL handle"). Both sets of names are listed.
"""

from __future__ import annotations

from collections.abc import Mapping

NAMES: Mapping[str, tuple[str, ...]] = {
    "handle": ("handle", "url handle"),
    "title": ("title",),
    "body": ("body (html)", "body html", "description"),
    "vendor": ("vendor",),
    "category": ("product category", "standardized product type", "standard product type"),
    "type": ("type", "product type", "custom product type"),
    "tags": ("tags",),
    "published": ("published", "published on online store"),
    "status": ("status",),
    "gift": ("gift card",),
    "sku": ("variant sku", "sku"),
    "barcode": ("variant barcode", "barcode", "variant barcodes", "barcodes"),
    "grams": ("variant grams", "weight value (grams)"),
    "tracker": ("variant inventory tracker", "inventory tracker"),
    "quantity": ("variant inventory qty", "inventory quantity"),
    "policy": ("variant inventory policy", "continue selling when out of stock"),
    "price": ("variant price", "price"),
    "compare": ("variant compare at price", "compare-at price", "compare at price"),
    "shipping": ("variant requires shipping", "requires shipping"),
    "taxable": ("variant taxable", "charge tax"),
    "variant image": ("variant image", "variant image url"),
    "image": ("image src", "product image url"),
    "position": ("image position",),
    "alt": ("image alt text",),
    "mpn": ("google shopping / mpn", "google shopping / manufacturer part number (mpn)"),
    "condition": ("google shopping / condition",),
    "measure": ("unit price total measure",),
    "measure unit": ("unit price total measure unit",),
    "base": ("unit price base measure",),
    "base unit": ("unit price base measure unit",),
    **{f"option{n} name": (f"option{n} name",) for n in (1, 2, 3)},
    **{f"option{n} value": (f"option{n} value",) for n in (1, 2, 3)},
}
# The product keys, each with its fields.
KEYS: Mapping[str, tuple[str, ...]] = {
    "name": ("title",),
    "sku": ("sku",),
    "category": ("type", "category"),
    "brand": ("vendor",),
    "price": ("price",),
    "compare_at_price": ("compare",),
    "availability": ("quantity",),
    "stock": ("quantity",),
    "options": ("option1 value",),
    "variants": ("option1 value",),
    "images": ("image",),
    "image": ("variant image",),
    "description": ("body",),
    "tags": ("tags",),
    "gtin": ("barcode",),
    "mpn": ("mpn",),
    "condition": ("condition",),
    "weight": ("grams",),
    "delivery": ("shipping", "gift"),
    "unit_price": ("measure",),
    "status": ("status", "published"),
}
# The fields with the values TRUE and FALSE.
FLAGS = ("published", "gift", "shipping", "taxable", "policy")
