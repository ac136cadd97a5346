"""The last steps of every import: unique article numbers, distinct options and shared values of variants."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from pathlib import PurePosixPath
from typing import TypeVar
from urllib.parse import unquote, urlsplit

import msgspec

from storegen.importers.cells import once
from storegen.importers.naming import free_name, with_skus
from storegen.importers.records import ImportedProduct, Picture
from storegen.importers.report import Remark

V = TypeVar("V")

# The names of options that tell variants apart. `with_names` replaces them by words of the shop's language.
ARTICLE, STYLE = "Article", "Style"
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
_SEPARATORS = re.compile(r"[\s_+-]+")
_WORDS = re.compile(r"[^\W\d_]{2,}(?: [^\W\d_]+){0,4}")  # in the name of a picture
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
    """Add an option if variants have the same options: what the names of their pictures say, or the article numbers."""
    variants = product.variants
    if _differ(variant.options for variant in variants):
        return product
    styles = picture_words([variant.image for variant in variants])
    if not all(styles) or not _differ(
        {**each.options, "": style} for each, style in zip(variants, styles, strict=True)
    ):
        styles = []
    values = styles or [variant.sku for variant in variants]
    name = STYLE if styles else ARTICLE
    free = free_name(name, {name for variant in variants for name in variant.options})
    told = "words from the names of their pictures" if styles else "the article numbers"
    message = (
        f"several variants had the same options; a new option with {told} tells them apart, "
        "so give it names that buyers understand"
    )
    remarks.append(Remark(line=product.line, product=product.id, message=message, found=", ".join(once(values))))
    changed = (
        msgspec.structs.replace(variant, options={**variant.options, free: value})
        for variant, value in zip(variants, values, strict=True)
    )
    return msgspec.structs.replace(product, variants=tuple(changed), made={free: name})


def _differ(options: Iterable[Mapping[str, str]]) -> bool:
    return max(Counter(tuple(each.items()) for each in options).values()) == 1


def picture_words(files: Sequence[str]) -> list[str]:
    """Return the words in which each file's name differs from the others: ``Black Red`` of ``gloves-Black-Red.jpg``.

    A name that differs in numbers or codes has none.
    """
    names = [_SEPARATORS.split(unquote(PurePosixPath(urlsplit(file).path).stem)) for file in files]
    before = _common(names)
    rests = [each[before:] for each in names]
    after = _common([each[::-1] for each in rests])
    own = [" ".join(each[: len(each) - after]) for each in rests]
    return [f"{each[:1].upper()}{each[1:]}" if _WORDS.fullmatch(each) else "" for each in own]


def _common(names: Sequence[Sequence[str]]) -> int:
    """Return how many words all names begin with."""
    return sum(1 for _ in itertools.takewhile(lambda words: len(set(words)) == 1, zip(*names, strict=False)))


def with_names(product: ImportedProduct, names: Mapping[str, str]) -> ImportedProduct:
    """Give the options that `finished` has added other names. *names* are keyed by ARTICLE and STYLE."""
    for made, kind in product.made.items():
        wanted = free_name(names[kind], product.options.keys() - {made})
        product = msgspec.structs.replace(
            product,
            made={},
            options=_renamed(product.options, made, wanted),
            variants=tuple(
                msgspec.structs.replace(variant, options=_renamed(variant.options, made, wanted))
                for variant in product.variants
            ),
        )
    return product


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
