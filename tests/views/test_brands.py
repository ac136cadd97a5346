"""Pages of brands: their products by name, the list, and the ways that lead to them."""

from __future__ import annotations

import pytest

from storegen.errors import ContentError
from tests.conftest import MakeShop, five_with
from tests.shop import SITE, one

SAVELA = "---\nname: Savela\nsummary: Stoneware.\nplace: Porvoo\nsite: https://savela.example/\nfacts: {Founded: '2009'}\n---\nOuti throws.\n"
DISH = "name: Dish {n:02}\nprice: 5.00\nbrand: {brand}\ncategory: care\n"
PAGE = "brands/savela/index.html"


def dishes(count: int, brand: str = "Savela") -> dict[str, str | bytes]:
    return {f"content/products/dish-{n:02}.yaml": DISH.format(n=n, brand=brand) for n in range(count)}


def test_page_has_the_story_the_facts_and_the_products(make_shop: MakeShop) -> None:
    shop = five_with(make_shop, {**dishes(2), "content/brands/savela.md": SAVELA})

    main = one(shop.html(PAGE), "main")
    assert one(main, "h1").get_text() == "Savela"
    assert "Outi throws." in main.get_text()
    assert [row.get_text(" ", strip=True) for row in main.select(".specs__row")] == ["Where Porvoo", "Founded 2009"]
    assert one(main, "a[href='https://savela.example/']").get_text(strip=True) == "savela.example"
    assert {str(link["href"]) for link in main.select("a[href^='/products/']")} == {
        "/products/dish-00/",
        "/products/dish-01/",
    }
    assert "/brands/savela/<" in shop.text("sitemap.xml")


@pytest.mark.parametrize("written", ["savela", "SAVELA", " Savela ", "Savela"])
def test_name_is_found_however_it_is_written(make_shop: MakeShop, written: str) -> None:
    shop = five_with(make_shop, {**dishes(1, f"'{written}'"), "content/brands/savela.md": SAVELA})

    assert shop.html(PAGE).select("a[href='/products/dish-00/']")
    assert one(shop.html("products/dish-00/index.html"), ".buy__brand a")["href"] == "/brands/savela/"


def test_brand_without_a_file_has_no_page_and_no_link(make_shop: MakeShop) -> None:
    shop = five_with(make_shop, dishes(1))

    assert not shop.has(PAGE)
    assert not shop.html("products/dish-00/index.html").select(".buy__brand")


def test_many_products_have_pages(make_shop: MakeShop) -> None:
    shop = five_with(make_shop, {**dishes(30), "content/brands/savela.md": SAVELA})

    second = shop.html("brands/savela/2/index.html")
    assert len({str(link["href"]) for link in second.select("main a[href^='/products/']")}) == 6
    assert "Outi throws." not in second.get_text()
    assert one(second, "link[rel=prev]")["href"] == "/brands/savela/"


def test_list_comes_with_the_second_brand(make_shop: MakeShop) -> None:
    site = SITE + "languages: [en, fi]\n"
    shop = five_with(make_shop, {**dishes(1), "content/brands/savela.md": SAVELA}, site)
    assert not shop.has("brands/index.html")

    shop.write("content/brands/lind.md", "---\nname: Lind\norder: 1\n---\n")
    shop.build()
    names = [name.get_text(strip=True) for name in shop.html("brands/index.html").select(".category__name")]
    assert names == ["Lind", "Savela"]
    assert one(shop.html(PAGE), ".breadcrumbs a[href='/brands/']").get_text(strip=True) == "Brands"
    assert shop.has("fi/merkit/index.html")
    assert shop.has("fi/merkit/savela/index.html")


def test_link_to_the_list_needs_two_brands(make_shop: MakeShop) -> None:
    site = SITE + "legal: [brands]\n"
    with pytest.raises(ContentError, match="there is no list of brands; it needs two files in content/brands"):
        five_with(make_shop, {"content/brands/savela.md": SAVELA}, site)

    two = {"content/brands/savela.md": SAVELA, "content/brands/lind.md": "---\nname: Lind\n---\n"}
    shop = five_with(make_shop, two, site)
    assert shop.html("index.html").select("footer a[href='/brands/']")


def test_translated_name_has_the_products_of_the_first_language(make_shop: MakeShop) -> None:
    files = {
        **dishes(1),
        "content/brands/savela.md": SAVELA,
        "content/brands/savela.fi.md": "---\nname: Savelan paja\n---\n",
    }
    shop = five_with(make_shop, files, SITE + "languages: [en, fi]\n")

    page = shop.html("fi/merkit/savela/index.html")
    assert one(page, "h1").get_text() == "Savelan paja"
    assert page.select("main a[href='/fi/tuotteet/dish-00/']")


def test_structured_data_names_the_brand(make_shop: MakeShop) -> None:
    shop = five_with(make_shop, {**dishes(1), "content/brands/savela.md": SAVELA})

    brand, crumbs = shop.jsonld(PAGE)
    assert brand == {
        "@type": "Brand",
        "@id": "https://shop.example/brands/savela/#brand",
        "name": "Savela",
        "description": "Stoneware.",
        "url": "https://shop.example/brands/savela/",
        "sameAs": "https://savela.example/",
    }
    assert crumbs["@type"] == "BreadcrumbList"


def test_new_price_story_and_product_reach_the_page(make_shop: MakeShop) -> None:
    shop = five_with(make_shop, {**dishes(1), "content/brands/savela.md": SAVELA})
    shop.write("content/products/dish-00.yaml", DISH.format(n=0, brand="Savela").replace("5.00", "7.77"))
    shop.write("content/products/dish-01.yaml", DISH.format(n=1, brand="Savela"))
    shop.write("content/brands/savela.md", SAVELA.replace("Outi throws.", "Outi fires."))
    shop.build()

    text = one(shop.html(PAGE), "main").get_text()
    assert "7.77" in text
    assert "Dish 01" in text
    assert "Outi fires." in text
    clean = shop.text(PAGE)
    shop.build(clean=True)
    assert shop.text(PAGE) == clean


def test_unlisted_brand_is_in_no_list(make_shop: MakeShop) -> None:
    files = {"content/brands/savela.md": SAVELA.replace("name:", "status: unlisted\nname:")}
    shop = five_with(make_shop, {**dishes(1), **files})

    assert one(shop.html(PAGE), "meta[name=robots]")["content"] == "noindex"
    assert "/brands/" not in shop.text("sitemap.xml")
