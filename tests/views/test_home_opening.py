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

MANY: dict[str, str | bytes] = {
    **{f"content/categories/c{place}.yaml": f"name: Kind {place}\n" for place in range(8)},
    **{
        f"content/products/c{place}.yaml": f"name: Thing {place}\nprice: 5.00\ncategory: c{place % 8}\n"
        for place in range(24)
    },
}


def opening(shop: Shop, page: str = "index.html") -> list[str]:
    shop.build()
    found = shop.html(page).select_one(".opening")
    return [] if found is None else [" ".join(part.get_text().split()) for part in found.select("p")]


def test_home_page_of_few_categories_leaves_them_to_their_tiles(tmp_path: Path) -> None:
    shop = Shop(tmp_path, {**FIVE, "site.yaml": SITE + "languages: [en, fi]\ntagline: Silver\n"})

    assert opening(shop) == [
        "Post: €5.90, free from €120, 1–3 working days",
    ]
    assert opening(shop, "fi/index.html") == [
        "Post: 5,90 €, ilmainen alk. 120 €, 1–3 arkipäivässä",
    ]


def test_heading_is_the_name_unless_the_merchant_wrote_one(tmp_path: Path) -> None:
    def headings(more: str) -> list[tuple[str, str]]:
        shop = Shop(tmp_path / str(len(more)), {**FIVE, "site.yaml": SITE + more})
        shop.build()
        return [(each.text, " ".join(each["class"])) for each in shop.html("index.html").select("main h1")]

    assert headings("") == [("Test shop", "heading__title")]
    assert headings("tagline: Silver\n") == [("Silver", "heading__title")]
    assert headings("description: Made by hand in Porvoo.\n") == [("Test shop", "visually-hidden")]


def test_page_of_all_categories_is_one_press_away(tmp_path: Path) -> None:
    shop = Shop(tmp_path, {**FIVE, **MANY, "site.yaml": SITE.partition("menu:")[0]})

    assert opening(shop)[-1] == "All categories"
    found = shop.html("index.html").select("main a")
    links = [link["href"] for link in found if link.text.strip() == "All categories"]
    assert set(links) == {"/categories/"}
    assert len(links) >= 2  # of the opening, and beside the heading of the products
    assert len(shop.html("index.html").select(".product-card")) == 12


def test_many_categories_are_counted(tmp_path: Path) -> None:
    shop = Shop(tmp_path, {**FIVE, **MORE, "site.yaml": SITE})

    assert opening(shop)[0] == "7 products in 5 categories."


@pytest.mark.parametrize(
    ("more", "lines"),
    [
        (
            "description: Made by hand in Porvoo.\n",
            ["Made by hand in Porvoo.", "Post: €5.90, free from €120, 1–3 working days"],
        ),
        ("promises: {made: {title: Made by hand}}\n", []),
    ],
)
def test_words_of_the_merchant_come_first(tmp_path: Path, more: str, lines: list[str]) -> None:
    assert opening(Shop(tmp_path, {**FIVE, "site.yaml": SITE + more})) == lines


def test_home_page_of_the_merchant_has_no_other_opening(tmp_path: Path) -> None:
    home = "sections: [{featured: {title: New, products: [rope-ring]}}]\n"

    assert opening(Shop(tmp_path, {**FIVE, "content/pages/home.yaml": home})) == []
