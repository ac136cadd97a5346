"""Products that a visitor saves, compares, shares and viewed before."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import hosted
from tests.conftest import FIVE, MakeShop
from tests.shop import SITE, Shop

PRIVACY = "---\ntitle: Privacy\nlayout: privacy\n---\nWe keep little.\n"
BANDS = {
    f"content/products/{name}.yaml": f"name: {name.title()}\nsku: {name}\nprice: {price}\ncategory: rings\nspecs: {specs}\n"
    for name, price, specs in (
        ("oak", "20.00", "{Metal: Steel, Width: 4 mm}"),
        ("ash", "30.00", "{Metal: Steel, Width: 6 mm, Finish: Matt}"),
    )
}


@pytest.fixture
def shop(make_shop: MakeShop) -> Shop:
    shop = make_shop({**FIVE, **BANDS, "content/pages/privacy.md": PRIVACY})
    shop.build()
    return shop


@pytest.fixture
def page(browser: Browser, shop: Shop) -> Iterator[Page]:
    with hosted(shop.output) as address:
        context = browser.new_context(base_url=address, reduced_motion="reduce", permissions=["clipboard-write"])
        page = context.new_page()
        yield page
        context.close()


def save(page: Page, *names: str) -> None:
    for name in names:
        page.goto(f"/products/{name}/")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_role("button", name="Save")).to_have_attribute("aria-pressed", "true")


def names(page: Page, part: str) -> list[str]:
    return page.locator(f"[data-part={part}] .product-card__name").all_inner_texts()


@pytest.mark.browser
def test_saved_products_show_what_their_pages_say_today(page: Page, shop: Shop) -> None:
    page.goto("/products/small-hoops/")
    expect(page.locator(".save__link")).to_be_hidden()
    save(page, "small-hoops", "plain-band")
    shop.edit("content/products/plain-band.yaml", "price: 49.00", "price: 47.50")
    shop.remove("content/products/small-hoops.yaml")
    shop.build()
    page.locator("#buy").get_by_role("link", name="Saved products").click()

    expect(page.locator("[data-part=list] .price__now")).to_have_text("€47.50")
    assert names(page, "list") == ["Plain band"]
    assert json.loads(page.evaluate("localStorage['storegen.saved']")) == ["/products/plain-band/"]


@pytest.mark.browser
def test_removed_product_comes_back_when_the_visitor_undoes_it(page: Page) -> None:
    save(page, "plain-band", "small-hoops")
    page.goto("/saved/")
    page.get_by_role("button", name="Plain band, remove").click()
    expect(page.locator("[data-part=list] .product-card")).to_have_count(1)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("[data-part=list] .product-card")).to_have_count(2)

    for name in ("Plain band", "Small hoops"):
        page.get_by_role("button", name=f"{name}, remove").click()
    expect(page.get_by_role("heading", name="Nothing saved yet")).to_be_visible()
    page.goto("/products/plain-band/")
    expect(page.get_by_role("button", name="Save")).to_have_attribute("aria-pressed", "false")


@pytest.mark.browser
def test_products_of_a_category_stand_side_by_side_and_differences_are_marked(page: Page) -> None:
    save(page, "oak", "ash", "small-hoops")
    page.goto("/saved/")
    table = page.get_by_role("region", name="Compare: Rings")
    rows = table.locator("tbody tr")

    expect(rows).to_have_count(4)
    assert table.locator("tbody .price__now").all_inner_texts() == ["€30.00", "€20.00"]
    assert [row.inner_text().split("\t") for row in rows.all()[1:]] == [
        ["Metal", "Steel", "Steel"],
        ["Width", "6 mm", "4 mm"],
        ["Finish", "Matt", "–"],
    ]
    assert page.locator(".compare").count() == 1
    page.get_by_label("Show only what differs").check()
    expect(rows.filter(has_text="Metal")).to_be_hidden()
    expect(rows.filter(has_text="Width")).to_be_visible()


@pytest.mark.browser
def test_shared_list_is_shown_to_others_and_can_be_kept(page: Page, browser: Browser) -> None:
    save(page, "oak", "plain-band")
    page.goto("/saved/")
    page.evaluate("navigator.clipboard.writeText = async (text) => { window.copied = text; }")
    page.get_by_role("button", name="Share this list").click()
    expect(page.locator("[data-part=told]")).to_have_text("The address of this list is copied.")
    address = page.evaluate("window.copied")

    with browser.new_context() as context:
        friend = context.new_page()
        friend.goto(address)
        expect(friend.locator("[data-part=told]")).to_have_text("Someone shared this list with you.")
        assert names(friend, "list") == ["Plain band", "Oak"]
        assert friend.evaluate("localStorage['storegen.saved']") is None
        friend.get_by_role("button", name="Save all of them").click()
        expect(friend.locator("[data-part=list] .saved__remove")).to_have_count(2)
        assert friend.url == address.partition("?")[0]


@pytest.mark.browser
def test_list_goes_with_the_visitor_to_another_language(browser: Browser, make_shop: MakeShop) -> None:
    finnish = "content/products/plain-band.fi.yaml"
    shop = make_shop({**FIVE, "site.yaml": SITE + "languages: [en, fi]\n", finnish: "name: Sileä sormus\n"})
    shop.build()
    with hosted(shop.output) as address, browser.new_context(base_url=address) as context:
        page = context.new_page()
        save(page, "plain-band")
        page.goto("/fi/tallennetut/")
        expect(page.locator("[data-part=list] .product-card__link")).to_have_text("Sileä sormus")
        expect(page.locator("[data-part=list] .product-card__link")).to_have_attribute(
            "href", "/fi/tuotteet/plain-band/"
        )


@pytest.mark.browser
def test_products_viewed_before_stand_below_a_product(page: Page) -> None:
    for name in ("oak", "small-hoops", "oak", "plain-band"):
        page.goto(f"/products/{name}/")
    page.locator("#viewed").scroll_into_view_if_needed()
    cards = page.locator("#viewed .product-card__name")
    expect(cards).to_have_text(["Oak", "Small hoops"])

    page.goto("/saved/")
    expect(page.locator("[data-part=viewed] .product-card")).to_have_count(3)
    page.get_by_role("button", name="Clear").click()
    expect(page.locator("[data-part=viewed] .product-card")).to_have_count(0)
    page.goto("/products/plain-band/")
    assert page.evaluate("localStorage['storegen.viewed']") == '["/products/plain-band/"]'


@pytest.mark.browser
@pytest.mark.parametrize(
    "stored", ['["//evil.invalid/", "https://evil.invalid/", "/\\\\evil.invalid/", 7, null]', "{}", "7", '"x"', "["]
)
def test_what_was_stored_by_others_is_never_followed(page: Page, stored: str) -> None:
    asked: list[str] = []
    faults: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.add_init_script(
        f"localStorage['storegen.saved'] = localStorage['storegen.viewed'] = {json.dumps(stored)}",
    )
    page.goto("/saved/?p=//evil.invalid/,https://evil.invalid/,javascript:alert(1)")
    expect(page.get_by_role("heading", name="Nothing saved yet")).to_be_visible()
    page.goto("/products/plain-band/")
    expect(page.get_by_role("button", name="Save")).to_be_visible()

    assert [url for url in asked if "evil" in url and "/saved/?p=" not in url] == []
    assert faults == []


@pytest.mark.browser
def test_saved_products_stay_when_there_is_no_connection(page: Page) -> None:
    save(page, "oak")
    page.goto("/saved/")
    expect(page.locator("[data-part=list] .product-card")).to_have_count(1)
    page.route("**/products/**", lambda route: route.abort())
    page.reload()
    expect(page.locator("[data-part=told]")).not_to_be_empty()
    expect(page.get_by_role("heading", name="Nothing saved yet")).to_be_hidden()

    assert json.loads(page.evaluate("localStorage['storegen.saved']")) == ["/products/oak/"]


def test_page_is_for_its_visitor_only_and_is_named_under_privacy(shop: Shop) -> None:
    assert shop.html("saved/index.html").select_one('meta[name=robots][content="noindex"]')
    assert "/saved/" not in shop.text("sitemap.xml")
    assert "saved or viewed" in shop.html("privacy/index.html").get_text()


def test_shop_can_do_without(make_shop: MakeShop) -> None:
    shop = make_shop({**FIVE, "content/pages/privacy.md": PRIVACY, "site.yaml": SITE + "saved_products: no\n"})
    shop.build()
    product = shop.html("products/plain-band/index.html")

    assert not (shop.output / "saved").exists()
    assert product.select(".save, #viewed, [href='/saved/']") == []
    assert "saved" not in shop.html("privacy/index.html").get_text()
