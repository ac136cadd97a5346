"""The cart against the shop of today: stock, prices, and what is no longer sold."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import hosted, settle
from tests.conftest import FIVE, MakeShop
from tests.shop import NOW, Shop

LAST_YEAR = NOW.timestamp() - 365 * 86400

SHADE = """\
name: Shade
price: 20.00
options: {Colour: [Red, Blue]}
variants:
  - {sku: S-R, options: {Colour: Red}}
  - {sku: S-B, options: {Colour: Blue}}
"""


@pytest.fixture
def shop(make_shop: MakeShop) -> Shop:
    shop = make_shop({**FIVE, "content/products/shade.yaml": SHADE})
    shop.edit("content/products/plain-band.yaml", "stock: 9", "stock: 2")
    shop.build()
    # If a host says nothing of caching, browsers take a file that is a year old for good for weeks.
    for file in filter(Path.is_file, shop.output.rglob("*")):
        os.utime(file, (LAST_YEAR, LAST_YEAR))
    return shop


@pytest.fixture
def page(browser: Browser, shop: Shop) -> Iterator[Page]:
    with hosted(shop.output) as address:
        page = browser.new_context(base_url=address, reduced_motion="reduce").new_page()
        page.clock.install(time=NOW)
        yield page
        page.context.close()


def put(page: Page, name: str, choice: str = "") -> None:
    page.goto(f"/products/{name}/")
    if choice:
        page.locator(".variant__box", has_text=choice).click()
    page.get_by_role("button", name="Add to cart").first.click()
    expect(page.locator("dialog[open] [data-part=total]")).not_to_be_empty()
    settle(page)  # else this cart may ask for news after a later build, and take them from the next page
    page.keyboard.press("Escape")


@pytest.mark.browser
def test_stock_is_the_limit_of_every_press(page: Page) -> None:
    put(page, "plain-band")
    put(page, "plain-band")
    add = page.get_by_role("button", name="Add to cart").first
    add.click()
    expect(page.locator("short-toast")).to_have_text("All 2 in stock are in your cart")
    expect(page.locator("cart-count").first).to_have_text("2")

    page.goto("/cart/")
    page.get_by_role("button", name="One more").click()
    expect(page.locator("short-toast")).to_have_text("All 2 in stock are in your cart")
    expect(page.get_by_role("textbox", name="Quantity: Plain band")).to_have_value("2")
    assert "2 × Plain band" in page.evaluate("storegen.orderText")


@pytest.mark.browser
@pytest.mark.parametrize(
    ("name", "typed", "kept"),
    [
        ("plain-band", "7", "2"),
        ("polishing-cloth", "7", "7"),
        ("polishing-cloth", "999", "999"),
        ("small-hoops", " 3 ", "3"),
        ("small-hoops", "two", "1"),
        ("small-hoops", "-4", "1"),
        ("small-hoops", "", "1"),
    ],
)
def test_typed_number_is_kept_as_far_as_there_is_stock(page: Page, name: str, typed: str, kept: str) -> None:
    put(page, name)
    page.goto("/cart/")
    field = page.get_by_role("textbox", name="Quantity")
    field.fill(typed)
    field.press("Enter")
    field.blur()

    expect(field).to_have_value(kept)
    expect(page.locator("cart-count").first).to_have_text(kept)


@pytest.mark.browser
def test_typed_nought_takes_the_line_out(page: Page) -> None:
    put(page, "small-hoops")
    page.goto("/cart/")
    field = page.get_by_role("textbox", name="Quantity")
    field.fill("0")
    field.blur()

    expect(page.locator("[data-part=empty]").last).to_be_visible()


@pytest.mark.browser
def test_what_the_shop_no_longer_sells_leaves_the_cart_with_a_word(page: Page, shop: Shop) -> None:
    put(page, "small-hoops")
    put(page, "shade", "Blue")
    put(page, "plain-band")
    shop.remove("content/products/small-hoops.yaml")
    shop.write(
        "content/products/shade.yaml",
        SHADE.replace("[Red, Blue]", "[Red]").replace("  - {sku: S-B, options: {Colour: Blue}}\n", ""),
    )
    shop.build()

    page.goto("/cart/")
    cart = page.locator("shop-cart.cart--page")
    expect(cart.locator("[data-part=news]")).to_have_text(
        "Small hoops is no longer sold and has left your cart. Shade, Colour Blue is no longer sold and has left your cart."
    )
    assert "Plain band" in page.evaluate("storegen.orderText")
    assert "Shade" not in page.evaluate("storegen.orderText")


@pytest.mark.browser
def test_cart_that_the_shop_empties_orders_nothing(page: Page, shop: Shop) -> None:
    put(page, "small-hoops")
    shop.remove("content/products/small-hoops.yaml")
    shop.build()

    page.goto("/cart/")
    expect(page.locator(".cart--page [data-part=empty]")).to_be_visible()
    assert page.evaluate("storegen.orderText") == ""
    for link in page.locator("[data-part=order]").all():
        assert "hoops" not in (link.get_attribute("href") or "")


@pytest.mark.browser
def test_news_that_a_product_page_finds_is_told_in_the_cart(page: Page, shop: Shop) -> None:
    put(page, "small-hoops")
    shop.edit("content/products/small-hoops.yaml", "45.00", "47.00")
    shop.build()

    page.goto("/products/small-hoops/")
    page.locator("[data-opens=cart]").first.click()
    expect(page.locator("dialog[open] [data-part=news]")).to_have_text("Small hoops now costs €47.00, not €45.00.")


@pytest.mark.browser
def test_line_in_the_cart_takes_the_name_of_today(page: Page, shop: Shop) -> None:
    put(page, "shade", "Blue")
    shop.edit("content/products/shade.yaml", "name: Shade", "name: Paper shade")
    shop.build()

    page.goto("/cart/")
    line = page.locator("shop-cart.cart--page .line")
    expect(line.locator("[data-part=name]")).to_have_text("Paper shade")
    expect(line.locator("[data-part=choice]")).to_have_text("Colour Blue")
    assert "1 × Paper shade, Blue" in page.evaluate("storegen.orderText")


@pytest.mark.browser
@pytest.mark.parametrize("fault", ["offline", "server", "other page"])
def test_nothing_is_taken_out_where_nobody_knows(page: Page, fault: str) -> None:
    put(page, "small-hoops")
    page.goto("/cart/")
    answers = {"server": {"status": 503, "body": "later"}, "other page": {"status": 200, "body": "<h1>Log in</h1>"}}
    if fault == "offline":
        page.route("**/products/**", lambda route: route.abort())
    else:
        page.route("**/products/**", lambda route: route.fulfill(**answers[fault]))
    page.reload()

    cart = page.locator("shop-cart.cart--page")
    expect(cart.locator("[data-part=news]")).to_have_text(
        "No connection: prices and stock in your cart may have changed."
    )
    expect(cart.locator("[data-part=total]")).to_have_text("€50.90")


@pytest.mark.browser
def test_drawer_without_its_content_leads_to_the_page_of_the_cart(browser: Browser, make_shop: MakeShop) -> None:
    shop = make_shop(FIVE)
    shop.build()
    with hosted(shop.output) as address:
        page = browser.new_context().new_page()
        page.goto(f"{address}/products/plain-band/")
        page.route("**/cart/", lambda route: route.abort())
        with page.expect_request(lambda request: request.is_navigation_request() and request.url == f"{address}/cart/"):
            page.locator("[data-part=add]").click()
        page.context.close()
