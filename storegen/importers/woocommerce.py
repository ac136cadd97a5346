"""Convert WooCommerce's product export (CSV) to products, categories, sales and remarks.

Columns and rules are those of WooCommerce's own exporter and importer (class-wc-product-csv-exporter.php and
class-wc-product-csv-importer.php, read on 2026-11-22).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping

import msgspec

from storegen.errors import ContentError, Problem
from storegen.importers.attributes import Attribute, attributes_of, own_value, values_of, with_commas
from storegen.importers.cells import as_list, as_text, as_words, once
from storegen.importers.columns import Platform, known_fields, require_columns, stated_currency, value_of
from storegen.importers.finishing import finished
from storegen.importers.naming import free_name, id_of
from storegen.importers.reading import Reading, barcode_of, keep, say, sku_of, text_of, word_of
from storegen.importers.records import (
    Imported,
    ImportedCategory,
    ImportedProduct,
    ImportedVariant,
    Picture,
)
from storegen.importers.report import Remark, gathered
from storegen.importers.sales import Sale, make_sales
from storegen.importers.spreadsheets import with_decimal_points
from storegen.importers.table import Layout, Row, Table, read_table
from storegen.importers.tree import Path, category_ids, make_tree, split_path
from storegen.importers.variations import expanded
from storegen.importers.woorows import (
    counted,
    kinds_of,
    measures_of,
    other_columns,
    pictures_of,
    prices_of,
    specs_of,
    texts_of,
    weight_in,
)

_NAMES: Mapping[str, tuple[str, ...]] = {
    "id": ("id",),
    "type": ("type",),
    "sku": ("sku",),
    "gtin": ("gtin, upc, ean, or isbn",),
    "name": ("name",),
    "published": ("published",),
    "visibility": ("visibility in catalog",),
    "short": ("short description",),
    "description": ("description",),
    "starts": ("date sale price starts",),
    "ends": ("date sale price ends",),
    "in stock": ("in stock?",),
    "stock": ("stock",),
    "backorders": ("backorders allowed?",),
    "sale": ("sale price",),
    "regular": ("regular price",),
    "categories": ("categories",),
    "tags": ("tags",),
    "brands": ("brands", "brand"),
    "images": ("images",),
    "parent": ("parent",),
    "grouped": ("grouped products",),
    "upsells": ("upsells",),
    "cross-sells": ("cross-sells",),
}
_UNSENT = frozenset(("virtual", "downloadable"))
_KNOWN_TYPES = frozenset(("simple", "variable", "variation", "grouped", "external"))

_value = functools.partial(value_of, names=_NAMES)


class _Entry(msgspec.Struct, frozen=True):
    """A product of the export: its row and the rows of its variations, in their order."""

    id: str
    row: Row
    types: frozenset[str]
    variations: list[Row]


def read_woocommerce(data: bytes, name: str, *, encoding: str = "") -> Imported:
    """Read the product export of a WooCommerce shop. *name* is the file's name, for messages.

    *encoding* is the file's encoding if the merchant knows it.

    Raises ContentError or EncodingError if the file is not such an export.
    """
    columns = frozenset(name for names in _NAMES.values() for name in names)
    table = _unescaped(read_table(data, name, Layout(columns=columns, advice=_PLATFORM.advice, encoding=encoding)))
    table = with_decimal_points(table, (*_NAMES["regular"], *_NAMES["sale"]))
    other = "this looks like a Shopify export: storegen import shopify" if "handle" in table.headers else _LANGUAGE
    require_columns(table, _NAMES, msgspec.structs.replace(_PLATFORM, other=other))
    known = _known(table)
    remarks = list(table.remarks)
    entries = _entries(table, remarks)
    if not entries:
        raise ContentError([Problem(name, 1, "", "expected products, found none")])
    tree = make_tree((path for entry in entries for path in _paths(entry)), remarks)
    export = _Export(table, tree, _references(entries), remarks, [])
    products = finished([_product(export, entry) for entry in entries], remarks, known=known)
    return Imported(
        source=name,
        known=known,
        headers=frozenset(table.headers.values()),
        products=products,
        categories=tuple(tree.values()),
        currency=stated_currency(table),
        collections="/product-category/",
        sales=make_sales(products, export.sales, remarks),
        remarks=gathered(remarks),
    )


_LANGUAGE = "export it with your WordPress profile set to English, which also sets the names of the columns"
# The product keys, each with its fields.
_KEYS: Mapping[str, tuple[str, ...]] = {
    "name": ("name",),
    "sku": ("sku",),
    "category": ("categories",),
    "brand": ("brands",),
    "price": ("regular",),
    "compare_at_price": ("sale",),
    "availability": ("in stock", "stock"),
    "stock": ("stock",),
    "images": ("images",),
    "image": ("images",),
    "summary": ("short",),
    "description": ("description",),
    "tags": ("tags",),
    "gtin": ("gtin",),
    "related": ("grouped", "upsells"),
    "accessories": ("cross-sells",),
    "delivery": ("type",),
    "status": ("published",),
}
_PLATFORM = Platform(
    name="WooCommerce",
    required=("name", "regular|type|published"),
    price="regular",
    advice="in WordPress, use Products → All products → Export → Generate CSV",
)


def _known(table: Table) -> frozenset[str]:
    """Return the product keys with at least one column in the file."""
    attributes = {"options", "variants", "specs"} if "attribute 1 name" in table.headers else set()
    weight = {"weight"} if any(name.startswith("weight (") for name in table.headers) else set()
    return known_fields(table, _NAMES, _KEYS) | attributes | weight


def _unescaped(table: Table) -> Table:
    """Remove the apostrophe that WooCommerce adds before ``= + - @`` to prevent formulas in spreadsheets."""
    rows = tuple(
        Row(row.line, {name: re.sub(r"^'(?=[=+\-@\t])", "", text) for name, text in row.cells.items()})
        for row in table.rows
    )
    return msgspec.structs.replace(table, rows=rows)


def _entries(table: Table, remarks: list[Remark]) -> list[_Entry]:
    """Return the products with their variations. A variation whose product is not in the file is left out."""
    entries: dict[str, _Entry] = {}
    variations: list[Row] = []
    for row in table.rows:
        types = frozenset(as_list(_value(row, field="type").casefold())) or frozenset(("simple",))
        if types & {"variation", "subscription_variation"}:
            variations.append(row)
            continue
        identity = _identity(row, entries, remarks)
        entries[identity] = _Entry(identity, row, types, [])
    known = _references(entries.values())
    for row in sorted(variations, key=_position):
        parent = known.get(_value(row, field="parent").casefold())
        if parent is not None:
            entries[parent].variations.append(row)
        else:
            message = "a variation whose product is not in the file"
            found = _value(row, field="sku") or _value(row, field="name") or _value(row, field="parent")
            remarks.append(Remark(line=row.line, message=message, found=found, dropped=True))
    return list(entries.values())


def _position(row: Row) -> int:
    text = row.get("position")
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else 0


def _identity(row: Row, taken: Mapping[str, object], remarks: list[Remark]) -> str:
    name = as_text(_value(row, field="name"))
    wanted = id_of(name) or id_of(_value(row, field="sku")) or id_of(f"product {_value(row, field='id')}") or "product"
    identity = free_name(wanted, taken.keys())
    if not name:
        remarks.append(Remark(line=row.line, product=identity, message="there was no name; the article number is used"))
    if identity != wanted:
        message = "two products have the same name; the address of this one ends in a number"
        remarks.append(Remark(line=row.line, product=identity, message=message, found=name))
    return identity


def _references(entries: Iterable[_Entry]) -> dict[str, str]:
    """Return the ids of products, keyed by the export's references: article numbers, or ``id:123``."""
    known: dict[str, str] = {}
    for entry in entries:
        for text in (_value(entry.row, field="sku"), f"id:{_value(entry.row, field='id')}"):
            if text not in {"", "id:"}:
                known.setdefault(text.casefold(), entry.id)
    return known


def _paths(entry: _Entry) -> tuple[Path, ...]:
    return tuple(split_path(path) for path in as_list(_value(entry.row, field="categories"), escaped=True))


class _Export(msgspec.Struct, frozen=True):
    """Data that all products of an export share while they are read."""

    table: Table
    tree: Mapping[Path, ImportedCategory]
    known: Mapping[str, str]
    remarks: list[Remark]
    sales: list[Sale]


def _reading(export: _Export, entry: _Entry, row: Row) -> Reading:
    return Reading(row, _NAMES, entry.id, export.remarks, set())


def _product(export: _Export, entry: _Entry) -> ImportedProduct:
    reading = _reading(export, entry, entry.row)
    attributes = attributes_of(entry.row)
    chosen = _chosen(entry, attributes)
    measures = measures_of(export.table, reading)
    shown = {each.name: ", ".join(each.values) for each in attributes if each.visible and each.name not in chosen}
    own = _own_fields(export, reading) if entry.variations else {}
    name = _name(reading)
    summary, description = texts_of(reading, name)
    status = _status(entry, reading)
    variants = _variations(export, entry, chosen) if entry.variations else (_variant(export, entry, reading),)
    hidden = {name for each in attributes if not each.visible and each.name not in chosen for name in each.columns}
    product = ImportedProduct(
        id=entry.id,
        line=entry.row.line,
        columns=other_columns(export.table, reading, besides=frozenset(hidden)),
        address=f"/product/{entry.id}/" if entry.id.isascii() else "",  # WordPress changes other letters by language
        name=name,
        category=category_ids(export.tree, _paths(entry)),
        brand=", ".join(as_list(text_of(reading, "brands"), escaped=True)),
        options={name: values for name, values in chosen.items() if values},
        variants=variants or (ImportedVariant(line=entry.row.line),),
        images=tuple(Picture(file=file) for file in pictures_of(reading)),
        summary=summary,
        description=description,
        specs={**shown, **specs_of(export.table, measures)},
        tags=as_list(text_of(reading, "tags"), escaped=True),
        related=_linked(export, reading, ("grouped", "upsells")),
        accessories=_linked(export, reading, ("cross-sells",)),
        delivery={"digital": True} if _digital(export, entry) else {},
        status=status,
    )
    return msgspec.structs.replace(product, **own)


def _own_fields(export: _Export, reading: Reading) -> dict[str, object]:
    """Return a product's own values, which are the defaults of its variations."""
    stock, availability = counted(reading)
    sku = as_words(text_of(reading, "sku"))
    return {"sku": sku, "stock": stock, "availability": availability, "weight": weight_in(export.table, reading)}


def _chosen(entry: _Entry, attributes: Iterable[Attribute]) -> dict[str, tuple[str, ...]]:
    """Return the attributes that a buyer chooses: those that any variation names, with the product's values."""
    named: dict[str, list[str]] = {}
    for row in entry.variations:
        for each in values_of(row):
            named.setdefault(each.name, []).extend(each.values)
    own = {each.name: with_commas(each.values, named[each.name]) for each in attributes if each.name in named}
    return {**own, **dict.fromkeys(sorted(named.keys() - own.keys()), ())}


def _variations(export: _Export, entry: _Entry, chosen: Mapping[str, tuple[str, ...]]) -> tuple[ImportedVariant, ...]:
    """Return the variations of a product. Those without a price are left out, as in WooCommerce itself."""
    read: list[ImportedVariant] = []
    for row in entry.variations:
        reading = _reading(export, entry, row)
        variant = _variant(export, entry, reading)
        values = {
            each.name: own_value(next(iter(each.values), ""), chosen.get(each.name, ())) for each in values_of(row)
        }
        if variant.price is None:
            message = "a variation without a price, which WooCommerce doesn't sell either"
            say(reading, message, variant.sku or " / ".join(filter(None, values.values())), dropped=True)
            continue
        besides = frozenset((*measures_of(export.table, reading), *_NAMES["description"]))
        columns = other_columns(export.table, reading, besides=besides)
        options = {name: values.get(name, "") for name in chosen}
        read.append(msgspec.structs.replace(variant, options=options, columns=columns))
    return expanded(read, chosen, entry.id, export.remarks)


def _variant(export: _Export, entry: _Entry, reading: Reading) -> ImportedVariant:
    price, compare = prices_of(reading, export.sales)
    stock, availability = counted(reading)
    variation = reading.row is not entry.row
    if variation and text_of(reading, "published") == "0":
        say(reading, "a variation is switched off; it is written as discontinued", text_of(reading, "sku"))
        stock, availability = None, "discontinued"
    return ImportedVariant(
        line=reading.row.line,
        sku=sku_of(reading),
        price=price,
        compare_at_price=compare,
        stock=stock,
        availability=availability,
        gtin=barcode_of(reading, "gtin"),
        weight=weight_in(export.table, reading),
        image=next(iter(pictures_of(reading)), "") if variation else "",
    )


def _name(reading: Reading) -> str:
    name = as_text(text_of(reading, "name"))
    return name or as_words(text_of(reading, "sku")) or reading.product.replace("-", " ").capitalize()


def _linked(export: _Export, reading: Reading, fields: Iterable[str]) -> tuple[str, ...]:
    """Return the ids of products that a row refers to by article number or by the old shop's id."""
    found: list[str] = []
    for field in fields:
        for text in as_list(text_of(reading, field), escaped=True):
            if text.casefold() in export.known:
                found.append(export.known[text.casefold()])
            else:
                say(reading, f"a product of {field} that is not in the file", text, dropped=True)
    return once(name for name in found if name != reading.product)


def _digital(export: _Export, entry: _Entry) -> bool:
    """Return whether nothing is shipped: the product, or each of its variations, is virtual or a download."""
    kinds = [kinds_of(_reading(export, entry, row)) for row in entry.variations]
    return bool(entry.types & _UNSENT) or (bool(kinds) and all(each & _UNSENT for each in kinds))


def _status(entry: _Entry, reading: Reading) -> str:
    reason = _unsellable(entry)
    if reason:
        say(reading, f"a draft, because {reason}", entry.row.get("external url") if "external" in entry.types else "")
    if any(re.fullmatch(r"download [0-9]+ url", name) for name in entry.row.cells):
        say(reading, "the files that buyers download stay under private: on a static site they would be free for all")
    tax = (entry.row.get("tax status") or "taxable", entry.row.get("tax class") or "standard")
    if tax[0] != "taxable" or tax[1] not in {"standard", "parent"}:
        message = "it has a tax status or class of its own, kept under private; give it a tax_class of site.yaml"
        say(reading, message, " / ".join(tax))
    if word_of(reading, "visibility") in {"catalog", "search"}:
        keep(reading, "visibility")
    if reason or word_of(reading, "published") not in {"", "1", "true"}:
        return "draft"
    return "unlisted" if word_of(reading, "visibility") == "hidden" else ""


def _unsellable(entry: _Entry) -> str:
    if "external" in entry.types:
        return "it is sold elsewhere"
    if "grouped" in entry.types:
        return "a group has no price of its own; its products are under related"
    odd = entry.types - _KNOWN_TYPES - _UNSENT
    return f"products of the type {', '.join(sorted(odd))} can't be sold as they are" if odd else ""
