"""storegen new, then storegen import: a shop with doors, without promises that nobody made."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from storegen.cli.main import _run as run_command
from storegen.yaml import load_yaml
from tests.conftest import ROOT
from tests.importing import Done
from tests.shop import NOW, Shop
from tests.views.test_navigation import MENU
from tests.walking import clicks, products

HEAD = "Handle,Title,Type,Variant SKU,Variant Price,Tags\n"
DATA = ROOT.parent / "shared" / "data"
Run = Callable[..., Done]


def export(*kinds: tuple[str, int]) -> str:
    """Return an export with so many products of each type."""
    rows = (
        f"{kind.lower()}-{n},{kind} {n},{kind},{kind}-{n},{n + 1}.50,\n" for kind, count in kinds for n in range(count)
    )
    return HEAD + "".join(rows)


KINDS = [
    ("Lamps", 9),
    ("Rugs", 8),
    ("Vases", 7),
    ("Chairs", 6),
    ("Tables", 5),
    ("Beds", 4),
    ("Clocks", 3),
    ("Hooks", 2),
]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs storegen with words. Its input is no terminal."""

    def run(*words: str) -> Done:
        monkeypatch.setattr(sys, "argv", ["storegen", *words])
        monkeypatch.chdir(tmp_path)
        code = run_command()
        said = capsys.readouterr()
        return Done(code, said.out, said.err)

    return run


@pytest.fixture
def shop(run: Run, tmp_path: Path) -> Shop:
    """Return a new shop, as storegen new makes it."""
    assert run("new", "shop").code == 0
    made = Shop(tmp_path / "shop", {"x": ""})
    site = ROOT / "starter" / "en" / "site.yaml"
    made.write("site.yaml", site.read_bytes())  # the test's shop wrote its own
    return made


def bring(run: Run, shop: Shop, text: str, *options: str, platform: str = "shopify") -> Done:
    (shop.folder.parent / "export.csv").write_text(text)
    return run("import", platform, "export.csv", "--site", "shop", *options)


def test_examples_of_the_new_shop_are_gone_and_the_doors_are_there(run: Run, shop: Shop) -> None:
    done = bring(run, shop, export(*KINDS), "--currency", "usd")
    assert done.code == 0
    assert "deleted the examples of the new shop: content/categories/things.yaml" in done.out
    shop.build()

    home = shop.html("index.html")
    names = [link.text for link in home.select(MENU)]
    assert names == ["Lamps", "Rugs", "Vases", "Chairs", "Tables", "All categories"]
    assert "First thing" not in shop.text("index.html")
    assert not shop.has("things/index.html")
    found = clicks(shop.output)
    assert max(found[address] for address in products(shop.output)) <= 3
    assert "$1.50" in shop.text("products/lamps-0/index.html")


def test_no_promise_stands_under_imported_goods(run: Run, shop: Shop) -> None:
    bring(run, shop, export(("Lamps", 3)), "--currency", "USD")
    shop.build()
    page = shop.html("products/lamps-0/index.html").get_text(" ")

    for claim in ("Helsinki", "Arrives", "working day", "5.90", "days to return", "Within 24", "One good thing"):
        assert claim not in page
        assert claim not in shop.html("index.html").get_text(" ")


def test_what_the_merchant_edited_stays(run: Run, shop: Shop) -> None:
    shop.edit("content/products/first-thing.yaml", "First thing", "Oak tray")
    shop.edit("site.yaml", "price: 5.90", "price: 4.90")
    shop.edit(
        "site.yaml",
        "currency: EUR                       # REPLACE-ME the currency of your prices, such as EUR, USD or KRW",
        "currency: SEK  # ours",
    )
    done = bring(run, shop, export(("Lamps", 3)))

    assert "deleted the examples of the new shop: content/categories/things.yaml\n" in done.out
    assert "Oak tray" in (shop.folder / "content/products/first-thing.yaml").read_text()
    text = (shop.folder / "site.yaml").read_text()
    assert "price: 4.90" in text
    assert "\nbanner: [delivery, returns]" in text
    assert "currency: SEK  # ours" in text
    assert "currency" not in done.out


def test_site_yaml_of_a_windows_editor_keeps_its_line_ends(run: Run, shop: Shop) -> None:
    site = shop.folder / "site.yaml"
    site.write_bytes(site.read_bytes().replace(b"\n", b"\r\n"))
    bring(run, shop, export(("Lamps", 3)), "--currency", "USD")

    data = site.read_bytes()
    assert data.count(b"\n") == data.count(b"\r\n")
    assert b"\r\ncurrency: USD\r\n" in data
    assert b"\r\n# delivery:\r\n" in data


def test_site_yaml_that_cannot_be_read_is_named(run: Run, shop: Shop) -> None:
    shop.write("site.yaml", "name: Café\n".encode("latin-1"))

    assert "site.yaml:1: expected UTF-8" in bring(run, shop, export(("Lamps", 3))).err


def test_category_with_the_name_of_the_example_is_the_merchants(run: Run, shop: Shop) -> None:
    bring(run, shop, export(("Things", 3)))

    assert (shop.folder / "content/categories/things.yaml").read_text() == "name: Things\n"


def test_currency_is_a_placeholder_until_it_is_said(run: Run, shop: Shop) -> None:
    done = bring(run, shop, export(("Lamps", 3)))

    assert "the export doesn't state its currency: set currency in site.yaml, or import with --currency" in done.out
    refused = run("build", "--site", "shop", "--base-url", "https://lamps.fi")
    assert "site.yaml:14: currency: a placeholder; write the currency of your prices" in refused.err


@pytest.mark.parametrize(("column", "code"), [("Currency", "SEK"), ("Currency code", "usd")])
def test_currency_of_the_export_is_taken(run: Run, shop: Shop, column: str, code: str) -> None:
    rows = export(("Lamps", 3)).splitlines()
    text = "\n".join([f"{rows[0]},{column}", *(f"{row},{code}" for row in rows[1:])])
    bring(run, shop, text)

    assert value(shop, "currency") == code.upper()


def test_currency_and_language_are_asked_for_on_a_terminal(
    run: Run, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter(["EURO", "SEK", "finnish", "fi"])
    monkeypatch.setattr("storegen.cli.import_command._is_terminal", lambda: True)
    monkeypatch.setattr("click.termui.visible_prompt_func", lambda text: next(answers))
    done = bring(run, shop, export(("Lamps", 3)))

    assert done.code == 0
    assert 'expected a currency code like EUR, found "EURO"' in done.out + done.err
    assert (value(shop, "currency"), value(shop, "languages")) == ("SEK", ["fi"])


def test_language_names_the_category_of_the_rest(run: Run, shop: Shop) -> None:
    text = export(("Lamppu", 3)) + "yksin,Yksin,,Y-1,5.00,\n"
    bring(run, shop, text, "--language", "fi", "--currency", "EUR")

    assert (shop.folder / "content/categories/muut.yaml").read_text() == "name: Muut\norder: 2000\n"
    assert value(shop, "languages") == ["fi"]
    shop.build()
    assert [link.text for link in shop.html("index.html").select(".masthead__nav a")][:2] == ["Lamppu", "Muut"]


def test_category_leaves_the_addresses_of_the_shops_language_alone(run: Run, shop: Shop) -> None:
    bring(run, shop, export(("Oppaat", 3), ("Haku", 3)), "--language", "fi", "--currency", "EUR")

    assert (shop.folder / "content/categories/oppaat-2.yaml").is_file()
    assert (shop.folder / "content/categories/haku-2.yaml").is_file()


@pytest.mark.parametrize(
    ("option", "value", "says"),
    [
        ("--currency", "EURO", "expected a currency code like EUR"),
        ("--language", "klingon", '"klingon" is not a known language'),
    ],
)
def test_wrong_answers_write_nothing(run: Run, shop: Shop, option: str, value: str, says: str) -> None:
    done = bring(run, shop, export(("Lamps", 3)), option, value)

    assert done.code == 2
    assert says in done.err
    assert (shop.folder / "content/products/first-thing.yaml").is_file()


def test_second_import_keeps_the_categories_that_the_merchant_arranged(run: Run, shop: Shop) -> None:
    bring(run, shop, export(("Lamps", 3), ("Rugs", 2)), "--currency", "EUR")
    shop.edit("content/products/lamps/lamps-0.yaml", "category: lamps", "category: rugs")
    done = bring(run, shop, export(("Lamps", 4)), "--replace")

    assert done.code == 0
    assert "category: rugs\n" in (shop.folder / "content/products/lamps/lamps-0.yaml").read_text()
    assert "category: lamps\n" in (shop.folder / "content/products/lamps/lamps-3.yaml").read_text()
    assert sorted(path.name for path in (shop.folder / "content/categories").iterdir()) == ["lamps.yaml", "rugs.yaml"]


def test_old_addresses_are_written_where_they_differ(run: Run, shop: Shop) -> None:
    text = HEAD + "Red Lamp,Red,Lamps,L-1,1,\nlamp,Lamp,Lamps,L-2,1,\n"
    bring(run, shop, text, "--currency", "EUR")

    assert (shop.folder / "content/redirects.yaml").read_text() == "/collections/lamps: category:lamps\n"
    woo = "ID,Type,SKU,Name,Published,Regular price,Categories\n1,simple,A,Desk lamp,1,49,Home > Lamps\n"
    bring(run, shop, woo, platform="woocommerce")
    found = load_yaml((shop.folder / "content/redirects.yaml").read_text())
    assert found == {
        "/collections/lamps": "category:lamps",
        "/product/desk-lamp/": "product:desk-lamp",
        "/product-category/home/": "category:lamps",
        "/product-category/home/lamps/": "category:lamps",
    }
    shop.build()
    assert "/product/desk-lamp/ /products/desk-lamp/ 301" in shop.text("_redirects")


def newly(run: Run, shop: Shop, language: str) -> None:
    """Make the shop anew, in a language."""
    shutil.rmtree(shop.folder)
    assert run("new", "shop", "--language", language).code == 0


@pytest.mark.parametrize("language", ["fi", "ko", "id", "de"])
def test_new_shop_in_its_language_takes_an_import(run: Run, shop: Shop, language: str) -> None:
    newly(run, shop, language)
    done = bring(run, shop, export(("Lamps", 3), ("Rugs", 2)), "--currency", "USD")

    assert (
        "deleted the examples of the new shop: content/categories/things.yaml, content/products/first-thing" in done.out
    )
    assert (value(shop, "currency"), value(shop, "languages")) == ("USD", [language])
    text = (shop.folder / "site.yaml").read_text()
    assert not {"\ndelivery:", "\npromises:", "\ntagline:", "\ndescription:", "\nbanner:"} & {
        *re.findall(r"\n\w+:", text)
    }
    assert (", or delete these lines" in text) == (language == "de")
    shop.build()
    assert [link.text for link in shop.html("index.html").select(MENU)][:2] == ["Lamps", "Rugs"]
    assert "/lamps/" in shop.text("index.html").partition("<footer")[2]


def test_currency_of_a_korean_shop_is_a_placeholder_until_it_is_said(run: Run, shop: Shop) -> None:
    newly(run, shop, "ko")
    done = bring(run, shop, export(("Lamps", 3)))

    assert "the export doesn't state its currency" in done.out
    assert "currency: KRW                       # REPLACE-ME" in (shop.folder / "site.yaml").read_text()


def test_currency_that_is_asked_for_is_that_of_the_new_shop(
    run: Run, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    newly(run, shop, "ko")
    monkeypatch.setattr("storegen.cli.import_command._is_terminal", lambda: True)
    monkeypatch.setattr("click.termui.visible_prompt_func", lambda text: "")
    bring(run, shop, export(("Lamps", 3)))

    assert (value(shop, "currency"), value(shop, "languages")) == ("KRW", ["ko"])


def test_examples_of_a_new_shop_are_put_into_the_language_of_the_import(run: Run, shop: Shop) -> None:
    shop.edit("content/pages/terms.md", "REPLACE-ME The terms", "The terms")
    done = bring(run, shop, export(("Lamps", 3)), "--language", "fi", "--currency", "SEK")
    shop.build()

    assert "the example texts of the new shop are now in Finnish\n" in done.out
    site = (shop.folder / "site.yaml").read_text()
    assert site.startswith("# yaml-language-server: $schema=.storegen/schema/site.json\n# Kauppasi asetukset.")
    assert "# REPLACE-ME mitä lupaat, tai poista nämä rivit\n# promises:" in site
    assert (value(shop, "currency"), value(shop, "languages")) == ("SEK", ["fi"])
    assert (shop.folder / "content/pages/terms.md").read_text().startswith("---\ntitle: Terms\n")
    assert shop.html("toimitus/index.html").h1.text == "Toimitus"  # type: ignore[union-attr]


def test_imported_sale_has_a_name_in_the_language(run: Run, shop: Shop) -> None:
    rows = "ID,Type,SKU,Name,Published,Regular price,Sale price,Date sale price starts,Date sale price ends\n"
    sale = "1,simple,A,Lamppu,1,50,40,2026-01-01,2030-01-01\n"
    bring(run, shop, rows + sale, "--language", "fi", platform="woocommerce")

    (offer,) = (shop.folder / "content/offers").iterdir()
    assert "name: Ale\n" in offer.read_text()


def test_option_that_the_import_adds_has_a_name_in_the_language(run: Run, shop: Shop) -> None:
    rows = (
        "Handle,Title,Vendor,Option1 Name,Option1 Value,Variant SKU,Variant Price\n"
        "ring,Sormus,X,Koko,S,A-1,5\nring,,,,S,A-2,6\n"
    )
    bring(run, shop, rows, "--language", "fi")

    written = (shop.folder / "content/products/ring.yaml").read_text()
    assert "Tuotenumero" in written
    assert "Article" not in written
    shop.build()
    assert "Tuotenumero" in shop.html("tuotteet/ring/index.html").get_text()


def test_edited_site_yaml_keeps_its_notes_in_another_language(run: Run, shop: Shop) -> None:
    shop.edit("site.yaml", "name: My shop     ", "name: Lamppukauppa")
    bring(run, shop, export(("Lamps", 3)), "--language", "fi")

    site = (shop.folder / "site.yaml").read_text()
    assert "\nname: Lamppukauppa" in site
    assert "# REPLACE-ME what you promise, or delete these lines" in site
    assert (shop.folder / "content/pages/about.md").read_text().startswith("---\ntitle: Tietoa meistä\n")


def test_language_without_examples_changes_no_text(run: Run, shop: Shop) -> None:
    done = bring(run, shop, export(("Lamps", 3)), "--language", "de")

    assert "example texts" not in done.out
    assert (shop.folder / "content/pages/about.md").read_text() == (
        ROOT / "starter/en/content/pages/about.md"
    ).read_text()


def value(shop: Shop, key: str) -> object:
    data = load_yaml((shop.folder / "site.yaml").read_text())
    assert isinstance(data, dict)
    return data[key]


@pytest.mark.slow
@pytest.mark.skipif(not DATA.is_dir(), reason=f"the exports are not in {DATA}")
@pytest.mark.parametrize(
    ("platform", "file"),
    [
        ("shopify", "apparel"),
        ("shopify", "jewelery"),
        ("shopify", "martial-arts-25-products"),
        ("shopify", "storeplate-products"),
        ("shopify", "packt-product-data"),
        ("woocommerce", "sample_products"),
    ],
)
def test_every_product_of_a_real_export_is_near(run: Run, shop: Shop, platform: str, file: str) -> None:
    done = run("import", platform, str(DATA / platform / f"{file}.csv"), "--site", "shop", "--currency", "EUR")
    assert done.code == 0
    report = shop.build(now=NOW)
    found = clicks(shop.output)

    assert products(shop.output)
    assert products(shop.output) <= found.keys()
    assert max(found[address] for address in products(shop.output)) <= 4
    assert not [warning for warning in report.warnings if "no list" in warning]
    assert ", 0 products" not in shop.html("index.html").get_text()
    assert 0 < len(shop.html("index.html").select(MENU)) <= 6
