"""Products, their options and variants, and the variants that can be bought."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Literal, TypeAlias

import msgspec

from storegen.model.picture import Image, as_image
from storegen.model.record import Content, Record, Status
from storegen.model.scalars import Amount, Count, Currency, Flag, Gtin, Measure, Names, Slug, Weight
from storegen.model.text import (
    CategoryRefs,
    Different,
    GuideRef,
    Inline,
    Line,
    Markdown,
    PersonRef,
    PictureFile,
    ProductRef,
    SetOnLoad,
    TranslatedLine,
    TranslatedSlug,
    TranslatedText,
)
from storegen.model.times import Day, DayRange

Availability = Literal["in_stock", "out_of_stock", "preorder", "backorder", "made_to_order", "discontinued"]
Condition = Literal["new", "refurbished", "used"]

Values: TypeAlias = Annotated[tuple[Line, ...], Different()]

FEW_LEFT = 3
MAX_VARIANTS = 2000


class Choice(Record, frozen=True, kw_only=True):
    """One option of a product."""

    values: Values
    """The values to choose from."""
    guide: GuideRef = ""
    """The guide that helps visitors choose."""
    help: TranslatedText = ""
    """A short text next to the option, such as "inner diameter in millimetres"."""


class UnitPrice(Record, frozen=True, kw_only=True):
    """The amount in one piece, and the unit for comparing prices: 250 g, shown per 1 kg."""

    content: Measure
    """The amount in one piece."""
    per: Measure
    """The unit for comparing prices."""


class Variant(Record, frozen=True, kw_only=True):
    """One article that can be bought. Fields that it leaves out come from the product."""

    sku: Line = ""
    """The article number."""
    options: Mapping[Line, Line] = {}
    """The value of each option: `{Size: 17}`."""
    price: Amount | None = None
    """The price, if it differs from the product's."""
    compare_at_price: Amount | None = None
    """The earlier price, before a reduction."""
    stock: Count | None = None
    """The number of pieces in stock."""
    availability: Availability | None = None
    """Whether it can be bought, if `stock` doesn't show that."""
    gtin: Gtin | None = None
    """The barcode number."""
    mpn: Line = ""
    """The manufacturer's part number."""
    weight: Weight | None = None
    """The weight of one piece."""
    image: PictureFile = ""
    """The picture of this variant."""
    unit_price: UnitPrice | None = None
    """The amount and the unit for comparing prices, if they differ from the product's."""


class Question(Record, frozen=True, kw_only=True):
    """A buyer's question and the answer."""

    question: TranslatedLine
    """The question."""
    answer: Markdown
    """The answer."""
    by: PersonRef = ""
    """The person who answered."""
    date: Day | None = None
    """When it was answered."""


class Note(Record, frozen=True, kw_only=True):
    """A few words from the person who makes the product or knows it well."""

    text: TranslatedText
    """What the person says."""
    by: PersonRef
    """The person."""
    fact: TranslatedLine = ""
    """One fact below the text, such as "made on Tuesdays"."""


class ProductDelivery(Record, frozen=True, kw_only=True):
    """The delivery of a product, if it differs from the shop's."""

    make_days: DayRange | None = None
    """Working days to make the product before it is sent."""
    digital: Flag = Flag(0)
    """`yes`: a digital product, so nothing is sent."""
    methods: tuple[Line, ...] = ()
    """The ids of the delivery methods for this product; by default all."""


class Product(Content, frozen=True, kw_only=True):
    """A product: its description, its price, and help for choosing it."""

    labels: Annotated[Mapping[Line, Line], SetOnLoad()] = {}

    name: TranslatedLine
    """The product's name."""
    sku: Line = ""
    """The article number; by default the id."""
    slug: TranslatedSlug = Slug("")
    """The last part of the page's address; by default the id. A product in a list always uses the id."""
    category: CategoryRefs = Names()
    """One category or a list. Breadcrumbs show the first."""
    brand: Line = ""
    """The brand or manufacturer."""
    price: Amount | None = None
    """The price. Required unless every variant has one."""
    compare_at_price: Amount | None = None
    """The earlier price, shown struck through. In the European Union it needs a
    [history of prices](#history-of-prices).
    """
    currency: Currency | None = None
    """The currency, if it differs from the shop's. Such an article can't be put into the cart; it is bought alone."""
    availability: Availability | None = None
    """Whether it can be bought, if `stock` doesn't show that."""
    stock: Count | None = None
    """The number of pieces in stock. 0 means out of stock; 3 or fewer are shown as "2 left"."""
    options: Mapping[Line, Choice | Values] = {}
    """Each option with its values: `Size: [15, 16, 17]`, or `Size: {values: [15, 16], guide: ring-size}`."""
    variants: tuple[Variant, ...] = ()
    """The articles that can be bought; by default every combination of the options."""
    images: tuple[PictureFile | Image, ...] = ()
    """The pictures; the first is the main one."""
    fact: TranslatedLine = ""
    """One fact below the name in lists, such as `3 mm · sizes 15–21`."""
    summary: Inline = ""
    """One or two sentences next to the price."""
    description: Markdown = ""
    """The description. Each `## Heading` becomes a section of the page."""
    note: Note | None = None
    """A few words from the person who makes the product or knows it well."""
    specs: Mapping[TranslatedLine, TranslatedLine] = {}
    """Specifications, each with name and value, shown as a table: `Metal: Sterling silver`."""
    tags: tuple[Line, ...] = ()
    """Words that group products; `badges` of site.yaml and offers use them."""
    gtin: Gtin | None = None
    """The barcode number."""
    mpn: Line = ""
    """The manufacturer's part number."""
    condition: Condition = "new"
    """Whether it is new, refurbished or used."""
    weight: Weight | None = None
    """The weight of one piece."""
    related: tuple[ProductRef, ...] = ()
    """Products to look at next; by default similar ones of the same category."""
    accessories: tuple[ProductRef, ...] = ()
    """Products that are used together with it."""
    spare_parts: tuple[ProductRef, ...] = ()
    """Its spare parts."""
    guides: tuple[GuideRef, ...] = ()
    """Guides that help to choose it or use it."""
    care: Markdown | Mapping[TranslatedLine, Markdown] = ""
    """How to care for it: a text, or titles with texts (`Every day: Wear it.`); by default the category's."""
    questions: tuple[Question, ...] = ()
    """Buyers' questions with answers."""
    delivery: ProductDelivery | None = None
    """The delivery of this product, if it differs from the shop's."""
    tax_class: Line = "standard"
    """A tax class: one of the keys of `tax.rates` in site.yaml."""
    unit_price: UnitPrice | None = None
    """The amount in one piece, and the unit for comparing prices: `{content: 250 g, per: 1 kg}`."""
    status: Status = "published"
    """Whether it is shown."""
    extra: Mapping[str, TranslatedText | tuple[TranslatedText, ...] | Mapping[str, TranslatedText]] = {}
    """Texts for your own templates."""

    @property
    def pictures(self) -> tuple[Image, ...]:
        """The pictures in order, each with its description."""
        return tuple(as_image(image) for image in self.images)

    @property
    def choices(self) -> Mapping[str, Choice]:
        """The options in their long form. If the product has none, the options that its variants use."""
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
        """Return the name or value of an option in the product's language."""
        return self.labels.get(word, word)


class Sellable(msgspec.Struct, frozen=True):
    """A variant with all values that it inherits from its product."""

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
        """Whether it can be bought now."""
        return self.availability not in {"out_of_stock", "discontinued"}


def variants_of(product: Product) -> tuple[Sellable, ...]:
    """Return the articles of a product: its variants, every combination of its options, or the product itself.

    Variants missing in the file are generated from the options. Their SKU is the product's with the values appended.
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
