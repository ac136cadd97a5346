"""Help after the sale: pages of products, and the page of help by topic."""

from __future__ import annotations

from collections.abc import Mapping

from bs4 import Tag

from tests.conftest import FIVE, MakeShop
from tests.shop import Shop

SUPPORT = """\
support:
  use: Turn it on over the knuckle.
  repair: Send it to us.
  manuals: [{file: media/sizes.pdf, name: Sizes to print}]
  supplies: [polishing-cloth]
"""
RINGS = "name: Rings\n" + SUPPORT
PAGE = "---\ntitle: Delivery\nquestions:\n  - {question: How fast?, answer: In three days.}\n---\nWe send it.\n"
HELP = {
    **FIVE,
    "content/categories/rings.yaml": RINGS,
    "content/media/sizes.pdf": b"%PDF-1.4\n",
    "content/pages/delivery.md": PAGE,
}


def built(make_shop: MakeShop, files: Mapping[str, str | bytes] = HELP) -> Shop:
    shop = make_shop(dict(files))
    shop.build()
    return shop


def sections(shop: Shop, path: str) -> dict[str, str]:
    """Return the texts of a page's sections by title."""
    found = {}
    for heading in shop.html(path).select("main h2"):
        section = heading.find_parent("section")
        if isinstance(section, Tag):
            found[heading.get_text(strip=True)] = section.get_text(" ", strip=True)
    return found


def test_category_helps_with_its_products(make_shop: MakeShop) -> None:
    shop = built(make_shop)
    told = sections(shop, "support/rope-ring/index.html")

    assert "over the knuckle" in told["How to use it"]
    assert "Send it to us" in told["If it breaks"]
    assert "Polishing cloth" in told["Supplies"]
    assert "1–3" in told["When it arrives"]
    files = [str(link["href"]) for link in shop.html("support/rope-ring/index.html").select(".support__file")]
    assert len(files) == 1
    assert shop.has(files[0].lstrip("/"))
    assert "Sizes to print PDF, 1 kB" in told["Manuals"]
    assert "If something is wrong with it" in told  # returns and the legal guarantee


def test_own_part_replaces_that_of_the_category(make_shop: MakeShop) -> None:
    band = f"{FIVE['content/products/plain-band.yaml']!s}support: {{repair: Bring it in.}}\n"
    told = sections(
        built(make_shop, HELP | {"content/products/plain-band.yaml": band}), "support/plain-band/index.html"
    )

    assert "Bring it in" in told["If it breaks"]
    assert "over the knuckle" in told["How to use it"]


def test_product_leads_to_its_page_and_back(make_shop: MakeShop) -> None:
    shop = built(make_shop)
    after = [str(link["href"]) for link in shop.html("products/rope-ring/index.html").select(".service-links a")]
    back = [str(link["href"]) for link in shop.html("support/rope-ring/index.html").select("main a")]

    assert after[0] == "/support/rope-ring/"
    assert "/products/rope-ring/" in back
    assert "/support/rope-ring/" in shop.text("sitemap.xml")


def test_nothing_to_say_makes_no_page(make_shop: MakeShop) -> None:
    shop = built(make_shop)

    assert not shop.has("support/ball-studs/index.html")
    assert "/support/" not in str(shop.html("products/ball-studs/index.html").select_one("main"))


def test_help_lists_questions_guides_and_products(make_shop: MakeShop) -> None:
    shop = built(make_shop)
    told = sections(shop, "support/index.html")

    assert "How fast? In three days." in told["Delivery"]
    assert "Measure your ring size" in told["Guides"]
    assert {"Rope ring", "Plain band"} <= {
        link.get_text() for link in shop.html("support/index.html").select("#products a")
    }


def test_shop_without_questions_and_guides_has_no_help_page(make_shop: MakeShop) -> None:
    bare = {name: text for name, text in HELP.items() if "guides" not in name and "pages" not in name}
    shop = built(make_shop, bare)

    assert not shop.has("support/index.html")
    assert shop.has("support/rope-ring/index.html")


def test_link_leads_to_the_help_page(make_shop: MakeShop) -> None:
    text = PAGE.replace("We send it.", "We send it. See [help](support).")
    shop = built(make_shop, HELP | {"content/pages/delivery.md": text})

    assert shop.html("delivery/index.html").select('main a[href="/support/"]')


def test_changed_help_of_a_category_changes_the_pages_of_its_products(make_shop: MakeShop) -> None:
    shop = built(make_shop)
    shop.edit("content/categories/rings.yaml", "Send it to us", "Bring it to us")
    shop.build()

    assert "Bring it to us" in shop.text("support/rope-ring/index.html")
    shop.write("content/categories/rings.yaml", "name: Rings\n")
    shop.build()
    assert not shop.has("support/rope-ring/index.html")
    assert "/support/rope-ring/" not in shop.text("products/rope-ring/index.html")
