"""Create unique ids and article numbers from the names in an export."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet

import msgspec

from storegen.addresses import slugify
from storegen.importers.records import ImportedProduct, ImportedVariant
from storegen.importers.report import Remark
from storegen.model.scalars import is_slug

_LONGEST = 150


def id_of(text: str) -> str:
    """Return an id for any text: a part of an address, at most 150 bytes long, empty if none is possible."""
    slug = slugify(text)
    while len(slug.encode()) > _LONGEST:
        shorter = slug.rpartition("-")[0]
        slug = shorter or slug[: len(slug) * 3 // 4]
    return slug if is_slug(slug) else ""


def free_name(wanted: str, taken: AbstractSet[str]) -> str:
    """Return *wanted*, or the first of ``wanted-2``, ``wanted-3`` … that is not in *taken*."""
    name, number = wanted, 1
    while name in taken:
        number += 1
        name = f"{wanted}-{number}"
    return name


def with_skus(
    products: Iterable[ImportedProduct], remarks: list[Remark], known: AbstractSet[str]
) -> Iterator[ImportedProduct]:
    """Give every variant a unique article number.

    A missing one is created from the product's number and the options, as storegen itself does. Of several equal ones
    the first is kept, the others get ``-2``, ``-3`` … Missing ones are not reported if *known* shows that the export
    has no column for them.
    """
    listed = list(products)
    given = Counter(variant.sku for product in listed for variant in product.variants)
    taken: set[str] = set()
    for product in listed:
        variants = tuple(
            _with_sku(product, variant, taken, given.keys(), remarks if "sku" in known else [])
            for variant in product.variants
        )
        yield msgspec.structs.replace(product, variants=variants)


def _with_sku(
    product: ImportedProduct, variant: ImportedVariant, taken: set[str], given: AbstractSet[str], remarks: list[Remark]
) -> ImportedVariant:
    wanted = variant.sku or _made(product, variant)
    free = wanted not in taken and (variant.sku or wanted not in given)
    sku = wanted if free else free_name(wanted, taken | given)
    taken.add(sku)
    if variant.sku and sku != variant.sku:
        message = "the article number was given before; this one got another"
        found = f"{variant.sku} became {sku}"
        remarks.append(Remark(line=variant.line, product=product.id, message=message, found=found))
    elif not variant.sku and len(product.variants) > 1:
        message = "a variant had no article number; one was made"
        remarks.append(Remark(line=variant.line, product=product.id, message=message, found=sku))
    return msgspec.structs.replace(variant, sku=sku)


def _made(product: ImportedProduct, variant: ImportedVariant) -> str:
    if len(product.variants) == 1 and not variant.options:
        return product.sku or product.id
    base = product.sku or product.id.upper()
    return "-".join((base, *(re.sub(r"[^\w.]+", "", value) for value in variant.options.values())))
