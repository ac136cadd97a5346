"""The contact page: whether the shop is open at the visitor's moment, who answers, and a chat that waits for a press."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from storegen.errors import ContentError
from storegen.model.chat import CHATS, ChatName, chat_fault, chat_of
from tests.browser import hosted
from tests.conftest import FIVE, MakeShop, five_with
from tests.shop import SITE, Shop

HOURS = (
    "hours: {Mon-Fri: 10:00-17:00, Sat: 10:00-15:00}, closed: [{day: 2026-12-24, until: 2026-12-26, name: Christmas}]"
)
COMPANY = SITE.replace("email: a@shop.example", f"email: a@shop.example, {HOURS}")
TAWK = "0123456789abcdef01234567/default"
CHANNELS = (
    "channels:\n"
    "  - {kind: phone, value: +358 19 000 0000, answer: While we are open, person: aino}\n"
    f"  - {{kind: chat, service: tawk, value: {TAWK}, answer: In a minute, person: aino}}\n"
)
PAGES: dict[str, str | bytes] = {
    "content/pages/contact.md": "---\ntitle: Contact\nlayout: contact\n---\nAsk us.\n",
    "content/pages/privacy.md": "---\ntitle: Privacy\nlayout: privacy\n---\nWe keep little.\n",
    "content/people/aino.md": "---\nname: Aino Salmela\nrole: silversmith\n---\nHello.\n",
}


def shop_of(make_shop: MakeShop, site: str = COMPANY + CHANNELS, *, languages: str = "en") -> Shop:
    return five_with(make_shop, PAGES, f"{site}languages: [{languages}]\n")


@pytest.mark.browser
@pytest.mark.parametrize(
    ("moment", "said"),
    [
        ("2026-11-23T08:30:00Z", "Open now, until 17:00"),  # Monday, 10:30 in Helsinki
        ("2026-11-23T07:59:00Z", "Opens today at 10:00"),
        ("2026-11-23T15:00:00Z", "Opens tomorrow at 10:00"),
        ("2026-11-21T13:00:00Z", "Opens on Monday at 10:00"),  # Saturday at closing time
        ("2026-12-23T15:30:00Z", "Opens on Monday at 10:00"),  # the next day is closed, and the two after it
        ("2026-12-25T10:00:00Z", "Opens on Monday at 10:00"),  # a Friday, closed
    ],
)
def test_it_says_whether_the_shop_is_open_in_its_own_zone(
    browser: Browser, make_shop: MakeShop, moment: str, said: str
) -> None:
    shop = shop_of(make_shop)
    with hosted(shop.output) as address, browser.new_context(timezone_id="America/Los_Angeles") as context:
        page = context.new_page()
        page.clock.set_fixed_time(moment)
        page.goto(f"{address}/contact/")

        expect(page.locator("[data-part=now]")).to_have_text(said)
        today = page.locator(".hours__row[data-today]")
        expect(today).to_have_count(1)
        assert ("Christmas" in today.inner_text()) == moment.startswith("2026-12-25")
        assert (page.locator("[data-open]").count() == 1) == said.startswith("Open now")


@pytest.mark.browser
def test_sentence_follows_the_language_and_a_long_holiday_names_the_day(browser: Browser, make_shop: MakeShop) -> None:
    site = COMPANY.replace("until: 2026-12-26", "until: 2027-01-10")
    shop = shop_of(make_shop, site, languages="en, fi, ko")
    shown = {}
    with hosted(shop.output) as address, browser.new_context() as context:
        page = context.new_page()
        for moment in ("2026-11-28T13:30:00Z", "2026-12-25T10:00:00Z"):
            page.clock.set_fixed_time(moment)
            for language in ("", "fi/", "ko/"):
                page.goto(f"{address}/{language}contact/")
                expect(page.locator("[data-part=now]")).to_be_visible()
                shown[moment[:10], language] = page.locator("[data-part=now]").inner_text()

    assert list(shown.values()) == [
        "Opens on Monday at 10:00",
        "Avataan maanantaina klo 10.00",
        "월요일 오전 10:00에 엽니다",
        "Opens on Monday 11 January at 10:00",
        "Seuraavan kerran avoinna maanantai 11. tammikuuta klo 10.00",
        "1월 11일 월요일 오전 10:00에 엽니다",
    ]


def test_page_without_scripts_shows_the_hours_and_no_sentence(make_shop: MakeShop) -> None:
    (box,) = shop_of(make_shop).html("contact/index.html").select("opening-hours")

    assert box.select_one("[data-part=now][hidden]")
    assert "Mon" in box.get_text()
    assert "10–17" in box.get_text()


def test_each_channel_names_its_person_and_promise(make_shop: MakeShop) -> None:
    phone, chat = shop_of(make_shop).html("contact/index.html").select(".channel")

    for channel, promise in ((phone, "While we are open"), (chat, "In a minute")):
        text = channel.get_text(" ", strip=True)
        assert "Aino Salmela" in text
        assert promise in text


@pytest.mark.browser
def test_chat_asks_nothing_of_its_service_before_the_press(browser: Browser, make_shop: MakeShop) -> None:
    shop = shop_of(make_shop)
    asked: list[str] = []
    with hosted(shop.output) as address, browser.new_context() as context:
        page = context.new_page()
        context.route("https://tawk.to/**", lambda route: route.fulfill(body="<p>A chat</p>", content_type="text/html"))
        page.on("request", lambda request: None if request.url.startswith(address) else asked.append(request.url))
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.goto(f"{address}/contact/")
        start = page.get_by_role("link", name="Start a chat")
        expect(start).to_be_visible()
        assert asked == []

        start.click()
        expect(page.frame_locator("iframe.channel__chat").get_by_text("A chat")).to_be_visible()
        assert asked == [f"https://tawk.to/chat/{TAWK}"]
        assert said == []
        assert context.pages == [page]


@pytest.mark.browser
def test_chat_opens_at_its_service_without_scripts(browser: Browser, make_shop: MakeShop) -> None:
    link = shop_of(make_shop).html("contact/index.html").select_one(".channel [data-player]")

    assert link
    assert link["href"] == f"https://tawk.to/chat/{TAWK}"
    assert (link["target"], link["rel"]) == ("_blank", ["noopener"])


def test_policy_and_privacy_name_the_chat_that_is_used(make_shop: MakeShop) -> None:
    shop = shop_of(make_shop)

    assert "frame-src https://tawk.to;" in shop.text("_headers")
    assert "The chat by tawk.to is loaded only after you press it." in shop.text("privacy/index.html")
    shop.edit("site.yaml", f"service: tawk, value: {TAWK}", "service: tidio, value: 0123456789abcdefghijklmnopqrstuv")
    shop.build()
    assert "frame-src 'none'" in shop.text("_headers")
    assert "https://www.tidio.com/talk/0123456789abcdefghijklmnopqrstuv" in shop.text("contact/index.html")
    assert "data-player" not in shop.text("contact/index.html")


@pytest.mark.parametrize("service", CHATS)
def test_each_service_has_an_example_that_is_an_address(service: ChatName) -> None:
    found = CHATS[service]

    assert chat_fault(service, found.example, "") is None
    assert chat_of(service, found.example, "").page.startswith(f"{found.server}/")
    assert chat_fault(service, f"{found.example}<", "") is not None


@pytest.mark.parametrize(
    ("channel", "said"),
    [
        ("{kind: chat, service: crisp, value: my shop}", "channels.0.value: expected the id at Crisp like 01234567-"),
        ("{kind: phone, service: crisp, value: '1'}", "channels.0.service: only a chat has a service, this is phone"),
        (f"{{kind: chat, service: tawk, value: {TAWK}, link: 'https://a.example'}}", "channels.0.link: only Chatwoot"),
        (
            "{kind: chat, service: chatwoot, value: 0123456789ABCDEFabcdefgh, link: 'https://a.example/x'}",
            "channels.0.link: expected the address of your server like https://chat.example.com",
        ),
        ("{kind: email, value: a@shop.example, person: nobody}", 'channels.0.person: no person "nobody"'),
    ],
)
def test_mistake_in_a_channel_is_told(make_shop: MakeShop, channel: str, said: str) -> None:
    with pytest.raises(ContentError) as caught:
        make_shop({**FIVE, "site.yaml": f"{SITE}channels: [{channel}]\n"}).build()

    assert any(said in str(problem) for problem in caught.value.problems)


def test_own_server_of_chatwoot_is_framed(make_shop: MakeShop) -> None:
    token = CHATS["chatwoot"].example
    site = f"{SITE}channels: [{{kind: chat, service: chatwoot, value: {token}, link: 'https://chat.shop.example'}}]\n"
    shop = five_with(make_shop, PAGES, site)

    page: Any = shop.html("contact/index.html").select_one("[data-player]")
    assert page["data-player"] == f"https://chat.shop.example/widget?website_token={token}"
    assert "frame-src https://chat.shop.example;" in shop.text("_headers")


def test_days_stand_in_the_page_as_data(make_shop: MakeShop) -> None:
    (row,) = shop_of(make_shop).html("contact/index.html").select("[data-first]")

    assert (row["data-first"], row["data-last"]) == ("2026-12-24", "2026-12-26")
    assert dt.date.fromisoformat(str(row["data-first"]))


@pytest.mark.parametrize("hours", [True, False])
@pytest.mark.parametrize(
    ("head", "text", "leads"),
    [("", "Aino answers.", True), ("summary: Ask.\n", "Aino answers.", False), ("", "Aino answers. " * 40, False)],
)
def test_few_words_stand_below_the_heading(
    make_shop: MakeShop, head: str, text: str, *, hours: bool, leads: bool
) -> None:
    page: dict[str, str | bytes] = {
        "content/pages/contact.md": f"---\ntitle: Contact\nlayout: contact\n{head}---\n{text}\n"
    }
    shop = five_with(make_shop, {**PAGES, **page}, COMPANY if hours else SITE)
    made = shop.html("contact/index.html")
    (header,) = made.select("header.info-head")

    assert ("Aino answers." in header.text) is leads
    assert " ".join(each.text for each in made.select("main")).count("Aino answers.") == text.count("Aino answers.")
