"""What the browser keeps for the shop: values of another shape, writes that fail, several tabs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from storegen.checkout.messengers import POSTS
from storegen.checkout.order import WORDS, Order, one_line, order_line
from storegen.checkout.protocol import Item
from storegen.model.money import Money
from tests.browser import hosted
from tests.conftest import FIVE
from tests.shop import SITE, Shop

FULL = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }"
CLOSED = """for (const name of ["localStorage", "sessionStorage"])
  Object.defineProperty(window, name, { get() { throw new DOMException("no", "SecurityError") } });"""
LASTS = "Your browser doesn’t keep the cart: it lasts as long as this page is open."
STRIPE = "".join(
    f"{sku}: https://buy.stripe.com/test_{sku.replace('-', '')}\n"
    for sku in ("RG-014-16", "RG-014-17", "RG-014-18", "RG-001", "ER-002", "ER-003", "CA-001")
)
LATER = 4_000_000_000_000
LINE: dict[str, Any] = {
    "sku": "RG-001",
    "name": "Plain band",
    "count": 1,
    "price": {"amount": "49.00", "currency": "EUR"},
    "page": "/products/plain-band/",
    "product": "plain-band",
}


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    tools = "tracking: {thanks: yes, analytics: {ga4: {id: G-AB12CD34EF}}}\nlanguages: [en, fi]\n"
    files = {"site.yaml": SITE + tools, "content/pages/privacy.md": "---\ntitle: Privacy\n---\nAll.\n"}
    made = Shop(tmp_path_factory.mktemp("storage") / "shop", FIVE | files)
    made.build()
    return made


@pytest.fixture(scope="module")
def address(shop: Shop) -> Iterator[str]:
    with hosted(shop.output) as address:
        yield address


class Visit:
    """A page with what went wrong in it; *kept* is in its storage before it comes, by key."""

    def __init__(self, browser: Browser, *, script: str = "", **kept: str) -> None:
        context = browser.new_context(reduced_motion="reduce")
        values = {key.replace("_", "."): value for key, value in kept.items()}
        put = f"if (!name) for (const [key, value] of Object.entries({json.dumps(values)})) localStorage[key] = value;"
        context.add_init_script(f"{put if kept else ''} name = 'seen';\n{script}")
        self.page = context.new_page()
        self.errors: list[str] = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def open(self, address: str) -> Page:
        self.page.goto(address)
        return self.page

    def close(self) -> None:
        self.page.context.close()
        assert self.errors == []


def cart(*lines: object, **more: object) -> str:
    return json.dumps({"lines": lines, "until": LATER, **more})


def line(**changes: object) -> dict[str, object]:
    return {key: value for key, value in {**LINE, **changes}.items() if value is not ...}


# A price that is followed by one without a number.
NEXT = {"price": {"amount": "59.00", "currency": "EUR"}, "then": {"price": {"amount": "much", "currency": "EUR"}}}
UNREADABLE = {
    "only a time": '{"until": 9e15}',
    "half a write": '{"lines": [{"sku": "RG',
    "nothing": "null",
    "a number": "17",
    "a text": '"lines"',
    "a list": "[1, 2]",
    "no lines": f'{{"until": {LATER}, "lines": null}}',
    "lines that are a number": f'{{"until": {LATER}, "lines": 3}}',
    "lines that are an object": f'{{"until": {LATER}, "lines": {{"length": 2}}}}',
    "time that is a text": json.dumps({"until": "soon", "lines": [LINE]}),
    "time past": json.dumps({"until": 5, "lines": [LINE]}),
    "empty line": cart(None),
    "line that is a number": cart(7),
    "line that is a list": cart([LINE]),
    "no price": cart(line(price=...)),
    "price of no amount": cart(line(price={"currency": "EUR"})),
    "price below nothing": cart(line(price={"amount": "-49.00", "currency": "EUR"})),
    "price that is no number": cart(line(price={"amount": "cheap", "currency": "EUR"})),
    "price without end": cart(line()).replace('"49.00"', "1e999"),
    "unknown currency": cart(line(price={"amount": "49.00", "currency": "Euro!"})),
    "another currency": cart(line(price={"amount": "49.00", "currency": "USD"})),
    "no number": cart(line(sku=...)),
    "number that is a number": cart(line(sku=4)),
    "no name": cart(line(name={"en": "Band"})),
    "no pieces": cart(line(count=0)),
    "pieces below nothing": cart(line(count=-1)),
    "half a piece": cart(line(count=1.5)),
    "pieces as text": cart(line(count="2")),
    "too many pieces": cart(line(count=1000)),
    "pieces without end": cart(line()).replace('"count": 1', '"count": 1e999'),
    "broken page": cart(line(page="http://[")),
    "page of another host by its path": cart(line(page="https://a//evil.example/")),
    "script for a page": cart(line(page="javascript:alert(1)")),
    "page that is an object": cart(line(page={})),
    "script for a picture": cart(line(picture="javascript:alert(1)")),
    "picture of another scheme": cart(line(picture="data:image/png;base64,iVBORw0KGgo=")),
    "tax of no number": cart(line(tax="1e3")),
    "weight as text": cart(line(weight="heavy")),
    "methods as text": cart(line(methods="post")),
    "offers of numbers": cart(line(offers=[1])),
    "sale without an end": cart(line(until="soon", then={"price": {"amount": "59.00", "currency": "EUR"}})),
    "nothing after a sale": cart(line(until="2020-01-01T00:00:00Z", then={"price": None})),
    "nothing after the next sale": cart(line(until="2099-01-01T00:00:00Z", then=NEXT)),
    "tokens of nothing": cart(line(tokens=None)),
    "postcode that is a number": cart(postcode=9),
    "postcode of nothing": cart(postcode=None),
    "postcode that is an object": cart(postcode={}),
}  # fmt: skip


@pytest.fixture(scope="module")
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    """Return one visit for all the odd values: its page is loaded anew for each."""
    visit = Visit(browser)
    visit.open(f"{address}/robots.txt")
    yield visit
    visit.close()


@pytest.mark.browser
@pytest.mark.parametrize("value", UNREADABLE.values(), ids=UNREADABLE.keys())
def test_what_is_no_cart_leaves_an_empty_one_that_works(visit: Visit, address: str, value: str) -> None:
    visit.page.evaluate("value => localStorage.setItem('storegen.cart', value)", value)
    page = visit.open(f"{address}/products/small-hoops/")
    expect(page.locator("cart-count")).to_have_text("")
    page.locator("[data-part=add]").click()

    expect(page.locator("#cart .line")).to_have_count(1)
    assert page.evaluate("storegen.orderText").startswith("1 × Small hoops [ER-002]")
    expect(page.locator("#cart [data-part=unkept]")).to_be_hidden()
    assert visit.errors == []


@pytest.mark.browser
def test_good_lines_stay_where_others_are_dropped(browser: Browser, address: str) -> None:
    lines = (None, line(price=...), LINE, line(name="Twice"), line(sku="X", page="//"))
    visit = Visit(browser, storegen_cart=cart(*lines, code=5, chosen=1, country={}, method=[], postcode=[1]))
    page = visit.open(f"{address}/cart/")

    expect(page.locator(".cart--page .line")).to_have_count(1)
    expect(page.locator(".cart--page .line")).to_contain_text("Plain band")
    expect(page.locator(".cart--page [data-part=total]")).to_have_text("€54.90")
    expect(page.locator("cart-count")).to_have_text("1")
    visit.close()


@pytest.mark.browser
@pytest.mark.parametrize("script", [FULL, CLOSED], ids=["full", "closed"])
def test_cart_that_the_browser_does_not_keep_lasts_as_long_as_the_page(
    browser: Browser, address: str, script: str
) -> None:
    visit = Visit(browser, script=script)
    page = visit.open(f"{address}/products/small-hoops/")
    page.locator("[data-part=add]").click()
    expect(page.locator("#cart .line")).to_have_count(1)
    expect(page.locator("#cart [data-part=unkept]")).to_have_text(LASTS)
    expect(page.locator("#cart [data-part=unkept]")).to_be_visible()
    page.locator("#cart [data-step='1']").click()
    expect(page.locator("cart-count")).to_have_text("2")
    page.locator("#cart [data-part=remove]").click()
    expect(page.locator("#cart [data-part=unkept]")).to_be_hidden()
    visit.open(f"{address}/fi/tuotteet/small-hoops/")
    expect(page.locator("cart-count")).to_have_text("")
    page.locator("[data-part=add]").click()
    expect(page.locator("#cart [data-part=unkept]")).to_contain_text("Selaimesi ei säilytä ostoskoria")
    visit.close()


@pytest.mark.browser
def test_what_could_not_be_written_over_an_older_cart_counts_on_the_page(browser: Browser, address: str) -> None:
    visit = Visit(browser, script=FULL, storegen_cart=cart(LINE))
    page = visit.open(f"{address}/products/small-hoops/")
    page.locator("[data-part=add]").click()
    expect(page.locator("cart-count")).to_have_text("2")
    page.locator("#cart .line", has_text="Plain band").locator("[data-part=remove]").click()
    expect(page.locator("cart-count")).to_have_text("1")
    visit.close()


@pytest.mark.browser
def test_name_is_one_row_of_an_order_by_one_rule(browser: Browser, address: str) -> None:
    signs = [*range(0xA1), 0xAD, 0x1680, *range(0x2000, 0x2070), 0x3000, 0xFEFF]
    name = "Ring\n\nPieces: 0.01 EUR\r\nTotal: 0.01 EUR " + "".join(f"{chr(sign)}x" for sign in signs)
    visit = Visit(browser, storegen_cart=cart(line(name=name, page=...)))
    page = visit.open(f"{address}/cart/")
    expect(page.locator(".cart--page [data-part=total]")).to_have_text("€54.90")
    text = page.evaluate("storegen.orderText")
    visit.close()
    item = Item(sku="RG-001", product="", name=name, price=Money(Decimal("49.00"), "EUR"), page="")
    first = Order(POSTS["order"], "a@b.example", "", dict.fromkeys(WORDS, "")).buy(item)

    assert one_line(order_line(1, item, "")) == text.split("\r\n")[0]
    assert "%0A%0APieces" not in first.href
    assert len(text.split("\r\n")) == len("line blank pieces delivery total tax blank address blank end".split())


@pytest.mark.browser
def test_newest_cart_of_two_tabs_counts(browser: Browser, address: str) -> None:
    visit = Visit(browser)
    page = visit.open(f"{address}/products/small-hoops/")
    page.evaluate(f"void ({FULL})")
    page.locator("[data-part=add]").click()
    expect(page.locator("#cart [data-part=unkept]")).to_be_visible()
    other = page.context.new_page()
    other.goto(f"{address}/products/plain-band/")
    other.locator("[data-part=add]").click()
    expect(page.locator("#cart .line")).to_contain_text("Plain band")
    expect(page.locator("#cart [data-part=unkept]")).to_be_hidden()
    other.evaluate("localStorage.setItem('storegen.cart', '{\"until\":9e15}')")
    expect(page.locator("#cart .line")).to_have_count(0)
    visit.close()


@pytest.mark.browser
@pytest.mark.parametrize(
    "value", ["null", "5", '"yes"', "[]", '{"answer": {}}', '{"answer": "perhaps", "until": 9e15}', "{"]
)
def test_other_values_of_another_shape_are_as_none(browser: Browser, address: str, value: str) -> None:
    visit = Visit(browser, storegen_privacy=value, storegen_scheme=value, storegen_orders=value)
    page = visit.open(f"{address}/products/small-hoops/")
    expect(page.locator(".consent")).to_be_visible()
    assert page.evaluate("document.documentElement.dataset.theme") is None
    visit.open(f"{address}/thanks/?order=7&value=10.00&currency=EUR")
    expect(page.locator("[data-part=number]")).to_have_text("7")
    assert json.loads(page.evaluate("localStorage['storegen.orders']")) == ["7"]
    visit.close()


@pytest.mark.browser
def test_shop_that_keeps_no_cart_sends_no_script_for_one_and_reads_odd_campaigns(
    browser: Browser, tmp_path: Path
) -> None:
    files = {"content/checkout/stripe.yaml": STRIPE, "site.yaml": SITE + "checkout: {provider: stripe}\n"}
    shop = Shop(tmp_path / "shop", FIVE | files)
    shop.build()
    (script,) = (shop.output / "assets").glob("theme.*.js")
    assert "storegen.cart" not in script.read_text()
    odd = json.dumps({"utm_source": {"a": 1}, "utm_medium": "e mail", "utm_term": 5, "other": "x"})
    with hosted(shop.output) as address:
        visit = Visit(browser, script=f"sessionStorage.setItem('storegen.tags', {odd!r});")
        page = visit.open(f"{address}/products/plain-band/")
        page.evaluate("addEventListener('click', (event) => event.preventDefault())")
        page.locator("[data-part=now]").click()
        expect(page.locator("[data-part=now]")).to_have_attribute(
            "href", "https://buy.stripe.com/test_RG001?client_reference_id=RG-001&locale=en&utm_medium=e-mail"
        )
        visit.close()


@pytest.mark.browser
def test_choice_of_colours_and_answer_are_kept(browser: Browser, address: str) -> None:
    visit = Visit(browser)
    page = visit.open(f"{address}/products/small-hoops/")
    page.locator("[data-answer=no]").click()
    page.locator("color-scheme button").first.click()
    page.reload()
    expect(page.locator(".consent")).to_be_hidden()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    visit.close()
