"""Shopify's product export to products."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Mapping
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storegen.errors import ContentError
from storegen.fields import make_record
from storegen.importers import Imported, read_shopify
from storegen.importers.emit import emit_yaml
from storegen.importers.finishing import picture_words
from storegen.importers.records import ImportedProduct, Picture, product_fields
from storegen.model.product import Product, variants_of
from storegen.yaml import load_yaml

Cells = Mapping[str, str]


def csv_of(*rows: Cells) -> bytes:
    """Return a CSV file whose columns are the keys of all rows in order."""
    columns = list(dict.fromkeys(key for row in rows for key in row))
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, columns)
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue().encode()


def read(*rows: Cells) -> Imported:
    return read_shopify(csv_of(*rows), "products.csv")


def only(*rows: Cells) -> ImportedProduct:
    """Return the one product of the rows; each row gets the handle ring, and the first a title, if they have none."""
    first, *rest = ({"Handle": "ring", **row} for row in rows)
    (product,) = read({"Title": "Ring", **first}, *rest).products
    return product


def said(*rows: Cells) -> list[str]:
    first, *rest = ({"Handle": "ring", **row} for row in rows)
    return [str(remark) for remark in read({"Title": "Ring", **first}, *rest).remarks]


def loaded(product: ImportedProduct) -> Product:
    """Return a product as the loader reads the file that is written of it."""
    data = load_yaml(emit_yaml(product_fields(product)))
    assert isinstance(data, dict)
    data.pop("private", None)
    return make_record({**data, "id": product.id, "file": "f", "language": "en"}, Product, dt.UTC)


RING = {
    "Handle": "rope-ring",
    "Title": "Rope ring",
    "Body (HTML)": "<p>Three wires.</p>",
    "Vendor": "Hopea",
    "Type": "Rings",
    "Tags": "silver, twisted, silver",
    "Published": "TRUE",
    "Option1 Name": "Size",
    "Option1 Value": "16",
    "Variant SKU": "RG-16",
    "Variant Grams": "4.8",
    "Variant Inventory Tracker": "shopify",
    "Variant Inventory Qty": "3",
    "Variant Inventory Policy": "deny",
    "Variant Price": "59.00",
    "Variant Compare At Price": "69.00",
    "Variant Barcode": "'4006381333931",
    "Image Src": "https://cdn.example/1.jpg",
    "Image Position": "1",
    "Image Alt Text": "A ring",
    "Variant Image": "https://cdn.example/2.jpg",
    "SEO Title": "Ring for sale",
    "Cost per item": "20.00",
    "Price / Mexico": "999",
    "Status": "active",
}
RING_17 = {
    "Handle": "rope-ring",
    "Option1 Value": "17",
    "Variant SKU": "RG-17",
    "Variant Grams": "4.8",
    "Variant Inventory Tracker": "shopify",
    "Variant Inventory Qty": "0",
    "Variant Inventory Policy": "deny",
    "Variant Price": "59.00",
    "Variant Compare At Price": "69.00",
    "Cost per item": "21.00",
}
RING_PICTURE = {"Handle": "rope-ring", "Image Src": "https://cdn.example/2.jpg", "Image Position": "2"}


def test_product_is_written_in_the_documented_format() -> None:
    (product,) = read(RING, RING_17, RING_PICTURE).products
    assert emit_yaml(product_fields(product)) == (
        "name: Rope ring\n"
        "category: rings\n"
        "brand: Hopea\n"
        "price: 59.00\n"
        "compare_at_price: 69.00\n"
        "options:\n"
        '  Size: ["16", "17"]\n'
        "variants:\n"
        "  - sku: RG-16\n"
        "    options:\n"
        '      Size: "16"\n'
        "    stock: 3\n"
        '    gtin: "4006381333931"\n'
        "    image: https://cdn.example/2.jpg\n"
        "  - sku: RG-17\n"
        "    options:\n"
        '      Size: "17"\n'
        "    stock: 0\n"
        "images:\n"
        "  - file: https://cdn.example/1.jpg\n"
        "    alt: A ring\n"
        "  - https://cdn.example/2.jpg\n"
        "description: Three wires.\n"
        "tags: [silver, twisted]\n"
        "weight: 4.8 g\n"
        "private:\n"
        "  imported:\n"
        "    SEO Title: Ring for sale\n"
        '    Price / Mexico: "999"\n'
        "  imported_variants:\n"
        "    RG-16:\n"
        '      Cost per item: "20.00"\n'
        "    RG-17:\n"
        '      Cost per item: "21.00"\n'
    )


def test_written_product_loads_with_the_same_facts() -> None:
    (product,) = read(RING, RING_17, RING_PICTURE).products
    first, second = variants_of(loaded(product))
    assert (first.sku, first.stock) == ("RG-16", 3)
    assert (first.price, first.compare_at_price) == (Decimal(59), Decimal(69))
    assert (second.sku, second.options, second.availability) == ("RG-17", (("Size", "17"),), "out_of_stock")
    assert second.weight == Decimal("4.8")


def test_columns_as_shopify_names_them_since_2025_read_alike() -> None:
    names = {
        "Handle": "URL handle",
        "Body (HTML)": "Description",
        "Published": "Published on online store",
        "Variant SKU": "SKU",
        "Variant Grams": "Weight value (grams)",
        "Variant Inventory Tracker": "Inventory tracker",
        "Variant Inventory Qty": "Inventory quantity",
        "Variant Inventory Policy": "Continue selling when out of stock",
        "Variant Price": "Price",
        "Variant Compare At Price": "Compare-at price",
        "Variant Barcode": "Barcode",
        "Image Src": "Product image URL",
        "Variant Image": "Variant image URL",
    }
    rows = [{names.get(key, key): value for key, value in row.items()} for row in (RING, RING_17, RING_PICTURE)]
    assert read(*rows).products == read(RING, RING_17, RING_PICTURE).products


def test_default_title_means_no_options() -> None:
    product = only(
        {"Option1 Name": "Title", "Option1 Value": "Default Title", "Variant SKU": "A", "Variant Price": "5"}
    )
    assert (dict(product.options), product.variants, product.sku) == ({}, (), "A")
    assert product.price == Decimal(5)


def test_type_is_the_category_and_shopifys_own_stands_in_for_it() -> None:
    rows = [
        {"Handle": "a", "Title": "A", "Type": "Clothing > Shoes", "Product Category": "Apparel", "Variant Price": "1"},
        {"Handle": "b", "Title": "B", "Type": "", "Product Category": "Home & Garden", "Variant Price": "1"},
        {"Handle": "c", "Title": "C", "Type": "clothing", "Product Category": "", "Variant Price": "1"},
        {"Handle": "d", "Title": "D", "Type": "", "Product Category": "", "Variant Price": "1"},
    ]
    imported = read(*rows)
    assert [product.category for product in imported.products] == [
        ("clothing/shoes",),
        ("home-garden",),
        ("clothing",),
        (),
    ]
    assert [(each.id, each.name) for each in imported.categories] == [
        ("clothing", "Clothing"),
        ("clothing/shoes", "Shoes"),
        ("home-garden", "Home & Garden"),
    ]
    assert imported.products[0].columns == {"Product Category": "Apparel"}


def test_category_never_takes_the_place_of_a_page_or_of_another_category() -> None:
    types = ["Guides", "T-Shirts", "T Shirts", "Rings > 2", "★"]
    rows = [{"Handle": f"p{n}", "Title": "P", "Type": each, "Variant Price": "1"} for n, each in enumerate(types)]
    imported = read(*rows)
    assert [each.id for each in imported.categories] == [
        "guides-2",
        "t-shirts",
        "t-shirts-2",
        "rings",
        "rings/category-2",
        "category",
    ]
    assert [str(each) for each in imported.remarks] == [
        "a category got another address, because its own is already used by another category: T Shirts became t-shirts-2",
        "a category got another address, because its own is reserved for a page of the shop: Guides became guides-2",
    ]


def test_rows_of_pictures_are_pictures_in_the_order_of_their_positions() -> None:
    product = only(
        {"Variant Price": "5", "Image Src": "https://x.example/b.jpg", "Image Position": "2"},
        {"Image Src": "https://x.example/c.jpg", "Image Position": ""},
        {"Image Src": "https://x.example/a.jpg", "Image Position": "1", "Image Alt Text": "First"},
        {"Image Src": "https://x.example/b.jpg", "Image Position": "3"},
    )
    assert product.variants == ()
    assert product.images == (
        Picture(file="https://x.example/a.jpg", alt="First"),
        Picture(file="https://x.example/b.jpg"),
        Picture(file="https://x.example/c.jpg"),
    )


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("//cdn.example/a.jpg", "https://cdn.example/a.jpg"),
        ("https://x.example/a b'.jpg?v=1&w=2", "https://x.example/a%20b%27.jpg?v=1&w=2"),
        ("https://x.example/sõrmus.jpg", "https://x.example/sõrmus.jpg"),
    ],
)
def test_picture_addresses_are_made_whole(text: str, address: str) -> None:
    assert only({"Variant Price": "5", "Image Src": text}).images[0].file == address


@pytest.mark.parametrize(
    "text", ["ring.jpg", "file:///etc/passwd", "data:image/png;base64,AA", "ftp://x.example/a.jpg"]
)
def test_picture_without_an_address_on_the_web_is_left_out(text: str) -> None:
    assert only({"Variant Price": "5", "Image Src": text}).images == ()
    assert said({"Variant Price": "5", "Image Src": text}) == [
        f"ring (line 2): left out: a picture without an address on the web: {text}"
    ]


@pytest.mark.parametrize(
    ("text", "price"),
    [
        ("59", "59"),
        ("59.90", "59.90"),
        ("059.9", "59.9"),
        (".5", "0.5"),
        ("0.00", "0.00"),
        ("12,50", "12.50"),
        ("1,234.50", "1234.50"),
        ("1.234,50", "1234.50"),
        ("19.990000", "19.99"),
        ("1 234.50", "1234.50"),
    ],
)
def test_prices_are_exact_however_they_are_written(text: str, price: str) -> None:
    assert str(only({"Variant Price": text}).price) == price


@pytest.mark.parametrize("text", ["", "1,234", "€5", "-5", "free", "1e5", "NaN", "0.12345", "9" * 13, "٥"])
def test_product_without_a_price_that_can_be_read_becomes_a_draft(text: str) -> None:
    product = only({"Variant Price": text, "Variant SKU": "A"})
    assert (product.price, product.status) == (None, "draft")
    assert said({"Variant Price": text, "Variant SKU": "A"})[-1] == (
        "ring (line 2): there is no price that can be read, so the product is a draft"
    )
    assert product.columns == ({"Variant Price": text} if text else {})


def test_price_before_a_reduction_that_is_none_is_left_out() -> None:
    rows = (
        {"Option1 Name": "Size", "Option1 Value": "S", "Variant Price": "5", "Variant Compare At Price": "5"},
        {"Option1 Value": "M", "Variant Price": "5", "Variant Compare At Price": "4"},
        {"Option1 Value": "L", "Variant Price": "5", "Variant Compare At Price": "6"},
    )
    assert [each.compare_at_price for each in only(*rows).variants] == [None, None, 6]
    assert said(*rows)[1:] == [
        "ring (line 2): left out: the price before the reduction is not above the price, so it is no reduction: 5",
        "ring (line 3): left out: the price before the reduction is not above the price, so it is no reduction: 4",
    ]


def test_merchant_is_told_when_a_price_before_a_reduction_is_shown() -> None:
    assert said({"Variant Price": "5", "Variant Compare At Price": "6"}) == [
        (
            "products with a price before a reduction; a shop in the EU shows this price only if "
            "content/history/prices.csv proves it (Directive 98/6/EC, article 6a): 1"
        )
    ]


@pytest.mark.parametrize(
    ("tracker", "quantity", "policy", "expected"),
    [
        ("shopify", "7", "deny", (7, "")),
        ("shopify", "0", "deny", (0, "")),
        ("shopify", "-3", "deny", (0, "")),
        ("shopify", "0", "continue", (None, "backorder")),
        ("shopify", "-1", "CONTINUE", (None, "backorder")),
        ("shopify", "4", "continue", (4, "")),
        ("", "7", "deny", (None, "")),
        ("shopify", "", "deny", (None, "")),
        ("shopify", "many", "deny", (None, "")),
        ("shopify", "2.5", "deny", (2, "")),
    ],
)
def test_stock_counts_only_where_it_is_tracked(
    tracker: str, quantity: str, policy: str, expected: tuple[int | None, str]
) -> None:
    row = {
        "Variant Price": "5",
        "Variant Inventory Tracker": tracker,
        "Variant Inventory Qty": quantity,
        "Variant Inventory Policy": policy,
    }
    product = only(row)
    assert (product.stock, product.availability) == expected
    assert loaded(product).stock == expected[0]


def test_stock_in_another_export_is_told_once() -> None:
    row = {"Variant Price": "5", "Variant Inventory Tracker": "shopify"}
    assert said(row) == [
        "stock is tracked, but its numbers are in Shopify's inventory export; everything counts as in stock"
    ]


@pytest.mark.parametrize(
    ("grams", "weight"),
    [("0", ""), ("0.0", ""), ("", ""), ("28", "28 g"), ("28.50", "28.5 g"), ("1000", "1 kg"), ("1250.0", "1.25 kg")],
)
def test_weight_is_written_in_grams_or_kilograms(grams: str, weight: str) -> None:
    product = only({"Variant Price": "5", "Variant Grams": grams, "Variant Weight Unit": "kg"})
    assert product.weight == weight
    assert loaded(product).weight == (Decimal(grams) if weight else None)


def test_weights_that_look_like_kilograms_in_the_column_of_grams_are_doubted() -> None:
    assert said({"Variant Price": "5", "Variant Grams": "1.48", "Variant Weight Unit": "kg"}) == [
        "line 2: weights of a few grams are shown in kg or lb; check whether the column of grams holds kilograms: 1.48"
    ]


def test_barcode_with_a_wrong_check_digit_is_kept_under_private() -> None:
    product = only({"Variant Price": "5", "Variant Barcode": "4006381333932"})
    assert (product.gtin, product.columns) == ("", {"Variant Barcode": "4006381333932"})
    assert said({"Variant Price": "5", "Variant Barcode": "5.05592E+12"}) == [
        (
            "ring (line 2): a spreadsheet has shortened this barcode, so format its column as text and export it again; "
            "what was found is kept under private: 5.05592E+12"
        )
    ]


@pytest.mark.parametrize(
    ("cells", "status"),
    [
        ({"Status": "active", "Published": "true"}, ""),
        ({"Status": "active", "Published": "FALSE"}, "draft"),
        ({"Status": "draft", "Published": "true"}, "draft"),
        ({"Status": "archived"}, "draft"),
        ({"Status": "unlisted"}, "unlisted"),
        ({"Published": "false"}, "draft"),
        ({}, ""),
    ],
)
def test_what_was_hidden_stays_hidden(cells: Cells, status: str) -> None:
    assert only({"Variant Price": "5", **cells}).status == status


def test_gift_cards_and_what_is_never_sent_send_no_parcel() -> None:
    assert only({"Variant Price": "5", "Gift Card": "true"}).delivery == {"voucher": True}
    assert only({"Variant Price": "5", "Variant Requires Shipping": "FALSE"}).delivery == {"digital": True}
    assert only({"Variant Price": "5", "Variant Requires Shipping": "true"}).delivery == {}


def test_untaxed_product_is_kept_as_such_and_pointed_out() -> None:
    row = {"Variant Price": "5", "Variant Taxable": "false"}
    assert only(row).columns == {"Variant Taxable": "false"}
    assert said(row) == [
        "ring (line 2): no tax was charged on this in Shopify; if that is right, give it a tax_class of site.yaml"
    ]


def test_unit_price_condition_and_part_number_have_keys_of_their_own() -> None:
    product = only(
        {
            "Variant Price": "5",
            "Unit Price Total Measure": "250",
            "Unit Price Total Measure Unit": "g",
            "Unit Price Base Measure": "1",
            "Unit Price Base Measure Unit": "kg",
            "Google Shopping / Condition": "Used",
            "Google Shopping / MPN": "MP-1",
        }
    )
    assert (product.unit_price, product.condition, product.mpn) == (
        {"content": "250 g", "per": "1 kg"},
        "used",
        "MP-1",
    )
    assert loaded(product).unit_price is not None
    assert product.columns == {}


def test_missing_article_numbers_are_made_of_the_options() -> None:
    rows = (
        {"Option1 Name": "Size", "Option1 Value": "S / M", "Variant Price": "5"},
        {"Option1 Value": "L", "Variant Price": "5"},
    )
    assert [each.sku for each in only(*rows).variants] == ["RING-SM", "RING-L"]
    assert said(*rows) == []
    assert said({**rows[0], "Variant SKU": ""}, rows[1]) == [
        "ring (line 2): a variant had no article number; one was made: RING-SM",
        "ring (line 3): a variant had no article number; one was made: RING-L",
    ]


def test_article_number_given_twice_belongs_to_the_first() -> None:
    imported = read(
        {"Handle": "a", "Title": "A", "Variant SKU": "X", "Variant Price": "1"},
        {"Handle": "b", "Title": "B", "Variant SKU": "X", "Variant Price": "1"},
        {"Handle": "c", "Title": "C", "Variant SKU": "X-2", "Variant Price": "1"},
    )
    assert [each.sku for each in imported.products] == ["X", "X-3", "X-2"]
    assert [str(each) for each in imported.remarks] == [
        "b (line 3): the article number was given before; this one got another: X became X-3"
    ]


def test_article_number_equal_to_another_products_id_does_not_meet_it() -> None:
    imported = read(
        {"Handle": "a", "Title": "A", "Variant SKU": "b", "Variant Price": "1"},
        {"Handle": "b", "Title": "B", "Variant SKU": "", "Variant Price": "1"},
    )
    assert [each.sku for each in imported.products] == ["b", "b-2"]


def test_variants_with_the_same_options_are_all_kept_and_told_apart() -> None:
    rows = (
        {"Option1 Name": "Size", "Option1 Value": "S", "Variant SKU": "1", "Variant Price": "5"},
        {"Option1 Value": "S", "Variant SKU": "2", "Variant Price": "6"},
    )
    product = only(*rows)
    assert [each.options for each in product.variants] == [{"Size": "S", "Article": "1"}, {"Size": "S", "Article": "2"}]
    assert product.options == {"Size": ("S",), "Article": ("1", "2")}
    assert said(*rows) == [
        (
            "ring (line 2): several variants had the same options; a new option with the article numbers tells "
            "them apart, so give it names that buyers understand: 1, 2"
        )
    ]


@pytest.mark.parametrize(
    ("pictures", "told"),
    [
        (["gloves-Black-Blue.jpg?v=1", "gloves-Black-Red.jpg?v=2"], ["Blue", "Red"]),
        (["gloves-Black-Blue.jpg", "gloves-White.jpg"], ["Black Blue", "White"]),
        (["gloves-Black-Blue.jpg", "gloves-Black.jpg"], ["Blue", ""]),
        (["https://x.example/gi_red_front.png", "https://x.example/gi_dark%20blue_front.png"], ["Red", "Dark blue"]),
        (["belt-Weiß.jpg", "belt-Schwarz.jpg"], ["Weiß", "Schwarz"]),
        (["IMG_2041.jpg", "IMG_2042.jpg"], ["", ""]),
        (["a4f81c.jpg", "bb19de.jpg"], ["", ""]),
        (["ring.jpg", "ring.jpg"], ["", ""]),
        (["", "ring-gold.jpg"], ["", "Ring gold"]),
    ],
)
def test_names_of_pictures_say_what_differs(pictures: list[str], told: list[str]) -> None:
    assert picture_words(pictures) == told


def test_variants_with_the_same_options_and_other_pictures_are_told_apart_by_these() -> None:
    folder = "https://cdn.example/files/gloves"
    rows = [
        {
            "Option1 Name": "Size",
            "Option1 Value": size,
            "Variant SKU": f"{size}{number}",
            "Variant Price": "5",
            "Variant Image": f"{folder}-{colour}.jpg?v=17",
        }
        for size in ("10oz", "12oz")
        for number, colour in enumerate(("Black-Blue", "Black-Red", "White-Gold"))
    ]
    product = only(*rows)
    assert product.options == {"Size": ("10oz", "12oz"), "Style": ("Black Blue", "Black Red", "White Gold")}
    assert [each.options["Style"] for each in product.variants] == ["Black Blue", "Black Red", "White Gold"] * 2
    assert said(*rows) == [
        (
            "ring (line 2): several variants had the same options; a new option with words from the names of their "
            "pictures tells them apart, so give it names that buyers understand: Black Blue, Black Red, White Gold"
        )
    ]


def test_pictures_that_do_not_tell_all_variants_apart_name_none() -> None:
    rows = [
        {"Variant SKU": sku, "Variant Price": "5", "Variant Image": f"https://cdn.example/shield-{colour}.jpg"}
        for sku, colour in (("1", "red"), ("2", "red"), ("3", "blue"))
    ]
    assert only(*rows).options == {"Article": ("1", "2", "3")}


def test_variants_without_any_option_are_told_apart_too() -> None:
    product = only({"Variant SKU": "1", "Variant Price": "5"}, {"Variant SKU": "2", "Variant Price": "5"})
    assert product.price == Decimal(5)
    assert product.options == {"Article": ("1", "2")}


def test_variant_without_a_value_for_an_option_gets_one() -> None:
    rows = (
        {"Option1 Name": "Size", "Option1 Value": "S", "Variant SKU": "1", "Variant Price": "5"},
        {"Option1 Value": "", "Variant SKU": "2", "Variant Price": "5"},
    )
    assert [each.options for each in only(*rows).variants] == [{"Size": "S"}, {"Size": "–"}]
    assert said(*rows) == ['ring (line 3): a variant had no value for an option; "–" was written: Size']


def test_options_of_one_name_are_two_options() -> None:
    row = {"Option1 Name": "Color", "Option1 Value": "Red", "Option2 Name": "Color", "Option2 Value": "Blue"}
    assert only({**row, "Variant Price": "5"}).options == {"Color": ("Red",), "Color-2": ("Blue",)}


def test_rows_of_one_handle_belong_together_wherever_they_stand() -> None:
    imported = read(
        {"Handle": "a", "Title": "A", "Option1 Name": "Size", "Option1 Value": "S", "Variant Price": "1"},
        {"Handle": "b", "Title": "B", "Variant Price": "1"},
        {"Handle": "a", "Title": "A", "Option1 Value": "M", "Variant Price": "1"},
    )
    assert [(each.id, len(each.variants)) for each in imported.products] == [("a", 2), ("b", 0)]


def test_handle_is_the_key_whatever_the_titles_say() -> None:
    imported = read(
        {"Handle": "a", "Title": "A", "Variant Price": "1"},
        {"Handle": "a", "Title": "Another", "Variant Price": "1"},
        {"Handle": "a", "Image Src": "https://x.example/a.jpg"},
    )
    assert [(each.id, each.name, len(each.images)) for each in imported.products] == [
        ("a", "A", 1),
    ]
    assert str(imported.remarks[-1]) == (
        "a (line 3): rows of one handle have different titles; only the first is used, not: Another"
    )


def test_odd_handles_become_parts_of_an_address() -> None:
    handles = ["Rope Ring", "rope.ring", "../../etc/passwd", "은반지", "a.fi", ""]
    rows = [{"Handle": each, "Title": f"T{n}", "Variant Price": "1"} for n, each in enumerate(handles)]
    imported = read(*rows)
    assert [each.id for each in imported.products] == ["rope-ring", "rope-ring-2", "etc-passwd", "은반지", "a-fi", "t5"]
    assert [str(each) for each in imported.remarks] == [
        (
            "rope-ring (line 2): the handle, and so the product's address, was changed, because it can't be an address as "
            "it is: Rope Ring"
        ),
        (
            "rope-ring-2 (line 3): the handle, and so the product's address, was changed, because another product has it: "
            "rope.ring"
        ),
        (
            "etc-passwd (line 4): the handle, and so the product's address, was changed, because it can't be an address as "
            "it is: ../../etc/passwd"
        ),
        (
            "a-fi (line 6): the handle, and so the product's address, was changed, because it can't be an address as it "
            "is: a.fi"
        ),
        "t5 (line 7): there was no handle; one was made of the title",
    ]


def test_product_without_a_title_is_called_by_its_handle() -> None:
    (product,) = read({"Handle": "rope-ring", "Title": "", "Variant Price": "1"}).products
    assert product.name == "Rope ring"


def test_long_name_is_kept_and_pointed_out() -> None:
    product = only({"Title": "x" * 201, "Variant Price": "1"})
    assert product.name == "x" * 201
    assert said({"Title": "x" * 201, "Variant Price": "1"})[0].startswith(
        "ring (line 2): the name has more than 200 characters; shorten it, so that lists and search results show it: xxx"
    )


def test_row_that_belongs_to_no_product_is_left_out_with_its_line() -> None:
    imported = read(
        {"Handle": "a", "Title": "A", "Variant Price": "1", "Image Src": ""},
        {"Handle": "", "Title": "", "Variant Price": "", "Image Src": "https://x.example/a.jpg"},
    )
    assert [str(each) for each in imported.left_out] == [
        "line 3: left out: a row without handle and title, which belongs to no product"
    ]


def test_name_is_not_repeated_at_the_beginning_of_the_description() -> None:
    product = only({"Handle": "ring", "Title": "Ring", "Body (HTML)": "<h2>Ring</h2><p>Three wires.</p>"})
    assert product.description == "Three wires."


def test_what_the_description_held_besides_words_is_reported() -> None:
    row = {"Variant Price": "1", "Body (HTML)": "<p style='x'>A<script>x</script></p>"}
    assert said(row) == [
        "left out: attributes for looks and scripts, in descriptions",
        "ring (line 2): left out: parts of the description: script",
    ]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (
            b"SKU,Name,Regular price\n1,A,5\n",
            (
                'products.csv:1: expected a Shopify product export with the column "Title", found the columns SKU, '
                "Name, Regular price; this looks like a WooCommerce export: storegen import woocommerce"
            ),
        ),
        (
            b"Handel,Title\na,b\n",
            (
                'products.csv:1: expected a Shopify product export with the column "Handle", found the columns Handel, '
                'Title, did you mean "handel"?; in Shopify\'s admin, use Products → Export → All products → CSV'
            ),
        ),
        (b"Handle,Title\n", "products.csv:1: expected products, found only the header line"),
    ],
)
def test_file_that_is_no_product_export_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(ContentError) as error:
        read_shopify(data, "products.csv")
    assert str(error.value) == message


CELL = st.one_of(
    st.sampled_from(
        ["", "a", "b", "1", "-1", "59.90", "true", "FALSE", "Default Title", "<b>x</b>", "https://x.example/a"]
    ),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=10),
)
COLUMNS = [*RING, "Option2 Name", "Option2 Value", "Gift Card", "<<", "Odd: column", "Unit Price Total Measure"]


@given(st.lists(st.fixed_dictionaries(dict.fromkeys(COLUMNS, CELL)), min_size=1, max_size=4))
@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_the_cells_hold_every_product_loads(rows: list[dict[str, str]]) -> None:
    try:
        imported = read(*rows)
    except ContentError:
        return
    skus: list[str] = []
    for product in imported.products:
        record = loaded(product)
        variants = variants_of(record)
        assert len({variant.options for variant in variants}) == len(variants)
        assert all(variant.options.keys() == record.choices.keys() for variant in record.variants)
        assert product.status == "draft" or all(
            each.price is not None for each in record.variants or (record,) if record.price is None
        )
        skus += (variant.sku for variant in variants)
    assert len(set(skus)) == len(skus)
    assert len({product.id for product in imported.products}) == len(imported.products)
