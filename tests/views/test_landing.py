"""Lead pages: a question, a form and an answer, with nothing for sale, and the way from there to the cart."""

from __future__ import annotations

import datetime as dt
import http.server
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, Page, expect

from storegen.build import Options
from storegen.build.mails import make_series
from storegen.cli.funnel_command import command as funnel
from storegen.cli.new_command import command as new
from storegen.errors import ContentError
from tests.browser import settle
from tests.checkout.test_payment_function import sum_of
from tests.conftest import FIVE, MakeShop
from tests.forms.standin import Received, send, stand_in
from tests.payment_hosts import HOSTS, payment_service, published
from tests.pressing import PAGE as PAYMENT
from tests.shop import SITE, Shop, png
from tests.typed_requests import nested

QUESTION = """\
---
title: Which ring is right for you?
summary: Tell us how your hands spend the day.
choose: My hands are
answers:
  - text: In water
    reply: Take **a plain one**. See [how to measure](guide:ring-size).
    link: guide:ring-size
  - text: At a desk
    reply: Take what you like.
promise: One page, made for your day.
category: rings
offer: hello
---
"""
OFFER = (
    "kind: first_purchase\nname: Hello\npercent: 20\ncode: HELLO\nstarts: 2026-11-20\nends: 2026-11-24\n"
    "text: For you alone.\n"
)
WELCOME = """\
---
subject: Your answer, as promised
preheader: How to measure your size, and what to do between two sizes.
segment: leads
when: signup
---
Hello, here is [how to measure](guide:ring-size).
"""
FIRST_OFFER = """\
---
subject: A fifth less on your first ring
preheader: It holds for a few days, and then it is gone by itself.
segment: leads
when: signup + 1 day
offer: hello
---
Here is a code, for you alone.
"""
FILES: dict[str, str | bytes] = {
    **FIVE,
    "content/landing/which-ring.md": QUESTION,
    "content/offers/hello.yaml": OFFER,
    "content/mail/welcome.md": WELCOME,
    "content/mail/offer.md": FIRST_OFFER,
}
PAGE, REPLY = "which-ring/index.html", "which-ring/thanks/index.html"


@pytest.fixture
def shop(make_shop: MakeShop) -> Shop:
    return make_shop(dict(FILES))


def faults(shop: Shop) -> list[str]:
    with pytest.raises(ContentError) as found:
        shop.build()
    return [str(problem) for problem in found.value.problems]


# What is on the page ---------------------------------------------------------------------------------------


def test_lead_page_asks_and_sells_nothing(shop: Shop) -> None:
    shop.build()
    page = shop.html(PAGE)

    assert [each.get_text() for each in page.select("h1")] == ["Which ring is right for you?"]
    assert [each["value"] for each in page.select("form input[type=radio]")] == ["In water", "At a desk"]
    assert page.select("form input[type=email][required]")
    assert [link["href"] for link in page.select("header a")] == ["/", "/"]
    assert not page.select("nav, [data-opens=cart], #cart, [data-part=now], product-buy, .footer__column")
    assert "€" not in page.get_text()


def test_lead_page_is_in_no_list_unless_it_is_published(shop: Shop) -> None:
    shop.build()
    assert shop.html(PAGE).select("meta[name=robots][content=noindex]")
    assert "which-ring" not in shop.text("sitemap.xml")

    shop.edit("content/landing/which-ring.md", "category: rings\n", "category: rings\nstatus: published\n")
    shop.build()
    assert not shop.html(PAGE).select("meta[name=robots]")
    assert "https://shop.example/which-ring/<" in shop.text("sitemap.xml")
    assert "which-ring/thanks" not in shop.text("sitemap.xml")


def test_page_after_the_form_has_every_answer(shop: Shop) -> None:
    shop.build()
    page = shop.html(REPLY)

    assert [each.get_text() for each in page.select("summary")] == ["In water", "At a desk"]
    assert [each.get_text() for each in page.select("details strong")] == ["a plain one"]
    assert [each["href"] for each in page.select("details > p a")] == ["/guides/ring-size/"]
    assert page.select("details[open]") == page.select("details")


SERVICES = {
    "https://shop.us21.list-manage.com/subscribe/post?u=0a1b2c&id=3d4e5f": {
        "ANSWER": "At a desk",
        "EMAIL": "a@b.example",
    },
    "https://app.kit.com/forms/1234567/subscriptions": {"fields[answer]": "At a desk", "email_address": "a@b.example"},
    "https://shop.example/api/form": {
        "answer": "At a desk",
        "email": "a@b.example",
        "kind": "lead",
        "next": "https://shop.example/which-ring/thanks/",
    },
}


@pytest.fixture(scope="module")
def received() -> Iterator[Received]:
    with stand_in() as server:
        yield server


@pytest.mark.parametrize("address", SERVICES)
def test_newsletter_service_receives_the_answer_and_the_address(
    make_shop: MakeShop, received: Received, address: str
) -> None:
    shop = make_shop({**FILES, "site.yaml": f"{SITE}forms: {{newsletter: '{address}'}}\n"})
    shop.build()
    form = shop.html(PAGE).select_one("shop-form form")
    assert form is not None
    _, fields = send(form, {"answer": "At a desk", "email": "a@b.example"}, received)

    assert SERVICES[address].items() <= fields.items()


# Mistakes ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("category: rings\n---\n", "", ""),
        ("how your hands spend the day.", "how. From €49 only.", 'which-ring.md:3: summary: names a price, "€49"'),
        ("One page, made", "For 49,00 EUR, made", 'which-ring.md:11: promise: names a price, "49,00 EUR"'),
        ("text: At a desk", "text: For 1 200 kr", 'which-ring.md:9: answers.1.text: names a price, "1 200 kr"'),
        ("offer: hello\n---\n", "offer: hello\n---\nSee this.\n\n![](product:rope-ring)\n", 'which-ring.md:17: shows "product:rope-ring"'),
        ("offer: hello\n---\n", "offer: hello\n---\nIt costs\n49 €.\n", 'which-ring.md:16: names a price, "49 €"'),
    ],
)  # fmt: skip
def test_what_sells_is_an_error_with_its_line(shop: Shop, old: str, new: str, expected: str) -> None:
    if not expected:
        assert shop.build()
        return
    shop.edit("content/landing/which-ring.md", old, new)
    (fault,) = faults(shop)

    assert fault.startswith(f"content/landing/{expected}: ")


def test_price_in_a_translation_is_an_error_there(shop: Shop) -> None:
    shop.write("site.yaml", f"{SITE}languages: [en, fi]\n")
    shop.write("content/landing/which-ring.fi.md", "---\ntitle: Mikä sormus?\npromise: Vain 49 euroa eli 49 €.\n---\n")

    assert [fault.partition(": a lead")[0] for fault in faults(shop)] == [
        'content/landing/which-ring.fi.md:3: promise: names a price, "49 €"'
    ]


def test_numbers_that_are_no_prices_are_fine(shop: Shop) -> None:
    text = "In 925 silver, size 17, 4 mm, 20 % of all hands, since 1998. ABC 12."
    shop.edit("content/landing/which-ring.md", "One page, made for your day.", text)

    assert shop.build()


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("  - text: At a desk\n    reply: Take what you like.\n", "", "answers: expected 2 to 6 answers, found 1"),
        ("text: At a desk\n", "text: At a desk\n    image: media/a.png\n", "answers.0.image: is missing: give all"),
        ("offer: hello", "offer: gone", 'offer: no offer "gone"'),
        ("category: rings", "category: ring", 'category: no category "ring", did you mean "rings"'),
    ],
)
def test_wrong_field_is_named(shop: Shop, old: str, new: str, expected: str) -> None:
    shop.write("content/media/a.png", png("red"))
    shop.edit("content/landing/which-ring.md", old, new)

    assert any(re.search(re.escape(expected), fault) for fault in faults(shop)), faults(shop)


def test_offer_of_another_kind_is_no_first_offer(shop: Shop) -> None:
    shop.write("content/offers/hello.yaml", OFFER.replace("first_purchase", "coupon"))

    assert any(
        "offer: expected an offer of the kind first_purchase, found one of the kind coupon" in each
        for each in faults(shop)
    )


# Drafts, and the whole way ----------------------------------------------------------------------------------


def test_draft_is_made_for_a_group_and_builds_when_it_is_finished(shop: Shop) -> None:
    done = CliRunner().invoke(new, ["landing", "--for", "category:earrings", "--site", str(shop.folder)])
    name = "content/landing/earrings.md"

    assert done.exit_code == 0, done.output
    assert f"made {name}" in done.output
    text = (shop.folder / name).read_text()
    assert "REPLACE-ME" in text
    assert "offer: hello" in text
    shop.build()
    assert not shop.has("earrings/thanks/index.html")

    shop.write(name, re.sub(r" +# REPLACE-ME.*", "", text).replace("status: draft", "slug: which-earrings"))
    shop.build()
    assert shop.has("which-earrings/thanks/index.html")
    again = CliRunner().invoke(new, ["landing", "--for", "all", "--site", str(shop.folder)])
    assert f"{name} is there already" in again.output
    assert "made content/landing/rings.md" in again.output


def test_draft_for_an_unknown_group_names_the_known_ones(shop: Shop) -> None:
    done = CliRunner().invoke(new, ["landing", "--for", "category:earing", "--site", str(shop.folder)])

    assert 'did you mean "category:earrings"' in str(done.exception)


def steps(shop: Shop, *arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(funnel, ["--site", str(shop.folder), "--now", "2026-11-23", *arguments])
    return done.exit_code, done.output


def test_funnel_names_each_step_and_what_is_missing(shop: Shop) -> None:
    code, whole = steps(shop, "rings")
    assert code == 0
    assert "MISSING" not in whole
    assert "content/mail/welcome.md, signup" in whole
    assert "content/offers/hello.yaml, until 2026-11-25" in whole
    assert "2 products can be bought" in whole
    assert "1 of 1 groups of products have the whole way" in whole

    shop.remove("content/mail/welcome.md")
    shop.remove("content/mail/offer.md")
    shop.edit("content/offers/hello.yaml", "ends: 2026-11-24", "ends: 2026-11-22")
    code, broken = steps(shop, "--strict")
    assert code == 1
    assert "MISSING: storegen new landing --for category:earrings" in broken
    assert 'MISSING: write content/mail/welcome.md with "when: signup"' in broken
    assert "MISSING: content/offers/hello.yaml doesn't run now" in broken
    assert 'MISSING: write a mail in content/mail with "offer: hello"' in broken


class Forms:
    """What a form sent, and the address of the shop that the browser is sent back to."""

    def __init__(self) -> None:
        self.got: list[dict[str, str]] = []
        self.shop = ""


@contextmanager
def form_server() -> Iterator[tuple[Forms, int]]:
    """Run a server that keeps what a form sends, and sends the browser to the page that the form names."""
    forms = Forms()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            fields = dict(parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode()))
            forms.got.append(fields)
            self.send_response(303)
            self.send_header("Location", forms.shop + urlsplit(fields["next"]).path)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield forms, server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()


def buy_with_code(page: Page, code: str) -> None:
    """Put a product into the cart, use a code, and press what leads to the payment page."""
    page.get_by_role("button", name="Add to cart").first.click()
    page.get_by_text("I have a code").click()
    page.locator("#cart [data-part=code-field]").fill(code)
    page.locator("#cart").get_by_role("button", name="Use").click()
    expect(page.locator("#cart")).to_contain_text("€45.10")  # 49.00 less a fifth, and delivery
    page.locator("#cart [data-part=order]").click()
    page.locator("#order[open] [data-part=order]").click()


@pytest.mark.browser
@pytest.mark.parametrize(("script", "sum_"), [(True, 4510), (False, 5490)], ids=["with scripts", "without"])
def test_whole_way_from_the_question_to_the_payment(
    browser: Browser, make_shop: MakeShop, tmp_path: Path, *, script: bool, sum_: int
) -> None:
    """The payment function has the machine's clock, so the offer is about its time. Codes need scripts."""
    now = dt.datetime.now(dt.UTC)
    first, last = (f"{now + dt.timedelta(days=days):%Y-%m-%d}" for days in (-2, 2))
    offer = OFFER.replace("2026-11-20", first).replace("2026-11-24", last)
    card = "checkout:\n  provider: [card, order]\n  card: {host: node}\n"
    with form_server() as (forms, port), payment_service() as (service, asked):
        site = f"{SITE}{card}forms: {{newsletter: 'http://127.0.0.1:{port}/form'}}\n"
        shop = make_shop({**FILES, "site.yaml": site, "content/offers/hello.yaml": offer})
        shop.build(now=now)
        with published(shop, HOSTS["node"], service, tmp_path) as forms.shop:
            context = browser.new_context(
                viewport={"width": 390, "height": 664},
                base_url=forms.shop,
                java_script_enabled=script,
                reduced_motion="reduce",
            )
            page = context.new_page()
            page.goto("/which-ring/")
            page.get_by_label("At a desk").check()
            page.locator("input[type=email]").fill("maija@example.com")
            page.get_by_role("button", name="Send me the answer").click()

            page.wait_for_url("**/which-ring/thanks/")
            assert [(each["answer"], each["email"]) for each in forms.got] == [("At a desk", "maija@example.com")]
            expect(page.get_by_text("Take what you like.")).to_be_visible()
            expect(page.get_by_text("Take a plain one")).to_be_visible(visible=not script)

            mails = {each.id: each for each in make_series(Options(shop.folder, now=now)).mails}
            assert "/guides/ring-size/" in mails["welcome"].html
            (link,) = set(re.findall(r"https://shop\.example(/offers/[^?\"]+)", mails["offer"].html))
            page.goto(link)
            expect(page.get_by_text("HELLO", exact=True).first).to_be_visible()

            page.goto("/products/plain-band/")
            with page.expect_request(PAYMENT):
                if script:
                    settle(page)
                    buy_with_code(page, "hello")
                else:
                    page.locator("form[action='/api/checkout'] button").first.click()
            (paid,) = [nested(each.body) for each in asked]
            assert sum_of(paid) == sum_
            page = context.new_page()  # the payment page can't be reached from here
            page.goto(urlsplit(paid["success_url"]).path)
            expect(page.get_by_role("heading", level=1, name="Thank you for your order")).to_be_visible()

            if script:
                page.clock.set_fixed_time(now + dt.timedelta(days=4))
                page.goto(link)
                expect(page.get_by_text("HELLO", exact=True)).to_have_count(0)
            context.close()
