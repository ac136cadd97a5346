"""Every kind of page in a real browser at several widths: nothing sticks out, nothing jumps, nothing is missing.

The pictures are kept in artefacts/, which is not tracked.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import hosted, settle
from tests.conftest import FIVE, ROOT, MakeShop
from tests.shop import Shop

KINDS = {
    "home": "/",
    "category": "/rings/",
    "product": "/products/rope-ring/",
    "sale": "/products/hammered-band/",
    "guides": "/guides/",
    "guide": "/guides/ring-size/",
    "post": "/blog/brooch/",
    "about": "/about/",
    "contact": "/contact/",
    "delivery": "/delivery/",
    "returns": "/returns/",
    "person": "/people/aino/",
    "track": "/track/",
    "found": "/track/#n=RR123456785FI",
    "cart": "/cart/",
    "search": "/search/?q=hoop",
    "unfound": "/search/?q=rope+elephant",
    "saved": "/saved/?p=/products/rope-ring/,/products/plain-band/,/products/small-hoops/",
    "missing": "/404.html",
}
SHIFT = """() => new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => { for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value; })
    .observe({type: 'layout-shift', buffered: true});
  setTimeout(() => done(sum), 50);
})"""
# A font that arrives late may move words within their line; a box that moves counts ten times as much.
VISIBLE = 0.01
PLAIN = """() => document.documentElement.scrollWidth - document.documentElement.clientWidth"""
BROKEN = """() => [...document.images].filter(image => image.complete && !image.naturalWidth).map(image => image.src)"""


def scrolled(page: Page) -> None:
    """Scroll through the page, so that what loads late is there."""
    page.evaluate(
        """async () => {
          for (let y = 0; y < document.body.scrollHeight; y += 600) {
            window.scrollTo(0, y);
            await new Promise(done => setTimeout(done, 30));
          }
          window.scrollTo(0, 0);
        }"""
    )
    settle(page)


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 768, 1280])
def test_pages_hold_at_every_width(browser: Browser, demo: Shop, width: int) -> None:
    """Leaves screenshots in artefacts/, light and dark, for people to look at."""
    folder = ROOT / "artefacts"
    folder.mkdir(exist_ok=True)
    context = browser.new_context(viewport={"width": width, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    with hosted(demo.output) as address:
        for kind, path in KINDS.items():
            page.goto(f"{address}{path}")
            settle(page)
            assert page.evaluate(SHIFT) < VISIBLE, kind
            assert page.evaluate(PLAIN) <= 0, kind
            scrolled(page)
            assert page.evaluate(BROKEN) == [], kind
            page.screenshot(path=folder / f"{kind}-{width}-light.png", full_page=True)
            page.emulate_media(color_scheme="dark")
            page.screenshot(path=folder / f"{kind}-{width}-dark.png", full_page=True)
            page.emulate_media(color_scheme="light")
    context.close()


@pytest.mark.browser
def test_pages_need_no_sideways_scroll_at_320_pixels(browser: Browser, demo: Shop) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 800})
    with hosted(demo.output) as address:
        wide = [kind for kind, path in KINDS.items() if page.goto(f"{address}{path}") and page.evaluate(PLAIN) > 0]
    page.close()

    assert wide == []


@pytest.mark.browser
def test_what_can_be_pressed_is_large_enough(browser: Browser, demo: Shop) -> None:
    small = """() => [...document.querySelectorAll('button, input:not([type=hidden]), summary, .button')]
      .filter(each => each.offsetParent && !each.closest('.visually-hidden'))
      .map(each => [each.textContent.trim().slice(0, 30) || each.name, each.closest('label') || each])
      .map(([name, box]) => [name, box.getBoundingClientRect()])
      .filter(([, box]) => box.width && (box.height < 44 || box.width < 44)).map(([name, box]) => name + ' ' + box.height)"""
    page = browser.new_page(viewport={"width": 390, "height": 844})
    found = {}
    with hosted(demo.output) as address:
        for kind, path in KINDS.items():
            page.goto(f"{address}{path}")
            found[kind] = page.evaluate(small)
    page.close()

    assert {kind: names for kind, names in found.items() if names} == {}


@pytest.mark.browser
def test_fields_are_large_enough_that_a_phone_does_not_zoom(browser: Browser, demo: Shop) -> None:
    fields = """() => [...document.querySelectorAll('input:not([type=hidden]), select, textarea')]
      .map((field) => [field.name || field.id || field.className, parseFloat(getComputedStyle(field).fontSize)])"""
    context = browser.new_context(viewport={"width": 390, "height": 664}, has_touch=True, is_mobile=True)
    page = context.new_page()
    found: dict[str, float] = {}
    with hosted(demo.output) as address:
        for kind, path in KINDS.items():
            page.goto(f"{address}{path}")
            found |= {f"{kind} {name}": size for name, size in page.evaluate(fields)}
    context.close()

    assert len({name.partition(" ")[2] for name in found}) >= 5
    assert {name: size for name, size in found.items() if size < 16} == {}


@pytest.mark.browser
def test_link_in_the_summary_of_a_card_can_be_pressed(browser: Browser, make_shop: MakeShop) -> None:
    guide = "---\ntitle: Care\nsummary: See [the hoops](product:small-hoops)\n---\nText.\n"
    alone = "sections:\n  - featured: {title: Now, products: [plain-band]}\n"
    shop = make_shop({**FIVE, "content/guides/care.md": guide, "content/pages/home.yaml": alone})
    shop.edit(
        "content/products/plain-band.yaml", "price:", "summary: Goes with [the hoops](product:small-hoops)\nprice:"
    )
    shop.build()

    with hosted(shop.output) as address:
        page = browser.new_page(base_url=address)
        for place in ("/guides/", "/"):
            page.goto(place)
            page.locator("main").get_by_role("link", name="the hoops").first.click()
            assert page.url.endswith("/products/small-hoops/")
        page.close()
