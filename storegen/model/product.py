"""Products, their options and variants, and the variants that can be bought."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Literal, TypeAlias

import msgspec

from storegen.model.clip import Clip
from storegen.model.duties import Goods, ProductGuarantee, Safety
from storegen.model.market import PricesByMarket
from storegen.model.picture import Image, Swatches, as_image
from storegen.model.record import Content, Record, Status
from storegen.model.scalars import Amount, Count, Currency, Flag, Gtin, Measure, Names, Slug, Weight
from storegen.model.support import Support
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

# A shop with more listed products has pages with all their names.
SEVERAL = 100
FEW_LEFT = 3
MAX_VARIANTS = 2000


class Choice(Record, frozen=True, kw_only=True):
    """One option of a product."""

    values: Values
    """The values to choose from."""
    guide: GuideRef = ""
    """The guide that helps buyers to choose."""
    help: TranslatedText = ""
    """A few words beside the option, such as "inner diameter in millimetres"."""
    swatches: Swatches = {}
    """What values look like, as colours or pictures: `{Red: "#7a1f2b", Linen: media/linen.jpg}`. Write colours in
    quotes. Default: the shop's `swatches` in site.yaml."""


class UnitPrice(Record, frozen=True, kw_only=True):
    """The amount in one piece, and the unit for comparing prices: 250 g, shown per 1 kg."""

    content: Measure
    """The content of one piece, such as `250 g`."""
    per: Measure
    """The measure for comparing prices, such as `1 kg`."""


class Variant(Record, frozen=True, kw_only=True):
    """One article that buyers can buy. Many keys that it leaves out come from the product."""

    sku: Line = ""
    """The article number."""
    options: Mapping[Line, Line] = {}
    """The value of each option: `{Size: 17}`."""
    price: Amount | None = None
    """The variant's price. Default: the product's price."""
    compare_at_price: Amount | None = None
    """The price before a reduction. Default: the product's. If the variant has its own `price`, write this key here
    too."""
    prices: PricesByMarket = {}
    """The variant's prices in other markets. Default: the product's prices, if the variant has no `price`."""
    stock: Count | None = None
    """The number in stock."""
    availability: Availability | None = None
    """Whether buyers can get the article now. Leave it out if `stock` says enough. Write it for other cases, such as
    `preorder`."""
    available_from: Day | None = None
    """The first day on which you can send the article, if other than the product's."""
    gtin: Gtin | None = None
    """The barcode number (GTIN, EAN or UPC)."""
    mpn: Line = ""
    """The manufacturer's part number."""
    weight: Weight | None = None
    """The weight of one piece."""
    image: PictureFile = ""
    """The variant's own picture."""
    unit_price: UnitPrice | None = None
    """The content of one piece. Default: the measure in an option such as `Size: 500 ml`, or the product's content if
    the price is the product's too."""


class Question(Record, frozen=True, kw_only=True):
    """A buyer's question and the answer."""

    question: TranslatedLine
    """The question."""
    answer: Markdown
    """The answer."""
    by: PersonRef = ""
    """The person who answers."""
    date: Day | None = None
    """The day of the answer."""


class Note(Record, frozen=True, kw_only=True):
    """A few words from the person who makes the product or knows it well."""

    text: TranslatedText
    """The person's words."""
    by: PersonRef
    """The person."""
    fact: TranslatedLine = ""
    """One fact below the words, such as "made on Tuesdays"."""


class ProductDelivery(Record, frozen=True, kw_only=True):
    """The delivery of a product, if it differs from the shop's."""

    make_days: DayRange | None = None
    """Working days to make the product, before dispatch."""
    digital: Flag = Flag(0)
    """`yes`: a file or a service. You send it by e-mail after the payment, and no parcel is sent. Never write its
    download link into the shop."""
    voucher: Flag = Flag(0)
    """`yes`: a gift voucher. You send it by e-mail, and no parcel is sent. The order asks who it is for and when to
    send it."""
    methods: tuple[Line, ...] = ()
    """The ids of the delivery methods for this product. Default: all methods."""


class Product(Content, frozen=True, kw_only=True):
    """A product: its description, its price, and help for choosing it."""

    OTHER_KEYS = "a choice for buyers belongs in options, a fact in specs"

    labels: Annotated[Mapping[Line, Line], SetOnLoad()] = {}

    name: TranslatedLine
    """The product's name."""
    sku: Line = ""
    """The article number. Default: the id."""
    slug: TranslatedSlug = Slug("")
    """The last part of the page's web address. Default: the id. In a file with several products, each product needs
    a `slug`, and the `slug` is the id."""
    category: CategoryRefs = Names()
    """One category or several. The first one appears in the breadcrumbs (the line of links above the name)."""
    brand: TranslatedLine = ""
    """The brand or manufacturer."""
    price: Amount | None = None
    """The price. Needed, unless every variant has a price."""
    compare_at_price: Amount | None = None
    """The price before a reduction, struck through on pages. In the European Union this price needs a [history of
    prices](#history-of-prices)."""
    prices: PricesByMarket = {}
    """The prices in other markets: `{SE: 649.00}`, or `{SE: {price: 649.00, compare_at_price: 799.00}}`. See
    [markets](#markets)."""
    currency: Currency | None = None
    """The currency, if other than the shop's. Such a product can't be in the cart with others."""
    availability: Availability | None = None
    """Whether buyers can get the product now. Leave it out if `stock` says enough. Write it for other cases, such as
    `preorder`."""
    available_from: Day | None = None
    """The first day on which you can send a preorder or backorder. Without this key, pages name no day."""
    stock: Count | None = None
    """The number in stock. 0 means out of stock. From 1 to 3, pages show the number, such as "2 left"."""
    options: Mapping[Line, Choice | Values] = {}
    """Each option with its values: `Size: [15, 16, 17]`, or `Size: {values: [15, 16], guide: ring-size}`."""
    variants: tuple[Variant, ...] = ()
    """The articles that buyers can buy. Without this key, buyers can buy every combination of the options."""
    images: tuple[PictureFile | Image, ...] = ()
    """The pictures. The first one is the main picture."""
    videos: tuple[Clip, ...] = ()
    """Videos, after the pictures. See [videos and sounds](#videos-and-sounds)."""
    sounds: tuple[Clip, ...] = ()
    """Sound recordings, such as that of a bell. See [videos and sounds](#videos-and-sounds)."""
    fact: TranslatedLine = ""
    """One fact below the name in lists, such as `3 mm · sizes 15–21`."""
    summary: Inline = ""
    """One or two sentences beside the price."""
    description: Markdown = ""
    """The description. Each `## Heading` becomes a section of the page."""
    note: Note | None = None
    """A few words from the person who makes or knows the product."""
    specs: Mapping[TranslatedLine, TranslatedLine] = {}
    """A table of names and values: `{Metal: Sterling silver, Weight: 4.8 g}`."""
    tags: tuple[Line, ...] = ()
    """Words that group products, for `badges` in site.yaml and for offers."""
    gtin: Gtin | None = None
    """The barcode number (GTIN, EAN or UPC)."""
    mpn: Line = ""
    """The manufacturer's part number."""
    condition: Condition = "new"
    """New, refurbished or used."""
    weight: Weight | None = None
    """The weight of one piece."""
    goods: Goods | None = None
    """The group of goods, for [duties of the law](duties.md). Default: the category's `goods`."""
    safety: Safety | None = None
    """Who answers for the product, and warnings. The European Union asks for them, see [duties](duties.md)."""
    guarantee: ProductGuarantee | None = None
    """The maker's guarantee of durability of more than two years (GARAN label)."""
    related: tuple[ProductRef, ...] = ()
    """Products to look at next. Default: similar products of the same category."""
    accessories: tuple[ProductRef, ...] = ()
    """Products to use with this product."""
    spare_parts: tuple[ProductRef, ...] = ()
    """Spare parts for this product."""
    guides: tuple[GuideRef, ...] = ()
    """Guides that help buyers to choose or use the product."""
    care: Markdown | Mapping[TranslatedLine, Markdown] = ""
    """How to care for the product: a text, or several texts with titles (`Every day: Wear the ring.`). Default: the
    category's `care`."""
    support: Support | None = None
    """Help after the sale: use, repair, manuals. A part that is missing here comes from the category. See
    [support](#support)."""
    questions: tuple[Question, ...] = ()
    """Buyers' questions with your answers."""
    delivery: ProductDelivery | None = None
    """Settings for this product that differ from the shop's delivery."""
    tax_class: Line = "standard"
    """A name in `tax.rates` of site.yaml."""
    unit_price: UnitPrice | None = None
    """The content of one piece and the measure for comparing prices: `{content: 250 g, per: 1 kg}`."""
    added: Day | None = None
    """The day on which the product came into the shop. Lists can be sorted by it, and the Atom feed announces it."""
    status: Status = "published"
    """`published`, `draft` (not built) or `unlisted` (has a page, but is in no list)."""
    extra: Mapping[str, TranslatedText | tuple[TranslatedText, ...] | Mapping[str, TranslatedText]] = {}
    """For programmers: texts for your own templates, such as `{badge: Made in Helsinki}`."""

    @property
    def digital(self) -> bool:
        """Whether no parcel is sent."""
        return bool(self.delivery and (self.delivery.digital or self.delivery.voucher))

    @property
    def voucher(self) -> bool:
        """Whether it is a gift voucher, which is sent by e-mail."""
        return bool(self.delivery and self.delivery.voucher)

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
    available_from: dt.date | None
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
    written = tuple(each for each in product.variants if not only_elsewhere(product, each))
    if not product.variants:
        written = tuple(_combinations(product)) or (Variant(),)
    return tuple(_sellable(product, variant) for variant in written)


def only_elsewhere(product: Product, variant: Variant) -> bool:
    """Return whether a variant has prices in other markets only."""
    return bool(variant.prices) and variant.price is None and product.price is None


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
        available_from=variant.available_from or product.available_from,
        stock=None if stock is None else int(stock),
        gtin=variant.gtin or (product.gtin if not product.variants else None) or "",
        mpn=variant.mpn or product.mpn,
        weight=_plain(variant.weight if variant.weight is not None else product.weight),
        image=variant.image,
        unit_price=variant.unit_price or (product.unit_price and inherited_unit_price(product, variant)),
    )


def inherited_unit_price(product: Product, variant: Variant) -> UnitPrice | None:
    """Return the unit price of a variant that has none of its own, None if its content is unknown.

    An option or the weight says the content if one of its values is the content that the product states. Otherwise the
    content is the product's only if the price is too: a piece of another price may have another content.
    """
    unit = product.unit_price
    if unit is None or not product.choices:
        return unit
    content = _content_in_options(product, variant, unit) or _content_in_weight(product, variant, unit)
    if content is not None:
        return UnitPrice(content=content, per=unit.per)
    prices = {product.price} if product.price is not None else {each.price for each in product.variants}
    return unit if len(prices) == 1 and (variant.price is None or variant.price in prices) else None


def _content_in_options(product: Product, variant: Variant, unit: UnitPrice) -> Measure | None:
    for name, choice in product.choices.items():
        if name in variant.options and any(_is_content(measure_in(value), unit) for value in choice.values):
            found = measure_in(variant.options[name])
            return found if found is not None and found.base == unit.content.base else None
    return None


def _content_in_weight(product: Product, variant: Variant, unit: UnitPrice) -> Measure | None:
    weights = (product.weight, *(each.weight for each in product.variants))
    if unit.content.base != "g" or variant.weight is None or unit.content.size not in weights:
        return None
    return Measure(f"{Decimal(variant.weight).normalize():f} g")


def _is_content(measure: Measure | None, unit: UnitPrice) -> bool:
    return measure is not None and (measure.base, measure.size) == (unit.content.base, unit.content.size)


def measure_in(text: str) -> Measure | None:
    """Return the measure that an option's value is: 750 ml for ``3 × 250 ml``, None for other texts."""
    found = _MEASURE.fullmatch(text)
    if found is None:
        return None
    number = Decimal(found[2].replace(",", ".")) * int(found[1] or 1)
    unit = found[3].lower().replace("²", "2").replace("³", "3")
    return Measure(f"{number.normalize():f} {unit}") if number and unit in Measure.UNITS else None


_MEASURE = re.compile(r"\s*(?:([0-9]{1,4})\s*[x×*]\s*)?([0-9]{1,9}(?:[.,][0-9]{1,6})?)\s*([a-zA-Z]+[23²³]?)\s*")


def _availability(product: Product, variant: Variant, stock: int | None) -> Availability:
    stated = variant.availability or (product.availability if variant.stock is None else None)
    if stated:
        return stated
    if stock is not None:
        return "in_stock" if stock else "out_of_stock"
    if variant.available_from or product.available_from:
        return "preorder"
    return "made_to_order" if product.delivery and product.delivery.make_days else "in_stock"


def _plain(weight: Weight | None) -> Decimal | None:
    return None if weight is None else Decimal(weight)
