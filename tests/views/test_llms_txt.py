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
