"""Visits are counted by the merchant's tools, in their own words, and never before a visitor acts or agrees."""

from __future__ import annotations

import gzip
import json
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, Route, expect

from storegen.config import Config
from storegen.fields import make_record
from storegen.tracking.analytics import EVENTS, Tool, make_tools
from storegen.views.policy import policy_of
from tests.browser import hosted
from tests.conftest import FIVE, ROOT, MakeShop
from tests.shop import SITE, Shop

# What the merchant writes, by tool.
CHOICES = {
    "plausible": "plausible: {domain: shop.example}",
    "umami": "umami: {website: 94db1cb1-74f4-4a40-ad6c-962362670409}",
    "matomo": "matomo: {url: https://stats.shop.example/matomo/, site: 3}",
    "matomo-cookies": "matomo: {url: https://stats.shop.example/matomo/, site: 3, cookies: yes}",
    "ga4": "ga4: {id: G-AB12CD34EF}",
    "meta": 'meta: {id: "123456789012345"}',
}
COOKIELESS = ("plausible", "umami", "matomo")
ASKING = ("matomo-cookies", "ga4", "meta")

# The tools' own scripts, made small: each takes what was told before it came, and sends every call as it is.
SEND = "const send = (...call) => fetch(%r, {method: 'POST', mode: 'no-cors', keepalive: true, body: JSON.stringify(call)});"
FAKES = {
    "plausible.io/js/script.revenue.js": SEND % "https://plausible.io/api/event"
    + """const before = window.plausible?.q ?? [];
    if (document.currentScript.dataset.domain !== 'shop.example') throw new Error('no domain');
    window.plausible = send; send('pageview'); for (const call of before) send(...call);""",
    "cloud.umami.is/script.js": SEND % "https://gateway.umami.is/api/send"
    + "const id = document.currentScript.dataset.websiteId; window.umami = {track: (...call) => send(id, ...call)};",
    "stats.shop.example/matomo/matomo.js": SEND % "https://stats.shop.example/matomo/matomo.php"
    + "const before = window._paq; window._paq = {push: (call) => send(...call)}; before.forEach((call) => send(...call));",
    "www.googletagmanager.com/gtag/js": SEND % "https://region1.google-analytics.com/g/collect"
    + """const take = (call) => window['ga-disable-G-AB12CD34EF'] || send(...call);
    const before = window.dataLayer; window.dataLayer = {push: take}; before.forEach(take);""",
    "connect.facebook.net/en_US/fbevents.js": """const send = (...call) => {
      if (call[0] === 'consent') window.off = call[1] === 'revoke';
      if (!window.off) new Image().src = 'https://www.facebook.com/tr?call=' + encodeURIComponent(JSON.stringify(call)); };
    const before = window.fbq.queue; window.fbq.callMethod = send; before.forEach((call) => send(...call));""",
}


QUIET = 0.35  # seconds
PATIENCE = 10.0


class Visit:
    """A visitor in a browser of their own: what they asked of other hosts, and what the page complained about."""

    def __init__(self, browser: Browser, address: str, **options: Any) -> None:
        self.address = address
        self.context: BrowserContext = browser.new_context(
            viewport={"width": 1280, "height": 900}, reduced_motion="reduce", **options
        )
        self.foreign: list[str] = []
        self.calls: list[list[Any]] = []
        self.said: list[str] = []
        self.context.route(re.compile(f"^(?!{re.escape(address)}/)"), self._answer)
        self.page: Page = self.context.new_page()
        self.page.on(
            "console", lambda found: self.said.append(found.text) if found.type in {"error", "warning"} else None
        )
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.heard = 0.0
        self.open_requests: set[Request] = set()
        self.context.on("request", self._ask)
        self.context.on("requestfinished", self._hear)
        self.context.on("requestfailed", self._hear)

    def _answer(self, route: Route) -> None:
        request = route.request
        parts = urlsplit(request.url)
        if not parts.netloc:
            route.continue_()
            return
        self.foreign.append(request.url)
        script = FAKES.get(f"{parts.netloc}{parts.path}")
        if script is None and (text := request.post_data or parse_qs(parts.query).get("call", [""])[0]):
            self.calls.append(json.loads(text))
        body = f"{{{script}}}" if script else ""
        route.fulfill(body=body, content_type="text/javascript" if script else "image/gif")

    def open(self, path: str) -> None:
        self.page.goto(f"{self.address}{path}")
        self.settle()

    def settle(self) -> None:
        """Wait until everything is answered and nothing new is asked for a while; what a test holds back counts as that.

        The browser may keep the end of a request to itself, such as that of a page that it has left.
        """
        self.page.wait_for_load_state("load")
        self.heard = time.monotonic()
        while time.monotonic() < self.heard + (PATIENCE if self.open_requests else QUIET):
            self.page.wait_for_timeout(40)

    def _ask(self, request: Request) -> None:
        if request.is_navigation_request():
            self.open_requests.clear()
        self.open_requests.add(request)
        self.heard = time.monotonic()

    def _hear(self, request: Request) -> None:
        self.open_requests.discard(request)
        self.heard = time.monotonic()

    def act(self) -> None:
        self.page.mouse.wheel(0, 120)
        self.page.keyboard.press("Shift")
        self.settle()

    def answer(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()
        self.settle()

    def hold(self, pattern: str) -> list[Route]:
        """Let what is asked for wait; return what waits."""
        waiting: list[Route] = []

        def keep(route: Route) -> None:
            waiting.append(route)
            self.open_requests.discard(route.request)

        self.context.route(pattern, keep)
        return waiting

    def tracked(self, *beginning: Any) -> list[list[Any]]:
        """Return the rest of the calls that begin so."""
        size = len(beginning)
        return [call[size:] for call in self.calls if call[:size] == list(beginning)]


def build(folder: Any, choice: str, **files: str) -> Shop:
    site = f"{SITE}tracking:\n  thanks: yes\n  analytics:\n    {choice}\n"
    return Shop(
        folder, {**FIVE, "content/pages/privacy.md": "---\ntitle: Privacy\n---\nAll.\n", "site.yaml": site, **files}
    )


@contextmanager
def served(shop: Shop) -> Iterator[str]:
    """Host a shop and build it for the address at which it is hosted."""
    shop.output.mkdir(parents=True, exist_ok=True)
    with hosted(shop.output) as address:
        shop.build(base_url=address)
        yield address


@pytest.fixture(scope="module", params=CHOICES)
def counted(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, str, Shop]]:
    """Yield each choice of a tool with the address of a shop that made it."""
    shop = build(tmp_path_factory.mktemp("shop") / "shop", CHOICES[request.param])
    with served(shop) as address:
        yield request.param, address, shop


def tool_of(choice: str, url: str = "https://shop.example") -> Tool:
    name, _, keys = choice.partition(": ")
    values = dict(pair.split(": ", 1) for pair in keys.strip("{}").split(", "))
    values = {key: value.strip('"') for key, value in values.items()}
    config = {"name": "X", "url": url, "tracking": {"analytics": {name: values}}}
    import datetime as dt

    (tool,) = make_tools(make_record(config, Config, dt.UTC))
    return tool


@pytest.mark.browser
def test_no_other_host_is_asked_before_the_visitor_acts_or_agrees(
    browser: Browser, counted: tuple[str, str, Shop]
) -> None:
    name, address, _ = counted
    visit = Visit(browser, address)
    for path in ("/", "/rings/", "/products/rope-ring/", "/guides/ring-size/", "/cart/", "/thanks/", "/404.html"):
        visit.open(path)
    assert visit.foreign == []

    visit.act()
    assert bool(visit.foreign) == (name in COOKIELESS)
    assert visit.context.cookies() == []
    assert visit.said == []
    visit.context.close()


@pytest.mark.browser
def test_consent_is_asked_for_only_where_a_tool_needs_it(browser: Browser, counted: tuple[str, str, Shop]) -> None:
    name, address, shop = counted
    visit = Visit(browser, address)
    visit.open("/")

    assert visit.page.locator(".consent").count() == (1 if name in ASKING else 0)
    assert ("consent" in shop.text("index.html")) == (name in ASKING)
    assert visit.page.evaluate("Object.keys(localStorage).length + Object.keys(sessionStorage).length") == 0
    visit.context.close()


def journey(visit: Visit, name: str) -> None:
    """Go from a list to the order: what every tool is told of it is compared with its own words."""
    visit.open("/rings/")
    if name in ASKING:
        visit.answer("Accept")
    else:
        visit.act()
    visit.page.get_by_role("link", name="Rope ring").first.click()
    visit.page.wait_for_url("**/products/rope-ring/")
    visit.settle()
    visit.page.get_by_text("17", exact=True).first.click()
    visit.page.get_by_role("button", name="Add to cart").first.click()
    cart = visit.page.locator("dialog[open]")
    cart.get_by_role("button", name="One more").click()
    cart.get_by_role("button", name="One less").click()
    visit.page.evaluate(
        "document.addEventListener('click', (event) => event.target.closest('[href^=mailto]') && event.preventDefault())"
    )
    cart.locator("[data-part=order]").click()
    visit.settle()


RING = {"item_id": "RG-014-17", "item_name": "Rope ring", "item_variant": "17", "price": 59, "quantity": 1}


@pytest.mark.browser
def test_every_tool_is_told_in_its_own_words(browser: Browser, counted: tuple[str, str, Shop]) -> None:
    name, address, _ = counted
    visit = Visit(browser, address)
    journey(visit, name)

    {
        "plausible": check_plausible,
        "umami": check_umami,
        "matomo": check_matomo,
        "matomo-cookies": check_matomo,
        "ga4": check_ga4,
        "meta": check_meta,
    }[name](visit)
    assert visit.said == []
    visit.context.close()


def check_ga4(visit: Visit) -> None:
    """The names and item fields of developers.google.com/analytics/devguides/collection/ga4/ecommerce."""
    denied = {
        "ad_storage": "denied",
        "ad_user_data": "denied",
        "ad_personalization": "denied",
        "analytics_storage": "denied",
    }
    first = [list(call.values()) if isinstance(call, dict) else call for call in visit.calls][:4]
    assert first[0] == ["consent", "default", {**denied, "wait_for_update": 500}]
    assert first[1] == ["consent", "update", {**denied, "analytics_storage": "granted"}]
    assert first[2][0] == "js"
    assert first[3][:2] == ["config", "G-AB12CD34EF"]
    (lists,) = visit.tracked("event", "view_item_list")[:1]
    assert lists[0]["item_list_name"] == "Rings"
    assert {"item_id": "RG-014", "item_name": "Rope ring", "price": 59, "quantity": 1, "index": 1} in [
        {key: value for key, value in item.items() if not key.startswith("item_list")} for item in lists[0]["items"]
    ]
    (selected,) = visit.tracked("event", "select_item")
    assert [item["item_id"] for item in selected[0]["items"]] == ["RG-014"]
    (viewed,) = visit.tracked("event", "view_item")
    assert (viewed[0]["currency"], viewed[0]["value"]) == ("EUR", 59)
    assert viewed[0]["items"] == [
        {
            "item_id": "RG-014",
            "item_name": "Rope ring",
            "item_brand": "Test shop",
            "item_category": "Rings",
            "price": 59,
            "quantity": 1,
        }
    ]
    added = visit.tracked("event", "add_to_cart")
    assert added == [[{"currency": "EUR", "value": 59, "items": [RING]}]] * 2
    assert visit.tracked("event", "remove_from_cart") == [[{"currency": "EUR", "value": 59, "items": [RING]}]]
    assert visit.tracked("event", "view_cart") == [[{"currency": "EUR", "value": 59, "items": [RING]}]]
    assert visit.tracked("event", "begin_checkout") == [[{"currency": "EUR", "value": 59, "items": [RING]}]]


def check_meta(visit: Visit) -> None:
    """The standard events of developers.facebook.com/docs/meta-pixel/reference."""
    assert visit.calls[0] == ["set", "autoConfig", False, "123456789012345"]
    assert visit.calls[1] == ["init", "123456789012345"]
    assert len(visit.tracked("track", "PageView")) == 2
    (viewed,) = visit.tracked("track", "ViewContent")
    assert viewed[0] == {
        "content_ids": ["RG-014"],
        "content_type": "product_group",
        "contents": [{"id": "RG-014", "quantity": 1}],
        "content_name": "Rope ring",
        "currency": "EUR",
        "value": 59,
    }
    ring = {
        "content_ids": ["RG-014-17"],
        "content_type": "product",
        "contents": [{"id": "RG-014-17", "quantity": 1}],
        "content_name": "Rope ring",
        "currency": "EUR",
        "value": 59,
        "num_items": 1,
    }
    assert visit.tracked("track", "AddToCart") == [[ring], [ring]]
    assert visit.tracked("track", "InitiateCheckout") == [[ring]]


def check_matomo(visit: Visit) -> None:
    """The methods of developer.matomo.org/api-reference/tracking-javascript; a view stands before its page view."""
    names = [call[0] for call in visit.calls]
    assert ("disableCookies" in names) == ("disableBrowserFeatureDetection" in names)
    assert visit.tracked("setTrackerUrl")[0] == ["https://stats.shop.example/matomo/matomo.php"]
    assert visit.tracked("setSiteId")[0] == ["3"]
    assert visit.tracked("setEcommerceView") == [[False, False, "Rings"], ["RG-014", "Rope ring", "Rings", 59]]
    assert names.index("setEcommerceView") < names.index("trackPageView")
    assert names.count("trackPageView") == 2
    assert visit.tracked("addEcommerceItem") == [["RG-014-17", "Rope ring", "", 59, count] for count in (1, 2, 1)]
    assert visit.tracked("trackEcommerceCartUpdate") == [[59], [118], [59]]
    assert visit.tracked("trackEvent", "Shop") == [["select_item", "RG-014", 59], ["begin_checkout", "RG-014-17", 59]]


def check_plausible(visit: Visit) -> None:
    """Custom events with properties of text (plausible.io/docs/custom-event-goals)."""
    assert len(visit.tracked("pageview")) == 2
    ring = {
        "sku": "RG-014-17",
        "product": "Rope ring",
        "price": "59",
        "quantity": "1",
        "value": "59",
        "currency": "EUR",
    }
    assert visit.tracked("Add to cart") == [[{"props": ring}], [{"props": ring}]]
    assert visit.tracked("Begin checkout") == [[{"props": ring}]]
    assert visit.tracked("View item")[0][0]["props"]["sku"] == "RG-014"
    assert visit.tracked("View list")[0][0]["props"]["list"] == "Rings"
    assert [call[0]["props"]["sku"] for call in visit.tracked("Select item")] == ["RG-014"]


def check_umami(visit: Visit) -> None:
    """Events with data (umami.is/docs/tracker-functions)."""
    site = "94db1cb1-74f4-4a40-ad6c-962362670409"
    assert visit.calls.count([site]) == 2
    ring = {"sku": "RG-014-17", "product": "Rope ring", "price": 59, "quantity": 1, "value": 59, "currency": "EUR"}
    assert visit.tracked(site, "add_to_cart") == [[ring], [ring]]
    assert visit.tracked(site, "begin_checkout") == [[ring]]


@pytest.mark.browser
@pytest.mark.parametrize("counted", ASKING, indirect=True)
def test_who_declines_is_never_counted(browser: Browser, counted: tuple[str, str, Shop]) -> None:
    _, address, _ = counted
    visit = Visit(browser, address)
    visit.open("/rings/")
    visit.answer("Decline")
    expect(visit.page.locator(".consent")).to_be_hidden()
    for path in ("/products/rope-ring/", "/cart/", "/thanks/?order=1&value=59.00&currency=EUR"):
        visit.open(path)
        expect(visit.page.locator(".consent")).to_be_hidden()
        visit.act()

    assert visit.foreign == []
    visit.context.close()


@pytest.mark.browser
@pytest.mark.parametrize("counted", ASKING, indirect=True)
def test_consent_is_remembered_and_can_be_taken_back(browser: Browser, counted: tuple[str, str, Shop]) -> None:
    name, address, _ = counted
    visit = Visit(browser, address)
    visit.open("/rings/")
    visit.answer("Accept")
    assert visit.calls
    visit.open("/products/plain-band/")
    expect(visit.page.locator(".consent")).to_be_hidden()
    visit.page.evaluate(
        "document.cookie = '_ga=1;path=/'; document.cookie = '_fbp=1;path=/'; document.cookie = '_pk_id.3=1;path=/'"
    )

    visit.page.get_by_role("button", name="Privacy choices").click()
    visit.answer("Decline")
    counted_before = len(visit.foreign)
    visit.page.get_by_role("button", name="Add to cart").first.click()
    visit.open("/")
    visit.act()

    assert len(visit.foreign) == counted_before
    own = {"matomo-cookies": "_pk_id.3", "ga4": "_ga", "meta": "_fbp"}[name]
    assert own not in {cookie.get("name") for cookie in visit.context.cookies()}
    visit.context.close()


# Plausible's script tells how long somebody looked at a page as it goes, here a little sooner, so that a test can see it.
LEAVING = "addEventListener('beforeunload', () => send('engagement'));"


@pytest.mark.browser
def test_page_that_goes_tells_nothing_after_a_no(browser: Browser, tmp_path: Any, monkeypatch: Any) -> None:
    place = "plausible.io/js/script.revenue.js"
    monkeypatch.setitem(FAKES, place, FAKES[place] + LEAVING)
    shop = build(tmp_path / "shop", f"{CHOICES['plausible']}\n    {CHOICES['ga4']}")
    with served(shop) as address:
        visit = Visit(browser, address)
        visit.open("/rings/")
        visit.act()
        visit.open("/")
        visit.act()
        for _ in range(50):  # what a page says as it goes may come late
            if not visit.tracked("engagement"):
                visit.settle()
        assert len(visit.tracked("engagement")) == 1
        before = len(visit.foreign)
        visit.answer("Decline")
        visit.act()
        visit.open("/products/plain-band/")
        visit.act()

        assert len(visit.foreign) == before
        visit.context.close()


@pytest.mark.browser
@pytest.mark.parametrize("counted", ASKING, indirect=True)
def test_no_holds_for_a_tool_that_is_still_on_its_way(browser: Browser, counted: tuple[str, str, Shop]) -> None:
    name, address, _ = counted
    visit = Visit(browser, address)
    coming = visit.hold(f"**{urlsplit(tool_of(CHOICES[name]).script).path}**")
    visit.open("/rings/")
    visit.answer("Accept")
    assert len(coming) == 1
    visit.page.get_by_role("button", name="Privacy choices").click()
    visit.page.get_by_role("button", name="Decline", exact=True).click()
    visit._answer(coming[0])
    visit.settle()

    assert visit.calls == []
    visit.context.close()


@pytest.mark.browser
@pytest.mark.parametrize("counted", ASKING, indirect=True)
def test_no_holds_for_a_page_that_the_browser_kept(browser: Browser, counted: tuple[str, str, Shop]) -> None:
    _, address, _ = counted
    visit = Visit(browser, address)
    visit.open("/products/plain-band/")
    visit.answer("Accept")
    before = len(visit.foreign)
    with visit.page.expect_navigation():
        visit.page.evaluate("""() => {
          const kept = JSON.parse(localStorage.getItem('storegen.privacy'));
          localStorage.setItem('storegen.privacy', JSON.stringify({...kept, answer: 'no'}));
          dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}));
        }""")
    visit.settle()
    visit.page.get_by_role("button", name="Add to cart").first.click()
    visit.settle()

    assert len(visit.foreign) == before
    visit.context.close()


@pytest.mark.browser
@pytest.mark.parametrize(
    ("path", "script"),
    [("/thanks/?order=A-1&value=5.00&currency=EUR", "thanks"), ("/track/#n=RR123456785FI", "parcel")],
)
def test_no_tool_reads_what_the_page_takes_out_of_its_address(
    browser: Browser, tmp_path: Any, path: str, script: str
) -> None:
    shop = build(tmp_path / "shop", CHOICES["plausible"])
    shop.edit("site.yaml", "thanks: yes", "thanks: yes\n  carriers: [posti]")
    with served(shop) as address:
        visit = Visit(browser, address)
        late: list[Route] = []

        def hold(route: Route) -> None:
            late.append(route)

        visit.context.route(f"**/assets/{script}.*.js", hold)
        visit.page.goto(f"{address}{path}", wait_until="commit")
        visit.page.wait_for_timeout(200)
        visit.page.keyboard.press("Shift")
        visit.page.wait_for_timeout(200)
        assert visit.foreign == []
        late[0].continue_()
        visit.settle()
        visit.act()

        assert visit.calls
        assert visit.page.url == f"{address}/{script.replace('parcel', 'track')}/"
        visit.context.close()


@pytest.mark.browser
def test_chosen_variant_and_a_running_sale_are_told_as_they_are(browser: Browser, tmp_path: Any) -> None:
    sale = "name: Week\npercent: 10\nproducts: [rope-ring]\nstarts: 2020-01-01\nends: 2999-01-01\n"
    shop = build(tmp_path / "shop", CHOICES["ga4"], **{"content/offers/week.yaml": sale})
    with served(shop) as address:
        visit = Visit(browser, address)
        visit.open("/products/rope-ring/?variant=RG-014-17")
        visit.answer("Accept")
        visit.page.get_by_role("button", name="Add to cart").first.click()
        visit.settle()

        (viewed,) = visit.tracked("event", "view_item")
        (added,) = visit.tracked("event", "add_to_cart")
        for (told,) in (viewed, added):
            assert (told["currency"], told["value"]) == ("EUR", 53.1)
            (item,) = told["items"]
            assert {key: item[key] for key in RING} == {**RING, "price": 53.1}
        visit.context.close()


@pytest.mark.browser
def test_purchase_without_a_sum_has_no_price(browser: Browser, tmp_path: Any) -> None:
    shop = build(tmp_path / "shop", f"{CHOICES['umami']}\n    {CHOICES['meta']}")
    with served(shop) as address:
        visit = Visit(browser, address)
        visit.open("/rings/")
        visit.answer("Accept")
        visit.open("/thanks/?order=A-1&sku=RG-001")

        (told,) = visit.tracked("94db1cb1-74f4-4a40-ad6c-962362670409", "purchase")
        assert told == [{"sku": "RG-001", "quantity": 1, "order": "A-1"}]
        assert visit.tracked("track", "Purchase") == []  # Meta takes none without value and currency
        visit.open("/thanks/")
        assert len(visit.tracked("94db1cb1-74f4-4a40-ad6c-962362670409", "purchase")) == 1
        visit.context.close()


@pytest.mark.browser
@pytest.mark.parametrize("signal", ["globalPrivacyControl = true", "doNotTrack = '1'"])
def test_browser_that_asks_not_to_be_tracked_has_declined(
    browser: Browser, counted: tuple[str, str, Shop], signal: str
) -> None:
    name, address, _ = counted
    visit = Visit(browser, address)
    key, _, value = signal.partition(" = ")
    visit.context.add_init_script(f"Object.defineProperty(navigator, '{key}', {{get: () => {value}}})")
    visit.open("/products/plain-band/")
    visit.act()
    assert visit.foreign == []
    if name in ASKING:
        expect(visit.page.locator(".consent")).to_be_hidden()
        visit.page.get_by_role("button", name="Privacy choices").click()
        visit.answer("Accept")
        assert visit.foreign
    visit.context.close()


@pytest.mark.browser
def test_return_from_the_provider_is_one_purchase_and_empties_the_cart(
    browser: Browser, counted: tuple[str, str, Shop]
) -> None:
    name, address, _ = counted
    visit = Visit(browser, address)
    visit.open("/products/plain-band/")
    if name in ASKING:
        visit.answer("Accept")
    visit.page.get_by_role("button", name="Add to cart").first.click()
    visit.settle()
    for _ in range(2):
        visit.open("/thanks/?order=A-1&value=54.90&currency=EUR&tax=10.12&shipping=5.90")

    assert visit.page.locator("[data-part=number]").text_content() == "A-1"
    assert visit.page.url == f"{address}/thanks/"
    assert visit.page.evaluate("window.storegen.cart.read()") == []
    sold = [{"item_id": "RG-001", "item_name": "Plain band", "price": 49, "quantity": 1}]
    site = "94db1cb1-74f4-4a40-ad6c-962362670409"
    match name:
        case "ga4":
            (call,) = visit.tracked("event", "purchase")
            assert [{key: each[key] for key in sold[0]} for each in call[0].pop("items")] == sold
            assert call == [{"currency": "EUR", "value": 54.9, "transaction_id": "A-1", "tax": 10.12, "shipping": 5.9}]
        case "meta":
            (call,) = visit.tracked("track", "Purchase")
            assert (call[0]["content_ids"], call[0]["value"], call[0]["currency"]) == (["RG-001"], 54.9, "EUR")
            assert call[1] == {"eventID": "A-1"}
        case "plausible":
            (call,) = visit.tracked("Purchase")
            assert call[0]["revenue"] == {"currency": "EUR", "amount": 54.9}
            assert call[0]["props"]["order"] == "A-1"
        case "umami":
            (call,) = visit.tracked(site, "purchase")
            assert {key: call[0][key] for key in ("revenue", "currency", "order", "sku")} == {
                "revenue": 54.9,
                "currency": "EUR",
                "order": "A-1",
                "sku": "RG-001",
            }
        case _:
            assert visit.tracked("trackEcommerceOrder") == [["A-1", 54.9, None, 10.12, 5.9]]
    assert len(visit.tracked("event", "remove_from_cart")) == 0
    visit.context.close()


@pytest.mark.browser
def test_failed_payment_leaves_the_cart(browser: Browser, counted: tuple[str, str, Shop]) -> None:
    _, address, _ = counted
    visit = Visit(browser, address)
    visit.open("/products/plain-band/")
    visit.page.get_by_role("button", name="Add to cart").first.click()
    visit.open("/thanks/")
    visit.open("/thanks/?tx=9&st=Failed&amt=49.00&cc=EUR")

    assert len(visit.page.evaluate("window.storegen.cart.read()")) == 1
    visit.context.close()


def test_policy_names_what_the_tool_declares_and_no_more(counted: tuple[str, str, Shop]) -> None:
    name, _, shop = counted
    declared = policy_of([tool_of(CHOICES[name]).origins])
    page = shop.html("products/rope-ring/index.html")
    found = page.select_one("meta[http-equiv=Content-Security-Policy]")

    assert found is not None
    assert found["content"] == declared
    assert f"Content-Security-Policy: {declared}; frame-ancestors 'none'" in shop.text("_headers")
    assert "unsafe" not in declared
    for script in page.find_all("script"):
        assert script.get("src") or script.get("type") in {"application/json", "application/ld+json"}


@pytest.mark.browser
def test_tool_asks_no_origin_that_it_has_not_declared(browser: Browser, counted: tuple[str, str, Shop]) -> None:
    name, address, _ = counted
    visit = Visit(browser, address)
    journey(visit, name)
    declared = {origin for origins in tool_of(CHOICES[name]).origins.values() for origin in origins}
    patterns = [re.compile(re.escape(origin).replace(r"\*", "[^/]+")) for origin in declared]
    asked = {f"{parts.scheme}://{parts.netloc}" for parts in map(urlsplit, visit.foreign)}

    assert asked
    assert all(any(pattern.fullmatch(origin) for pattern in patterns) for origin in asked), asked
    visit.context.close()


@pytest.mark.browser
def test_tool_on_the_shops_own_host_counts_at_once_and_asks_nobody_else(browser: Browser, tmp_path: Any) -> None:
    shop = build(tmp_path / "shop", "plausible: {domain: shop.example, script: /js/script.js}")
    with served(shop) as address:
        visit = Visit(browser, address)
        asked: list[str] = []
        visit.context.route(
            "**/js/script.js",
            lambda route: route.fulfill(
                body=FAKES["plausible.io/js/script.revenue.js"].replace("https://plausible.io", ""),
                content_type="text/javascript",
            ),
        )

        def counted(route: Route) -> None:
            asked.append(route.request.post_data or "")
            route.fulfill(body="")

        visit.context.route("**/api/event", counted)
        visit.open("/")
        assert visit.foreign == []
        assert [json.loads(each)[0] for each in asked] == ["pageview", "View list"]
        assert "connect-src 'self';" in shop.text("_headers") + ";"
        visit.context.close()


@pytest.mark.browser
def test_preview_is_not_counted(browser: Browser, tmp_path: Any) -> None:
    shop = build(tmp_path / "shop", CHOICES["plausible"])
    shop.build()
    with hosted(shop.output) as address:
        visit = Visit(browser, address)
        visit.open("/")
        visit.act()
        assert visit.foreign == []
        visit.context.close()


@pytest.mark.browser
def test_without_javascript_nothing_is_asked_and_nothing_sent(browser: Browser, tmp_path: Any) -> None:
    shop = build(tmp_path / "shop", CHOICES["ga4"])
    with served(shop) as address:
        visit = Visit(browser, address, java_script_enabled=False)
        visit.open("/products/rope-ring/")
        expect(visit.page.locator(".consent")).to_be_hidden()
        expect(visit.page.get_by_text("Privacy choices")).to_be_hidden()
        assert visit.foreign == []
        visit.context.close()


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1280])
def test_consent_is_asked_without_haste(browser: Browser, tmp_path: Any, width: int) -> None:
    shop = build(tmp_path / "shop", CHOICES["ga4"])
    with served(shop) as address:
        visit = Visit(browser, address)
        page = visit.page
        page.set_viewport_size({"width": width, "height": 844})
        visit.open("/products/rope-ring/")
        assert page.evaluate("performance.getEntriesByType('layout-shift').length") == 0
        assert page.evaluate("document.activeElement === document.body")
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
        no, yes = (page.get_by_role("button", name=name, exact=True) for name in ("Decline", "Accept"))
        boxes: list[dict[str, float]] = [dict(button.bounding_box() or {}) for button in (no, yes)]  # type: ignore[arg-type]
        assert boxes[0]["width"] == boxes[1]["width"]
        assert boxes[0]["height"] == boxes[1]["height"] >= 44
        look = "(each) => { const {color, backgroundColor, borderColor, fontWeight} = getComputedStyle(each); return [color, backgroundColor, borderColor, fontWeight].join(); }"
        page.mouse.move(0, 0)
        assert no.evaluate(look) == yes.evaluate(look)

        order = []
        for _ in range(6):
            page.keyboard.press("Tab")
            order.append(page.evaluate("document.activeElement.textContent.trim()"))
        assert order.index("Decline") < order.index("Accept")
        page.keyboard.press("Escape")
        expect(no).to_be_visible()
        no.focus()
        page.keyboard.press("Enter")
        expect(page.locator(".consent")).to_be_hidden()

        opener = page.get_by_role("button", name="Privacy choices")
        opener.focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="May we count your visit?")).to_be_focused()
        expect(no).to_have_attribute("aria-pressed", "true")
        page.keyboard.press("Escape")
        expect(opener).to_be_focused()
        visit.context.close()


@pytest.mark.browser
def test_answer_in_one_tab_holds_in_the_other(browser: Browser, tmp_path: Any) -> None:
    shop = build(tmp_path / "shop", CHOICES["ga4"])
    with served(shop) as address:
        visit = Visit(browser, address)
        visit.open("/")
        other = visit.context.new_page()
        other.goto(f"{address}/rings/")
        visit.answer("Decline")
        expect(other.locator(".consent")).to_be_hidden()
        visit.context.close()


def test_shop_without_tools_carries_nothing_for_them(make_shop: MakeShop) -> None:
    shop = make_shop(FIVE)
    shop.build()

    assert not [path for path in shop.output.rglob("*") if re.match(r"measure\b", path.name)]
    texts = [path.read_text() for path in shop.output.rglob("*") if path.suffix in {".html", ".css"}]
    for word in ("measure.", "measured", "consent", "privacy"):
        assert not [text for text in texts if word in text.lower()], word
    script = next((shop.output / "assets").glob("theme.*.js")).read_text()
    assert "storegen.privacy" not in script
    assert "storegen.tags" not in script


def test_thank_you_page_is_made_for_providers_that_send_buyers_back(make_shop: MakeShop) -> None:
    skus = ["RG-014-16", "RG-014-17", "RG-014-18", "RG-001", "ER-002", "ER-003", "CA-001"]
    links = "".join(f"{sku}: https://buy.stripe.com/test_{sku.replace('-', '')}\n" for sku in skus)
    site = f"{SITE}checkout: {{provider: stripe}}\ntracking: {{analytics: {{plausible: {{}}}}}}\n"
    shop = make_shop(FIVE | {"site.yaml": site, "content/checkout/stripe.yaml": links})
    shop.build()
    assert shop.html("thanks/index.html").select_one("meta[name=robots][content=noindex]")
    assert "/thanks/" not in shop.text("sitemap.xml")

    shop.edit("site.yaml", "tracking: {", "tracking: {thanks: no, ")
    shop.build()
    assert not shop.has("thanks/index.html")


def test_thank_you_page_speaks_the_shops_languages(make_shop: MakeShop) -> None:
    site = SITE + "languages: [en, fi]\ntracking: {thanks: yes}\n"
    shop = make_shop(FIVE | {"site.yaml": site})
    shop.build()

    assert "Kiitos tilauksestasi" in shop.html("fi/kiitos/index.html").get_text()
    assert "Thank you for your order" in shop.html("thanks/index.html").get_text()
    assert "1–3 arkipäivässä" in shop.html("fi/kiitos/index.html").get_text()


def test_tools_are_made_of_the_shops_own_events() -> None:
    for name, choice in CHOICES.items():
        tool = tool_of(choice)
        assert set(tool.events) <= set(EVENTS), name
        assert "purchase" in tool.events, name
        assert tool.consent == (name in ASKING)


def test_advertising_needs_its_own_yes_of_the_merchant() -> None:
    plain, ads = tool_of("ga4: {id: G-AB12CD34EF}"), tool_of("ga4: {id: G-AB12CD34EF, ads: yes}")

    assert (plain.settings["ads"], ads.settings["ads"]) == (False, True)
    assert "doubleclick" not in policy_of([plain.origins])
    assert "frame-src https://td.doubleclick.net" in policy_of([ads.origins]).replace("frame-src 'none' ", "frame-src ")


def test_tools_on_the_shops_own_host_need_no_origin() -> None:
    for choice in (
        "plausible: {script: /js/script.js}",
        "umami: {website: 94db1cb1-74f4-4a40-ad6c-962362670409, script: /u/script.js}",
        "matomo: {url: /stats/, site: 3}",
    ):
        assert tool_of(choice).own, choice
        assert policy_of([tool_of(choice).origins]) == policy_of([]), choice


def test_domain_of_plausible_is_the_shops_unless_named() -> None:
    assert tool_of("plausible: {host: https://stats.example}", "https://www.hopea.example").settings == {
        "domain": "hopea.example"
    }
    assert tool_of("plausible: {host: https://stats.example}").script == "https://stats.example/js/script.revenue.js"


def test_documents_say_what_the_modules_say() -> None:
    text = (ROOT / "docs" / "analytics.md").read_text()
    tools = [tool_of(choice) for name, choice in CHOICES.items() if name != "matomo-cookies"]
    rows = [f"| the shop's event | {' | '.join(tool.title for tool in tools)} |", f"|{'---|' * (len(tools) + 1)}"]
    rows += [
        f"| `{event}` | {' | '.join(f'`{tool.events[event]}`' if event in tool.events else '–' for tool in tools)} |"
        for event in EVENTS
    ]
    assert "\n".join(rows) in text


# What our scripts of a product page weigh at most, compressed, in bytes: the theme's, what measures before the visitor has acted
# or agreed to anything, and what comes then. One tool that asks for no consent has nothing that comes later.
THEME = 10 * 1024
MEASURE = 2.4 * 1024
LATER = (
    dict.fromkeys(COOKIELESS, 0) | dict.fromkeys(ASKING, 1.7 * 1024) | {"cookieless": 2.4 * 1024, "all": 3.15 * 1024}
)
# Checkouts of a shop in two languages, each of which brings scripts of its own: a cart, what a campaign's tags need, what
# a provider's own buttons need.
STRIPE = {
    "content/checkout/stripe.yaml": "".join(
        f"{sku}: https://buy.stripe.com/test_{sku.replace('-', '')}\n"
        for sku in ("RG-014-16", "RG-014-17", "RG-014-18", "RG-001", "ER-002", "ER-003", "CA-001")
    )
}
LANGUAGES = f"{SITE}languages: [en, fi]\n"
BUTTONS = "stripe: {publishable_key: pk_test_51HopeaPublishable}"
CHECKOUTS: dict[str, dict[str, str]] = {
    "plain": {"site.yaml": SITE},
    "cart": {"site.yaml": LANGUAGES},
    "tags": STRIPE | {"site.yaml": f"{LANGUAGES}checkout: {{provider: stripe}}\n"},
    "cart-tags": STRIPE | {"site.yaml": f"{LANGUAGES}checkout: {{provider: [order, stripe]}}\n"},
    "cart-tags-buttons": STRIPE | {"site.yaml": f"{LANGUAGES}checkout: {{provider: [order, stripe], {BUTTONS}}}\n"},
}


def weight(*scripts: Path) -> int:
    return sum(len(gzip.compress(script.read_bytes(), 9)) for script in scripts)


@pytest.mark.slow
@pytest.mark.parametrize("checkout", CHECKOUTS)
@pytest.mark.parametrize("name", [*CHOICES, "cookieless", "all"])
def test_scripts_of_a_product_page_with_a_tool_stay_small(tmp_path: Path, name: str, checkout: str) -> None:
    several = {"cookieless": COOKIELESS, "all": [each for each in CHOICES if each != "matomo"]}
    chosen = several.get(name, [name])
    choice = "\n    ".join(CHOICES[each] for each in chosen)
    files = CHECKOUTS[checkout]
    shop = build(tmp_path / "shop", choice, **files)
    shop.write("site.yaml", f"{files['site.yaml']}tracking:\n  thanks: yes\n  analytics:\n    {choice}\n")
    shop.build()
    page = shop.html("products/rope-ring/index.html")
    scripts = [shop.output / str(each["src"]).removeprefix("/") for each in page.select("script[src]")]
    later = list((shop.output / "assets").glob("tools.*.js"))

    text = scripts[0].read_text()
    parts = {"cart": "storegen.cart=", "tags": "storegen.tags", "buttons": "storegen.press="}
    expected = {"plain": {"cart"}}.get(checkout, set(checkout.split("-")))
    assert {part for part, mark in parts.items() if mark in text} == expected
    assert [script.name.partition(".")[0] for script in scripts] == ["theme", "measure"]
    assert len(later) == (name not in COOKIELESS)
    theme, measure = scripts
    assert weight(theme) <= THEME
    assert weight(measure) <= MEASURE
    assert weight(*later) <= LATER[name]


def told_items(visit: Visit, name: str) -> list[list[Any]]:
    """Return the numbers of what was looked at and of what was put into the cart, as a tool was told of them."""
    if name == "ga4":
        calls = [*visit.tracked("event", "view_item"), *visit.tracked("event", "add_to_cart")]
        return [[item["item_id"] for item in call[0]["items"]] for call in calls]
    if name == "meta":
        calls = [*visit.tracked("track", "ViewContent"), *visit.tracked("track", "AddToCart")]
        return [call[0]["content_ids"] for call in calls]
    return [call[:1] for call in (*visit.tracked("setEcommerceView"), *visit.tracked("addEcommerceItem"))]


@pytest.mark.browser
@pytest.mark.parametrize("counted", ASKING, indirect=True)
def test_what_happens_before_the_tools_own_words_are_there_is_told_after_consent(
    browser: Browser, counted: tuple[str, str, Shop]
) -> None:
    name, address, _ = counted
    visit = Visit(browser, address)
    asked = visit.hold("**/assets/tools.*.js")
    visit.open("/products/rope-ring/?variant=RG-014-17")
    visit.act()
    visit.page.get_by_role("button", name="Add to cart").first.click()
    visit.settle()
    assert asked == []

    visit.page.keyboard.press("Escape")
    visit.page.get_by_text("16", exact=True).first.click()
    visit.answer("Accept")
    assert (len(asked), visit.calls) == (1, [])
    visit.page.get_by_role("button", name="Add to cart").first.click()
    asked[0].continue_()
    visit.settle()

    # Matomo is told the whole cart each time.
    again = [["RG-014-17"]] if name == "matomo-cookies" else []
    assert told_items(visit, name) == [["RG-014-17"], ["RG-014-17"], *again, ["RG-014-16"]]
    assert visit.said == []
    visit.context.close()


@pytest.mark.browser
def test_words_of_several_tools_come_once_the_visitor_acts(browser: Browser, tmp_path: Path) -> None:
    shop = build(tmp_path / "shop", f"{CHOICES['plausible']}\n    {CHOICES['umami']}")
    with served(shop) as address:
        visit = Visit(browser, address)
        asked: list[str] = []
        visit.page.on("request", lambda request: asked.append(request.url) if "/tools." in request.url else None)
        visit.open("/products/plain-band/")
        visit.page.evaluate("document.querySelector('[data-part=add]').click()")
        assert (asked, visit.foreign) == ([], [])

        visit.act()
        assert len(asked) == 1
        assert len(visit.tracked("Add to cart")) == 1
        assert len(visit.tracked("94db1cb1-74f4-4a40-ad6c-962362670409", "add_to_cart")) == 1
        assert visit.said == []
        visit.context.close()


@pytest.mark.browser
def test_tools_own_words_that_did_not_come_are_asked_for_again(browser: Browser, tmp_path: Path) -> None:
    shop = build(tmp_path / "shop", CHOICES["ga4"])
    with served(shop) as address:
        visit = Visit(browser, address)
        visit.context.route("**/assets/tools.*.js", lambda route: route.abort(), times=1)
        visit.open("/products/plain-band/")
        visit.answer("Accept")
        assert visit.calls == []
        visit.page.get_by_role("button", name="Add to cart").first.click()
        visit.settle()

        assert len(visit.tracked("event", "view_item")) == 1
        assert len(visit.tracked("event", "add_to_cart")) == 1
        visit.context.close()


@pytest.mark.browser
def test_no_holds_while_the_tools_own_words_are_on_their_way(browser: Browser, tmp_path: Path) -> None:
    shop = build(tmp_path / "shop", CHOICES["ga4"])
    with served(shop) as address:
        visit = Visit(browser, address)
        asked = visit.hold("**/assets/tools.*.js")
        visit.open("/products/plain-band/")
        visit.answer("Accept")
        visit.page.get_by_role("button", name="Privacy choices").click()
        visit.page.get_by_role("button", name="Decline", exact=True).click()
        asked[0].continue_()
        visit.settle()
        visit.act()

        assert visit.foreign == []
        visit.context.close()


def test_shop_that_changes_its_tool_changes_its_pages_and_back(make_shop: MakeShop) -> None:
    shop = make_shop(FIVE)
    shop.build()
    before = shop.text("index.html"), shop.text("rings/index.html")
    plain = (shop.folder / "site.yaml").read_text()
    shop.write("site.yaml", f"{plain}tracking: {{analytics: {{ga4: {{id: G-AB12CD34EF}}}}}}\n")
    shop.build()
    assert "RG-014" in shop.text("rings/index.html")
    assert "measure." in shop.text("index.html")
    shop.write("site.yaml", plain)
    shop.build()

    assert (shop.text("index.html"), shop.text("rings/index.html")) == before


@pytest.mark.browser
def test_providers_own_words_on_return_are_understood(browser: Browser, tmp_path: Any) -> None:
    shop = build(tmp_path / "shop", CHOICES["ga4"])
    with served(shop) as address:
        visit = Visit(browser, address)
        visit.open("/products/small-hoops/")
        visit.answer("Accept")
        visit.page.get_by_role("button", name="Add to cart").first.click()
        visit.open("/thanks/?tx=7XY&st=Completed&amt=49.00&cc=EUR&item_number=RG-001")
        visit.open("/thanks/?session_id=cs_test_1&sku=RG-014-16&value=59.00&currency=EUR&utm_source=news")
        visit.open("/thanks/?session_id=cs_test_2")
        assert visit.page.evaluate("window.storegen.cart.read()") == []

        found = [
            (call[0]["transaction_id"], call[0].get("value"), [item["item_id"] for item in call[0]["items"]])
            for call in visit.tracked("event", "purchase")
        ]
        assert found == [("7XY", 49, ["RG-001"]), ("cs_test_1", 59, ["RG-014-16"]), ("cs_test_2", 45, ["ER-002"])]
        assert visit.said == []
        visit.context.close()


@pytest.mark.browser
def test_article_that_the_address_names_is_one_piece_whatever_the_cart_holds(browser: Browser, tmp_path: Any) -> None:
    shop = build(tmp_path / "shop", CHOICES["ga4"])
    with served(shop) as address:
        visit = Visit(browser, address)
        visit.open("/products/plain-band/")
        visit.answer("Accept")
        for _ in range(2):
            visit.page.get_by_role("button", name="Add to cart").first.click()
            visit.page.keyboard.press("Escape")
        visit.open("/thanks/?session_id=cs_test_1&sku=RG-001&value=49.00&currency=EUR")

        (told,) = visit.tracked("event", "purchase")
        assert [(item["item_id"], item["price"], item["quantity"]) for item in told[0]["items"]] == [("RG-001", 49, 1)]
        assert told[0]["value"] == 49
        visit.context.close()


@pytest.mark.browser
def test_return_that_says_only_that_it_is_paid_empties_the_cart(browser: Browser, tmp_path: Any) -> None:
    shop = build(tmp_path / "shop", CHOICES["plausible"])
    with served(shop) as address:
        visit = Visit(browser, address)
        visit.open("/products/small-hoops/")
        visit.page.get_by_role("button", name="Add to cart").first.click()
        visit.open("/thanks/?paid")

        assert visit.page.evaluate("window.storegen.cart.read()") == []
        assert visit.tracked("Purchase") == []
        visit.context.close()
