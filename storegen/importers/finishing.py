"""The last steps of every import: unique article numbers, distinct options and shared values of variants."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import TypeVar

import msgspec

from storegen.importers.cells import once
from storegen.importers.naming import free_name, with_skus
from storegen.importers.records import ImportedProduct, Picture
from storegen.importers.report import Remark

V = TypeVar("V")

# The name of an option with article numbers. `with_article_name` replaces it by a word of the shop's language.
ARTICLE = "Article"
_NOTHING = "–"
_SIZES = (
    ("xxs", "2xs", "extra extra small"),
    ("xs", "extra small", "x-small"),
    ("s", "small"),
    ("m", "medium"),
    ("l", "large"),
    ("xl", "extra large", "x-large"),
    ("xxl", "2xl", "xx-large"),
    ("xxxl", "3xl", "xxx-large"),
    ("xxxxl", "4xl"),
)
_RANKS = {name: rank for rank, names in enumerate(_SIZES) for name in names}
_LONGEST_NAME = 200
_SHARED = ("sku", "price", "compare_at_price", "stock", "availability", "gtin", "mpn", "weight", "unit_price")


def finished(
    products: Iterable[ImportedProduct], remarks: list[Remark], *, known: AbstractSet[str]
) -> tuple[ImportedProduct, ...]:
    """Return products ready to be written from the products that an importer read.

    Each input product has at least one variant. A single variant without options becomes the product itself. Values
    that all variants share move to the product. *known* are the product keys with a column in the export: missing
    values of other keys are not reported for each product.
    """
    complete = (_with_all_values(product, remarks) for product in products)
    distinct = (_distinct(product, remarks) for product in with_skus(complete, remarks, known))
    made = tuple(_checked(_joined(_pictured(product)), remarks, known) for product in distinct)
    reduced = sum(_is_reduced(product) for product in made)
    if reduced:
        message = (
            "products with a price before a reduction; a shop in the EU shows this price only if "
            "content/history/prices.csv proves it (Directive 98/6/EC, article 6a)"
        )
        remarks.append(Remark(message=message, found=str(reduced)))
    return made


def _is_reduced(product: ImportedProduct) -> bool:
    return product.compare_at_price is not None or any(each.compare_at_price is not None for each in product.variants)


def _with_all_values(product: ImportedProduct, remarks: list[Remark]) -> ImportedProduct:
    """Fill in the options that a variant has no value for, and drop those without a value in any variant."""
    names = once(name for variant in product.variants for name, value in variant.options.items() if value)
    variants = []
    for variant in product.variants:
        options = {name: variant.options.get(name) or _NOTHING for name in names}
        if _NOTHING in options.values() and options != variant.options:
            message = f'a variant had no value for an option; "{_NOTHING}" was written'
            found = ", ".join(name for name in names if not variant.options.get(name))
            remarks.append(Remark(line=variant.line, product=product.id, message=message, found=found))
        variants.append(msgspec.structs.replace(variant, options=options))
    return msgspec.structs.replace(product, variants=tuple(variants))


def _distinct(product: ImportedProduct, remarks: list[Remark]) -> ImportedProduct:
    """Add an option with the article numbers if variants have the same options."""
    seen = Counter(tuple(variant.options.items()) for variant in product.variants)
    if all(count == 1 for count in seen.values()):
        return product
    article = free_name(ARTICLE, {name for variant in product.variants for name in variant.options})
    message = (
        "several variants had the same options; a new option with the article numbers tells them apart, "
        "so give it names that buyers understand"
    )
    found = ", ".join(variant.sku for variant in product.variants)
    remarks.append(Remark(line=product.line, product=product.id, message=message, found=found))
    variants = (
        msgspec.structs.replace(variant, options={**variant.options, article: variant.sku})
        for variant in product.variants
    )
    return msgspec.structs.replace(product, variants=tuple(variants))


def with_article_name(product: ImportedProduct, name: str) -> ImportedProduct:
    """Give the option with article numbers that `finished` has added another name."""
    variants = product.variants
    made = next((each for each in reversed([*product.options]) if each.startswith(ARTICLE)), "")
    if not made or any(variant.options.get(made) != variant.sku for variant in variants):
        return product
    wanted = free_name(name, product.options.keys() - {made})
    return msgspec.structs.replace(
        product,
        options=_renamed(product.options, made, wanted),
        variants=tuple(
            msgspec.structs.replace(variant, options=_renamed(variant.options, made, wanted)) for variant in variants
        ),
    )


def _renamed(options: Mapping[str, V], old: str, new: str) -> dict[str, V]:
    return {new if name == old else name: value for name, value in options.items()}


def _pictured(product: ImportedProduct) -> ImportedProduct:
    """Add the pictures of the variants to the product."""
    shown = {picture.file for picture in product.images}
    more = once(variant.image for variant in product.variants if variant.image not in shown)
    return msgspec.structs.replace(product, images=(*product.images, *(Picture(file=file) for file in more)))


def _joined(product: ImportedProduct) -> ImportedProduct:
    """Move values that all variants share to the product, and merge a single variant without options into it."""
    first = product.variants[0]
    if len(product.variants) == 1 and not first.options:
        own = {name: value for name in _SHARED if (value := getattr(first, name)) not in (None, "", {})}
        if own.get("sku") == product.id:
            del own["sku"]
        columns = {**first.columns, **product.columns}
        return msgspec.structs.replace(product, **own, columns=columns, variants=())
    together: dict[str, object] = {}
    for fields in (("price", "compare_at_price"), ("mpn",), ("weight",), ("unit_price",)):
        if len({repr([getattr(variant, name) for name in fields]) for variant in product.variants}) == 1:
            together |= {name: value for name in fields if (value := getattr(first, name)) not in (None, "", {})}
    blank = {name: type(value)() if isinstance(value, str | dict) else None for name, value in together.items()}
    variants = tuple(msgspec.structs.replace(variant, **blank) for variant in product.variants)
    return msgspec.structs.replace(product, **together, variants=variants, options=_options(product))


def _options(product: ImportedProduct) -> dict[str, tuple[str, ...]]:
    """Return each option with its values: first in the export's order, then in the order of the variants."""
    used: dict[str, list[str]] = {}
    for variant in product.variants:
        for name, value in variant.options.items():
            used.setdefault(name, []).append(value)
    return {
        name: _in_sizes(once((*(value for value in product.options.get(name, ()) if value in values), *values)))
        for name, values in used.items()
    }


def _in_sizes(values: tuple[str, ...]) -> tuple[str, ...]:
    """Return sizes from small to large. An order that is not alphabetical stays, because somebody chose it."""
    ranks = [_RANKS.get(value.casefold()) for value in values]
    if None in ranks or list(values) != sorted(values, key=str.casefold):
        return values
    return tuple(sorted(values, key=lambda value: _RANKS[value.casefold()]))


def _checked(product: ImportedProduct, remarks: list[Remark], known: AbstractSet[str]) -> ImportedProduct:
    """Turn a product into a draft if it has no price."""
    for message, found in _warnings(product):
        remarks.append(Remark(line=product.line, product=product.id, message=message, found=found))
    if not _has_price(product) and product.status != "draft":
        message = "there is no price that can be read, so the product is a draft"
        if "price" in known:
            remarks.append(Remark(line=product.line, product=product.id, message=message))
        return msgspec.structs.replace(product, status="draft")
    return product


def _warnings(product: ImportedProduct) -> Iterator[tuple[str, str]]:
    if len(product.name) > _LONGEST_NAME:
        yield (
            f"the name has more than {_LONGEST_NAME} characters; shorten it, so that lists and search results show it",
            product.name,
        )
    for option, values in product.options.items():
        if len(values) != len({value.casefold() for value in values}):
            yield "values of an option differ only in case", option


def _has_price(product: ImportedProduct) -> bool:
    return product.price is not None or (
        bool(product.variants) and all(variant.price is not None for variant in product.variants)
    )
