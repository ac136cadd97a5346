"""Long lists: pages by number, sitemaps by the limit of their protocol, products listed in one file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from storegen.views import machines
from tests.conftest import FIVE, MakeShop
from tests.shop import Shop

MANY: dict[str, str | bytes] = FIVE | {
    f"content/products/p{number:02}.yaml": f"name: Piece {number:02}\nprice: {number + 1}.00\ncategory: care\n"
    for number in range(60)
}


def test_category_has_pages_of_24_that_lead_to_each_other(make_shop: MakeShop) -> None:
    shop = make_shop(MANY)
    shop.build()

    pages = [shop.html(f"care/{number}index.html") for number in ("", "2/", "3/")]
    counts = [len(set(re.findall(r'href="(/products/[^"]+)"', str(page.main)))) for page in pages]
    assert counts == [24, 24, 13]
    assert not shop.has("care/4/index.html")
    assert [link["href"] for link in pages[1].find_all("link", rel=["prev", "next"])] == ["/care/", "/care/3/"]
    assert {link["href"] for link in pages[1].select("nav a[href]") if "care" in str(link["href"])} >= {
        "/care/",
        "/care/3/",
    }
    canonical = pages[1].find("link", rel="canonical")
    assert canonical is not None
    assert canonical["href"] == "https://shop.example/care/2/"


def test_list_that_shrinks_loses_its_last_pages(make_shop: MakeShop) -> None:
    shop = make_shop(MANY)
    shop.build()
    for number in range(40):
        shop.remove(f"content/products/p{number:02}.yaml")

    removed = shop.build().removed

    assert "care/2/index.html" in removed
    assert "care/3/index.html" in removed


def test_products_may_stand_in_one_file(make_shop: MakeShop) -> None:
    text = "- {name: One, slug: one, price: 1.00}\n- {name: Two, slug: two, price: 2.00}\n"
    shop = make_shop(FIVE | {"content/products/small.yaml": text})
    shop.build()

    assert shop.has("products/one/index.html")
    assert shop.has("products/two/index.html")


def test_sitemap_names_every_page_that_may_be_found(five: Shop) -> None:
    five.build()

    locs = set(re.findall(r"<loc>(.*?)</loc>", five.text("sitemap.xml")))
    pages = {
        f"https://shop.example/{path.parent.relative_to(five.output)}/".replace("/./", "/")
        for path in five.output.rglob("index.html")
    }
    assert locs == pages - {"https://shop.example/cart/"}


def test_sitemap_above_the_limit_becomes_an_index(five: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    assert machines.sitemaps.__kwdefaults__ is not None
    monkeypatch.setitem(machines.sitemaps.__kwdefaults__, "limit", 4)
    five.build()

    index = re.findall(r"<loc>(.*?)</loc>", five.text("sitemap.xml"))
    assert len(index) == 3
    parts = [five.text(Path(loc).name) for loc in index]
    assert [part.count("<loc>") for part in parts[:2]] == [4, 4]
    assert "Sitemap: https://shop.example/sitemap.xml" in five.text("robots.txt")
