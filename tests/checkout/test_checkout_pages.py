"""A visitor pays, in a real browser: each provider's own hosts answer with stand-ins, nothing else is let out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from storegen.checkout.combined import CART_HOLDERS
from storegen.checkout.foxy import signed_name
from storegen.checkout.order_reading import read_order
from tests.browser import hosted, settle
from tests.conftest import MakeShop
from tests.paying import ALL, KEY, paid_by

# What a provider's script does where the real one would: just enough to see that it was asked for the right thing.
STAND_INS = {
    "js.stripe.com": """customElements.define("stripe-buy-button", class extends HTMLElement {
        connectedCallback() { this.textContent = "Stripe: " + this.getAttribute("buy-button-id"); } });""",
    "cdn.paddle.com": """window.Paddle = { Environment: { set(name) { window.place = name; } }, Initialize(with_) { window.token = with_.token; },
        Checkout: { open(what) { document.body.append("Paddle: " + what.items[0].priceId + " " + what.discountCode + " " + window.place); } } };""",
    "cdn.snipcart.com": """window.Snipcart = { ready: Promise.resolve(), api: { theme: { cart: { open() { document.body.append("Snipcart's cart"); } } } } };
        document.addEventListener("click", ({ target }) => { const button = target.closest(".snipcart-add-item");
          if (button) document.body.append("Snipcart: " + button.dataset.itemId); });""",
}
HOSTS = {
    "whatsapp": "wa.me",
    "telegram": "t.me",
    "line": "line.me",
    "kakaotalk": "pf.kakao.com",
    "stripe": "buy.stripe.com",
    "paypal": "www.paypal.com",
    "foxy": "test-shop.foxycart.com",
    "shopify": "test-shop.myshopify.com",
    "ucp": "store.example",
    "square": "square.link",
    "gumroad": "silver.gumroad.com",
    "lemonsqueezy": "test-shop.lemonsqueezy.com",
    "paddle links": "sandbox-pay.paddle.io",
    "link": "pay.example",
}


class Visit:
    """One visitor's browser in a shop: *foreign* are the requests to other hosts, *said* what the console says."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.foreign: list[str] = []
        self.posted: list[str] = []
        self.said: list[str] = []
        page.context.route("**/*", self._answer)
        page.on("console", lambda each: self.said.append(each.text) if each.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: self.said.append(str(error)))

    def _answer(self, route: Route) -> None:
        request = route.request
        if request.url.startswith(self.address):
            route.continue_()
            return
        self.foreign.append(request.url)
        self.posted.append(request.post_data or "")
        host = urlsplit(request.url).netloc
        if request.url.endswith(".css"):
            route.fulfill(content_type="text/css", body="")
        elif host in STAND_INS:
            route.fulfill(content_type="text/javascript", body=STAND_INS[host])
        else:
            route.fulfill(content_type="text/html", body=f"<!doctype html><title>{host}</title>pay here")

    @property
    def hosts(self) -> list[str]:
        return [urlsplit(url).netloc for url in self.foreign]


Visiting = Callable[..., AbstractContextManager[Visit]]


@pytest.fixture
def visiting(browser: Browser, make_shop: MakeShop, monkeypatch: pytest.MonkeyPatch) -> Visiting:
    """Return a function that opens a page of a shop that is paid by some providers."""
    monkeypatch.setenv("STOREGEN_FOXY_KEY", KEY)
    monkeypatch.setenv("STOREGEN_ORDER_KEY", KEY)

    @contextmanager
    def visit(
        *names: str, path: str = "/products/rope-ring/", javascript: bool = True, width: int = 1280
    ) -> Iterator[Visit]:
        shop = make_shop(dict(paid_by(*names)))
        shop.build()
        with hosted(shop.output) as address:
            context = browser.new_context(
                java_script_enabled=javascript,
                viewport={"width": width, "height": 900},
                reduced_motion="reduce",
                permissions=["clipboard-read", "clipboard-write"],
            )
            found = Visit(context.new_page(), address)
            found.page.goto(f"{address}{path}")
            settle(found.page)
            yield found
            context.close()

    return visit


@pytest.mark.browser
@pytest.mark.parametrize("name", [*ALL, "stripe buttons", "paypal buttons", "paddle links"])
def test_nothing_is_asked_of_another_host_until_the_visitor_buys(visiting: Visiting, name: str) -> None:
    with visiting(name) as visit:
        page = visit.page
        page.mouse.move(300, 300)
        page.mouse.wheel(0, 400)
        page.get_by_text("17", exact=True).first.click()
        assert visit.foreign == []

        main = "now" if name != "snipcart" else "add"
        button = page.locator(f"[data-part={main}]")
        if name == "order":
            assert (button.get_attribute("href") or "").startswith("mailto:a@shop.example?")
        elif name in CART_HOLDERS:
            button.click()
            expect(page.get_by_role("dialog", name="Your order")).to_be_visible()
            assert visit.foreign == []
        elif name == "stripe buttons":
            button.click()
            expect(page.locator("stripe-buy-button")).to_have_text("Stripe: buy_btn_1")
            assert set(visit.hosts) == {"js.stripe.com"}
        elif name == "paddle":
            button.click()
            expect(page.locator("body")).to_contain_text("Paddle: pri_01abcdefgh1 SPRING10 sandbox")
            assert set(visit.hosts) == {"cdn.paddle.com"}
        elif name == "snipcart":
            button.click()
            expect(page.locator("body")).to_contain_text("Snipcart: RG-014-17")
            assert set(visit.hosts) == {"cdn.snipcart.com"}
        else:
            host = HOSTS[name if name != "paypal buttons" else "paypal"]
            button.click()
            page.wait_for_url(f"https://{host}/**")
            assert set(visit.hosts) == {host}
        assert visit.said == []


@pytest.mark.browser
def test_stripes_button_is_never_that_of_another_variant(visiting: Visiting) -> None:
    with visiting("order", "stripe buttons") as visit:
        page = visit.page
        page.get_by_text("17", exact=True).first.click()
        page.get_by_role("link", name="Pay by card").click()
        expect(page.locator("stripe-buy-button")).to_have_text("Stripe: buy_btn_1")
        page.get_by_role("link", name="Pay by card").click()
        page.get_by_text("16", exact=True).first.click()

        expect(page.locator("stripe-buy-button")).to_have_count(0)
        (line,) = read_order(
            unquote(page.locator("[data-part=now]").get_attribute("href") or "").split("body=")[1], KEY
        ).lines
        assert line.sku == "RG-014-16"
        page.get_by_role("link", name="Pay by card").click()
        expect(page.locator("stripe-buy-button")).to_have_text("Stripe: buy_btn_0")


@pytest.mark.browser
@pytest.mark.parametrize("away", ["https://cdn.snipcart.com/**", "**/assets/provider.*.js"])
@pytest.mark.parametrize("opener", ["[data-part=add]", "header [data-opens=cart]"])
def test_script_that_did_not_come_is_asked_for_again(visiting: Visiting, opener: str, away: str) -> None:
    with visiting("snipcart", path="/products/plain-band/") as visit:
        visit.page.route(away, lambda route: route.abort())
        visit.page.locator(opener).first.click()
        expect(visit.page.locator("short-toast")).to_contain_text("No connection")

        visit.page.unroute(away)
        visit.page.locator(opener).first.click()
        expect(visit.page.locator("body")).to_contain_text("Snipcart")
        expect(visit.page.locator("body")).to_contain_text("RG-001" if "add" in opener else "Snipcart's cart")


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1280])
def test_second_way_to_pay_follows_the_choice(visiting: Visiting, width: int) -> None:
    with visiting("order", "stripe", "paypal", width=width) as visit:
        page = visit.page
        page.get_by_role("link", name="Pay with PayPal").click()
        expect(page.get_by_text("Choose a size first")).to_be_visible()
        assert visit.foreign == []

        page.get_by_text("17", exact=True).first.click()
        page.get_by_role("link", name="Pay with PayPal").click()
        page.wait_for_url("https://www.paypal.com/ncp/payment/1")


@pytest.mark.browser
def test_second_way_may_be_a_providers_button(visiting: Visiting) -> None:
    with visiting("order", "stripe buttons", path="/products/plain-band/") as visit:
        visit.page.get_by_role("link", name="Pay by card").click()
        expect(visit.page.locator("stripe-buy-button")).to_have_text("Stripe: buy_btn_2")
        assert visit.said == []


def fill_cart(page: Page, address: str) -> None:
    """Put two plain bands and a pair of hoops into the cart."""
    for name in ("plain-band", "plain-band", "small-hoops"):
        page.goto(f"{address}/products/{name}/")
        page.get_by_role("button", name="Add to cart").first.click()
        expect(page.locator("dialog[open]")).to_be_visible()


@pytest.mark.browser
def test_whole_cart_goes_to_shopify(visiting: Visiting) -> None:
    with visiting("shopify", "order") as visit:
        fill_cart(visit.page, visit.address)
        visit.page.locator("dialog[open]").get_by_role("link", name="Go to checkout").click()
        visit.page.wait_for_url("https://test-shop.myshopify.com/**")

        assert visit.foreign == [
            "https://test-shop.myshopify.com/cart/40123456789012:2,40123456789013:1?discount=SPRING10"
        ]
        assert visit.said == []


@pytest.mark.browser
def test_whole_cart_goes_to_the_ucp_store(visiting: Visiting) -> None:
    with visiting("ucp") as visit:
        fill_cart(visit.page, visit.address)
        visit.page.locator("dialog[open]").get_by_role("link", name="Go to checkout").click()
        visit.page.wait_for_url("https://store.example/**")

        assert visit.foreign == [
            "https://store.example/permalink/~Z2lkOi8vcmluZy8y:2,~Z2lkOi8vcmluZy8z:1?discounts/codes/0=SPRING10"
        ]


@pytest.mark.browser
def test_whole_cart_goes_to_foxy_with_every_field_signed(visiting: Visiting) -> None:
    with visiting("foxy") as visit:
        visit.page.goto(f"{visit.address}/?utm_source=letter&utm_campaign=spring")
        fill_cart(visit.page, visit.address)
        visit.page.locator("dialog[open]").get_by_role("link", name="Pay by card").click()
        visit.page.wait_for_url("https://test-shop.foxycart.com/**")

        sent = {name: values[0] for name, values in parse_qs(visit.posted[-1], keep_blank_values=True).items()}
        assert (sent.pop("cart"), sent.pop("empty")) == ("checkout", "true")
        assert (sent.pop("utm_source"), sent.pop("utm_campaign")) == ("letter", "spring")
        lines: dict[str, dict[str, str]] = {"1": {}, "2": {}}
        for field, value in sent.items():
            number, _, name = field.partition(":")
            code = {"1": "RG-001", "2": "ER-002"}[number]
            bare = name.split("||")[0]
            assert name == signed_name(KEY, code, bare, "" if bare == "quantity" else value)
            lines[number][bare] = value
        assert [(line["code"], line["price"], line["quantity"]) for line in lines.values()] == [
            ("RG-001", "49.00", "2"),
            ("ER-002", "45.00", "1"),
        ]
        assert visit.said == []


@pytest.mark.browser
@pytest.mark.parametrize("name", ["stripe", "paypal", "paypal buttons", "shopify", "foxy", "link"])
def test_without_javascript_the_payment_is_one_click_away(visiting: Visiting, name: str) -> None:
    with visiting(name, javascript=False) as visit:
        visit.page.locator("main a", has_text="Order size 17").click()
        visit.page.wait_for_url(f"https://{HOSTS[name.split(maxsplit=1)[0]]}/**")


@pytest.mark.browser
@pytest.mark.parametrize("name", ["order", "whatsapp", "telegram"])
def test_without_javascript_the_order_is_one_click_away(visiting: Visiting, name: str) -> None:
    with visiting("stripe", name, javascript=False) as visit:
        links = [
            link.get_attribute("href") or "" for link in visit.page.locator("main a", has_text="Order size 17").all()
        ]
        (line,) = read_order(unquote(links[1]).split("=", 2 if name == "order" else 1)[-1], KEY).lines

        assert len(links) == 2
        assert (line.sku, line.signed) == ("RG-014-17", True)
