"""Expand variations with an open attribute ("any size") to one variant for each value."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from storegen.importers.records import ImportedVariant
from storegen.importers.report import Remark
from storegen.model.product import MAX_VARIANTS

Values = Mapping[str, tuple[str, ...]]


def expanded(
    variants: Sequence[ImportedVariant], choices: Values, product: str, remarks: list[Remark]
) -> tuple[ImportedVariant, ...]:
    """Return the variants with every attribute set.

    A variation with an open attribute is sold in each of the attribute's values at the same price. So it becomes one
    variant for each combination, except the combinations that another variation names. These variants share one stock,
    so none of them has a stock value.
    """
    exact = {_key(variant) for variant in variants if all(variant.options.values())}
    made: list[ImportedVariant] = []
    taken = set(exact)
    for variant in variants:
        if all(variant.options.values()):
            made.append(variant)
            continue
        found = list(itertools.islice(_each(variant, choices), MAX_VARIANTS + 1))
        if len(found) > MAX_VARIANTS or not found:
            message = "a variation leaves an attribute open that has no values, or too many; it became one variant"
            remarks.append(Remark(line=variant.line, product=product, message=message, found=variant.sku))
            made.append(variant)
            continue
        free = [each for each in found if _key(each) not in taken]
        taken.update(_key(each) for each in free)
        made += free
        remarks += _said(variant, free, product)
    return tuple(made)


def _each(variant: ImportedVariant, choices: Values) -> Iterator[ImportedVariant]:
    """Yield a variation for each combination of its open attributes. The values are appended to its article number."""
    values = [(value,) if value else choices[name] for name, value in variant.options.items()]
    for combination in itertools.product(*values):
        options = dict(zip(variant.options, combination, strict=True))
        more = [options[name] for name, value in variant.options.items() if not value]
        yield msgspec.structs.replace(
            variant,
            options=options,
            sku="-".join((variant.sku, *("".join(word.split()) for word in more))) if variant.sku else "",
            stock=0 if variant.stock == 0 else None,
            gtin="",
        )


def _said(variant: ImportedVariant, made: Sequence[ImportedVariant], product: str) -> Iterable[Remark]:
    names = ", ".join(name for name, value in variant.options.items() if not value)
    message = f"a variation was for any {names}; it became one variant for each"
    yield Remark(line=variant.line, product=product, message=message, found=f"{variant.sku} ({len(made)})")
    if variant.stock:
        message = "the stock of such a variation belongs to all its variants together; no numbers were written"
        yield Remark(line=variant.line, product=product, message=message, found=str(variant.stock), dropped=True)
    if variant.gtin:
        message = "the barcode of such a variation can't belong to all its variants"
        yield Remark(line=variant.line, product=product, message=message, found=variant.gtin, dropped=True)


def _key(variant: ImportedVariant) -> tuple[tuple[str, str], ...]:
    return tuple(variant.options.items())
