"""Convert Shopify's product export (CSV) to products, categories and remarks.

Columns and rules: help.shopify.com/manual/products/import-export/using-csv, read on 2026-11-20. Shopify renamed its
columns in 2025 ("Handle" became "URL handle"). Both sets of names are read.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

import msgspec

from storegen.errors import ContentError, Problem
from storegen.importers.cells import as_flag, as_list, as_measure, as_words
from storegen.importers.columns import (
    Platform,
    first_value,
    known_fields,
    require_columns,
    shared_columns,
    stated_currency,
    unused_columns,
    value_of,
)
from storegen.importers.finishing import finished
from storegen.importers.naming import free_name, id_of
from storegen.importers.reading import (
    Reading,
    barcode_of,
    keep,
    markdown_of,
    picture_of,
    price_of,
    quantity_of,
    say,
    sku_of,
    stock_of,
    text_of,
    weight_of,
    word_of,
)
from storegen.importers.records import (
    Imported,
    ImportedCategory,
    ImportedProduct,
    ImportedVariant,
    Picture,
)
from storegen.importers.repetition import without_name
from storegen.importers.report import Remark, gathered
from storegen.importers.shopify_columns import FLAGS, KEYS, NAMES
from storegen.importers.spreadsheets import with_decimal_points, with_english_flags
from storegen.importers.table import Layout, Row, Table, read_table
from storegen.importers.tree import Path, category_ids, make_tree, split_path

_HIDDEN = frozenset(("variant weight unit", "weight unit for display"))  # the unit in which Shopify displays the grams
_USED = frozenset(name for names in NAMES.values() for name in names) | _HIDDEN
_USUAL = frozenset(
    (name, value)
    for names, value in (
        (("variant fulfillment service", "fulfillment service"), "manual"),
        (NAMES["taxable"], "true"),
    )
    for name in names
)
_LEVELS = 2  # Shopify's own categories are a general taxonomy of up to seven levels
_SMALL = re.compile(r"[0-9]{0,2}\.[0-9]*[1-9][0-9]*")
_VARIANT = ("price", "sku", "option1 value", "option2 value", "option3 value")

_PLATFORM = Platform(
    name="Shopify",
    required=("title", "handle"),
    price="price",
    advice="in Shopify's admin, use Products → Export → All products → CSV",
)

_value = functools.partial(value_of, names=NAMES)


class _Group(msgspec.Struct, frozen=True):
    """The rows of one product, divided into variants and rows with pictures only."""

    id: str
    rows: tuple[Row, ...]
    variants: tuple[Row, ...]
    pictures: tuple[Row, ...]


def read_shopify(data: bytes, name: str, *, encoding: str = "") -> Imported:
    """Read the product export of a Shopify shop. *name* is the file's name, for messages.

    *encoding* is the file's encoding if the merchant knows it.

    Raises ContentError or EncodingError if the file is not such an export.
    """
    columns = frozenset(name for names in NAMES.values() for name in names)
    table = read_table(data, name, Layout(columns=columns, advice=_PLATFORM.advice, encoding=encoding))
    table = with_decimal_points(table, (*NAMES["price"], *NAMES["compare"]))
    table = with_english_flags(table, (name for field in FLAGS for name in NAMES[field]))
    other = "this looks like a WooCommerce export: storegen import woocommerce"
    require_columns(
        table, NAMES, msgspec.structs.replace(_PLATFORM, other=other if "regular price" in table.headers else "")
    )
    known = known_fields(table, NAMES, KEYS)
    remarks = list(table.remarks)
    groups = _groups(table, remarks)
    if not groups:
        raise ContentError([Problem(name, 1, "", "expected products, found only the header line")])
    tree = make_tree((_path(group) for group in groups), remarks)
    products = finished([_product(table, group, tree, remarks) for group in groups], remarks, known=known)
    remarks += _whole_file(table.rows)
    return Imported(
        source=name,
        known=known,
        headers=frozenset(table.headers.values()),
        products=products,
        categories=tuple(tree.values()),
        currency=stated_currency(table),
        levels=_LEVELS,
        collections="/collections",
        remarks=gathered(remarks),
    )


def _whole_file(rows: Iterable[Row]) -> Iterator[Remark]:
    """Yield the remarks that depend on all rows."""
    tracked = [row for row in rows if _value(row, field="tracker")]
    if tracked and not any(_value(row, field="quantity") for row in tracked):
        yield Remark(
            message="stock is tracked, but its numbers are in Shopify's inventory export; everything counts as in stock"
        )
    light = [row for row in rows if _SMALL.fullmatch(grams := _value(row, field="grams")) and float(grams)]
    shown = {row.get(name).casefold() for row in light for name in _HIDDEN}
    if light and shown & {"kg", "lb"}:
        yield Remark(
            message="weights of a few grams are shown in kg or lb; check whether the column of grams holds kilograms",
            found=_value(light[0], field="grams"),
            line=light[0].line,
            count=len(light),
        )


def _groups(table: Table, remarks: list[Remark]) -> list[_Group]:
    """Return the rows grouped by product handle. A row with a title but without a handle is a separate product."""
    found: dict[str, list[Row]] = {}
    current: dict[str, list[Row]] = {}
    for row in table.rows:
        handle, title = _value(row, field="handle"), _value(row, field="title")
        rows = current.get(_key(handle)) if handle else None
        if rows is not None:
            first = first_value(rows, NAMES, "title")
            if title and first and title != first:
                message = "rows of one handle have different titles; only the first is used, not"
                remarks.append(Remark(line=row.line, product=id_of(handle), message=message, found=title))
            rows.append(row)
        elif handle or title:
            identity = _identity(handle, title, found, row.line, remarks)
            found[identity] = current[_key(handle)] = [row]
        else:
            message = "a row without handle and title, which belongs to no product"
            remarks.append(Remark(line=row.line, message=message, dropped=True))
    return [_group(identity, rows) for identity, rows in found.items()]


def _key(handle: str) -> str:
    """Return a handle in Shopify's form, in lower case with hyphens, so that different spellings are equal."""
    return "-".join(unicodedata.normalize("NFC", handle).casefold().split())


def _group(identity: str, rows: list[Row]) -> _Group:
    sold = [any(_value(row, field=field) for field in _VARIANT) for row in rows]
    if not any(sold):
        sold[0] = True
    variants = tuple(row for row, each in zip(rows, sold, strict=True) if each)
    pictures = tuple(row for row, each in zip(rows, sold, strict=True) if not each)
    return _Group(identity, tuple(rows), variants, pictures)


def _identity(handle: str, title: str, taken: Mapping[str, object], line: int, remarks: list[Remark]) -> str:
    wanted = id_of(handle) or id_of(title) or "product"
    identity = free_name(wanted, taken.keys())
    if not handle:
        message = "there was no handle; one was made of the title"
        remarks.append(Remark(line=line, product=identity, message=message))
    elif identity != handle:
        why = "another product has it" if identity != wanted else "it can't be an address as it is"
        message = f"the handle, and so the product's address, was changed, because {why}"
        remarks.append(Remark(line=line, product=identity, message=message, found=handle))
    return identity


def _path(group: _Group) -> Path:
    """Return the category's names: the shop's own type, or Shopify's product category as the default."""
    return split_path(first_value(group.rows, NAMES, "type") or first_value(group.rows, NAMES, "category"))


def _product(
    table: Table, group: _Group, tree: Mapping[Path, ImportedCategory], remarks: list[Remark]
) -> ImportedProduct:
    rows = group.rows
    title = as_words(first_value(rows, NAMES, "title"))
    first = _reading(group, rows[0], remarks)
    if not title:
        say(first, "there was no title; the handle is used")
    options = _option_names(group)
    readings = [_reading(group, row, remarks) for row in group.variants]
    variants = [_variant(reading, options) for reading in readings]
    whole, single = _columns(table, group, readings)
    name = title or group.id.replace("-", " ").capitalize()
    return ImportedProduct(
        id=group.id,
        line=rows[0].line,
        columns=whole,
        address=f"/products/{_key(handle)}" if (handle := first_value(rows, NAMES, "handle")) else "",
        name=name,
        category=category_ids(tree, [_path(group)]),
        brand=as_words(first_value(rows, NAMES, "vendor")),
        variants=tuple(map(_with_columns, variants, single)),
        images=_pictures(group, remarks),
        description=without_name(name, markdown_of(first, first_value(rows, NAMES, "body"))),
        tags=as_list(first_value(rows, NAMES, "tags")),
        condition=_condition(group),
        delivery=_delivery(group),
        status=_status(group),
    )


def _with_columns(variant: ImportedVariant, columns: Mapping[str, str]) -> ImportedVariant:
    return msgspec.structs.replace(variant, columns=columns)


def _reading(group: _Group, row: Row, remarks: list[Remark]) -> Reading:
    return Reading(row, NAMES, group.id, remarks, set())


def _columns(table: Table, group: _Group, variants: list[Reading]) -> tuple[dict[str, str], list[dict[str, str]]]:
    """Return the columns without a key: those of the product, and those of each variant."""
    used = _USED - frozenset(NAMES["category"]) if first_value(group.rows, NAMES, "type") else _USED
    if first_value(group.rows, NAMES, "status").casefold() not in {"active", "draft", "unlisted"}:
        used -= frozenset(NAMES["status"])
    if not _condition(group):
        used -= frozenset(NAMES["condition"])
    found = [unused_columns(table, each.row, used, kept=each.kept, usual=_USUAL) for each in variants]
    whole, single = shared_columns(found)
    known = {name for row in found for name in row}
    for row in group.pictures:
        more = unused_columns(table, row, _USED, usual=_USUAL)
        whole |= {name: text for name, text in more.items() if name not in known and name not in whole}
    return whole, single


def _option_names(group: _Group) -> dict[int, str]:
    """Return the names of the real options. "Title" with "Default Title" means that there are none."""
    names: dict[int, str] = {}
    for number in (1, 2, 3):
        values = {_value(row, field=f"option{number} value").casefold() for row in group.variants}
        name = as_words(first_value(group.rows, NAMES, f"option{number} name")) or f"Option {number}"
        if values - {"", "default title"}:
            names[number] = free_name(name, set(names.values()))
    return names


def _variant(reading: Reading, options: Mapping[int, str]) -> ImportedVariant:
    price, compare = _prices(reading)
    stock, availability = _stock(reading)
    if word_of(reading, "taxable") == "false":
        say(reading, "no tax was charged on this in Shopify; if that is right, give it a tax_class of site.yaml")
        keep(reading, "taxable")
    return ImportedVariant(
        line=reading.row.line,
        sku=sku_of(reading),
        options={name: as_words(text_of(reading, f"option{number} value")) for number, name in options.items()},
        price=price,
        compare_at_price=compare,
        stock=stock,
        availability=availability,
        gtin=barcode_of(reading, "barcode"),
        mpn=text_of(reading, "mpn"),
        weight=weight_of(reading, "grams", "g"),
        image=picture_of(reading, text_of(reading, "variant image")),
        unit_price=_unit_price(reading),
    )


def _prices(reading: Reading) -> tuple[Decimal | None, Decimal | None]:
    price, compare = price_of(reading, "price"), price_of(reading, "compare")
    if compare and price is not None and compare <= price:
        message = "the price before the reduction is not above the price, so it is no reduction"
        say(reading, message, str(compare), dropped=True)
        compare = None
    return price, compare or None


def _stock(reading: Reading) -> tuple[int | None, str]:
    """Return stock and availability, both empty without stock tracking."""
    quantity = quantity_of(reading, "quantity") if text_of(reading, "tracker") else None
    if quantity is None:
        return None, ""
    on_order = word_of(reading, "policy") in {"continue", "true"}
    if on_order:
        keep(reading, "policy")
    return stock_of(reading, quantity, on_order=on_order)


def _unit_price(reading: Reading) -> dict[str, str]:
    fields = ("measure", "measure unit", "base", "base unit")
    content, unit, base, base_unit = (text_of(reading, field) for field in fields)
    if not content:
        return {}
    try:
        return {"content": as_measure(content, unit), "per": as_measure(base or "1", base_unit or unit)}
    except ValueError:
        say(reading, "the measure for the unit price can't be read; it is kept under private", f"{content} {unit}")
        keep(reading, *fields)
        return {}


def _pictures(group: _Group, remarks: list[Remark]) -> tuple[Picture, ...]:
    """Return the pictures sorted by position, then in file order, each once."""

    def place(item: tuple[int, Row]) -> tuple[int, int]:
        """Return the sort key of a row: its position, last if it has none, then its place in the file."""
        position = _value(item[1], field="position")
        return (int(position) if re.fullmatch("[0-9]{1,6}", position) else 10**6, item[0])

    found: dict[str, Picture] = {}
    for _, row in sorted(enumerate(group.rows), key=place):
        if file := picture_of(_reading(group, row, remarks), _value(row, field="image")):
            found.setdefault(file, Picture(file=file, alt=as_words(_value(row, field="alt"))))
    return tuple(found.values())


def _condition(group: _Group) -> str:
    text = first_value(group.rows, NAMES, "condition").casefold()
    return text if text in {"new", "used", "refurbished"} else ""


def _delivery(group: _Group) -> dict[str, bool]:
    """Return the field ``voucher`` for gift cards, and ``digital`` for products without a shipped variant."""
    gift = as_flag(first_value(group.rows, NAMES, "gift"))
    unsent = all(_value(row, field="shipping").casefold() == "false" for row in group.variants)
    return {"voucher": True} if gift else {"digital": True} if unsent else {}


def _status(group: _Group) -> str:
    status = first_value(group.rows, NAMES, "status").casefold()
    if status in {"draft", "archived"} or first_value(group.rows, NAMES, "published").casefold() == "false":
        return "draft"
    return "unlisted" if status == "unlisted" else ""
