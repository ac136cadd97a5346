"""A shop as merchants import one, on a phone, a tablet and a desk: what is in the first view, what fits, what is absent."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from playwright.sync_api import Browser, Page, Route, ViewportSize, expect

from tests.browser import hosted, settle
from tests.real_shop import NAME, write_shop
from tests.shop import NOW, Shop, tree
from tests.theme.test_looks import PLAIN, SHIFT

PHONE: ViewportSize = {"width": 390, "height": 664}
# Every fifteenth product has the same name: these have one option, two and three, a name of 80 signs, pictures of
# every kind, none, and one that nobody can load.
PRODUCTS = {
    "three options": "p006",
    "two options": "p004",
    "one option": "p002",
    "name of eighty signs": "p007",
    "no picture": "p003",
    "broken picture": "p005",
    "many pictures": "p008",
}
BOX = "each => each.getBoundingClientRect().toJSON()"


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Shop:
    """Return the shop of 400 products with few of its products, built once for all worker processes."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "real-shop"
    with FileLock(f"{folder}.lock"):
        if not (folder / "site.yaml").is_file():
            write_shop(folder, products=120)
        shop = Shop(folder, {"site.yaml": (folder / "site.yaml").read_bytes()})
        if not shop.has("index.html"):
            shop.build(jobs=2)
    return shop


@pytest.fixture
def address(real: Shop) -> Iterator[str]:
    with hosted(real.output) as address:
        yield address


def phone(browser: Browser) -> Page:
    return browser.new_context(viewport=PHONE, reduced_motion="reduce").new_page()


def test_shop_is_the_same_whenever_it_is_written(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_shop(tmp_path / name, products=30)

    assert tree(tmp_path / "one") == tree(tmp_path / "two")


@pytest.mark.browser
@pytest.mark.parametrize("name", PRODUCTS)
def test_price_and_button_of_a_product_are_in_the_first_view_of_a_phone(
    browser: Browser, address: str, name: str
) -> None:
    page = phone(browser)
    page.goto(f"{address}/products/{PRODUCTS[name]}/")
    settle(page)
    gallery = page.locator(".gallery__main").evaluate(BOX)
    bar, price, button = (
        page.locator(part).evaluate(BOX) for part in (".buy-bar", ".buy-bar__price", ".buy-bar .button")
    )
    title = page.locator("h1").evaluate(BOX)
    small = [each.evaluate(BOX) for each in page.locator(".gallery__small li").all()]
    wide = page.evaluate(PLAIN)
    page.context.close()

    assert gallery["height"] <= 0.6 * PHONE["height"]
    assert len({round(each["y"]) for each in small}) <= 1
    assert wide <= 0
    assert 0 < price["height"] <= button["height"]
    assert bar["bottom"] <= PHONE["height"]
    assert title["y"] + 20 <= bar["y"]


@pytest.mark.browser
def test_buy_bar_goes_when_the_button_is_in_view_and_comes_back_below_it(browser: Browser, address: str) -> None:
    page = phone(browser)
    page.goto(f"{address}/products/{PRODUCTS['two options']}/")
    bar = page.locator(".buy-bar")
    expect(bar).to_be_visible()
    page.locator("[data-part=buttons]").evaluate("each => each.scrollIntoView({block: 'center'})")
    expect(bar).to_be_hidden()
    page.locator(".product__more").evaluate("each => each.scrollIntoView()")
    expect(bar).to_be_visible()
    page.locator("footer").evaluate("each => each.scrollIntoView()")
    expect(bar).to_be_hidden()
    page.context.close()


@pytest.mark.browser
def test_small_pictures_are_one_row_to_swipe_that_follows_the_large_one(browser: Browser, address: str) -> None:
    page = phone(browser)
    page.goto(f"{address}/products/{PRODUCTS['many pictures']}/")
    row = page.locator(".gallery__small")
    before = page.evaluate("scrollY")
    page.locator(".gallery__track").evaluate("each => each.scrollTo(each.scrollWidth, 0)")
    expect(page.locator(".gallery__small li:last-child [aria-current]")).to_have_count(1)
    last, whole = page.locator(".gallery__small li:last-child").evaluate(BOX), row.evaluate(BOX)
    over = row.evaluate("each => each.scrollWidth - each.clientWidth")
    after = page.evaluate("scrollY")
    page.context.close()

    assert over > 0
    assert last["right"] <= whole["right"] + 1
    assert before == after


@pytest.mark.browser
@pytest.mark.parametrize(("width", "lines"), [(390, 2), (768, 2), (1280, 2)])
def test_long_name_of_the_shop_takes_few_lines(browser: Browser, address: str, width: int, lines: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(address)
    name = page.locator(".masthead__name")
    box, line = name.evaluate(BOX), name.evaluate("each => parseFloat(getComputedStyle(each).lineHeight)")
    tools, wide = page.locator(".masthead__tools").evaluate(BOX), page.evaluate(PLAIN)
    text = name.text_content()
    page.close()

    assert text == NAME
    assert box["height"] <= lines * line + 1  # nothing of a further line shows
    assert box["right"] <= tools["x"]
    assert wide <= 0


@pytest.mark.browser
@pytest.mark.parametrize("width", [1180, 1280, 1600])
def test_menu_of_twelve_categories_takes_one_row_and_opens_all_of_them(
    browser: Browser, address: str, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(f"{address}/wohnzimmerbeleuchtung/")
    items = page.locator(".masthead .menu > .menu__item:visible")
    rows = {round(each.evaluate(BOX)["y"]) for each in items.all()}
    ends = max(each.evaluate(BOX)["right"] for each in items.all())
    page.keyboard.press("Tab")
    page.locator(".menu__item--all .menu__open").press("Enter")
    panel = page.locator(".menu__panel--all")
    expect(panel).to_be_visible()
    tops = panel.locator(".menu__child--top:not(.menu__child--all)").count()
    below = panel.locator("ul .menu__child").count()
    inside = panel.evaluate(BOX)
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    focused = page.evaluate("document.activeElement.classList.contains('menu__open')")
    page.close()

    assert len(rows) == 1
    assert ends <= width
    assert (tops, below) == (12, 18)
    assert inside["x"] >= 0
    assert inside["right"] <= width
    assert focused


@pytest.mark.browser
def test_panel_of_a_category_opens_without_a_script_and_leads_to_its_subcategories(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    item = page.locator(".masthead .menu__item").first
    item.locator(".menu__open").press("Enter")
    item.locator(".menu__child", has_text="Küchenwaagen").click()
    heading = page.locator("h1").text_content()
    context.close()

    assert heading == "Küchenwaagen"


@pytest.mark.browser
def test_menu_of_a_phone_has_subcategories_counts_search_hours_and_parcels(browser: Browser, address: str) -> None:
    page = phone(browser)
    page.goto(address)
    page.locator(".masthead__menu").click()
    sheet = page.locator("#menu")
    expect(sheet.locator(".menu-sheet__count").first).to_have_text(re.compile(r"^\d+$"))
    shown = sheet.locator(".menu > .menu__item:visible").count()
    wide = [each.evaluate("each => each.scrollWidth > each.clientWidth") for each in sheet.locator(".menu__link").all()]
    sheet.locator(".menu__open:visible").first.click()
    expect(sheet.locator(".menu__child:visible").first).to_contain_text("Kaffeevollautomaten")
    parts = [
        sheet.locator(part).count() for part in (".menu-sheet__search input", ".menu-sheet__hours", "a[href='/track/']")
    ]
    page.context.close()

    assert shown == 12
    assert not any(wide)
    assert parts == [1, 1, 1]


def shift_of(browser: Browser, address: str, width: int, fonts: float = 0) -> float:
    """Return how far a page moves until it is settled. Its fonts come late by *fonts* seconds."""

    def late(route: Route) -> None:
        time.sleep(fonts)
        route.continue_()

    page = browser.new_page(viewport={"width": width, "height": 1024 if width == 768 else 664})
    if fonts:
        page.route("**/*.woff2", late)
    page.goto(address)
    settle(page)
    page.wait_for_timeout(300)
    shift = page.evaluate(SHIFT)
    page.close()
    return float(shift)


@pytest.mark.browser
@pytest.mark.parametrize("path", ["/", "/wohnzimmerbeleuchtung/", "/products/p007/", "/contact/"])
@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_moves_when_the_fonts_come_late(browser: Browser, address: str, path: str, width: int) -> None:
    assert shift_of(browser, f"{address}{path}", width, fonts=0.4) < 0.001


@pytest.mark.browser
@pytest.mark.parametrize(
    "path", ["/products/p001/", "/products/p002/", "/products/p006/", "/cart/", "/search/?q=becher"]
)
@pytest.mark.parametrize("width", [390, 768, 1024, 1280])
def test_nothing_moves_when_the_scripts_have_their_say(browser: Browser, address: str, path: str, width: int) -> None:
    assert shift_of(browser, f"{address}{path}", width) < 0.001


@pytest.mark.browser
def test_gallery_of_pictures_that_are_gone_is_scrolled_by_keyboard(browser: Browser, address: str) -> None:
    page = phone(browser)
    page.route("**/media/*", lambda route: route.abort())
    page.goto(f"{address}/products/{PRODUCTS['many pictures']}/")
    track = page.locator(".gallery__track")
    page.evaluate("for (const each of document.querySelectorAll('.gallery__track img')) each.loading = 'eager'")
    expect(track).to_have_attribute("tabindex", "0")
    expect(track.locator("a")).to_have_count(0)
    expect(page.locator(".gallery__jump .picture--none")).to_have_count(7)
    assert page.locator(".gallery__jump img").count() == 0
    page.context.close()


# How many pictures are shown as broken.
BROKEN = "() => [...document.querySelectorAll('main img')].filter(each => each.complete && !each.naturalWidth).length"


@pytest.mark.browser
def test_picture_that_is_gone_is_replaced_by_the_name(browser: Browser, address: str) -> None:
    page = phone(browser)
    page.route("https://pictures.invalid/**", lambda route: route.abort())
    page.goto(f"{address}/products/{PRODUCTS['broken picture']}/")
    expect(page.locator(".gallery .picture__name")).to_have_text(page.locator("h1").text_content() or "")
    assert page.evaluate(BROKEN) == 0
    page.locator("[data-part=add]").click()
    expect(page.locator("dialog[open] .line__picture .picture--none")).to_be_visible()
    page.goto(f"{address}/search/?q=pimennysverho")
    expect(page.locator("main .product-card").first).to_be_visible()
    page.locator("main .product-card").last.scroll_into_view_if_needed()
    page.wait_for_timeout(200)
    broken = page.evaluate(BROKEN)
    page.context.close()

    assert broken == 0


@pytest.mark.browser
def test_transparent_picture_keeps_a_light_ground_in_the_dark(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport=PHONE, color_scheme="dark")
    page.goto(f"{address}/products/p002/")
    picture = page.locator(".gallery .picture--clear").first
    ground, fit = picture.evaluate("each => [getComputedStyle(each).backgroundColor, getComputedStyle(each).objectFit]")
    page.close()

    assert min(map(int, re.findall(r"\d+", ground))) > 200
    assert fit == "contain"


def test_cut_out_pictures_are_shown_whole_and_photographs_fill_their_frame(real: Shop) -> None:
    kinds = {}
    for path in sorted((real.output / "products").glob("*/index.html")):
        for image in real.html(str(path.relative_to(real.output))).select(".gallery__slide img"):
            stem = re.sub(r"-\d+\..*", "", str(image["src"]).rpartition("/")[2])
            kinds[stem] = sorted(str(each) for each in image["class"] if each in {"picture--white", "picture--clear"})

    assert {name: kinds[name] for name in ("white-1", "white-2", "clear-dark", "clear-light")} == {
        "white-1": ["picture--white"],
        "white-2": ["picture--white"],
        "clear-dark": ["picture--clear"],
        "clear-light": ["picture--clear"],
    }
    assert [kinds[name] for name in ("photo-1", "tall", "wide")] == [[], [], []]


@pytest.mark.parametrize("path", ["cart", "search", "404.html"])
def test_pages_without_goods_lead_on_to_goods(real: Shop, path: str) -> None:
    page = real.html(path if "." in path else f"{path}/index.html")
    cards = {str(each["href"]) for each in page.select("main .product-card__link, .cart-more .product-card__link")}
    categories = {str(each["href"]) for each in page.select("main a[href]")} & {
        "/wohnzimmerbeleuchtung/",
        "/badezimmer/",
    }

    assert len(cards) >= 4
    assert categories


def test_every_product_shows_four_others(real: Shop) -> None:
    shown = {
        path.parent.name: len(real.html(str(path.relative_to(real.output))).select(".product__more .product-card"))
        for path in (real.output / "products").glob("*/index.html")
    }

    assert set(shown.values()) == {4}


def test_changed_price_changes_few_pages(tmp_path: Path) -> None:
    write_shop(tmp_path / "shop", products=120)
    shop = Shop(tmp_path / "shop", {"site.yaml": (tmp_path / "shop" / "site.yaml").read_bytes()})
    shop.build()
    text = (shop.folder / "content/products/p031.yaml").read_text()
    shop.write("content/products/p031.yaml", re.sub(r"price: \S+", "price: 4.50", text))
    made = {change.output.path for change in shop.build(now=NOW).made if "p031" not in change.output.path}

    assert len({path for path in made if path.startswith("products/")}) <= 12


@pytest.mark.browser
@pytest.mark.parametrize("name", ["p006", "p003", "p007"])
def test_product_is_printed_on_one_sheet(browser: Browser, address: str, name: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}/products/{name}/")
    settle(page)
    sheets = len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4")))
    page.close()

    assert sheets == 1


@pytest.mark.browser
def test_tablet_shows_no_hole_beside_the_panel(browser: Browser, demo: Shop) -> None:
    page = browser.new_page(viewport={"width": 768, "height": 1024})
    with hosted(demo.output) as address:
        page.goto(f"{address}/products/rope-ring/")
        settle(page)
        above = page.locator(".quote").evaluate(BOX)
        section = page.locator(".product > .section").first.evaluate(BOX)
    page.close()

    assert section["x"] == above["x"]
    assert section["y"] - above["bottom"] < 80


@pytest.mark.browser
def test_focus_is_never_under_the_bar_and_the_question_about_visits(browser: Browser, tmp_path: Path) -> None:
    write_shop(tmp_path / "shop", products=40)
    site = (tmp_path / "shop" / "site.yaml").read_text()
    shop = Shop(
        tmp_path / "shop",
        {"site.yaml": site.replace("dhl-express]", "dhl-express], analytics: {ga4: {id: G-ABCDEF1234}}")},
    )
    shop.build()
    covered = """() => {
      const element = document.activeElement;
      const box = element.getBoundingClientRect();
      const bar = document.querySelector('.buy-bar:not([hidden])')?.getBoundingClientRect().top ?? innerHeight;
      const asked = document.querySelector('.consent').getBoundingClientRect().top;
      return element.closest('.consent, .buy-bar') || element === document.body || box.bottom <= Math.min(bar, asked)
        ? "" : element.outerHTML.slice(0, 80);
    }"""
    page = phone(browser)
    found = []
    with hosted(shop.output) as address:
        page.goto(f"{address}/products/p006/")
        expect(page.locator(".consent")).to_be_visible()
        expect(page.locator(".buy-bar")).to_be_visible()
        page.locator("main").focus()
        for _ in range(25):
            page.keyboard.press("Tab")
            page.wait_for_timeout(60)
            found.append(page.evaluate(covered))
    page.context.close()

    assert [each for each in found if each] == []


def test_contact_page_of_a_shop_without_channels_names_phone_mail_and_address(real: Shop) -> None:
    links = [str(each["href"]) for each in real.html("contact/index.html").select(".channel a")]

    assert links == ["tel:+35830000000", "mailto:asiakaspalvelu@nordlicht.example"]
    assert "Teollisuuskatu 12 B, 33100 Tampere" in real.html("contact/index.html").select(".channels")[0].text
