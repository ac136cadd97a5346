"""WooCommerce's product export to products."""

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
from storegen.importers import Imported, read_woocommerce
from storegen.importers.emit import emit_yaml
from storegen.importers.records import ImportedProduct, ImportedSale, product_fields, sale_fields
from storegen.model.offer import Offer
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
    return stream.getvalue().encode("utf-8-sig")


def read(*rows: Cells) -> Imported:
    return read_woocommerce(csv_of(*({"Name": "", "Regular price": "", **row} for row in rows)), "products.csv")


def only(row: Cells) -> ImportedProduct:
    (product,) = read({"Name": "Ring", "Regular price": "20", **row}).products
    return product


def said(row: Cells) -> list[str]:
    return [str(remark) for remark in read({"Name": "Ring", "Regular price": "20", **row}).remarks]


def loaded(product: ImportedProduct) -> Product:
    """Return a product as the loader reads the file that is written of it."""
    data = load_yaml(emit_yaml(product_fields(product)))
    assert isinstance(data, dict)
    data.pop("private", None)
    return make_record({**data, "id": product.id, "file": "f", "language": "en"}, Product, dt.UTC)


SHIRT = {
    "ID": "10",
    "Type": "variable",
    "SKU": "SHIRT",
    "Name": "Shirt &amp; tie",
    "Published": "1",
    "Visibility in catalog": "visible",
    "Short description": "<p>Soft.</p>",
    "Description": "<strong>Linen</strong>\\nfrom Porvoo\\n\\nWashed.",
    "Categories": "Clothing, Clothing > T-shirts, Music",
    "Tags": "new, 5\\, please",
    "Brands": "Hopea",
    "Weight (lbs)": ".5",
    "Length (in)": "24",
    "Images": "https://x.example/1.jpg, https://x.example/2.jpg",
    "Attribute 1 name": "Color",
    "Attribute 1 value(s)": "Red, Blue",
    "Attribute 1 visible": "1",
    "Attribute 2 name": "Fabric",
    "Attribute 2 value(s)": "Linen, Cotton",
    "Attribute 2 visible": "1",
    "Meta: _yoast_wpseo_title": "Buy",
}
BLUE = {
    "ID": "11",
    "Type": "variation",
    "SKU": "SHIRT-B",
    "Name": "Shirt - Blue",
    "Published": "1",
    "Stock": "4",
    "Sale price": "18",
    "Regular price": "20",
    "Parent": "shirt",
    "Position": "2",
    "Images": "https://x.example/blue.jpg",
    "Attribute 1 name": "Color",
    "Attribute 1 value(s)": "Blue",
}
RED = {
    **{key: BLUE[key] for key in ("Type", "Regular price", "Attribute 1 name")},
    "ID": "12",
    "SKU": "SHIRT-R",
    "Parent": "id:10",
    "Position": "1",
    "In stock?": "0",
    "Attribute 1 value(s)": "Red",
}


def test_product_with_variations_is_written_in_the_documented_format() -> None:
    (product,) = read(SHIRT, BLUE, RED).products
    assert emit_yaml(product_fields(product)) == (
        "name: Shirt & tie\n"
        "sku: SHIRT\n"
        "category: [clothing/t-shirts, music, clothing]\n"
        "brand: Hopea\n"
        "options:\n"
        "  Color: [Red, Blue]\n"
        "variants:\n"
        "  - sku: SHIRT-R\n"
        "    options:\n"
        "      Color: Red\n"
        "    price: 20\n"
        "    availability: out_of_stock\n"
        "  - sku: SHIRT-B\n"
        "    options:\n"
        "      Color: Blue\n"
        "    price: 18\n"
        "    compare_at_price: 20\n"
        "    stock: 4\n"
        "    image: https://x.example/blue.jpg\n"
        "images:\n"
        "  - https://x.example/1.jpg\n"
        "  - https://x.example/2.jpg\n"
        "  - https://x.example/blue.jpg\n"
        "summary: Soft.\n"
        "description: |-\n"
        "  **Linen**  \n"
        "  from Porvoo\n"
        "\n"
        "  Washed.\n"
        "specs:\n"
        "  Fabric: Linen, Cotton\n"
        "  Length: 24 in\n"
        "tags:\n"
        "  - new\n"
        "  - 5, please\n"
        "weight: 0.5 lb\n"
        "private:\n"
        "  imported:\n"
        '    ID: "10"\n'
        '    "Meta: _yoast_wpseo_title": Buy\n'
        "  imported_variants:\n"
        "    SHIRT-R:\n"
        '      ID: "12"\n'
        '      Position: "1"\n'
        "    SHIRT-B:\n"
        '      ID: "11"\n'
        '      Position: "2"\n'
    )


def test_written_product_loads_with_the_same_facts() -> None:
    (product,) = read(SHIRT, BLUE, RED).products
    red, blue = variants_of(loaded(product))
    assert (red.availability, blue.availability, blue.stock) == ("out_of_stock", "in_stock", 4)
    assert blue.weight == Decimal("0.5") * Decimal("453.59237")


def test_categories_make_a_tree_without_regard_to_case() -> None:
    imported = read({"Name": "A", "Regular price": "1", "Categories": "Music > Albums, music, Rock\\, Pop"})
    assert [(each.id, each.name) for each in imported.categories] == [
        ("music", "Music"),
        ("music/albums", "Albums"),
        ("rock-pop", "Rock, Pop"),
    ]
    assert imported.products[0].category == ("music/albums", "rock-pop", "music")


def test_variation_without_its_product_is_left_out() -> None:
    imported = read({"Name": "A", "Regular price": "1"}, {**BLUE, "Parent": "GONE"})
    assert [product.name for product in imported.products] == ["A"]
    assert [str(remark) for remark in imported.left_out] == [
        "line 3: left out: a variation whose product is not in the file: SHIRT-B"
    ]


def test_variation_without_a_price_is_left_out_as_in_woocommerce() -> None:
    imported = read(SHIRT, BLUE, {**RED, "Regular price": ""})
    assert [variant.sku for variant in imported.products[0].variants] == ["SHIRT-B"]
    assert [str(remark) for remark in imported.left_out] == [
        "shirt-tie (line 4): left out: a variation without a price, which WooCommerce doesn't sell either: SHIRT-R"
    ]


def test_variable_product_without_variations_is_a_draft() -> None:
    (product,) = read(SHIRT).products
    assert (product.status, product.variants, product.options) == ("draft", (), {})
    assert product.specs["Color"] == "Red, Blue"


def test_variation_for_any_value_becomes_one_variant_for_each() -> None:
    shirt = {**SHIRT, "Attribute 2 name": "Size", "Attribute 2 value(s)": "S, M"}
    blue = {**BLUE, "Attribute 2 name": "Size", "Attribute 2 value(s)": ""}
    exact = {**RED, "SKU": "SHIRT-BS", "Attribute 1 value(s)": "Blue", "Attribute 2 name": "Size"}
    imported = read(shirt, blue, {**RED, "Attribute 2 name": "Size"}, {**exact, "Attribute 2 value(s)": "S"})
    (product,) = imported.products
    assert [(variant.sku, tuple(variant.options.values()), variant.stock) for variant in product.variants] == [
        ("SHIRT-R-S", ("Red", "S"), None),
        ("SHIRT-R-M", ("Red", "M"), None),
        ("SHIRT-BS", ("Blue", "S"), None),
        ("SHIRT-B-M", ("Blue", "M"), None),
    ]
    assert [str(remark) for remark in imported.remarks][1:] == [
        "shirt-tie (line 3): a variation was for any Size; it became one variant for each: SHIRT-B (1)",
        (
            "shirt-tie (line 3): left out: the stock of such a variation belongs to all its variants together; no "
            "numbers were written: 4"
        ),
        "shirt-tie (line 4): a variation was for any Size; it became one variant for each: SHIRT-R (2)",
    ]


def test_variation_switched_off_can_not_be_bought() -> None:
    (product,) = read(SHIRT, {**BLUE, "Published": "0"}, RED).products
    assert [variant.availability for variant in product.variants] == ["out_of_stock", "discontinued"]


def test_variation_that_shares_its_products_stock_says_nothing_of_its_own() -> None:
    (product,) = read({**SHIRT, "Stock": "9"}, {**BLUE, "Stock": "parent"}, {**RED, "Stock": "parent"}).products
    assert [variant.stock for variant in variants_of(loaded(product))] == [9, 9]


def test_attributes_that_nobody_chooses_are_specs_and_hidden_ones_private() -> None:
    product = only(
        {
            "Attribute 1 name": "Metal",
            "Attribute 1 value(s)": "Silver, Gold",
            "Attribute 1 visible": "1",
            "Attribute 2 name": "Supplier",
            "Attribute 2 value(s)": "Secret",
            "Attribute 2 visible": "0",
        }
    )
    assert (product.specs, product.options) == ({"Metal": "Silver, Gold"}, {})
    assert product.columns == {
        "Attribute 2 name": "Supplier",
        "Attribute 2 value(s)": "Secret",
        "Attribute 2 visible": "0",
    }


def test_grouped_product_is_a_draft_that_names_its_products() -> None:
    imported = read(
        {"ID": "1", "Name": "A", "SKU": "SKU-A", "Regular price": "1"},
        {"ID": "2", "Name": "B", "Regular price": "1"},
        {"ID": "3", "Type": "grouped", "Name": "Set", "Grouped products": "sku-a, id:2, id:9"},
    )
    assert (imported.products[2].related, imported.products[2].status) == (("a", "b"), "draft")
    assert [str(remark) for remark in imported.remarks] == [
        "set (line 4): a draft, because a group has no price of its own; its products are under related",
        "set (line 4): left out: a product of grouped that is not in the file: id:9",
    ]


def test_upsells_are_related_and_cross_sells_accessories() -> None:
    imported = read(
        {"Name": "A", "SKU": "1", "Regular price": "1", "Upsells": "2, 1", "Cross-sells": "2"},
        {"Name": "B", "SKU": "2", "Regular price": "1"},
    )
    assert (imported.products[0].related, imported.products[0].accessories) == (("b",), ("b",))


def test_external_product_is_a_draft_with_its_reason() -> None:
    row = {"Type": "external", "External URL": "https://elsewhere.example/x", "Button text": "Buy there"}
    product = only(row)
    assert (product.status, product.columns["External URL"]) == ("draft", "https://elsewhere.example/x")
    assert said(row) == ["ring (line 2): a draft, because it is sold elsewhere: https://elsewhere.example/x"]


def test_product_of_a_type_that_is_not_known_is_a_draft_with_its_reason() -> None:
    assert only({"Type": "subscription, virtual"}).status == "draft"
    assert said({"Type": "subscription"}) == [
        "ring (line 2): a draft, because products of the type subscription can't be sold as they are"
    ]


def test_virtual_product_is_digital_and_its_files_stay_private() -> None:
    row = {"Type": "simple, downloadable, virtual", "Download 1 URL": "https://x.example/album.flac"}
    product = only(row)
    assert product.delivery == {"digital": True}
    assert loaded(product).delivery is not None
    assert product.columns == {"Download 1 URL": "https://x.example/album.flac"}
    assert said(row) == [
        "ring (line 2): the files that buyers download stay under private: on a static site they would be free for all"
    ]


@pytest.mark.parametrize(
    ("cells", "price", "before"),
    [
        ({"Regular price": "20"}, "20", None),
        ({"Regular price": "20", "Sale price": "18"}, "18", "20"),
        ({"Regular price": "20", "Sale price": "20"}, "20", None),
        ({"Regular price": "20", "Sale price": "25"}, "20", None),
        ({"Regular price": "", "Sale price": "18"}, "18", None),
        ({"Regular price": "20,50", "Sale price": "18,5"}, "18.5", "20.50"),
    ],
)
def test_sale_price_is_the_price_where_it_is_lower(cells: Cells, price: str, before: str | None) -> None:
    product = only(cells)
    assert str(product.price) == price
    assert product.compare_at_price == (Decimal(before) if before else None)


@pytest.mark.parametrize(
    ("starts", "ends", "percent", "from_", "until"),
    [
        ("2026-01-01", "2030-01-01 0:00:00", "10", "2026-01-01", "2029-12-31"),
        ("", "2030-01-01 23:59:59", "10", "2000-01-01", "2030-01-01"),
        ("2026-01-01 9:30:00", "2030-01-01", "10", "2026-01-01 09:30", "2030-01-01"),
    ],
)
def test_sale_with_dates_becomes_an_offer(starts: str, ends: str, percent: str, from_: str, until: str) -> None:
    dates = {"Date sale price starts": starts, "Date sale price ends": ends}
    imported = read({"Name": "Ring", "Regular price": "20", "Sale price": "18", **dates})
    (sale,) = imported.sales
    assert (sale.percent, sale.starts, sale.ends, sale.products) == (Decimal(percent), from_, until, ("ring",))
    assert str(imported.products[0].price) == "20"
    assert imported.products[0].compare_at_price is None
    data = load_yaml(emit_yaml(sale_fields(sale)))
    assert isinstance(data, dict)
    assert make_record({**data, "id": sale.id, "file": "f"}, Offer, dt.UTC).percent == Decimal(percent)


def test_products_with_the_same_sale_share_one_offer() -> None:
    dates = {"Date sale price starts": "2026-01-01", "Date sale price ends": "2030-01-01"}
    rows = [{"Name": name, "Regular price": "30", "Sale price": "20", **dates} for name in ("A", "B")]
    assert read(*rows).sales == (
        ImportedSale(
            id="sale-33-33-2026-01-01-2030-01-01",
            name="Sale",
            percent=Decimal("33.33"),
            products=("a", "b"),
            starts="2026-01-01",
            ends="2030-01-01",
        ),
    )


@pytest.mark.parametrize(
    "cells",
    [
        {"Date sale price starts": "2026-01-01"},
        {"Date sale price ends": "someday"},
        {"Date sale price ends": "2026-02-30"},
        {"Date sale price ends": "2030-01-01", "Regular price": "123456.78", "Sale price": "99999.98"},
    ],
)
def test_sale_that_no_offer_can_make_is_left_out(cells: Cells) -> None:
    imported = read({"Name": "Ring", "Regular price": "20", "Sale price": "18", **cells})
    assert imported.sales == ()
    assert imported.products[0].price == Decimal(cells.get("Regular price", "20"))
    assert [remark.message for remark in imported.left_out] == [
        "a sale price with dates, which no offer can make; the regular price stands"
    ]


def test_sale_of_some_variations_only_makes_no_offer() -> None:
    imported = read(SHIRT, {**BLUE, "Date sale price ends": "2030-01-01"}, RED)
    assert imported.sales == ()
    assert [str(variant.price) for variant in variants_of(loaded(imported.products[0]))] == ["20", "20"]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"Stock": "5", "Backorders allowed?": "0"}, (5, "")),
        ({"Stock": "0", "Backorders allowed?": "0"}, (0, "")),
        ({"Stock": "'-2", "Backorders allowed?": "0"}, (0, "")),
        ({"Stock": "-2", "Backorders allowed?": "notify"}, (None, "backorder")),
        ({"Stock": "0", "Backorders allowed?": "1"}, (None, "backorder")),
        ({"Stock": "5", "Backorders allowed?": "1"}, (5, "")),
        ({"Stock": "", "In stock?": "1"}, (None, "")),
        ({"Stock": "", "In stock?": "0"}, (None, "out_of_stock")),
        ({"Stock": "", "In stock?": "backorder"}, (None, "backorder")),
    ],
)
def test_stock_and_availability(cells: Cells, expected: tuple[int | None, str]) -> None:
    product = only(cells)
    assert (product.stock, product.availability) == expected


@pytest.mark.parametrize(
    ("cells", "status"),
    [
        ({"Published": "1", "Visibility in catalog": "visible"}, ""),
        ({"Published": "1", "Visibility in catalog": "hidden"}, "unlisted"),
        ({"Published": "1", "Visibility in catalog": "search"}, ""),
        ({"Published": "0", "Visibility in catalog": "hidden"}, "draft"),
        ({"Published": "-1"}, "draft"),
        ({"Published": "'-1"}, "draft"),
        ({"Published": "2"}, "draft"),
        ({}, ""),
    ],
)
def test_what_was_hidden_stays_hidden(cells: Cells, status: str) -> None:
    assert only(cells).status == status


@pytest.mark.parametrize(
    ("header", "text", "weight"),
    [
        ("Weight (kg)", "1", "1 kg"),
        ("Weight (kg)", "0,25", "0.25 kg"),
        ("Weight (lbs)", ".5", "0.5 lb"),
        ("Weight (oz)", "8", "8 oz"),
        ("WEIGHT (G)", "1500", "1.5 kg"),
        ("Weight (kg)", "0", ""),
        ("Weight (stone)", "1", ""),
        ("Weight (kg)", "light", ""),
    ],
)
def test_weight_has_the_unit_of_its_header(header: str, text: str, weight: str) -> None:
    product = only({header: text})
    assert product.weight == weight
    assert (loaded(product).weight is not None) == bool(weight)


def test_apostrophe_against_formulas_is_taken_off() -> None:
    product = only({"Name": "'@home ring", "SKU": "'-5", "Tags": "'=1"})
    assert (product.name, product.sku, product.tags) == ("@home ring", "-5", ("=1",))


def test_line_ends_of_the_exporter_are_line_ends_and_real_backslashes_stay() -> None:
    assert only({"Description": "a\\n\\nb\\\\new"}).description == "a\n\nb\\new"


def test_rich_short_description_begins_the_description() -> None:
    product = only({"Short description": "<ul><li>a</li></ul>", "Description": "b"})
    assert (product.summary, product.description) == ("", "- a\n\nb")


@pytest.mark.parametrize(
    ("short", "long", "summary", "description"),
    [
        ("<p>Boils fast.</p>", "<h2>Kettle</h2><p>Boils fast.</p><p>In a minute.</p>", "Boils fast.", "In a minute."),
        ("", "<h1>KETTLE</h1><p>Boils fast.</p>", "", "Boils fast."),
        ("", "<p><strong>Kettle</strong></p><p>Boils fast.</p>", "", "Boils fast."),
        ("", "Kettle", "", ""),
        ("Kettle", "<p>Boils fast.</p>", "", "Boils fast."),
        ("", "<h2>Kettle and lid</h2><p>Boils fast.</p>", "", "## Kettle and lid\n\nBoils fast."),
        (
            "",
            '<p><img src="https://a.example/kettle.jpg" alt="Kettle"></p><p>Boils.</p>',
            "",
            "![Kettle](https://a.example/kettle.jpg)\n\nBoils.",
        ),
    ],
)
def test_name_is_not_repeated_at_the_beginning_of_a_text(short: str, long: str, summary: str, description: str) -> None:
    product = only({"Name": "Kettle", "Short description": short, "Description": long})
    assert (product.summary, product.description) == (summary, description)


def test_products_of_one_name_get_addresses_of_their_own() -> None:
    imported = read({"Name": "Ring", "Regular price": "1"}, {"Name": "Ring", "Regular price": "1"})
    assert [product.id for product in imported.products] == ["ring", "ring-2"]
    assert [str(remark) for remark in imported.remarks] == [
        "ring-2 (line 3): two products have the same name; the address of this one ends in a number: Ring"
    ]


def test_product_without_a_name_is_called_by_its_article_number() -> None:
    imported = read({"ID": "7", "SKU": "AB 1", "Regular price": "1"}, {"ID": "8", "Regular price": "1"})
    assert [(product.id, product.name) for product in imported.products] == [
        ("ab-1", "AB 1"),
        ("product-8", "Product 8"),
    ]


def test_barcode_tax_and_catalogue_have_their_places() -> None:
    row = {
        "GTIN, UPC, EAN, or ISBN": "4006381333931",
        "Tax class": "reduced-rate",
        "Visibility in catalog": "search",
    }
    product = only(row)
    assert product.gtin == "4006381333931"
    assert product.columns == {"Visibility in catalog": "search", "Tax class": "reduced-rate"}
    assert said(row) == [
        (
            "ring (line 2): it has a tax status or class of its own, kept under private; give it a tax_class of "
            "site.yaml: taxable / reduced-rate"
        )
    ]


def test_export_without_a_type_column_holds_simple_products() -> None:
    imported = read({"Name": "Ring", "Regular price": "something invalid"})
    assert (imported.products[0].status, imported.products[0].columns) == (
        "draft",
        {"Regular price": "something invalid"},
    )


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (
            b"Handle,Title,Variant Price\na,A,5\n",
            (
                'products.csv:1: expected a WooCommerce product export with the column "Name", found the columns '
                "Handle, Title, Variant Price; this looks like a Shopify export: storegen import shopify"
            ),
        ),
        (
            "Name,Regulärer Preis\nRing,5\n".encode(),
            (
                'products.csv:1: expected a WooCommerce product export with the column "Regular price", found the '
                'columns Name, Regulärer Preis, did you mean "regulärer preis"?; export it with your WordPress profile '
                "set to English, which also sets the names of the columns"
            ),
        ),
        (b"Name,Regular price\n", "products.csv:1: expected products, found none"),
    ],
)
def test_file_that_is_no_product_export_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(ContentError) as error:
        read_woocommerce(data, "products.csv")
    assert str(error.value) == message


CELL = st.one_of(
    st.sampled_from(["", "a", "b", "1", "-1", "0", "5", "18", "variable", "variation", "a, b", "A > B", "2030-01-01"]),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=10),
)
COLUMNS = [*SHIRT, *BLUE, "Regular price", "Date sale price ends", "In stock?", "Upsells", "<<", "Weight (kg)"]


@given(st.lists(st.fixed_dictionaries(dict.fromkeys(COLUMNS, CELL)), min_size=1, max_size=5))
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
        assert product.status == "draft" or record.price is not None or all(each.price for each in record.variants)
        skus += (variant.sku for variant in variants)
    assert len(set(skus)) == len(skus)
    assert len({product.id for product in imported.products}) == len(imported.products)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (("Large", "Medium", "Small"), ("Small", "Medium", "Large")),
        (("L", "M", "S", "XL", "XXL"), ("S", "M", "L", "XL", "XXL")),
        (("Large", "Small", "Medium"), ("Large", "Small", "Medium")),
        (("Large", "Medium", "Short"), ("Large", "Medium", "Short")),
    ],
)
def test_sizes_by_the_alphabet_are_put_in_order_and_a_merchants_order_is_kept(
    given: tuple[str, ...], expected: tuple[str, ...]
) -> None:
    rows = [
        {"ID": "1", "Type": "variable", "SKU": "T", "Name": "Tee", "Attribute 1 name": "Size"}
        | {"Attribute 1 value(s)": ", ".join(given), "Attribute 1 global": "1"},
        *(
            {"ID": str(place), "Type": "variation", "SKU": f"T-{size}", "Name": "Tee", "Parent": "T"}
            | {"Regular price": "9", "Attribute 1 name": "Size", "Attribute 1 value(s)": size}
            for place, size in enumerate(given, start=2)
        ),
    ]

    (tee,) = read(*rows).products
    assert tee.options == {"Size": expected}
