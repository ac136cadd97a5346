"""Menu, footer, home page and the page of all categories, drawn from the content where site.yaml doesn't name them."""

from __future__ import annotations

import pytest

from tests.conftest import MakeShop
from tests.shop import SITE, Shop, tree

OPEN = SITE.replace('menu: ["category:rings", "guides"]\n', "")
MENU = ".masthead__nav .menu__item:not(.menu__item--over) > a, .masthead__nav .menu__child--all"
KINDS = ("Anklets", "Beads", "Charms", "Discs", "Earrings", "Flowers", "Garnets", "Hearts", "Icons", "Jade")


def shop_of(make_shop: MakeShop, count: int, **files: str) -> Shop:
    """Return a shop with *count* categories: the first has one product, the second two, and so on. One more is empty."""
    made: dict[str, str | bytes] = {"site.yaml": OPEN, "content/categories/void.yaml": "name: Void\n", **files}
    for number, name in enumerate(KINDS[:count], 1):
        slug = name.lower()
        made[f"content/categories/{slug}.yaml"] = f"name: {name}\n"
        for piece in range(number):
            made[f"content/products/{slug}-{piece}.yaml"] = f"name: {name} {piece}\nprice: 5\ncategory: {slug}\n"
    return make_shop(made)


def menu(shop: Shop, path: str = "index.html") -> list[str]:
    return [link.text for link in shop.html(path).select(MENU)]


def column(shop: Shop, title: str) -> list[str]:
    return [link.text for link in shop.html("index.html").select(f'.footer__column[aria-label="{title}"] a')]


def test_menu_shows_the_largest_categories_first(make_shop: MakeShop) -> None:
    shop = shop_of(make_shop, 6)
    shop.build()

    assert menu(shop) == ["Flowers", "Earrings", "Discs", "Charms", "Beads", "Anklets"]
    assert column(shop, "Shop") == menu(shop)
    assert not shop.has("categories/index.html")


def test_categories_that_do_not_fit_are_one_click_away(make_shop: MakeShop) -> None:
    shop = shop_of(make_shop, 8)
    shop.build()

    assert menu(shop) == ["Hearts", "Garnets", "Flowers", "Earrings", "Discs", "All categories"]
    page = shop.html("categories/index.html")
    names = [row.text for row in page.select(".category-list__link")]
    assert names == ["Hearts", "Garnets", "Flowers", "Earrings", "Discs", "Charms", "Beads", "Anklets"]
    assert [each.text for each in page.select(".category-list__count")][:2] == ["8 products", "7 products"]
    assert page.select(".breadcrumbs a")[0].text == "Home"
    assert page.select_one(".masthead__nav [aria-current]").text == "All categories"  # type: ignore[union-attr]
    assert "<loc>https://shop.example/categories/</loc>" in shop.text("sitemap.xml")


def test_order_of_the_merchant_goes_before_size(make_shop: MakeShop) -> None:
    shop = shop_of(make_shop, 3)
    shop.edit("content/categories/anklets.yaml", "name: Anklets\n", "name: Anklets\norder: 1\n")
    shop.build()

    assert menu(shop) == ["Anklets", "Charms", "Beads"]


def test_pages_fill_what_is_left_of_the_menu_and_stand_in_the_footer(make_shop: MakeShop) -> None:
    pages = {
        f"content/pages/{name}.md": f"---\ntitle: {name.title()}\n---\nText.\n"
        for name in ("about", "contact", "delivery", "privacy", "sizes", "terms")
    }
    shop = shop_of(make_shop, 5, **pages)
    shop.build()

    assert menu(shop) == ["Earrings", "Discs", "Charms", "Beads", "Anklets", "About"]
    assert column(shop, "Help") == ["Delivery", "Contact", "About", "Sizes"]
    asked_by_law = ["Withdraw from contract here", "Legal guarantee"]  # in a shop of the European Union
    legal = [link.text for link in shop.html("index.html").select(".footer__legal a")]
    assert legal == ["Privacy", "Terms", *asked_by_law]


def test_category_without_products_is_nowhere(make_shop: MakeShop) -> None:
    shop = shop_of(make_shop, 7)
    shop.write("content/categories/garnets/rough.yaml", "name: Rough\n")
    shop.build()

    for path in ("index.html", "categories/index.html", "garnets/index.html"):
        assert "Void" not in shop.text(path)
        assert "Rough" not in shop.text(path)
    assert "void" not in shop.text("sitemap.xml")


def test_what_site_yaml_names_stands_as_it_is(make_shop: MakeShop) -> None:
    named = 'menu: ["category:anklets", categories]\nfooter: {Mine: ["category:beads"]}\nlegal: []\n'
    shop = shop_of(make_shop, 7)
    shop.write("site.yaml", OPEN + named)
    shop.build()

    assert menu(shop) == ["Anklets", "All categories"]
    assert column(shop, "Mine") == ["Beads"]
    assert column(shop, "Shop") == []
    shop.write("site.yaml", OPEN + "menu: []\n")
    shop.build()
    assert menu(shop) == []


def test_link_to_all_categories_is_left_out_where_all_fit(make_shop: MakeShop) -> None:
    shop = shop_of(make_shop, 2)
    shop.write("site.yaml", OPEN + 'menu: ["category:anklets", categories]\n')
    shop.build()

    assert menu(shop) == ["Anklets"]


def test_home_shows_some_of_every_category(make_shop: MakeShop) -> None:
    shop = shop_of(make_shop, 10)  # 55 products
    shop.build()

    page = shop.html("index.html")
    assert [each.text for each in page.select(".category__name")] == [*reversed(KINDS[2:])]
    assert page.select_one(".band--collections .band__way a")["href"] == "/categories/"  # type: ignore[index]
    names = [each.text.split()[0] for each in page.select(".band--featured h3")]
    assert len(names) == 12
    assert names[:10] == [*reversed(KINDS)]


@pytest.mark.parametrize("count", [5, 6, 7])
def test_new_product_changes_the_menu_as_a_clean_build_would(make_shop: MakeShop, count: int) -> None:
    shop = shop_of(make_shop, count)
    shop.build()
    for piece in range(2):
        shop.write(f"content/products/more-{piece}.yaml", "name: More\nprice: 5\ncategory: void\n")
    shop.build()
    after = tree(shop.output)
    shop.build(clean=True)

    assert tree(shop.output) == after
    assert "Void" in (menu(shop) if count == 5 else shop.text("categories/index.html"))
