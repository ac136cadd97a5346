"""A visitor buys something, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from storegen.checkout.order_reading import read_order
from tests.browser import hosted, settle
from tests.conftest import FIVE, MakeShop
from tests.shop import Shop, png

KEY = "a key of the test only"


@pytest.fixture
def address(make_shop: MakeShop, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("STOREGEN_ORDER_KEY", KEY)
    shop = make_shop(FIVE)
    shop.build()
    with hosted(shop.output) as address:
        yield address


def mail(href: str) -> tuple[str, str, str]:
    """Return whom a mail link is to, its subject and its body."""
    parts = urlsplit(href)
    assert parts.scheme == "mailto"
    query = parse_qs(parts.query)
    return unquote(parts.path), query["subject"][0], query["body"][0].replace("\r\n", "\n")


def open_page(browser: Browser, address: str, *, javascript: bool = True, width: int = 1280) -> Page:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, java_script_enabled=javascript, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(address)
    return page


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1280])
def test_visitor_buys_two_things_by_mail(browser: Browser, address: str, width: int) -> None:
    page = open_page(browser, address, width=width)
    page.get_by_role("link", name="Rope ring").first.click()
    page.wait_for_url("**/products/rope-ring/")

    page.get_by_role("button", name="Add to cart").first.click()
    expect(page.get_by_text("Choose a size first", exact=False).first).to_be_visible()
    assert page.locator("dialog[open]").count() == 0

    page.get_by_text("17", exact=True).first.click()
    page.get_by_role("button", name="Add to cart").first.click()
    cart = page.locator("dialog[open]")
    expect(cart).to_contain_text("Rope ring")
    cart.get_by_role("button", name=re.compile("more|increase|one more|plus", re.IGNORECASE)).first.click()
    expect(cart).to_contain_text("€118.00")

    to, subject, body = mail(cart.locator('a[href^="mailto:"]').first.get_attribute("href") or "")
    lines = read_order(body, KEY).lines
    assert to == "a@shop.example"
    assert subject
    assert [(line.count, line.sku, line.adds_up, line.signed) for line in lines] == [(2, "RG-014-17", True, True)]
    assert "Pieces: 118.00 EUR" in body
    assert re.search(r"Delivery[^\n]*: 5\.90 EUR", body)
    assert "Total: 123.90 EUR" in body


@pytest.mark.browser
def test_cart_is_kept_over_pages_and_tabs(browser: Browser, address: str) -> None:
    page = open_page(browser, f"{address}/products/plain-band/")
    other = page.context.new_page()
    other.goto(f"{address}/products/small-hoops/")

    page.get_by_role("button", name="Add to cart").first.click()
    expect(page.locator("dialog[open]")).to_contain_text("Plain band")
    expect(other.get_by_role("banner")).to_contain_text("1")
    other.goto(f"{address}/cart/")
    expect(other.locator("main")).to_contain_text("Plain band")


@pytest.mark.browser
def test_buy_now_is_one_click_to_the_order(browser: Browser, address: str) -> None:
    page = open_page(browser, f"{address}/products/rope-ring/?variant=RG-014-16")

    href = page.get_by_role("link", name="Buy now").first.get_attribute("href") or ""
    lines = read_order(mail(href)[2], KEY).lines
    assert [(line.count, line.sku, line.signed) for line in lines] == [(1, "RG-014-16", True)]


@pytest.mark.browser
def test_sold_out_variant_can_be_chosen_but_not_bought(browser: Browser, address: str) -> None:
    page = open_page(browser, f"{address}/products/rope-ring/?variant=RG-014-18")

    expect(page.locator("main")).to_contain_text("Sold out")
    expect(page.get_by_role("button", name="Add to cart")).to_have_count(0)


@pytest.mark.browser
def test_same_purchase_without_javascript(browser: Browser, address: str) -> None:
    page = open_page(browser, address, javascript=False)
    page.get_by_role("link", name="Rope ring").first.click()
    page.wait_for_url("**/products/rope-ring/")

    links = [link.get_attribute("href") or "" for link in page.locator('main a[href^="mailto:"]').all()]
    orders = [lines for link in links if "body=" in link and (lines := read_order(mail(link)[2], KEY).lines)]
    assert [(line.count, line.sku, str(line.price.amount), line.signed) for lines in orders for line in lines] == [
        (1, "RG-014-16", "59.00", True),
        (1, "RG-014-17", "59.00", True),
    ]


@pytest.mark.browser
def test_pages_make_no_request_to_another_host_and_break_no_policy(browser: Browser, demo: Shop) -> None:
    with hosted(demo.output) as address:
        context = browser.new_context()
        page = context.new_page()
        foreign: list[str] = []
        said: list[str] = []
        page.on("request", lambda request: None if request.url.startswith(address) else foreign.append(request.url))
        page.on("console", lambda message: said.append(message.text) if message.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        for path in (
            "/",
            "/rings/",
            "/products/rope-ring/",
            "/guides/ring-size/",
            "/contact/",
            "/track/",
            "/cart/",
            "/404.html",
        ):
            page.goto(f"{address}{path}")
            settle(page)
        assert (foreign, said) == ([], [])


def tab_to(page: Page, selector: str) -> None:
    """Press the tabulator until the focus is on what a selector names."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"the focus never came to {selector}")


@pytest.mark.browser
def test_purchase_with_the_keyboard_alone(browser: Browser, address: str) -> None:
    page = open_page(browser, address, width=390)
    tab_to(page, 'main a[href="/products/rope-ring/"]')
    page.keyboard.press("Enter")
    page.wait_for_url("**/products/rope-ring/")
    tab_to(page, "input[type=radio]")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    tab_to(page, "[data-part=add]")
    page.keyboard.press("Enter")
    cart = page.locator("dialog[open]")
    expect(cart.locator("[data-part=total]")).to_have_text("€64.90")
    tab_to(page, "[data-step='1']")
    page.keyboard.press("Enter")
    expect(cart.locator("[data-part=total]")).to_have_text("€123.90")
    tab_to(page, "[data-part=order]")
    body = mail(page.evaluate("document.activeElement.href"))[2]
    assert [(line.count, line.sku) for line in read_order(body, KEY).lines] == [(2, "RG-014-17")]


@pytest.mark.browser
def test_order_that_changed_its_language_is_signed_still(
    browser: Browser, make_shop: MakeShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STOREGEN_ORDER_KEY", KEY)
    overlay = 'name: Köysisormus\noptions: {Size: {name: Koko, "16": pieni}}\n'
    shop = make_shop(FIVE | {"content/products/rope-ring.fi.yaml": overlay})
    shop.edit("site.yaml", "currency: EUR\n", "currency: EUR\nlanguages: [en, fi]\n")
    shop.build()
    with hosted(shop.output) as address:
        page = open_page(browser, f"{address}/products/rope-ring/?variant=RG-014-16")
        page.get_by_role("button", name="Add to cart").first.click()
        page.goto(f"{address}/fi/tuotteet/rope-ring/")
        settle(page)  # the cart has asked for news
        page.goto(f"{address}/fi/ostoskori/")
        href = page.locator("shop-cart [data-part=order]").last.get_attribute("href") or ""

    lines = read_order(mail(href)[2], KEY).lines
    assert [(line.name, line.signed) for line in lines] == [("Köysisormus, pieni", True)]


@pytest.mark.browser
def test_two_tabs_show_one_cart_and_bring_back_what_was_removed(browser: Browser, address: str) -> None:
    page = open_page(browser, f"{address}/products/plain-band/")
    page.get_by_role("button", name="Add to cart").first.click()
    other = page.context.new_page()
    other.goto(f"{address}/cart/")
    cart = other.locator("shop-cart.cart--page")
    cart.get_by_role("button", name="One more").click()

    expect(page.locator("dialog[open] [data-part=total]")).to_have_text("€103.90")
    page.locator("dialog[open]").get_by_role("button", name="Remove").click()
    expect(cart.get_by_text("Nothing here yet")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(cart.locator("[data-part=total]")).to_have_text("€103.90")


@pytest.mark.browser
def test_cart_shows_a_picture_that_lies_on_another_host(browser: Browser, make_shop: MakeShop) -> None:
    shop = make_shop(FIVE)
    with hosted(shop.folder) as pictures, hosted(shop.output) as address:
        shop.write("ring.png", png("silver", 40, 40))
        shop.edit("content/products/plain-band.yaml", "stock: 9", f"stock: 9\nimages: ['{pictures}/ring.png?size=2']")
        shop.build()
        page = open_page(browser, f"{address}/products/plain-band/")
        page.get_by_role("button", name="Add to cart").first.click()
        picture = page.locator("dialog[open] .line img")

        expect(picture).to_have_attribute("src", f"{pictures}/ring.png?size=2")
        page.reload()
        page.goto(f"{address}/cart/")
        picture = page.locator(".cart--page .line img")
        expect(picture).to_have_js_property("naturalWidth", 40)
