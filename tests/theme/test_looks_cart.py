"""The cart as it looks: what stays in view, what doesn't move, what is not said before it is known."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser import hosted
from tests.conftest import FIVE, MakeShop
from tests.theme.test_looks import PLAIN, SHIFT, VISIBLE

OFFERS: dict[str, str | bytes] = {
    "content/offers/set.yaml": "kind: bundle\nname: Band and hoops\nproducts: [plain-band, small-hoops]\nprice: 80.00\n",
    "content/offers/sample.yaml": (
        "kind: sample\nname: One on us\neverything: yes\nsamples: [polishing-cloth, ball-studs]\n"
    ),
    "content/offers/code.yaml": "kind: coupon\nname: Ten off\neverything: yes\npercent: 10\ncode: TEN10\n",
}
NAMES = ("plain-band", "small-hoops", "ball-studs", "polishing-cloth")


@pytest.fixture
def address(make_shop: MakeShop) -> Iterator[str]:
    shop = make_shop(FIVE | OFFERS)
    shop.edit("site.yaml", "menu: [", "checkout: {provider: [order, whatsapp], whatsapp: {to: +358401234567}}\nmenu: [")
    shop.build()
    with hosted(shop.output) as address:
        yield address


def full(browser: Browser, address: str, width: int = 390, height: int = 844) -> Page:
    """Return a page whose visitor has five things in the cart."""
    page = browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce").new_page()
    for name in NAMES:
        page.goto(f"{address}/products/{name}/")
        page.locator("[data-part=add]").click()
        expect(page.locator("dialog[open] [data-part=total]")).not_to_be_empty()
        page.keyboard.press("Escape")
    page.goto(f"{address}/products/rope-ring/")
    page.locator(".variant__box", has_text="17").click()
    page.locator("[data-part=add]").click()
    expect(page.locator("dialog[open] .line")).to_have_count(5)
    return page


@pytest.mark.browser
@pytest.mark.parametrize(("width", "height"), [(390, 844), (390, 664), (390, 560), (1280, 800), (1280, 600)])
def test_long_cart_keeps_its_button_in_view_and_room_for_its_lines(
    browser: Browser, address: str, width: int, height: int
) -> None:
    page = full(browser, address, width, height)
    page.locator("#cart").evaluate("each => each.scrollTo(0, 0)")
    head, foot, order = (
        page.locator(f"#cart {part}").bounding_box() for part in (".cart__head", ".cart__due", "[data-part=order]")
    )
    assert head
    assert foot
    assert order
    last = page.locator("#cart .cart__by").last

    assert order["y"] + order["height"] <= foot["y"] + foot["height"] <= height
    assert foot["y"] - head["y"] - head["height"] >= min(height * 0.35, 200)
    assert page.evaluate(PLAIN) <= 0
    page.locator("#cart").evaluate("each => each.scrollTo(0, each.scrollHeight)")
    end = last.bounding_box()
    assert end
    assert end["y"] + end["height"] <= height
    page.context.close()


@pytest.mark.browser
def test_focus_in_a_long_cart_is_never_under_its_foot(browser: Browser, address: str) -> None:
    page = full(browser, address)
    page.locator("#cart").evaluate("each => each.scrollTo(0, 0)")
    page.locator("#cart #cart-title").focus()
    hidden = """() => {
      if (document.activeElement === document.body) return "";
      const box = document.activeElement.getBoundingClientRect();
      const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
      return document.activeElement.contains(top) || top?.contains(document.activeElement)
        ? "" : document.activeElement.outerHTML.slice(0, 80);
    }"""
    covered = []
    for _ in range(30):
        page.keyboard.press("Tab")
        covered.append(page.evaluate(hidden))
    page.context.close()

    assert [each for each in covered if each] == []


@pytest.mark.browser
def test_cart_page_doesnt_call_itself_empty_before_it_knows(browser: Browser, address: str) -> None:
    page = full(browser, address)

    def never(route: Route) -> None:
        route.abort()

    page.route("**/cart*.js", never)
    page.goto(f"{address}/cart/")
    expect(page.locator(".cart__empty")).not_to_be_visible()
    page.unroute("**/cart*.js")
    page.goto(f"{address}/cart/")
    expect(page.locator(".cart--page .line")).to_have_count(5)
    assert page.evaluate(SHIFT) < VISIBLE
    page.context.close()


@pytest.mark.browser
def test_reductions_and_choices_of_the_cart_look_like_what_they_are(browser: Browser, address: str) -> None:
    page = full(browser, address)
    page.goto(f"{address}/cart/")
    cut = page.locator(".cart__sum--cut dd")
    sample = page.locator(".cart__gift select")
    method = page.locator(".cart__gift-free")
    expect(cut).to_have_text("−€14.00")
    paper = "each => [getComputedStyle(each).color, getComputedStyle(each).borderTopLeftRadius]"

    assert (
        cut.evaluate(paper)[0]
        == method.evaluate(paper)[0]
        != page.locator("shop-cart [data-part=total]").evaluate(paper)[0]
    )
    assert sample.evaluate(paper)[1] == "4px"
    box = sample.bounding_box()
    assert box
    assert box["height"] >= 44
    page.context.close()


@pytest.mark.browser
def test_forced_colours_keep_the_one_action(browser: Browser, address: str) -> None:
    page = browser.new_context(viewport={"width": 390, "height": 844}, forced_colors="active").new_page()
    page.goto(f"{address}/products/plain-band/")
    ground = "each => getComputedStyle(each).backgroundColor"
    main = page.locator("[data-part=now]").evaluate(ground)
    line = page.locator("[data-part=add]").evaluate(ground)
    page.context.close()

    assert main != line


@pytest.mark.browser
def test_name_of_eighty_characters_and_sold_out_sizes_hold_at_320_pixels(browser: Browser, make_shop: MakeShop) -> None:
    name = "Wide hammered band with a rope edge, oxidised by hand and polished twice in Espoo"
    sizes = "".join(f"  - {{sku: LB-{size}, options: {{Size: {size}}}, stock: {size % 2}}}\n" for size in range(10, 22))
    shop = make_shop(
        FIVE
        | {
            "content/products/long.yaml": (
                f"name: {name}\nsku: LB\ncategory: rings\nprice: 129.00\n"
                f"options: {{Size: [{', '.join(map(str, range(10, 22)))}]}}\nvariants:\n{sizes}"
            )
        }
    )
    shop.build()
    page = browser.new_page(viewport={"width": 320, "height": 800})
    with hosted(shop.output) as address:
        page.goto(f"{address}/products/long/")
        breadcrumbs, box, gone = (
            page.locator(part).bounding_box() for part in (".breadcrumbs__list", ".variant__boxes", ".variant__gone")
        )
        size = page.locator("h1").evaluate("each => parseFloat(getComputedStyle(each).fontSize)")
        wide = page.evaluate(PLAIN)
    page.close()
    assert breadcrumbs
    assert box
    assert gone

    assert wide <= 0
    assert breadcrumbs["height"] == 44
    assert gone["y"] - box["y"] - box["height"] >= 8
    assert size < 32
