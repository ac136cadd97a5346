"""Filters of a list in a browser: what a visitor presses, sees, shares and goes back to."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import yaml
from playwright.sync_api import Browser, Page, expect

from tests.browser import hosted, settle
from tests.shop import Shop
from tests.views.test_filters import fits, random_shop, read

pytestmark = pytest.mark.browser
COUNT = 80
KEYS = "all => all.map((each) => each.dataset.value)"
LINE = "filter-list [data-part=count]"


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    folder = tmp_path_factory.mktemp("filters")
    made = random_shop(lambda files: Shop(folder / "shop", files), COUNT)
    made.build()
    return made


@pytest.fixture(scope="module")
def address(shop: Shop) -> Iterator[str]:
    with hosted(shop.output) as found:
        yield found


def opened(browser: Browser, address: str, *, width: int = 1280, height: int = 800, scripts: bool = True) -> Page:
    context = browser.new_context(viewport={"width": width, "height": height}, java_script_enabled=scripts)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(address)
    page.said = said  # type: ignore[attr-defined]
    if scripts:
        settle(page)
    return page


def closed(page: Page) -> None:
    assert page.said == []  # type: ignore[attr-defined]
    page.context.close()


def names(page: Page) -> list[str]:
    return page.locator(".product-cards .product-card__name").all_text_contents()


def chip(page: Page, facet: str, value: str) -> str:
    return f'[data-facet="{facet}"][data-value="{value}"]'


def test_pressed_values_narrow_the_list_and_stand_in_the_address(browser: Browser, shop: Shop, address: str) -> None:
    page = opened(browser, f"{address}/goods/")
    products = read(shop)
    built = names(page)
    count = page.locator(chip(page, "size", "xl")).locator(".chip__count")
    wanted = sum(fits(each, {"size": ["xl"]}) for each in products.values())
    expect(count).to_have_text(str(wanted))
    page.locator(chip(page, "size", "xl")).press("Enter")
    expect(page.locator(LINE)).to_contain_text(f"{wanted} product")
    page.locator(chip(page, "metal", "gold")).click()
    state = {"size": ["xl"], "metal": ["gold"]}
    left = {each["name"] for each in products.values() if fits(each, state)}
    expect(page.locator(f"{LINE} strong")).to_have_text(f"{len(left)} products")
    assert parse_qs(urlsplit(page.url).query) == state
    assert set(names(page)) <= left
    expect(page.locator(chip(page, "metal", "gold"))).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("button", name=re.compile(r"Gold, \d+ products, remove"))).to_be_focused()

    page.go_back()
    expect(page.locator(LINE)).to_contain_text(f"{wanted} product")
    page.go_back()
    expect(page.locator(".pages")).to_be_visible()
    assert names(page) == built
    closed(page)


def test_shared_address_shows_the_same_and_cards_are_those_of_the_build(browser: Browser, address: str) -> None:
    page = opened(browser, f"{address}/goods/?size=s&sort=price&utm_source=mail&size=gone")
    expect(page.locator(".filters__select")).to_have_value("price")
    first = page.locator(".product-card").first
    href = first.locator("a").first.get_attribute("href")
    card = first.inner_html()
    page.goto(f"{address}/goods/")
    for _ in range(4):
        same = page.locator(f'.product-card:has(a[href="{href}"])')
        if same.count():
            break
        page.locator(".pages a[rel=next]").click()
    plain = re.compile(r' (sizes|loading|fetchpriority)="[^"]*"')
    assert plain.sub("", same.inner_html()) == plain.sub("", card)
    closed(page)


def test_long_results_come_in_parts_and_stay_when_one_comes_back(browser: Browser, address: str) -> None:
    page = opened(browser, f"{address}/goods/?sort=-price")
    cards = page.locator(".product-cards > .product-card")
    expect(cards).to_have_count(24)
    page.get_by_role("button", name="Show more").click()
    expect(cards).to_have_count(48)
    cards.nth(30).locator("a").first.click()
    page.wait_for_url("**/products/**")
    page.go_back()
    expect(page.locator(".product-cards > .product-card")).to_have_count(48)
    closed(page)


def test_clear_on_a_later_page_of_the_list_shows_the_first(browser: Browser, address: str) -> None:
    page = opened(browser, f"{address}/goods/2/")
    page.locator(chip(page, "size", "m")).click()
    page.get_by_role("button", name="Clear").click()
    page.wait_for_url("**/goods/")
    expect(page.locator(".pages [aria-current]")).to_have_text(re.compile("1"))
    closed(page)


def test_address_that_nothing_fits_says_what_to_leave_out(browser: Browser, shop: Shop, address: str) -> None:
    page = opened(browser, f"{address}/goods/")
    facets = ("size", "metal", "brand", "price")
    keys = [page.locator(f"[data-facet={facet}]").evaluate_all(KEYS) for facet in facets]
    states = ({facet: [key] for facet, key in zip(facets, chosen, strict=True)} for chosen in itertools.product(*keys))
    state = next(state for state in states if not any(fits(each, state) for each in read(shop).values()))
    page.goto(f"{address}/goods/?{urlencode(state, doseq=True)}")
    expect(page.locator("[data-part=none]")).to_contain_text("No product matches all filters.")
    expect(page.locator(f"{LINE} strong")).to_have_text("0 products")
    page.get_by_role("button", name="Remove this filter").click()
    expect(page.locator(f"{LINE} strong")).to_have_text(re.compile(r"^[1-9]"))
    expect(page.locator("[data-part=none]")).to_have_count(0)
    closed(page)


def test_phone_filters_in_a_sheet_that_counts(browser: Browser, shop: Shop, address: str) -> None:
    page = opened(browser, f"{address}/goods/", width=390, height=664)
    expect(page.get_by_role("button", name="Filter and sort")).to_be_in_viewport()
    page.get_by_role("button", name="Filter and sort").click()
    sheet = page.get_by_role("dialog", name="Filter and sort")
    expect(sheet.locator(chip(page, "stock", "yes"))).to_be_visible()
    sheet.locator(chip(page, "size", "l")).click()
    sheet.locator(chip(page, "stock", "yes")).click()
    wanted = sum(fits(each, {"size": ["l"], "stock": ["yes"]}) for each in read(shop).values())
    expect(sheet.locator("[data-part=show]")).to_have_text(f"Show {wanted} products")
    sheet.locator("select").select_option("price")
    sheet.locator("[data-part=show]").click()
    expect(sheet).to_be_hidden()
    expect(page.locator("[data-part=badge]")).to_have_text("2")
    expect(page.locator(chip(page, "size", "l"))).to_be_visible()
    prices = [float(text.split("€")[1]) for text in page.locator(".product-card .price__now").all_text_contents()]
    assert prices == sorted(prices)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    closed(page)


@pytest.mark.parametrize("width", [390, 1280])
def test_counts_that_come_later_move_nothing(browser: Browser, address: str, width: int) -> None:
    page = opened(browser, f"{address}/goods/", width=width, height=664)
    expect(page.locator(chip(page, "size", "m")).locator(".chip__count")).not_to_be_empty()
    shift = page.evaluate(
        "() => new Promise(done => new PerformanceObserver((list) => done(list.getEntries().reduce("
        "(sum, each) => sum + each.value, 0))).observe({type: 'layout-shift', buffered: true}) "
        "?? setTimeout(done, 300, 0))"
    )

    assert shift == 0
    closed(page)


def test_without_scripts_there_is_nothing_that_does_nothing(browser: Browser, address: str) -> None:
    page = opened(browser, f"{address}/goods/", scripts=False)
    shown = page.locator("filter-list button:visible, filter-list select:visible").count()
    count = page.locator(LINE).text_content() or ""
    page.context.close()

    assert shown == 0
    assert "80 products" in count


def test_products_that_can_not_be_loaded_are_said(browser: Browser, address: str) -> None:
    page = opened(browser, f"{address}/goods/")
    page.route("**/cards-*", lambda route: route.abort())
    page.locator(chip(page, "size", "m")).click()
    expect(page.locator(LINE)).to_have_text(re.compile("can’t be loaded now"))
    page.unroute("**/cards-*")
    page.locator(chip(page, "size", "l")).click()
    expect(page.locator(f"{LINE} strong")).to_have_text(re.compile(r"^\d+ products$"))
    page.context.close()


def test_page_that_is_older_than_the_shop_shows_the_products_of_today(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A product that comes first moves all others to other places in the files."""
    folder = tmp_path_factory.mktemp("older")
    shop = random_shop(lambda files: Shop(folder / "shop", files), 30)
    shop.build()
    with hosted(shop.output) as address:
        page = opened(browser, f"{address}/goods/")
        first = yaml.safe_dump({"name": "A new one", "category": "goods/plain", "price": "1.00"})
        second = yaml.safe_dump({"name": "Another one", "category": "goods/fine", "price": "2.00"})
        shop.write("content/products/a-new-one.yaml", first)
        shop.write("content/products/another-one.yaml", second)
        shop.build()
        page.locator(".filters__select").select_option("price")
        expect(page.locator(".product-card__name").first).to_have_text("A new one")
        expect(page.locator(f"{LINE} strong")).to_have_text("32 products")
        page.context.close()
