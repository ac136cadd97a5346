"""The pages with the names of all products, of a shop that has more than a hundred."""

from __future__ import annotations

import pytest

from storegen.alphabet import letter_of, sort_key
from storegen.errors import ContentError
from tests.conftest import MakeShop
from tests.shop import SITE, Shop

OPEN = SITE.replace('menu: ["category:rings", "guides"]\n', "")


def shop_of(make_shop: MakeShop, names: list[str], site: str = OPEN, **files: str) -> Shop:
    made: dict[str, str | bytes] = {"site.yaml": site, "content/categories/all.yaml": "name: Tools\n", **files}
    for number, name in enumerate(names):
        made[f"content/products/item-{number}.yaml"] = f'name: "{name}"\nprice: 5\ncategory: all\n'
    return make_shop(made)


def listed(shop: Shop, path: str) -> dict[str, list[str]]:
    """Return the names that stand under each letter of a page."""
    groups = shop.html(path).select(".letters__group")
    return {
        str(group.select(".letters__title")[0].text): [link.text for link in group.select(".letters__name")]
        for group in groups
    }


def test_each_product_stands_once_under_its_letter(make_shop: MakeShop) -> None:
    names = ["Bolt, 10 mm", "Bolt, 9 mm", "bearing", "„Quoted“ bolt", "Äxle", "Axe", "3 nuts", "…"]
    shop = shop_of(make_shop, [*names, *(f"Washer {number}" for number in range(393))])
    shop.write("content/products/hidden.yaml", "name: Hidden\nprice: 5\ncategory: all\nstatus: unlisted\n")
    shop.write("content/products/second.yaml", "name: Zinc\nprice: 5\ncategory: all\nslug: '2'\n")
    shop.build()

    first, second = listed(shop, "products/index.html"), listed(shop, "products/a-z/2/index.html")
    assert first["#"] == ["…"]
    assert first["0–9"] == ["3 nuts"]
    assert first["A"] == ["Axe", "Äxle"]
    assert first["B"] == ["bearing", "Bolt, 9 mm", "Bolt, 10 mm"]
    assert first["Q"] == ["„Quoted“ bolt"]
    assert len(first["W"]) + len(second["W"]) == 393
    assert second["Z"] == ["Zinc"]
    assert sum(map(len, first.values())) == 300
    assert list(first) == ["#", "0–9", "A", "B", "Q", "W"]


def test_letters_lead_to_their_first_name(make_shop: MakeShop) -> None:
    shop = shop_of(make_shop, [f"{letter}lder {number}" for letter in "AE" for number in range(160)])
    shop.build()

    links = {
        link.text: str(link["href"]) for link in shop.html("products/a-z/2/index.html").select(".letters .pages__link")
    }
    assert links == {"A": "/products/#letter-1", "E": "/products/#letter-2"}
    for href in links.values():
        path, _, anchor = href.partition("#")
        assert shop.html(f"{path.strip('/')}/index.html").find(id=anchor) is not None
    pages = shop.html("products/index.html").select(".pages .pages__link[href]")
    assert {str(link["href"]) for link in pages} == {"/products/", "/products/a-z/2/"}


def test_list_is_one_click_from_every_page_and_in_the_sitemap(make_shop: MakeShop) -> None:
    shop = shop_of(make_shop, [f"Nut {number}" for number in range(101)])
    shop.build()

    footer = {link.text: str(link["href"]) for link in shop.html("products/item-1/index.html").select(".footer a")}
    assert footer["All products A–Z"] == "/products/"
    assert "<loc>https://shop.example/products/</loc>" in shop.text("sitemap.xml")


def test_small_shop_has_none_and_says_so_of_a_link(make_shop: MakeShop) -> None:
    shop = shop_of(make_shop, [f"Nut {number}" for number in range(100)])
    shop.build()
    assert not shop.has("products/index.html")
    assert "All products" not in shop.text("index.html")
    shop.write("site.yaml", OPEN + "menu: [products]\n")

    with pytest.raises(ContentError, match="there is no list of products; it needs more than 100"):
        shop.build()


def test_new_price_changes_no_list_and_a_new_name_does(make_shop: MakeShop) -> None:
    shop = shop_of(make_shop, [f"Nut {number}" for number in range(120)])
    shop.build()
    shop.edit("content/products/item-7.yaml", "price: 5", "price: 6")
    assert "products/index.html" not in {change.output.path for change in shop.build().made}

    shop.edit("content/products/item-7.yaml", "Nut 7", "Bolt 7")
    assert "products/index.html" in {change.output.path for change in shop.build().made}
    assert listed(shop, "products/index.html")["B"] == ["Bolt 7"]


def test_languages_have_lists_in_their_own_order(make_shop: MakeShop) -> None:
    names = ["Ahma", "Äyriäinen", "Ålanti", "Zorro"]
    shop = shop_of(make_shop, [*names, *(f"Mutteri {number}" for number in range(100))], f"{OPEN}languages: [fi, ko]\n")
    shop.write("content/products/item-0.ko.yaml", "name: 가락지\n")
    shop.build()

    assert list(listed(shop, "tuotteet/index.html")) == ["A", "M", "Z", "Å", "Ä"]
    korean = shop.html("ko/products/index.html")
    assert [each.text for each in korean.select(".letters__title")] == ["ㄱ", "A", "M", "Z"]
    assert korean.select("li[lang=fi] .letters__name")
    assert {str(link["hreflang"]) for link in korean.select("link[hreflang]")} == {"fi", "ko", "x-default"}


@pytest.mark.parametrize(
    ("language", "name", "letter"),
    [
        ("en", "Éclair", "E"),
        ("fi", "Öljy", "Ö"),
        ("de", "Öl", "O"),
        ("de", "ßtraße", "S"),
        ("et", "Žanr", "Ž"),
        ("es", "Ñandú", "Ñ"),
        ("es", "Árbol", "A"),
        ("ko", "까치", "ㄱ"),
        ("ko", "하늘", "ㅎ"),
        ("ja", "ガラス", "か"),
        ("ja", "ぱん", "は"),
        ("ja", "ンゴロ", "わ"),
        ("ja", "銀の指輪", "漢"),
        ("ja", "　　全角", "漢"),
        ("el", "Άρωμα", "Α"),
        ("ru", "Ёлка", "Е"),
        ("ar", "خاتم", "خ"),
        ("en", "10 nails", "0–9"),
        ("en", "(A) ring", "A"),
        ("en", "☂", "#"),
    ],
)
def test_name_stands_where_a_reader_of_the_language_looks(language: str, name: str, letter: str) -> None:
    assert letter_of(name, language) == letter


@pytest.mark.parametrize(
    ("language", "ordered"),
    [
        ("fi", "Aho Ilo Zen Åre Äiti Öljy"),
        ("de", "Ahorn Äpfel Birne Öl Ort"),
        ("et", "Sepp Šokk Zoo Žanr Tool Vares Õun Äri Öö Üks"),
        ("es", "Nube Ñandú Oso"),
        ("da", "Zebra Æble Øl Ål"),
        ("en", "bolt-2 Bolt-10 Nut"),
        ("ja", "か カキ ガラス き"),
    ],
)
def test_names_are_sorted_by_the_customs_of_the_language(language: str, ordered: str) -> None:
    names = ordered.split()

    assert sorted(sorted(names), key=lambda name: sort_key(name, language)) == names
