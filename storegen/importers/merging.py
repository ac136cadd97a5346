"""Merge a product of an export with its existing file. Values that the export doesn't contain are kept.

The rule: the export's value replaces a key's value if the export has a column for the key. Keys without a column and
the merchant's own keys are kept, and a price, a text or pictures are never replaced by an empty value.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from decimal import Decimal
from typing import TypeAlias

import msgspec

from storegen.importers.records import PRODUCT_KEYS, ImportedProduct, Node, product_fields

Fields: TypeAlias = "Mapping[str, Node]"
_NEVER_EMPTIED = frozenset(("name", "price", "summary", "description", "images", "image"))
_NUMBERS = frozenset(("price", "compare_at_price", "stock"))
_ORDER = {name: place for place, name in enumerate(ImportedProduct.__struct_fields__)}


class Merged(msgspec.Struct, frozen=True):
    """The merged fields, and the names of those taken from the existing file."""

    fields: Fields
    kept: tuple[str, ...]


def merged(product: ImportedProduct, old: Fields, known: AbstractSet[str], headers: AbstractSet[str]) -> Merged | None:
    """Return a product's fields, with those that the export doesn't contain taken from *old*.

    None means that this export can't change the product: the product has variants, and the export doesn't identify the
    variant of a row.
    """
    new = dict(product_fields(product))
    unpriced = not _is_priced(new)
    before = _variants(old)
    if before and "options" not in known:
        if not _sku_set(_variants(new)) or not _sku_set(_variants(new)) <= _sku_set(before):
            return None
        new["options"] = old.get("options", {})
        new["variants"] = _onto_old(before, _variants(new), known)
    elif before and _variants(new):
        new["variants"] = _with_old(_variants(new), before, known)
    kept = [name for name in old if name not in new and name != "private" and _stays(name, new, known)]
    fields = {**{name: _plain(name, old[name]) for name in kept}, **new}
    if unpriced and _is_priced(fields):  # the missing price was the only reason for the draft
        fields |= {"status": old["status"]} if "status" in old else {}
        fields = {name: value for name, value in fields.items() if name != "status" or "status" in old}
    private = _private(old.get("private"), new.get("private"), headers)
    ordered = {name: fields[name] for name in sorted(fields, key=lambda name: _ORDER.get(name, len(_ORDER)))}
    ordered.pop("private", None)
    return Merged({**ordered, "private": private} if private else ordered, tuple(kept))


def has_local_pictures(old: Fields) -> bool:
    """Return whether a file names pictures in content/media."""
    images = old.get("images", ())
    listed = images if isinstance(images, Sequence) and not isinstance(images, str) else (images,)
    files = (each.get("file") if isinstance(each, Mapping) else each for each in listed)
    return any(isinstance(file, str) and file and "://" not in file for file in files)


def without_pictures(product: ImportedProduct) -> ImportedProduct:
    """Return a product without its own and its variants' pictures, so that those in its existing file are kept."""
    variants = tuple(msgspec.structs.replace(variant, image="") for variant in product.variants)
    return msgspec.structs.replace(product, images=(), variants=variants)


def _stays(name: str, new: Fields, known: AbstractSet[str]) -> bool:
    """Return whether a key that only the old file has is kept."""
    if name == "price":
        return not _is_priced(new)
    if name in {"options", "variants"}:
        return "options" not in known
    return name not in PRODUCT_KEYS or name not in known or name in _NEVER_EMPTIED


def _is_priced(fields: Fields) -> bool:
    variants = _variants(fields)
    return "price" in fields or (bool(variants) and all("price" in variant for variant in variants))


def _variants(fields: Fields) -> list[dict[str, Node]]:
    found = fields.get("variants", ())
    if not isinstance(found, Sequence) or isinstance(found, str):
        return []
    return [dict(each) for each in found if isinstance(each, Mapping)]


def _sku_set(variants: Sequence[Fields]) -> set[str]:
    return {str(variant.get("sku", "")) for variant in variants}


def _with_old(new: Sequence[Fields], old: Sequence[Fields], known: AbstractSet[str]) -> list[Node]:
    """Return the new variants, each with missing values from the old variant with the same article number."""
    before = {str(variant.get("sku", "")): variant for variant in old}
    return [_variant(variant, before.get(str(variant.get("sku", "")), {}), known) for variant in new]


def _onto_old(old: Sequence[Fields], new: Sequence[Fields], known: AbstractSet[str]) -> list[Node]:
    """Return the old variants, updated with the export's values for their article numbers."""
    said = {str(variant.get("sku", "")): variant for variant in new}
    made: list[Node] = []
    for variant in old:
        found = said.get(str(variant.get("sku", "")))
        own = {name: value for name, value in found.items() if name != "options"} if found else {}
        made.append(_variant(own, variant, known if found else frozenset()))
    return made


def _variant(new: Fields, old: Fields, known: AbstractSet[str]) -> dict[str, Node]:
    stays = {
        name: _plain(name, value)
        for name, value in old.items()
        if name not in new and (name not in known or name in _NEVER_EMPTIED)
    }
    made = {**stays, **new}
    first = ("sku", "options")
    return {name: made[name] for name in (*(name for name in first if name in made), *made) if name in made}


def _private(old: Node | None, new: Node | None, headers: AbstractSet[str]) -> dict[str, Node]:
    """Return the ``private`` values: the merchant's own, and columns of earlier exports that this one doesn't have."""
    before, made = (dict(each) if isinstance(each, Mapping) else {} for each in (old, new))
    columns = before.pop("imported", None)
    before.pop("imported_variants", None) if "imported_variants" in made else None
    earlier = (
        {name: text for name, text in columns.items() if name not in headers} if isinstance(columns, Mapping) else {}
    )
    now = made.get("imported")
    imported = {**earlier, **(now if isinstance(now, Mapping) else {})}
    return {**before, **made, **({"imported": imported} if imported else {})}


def _plain(name: str, value: Node) -> Node:
    """Return a value for YAML: numbers without the quotation marks that text from a file would get."""
    if isinstance(value, str) and name in _NUMBERS and re.fullmatch(r"[0-9]{1,12}(\.[0-9]+)?", value):
        return Decimal(value)
    return value
