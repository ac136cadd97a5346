"""From a product's page to the payment page on the hosts of this machine, in a real browser and under the real policy."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import stripe.params.checkout._session_create_params as stripe_types
from playwright.sync_api import Browser, Page, expect

from tests.browser import settle
from tests.checkout.test_payment_function import sum_of
from tests.conftest import MakeShop
from tests.paying import paid_by
from tests.payment_hosts import HOSTS, Asked, payment_service, published
from tests.pressing import PAGE
from tests.shop import Shop
from tests.typed_requests import faults, nested

WIDTHS = {390: 664, 1280: 800}
HELSINKI = dt.timezone(dt.timedelta(hours=2))
# Hosts have the machine's clock, so the sale is about its time: it began a minute ago, or ends a minute ago.
NOW = dt.datetime.now(HELSINKI).replace(second=0, microsecond=0)
BEFORE, TURN = NOW - dt.timedelta(hours=3), NOW - dt.timedelta(minutes=1)
SALE = (
    "kind: sale\nname: Night\npercent: 50\nproducts: [plain-band]\nstarts: {:%Y-%m-%d %H:%M}\nends: {:%Y-%m-%d %H:%M}\n"
)
SALES = {
    "starts": SALE.format(TURN, NOW + dt.timedelta(days=3)),
    "ends": SALE.format(BEFORE - dt.timedelta(days=1), TURN),
}
TOTALS = {"starts": ("€54.90", "€30.40", 3040), "ends": ("€30.40", "€54.90", 5490)}


def built(make_shop: MakeShop, host: str, *, sale: str = "") -> Shop:
    files = dict(paid_by("card", "order", more=f"  card: {{host: {host}}}\n"))
    if sale:
        files["content/offers/night.yaml"] = SALES[sale]
    shop = make_shop(files)
    shop.build(now=BEFORE)
    return shop


@contextmanager
def visiting(browser: Browser, address: str, width: int, *, scripts: bool = True) -> Iterator[Page]:
    """Open the page of a product. Stripe's page itself can't be reached."""
    context = browser.new_context(
        viewport={"width": width, "height": WIDTHS[width]}, java_script_enabled=scripts, reduced_motion="reduce"
    )
    page = context.new_page()
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.goto(f"{address}/products/plain-band/")
    if scripts:
        settle(page)
    try:
        yield page
    finally:
        context.close()
    assert not [text for text in told if "Content Security Policy" in text]


def press(page: Page, *, scripts: bool) -> int:
    """Press what a buyer presses, up to the answer of the function; return the number of clicks."""
    if not scripts:
        page.locator("noscript form button, form[action='/api/checkout'] button").first.click()
        return 1
    page.locator("[data-part=now]:visible").first.click()
    page.locator("#order[open] [data-part=order]").click()
    return 2


def charged(asked: list[Asked]) -> list[int]:
    """Return the sums that Stripe is asked for, in requests that its types allow."""
    values = [nested(each.body) for each in asked]
    assert not [fault for each in values for fault in faults(each, stripe_types.SessionCreateParams, stripe_types)]
    return [sum_of(each) for each in values]


@pytest.mark.browser
@pytest.mark.parametrize("name", HOSTS)
def test_product_is_at_most_two_clicks_from_the_payment_page(
    name: str, browser: Browser, make_shop: MakeShop, tmp_path: Path
) -> None:
    host = HOSTS[name]
    shop = built(make_shop, host.name)
    with payment_service() as (service, asked), published(shop, host, service, tmp_path) as address:
        for width in WIDTHS:
            for scripts in (True, False):
                with visiting(browser, address, width, scripts=scripts) as page, page.expect_request(PAGE):
                    assert press(page, scripts=scripts) <= 2

    assert charged(asked) == [5490] * 4


@pytest.mark.browser
@pytest.mark.parametrize("turn", SALES)
@pytest.mark.parametrize("name", HOSTS)
def test_sale_that_starts_or_ends_between_page_and_press_is_told_and_then_charged(
    name: str, turn: str, browser: Browser, make_shop: MakeShop, tmp_path: Path
) -> None:
    host = HOSTS[name]
    shop = built(make_shop, host.name, sale=turn)
    before, after, sum_ = TOTALS[turn]
    with payment_service() as (service, asked), published(shop, host, service, tmp_path) as address:
        with visiting(browser, address, 390, scripts=False) as page:
            press(page, scripts=False)
            expect(page.locator("h1")).to_have_text("The price has changed")
            expect(page.locator("main")).to_contain_text("Nothing was charged")
            page.get_by_role("link", name="Go back").click()
            page.wait_for_url("**/products/plain-band/")
        for width in WIDTHS:
            with visiting(browser, address, width) as page:
                # The visitor looks at the page before the turn, and presses after it.
                page.clock.set_fixed_time(BEFORE)
                page.reload()
                page.locator("[data-part=now]:visible").first.click()
                expect(page.locator("#order [data-part=order]")).to_contain_text(before)
                page.locator("#order[open] [data-part=order]").click()
                page.wait_for_url("**/cart/#changed")
                expect(page.locator("#changed")).to_contain_text("Nothing was charged and nothing is lost")
                assert charged(asked) == [sum_] * (width == 1280)
                page.clock.set_fixed_time(NOW)
                page.reload()
                page.locator("main [data-part=order]:visible").first.click()
                expect(page.locator("#order [data-part=order]")).to_contain_text(after)
                with page.expect_request(PAGE):
                    page.locator("#order[open] [data-part=order]").click()

    assert charged(asked) == [sum_] * 2
