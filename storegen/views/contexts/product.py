"""The product page."""

from __future__ import annotations

from storegen.checkout.protocol import Buy
from storegen.model.money import Money
from storegen.views.contexts.base import Context
from storegen.views.contexts.delivery import DeliveryLine, DispatchRule, ReturnsLine, TaxLine
from storegen.views.contexts.duties import GaranLabel, SafetyBox
from storegen.views.contexts.offers import OfferLine, SaleLine
from storegen.views.contexts.page import Head
from storegen.views.contexts.parts import (
    ArticleCard,
    BadgeTag,
    Card,
    ClipBox,
    Fact,
    Link,
    PersonTag,
    Picture,
    PriceTag,
    QuestionLine,
    Stock,
    Swatch,
    Text,
)
from storegen.views.contexts.reviews import ReviewBlock
from storegen.views.contexts.services import ServiceLine


class OptionValue(Context, frozen=True, kw_only=True):
    """One value of an option, and whether a variant with that value can be bought."""

    value: str
    label: str
    available: bool = True
    swatch: Swatch | None = None


class OptionBox(Context, frozen=True, kw_only=True):
    """An option with its values. *guide* links to advice for choosing. *property* is the schema.org property."""

    name: str
    label: str
    values: tuple[OptionValue, ...]
    guide: Link | None = None
    help: str = ""
    property: str = ""


class ChoiceValue(Context, frozen=True, kw_only=True):
    """One value of a choice and its price difference, which can be negative."""

    text: str
    more: Money | None = None


class ChoiceLine(Context, frozen=True, kw_only=True):
    """A choice in the provider's cart. Without *values*, the buyer types a text."""

    name: str
    values: tuple[ChoiceValue, ...] = ()


class VariantRow(Context, frozen=True, kw_only=True):
    """A variant: its values in the order of the options, its price, stock and buttons.

    *buy* is the page's button. *others* are the buttons of the payment methods after the first, in the order of
    site.yaml; None stands for one that doesn't sell the variant, or whose button is *buy*. *later* are those after a
    sale. *choices* are selected in the provider's cart.
    """

    sku: str
    values: tuple[str, ...]
    choice: str = ""
    price: PriceTag
    stock: Stock
    buy: Buy | None = None
    others: tuple[Buy | None, ...] = ()
    choices: tuple[ChoiceLine, ...] = ()
    picture: int = -1
    gtin: str = ""
    mpn: str = ""
    weight: str = ""


class NoteBox(Context, frozen=True, kw_only=True):
    """A quotation of the person who makes the product or knows it well."""

    text: str
    person: PersonTag
    fact: str = ""


class ProseSection(Context, frozen=True, kw_only=True):
    """A section of a description: its heading and its text."""

    title: str
    text: Text


class CareBlock(Context, frozen=True, kw_only=True):
    """One piece of care advice."""

    title: str
    text: Text


class ProductPage(Context, frozen=True, kw_only=True):
    """All data of a product's page."""

    head: Head
    breadcrumbs: tuple[Link, ...]
    id: str
    name: str
    language: str = ""
    sku: str = ""
    article: str = ""
    brand: str = ""
    brand_page: str = ""
    condition: str = "new"
    category: str = ""
    summary: str = ""
    gallery: tuple[Picture, ...] = ()
    videos: tuple[ClipBox, ...] = ()
    sounds: tuple[ClipBox, ...] = ()
    badge: BadgeTag | None = None
    price: PriceTag
    stock: Stock
    tax: TaxLine | None = None
    delivery: DeliveryLine | None = None
    delivery_page: str = ""
    deliveries: tuple[DeliveryLine, ...] = ()
    dispatch: DispatchRule | None = None
    abroad: bool = False
    returns: ReturnsLine | None = None
    options: tuple[OptionBox, ...] = ()
    variants: tuple[VariantRow, ...] = ()
    chosen: int = -1
    services: tuple[ServiceLine, ...] = ()
    sales: tuple[SaleLine, ...] = ()
    offers: tuple[OfferLine, ...] = ()
    facts: tuple[Fact, ...] = ()
    note: NoteBox | None = None
    specs: tuple[tuple[str, str], ...] = ()
    safety: SafetyBox | None = None
    guarantee: GaranLabel | None = None
    lead: Text | None = None
    sections: tuple[ProseSection, ...] = ()
    care: tuple[CareBlock, ...] = ()
    care_guide: Link | None = None
    goes_with: tuple[Card, ...] = ()
    reviews: ReviewBlock | None = None
    questions: tuple[QuestionLine, ...] = ()
    ask: str = ""
    review: str = ""
    guides: tuple[ArticleCard, ...] = ()
    related: tuple[Card, ...] = ()
    after: tuple[Link, ...] = ()
    extra: dict[str, str] = {}
