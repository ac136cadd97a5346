"""llms.txt describes the shop for assistants."""

from __future__ import annotations

from tests.conftest import FIVE, MakeShop
from tests.shop import SITE, Shop


def test_shop_is_described_with_its_categories_texts_and_feed(make_shop: MakeShop) -> None:
    site = SITE + "description: Silver made in Porvoo.\nfeeds: [google]\nlanguages: [en, fi]\n"
    shop = make_shop(
        {
            **FIVE,
            "site.yaml": site,
            "content/pages/returns.md": "---\ntitle: Returns\nsummary: 30 days.\n---\nSend it back.\n",
            "content/categories/empty.yaml": "name: Empty\n",
            "content/categories/hidden.yaml": "name: Hidden\nstatus: unlisted\n",
        }
    )
    shop.build()

    assert shop.text("llms.txt") == (
        "# Test shop\n\n> Silver made in Porvoo.\n\n"
        "## Shop\n\n"
        "- [Care](https://shop.example/care/)\n"
        "- [Earrings](https://shop.example/earrings/)\n"
        "- [Rings](https://shop.example/rings/): Forged in Porvoo.\n\n"
        "## Guides\n\n- [Measure your ring size](https://shop.example/guides/ring-size/)\n\n"
        "## Help\n\n- [Returns](https://shop.example/returns/): 30 days.\n\n"
        "## Optional\n\n"
        "- [Product feed](https://shop.example/feeds/google.xml): Every article with its price and availability\n"
        "- Products, guides and posts are also there as Markdown: add index.html.md to the address\n"
        "- [Sitemap](https://shop.example/sitemap.xml)\n"
        "- [Suomi](https://shop.example/fi/)\n"
    )


def test_names_are_text_and_lines_stay_lines(five: Shop) -> None:
    five.edit("content/categories/rings.yaml", "name: Rings", 'name: "Rings](https://elsewhere.example)"')
    five.build()

    assert "- [Rings(https://elsewhere.example)](https://shop.example/rings/)" in five.text("llms.txt")


def test_llms_txt_can_be_turned_off_and_is_not_in_a_preview(make_shop: MakeShop) -> None:
    shop = make_shop({**FIVE, "site.yaml": SITE + "llms_txt: no\n"})
    shop.build()
    assert not shop.has("llms.txt")

    shop.edit("site.yaml", "llms_txt: no", "llms_txt: yes")
    shop.build()
    assert shop.has("llms.txt")
    shop.build(preview=True, base_url="https://try.example")
    assert not (shop.folder / "preview/llms.txt").exists()


TABLE = """\
| Size | Article number | Price | Availability |
| --- | --- | --- | --- |
"""


def test_product_is_also_there_as_markdown(make_shop: MakeShop) -> None:
    files = {
        **FIVE,
        "content/people/anna.yaml": "name: Anna Test\nrole: Silversmith\n",
        "content/products/pipe.yaml": (
            "name: Pipe | bent\nsku: P-1\nprice: 12\nsummary: For *hot* water.\ncategory: rings\nbrand: Tubes\n"
            "specs: {Metal: Copper}\n"
            "description: |\n"
            "  Goes with [the ring](product:rope-ring), not with [a draft](product:late).\n\n\n"
            "  ![](product:rope-ring)\n\n  Code: `[x](product:nowhere) ![](media/nowhere.jpg)`\n"
            "questions:\n- {question: Does it bend?, answer: 'See [sizes](guide:ring-size).', by: anna}\n"
        ),
        "content/products/late.yaml": "name: Late\nprice: 5\nstatus: draft\n",
    }
    shop = make_shop(files)
    shop.build()

    assert shop.text("products/pipe/index.html.md") == (
        "# Pipe | bent\n\n> For hot water.\n\nhttps://shop.example/products/pipe/\n\n"
        "- Brand: Tubes\n- Article number: P-1\n- Price: €12.00\n- Availability: In stock in Helsinki\n\n"
        "Goes with [the ring](https://shop.example/products/rope-ring/), not with a draft.\n\n"
        "[Rope ring](https://shop.example/products/rope-ring/)\n\nCode: `[x](product:nowhere) ![](media/nowhere.jpg)`\n\n"
        "- Metal: Copper\n\n"
        "## Questions\n\n### Does it bend?\n\nSee [sizes](https://shop.example/guides/ring-size/).\n"
    )
    link = shop.html("products/pipe/index.html").select_one('link[type="text/markdown"]')
    assert link is not None
    assert link["href"] == "/products/pipe/index.html.md"
    assert "as Markdown" in shop.text("llms.txt")


def test_every_variant_and_a_sale_stand_in_the_table(five: Shop) -> None:
    five.build()
    before = five.text("products/rope-ring/index.html.md")
    assert TABLE in before
    assert len([line for line in before.splitlines() if line.startswith("| 1")]) > 1

    five.write(
        "content/offers/autumn.yaml",
        "kind: sale\nname: Autumn\neverything: yes\npercent: 10\nstarts: 2026-11-01\nends: 2099-11-30\n",
    )
    made = {change.output.path for change in five.build().made}
    assert "products/rope-ring/index.html.md" in made
    assert "€53.10" in five.text("products/rope-ring/index.html.md")


def test_guide_is_markdown_too_and_what_is_not_listed_is_not(make_shop: MakeShop) -> None:
    shop = make_shop({**FIVE, "content/products/quiet.yaml": "name: Quiet\nprice: 5\nstatus: unlisted\n"})
    shop.build()

    guide = shop.text("guides/ring-size/index.html.md")
    assert guide.startswith("# Measure your ring size\n\n")
    assert not shop.has("products/quiet/index.html.md")
    assert "text/markdown" not in shop.text("products/quiet/index.html")
    shop.write("site.yaml", SITE + "llms_txt: no\n")
    shop.build()
    assert not shop.has("guides/ring-size/index.html.md")
    assert "text/markdown" not in shop.text("guides/ring-size/index.html")
