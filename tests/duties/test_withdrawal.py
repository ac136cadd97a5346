"""The withdrawal function in a browser: two steps, a receipt, an e-mail, and without JavaScript.

Directive 2011/83/EU, article 11a, as amended by Directive (EU) 2023/2673.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Browser, Page, Request, Route, expect

from tests.browser import hosted
from tests.conftest import FIVE, MakeShop
from tests.shop import SITE, Shop

SERVICE = "https://formspree.io/f/abcdwxyz"
SERVED = SITE + f"forms: {{withdrawal: '{SERVICE}'}}\nduties: {{withdrawal: {{receipt: yes}}}}\n"

pytestmark = pytest.mark.browser


def fill(page: Page) -> None:
    page.get_by_label("Your name").fill("Kim Hana")
    page.get_by_label(re.compile("^Order number")).fill("HC-1001")
    page.get_by_label("Your e-mail").fill("kim@buyer.example")


def built(make_shop: MakeShop, site: str) -> Shop:
    shop = make_shop(FIVE | {"site.yaml": site})
    shop.build()
    return shop


def opened(browser: Browser, address: str, *, script: bool = True) -> Page:
    page = browser.new_context(java_script_enabled=script, viewport={"width": 390, "height": 800}).new_page()
    page.goto(address)
    page.locator("footer").get_by_role("link", name="Withdraw from contract here").click()
    return page


def test_statement_is_reviewed_changed_confirmed_and_sent(browser: Browser, make_shop: MakeShop) -> None:
    sent: list[Request] = []

    def answer(route: Route) -> None:
        sent.append(route.request)
        route.fulfill(status=200, content_type="text/html", body="<h1>Thank you</h1>")

    with hosted(built(make_shop, SERVED).output) as address:
        page = opened(browser, f"{address}/products/rope-ring/")
        page.route(f"{SERVICE}**", answer)
        first = page.locator("main").get_by_role("link", name="Withdraw from contract here", exact=True)
        second = page.get_by_role("button", name="Confirm withdrawal", exact=True)
        expect(second).to_be_hidden()
        first.click()
        expect(second).to_be_hidden()  # nothing is filled in
        fill(page)
        first.click()
        expect(second).to_be_visible()
        expect(page.locator("[data-part=said]")).to_contain_text("HC-1001")
        expect(page.locator("[data-part=review]")).to_be_focused()
        page.get_by_role("button", name="Change").click()
        expect(second).to_be_hidden()
        expect(page.get_by_label("Your name")).to_have_value("Kim Hana")
        first.click()
        second.click()
        expect(page.get_by_role("heading", name="Thank you")).to_be_visible()

    (request,) = sent
    assert request.method == "POST"
    values = {name: found[0] for name, found in parse_qs(request.post_data or "").items()}
    assert values["name"] == "Kim Hana"
    assert "HC-1001" in values.values()
    assert values["email"] == "kim@buyer.example"
    assert values["statement"] == "I withdraw from my contract with Test Oy."


def test_statement_by_mail_can_be_copied(browser: Browser, make_shop: MakeShop) -> None:
    with hosted(built(make_shop, SITE).output) as address:
        page = opened(browser, f"{address}/")
        fill(page)
        page.locator("[data-part=open]").click()
        page.get_by_role("button", name="Confirm withdrawal").click()

        expect(page.get_by_role("heading", name="Now send the e-mail")).to_be_visible()
        expect(page.locator("[data-part=done-text]")).to_contain_text("a@shop.example")
        said = page.locator("[data-part=text]").input_value()
        assert said.startswith("I withdraw from my contract with Test Oy.")
        assert "Kim Hana" in said
        assert re.search(r"\d{4}.*\d{2}:\d{2}:\d{2}", said)  # date and time


def test_without_javascript_both_steps_are_on_the_page(browser: Browser, make_shop: MakeShop) -> None:
    with hosted(built(make_shop, SERVED).output) as address:
        page = opened(browser, f"{address}/", script=False)
        expect(page.get_by_label("Your name")).to_be_visible()
        expect(page.get_by_role("button", name="Confirm withdrawal")).to_be_visible()
        expect(page.get_by_role("button", name="Change")).to_be_hidden()
        assert page.locator("withdrawal-form form").get_attribute("action") == SERVICE
