"""What the home page of a shop without a home.yaml says before its products."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import FIVE
from tests.shop import SITE, Shop

MORE: dict[str, str | bytes] = {
    f"content/{kind}/{name}.yaml": f"name: {name.title()}\n"
    + (f"category: {name}\nprice: 9.00\n" if kind == "products" else "")
    for kind in ("products", "categories")
    for name in ("bowls", "cups")
}


def opening(shop: Shop, page: str = "index.html") -> list[str]:
    shop.build()
    found = shop.html(page).select_one(".opening")
    return [] if found is None else [" ".join(part.get_text().split()) for part in found.select("p")]


def test_home_page_names_categories_and_delivery_and_leads_to_the_largest(tmp_path: Path) -> None:
    shop = Shop(tmp_path, {**FIVE, "site.yaml": SITE + "languages: [en, fi]\ntagline: Silver\n"})

    assert opening(shop) == [
        "5 products: Earrings, Rings, and Care.",
        "Post: €5.90, free from €120, 1–3 working days",
        "See Earrings",
    ]
    assert shop.html("index.html").select_one(".opening a")["href"] == "/earrings/"  # type: ignore[index]
    assert opening(shop, "fi/index.html") == [
        "5 tuotetta: Earrings, Rings ja Care.",
        "Post: 5,90 €, ilmainen alk. 120 €, 1–3 arkipäivässä",
        "Katso: Earrings",
    ]


def test_neither_of_two_categories_comes_first(tmp_path: Path) -> None:
    files = {name: text for name, text in FIVE.items() if name != "content/categories/care.yaml"}
    cloth = {"content/products/polishing-cloth.yaml": "name: Cloth\nprice: 12.00\ncategory: rings\n"}
    shop = Shop(tmp_path, {**files, **cloth})

    shop.build()
    links = {link.text.strip(): link["href"] for link in shop.html("index.html").select(".opening a")}
    assert links == {"See Earrings": "/earrings/", "See Rings": "/rings/"}


def test_only_some_of_many_categories_are_named(tmp_path: Path) -> None:
    shop = Shop(tmp_path, {**FIVE, **MORE, "site.yaml": SITE})

    assert opening(shop)[0] == "7 products, for example Earrings, Rings, and Bowls."


@pytest.mark.parametrize(
    ("more", "lines"),
    [
        (
            "description: Made by hand in Porvoo.\n",
            ["Made by hand in Porvoo.", "Post: €5.90, free from €120, 1–3 working days"],
        ),
        ("promises: {made: {title: Made by hand}}\n", ["5 products: Earrings, Rings, and Care."]),
    ],
)
def test_words_of_the_merchant_come_first(tmp_path: Path, more: str, lines: list[str]) -> None:
    assert opening(Shop(tmp_path, {**FIVE, "site.yaml": SITE + more}))[:-1] == lines


def test_home_page_of_the_merchant_has_no_other_opening(tmp_path: Path) -> None:
    home = "sections: [{featured: {title: New, products: [rope-ring]}}]\n"

    assert opening(Shop(tmp_path, {**FIVE, "content/pages/home.yaml": home})) == []


def test_few_products_are_not_counted(tmp_path: Path) -> None:
    site = (
        SITE.replace('menu: ["category:rings", "guides"]\n', "").replace("delivery:", "other:").partition("other:")[0]
    )
    files = {"site.yaml": site, "content/products/one.yaml": "name: One\nprice: 5.00\ncategory: a\n"}

    assert opening(Shop(tmp_path, {**files, "content/categories/a.yaml": "name: A\n"})) == []
