"""The cart of a visitor who changes the language."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import hosted
from tests.conftest import FIVE, MakeShop
from tests.shop import NOW, SITE
from tests.theme.test_cart_of_markets import put


@pytest.mark.browser
def test_line_of_the_cart_is_in_the_language_of_the_page(browser: Browser, make_shop: MakeShop) -> None:
    shop = make_shop(
        {
            **FIVE,
            "site.yaml": SITE + "languages: [en, ko]\n",
            "content/products/rope-ring.ko.yaml": "name: 로프 반지\noptions: {Size: 사이즈, 17: 중간}\n",
        }
    )
    shop.build()
    with hosted(shop.output) as address:
        page = browser.new_context(base_url=address, reduced_motion="reduce").new_page()
        page.clock.install(time=NOW)
        put(page, "/products/rope-ring/?variant=RG-014-17")
        page.goto("/ko/cart/")

        cart = page.locator("shop-cart.cart--page")
        expect(cart.locator("[data-part=name]")).to_have_text("로프 반지")
        expect(cart.locator("[data-part=choice]")).to_have_text("중간")
        expect(cart.locator("[data-part=news]")).to_be_empty()
        assert "로프 반지, 중간 [RG-014-17]" in page.evaluate("storegen.orderText")

        page.goto("/products/rope-ring/")
        page.goto("/cart/")
        expect(cart.locator("[data-part=name]")).to_have_text("Rope ring")
        expect(cart.locator("[data-part=choice]")).to_have_text("17")
        page.context.close()
