"""The page about privacy says what is set up, never more."""

from __future__ import annotations

from tests.conftest import FIVE, MakeShop
from tests.shop import SITE, Shop, tree

PAGE = "---\ntitle: Privacy\nlayout: privacy\n---\nWe keep invoices for six years.\n"
GA4 = "tracking: {analytics: {ga4: {id: G-ABC1234567}}}\n"


def facts(shop: Shop) -> str:
    found = shop.html("privacy/index.html").select_one(".privacy-facts")
    assert found is not None
    return found.text


def test_page_follows_the_tools_that_are_set_up(make_shop: MakeShop) -> None:
    shop = make_shop({**FIVE, "content/pages/privacy.md": PAGE})
    shop.build()
    assert "This shop sets no cookies." in facts(shop)
    assert "doesn’t count your visits" in facts(shop)
    assert "The order is an e-mail that you send." in facts(shop)

    shop.write("site.yaml", SITE + GA4)
    shop.build()
    after = tree(shop.output)
    assert "no cookies" not in facts(shop)
    assert "counts your visit only if you accept" in facts(shop)
    shop.build(clean=True)
    assert tree(shop.output) == after


def test_page_names_the_hosts_of_pictures(make_shop: MakeShop) -> None:
    shop = make_shop({**FIVE, "content/pages/privacy.md": PAGE})
    shop.build()
    assert "Pictures come from" not in facts(shop)

    shop.edit("content/products/plain-band.yaml", "stock: 9", "stock: 9\nimages: [https://cdn.example/band.jpg]")
    shop.build()
    assert "which see your IP address: cdn.example." in facts(shop)
