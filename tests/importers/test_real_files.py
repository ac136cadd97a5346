"""Real exports of shops: each becomes a shop that builds, with as many products and variants as the file holds.

The files are test material that is not part of this repository; where they are absent the tests are skipped.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from pathlib import Path

import pytest

from storegen.build import Options, build
from storegen.importers import Imported, read_shopify, read_woocommerce, write_imported
from storegen.load import load_shop
from storegen.model.product import variants_of
from tests.conftest import ROOT

DATA = ROOT.parent / "shared" / "data"
SHOPIFY = ("apparel", "jewelery", "storeplate-products", "packt-product-data", "martial-arts-25-products")
WOOCOMMERCE = ("sample_products", "importer-test-sample")
SITE = """\
name: Imported
url: https://shop.example
checkout: {order: {email: orders@shop.example}}
"""

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not DATA.is_dir(), reason=f"the exports are not in {DATA}")]


@pytest.fixture(
    params=[*(f"shopify/{name}.csv" for name in SHOPIFY), *(f"woocommerce/{name}.csv" for name in WOOCOMMERCE)]
)
def export(request: pytest.FixtureRequest) -> str:
    """Return the name of a file below DATA."""
    name: str = request.param
    return name


def rows(name: str) -> list[dict[str, str]]:
    """Return a file's rows by header in lower case, read by csv alone."""
    text = (DATA / name).read_text("utf-8-sig")
    found = csv.DictReader(io.StringIO(text, newline=""))
    return [{key.lower(): value for key, value in row.items() if key and value} for row in found]


def counted(name: str) -> tuple[int, int]:
    """Return how many products and things to buy a file holds, counted in another way than the importers do."""
    found = rows(name)
    if name.startswith("shopify"):
        return len({row["handle"] for row in found}), sum("variant price" in row for row in found)
    variations = [row for row in found if row["type"] == "variation"]
    products = [row for row in found if row["type"] != "variation"]
    variable = {row["sku"]: row for row in products if row["type"] == "variable"}
    return len(products), len(products) - len(variable) + sum(_ways(row, variable[row["parent"]]) for row in variations)


def _ways(variation: dict[str, str], parent: dict[str, str]) -> int:
    """Return in how many ways a variation can be bought: once for each value of an attribute that it leaves open."""
    ways = 1
    for number in (1, 2):
        if f"attribute {number} name" in variation and f"attribute {number} value(s)" not in variation:
            ways *= len(parent[f"attribute {number} value(s)"].split(","))
    return ways


def imported(name: str) -> Imported:
    read = read_shopify if name.startswith("shopify") else read_woocommerce
    return read((DATA / name).read_bytes(), Path(name).name)


def made(name: str, folder: Path) -> Path:
    """Return a new site with a file imported into it."""
    (folder / "site.yaml").write_text(SITE)
    write_imported(imported(name), folder, replace=False, download=False)
    return folder


def test_every_product_and_variant_is_there(export: str, tmp_path: Path) -> None:
    site = made(export, tmp_path)
    _, store = load_shop(site)
    products = store.localized["en"].products.values()
    hidden = [product for product in imported(export).products if product.status == "draft"]
    variants = sum(len(variants_of(product)) for product in products) + sum(
        max(1, len(each.variants)) for each in hidden
    )
    assert (len(products) + len(hidden), variants) == counted(export)


def test_import_builds_a_page_for_each_product(export: str, tmp_path: Path) -> None:
    site = made(export, tmp_path)
    build(Options(site, jobs=1, now=dt.datetime(2026, 11, 23, tzinfo=dt.UTC)))
    pages = {path.parent.name for path in (site / "output/products").glob("*/index.html")}
    assert pages == {product.id for product in imported(export).products if product.status != "draft"}


def test_private_columns_reach_no_page(tmp_path: Path) -> None:
    site = made("woocommerce/importer-test-sample.csv", tmp_path)
    build(Options(site, jobs=1, now=dt.datetime(2026, 11, 23, tzinfo=dt.UTC)))
    for path in (site / "output").rglob("*"):
        assert not path.is_file() or b"album.flac" not in path.read_bytes()
    assert "album.flac" in (site / "content/products/music/albums/woo-album-1.yaml").read_text()


def test_export_saved_as_unicode_text_reads_like_the_original() -> None:
    recoded = read_shopify((DATA / "recoded/shopify-jewelery-utf16le-bom.tsv").read_bytes(), "jewelery.csv")
    assert recoded.products == imported("shopify/jewelery.csv").products


def test_pasted_tables_and_spans_leave_clean_text() -> None:
    products = {product.id: product for product in imported("shopify/storeplate-products.csv").products}
    text = products["copper-light"].description
    assert len(text) < 3000
    assert text.startswith("## Product Details\n\nThe Flos Arco Terra is a timeless piece of design")
    assert "<" not in text
    assert "figma" not in text


def test_products_with_equal_options_keep_all_their_variants() -> None:
    products = imported("shopify/martial-arts-25-products.csv").products
    numbered = [product for product in products if "Article" in product.options]
    styled = {product.id: product.options["Style"] for product in products if "Style" in product.options}
    assert [sum(len(each.variants) for each in products if kind in each.options) for kind in ("Article", "Style")] == [
        16,
        146,
    ]
    assert (len(numbered), len(styled)) == (4, 6)
    assert styled["blitz-blitz-centurion-head-guard"] == ("Blue", "Gold", "Red")


def test_product_update_of_woocommerce_makes_drafts_of_what_has_no_price() -> None:
    products = imported("woocommerce/importer-test-sample_update_product.csv").products
    assert [(product.id, product.status) for product in products] == [
        ("wordpress-pennant", ""),
        ("0", "draft"),
        ("0-2", "draft"),
    ]
