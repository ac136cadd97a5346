"""The page where a visitor finds a parcel: with a keyboard, on a phone, without JavaScript, and built no more than needed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.browser import hosted, settle
from tests.conftest import FIVE, MakeShop
from tests.shop import SITE, Shop

OWN = '{id: bob, name: Bob\'s vans, link: "https://bob.example/?p={number}&x=1", numbers: "BV[0-9]{8}"}'
TRACKED = (
    SITE + f"tracking: {{carriers: [posti, ups, jne, hanjin, lotte, {OWN}, 17track]}}\nfooter: {{Help: [track]}}\n"
)
UPS = "1Z999AA10123456784"


@pytest.fixture
def tracked(make_shop: MakeShop) -> Shop:
    contact = "---\ntitle: Contact\nlayout: contact\n---\n"
    shop = make_shop(FIVE | {"site.yaml": TRACKED, "content/pages/contact.md": contact})
    shop.build()
    return shop


@pytest.fixture
def address(tracked: Shop) -> Iterator[str]:
    with hosted(tracked.output) as address:
        yield address


def opened(browser: Browser, address: str, **options: object) -> tuple[BrowserContext, Page, list[str]]:
    """Open a page whose requests to other hosts are answered here and noted."""
    context = browser.new_context(**{"viewport": {"width": 390, "height": 844}, "reduced_motion": "reduce", **options})  # type: ignore[arg-type]
    foreign: list[str] = []

    def answer(route: Route) -> None:
        if route.request.url.startswith("http://127.0.0.1"):
            route.continue_()
        else:
            foreign.append(
                f"{route.request.method} {route.request.url} {route.request.headers.get('referer', '')}".strip()
            )
            route.fulfill(body="the carrier", content_type="text/html")

    context.route("**/*", answer)
    page = context.new_page()
    page.goto(address)
    return context, page, foreign


# ----------------------------------------------------------------------------- in the browser


@pytest.mark.browser
def test_number_is_typed_recognised_and_opened_with_the_keyboard_on_a_phone(browser: Browser, address: str) -> None:
    context, page, foreign = opened(browser, f"{address}/track/")
    field = page.get_by_role("textbox", name="Tracking number", exact=True)
    field.focus()
    page.keyboard.type("1z 999 aa1 01 2345 678")
    expect(page.get_by_text("UPS number")).to_have_count(0)
    page.keyboard.type("4")

    expect(page.locator(".parcel__result")).to_contain_text("This is a UPS number")
    expect(page.locator(".parcel__result")).to_contain_text("1Z99 9AA1 0123 4567 84")
    expect(page.locator(".parcel [role=status]")).to_have_text("This is a UPS number")
    assert page.locator(".parcel .button--main:visible").count() == 1
    assert foreign == []
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Open at UPS")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("https://www.ups.com/**")

    assert foreign[0] == f"GET https://www.ups.com/track?tracknum={UPS}"
    context.close()


@pytest.mark.browser
def test_other_carriers_are_links_with_the_number(browser: Browser, address: str) -> None:
    context, page, _ = opened(browser, f"{address}/track/#n=123456789012")
    box = page.locator(".parcel__result")

    expect(box).to_contain_text("This looks like a Hanjin number")
    names = [link.inner_text() for link in box.locator(".parcel__others a").all()]
    assert names == ["Lotte", "Posti", "UPS", "JNE", "Bob's vans", "17TRACK"]
    links = box.locator("a[href^='https']")
    assert all("noreferrer" in (link.get_attribute("rel") or "") for link in links.all())
    assert box.get_by_role("link", name="Lotte").get_attribute("href") == (
        "https://www.lotteglogis.com/home/reservation/tracking/linkView?InvNo=123456789012"
    )
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize("where", ["?n=", "#n="])
def test_mail_leads_to_the_page_with_the_number_filled_in(browser: Browser, address: str, where: str) -> None:
    context, page, foreign = opened(browser, f"{address}/track/{where}BV12345678")

    expect(page.get_by_role("textbox", name="Tracking number", exact=True)).to_have_value("BV12345678")
    expect(page.get_by_role("link", name="Open at Bob's vans")).to_have_attribute(
        "href", "https://bob.example/?p=BV12345678&x=1"
    )
    assert foreign == []
    assert page.url == f"{address}/track/"
    page.goto(f"{address}/track/?utm_source=mail&n=BV12345678#n=BV87654321")
    expect(page.get_by_role("link", name="Open at Bob's vans")).to_have_attribute("href", re.compile("BV87654321"))
    assert page.url == f"{address}/track/?utm_source=mail"
    context.close()


@pytest.mark.browser
def test_number_is_found_in_a_pasted_line(browser: Browser, address: str) -> None:
    context, page, foreign = opened(browser, f"{address}/track/", permissions=["clipboard-read", "clipboard-write"])
    field = page.get_by_role("textbox", name="Tracking number", exact=True)
    line = "Your order 1001 has been sent today by UPS, with the tracking number 1Z 999 AA1 01 2345 6784. Thank you!"
    page.evaluate("text => navigator.clipboard.writeText(text)", line)
    field.focus()
    page.keyboard.press("Control+V")

    expect(page.get_by_role("link", name="Open at UPS")).to_have_attribute("href", re.compile(f"tracknum={UPS}$"))
    assert foreign == []
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("1Z999AA10123456785", "One digit seems wrong It looks like a UPS"),
        ("ABCDEFGH", "None of our carriers uses numbers like this"),
        ("a/b", "This can’t be a tracking number"),
        ("<img src=x onerror=alert(1)>", "This can’t be a tracking number"),
    ],
)
def test_wrong_number_is_explained_once_it_is_sent(browser: Browser, address: str, typed: str, said: str) -> None:
    context, page, _ = opened(browser, f"{address}/track/")
    field = page.get_by_role("textbox", name="Tracking number", exact=True)
    field.fill(typed)
    expect(page.get_by_text(said[:20])).to_be_hidden()
    field.press("Enter")

    expect(page.locator(".parcel__result")).to_contain_text(said)
    expect(page.locator("[data-part=found]")).to_be_hidden()
    context.close()


@pytest.mark.browser
def test_carrier_without_an_agreed_address_gets_its_page_and_a_copied_number(browser: Browser, address: str) -> None:
    context, page, _ = opened(
        browser, f"{address}/track/#n=0101-9000-1491-925", permissions=["clipboard-read", "clipboard-write"]
    )

    expect(page.get_by_role("link", name="Open at JNE")).to_have_attribute(
        "href", "https://www.jne.co.id/tracking-package"
    )
    expect(page.locator(".parcel__result")).to_contain_text("Copy it, and paste it there.")
    page.get_by_role("button", name="Copy the number").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == "010190001491925"
    context.close()


@pytest.mark.browser
def test_each_carrier_works_without_javascript(browser: Browser, address: str) -> None:
    context, page, foreign = opened(browser, f"{address}/track/", java_script_enabled=False)
    expect(page.get_by_role("textbox", name="Tracking number", exact=True)).to_be_hidden()
    expect(page.get_by_role("link", name="Open at Posti")).to_have_attribute("href", "https://www.posti.fi/en/tracking")
    page.get_by_label("Bob's vans: tracking number").fill("BV 1")
    page.get_by_role("button", name="Open at Bob's vans").click()
    assert foreign == []
    page.get_by_label("Bob's vans: tracking number").fill("BV12345678")
    page.get_by_role("button", name="Open at Bob's vans").click()
    page.wait_for_url("https://bob.example/**")

    method, url = foreign[0].split(" ")
    assert (method, urlsplit(url).path, sorted(urlsplit(url).query.split("&"))) == ("GET", "/", ["p=BV12345678", "x=1"])
    context.close()


@pytest.mark.browser
def test_result_moves_nothing_when_the_number_comes_with_the_address(browser: Browser, address: str) -> None:
    from tests.theme.test_looks import SHIFT, VISIBLE

    for width in (390, 1280):
        for number in ("", f"#n={UPS}"):
            context, page, _ = opened(browser, f"{address}/track/{number}", viewport={"width": width, "height": 844})
            settle(page)
            assert page.evaluate(SHIFT) < VISIBLE, (width, number)
            context.close()


# ----------------------------------------------------------------------------- as built


def test_page_is_made_only_where_carriers_are_chosen(five: Shop) -> None:
    five.build()

    assert not five.has("track/index.html")
    assert "form-action 'self' mailto:;" in five.text("_headers")
    assert "parcel." not in five.text("index.html")


def test_script_is_loaded_on_its_page_only(tracked: Shop) -> None:
    script = re.compile(r"/assets/parcel\.[0-9a-f]+\.js")

    assert script.search(tracked.text("track/index.html"))
    assert not script.search(tracked.text("index.html"))
    assert "parcel-finder" not in next((tracked.output / "assets").glob("theme.*.js")).read_text()


def test_policy_lets_forms_lead_to_the_carriers_from_their_page_only(tracked: Shop) -> None:
    allowed = "form-action 'self' mailto: https://bob.example https://www.hanjin.com https://www.lotteglogis.com https://www.ups.com;"

    assert allowed in tracked.text("_headers")
    assert allowed in tracked.text("track/index.html").replace("&#39;", "'")
    assert "bob.example" not in tracked.text("index.html")


def test_page_stands_in_the_foot_the_sitemap_and_on_service_pages(tracked: Shop) -> None:
    home, contact = tracked.html("index.html"), tracked.html("contact/index.html")

    assert home.select_one(".footer a[href='/track/']").get_text() == "Track a parcel"  # type: ignore[union-attr]
    assert contact.select_one(".service-links a[href='/track/']")
    assert "<loc>https://shop.example/track/</loc>" in tracked.text("sitemap.xml")
    assert tracked.jsonld("track/index.html")[0]["@type"] == "BreadcrumbList"


def test_every_language_has_the_page_in_its_words_and_addresses(make_shop: MakeShop) -> None:
    shop = make_shop(
        FIVE
        | {
            "site.yaml": TRACKED + "languages: [en, fi]\n",
            "site.fi.yaml": 'tracking: {steps: [{title: Tilaus, text: "Katso [sormus](product:rope-ring)."}]}\n',
        }
    )
    shop.build()
    finnish = shop.html("fi/seuranta/index.html")

    assert finnish.title
    assert "Seuraa lähetystä" in finnish.title.get_text()
    assert "https://www.posti.fi/seuranta/{number}" in shop.text("fi/seuranta/index.html")
    assert "https://www.posti.fi/en/tracking/{number}" in shop.text("track/index.html")
    assert finnish.select_one(".step a[href='/fi/tuotteet/rope-ring/']")
    assert shop.html("track/index.html").select_one("link[hreflang=fi]")["href"] == "https://shop.example/fi/seuranta/"  # type: ignore[index]


def test_change_of_carriers_makes_only_the_page_and_the_headers(tracked: Shop) -> None:
    tracked.edit("site.yaml", "lotte, ", "fedex, ")
    changed = {change.output.path for change in tracked.build().made}
    tracked.edit("site.yaml", "BV[0-9]{8}", "BV[0-9]{9}")
    pattern = {change.output.path for change in tracked.build().made}

    assert changed == {"track/index.html", "_headers"}
    assert pattern == {"track/index.html"}
    assert tracked.build().made == ()


def test_last_carrier_taken_away_removes_the_page(tracked: Shop) -> None:
    tracked.write("site.yaml", SITE)
    report = tracked.build()

    assert "track/index.html" in report.removed
    assert not tracked.has("track/index.html")


def test_theme_without_the_page_builds_with_a_warning_and_without_links_to_it(tracked: Shop) -> None:
    from tests.build.test_incremental import BASE

    small = {name: text for name, text in BASE.items() if name.startswith("themes/") and "track" not in name}
    for name, text in small.items():
        tracked.write(name, text)
    tracked.write(
        "themes/small/fragments/footer.html",
        "<footer>{% for c in shared.columns %}{% for l in c.links %}{{ l.href }}{% endfor %}{% endfor %}</footer>",
    )
    tracked.write("site.yaml", f"{TRACKED}theme: {{name: small}}\n")
    report = tracked.build()

    assert (
        "site.yaml:13: tracking.carriers: the theme small has no pages/track.html, so the shop has no tracking page"
    ) in report.warnings
    assert not tracked.has("track/index.html")
    assert "<footer></footer>" in tracked.text("index.html")


def test_known_carrier_may_get_another_address(make_shop: MakeShop) -> None:
    own = '{id: posti, link: "https://posti.example/{number}"}'
    shop = make_shop(FIVE | {"site.yaml": f"{SITE}tracking: {{carriers: [{own}]}}\n"})
    shop.build()
    page = shop.text("track/index.html")

    assert "https://posti.example/{number}" in page
    assert "www.posti.fi/seuranta" not in page
    assert "JJFI" in page


def test_ways_of_delivery_stand_beside_their_carrier(make_shop: MakeShop) -> None:
    site = TRACKED.replace("{id: post, name: Post, ", "{id: post, name: To a locker, carrier: Posti, ")
    shop = make_shop(FIVE | {"site.yaml": site})
    shop.build()

    row = next(row for row in shop.html("track/index.html").select(".carriers tr") if "Posti" in row.get_text())
    assert "To a locker" in row.get_text()


def test_steps_hold_values_of_the_site(make_shop: MakeShop) -> None:
    steps = "17track], steps: [{title: 'Before {send_before}'}]}"
    shop = make_shop(FIVE | {"site.yaml": TRACKED.replace("17track]}", steps)})
    shop.build()

    assert shop.html("track/index.html").select_one(".step__title").get_text() == "Before 14:00"  # type: ignore[union-attr]


def test_page_tells_what_happens_next_from_the_shop_s_data_if_no_steps_are_written(make_shop: MakeShop) -> None:
    site = f"{SITE}forms: {{review: email}}\ntracking: {{carriers: [posti]}}\n"
    shop = make_shop({**FIVE, "site.yaml": site, "content/pages/returns.md": "---\ntitle: Returns\n---\nIn its box.\n"})
    shop.build()
    steps = [step.get_text(" ", strip=True) for step in shop.html("track/index.html").select(".step")]

    assert [step.partition(" We ")[0].partition(" It arrives in")[0] for step in steps[:2]] == [
        "We pack it",
        "It is on its way",
    ]
    assert "1–3" in steps[1]
    assert "You have 30 days to return it." in steps[2]
    links = [link["href"] for link in shop.html("track/index.html").select(".step a")]
    assert links == ["/returns/", "/forms/review/"]
