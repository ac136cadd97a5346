"""Campaigns: tagged addresses, what a click may cost, the advertisement's words, and tags that reach the payment."""

from __future__ import annotations

import csv
import datetime as dt
import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser, Route

from storegen.model.campaign import Tag
from storegen.model.money import Money
from storegen.tracking.campaigns import tagged, worth_of
from storegen.tracking.campaigns.words import plain_words
from tests.browser import hosted
from tests.conftest import FIVE, MakeShop
from tests.shop import SITE, Shop

SPRING = """\
name: Rings in spring
source: google
medium: cpc
campaign: spring-2026
term: silver-ring
content: [blue, red]
to: product:rope-ring?variant=RG-014-17#reviews
words: Three wires, twisted by hand
budget: {clicks: 500, click: 0.40}
"""
CARD = "name: Card\nmedium: print\npartners: [aino, eero]\nto: category:rings\nwords: [Rings, forged in Porvoo]\n"
ADDRESS = "https://shop.example/products/rope-ring/?variant=RG-014-17&utm_source=google&utm_medium=cpc&utm_campaign=spring-2026&utm_term=silver-ring&utm_content=blue#reviews"


def links(shop: Shop, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "storegen", "links", "--site", str(shop.folder), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture
def spring(make_shop: MakeShop) -> Shop:
    ring = str(FIVE["content/products/rope-ring.yaml"]) + "private: {cost: 21.40, supplier: a secret one}\n"
    return make_shop(
        FIVE
        | {
            "content/products/rope-ring.yaml": ring,
            "content/campaigns/spring.yaml": SPRING,
            "content/campaigns/card.yaml": CARD,
        }
    )


def test_links_are_printed_with_what_a_click_may_cost(spring: Shop) -> None:
    found = links(spring, "spring")

    assert found.stdout == (
        "Rings in spring (content/campaigns/spring.yaml)\n"
        f"  google · cpc · blue\n    {ADDRESS}\n"
        f"  google · cpc · red\n    {ADDRESS.replace('blue', 'red')}\n"
        "  a click may cost at most 0.51 EUR: (price 59.00 − tax 11.99 − cost 21.40 = 25.61 EUR) × 2 % who buy, Rope ring\n"
        "  500 clicks cost 200.00 EUR and bring about 10 orders with a margin of 256.10 EUR\n\n"
    )
    assert (found.stderr, found.returncode) == ("", 0)


def test_conversion_of_the_command_counts_before_that_of_the_campaign(spring: Shop) -> None:
    found = links(spring, "spring", "--conversion", "0.5").stdout

    assert "at most 0.12 EUR" in found
    assert "at 0.40 EUR a click each sale loses money" in found


def test_campaign_of_a_category_is_held_against_its_smallest_margin(spring: Shop) -> None:
    spring.write(
        "content/products/plain-band.yaml",
        str(FIVE["content/products/plain-band.yaml"]) + "private: {cost: {RG-001: 9}}\n",
    )
    found = links(spring, "card").stdout

    assert "Rope ring" in found
    assert "the smallest margin of 2 products; the largest is 30.04 EUR, Plain band" in found
    assert found.count("utm_source=aino&utm_medium=print&utm_campaign=card") == 1


def test_offer_that_runs_lowers_what_a_click_may_cost(spring: Shop) -> None:
    spring.write(
        "content/offers/week.yaml",
        "name: Week\npercent: 50\nproducts: [rope-ring]\nstarts: 2026-11-20\nends: 2026-11-29\n",
    )

    assert "price 29.50" in links(spring, "spring", "--now", "2026-11-25").stdout
    assert "price 59.00" in links(spring, "spring", "--now", "2026-12-25").stdout


OFFER = "name: Week\nkind: {kind}\nproducts: [rope-ring]\nstarts: 2026-11-20\nends: 2026-11-29\npage: yes\n{more}"


@pytest.mark.parametrize(
    ("kind", "more", "price"),
    [
        ("sale", "percent: 50\n", "29.50"),
        ("coupon", "percent: 10\ncode: TEN\n", "53.10"),
        ("coupon", "amount: 5\ncode: FIVE\n", "54.00"),
        ("volume", "tiers: [{count: 2, percent: 5}]\n", "59.00"),
    ],
)
def test_campaign_of_an_offer_is_held_against_what_its_code_takes_off(
    spring: Shop, kind: str, more: str, price: str
) -> None:
    spring.write("content/offers/week.yaml", OFFER.format(kind=kind, more=more))
    spring.write("content/campaigns/week.yaml", "name: W\nsource: x\nmedium: y\nto: offer:week\nwords: Week\n")
    found = links(spring, "week", "--now", "2026-11-25")

    assert f"(price {price} − tax" in found.stdout
    assert "https://shop.example/offers/week/?utm_source=x" in found.stdout
    assert found.stderr == ""


def test_articles_whose_cost_is_not_known_are_named(spring: Shop) -> None:
    spring.edit("content/products/rope-ring.yaml", "cost: 21.40", "cost: {RG-014-16: 20, RG-014-17: 30}")

    assert "left out" not in links(spring, "spring").stdout  # leads to RG-014-17
    found = links(spring, "card").stdout
    assert "cost 30.00 = 17.01 EUR" in found
    assert "    left out, as their cost is not known: Plain band, RG-014-18\n" in found


def test_cost_of_an_article_that_there_is_not_is_explained(spring: Shop) -> None:
    spring.edit("content/products/rope-ring.yaml", "cost: 21.40", "cost: {RG-014-1: 20}")
    found = links(spring, "spring")

    assert found.returncode == 1
    assert (
        'content/products/rope-ring.yaml:18: private.cost.RG-014-1: no article "RG-014-1" in this product, '
        'did you mean "RG-014-18"?' in found.stderr
    )


def test_page_that_sells_nothing_says_so(spring: Shop) -> None:
    spring.write("site.yaml", f"{SITE}tracking: {{carriers: [posti]}}\n")
    spring.write("content/campaigns/parcel.yaml", "name: P\nsource: x\nmedium: y\nto: track\n")
    found = links(spring, "parcel").stdout

    assert "https://shop.example/track/?utm_source=x&utm_medium=y&utm_campaign=parcel\n" in found
    assert "what a click may cost is not known: the page sells no product of its own" in found


def test_cost_that_is_no_amount_is_explained(spring: Shop) -> None:
    spring.edit("content/products/rope-ring.yaml", "cost: 21.40", "cost: 21.40 EUR")
    found = links(spring, "spring")

    assert found.returncode == 1
    assert (
        'content/products/rope-ring.yaml:18: private.cost: expected an amount like 59.00, found "21.40 EUR"'
        in found.stderr
    )


def test_private_cost_and_campaigns_never_reach_the_output(spring: Shop) -> None:
    spring.build()
    everything = "".join(path.read_text(errors="replace") for path in spring.output.rglob("*") if path.is_file())

    for secret in ("21.40", "a secret one", "utm_source=", "spring-2026"):
        assert secret not in everything


def test_campaign_makes_no_page_anew(spring: Shop) -> None:
    spring.build()
    spring.edit("content/campaigns/spring.yaml", "blue", "green")

    assert not spring.build().made


def test_table_and_codes_are_written(spring: Shop, tmp_path: Path) -> None:
    found = links(spring, "--csv", str(tmp_path / "links.csv"), "--qr", str(tmp_path / "codes"))
    assert found.returncode == 0, found.stderr
    with (tmp_path / "links.csv").open(newline="", encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    assert [row["source"] for row in rows] == ["aino", "eero", "google", "google"]
    assert rows[2]["address"] == ADDRESS
    codes = sorted((tmp_path / "codes").iterdir())
    assert [code.name for code in codes] == [
        "card.aino.svg",
        "card.eero.svg",
        "spring.google.blue.svg",
        "spring.google.red.svg",
    ]
    for code in codes:
        root = ET.parse(code).getroot()  # noqa: S314 - written a moment ago
        assert root.tag.endswith("svg")
        assert next(each.text for each in root.iter() if each.tag.endswith("title")) in {row["address"] for row in rows}


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "+1", "-1+1", "@SUM(A1)", "Kevät, =1"])
def test_table_holds_no_formula_and_says_its_encoding(spring: Shop, tmp_path: Path, name: str) -> None:
    spring.edit("content/campaigns/card.yaml", "name: Card", f'name: "{name}"')
    links(spring, "card", "--csv", str(tmp_path / "links.csv"))
    data = (tmp_path / "links.csv").read_bytes()
    cells = [cell for row in csv.reader(data.decode("utf-8-sig").splitlines()) for cell in row]

    assert data.startswith(b"\xef\xbb\xbf")
    assert f"'{name}" in cells or name == "Kevät, =1" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_unknown_campaign_and_shop_without_any_are_explained(spring: Shop, make_shop: MakeShop) -> None:
    found = links(spring, "sprin")
    assert found.returncode == 2
    assert 'there is no campaign "sprin", did you mean "spring"? (there are card, spring)' in found.stderr
    for name in ("spring", "card"):
        spring.remove(f"content/campaigns/{name}.yaml")
    assert "write one as content/campaigns/NAME.yaml" in links(spring).stderr


def test_words_that_the_page_lacks_are_named_with_campaign_and_page(spring: Shop) -> None:
    assert not [warning for warning in spring.build().warnings if "advertisement" in warning]

    spring.edit("content/campaigns/spring.yaml", "twisted by hand", "twisted by a machine")
    warning = (
        'content/campaigns/spring.yaml:8: words.0: the advertisement says "Three wires, twisted by a machine", the page where it '
        "leads does not (content/products/rope-ring.yaml)"
    )
    assert warning in spring.build().warnings
    assert f"warning: {warning}\n" in links(spring).stderr
    found = subprocess.run(
        [sys.executable, "-m", "storegen", "check", "--site", str(spring.folder)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert f"warning: {warning}\n" in found.stderr


@pytest.mark.parametrize(
    ("to", "words"),
    [
        ("home", "Silver for hands"),
        ("guide:ring-size", "what you need"),
        ("/guides/ring-size/?x=1#need", "Measure your ring size"),
        ("page:about", "We are two"),
        ("person:aino", "Silversmith"),
        ("guides", "whatever stands there"),
    ],
)
def test_words_are_looked_for_on_every_kind_of_page(make_shop: MakeShop, to: str, words: str) -> None:
    shop = make_shop(
        FIVE
        | {
            "content/pages/home.yaml": "sections:\n  - prose: {title: Silver for hands, text: All of it.}\n",
            "content/pages/about.md": "---\ntitle: About\n---\nWe **are** two.\n",
            "content/people/aino.yaml": "name: Aino\nrole: Silversmith\n",
            "content/campaigns/a.yaml": f"name: A\nsource: x\nmedium: y\nto: {to}\nwords: {words}\n",
        }
    )
    assert not [each for each in shop.build().warnings if "advertisement" in each]
    if to != "guides":
        shop.edit("content/campaigns/a.yaml", words, f"{words} not")
        assert [each for each in shop.build().warnings if "advertisement" in each]


def test_languages_have_addresses_of_their_own(make_shop: MakeShop) -> None:
    site = SITE + "languages: [en, fi]\n"
    shop = make_shop(
        FIVE
        | {
            "site.yaml": site,
            "content/products/rope-ring.fi.yaml": "name: Punossormus\nslug: punossormus\n",
            "content/campaigns/a.yaml": "name: A\nsource: x\nmedium: y\nto: product:rope-ring\nlanguages: [fi, en]\nwords: Punossormus\n",
        }
    )
    found = links(shop)

    assert "https://shop.example/fi/tuotteet/punossormus/?utm_source=x" in found.stdout
    assert "https://shop.example/products/rope-ring/?utm_source=x" in found.stdout
    assert found.stderr == ""


def test_file_name_that_is_no_tag_needs_a_campaign(make_shop: MakeShop) -> None:
    shop = make_shop(FIVE | {"content/campaigns/kevät.yaml": "name: A\nsource: x\nmedium: y\nto: home\n"})
    found = links(shop)

    assert found.returncode == 1
    assert 'the id "kevät" can\'t be part of a link; give a "campaign" of a-z, 0-9 and "-"' in found.stderr


TAGS = st.dictionaries(
    st.sampled_from(["utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content"]),
    st.from_regex(r"[a-z0-9]+(?:[_-][a-z0-9]+)*", fullmatch=True).filter(lambda text: len(text) <= 100),
    min_size=1,
)
QUERIES = st.lists(
    st.tuples(st.text(st.characters(codec="utf-8"), min_size=1, max_size=8), st.text(max_size=8)), max_size=4
)
SAFE = st.text(st.sampled_from("abcxyz019-._~"), max_size=8)


@given(tags=TAGS, path=SAFE, pairs=QUERIES, fragment=SAFE)
def test_tagging_keeps_what_a_link_holds_and_can_be_repeated(
    tags: dict[str, str], path: str, pairs: list[tuple[str, str]], fragment: str
) -> None:
    from urllib.parse import urlencode

    query = urlencode([(name, value) for name, value in pairs if not name.startswith("utm_")])
    link = f"https://shop.example/{path}" + (f"?{query}" if query else "") + (f"#{fragment}" if fragment else "")
    made = tagged(link, tags)
    before, after = urlsplit(link), urlsplit(made)

    assert (after.scheme, after.netloc, after.path, after.fragment) == (
        before.scheme,
        before.netloc,
        before.path,
        before.fragment,
    )
    assert after.query.startswith(before.query)
    pairs_before = parse_qsl(before.query, keep_blank_values=True)
    assert parse_qsl(after.query, keep_blank_values=True) == [*pairs_before, *tags.items()]
    assert tagged(made, tags) == made
    assert (
        dict(parse_qsl(urlsplit(tagged(made, {"utm_source": "other"})).query, keep_blank_values=True))["utm_source"]
        == "other"
    )


@given(text=st.text())
def test_tags_hold_only_what_every_tool_takes(text: str) -> None:
    try:
        tag = Tag.parse(text, dt.UTC)
    except ValueError:
        return
    assert set(tag) <= set("abcdefghijklmnopqrstuvwxyz0123456789-_")
    assert 0 < len(tag) <= 150


@given(
    price=st.decimals(0, 100000, places=2),
    cost=st.decimals(0, 100000, places=2),
    rate=st.decimals(0, 50, places=1),
    conversion=st.decimals(0, 100, places=1),
    included=st.booleans(),
)
def test_what_a_click_may_cost_is_never_more_than_it_brings(
    price: Decimal,
    cost: Decimal,
    rate: Decimal,
    conversion: Decimal,
    included: bool,  # noqa: FBT001
) -> None:
    worth = worth_of(Money(price, "EUR"), rate=rate, included=included, cost=cost, conversion=conversion)

    assert worth.price.amount == worth.tax.amount + worth.cost.amount + worth.margin.amount
    assert worth.tax.amount == 0 or included
    assert worth.click.amount >= 0
    assert worth.click.amount <= max(worth.margin.amount * conversion / 100, Decimal(0))


def test_words_are_compared_without_marks_and_punctuation() -> None:
    assert plain_words("A **ring** of [silver](product:x), 3 mm – don’t!") == "a ring of silver 3 mm dont"
    assert plain_words("ÄLÄ  odota") == "älä odota"


def test_links_within_the_demo_are_never_tagged(demo: Shop) -> None:
    pages = [path for path in demo.output.rglob("*") if path.suffix in {".html", ".xml", ".txt", ".json"}]
    to_others = re.compile(
        r'href="https://(?!hopea\.example)[^"]*"|href="mailto:[^"]*"'
    )  # what a share link leads back to

    assert len(pages) > 50
    assert [path for path in pages if "utm_" in to_others.sub("", path.read_text())] == []


def stripe_shop(make_shop: MakeShop) -> Shop:
    skus = ["RG-014-16", "RG-014-17", "RG-014-18", "RG-001", "ER-002", "ER-003", "CA-001"]
    table = "".join(f"{sku}: https://buy.stripe.com/test_{sku.replace('-', '')}\n" for sku in skus)
    return make_shop(
        FIVE | {"site.yaml": f"{SITE}checkout: {{provider: stripe}}\n", "content/checkout/stripe.yaml": table}
    )


@pytest.mark.browser
def test_tags_reach_the_payment_link_and_nothing_else(browser: Browser, make_shop: MakeShop) -> None:
    shop = stripe_shop(make_shop)
    shop.build()
    with hosted(shop.output) as address:
        context = browser.new_context(reduced_motion="reduce")
        asked: list[str] = []
        context.route("https://buy.stripe.com/**", lambda route: route.fulfill(body="ok"))
        context.on("request", lambda request: asked.append(request.url) if "stripe" in request.url else None)
        page = context.new_page()
        long = "x" * 200
        page.goto(f"{address}/?utm_source=news%20letter&utm_campaign={long}&utm_id=9&gclid=1")
        page.goto(f"{address}/products/plain-band/")
        page.get_by_role("link", name="Buy now").first.click()
        page.wait_for_url("https://buy.stripe.com/**")
        found = dict(parse_qsl(urlsplit(asked[0]).query))
        assert found == {
            "client_reference_id": "RG-001",
            "locale": "en",
            "utm_source": "news-letter",
            "utm_campaign": "x" * 150,
        }

        page.goto(f"{address}/products/plain-band/")
        assert context.cookies() == []
        assert page.evaluate("Object.keys(localStorage)") == ["storegen.viewed"]
        assert (
            page.evaluate("[...document.querySelectorAll('a')].filter((each) => each.search.includes('utm_')).length")
            == 0
        )
        fresh = browser.new_context()
        other = fresh.new_page()
        other.goto(f"{address}/products/plain-band/?variant=RG-001")
        assert other.evaluate("Object.keys(sessionStorage)") == []
        context.close()
        fresh.close()


TAGGED = {"client_reference_id": "RG-001", "locale": "en", "utm_source": "news"}


@pytest.mark.browser
@pytest.mark.parametrize(
    ("answer", "found"),
    [("late", TAGGED), ("never", {**TAGGED, "utm_source": None}), ("failed", {**TAGGED, "utm_source": None})],
)
def test_press_before_the_script_for_tags_is_there_waits_for_it_once(
    browser: Browser, make_shop: MakeShop, answer: str, found: dict[str, str | None]
) -> None:
    shop = stripe_shop(make_shop)
    shop.build()
    with hosted(shop.output) as address:
        context = browser.new_context(reduced_motion="reduce")
        context.route("https://buy.stripe.com/**", lambda route: route.fulfill(body="ok"))
        coming: list[Route] = []
        context.route("**/assets/tags.*.js", lambda route: coming.append(route))  # noqa: PLW0108 - no method of C
        page = context.new_page()
        page.goto(f"{address}/products/plain-band/?utm_source=news", wait_until="commit")
        button = page.locator("[data-part=now]")
        button.click()
        assert page.url.startswith(address)
        assert len(coming) == 1
        if answer == "late":
            coming[0].continue_()
        elif answer == "failed":
            coming[0].abort()
        else:
            button.click()  # who presses again does not wait

        page.wait_for_url("https://buy.stripe.com/**")
        assert dict(parse_qsl(urlsplit(page.url).query)) == {name: value for name, value in found.items() if value}
        context.close()


@pytest.mark.browser
def test_visit_without_tags_loads_no_script_for_them(browser: Browser, make_shop: MakeShop) -> None:
    shop = stripe_shop(make_shop)
    shop.build()
    with hosted(shop.output) as address:
        page = browser.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{address}/products/plain-band/?variant=RG-001")
        assert not [each for each in asked if "/assets/tags." in each]
        page.goto(f"{address}/products/plain-band/?utm_source=news")
        page.goto(f"{address}/products/plain-band/")
        assert len([each for each in asked if "/assets/tags." in each]) in {1, 2}  # the browser may keep it
        assert page.evaluate("performance.getEntriesByType('resource').some(({name}) => name.includes('/tags.'))")
        page.close()


@pytest.mark.browser
def test_shop_whose_provider_takes_no_tags_keeps_none(browser: Browser, make_shop: MakeShop) -> None:
    shop = make_shop(FIVE)
    shop.build()
    with hosted(shop.output) as address:
        page = browser.new_page()
        page.goto(f"{address}/products/plain-band/?utm_source=x")
        assert page.evaluate("Object.keys(sessionStorage)") == []
        assert "utm" not in (page.get_by_role("link", name="Buy now").first.get_attribute("href") or "")
        page.close()
