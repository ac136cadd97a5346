"""The cart of a visitor who changes from one market to another."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import hosted
from tests.conftest import MakeShop
from tests.shop import NOW
from tests.views.test_markets import THREE


@pytest.fixture
def page(browser: Browser, make_shop: MakeShop) -> Iterator[Page]:
    shop = make_shop(THREE)
    shop.build()
    with hosted(shop.output) as address:
        page = browser.new_context(base_url=address, reduced_motion="reduce").new_page()
        page.clock.install(time=NOW)
        yield page
        page.context.close()


def put(page: Page, address: str) -> None:
    page.goto(address)
    page.locator(".buy__buttons button").first.click()
    expect(page.locator("dialog[open] [data-part=total]")).not_to_be_empty()
    page.keyboard.press("Escape")


@pytest.mark.browser
def test_line_takes_the_price_of_the_market(page: Page) -> None:
    put(page, "/products/plain-band/")
    page.goto("/en-se/cart/")

    cart = page.locator("shop-cart.cart--page")
    expect(cart.locator("[data-part=news]")).to_have_text("Plain band costs 549,00\u00a0kr here.")
    expect(cart.locator("[data-part=sum]")).to_have_text("549,00\u00a0kr")
    expect(cart.locator("[data-part=total]")).to_have_text("618,00\u00a0kr")
    assert "[RG-001] à 549.00 SEK = 549.00 SEK" in page.evaluate("storegen.orderText")
    assert "EUR" not in page.evaluate("storegen.orderText")
    expect(cart.locator("[data-part=country-field]")).to_be_hidden()


@pytest.mark.browser
def test_article_of_another_market_is_named_and_stays_in_its_cart(page: Page) -> None:
    put(page, "/products/plain-band/")
    page.goto("/ko/cart/")

    cart = page.locator("shop-cart.cart--page")
    expect(cart.locator("[data-part=news]")).to_have_text(
        "Plain band: 이 국가에서는 판매하지 않아 장바구니에 담기지 않았습니다."
    )
    assert page.evaluate("storegen.orderText") == ""
    page.goto("/cart/")
    expect(page.locator(".cart--page [data-part=sum]")).to_contain_text("49,00")


@pytest.mark.browser
def test_carts_of_the_markets_are_told_apart(page: Page) -> None:
    put(page, "/ko/products/rope-ring/?variant=RG-014-17")
    put(page, "/products/plain-band/")
    page.goto("/cart/")

    expect(page.locator(".cart--page [data-part=lines] > *")).to_have_count(2)
    assert "RG-014-17] à 59.00 EUR" in page.evaluate("storegen.orderText")
