"""A product, its options and its variants, and the variants that can really be sold."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Literal

import msgspec

from storegen.model.line import Line
from storegen.model.picture import Image, as_image
from storegen.model.record import Record, Status
from storegen.model.scalars import Amount, Count, Currency, Day, DayRange, Flag, Gtin, Measure, Names, Slug, Weight

Availability = Literal["in_stock", "out_of_stock", "preorder", "backorder", "made_to_order", "discontinued"]
Condition = Literal["new", "refurbished", "used"]

FEW_LEFT = 3
MAX_VARIANTS = 2000


class Choice(Record, frozen=True, kw_only=True):
    """One option of a product: the values to choose from and the guide that helps to choose."""

    values: tuple[Line, ...]
    guide: Line = ""
    help: str = ""


class Variant(Record, frozen=True, kw_only=True):
    """One thing that can be bought; what it leaves out it takes from its product."""

    sku: Line = ""
    options: Mapping[Line, Line] = {}
    price: Amount | None = None
    compare_at_price: Amount | None = None
    stock: Count | None = None
    availability: Availability | None = None
    gtin: Gtin | None = None
    mpn: Line = ""
    weight: Weight | None = None
    image: str = ""
    unit_price: UnitPrice | None = None


class UnitPrice(Record, frozen=True, kw_only=True):
    """What a price is for, and the measure to compare it by: 250 g, shown per 1 kg."""

    content: Measure
    per: Measure


class Question(Record, frozen=True, kw_only=True):
    """A buyer's question and the answer, signed by a person."""

    question: Line
    answer: str
    by: Line = ""
    date: Day | None = None


class Note(Record, frozen=True, kw_only=True):
    """A few words from the person who makes or knows the product."""

    text: str
    by: Line
    fact: Line = ""


class ProductDelivery(Record, frozen=True, kw_only=True):
    """Where a product's delivery differs from the shop's: time to make it, or nothing to carry."""

    make_days: DayRange | None = None
    digital: Flag = Flag(0)
    methods: tuple[Line, ...] = ()


class Product(Record, frozen=True, kw_only=True):
    """A product in one language, as written; see docs/content.md for every key."""

    id: str
    file: str
    language: str
    labels: Mapping[Line, Line] = {}

    name: Line
    sku: Line = ""
    slug: Slug = Slug("")
    category: Names = Names()
    brand: Line = ""
    price: Amount | None = None
    compare_at_price: Amount | None = None
    currency: Currency | None = None
    availability: Availability | None = None
    stock: Count | None = None
    options: Mapping[Line, Choice | tuple[Line, ...]] = {}
    variants: tuple[Variant, ...] = ()
    images: tuple[str | Image, ...] = ()
    fact: Line = ""
    summary: str = ""
    description: str = ""
    note: Note | None = None
    specs: Mapping[Line, Line] = {}
    tags: tuple[Line, ...] = ()
    gtin: Gtin | None = None
    mpn: Line = ""
    condition: Condition = "new"
    weight: Weight | None = None
    related: tuple[Line, ...] = ()
    accessories: tuple[Line, ...] = ()
    spare_parts: tuple[Line, ...] = ()
    guides: tuple[Line, ...] = ()
    care: str | Mapping[Line, str] = ""
    questions: tuple[Question, ...] = ()
    delivery: ProductDelivery | None = None
    tax_class: Line = "standard"
    unit_price: UnitPrice | None = None
    status: Status = "published"
    extra: Mapping[str, str | tuple[str, ...] | Mapping[str, str]] = {}

    @property
    def pictures(self) -> tuple[Image, ...]:
        return tuple(as_image(image) for image in self.images)

    @property
    def choices(self) -> Mapping[str, Choice]:
        """The options in their long form; without any written, those that the variants use."""
        if self.options:
            return {
                name: value if isinstance(value, Choice) else Choice(values=value)
                for name, value in self.options.items()
            }
        found: dict[str, dict[str, None]] = {}
        for variant in self.variants:
            for name, value in variant.options.items():
                found.setdefault(name, {})[value] = None
        return {name: Choice(values=tuple(values)) for name, values in found.items()}

    def label(self, word: str) -> str:
        """Return an option's name or value in the product's language."""
        return self.labels.get(word, word)


class Sellable(msgspec.Struct, frozen=True):
    """A variant with everything that it inherits from its product filled in."""

    sku: str
    options: tuple[tuple[str, str], ...]
    price: Decimal
    compare_at_price: Decimal | None
    availability: Availability
    stock: int | None
    gtin: str
    mpn: str
    weight: Decimal | None
    image: str
    unit_price: UnitPrice | None

    @property
    def buyable(self) -> bool:
        return self.availability not in {"out_of_stock", "discontinued"}


def variants_of(product: Product) -> tuple[Sellable, ...]:
    """Return what can be bought of a product: its variants, every combination of its options, or itself.

    Variants that the file does not list are made from the options; their SKU is the product's with the values
    appended.
    """
    written = product.variants or tuple(_combinations(product)) or (Variant(),)
    return tuple(_sellable(product, variant) for variant in written)


def _combinations(product: Product) -> list[Variant]:
    choices = product.choices
    if not choices:
        return []
    combined = itertools.product(*(choice.values for choice in choices.values()))
    return [
        Variant(sku=_sku(product, values), options=dict(zip(choices, values, strict=True)))
        for values in itertools.islice(combined, MAX_VARIANTS)
    ]


def _sku(product: Product, values: tuple[str, ...]) -> str:
    base = product.sku or product.id.upper()
    return "-".join((base, *(re.sub(r"[^\w.]+", "", value) for value in values)))


def _sellable(product: Product, variant: Variant) -> Sellable:
    price = product.price if variant.price is None else variant.price
    compare = variant.compare_at_price
    if compare is None and variant.price is None:
        compare = product.compare_at_price
    stock = product.stock if variant.stock is None and variant.availability is None else variant.stock
    return Sellable(
        sku=variant.sku or product.sku or product.id,
        options=tuple(variant.options.items()),
        price=Decimal(0) if price is None else Decimal(price),
        compare_at_price=None if compare is None else Decimal(compare),
        availability=_availability(product, variant, stock),
        stock=None if stock is None else int(stock),
        gtin=variant.gtin or (product.gtin if not product.variants else None) or "",
        mpn=variant.mpn or product.mpn,
        weight=_plain(variant.weight if variant.weight is not None else product.weight),
        image=variant.image,
        unit_price=variant.unit_price or product.unit_price,
    )


def _availability(product: Product, variant: Variant, stock: int | None) -> Availability:
    stated = variant.availability or (product.availability if variant.stock is None else None)
    if stated:
        return stated
    return "out_of_stock" if stock == 0 else "in_stock"


def _plain(weight: Weight | None) -> Decimal | None:
    return None if weight is None else Decimal(weight)
