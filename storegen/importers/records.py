"""Products, categories and sales of an import before they are written, with the fields of content files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TypeAlias

import msgspec

from storegen.importers.report import Remark
from storegen.model.category import Category
from storegen.model.offer import Offer
from storegen.model.product import Product
from storegen.normalization import with_lines

Node: TypeAlias = "str | bool | int | Decimal | Sequence[Node] | Mapping[str, Node]"

_EMPTY: tuple[object, ...] = (None, "", (), {})


class Picture(msgspec.Struct, frozen=True, kw_only=True):
    """A picture's address with its alternative text."""

    file: str
    alt: str = ""


class ImportedVariant(msgspec.Struct, frozen=True, kw_only=True):
    """A variant, with the keys in the order of docs/content.md. *columns* are the values without a key."""

    line: int = 0
    columns: Mapping[str, str] = {}

    sku: str = ""
    options: Mapping[str, str] = {}
    price: Decimal | None = None
    compare_at_price: Decimal | None = None
    stock: int | None = None
    availability: str = ""
    gtin: str = ""
    mpn: str = ""
    weight: str = ""
    image: str = ""
    unit_price: Mapping[str, str] = {}


class ImportedProduct(msgspec.Struct, frozen=True, kw_only=True):
    """A product before it is written, with the keys in the order of docs/content.md.

    *id* is the file's name. *columns* are the export's values without a product key. *address* is the product's path in
    the old shop, empty if it isn't known. *made* are the names of the options that `finishing` has added, with their
    kind.
    """

    id: str
    line: int = 0
    columns: Mapping[str, str] = {}
    address: str = ""
    made: Mapping[str, str] = {}

    name: str
    sku: str = ""
    category: tuple[str, ...] = ()
    brand: str = ""
    price: Decimal | None = None
    compare_at_price: Decimal | None = None
    availability: str = ""
    stock: int | None = None
    options: Mapping[str, tuple[str, ...]] = {}
    variants: tuple[ImportedVariant, ...] = ()
    images: tuple[Picture, ...] = ()
    summary: str = ""
    description: str = ""
    specs: Mapping[str, str] = {}
    tags: tuple[str, ...] = ()
    gtin: str = ""
    mpn: str = ""
    condition: str = ""
    weight: str = ""
    related: tuple[str, ...] = ()
    accessories: tuple[str, ...] = ()
    delivery: Mapping[str, bool] = {}
    unit_price: Mapping[str, str] = {}
    status: str = ""


_UNWRITTEN = frozenset(("id", "line", "columns", "address", "made"))
PRODUCT_KEYS = frozenset((*ImportedProduct.__struct_fields__, "image")) - _UNWRITTEN


class ImportedCategory(msgspec.Struct, frozen=True, kw_only=True):
    """A category with its path in the tree, such as ``rings/bands``. *order* is its position, if it has one."""

    id: str
    name: str
    order: int | None = None


class ImportedSale(msgspec.Struct, frozen=True, kw_only=True):
    """A reduction between two moments, which becomes an offer in content/offers."""

    id: str
    name: str
    percent: Decimal
    products: tuple[str, ...]
    starts: str
    ends: str


class Imported(msgspec.Struct, frozen=True, kw_only=True):
    """The whole content of an export, ready to be written.

    *known* are the product keys with a column in the export, *headers* the names of its columns. When a product is
    replaced, values that the export has no column for are kept. *currency* is the code that the export states. *levels*
    is the number of category levels that a shop needs; 0 is any number. *collections* begins the old addresses of
    categories, in one level, or with the whole path if it ends with ``/``. *redirects* are old addresses, each with a
    reference to its new page.
    """

    source: str
    known: frozenset[str] = PRODUCT_KEYS
    headers: frozenset[str] = frozenset()
    products: tuple[ImportedProduct, ...]
    categories: tuple[ImportedCategory, ...] = ()
    sales: tuple[ImportedSale, ...] = ()
    currency: str = ""
    levels: int = 0
    collections: str = ""
    redirects: Mapping[str, str] = {}
    remarks: tuple[Remark, ...] = ()

    @property
    def variants(self) -> int:
        """The number of sellable items: variants, and products without variants."""
        return sum(max(1, len(product.variants)) for product in self.products)

    @property
    def left_out(self) -> tuple[Remark, ...]:
        """The remarks on content of the export that is not imported."""
        return tuple(remark for remark in self.remarks if remark.dropped)

    @property
    def warnings(self) -> tuple[Remark, ...]:
        """The remarks on changed values, and on values that the merchant should check."""
        return tuple(remark for remark in self.remarks if not remark.dropped)


def product_fields(product: ImportedProduct) -> dict[str, Node]:
    """Return a product's keys and values in the documented order, with the columns without a key under ``private``."""
    fields = _fields(product)
    if len(product.category) == 1:
        fields["category"] = product.category[0]
    private: dict[str, Node] = {}
    if product.columns:
        private["imported"] = _node(product.columns)
    if any(variant.columns for variant in product.variants):
        private["imported_variants"] = _node({each.sku: each.columns for each in product.variants if each.columns})
    if private:
        fields["private"] = private
    return with_lines(fields, Product)


def category_fields(category: ImportedCategory) -> dict[str, Node]:
    """Return a category's keys and values."""
    order: dict[str, Node] = {} if category.order is None else {"order": category.order}
    return with_lines({"name": category.name, **order}, Category)


def sale_fields(sale: ImportedSale) -> dict[str, Node]:
    """Return the keys and values of a sale's offer."""
    return with_lines(_fields(sale), Offer)


def _fields(record: msgspec.Struct) -> dict[str, Node]:
    """Return a record's non-empty fields in order, without those that are not keys of the file."""
    values = ((name, getattr(record, name)) for name in record.__struct_fields__ if name not in _UNWRITTEN)
    return {name: _node(value) for name, value in values if value not in _EMPTY}


def _node(value: object) -> Node:
    if isinstance(value, Picture):
        return _fields(value) if value.alt else value.file
    if isinstance(value, msgspec.Struct):
        return _fields(value)
    if isinstance(value, tuple):
        return [_node(item) for item in value]
    if isinstance(value, Mapping):
        return {_key(str(key)): _node(item) for key, item in value.items()}
    if isinstance(value, str | int | Decimal):
        return value
    raise TypeError(f"{type(value).__name__} can't be in a content file")


def _key(text: str) -> str:
    return "‹‹" if text == "<<" else text  # YAML's merge key, which storegen rejects
