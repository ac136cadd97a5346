"""The order sheet: what a buyer sees after "Buy now" and after the cart's button, until the order is sent or paid."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from bs4 import Tag
from playwright.sync_api import Browser, Page, Route, expect

from storegen.checkout.order_reading import read_order
from storegen.duties.order_button import COUNTRIES, order_words
from tests.browser import hosted, settle
from tests.conftest import FIVE, MakeShop
from tests.paying import KEY, paid_by
from tests.shop import Shop

BUYER = {
    "name": "Maija Virtanen",
    "email": "maija@example.com",
    "street": "Street 1",
    "postcode": "00100",
    "city": "Oulu",
}
# What links opened: mail programs don't open in tests.
LISTEN = """
addEventListener("click", (event) => {
  const link = event.target.closest?.("a");
  if (!link || event.defaultPrevented || !/^(mailto:|https:)/.test(link.href)) return;
  window.opened = [...(window.opened ?? []), link.href];
  event.preventDefault();
});
"""
Opening = Callable[..., AbstractContextManager[Page]]


@pytest.fixture
def opening(browser: Browser, make_shop: MakeShop, monkeypatch: pytest.MonkeyPatch) -> Opening:
    """Return a function that opens a page of a shop that is paid by some providers."""
    monkeypatch.setenv("STOREGEN_ORDER_KEY", KEY)

    @contextmanager
    def open_(
        *names: str,
        path: str = "/products/plain-band/",
        width: int = 390,
        edit: Callable[[Shop], Any] = lambda shop: None,
    ) -> Iterator[Page]:
        shop = make_shop(dict(paid_by(*names)))
        edit(shop)
        shop.build()
        with hosted(shop.output) as address:
            context = browser.new_context(
                viewport={"width": width, "height": 664},
                reduced_motion="reduce",
                base_url=address,
                permissions=["clipboard-read", "clipboard-write"],
            )
            page = context.new_page()
            page.add_init_script(LISTEN)
            page.goto(path)
            settle(page)
            yield page
            context.close()

    return open_


def buy_now(page: Page) -> None:
    page.locator("[data-part=now]").click()
    expect(page.locator("#order[open]")).to_be_visible()


def fill(page: Page, **values: str) -> None:
    for name, value in {**BUYER, **values}.items():
        if page.locator(f"#order-{name}").is_visible():
            page.locator(f"#order-{name}").fill(value)


def order_of(page: Page) -> str:
    """Return the text of the mail that was opened."""
    (href,) = page.evaluate("window.opened")
    return unquote(href.split("body=")[1])


def press(page: Page) -> None:
    page.locator("#order [data-part=order]").click()


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_buy_now_shows_the_whole_order_in_the_page(opening: Opening, width: int) -> None:
    with opening("order", path="/products/rope-ring/", width=width) as page:
        page.get_by_text("17", exact=True).first.click()
        buy_now(page)
        sheet = page.get_by_role("dialog", name="Your order")

        expect(sheet.locator(".sheet__line")).to_have_count(1)
        expect(sheet).to_contain_text("Size 17")
        expect(sheet.locator("[data-part=total]")).to_have_text("€64.90")
        expect(sheet).to_contain_text("incl. €13.19 VAT")
        fields = sheet.locator("input:visible:not([type=radio]), select:visible")
        assert [field.get_attribute("name") for field in fields.all()] == [
            "name",
            "street",
            "postcode",
            "city",
            "email",
        ]
        assert page.evaluate("document.querySelector('#order').scrollWidth <= innerWidth")
        assert page.evaluate("storegen.cart.read()") == []
        page.keyboard.press("Escape")
        assert page.evaluate("document.activeElement.dataset.part") == "now"


@pytest.mark.browser
def test_missing_details_are_told_at_their_fields_and_nothing_is_sent(opening: Opening) -> None:
    with opening("order") as page:
        buy_now(page)
        fill(page, name="", email="maija@example")
        press(page)

        assert page.evaluate("document.activeElement.name") == "name"
        assert page.evaluate("document.activeElement.getAttribute('aria-invalid')") == "true"
        told = page.locator("#order .field__error:visible").all_text_contents()
        assert told == ["Please fill this in.", "An address looks like name@example.com."]
        assert page.evaluate("window.opened") is None
        page.locator("#order-name").fill("Maija")
        expect(page.locator("#order-name-error")).to_be_hidden()


@pytest.mark.browser
def test_mail_has_the_signed_order_with_the_buyers_address(opening: Opening) -> None:
    with opening("order") as page:
        buy_now(page)
        fill(page)
        press(page)
        expect(page.get_by_role("heading", name="Did your e-mail program open?")).to_be_focused()

        text = order_of(page)
        (line,) = read_order(text, KEY).lines
        assert (line.count, line.sku, line.signed) == (1, "RG-001", True)
        assert "Total: 54.90 EUR\r\nincl. 25.5% VAT: 11.15 EUR\r\n" in text
        assert text.split("Name and delivery address:\r\n")[1].split("\r\n")[:4] == [
            "Maija Virtanen",
            "Street 1",
            "00100 Oulu",
            "Finland",
        ]
        expect(page.locator("[data-part=sent-to]")).to_have_text("a@shop.example")


@pytest.mark.browser
def test_order_that_did_not_open_goes_by_webmail_or_is_copied(opening: Opening) -> None:
    with opening("order") as page:
        buy_now(page)
        fill(page)
        press(page)
        page.get_by_role("button", name="Gmail").click()
        address = urlsplit(page.evaluate("window.opened.at(-1)"))
        fields = parse_qs(address.query)
        assert (address.netloc, fields["to"], fields["su"]) == (
            "mail.google.com",
            ["a@shop.example"],
            ["Order: Plain band"],
        )
        assert read_order(fields["body"][0], KEY).lines[0].signed
        expect(page.get_by_role("heading", name="Did Gmail open?")).to_be_visible()

        page.get_by_role("button", name="Copy the text").click()
        expect(page.get_by_role("heading", name="The order is copied")).to_be_visible()
        assert "Maija Virtanen" in page.evaluate("navigator.clipboard.readText()")
        page.get_by_role("button", name="Change the order").click()
        expect(page.locator("#order-street")).to_have_value("Street 1")


@pytest.mark.browser
def test_cart_is_emptied_only_when_the_buyer_has_sent_the_order(opening: Opening) -> None:
    with opening("order") as page:
        page.get_by_role("button", name="Add to cart").first.click()
        page.locator("#cart [data-part=order]").click()
        expect(page.locator("#order[open]")).to_be_visible()
        expect(page.locator("#cart")).to_be_hidden()
        fill(page)
        press(page)
        assert [line["sku"] for line in page.evaluate("storegen.cart.read()")] == ["RG-001"]

        page.get_by_role("button", name="I have sent it").click()
        page.wait_for_url("**/thanks/#sent")
        assert page.evaluate("storegen.cart.read()") == []
        expect(page.get_by_role("heading", level=1)).to_have_text("Your order is sent")


@pytest.mark.browser
def test_single_purchase_leaves_the_cart_as_it_is(opening: Opening) -> None:
    with opening("order") as page:
        page.get_by_role("button", name="Add to cart").first.click()
        page.goto("/products/small-hoops/")
        buy_now(page)
        expect(page.locator("#order .sheet__line")).to_have_count(1)
        fill(page)
        press(page)
        page.get_by_role("button", name="I have sent it").click()
        page.wait_for_url("**/thanks/#sent")

        assert [line["sku"] for line in page.evaluate("storegen.cart.read()")] == ["RG-001"]


@pytest.mark.browser
def test_way_back_leads_to_the_cart(opening: Opening) -> None:
    with opening("order") as page:
        page.get_by_role("button", name="Add to cart").first.click()
        page.locator("#cart [data-part=order]").click()
        page.get_by_role("button", name="Back to the cart").click()

        expect(page.locator("#order")).to_be_hidden()
        expect(page.locator("#cart[open]")).to_be_visible()


@pytest.mark.browser
def test_details_are_kept_for_the_session_only(opening: Opening) -> None:
    with opening("order") as page:
        buy_now(page)
        fill(page)
        page.goto("/products/small-hoops/")
        buy_now(page)

        expect(page.locator("#order-city")).to_have_value("Oulu")
        assert "Oulu" not in json.dumps(page.evaluate("({ ...localStorage })"))


@pytest.mark.browser
def test_messenger_needs_no_mail_address(opening: Opening) -> None:
    with opening("order", "whatsapp") as page:
        buy_now(page)
        page.locator("#order").get_by_text("WhatsApp", exact=True).click()
        expect(page.locator("#order-email")).to_be_hidden()
        fill(page)
        press(page)

        href = page.evaluate("window.opened[0]")
        assert href.startswith("https://wa.me/358401234567?text=")
        assert read_order(unquote(href.split("text=")[1]), KEY).lines[0].sku == "RG-001"
        expect(page.get_by_role("heading", name="Did WhatsApp open?")).to_be_visible()


@pytest.mark.browser
def test_whole_cart_is_copied_for_a_chat_that_takes_no_text(opening: Opening) -> None:
    with opening("order", "kakaotalk") as page:
        for name in ("plain-band", "small-hoops"):
            page.goto(f"/products/{name}/")
            page.get_by_role("button", name="Add to cart").first.click()
        page.locator("#cart [data-part=order]").click()
        page.locator("#order").get_by_text("KakaoTalk", exact=True).click()
        fill(page)
        press(page)

        expect(page.get_by_role("heading", name="The order is copied")).to_be_visible()
        assert page.evaluate("window.opened") == ["https://pf.kakao.com/_ZeUTxl/chat"]
        lines = read_order(page.evaluate("navigator.clipboard.readText()"), KEY).lines
        assert [(line.count, line.sku, line.signed) for line in lines] == [(1, "RG-001", True), (1, "ER-002", True)]


@pytest.mark.browser
def test_order_too_long_for_a_link_is_copied(opening: Opening) -> None:
    with opening("order") as page:
        for name in ("plain-band", "small-hoops", "rope-ring"):
            page.goto(f"/products/{name}/")
            if name == "rope-ring":
                page.get_by_text("17", exact=True).first.click()
            page.get_by_role("button", name="Add to cart").first.click()
        page.locator("#cart [data-part=order]").click()
        expect(page.locator("#order[open]")).to_be_visible()
        long = "가나다라마바사아자차카타파하" * 7
        fill(page, name=long, street=long)
        press(page)

        expect(page.locator("#order")).to_contain_text("too long for a link")
        assert order_of(page) == ""
        assert "가나다" in page.evaluate("navigator.clipboard.readText()")


@pytest.mark.browser
def test_address_has_the_order_of_its_country(opening: Opening) -> None:
    def abroad(shop: Shop) -> None:
        shop.edit(
            "site.yaml",
            "countries: [FI]}\nreturns",
            "countries: [FI]}\n    - {id: usa, name: Air mail, price: 19.00, days: 4-9, countries: [US]}\nreturns",
        )

    with opening("order", edit=abroad) as page:
        buy_now(page)
        page.locator("#order-to").select_option("US")
        expect(page.locator("#order [data-part=total]")).to_have_text("€68.00")
        names = page.locator("[data-part=address] input:visible")
        assert [field.get_attribute("name") for field in names.all()] == ["street", "city", "region", "postcode"]
        fill(page, region="OR", postcode="97201")
        press(page)

        assert "Street 1\r\nOulu, OR 97201\r\nUnited States\r\n" in order_of(page)


@pytest.mark.browser
def test_sheet_that_cannot_be_loaded_leaves_the_mail_link(opening: Opening) -> None:
    with opening("order") as page:
        page.route("**/assets/order-sheet.*", lambda route: route.abort())
        page.evaluate("navigation.addEventListener('navigate', (event) => (window.left = event.destination.url))")
        page.locator("[data-part=now]").click()
        page.wait_for_function("window.left")

        assert page.evaluate("window.left").startswith("mailto:a@shop.example?subject=Order%3A%20Plain%20band&body=")


@pytest.mark.browser
def test_payment_link_is_followed_as_before(opening: Opening) -> None:
    with opening("stripe", "order") as page:
        page.locator("[data-part=now]").click()
        assert page.evaluate("window.opened[0]").startswith("https://buy.stripe.com/")
        page.get_by_role("link", name="Order by e-mail").click()
        expect(page.locator("#order[open]")).to_be_visible()


@pytest.mark.browser
def test_payment_posts_the_order_with_the_total_that_it_showed(opening: Opening) -> None:
    posted: list[str] = []

    def answer(route: Route) -> None:
        posted.append(route.request.post_data or "")
        route.fulfill(content_type="text/html", body="<!doctype html><title>pay</title>")

    with opening("card", "order") as page:
        page.route("**/api/checkout", answer)
        page.get_by_role("button", name="Add to cart").first.click()
        page.locator("#cart [data-step='1']").click()
        page.locator("#cart [data-part=order]").click()
        expect(page.locator("#order-name")).to_be_hidden()
        expect(page.locator("#order [data-part=order]")).to_have_text("Go to payment · €103.90")
        press(page)
        page.wait_for_url("**/api/checkout")

        assert parse_qs(posted[0]) == {
            "line": ["RG-001:2"],
            "country": ["FI"],
            "method": ["post"],
            "lang": ["en"],
            "total": ["10390"],
            "from": ["/products/plain-band/"],
        }


@pytest.mark.browser
def test_payment_of_one_article_says_where_it_was_chosen(opening: Opening) -> None:
    posted: list[str] = []

    def answer(route: Route) -> None:
        posted.append(route.request.post_data or "")
        route.fulfill(content_type="text/html", body="pay")

    with opening("card", "order", path="/products/rope-ring/?variant=RG-014-16") as page:
        page.route("**/api/checkout", answer)
        page.locator("[data-part=now]:visible").first.click()
        press(page)
        page.wait_for_url("**/api/checkout")

    assert parse_qs(posted[0])["from"] == ["/products/rope-ring/?variant=RG-014-16"]


@pytest.mark.browser
def test_payment_service_that_asks_nothing_gets_the_buyers_address(opening: Opening) -> None:
    posted: list[str] = []

    def answer(route: Route) -> None:
        posted.append(route.request.post_data or "")
        route.fulfill(content_type="text/html", body="<!doctype html><title>pay</title>")

    def paytrail(shop: Shop) -> None:
        shop.edit("site.yaml", "  provider: [card]\n", "  provider: [card]\n  card: {service: paytrail}\n")

    with opening("card", edit=paytrail) as page:
        page.route("**/api/checkout", answer)
        buy_now(page)
        press(page)
        expect(page.locator("#order-name")).to_be_focused()
        fill(page)
        press(page)
        page.wait_for_url("**/api/checkout")
        sent = parse_qs(posted[0])
        assert {name: sent[name] for name in BUYER} == {name: [value] for name, value in BUYER.items()}


@pytest.mark.browser
def test_way_back_from_the_payment_page_leads_to_the_same_order(opening: Opening) -> None:
    posted: list[str] = []

    def answer(route: Route) -> None:
        posted.append(route.request.post_data or "")
        # The first press has no answer yet; the second one leads to the payment page.
        route.fulfill(status=204) if len(posted) == 1 else route.fulfill(content_type="text/html", body="pay")

    with opening("card", "order") as page:
        page.route("**/api/checkout", answer)
        page.get_by_role("button", name="Add to cart").first.click()
        page.locator("#cart [data-part=order]").click()
        button = page.locator("#order [data-part=order]")
        button.click()
        expect(button).to_have_attribute("aria-busy", "true")
        # Browsers may show the page again as it was left.
        page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
        expect(button).not_to_have_attribute("aria-busy", "true")
        expect(button).to_have_text("Go to payment · €54.90")
        button.click()
        page.wait_for_url("**/api/checkout")
        page.go_back()
        settle(page)
        page.locator("header [data-opens=cart]").click()
        page.locator("#cart [data-part=order]").click()
        button.click()
        page.wait_for_url("**/api/checkout")

    assert posted == [posted[0]] * 3


@pytest.mark.browser
@pytest.mark.parametrize(("single", "left"), [(True, ["ER-002"]), (False, [])])
def test_paid_order_leaves_in_the_cart_what_was_not_paid(
    opening: Opening,
    single: bool,  # noqa: FBT001 - a case
    left: list[str],
) -> None:
    with opening("card", "order", path="/products/small-hoops/") as page:
        page.route(
            "**/api/checkout",
            lambda route: route.fulfill(
                status=303, headers={"Location": "/thanks/?session_id=1&value=54.90&currency=EUR"}
            ),
        )
        page.get_by_role("button", name="Add to cart").first.click()
        page.goto("/products/plain-band/")
        if single:
            buy_now(page)
        else:
            page.locator("header [data-opens=cart]").click()
            page.locator("#cart [data-part=order]").click()
            expect(page.locator("#order[open]")).to_be_visible()
        press(page)
        page.wait_for_url("**/thanks/")

        assert [line["sku"] for line in page.evaluate("storegen.cart.read()")] == left
        expect(page.get_by_role("heading", name="Thank you for your order")).to_be_visible()


@pytest.mark.browser
@pytest.mark.parametrize("providers", [("order",), ("card",)])
def test_surcharge_of_a_postcode_is_seen_before_the_order_is_sent(opening: Opening, providers: tuple[str, ...]) -> None:
    def islands(shop: Shop) -> None:
        shop.edit(
            "site.yaml",
            "countries: [FI]}\nreturns",
            "countries: [FI], surcharges: [{postcodes: [22*], name: Islands, price: 4.00}]}\nreturns",
        )

    with opening(*providers, edit=islands) as page:
        page.route("**/api/checkout", lambda route: route.fulfill(content_type="text/html", body="paid"))
        buy_now(page)
        total = page.locator("#order [data-part=total]")
        expect(total).to_have_text("€54.90")
        fill(page, postcode="22100")
        page.locator("#order-postcode").press("Enter")

        expect(total).to_have_text("€58.90")
        expect(page.locator("#order [data-part=areas]")).to_have_text("Delivery to Islands costs €4.00 more.")
        assert page.evaluate("window.opened") is None
        assert page.url.endswith("/products/plain-band/")
        press(page)
        if providers == ("card",):
            page.wait_for_url("**/api/checkout")
        else:
            expect(page.locator("#order")).to_contain_text("Did your e-mail program open?")
            assert "Total: 58.90 EUR" in order_of(page)


def test_law_asks_for_words_in_the_languages_that_it_is_written_in() -> None:
    assert order_words("de") == "Zahlungspflichtig bestellen"
    assert order_words("de-AT") == order_words("de")
    assert order_words("ko") == ""
    assert {"DE", "FI", "GB"} <= COUNTRIES
    assert {"KR", "US", "CH", "ID"}.isdisjoint(COUNTRIES)


@pytest.mark.browser
@pytest.mark.parametrize(
    ("home", "to", "words"),
    [
        ("DE", "DE", "Zahlungspflichtig bestellen"),
        ("CH", "DE", "Zahlungspflichtig bestellen"),
        ("CH", "CH", "Bestellung senden"),
    ],
)
def test_button_has_the_words_of_the_buyers_or_the_sellers_country(
    opening: Opening, home: str, to: str, words: str
) -> None:
    def german(shop: Shop) -> None:
        shop.edit("site.yaml", "currency: EUR", "languages: [de]\ncurrency: EUR")
        shop.edit("site.yaml", "country: FI", f"country: {home}")
        shop.edit("site.yaml", "countries: [FI]}\nreturns", f"countries: [{to}]}}\nreturns")

    with opening("order", path="/produkte/plain-band/", edit=german) as page:
        buy_now(page)
        expect(page.locator("#order [data-part=order]")).to_have_text(words)


def test_cart_page_holds_the_sheet_and_other_pages_none(make_shop: MakeShop) -> None:
    shop = make_shop(dict(paid_by("order")))
    shop.build()

    assert len(shop.html("cart/index.html").select("dialog#order")) == 1
    assert not [
        path
        for path in shop.output.rglob("*.html")
        if 'id="order"' in path.read_text() and Path(path).parent.name != "cart"
    ]


def test_shop_whose_provider_adds_up_has_no_sheet(make_shop: MakeShop) -> None:
    shop = make_shop(dict(paid_by("shopify")))
    shop.build()

    assert not shop.html("cart/index.html").select("dialog#order")
    assert not re.search("data-sheet", shop.text("products/plain-band/index.html"))


def noscript(shop: Shop, product: str) -> Tag:
    found = shop.html(f"products/{product}/index.html").find("noscript")
    assert isinstance(found, Tag)
    return found


def test_without_scripts_a_card_payment_is_a_form(make_shop: MakeShop) -> None:
    shop = make_shop(dict(paid_by("card", "order")))
    shop.build()
    forms = noscript(shop, "rope-ring").select("form")

    assert [form["action"] for form in forms] == ["/api/checkout"] * 2
    assert forms[1]["method"] == "post"
    fields = {str(field["name"]): field["value"] for field in forms[1].select("input[type=hidden]")}
    assert (fields["line"], fields["price"]) == ("RG-014-17:1", "5900")
    assert forms[1].get_text(strip=True) == "Order size 17 · €59.00"


def test_without_scripts_and_mail_program_the_page_says_what_to_write(make_shop: MakeShop) -> None:
    shop = make_shop(dict(paid_by("order")))
    shop.build()
    text = noscript(shop, "rope-ring").get_text(" ", strip=True)

    assert "RG-014-17" in text
    assert (
        "No e-mail program? Write to a@shop.example: the article number, how many, your name and your address." in text
    )
    other = make_shop(dict(paid_by("stripe")))
    other.build()
    assert "mail program" not in noscript(other, "rope-ring").get_text()


# After the order, and what the cart says before it --------------------------------------------------------------

AFTER = """\
kind: coupon
name: A fifth less on small hoops
products: [small-hoops]
percent: 20
code: AFTER20
after_order: {hours: 48, products: [plain-band]}
"""


def order_one(page: Page) -> None:
    buy_now(page)
    fill(page)
    press(page)
    page.get_by_role("button", name="I have sent it").click()
    page.wait_for_url("**/thanks/#sent")


@pytest.mark.browser
def test_offer_after_the_order_is_for_its_buyers_and_ends_on_their_device(opening: Opening) -> None:
    with opening("order", edit=lambda shop: shop.write("content/offers/after.yaml", AFTER)) as page:
        page.goto("/offers/after/")
        expect(page.locator("main")).to_contain_text("This offer has ended.")
        assert "AFTER20" not in page.locator("main").inner_text()

        page.goto("/products/small-hoops/")
        order_one(page)
        expect(page.get_by_text("Only after this order")).to_be_hidden()

        page.goto("/products/plain-band/")
        order_one(page)
        expect(page.get_by_text("Only after this order")).to_be_visible()
        expect(page.locator("[data-after]")).to_contain_text("You may take it until")
        page.get_by_role("link", name="A fifth less on small hoops").click()
        page.get_by_role("button", name="Put it in my cart").click()
        assert page.evaluate("storegen.cart.kept().code") == "AFTER20"

        page.evaluate("localStorage['storegen.after'] = JSON.stringify({ after: Date.now() - 1 })")
        page.reload()
        expect(page.locator("main")).to_contain_text("This offer has ended.")


def test_offer_after_the_order_is_in_no_list(make_shop: MakeShop) -> None:
    shop = make_shop(FIVE | {"content/offers/after.yaml": AFTER})
    shop.build()

    assert shop.html("offers/after/index.html").select_one("meta[name=robots][content=noindex]")
    linked = {
        path.relative_to(shop.output).as_posix()
        for path in shop.output.rglob("*.html")
        if "/offers/after/" in path.read_text()
    }
    assert linked == {"offers/after/index.html", "thanks/index.html"}
    assert "/offers/after/" not in shop.text("sitemap.xml")


@pytest.mark.browser
def test_thanks_leads_to_the_care_of_what_was_ordered(opening: Opening) -> None:
    def care(shop: Shop) -> None:
        shop.edit("content/products/plain-band.yaml", "price:", "care: Wipe it dry.\nprice:")

    with opening("order", edit=care) as page:
        order_one(page)
        link = page.get_by_role("link", name="Plain band")
        expect(link).to_be_visible()
        assert link.get_attribute("href") == "/support/plain-band/"


@pytest.mark.browser
def test_cart_says_what_a_code_still_needs(opening: Opening) -> None:
    code = "kind: coupon\nname: Spring\neverything: yes\npercent: 10\ncode: SPRING\nmin_total: 67.00\n"
    with opening("order", edit=lambda shop: shop.write("content/offers/spring.yaml", code)) as page:
        page.get_by_role("button", name="Add to cart").first.click()
        cart = page.locator("#cart")
        cart.get_by_text("I have a code").click()
        cart.locator("[data-part=code-field]").fill("spring")
        cart.get_by_role("button", name="Use it").click()

        expect(cart.locator("[data-part=code-says]")).to_contain_text("spring works from €67.00. €18.00 to go.")


@pytest.mark.browser
@pytest.mark.parametrize(
    ("state", "text"), [("changed", "Nothing was charged and nothing is lost"), ("later", "be reached just now")]
)
def test_return_from_the_payment_function_loses_nothing(opening: Opening, state: str, text: str) -> None:
    with opening("card", "order") as page:
        page.route(
            "**/api/checkout",
            lambda route: route.fulfill(status=303, headers={"Location": f"/cart/#{state}"}),
        )
        buy_now(page)
        press(page)
        page.wait_for_url(f"**/cart/#{state}")

        if state == "changed":
            expect(page.locator("#changed")).to_contain_text(text)
            assert [line["sku"] for line in page.evaluate("storegen.cart.read()")] == ["RG-001"]
        else:
            sheet = page.get_by_role("dialog", name="Your order")
            expect(sheet.locator("[data-part=news]")).to_contain_text(text)
            expect(sheet.locator(".sheet__name")).to_contain_text("Plain band")
            sheet.get_by_text("Gmail", exact=True).click()
            expect(page.locator("#order-name")).to_be_visible()


def test_cart_page_says_without_scripts_what_the_payment_function_found(make_shop: MakeShop) -> None:
    shop = make_shop(dict(paid_by("card", "order")))
    shop.build()
    page = shop.html("cart/index.html")

    assert "Nothing was charged" in page.select("#changed")[0].get_text()
    assert "Nothing was charged" in page.select("#later")[0].get_text()
    assert not shop.html("index.html").select("#changed")


VOUCHER = "name: Gift voucher\nsku: GV-50\ncategory: rings\nprice: 50.00\ndelivery: {voucher: yes}\n"


@pytest.mark.browser
def test_voucher_asks_for_its_recipient_and_promises_no_parcel(opening: Opening) -> None:
    with opening(
        "order", path="/products/voucher/", edit=lambda shop: shop.write("content/products/voucher.yaml", VOUCHER)
    ) as page:
        expect(page.locator("main")).to_contain_text("Sent by e-mail; no parcel")
        buy_now(page)
        shown = page.locator("#order input:visible:not([type=radio])")
        assert [field.get_attribute("name") for field in shown.all()] == ["name", "email", "recipient", "date"]
        expect(page.locator("[data-part=ticks]")).to_be_hidden()
        fill(page, recipient="Eero", date="2026-12-24")
        press(page)

        text = order_of(page)
        assert "Who is the voucher for?: Eero" in text
        assert "Send it on: 2026-12-24" in text
        assert "Delivery, " not in text
        assert read_order(text, KEY).lines[0].signed


@pytest.mark.browser
def test_download_needs_two_ticks_where_the_law_asks_for_them(opening: Opening) -> None:
    pattern = "name: Pattern\nsku: PT-1\ncategory: rings\nprice: 5.00\ndelivery: {digital: yes}\n"
    with opening(
        "order", path="/products/pattern/", edit=lambda shop: shop.write("content/products/pattern.yaml", pattern)
    ) as page:
        buy_now(page)
        fill(page)
        press(page)
        assert page.locator("#order .field__error:visible").all_text_contents() == ["Please tick this box."] * 2
        assert not page.locator("#order input[type=checkbox]:checked").count()
        for box in page.locator("#order input[type=checkbox]").all():
            box.check()
        press(page)
        assert "withdraw" in order_of(page)


@pytest.mark.browser
@pytest.mark.parametrize("product", ["pattern", "plain-band"])
def test_thanks_page_says_how_a_download_arrives(opening: Opening, product: str) -> None:
    pattern = "name: Pattern\nsku: PT-1\ncategory: rings\nprice: 5.00\ndelivery: {digital: yes}\n"
    with opening(
        "card",
        path=f"/products/{product}/",
        edit=lambda shop: shop.write("content/products/pattern.yaml", pattern),
    ) as page:
        page.route(
            "**/api/checkout",
            lambda route: route.fulfill(status=303, headers={"Location": "/thanks/?session_id=1&value=5&currency=EUR"}),
        )
        buy_now(page)
        for box in page.locator("#order input[type=checkbox]:visible").all():
            box.check()
        press(page)
        page.wait_for_url("**/thanks/")
        steps = page.locator(".thanks__steps")

        expect(steps.get_by_text("Sent by e-mail after payment; no parcel")).to_be_visible(visible=product == "pattern")
        expect(steps.get_by_text("We check the order and pack it.")).to_be_visible(visible=product != "pattern")


def test_accessory_shows_its_price_with_the_product(make_shop: MakeShop) -> None:
    add_on = "kind: add_on\nname: With a ring\nproducts: [plain-band]\nreduced: [small-hoops]\npercent: 30\n"
    shop = make_shop(dict(FIVE) | {"content/offers/add.yaml": add_on})
    shop.edit("content/products/plain-band.yaml", "price:", "accessories: [small-hoops]\nprice:")
    shop.build()
    text = shop.html("products/plain-band/index.html").get_text(" ", strip=True)

    assert text.count("€31.50") == 1
    assert "€31.50 with this" in text
    assert "€31.50" not in shop.html("products/rope-ring/index.html").get_text()


def test_sheet_says_which_way_does_not_take_what(opening: Opening) -> None:
    def kept(shop: Shop) -> None:
        shop.edit(
            "site.yaml",
            "  provider: [card, order]\n",
            "  provider: [card, order]\n  methods: {card: {not_for: {products: [plain-band]}},"
            " order: {not_for: {products: [polishing-cloth]}}}\n",
        )

    with opening("card", "order", edit=kept) as page:
        ways, note = page.locator("#order .sheet__way"), page.locator("#order [data-part=not]")
        buy_now(page)

        expect(ways.filter(visible=True)).to_have_text(["E-mail program", "Gmail", "Outlook", "Copy the text"])
        expect(note).to_have_text(
            "Not available with “Pay by card”: Plain band. Choose another way to order, or order them separately."
        )

        page.locator("#order [data-closes]").click()
        page.locator("[data-part=add]").click()
        page.goto("/products/polishing-cloth/")
        page.locator("[data-part=add]").click()
        page.locator("#cart [data-part=order]").click()

        expect(page.locator("#order[open]")).to_be_visible()
        expect(ways.filter(visible=True)).to_have_count(0)
        expect(note).to_contain_text("Plain band")
        expect(note).to_contain_text("Polishing cloth")
        expect(page.locator("#order [data-part=order]")).to_be_hidden()
