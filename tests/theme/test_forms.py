"""Forms in a browser: what a visitor sees, and what is sent."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from urllib.parse import parse_qs, parse_qsl, unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, Request, Route, expect

from tests.browser import hosted, settle
from tests.conftest import FIVE
from tests.paying import paid_by
from tests.shop import SITE, Shop

CONTACT = "---\ntitle: Contact\nquestions:\n- {question: Where is it?, answer: Here.}\n---\nWrite.\n"
GUIDE = "---\ntitle: Silver\nsummary: All about it.\n---\nText.\n\n![](form:review)\n\nMore, [a survey](form:survey).\n"
FORMSPREE = "https://formspree.io/f/abcdwxyz"
MAILERLITE = "https://assets.mailerlite.com/jsonp/1/forms/2/subscribe"
# What links opened: mail programs don't open in tests.
LISTEN = """
addEventListener("click", (event) => {
  const link = event.target.closest?.("a");
  if (!link || event.defaultPrevented || !/^(mailto:|https:)/.test(link.href)) return;
  window.opened = [...(window.opened ?? []), link.href];
  event.preventDefault();
});
addEventListener("securitypolicyviolation", (event) => { window.refused = event.violatedDirective; });
"""
SITES = {
    "mail": "",
    "service": f"forms: {{default: {FORMSPREE}, newsletter: {MAILERLITE}, survey: email, order: {FORMSPREE}}}\n",
}
Opening = Callable[..., AbstractContextManager[Page]]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Shop]:
    """Return a shop whose forms go by e-mail, and one whose forms go to services."""
    found = {}
    for name, forms in SITES.items():
        files = {**FIVE, "content/pages/contact.md": CONTACT}
        if name == "service":
            files = {**paid_by("order"), **files, "content/guides/silver.md": GUIDE}
        site = str(files.get("site.yaml", SITE))
        found[name] = Shop(tmp_path_factory.mktemp(name), {**files, "site.yaml": f"{site}{forms}"})
        found[name].build()
    return found


@pytest.fixture
def opening(browser: Browser, built: dict[str, Shop]) -> Opening:
    @contextmanager
    def open_(shop: str, path: str, *, script: bool = True) -> Iterator[Page]:
        with hosted(built[shop].output) as address:
            context = browser.new_context(
                viewport={"width": 390, "height": 800},
                reduced_motion="reduce",
                base_url=address,
                java_script_enabled=script,
                permissions=["clipboard-read", "clipboard-write"],
            )
            page = context.new_page()
            page.add_init_script(LISTEN)
            page.goto(path)
            if script:
                settle(page)
            yield page
            if script:
                assert page.evaluate("window.refused") is None
            context.close()

    return open_


def write(page: Page, **values: str) -> None:
    for name, value in values.items():
        page.locator(f"[data-field={name}] :is(input, textarea)").first.fill(value)


def press(page: Page) -> None:
    page.locator("shop-form [data-part=send]").click()


@contextmanager
def answered(page: Page, pattern: str, answer: str = "<p>Taken</p>") -> Iterator[list[Request]]:
    """Answer requests to a service in its place; yields them."""
    requests: list[Request] = []

    def take(route: Route) -> None:
        requests.append(route.request)
        route.fulfill(body=answer, content_type="text/html")

    page.route(pattern, take)
    yield requests


def sent(request: Request) -> dict[str, str]:
    return dict(parse_qsl(request.post_data or "", keep_blank_values=True))


@pytest.mark.browser
def test_mail_program_opens_with_everything_written(opening: Opening) -> None:
    with opening("mail", "/contact/") as page:
        write(page, email="katri@example.com", about="Order 7", message="Too big.\nCan I change it?")
        press(page)
        expect(page.locator("[data-part=sent]")).to_contain_text("Did your e-mail program open?")
        (href,) = page.evaluate("window.opened")

        assert href.startswith("mailto:a@shop.example?")
        query = parse_qs(urlsplit(href).query)
        assert query["subject"] == ["Message: Order 7"]
        body = "Your e-mail: katri@example.com\r\nWhat is it about?: Order 7\r\n\r\nToo big.\r\nCan I change it?"
        assert unquote(href.split("body=")[1]) == body
        expect(page.locator("[data-part=sent]")).to_contain_text("a@shop.example")

        page.get_by_role("button", name="Gmail").click()
        expect(page.locator("[data-part=opened]")).to_have_text("Did Gmail open?")
        assert "Can%20I%20change%20it" in page.evaluate("window.opened.at(-1)")
        page.get_by_role("button", name="Copy the text").click()
        expect(page.locator("[data-part=opened]")).to_have_text("The text is copied")
        assert page.evaluate("navigator.clipboard.readText()") == body.replace("\r\n", "\n")

        page.get_by_role("button", name="Change the text").click()
        expect(page.locator("[data-field=message] textarea")).to_have_value("Too big.\nCan I change it?")


@pytest.mark.browser
def test_missing_and_wrong_fields_are_told_and_nothing_is_sent(opening: Opening) -> None:
    with opening("mail", "/forms/review/") as page:
        press(page)
        faults = page.locator(".field__error:visible")
        expect(faults).to_have_count(5)
        expect(faults.first).to_have_text("Please fill this in.")
        expect(page.locator("[data-field=product] input")).to_be_focused()
        expect(page.locator("[data-part=faults] a")).to_have_text(
            ["Product", "Your rating", "What was it like?", "Your name, as it is published", "Your e-mail"]
        )
        page.locator("[data-part=faults] a").last.click()
        expect(page.locator("[data-field=email] input")).to_be_focused()

        write(page, product="Ring", message="Good.", name="Katri", email="katri@example")
        page.locator("[data-field=rating]").get_by_text("4").click()
        press(page)
        expect(faults).to_have_text(["An address looks like name@example.com."])
        expect(page.locator("[data-field=email] input")).to_have_attribute("aria-invalid", "true")
        expect(page.locator("[data-part=faults]")).to_be_hidden()
        assert page.evaluate("window.opened") is None

        write(page, email="katri@example.com")
        expect(faults).to_have_count(0)
        press(page)
        assert "Your%20rating%3A%204" in page.evaluate("window.opened[0]")


@pytest.mark.browser
def test_typed_text_is_kept_in_the_tab(opening: Opening) -> None:
    with opening("mail", "/contact/") as page:
        write(page, email="katri@example.com", message="Half a sentence")
        page.reload()
        expect(page.locator("[data-field=message] textarea")).to_have_value("Half a sentence")
        other = page.context.new_page()
        other.goto("/contact/")
        settle(other)
        expect(other.locator("[data-field=message] textarea")).to_have_value("")


@pytest.mark.browser
def test_question_about_a_product_names_it(opening: Opening) -> None:
    with opening("mail", "/products/plain-band/") as page:
        page.get_by_role("link", name="Ask about this product").or_(
            page.get_by_role("link", name="Ask your own question")
        ).first.click()
        expect(page.locator("[data-field=about] input")).to_have_value("Plain band, RG-001")
        expect(page.locator("shop-form")).to_be_in_viewport()


@pytest.mark.browser
def test_text_of_an_address_is_only_ever_a_value(opening: Opening) -> None:
    with opening("mail", "/contact/?product=<img src=x onerror=alert(1)>") as page:
        expect(page.locator("[data-field=about] input")).to_have_value("<img src=x onerror=alert(1)>")
        assert page.locator("shop-form img").count() == 0


@pytest.mark.browser
@pytest.mark.parametrize("script", [True, False])
def test_service_receives_the_form_and_the_policy_allows_it(opening: Opening, *, script: bool) -> None:
    with (
        opening("service", "/contact/", script=script) as page,
        answered(page, "https://formspree.io/**") as requests,
    ):
        write(page, email="katri@example.com", about="Order 7", message="Too big.")
        press(page)
        expect(page.get_by_text("Taken")).to_be_visible()
        (request,) = requests

        assert (request.method, request.url) == ("POST", FORMSPREE)
        assert sent(request) == {
            "email": "katri@example.com",
            "about": "Order 7",
            "message": "Too big.",
            "_subject": "Message: Order 7" if script else "Message",
            "_next": "https://shop.example/forms/contact/thanks/",
            "_gotcha": "",
        }
        page.goto("/contact/")
        expect(page.locator("[data-field=message] textarea")).to_have_value("")


@pytest.mark.browser
def test_way_back_shows_what_was_sent(opening: Opening) -> None:
    with opening("service", "/contact/") as page, answered(page, "https://formspree.io/**"):
        write(page, email="katri@example.com", message="Too big.")
        press(page)
        expect(page.get_by_text("Taken")).to_be_visible()
        page.go_back()
        expect(page.locator("[data-field=message] textarea")).to_have_value("Too big.")
        expect(page.locator("[data-part=send]")).not_to_have_attribute("aria-busy", "true")


@pytest.mark.browser
def test_script_sends_what_is_answered_with_data_and_says_what_happens_next(opening: Opening) -> None:
    with (
        opening("service", "/forms/newsletter/") as page,
        answered(page, "https://assets.mailerlite.com/**", '{"success":true}') as requests,
    ):
        write(page, email="katri@example.com")
        press(page)
        page.wait_for_url("**/forms/newsletter/thanks/")
        assert sent(requests[0]) == {"fields[email]": "katri@example.com", "ml-submit": "1", "anticsrf": "true"}
        expect(page.get_by_role("heading", level=1)).to_have_text("Thank you. It has reached us.")
        expect(page.get_by_text("Check your inbox.")).to_be_visible()
        assert page.locator("meta[name=robots]").get_attribute("content") == "noindex"


@pytest.mark.browser
def test_form_that_cannot_be_sent_says_so(opening: Opening) -> None:
    with opening("service", "/forms/newsletter/") as page:
        page.route("https://assets.mailerlite.com/**", lambda route: route.abort())
        write(page, email="katri@example.com")
        press(page)
        expect(page.locator("[data-part=failed]")).to_contain_text("It could not be sent.")
        expect(page.locator("[data-field=email] input")).to_have_value("katri@example.com")


@pytest.mark.browser
def test_guide_shows_its_form_and_the_newsletter(opening: Opening) -> None:
    with opening("service", "/guides/silver/") as page:
        expect(page.locator("shop-form")).to_have_count(2)
        expect(page.locator(".prose shop-form .form__title")).to_have_text("Write a review")
        expect(page.locator("shop-form[data-kind=newsletter]")).to_be_visible()
        assert page.get_by_role("link", name="a survey").get_attribute("href") == "/forms/survey/"
        write(page, product="Ring")
        page.locator("shop-form[data-kind=review] [data-part=send]").click()
        expect(page.locator("shop-form[data-kind=review] .field__error:visible")).to_have_count(4)


@pytest.mark.browser
def test_order_goes_to_the_form_service_and_empties_the_cart(opening: Opening) -> None:
    with (
        opening("service", "/products/plain-band/") as page,
        answered(page, "https://formspree.io/**") as requests,
    ):
        page.locator("[data-part=add]").click()
        page.locator("#cart[open] [data-part=order]").click()
        sheet = page.locator("#order[open]")
        expect(sheet.locator("[name=way]:checked")).to_have_value("form")
        for name, value in {"name": "Katri", "street": "Street 1", "postcode": "00100", "city": "Oulu"}.items():
            sheet.locator(f"#order-{name}").fill(value)
        sheet.locator("#order-email").fill("katri@example.com")
        sheet.locator("[data-part=order]").click()
        expect(page.get_by_text("Taken")).to_be_visible()
        fields = sent(requests[0])

        assert (fields["name"], fields["email"]) == ("Katri", "katri@example.com")
        assert "[RG-001]" in fields["message"]
        assert "Street 1" in fields["message"]
        assert fields["_next"] == "https://shop.example/thanks/#sent"
        assert fields["_subject"].startswith("Order")

        page.goto("/cart/")
        expect(page.get_by_text("Plain band").first).to_be_visible()
        page.goto("/thanks/#sent")  # where the service leads
        expect(page.get_by_role("heading", level=1)).to_have_text("Your order is sent")
        page.goto("/cart/")
        expect(page.locator("shop-cart")).to_contain_text("Nothing here yet")


def test_form_without_a_script_names_its_fields_for_people(built: dict[str, Shop]) -> None:
    form = built["mail"].html("contact/index.html").select_one("shop-form form")
    assert form is not None

    assert (form["action"], form["enctype"]) == ("mailto:a@shop.example?subject=Message", "text/plain")
    names = [each["name"] for each in form.select("input, textarea")]
    assert names == ["Your e-mail", "What is it about?", "Your message"]


def test_pages_without_a_form_load_nothing_of_it(built: dict[str, Shop]) -> None:
    assert "form." not in str(built["mail"].html("products/plain-band/index.html").find_all(["link", "script"]))
    links = str(built["mail"].html("contact/index.html").find_all(["link", "script"]))
    assert "/assets/form." in links
    assert "/assets/field." in links
