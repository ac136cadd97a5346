"""Small matters of looks in a browser: prices on one line, one search field, promises without a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import hosted, settle
from tests.conftest import FIVE, MakeShop
from tests.shop import SITE, Shop

LONG = "A very long name of a ring that needs more than one line in every list of products"
PRICES = "boxes => boxes.map(box => Math.round(box.getBoundingClientRect().top))"


@contextmanager
def opened(browser: Browser, shop: Shop, path: str, width: int, height: int = 900) -> Iterator[Page]:
    shop.build()
    page = browser.new_page(viewport={"width": width, "height": height}, reduced_motion="reduce")
    with hosted(shop.output) as address:
        page.goto(f"{address}{path}")
        settle(page)
        yield page
        page.close()


@pytest.mark.browser
@pytest.mark.parametrize(("width", "columns"), [(390, 2), (768, 3), (1280, 4)])
def test_prices_in_a_row_are_on_one_line(browser: Browser, make_shop: MakeShop, width: int, columns: int) -> None:
    rings = {
        f"content/products/r{number}.yaml": f"name: {LONG if number == 1 else f'Ring {number}'}\nprice: 9.00\ncategory: rings\n"
        for number in range(8)
    }
    with opened(browser, make_shop({**FIVE, **rings}), "/rings/", width) as page:
        tops = page.locator(".product-cards .price__line").evaluate_all(PRICES)
        row = tops[:columns]
        names = page.locator(".product-card__name").evaluate_all("boxes => boxes.map(box => box.offsetHeight)")
        assert len(set(names[:columns])) > 1, "the names differ in height"
        assert len(set(row)) == 1
        page.goto(page.url.replace("/rings/", "/search/?q=ring"))
        expect(page.locator(".search__grid .price__now").first).to_be_visible()
        found = page.locator(".search__grid .price__now").evaluate_all(PRICES)
        assert len(set(found)) == -(-len(found) // columns)


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 768, 1280])
def test_search_page_has_one_field_and_no_gap_below_the_fold(browser: Browser, make_shop: MakeShop, width: int) -> None:
    height = 1024 if width == 768 else 800
    with opened(browser, make_shop(FIVE), "/search/?q=studs", width, height) as page:
        expect(page.locator(".search__count")).to_be_visible()
        expect(page.locator("input[type=search]:visible")).to_have_count(1)
        expect(page.get_by_role("search")).to_have_count(1)
        content = page.locator("#found > :last-child").bounding_box()
        footer = page.locator("footer").last.bounding_box()
        assert content is not None
        assert footer is not None
        below = content["y"] + content["height"]
        assert footer["y"] < max(height + 80, below + 200)


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("promises", ["{a: {title: Made by hand}}", "{a: {title: One}, b: {title: Two, text: More.}}"])
def test_promise_without_a_sentence_is_beside_its_icon(
    browser: Browser, make_shop: MakeShop, width: int, promises: str
) -> None:
    with opened(browser, make_shop({**FIVE, "site.yaml": f"{SITE}promises: {promises}\n"}), "/", width) as page:
        fact = page.locator(".facts--row .fact").first
        icon, title = fact.locator(".icon").bounding_box(), fact.locator(".fact__title").bounding_box()
        assert icon is not None
        assert title is not None
        assert icon["x"] + icon["width"] < title["x"]
        assert abs(icon["y"] + icon["height"] / 2 - title["y"] - title["height"] / 2) < 4


def test_lost_visitor_finds_categories_and_pages_apart(make_shop: MakeShop) -> None:
    shop = make_shop(FIVE)
    shop.build()

    rows = [
        (str(row.select("use")[0]["href"]).partition("#")[2], [link["href"] for link in row.select("a")])
        for row in shop.html("404.html").select(".not-found__way")
    ]
    assert rows[:2] == [("bag", ["/rings/"]), ("file", ["/guides/"])]


def test_picture_on_another_site_is_shown_whole_unless_it_has_a_focus(make_shop: MakeShop) -> None:
    images = "images: ['https://a.example/1.jpg', {file: 'https://a.example/2.jpg', focus: 20% 30%}]\n"
    shop = make_shop(
        {**FIVE, "content/products/small-hoops.yaml": f"name: Small hoops\nprice: 45.00\ncategory: earrings\n{images}"}
    )
    shop.build()

    slides = shop.html("products/small-hoops/index.html").select(".gallery__track img")
    assert ["picture--white" in each["class"] for each in slides] == [True, False]
    card = shop.html("earrings/index.html").select_one('.product-card img[src="https://a.example/1.jpg"]')
    assert card is not None
    assert "picture--white" in card["class"]
