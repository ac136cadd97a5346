"""Ids that texts make: once in a page, never one of the theme's, and every link to a heading still leads to it."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, Page, expect

from storegen.references import PREFIX
from tests.browser import hosted, settle
from tests.conftest import ROOT
from tests.shop import SITE, Shop

RING = """\
name: Plain band
sku: RG-001
category: rings
price: 49.00
stock: 9
"""
FILES = {
    "content/categories/rings.yaml": "name: Rings\n",
    "content/products/plain-band.yaml": RING,
}


def built(folder: Path, files: Mapping[str, str]) -> Shop:
    shop = Shop(folder, {**FILES, **files})
    shop.build()
    return shop


def twice(shop: Shop, path: str) -> list[str]:
    """Return the ids that stand more than once in a page."""
    counts = Counter(str(each["id"]) for each in shop.html(path).find_all(id=True))
    return sorted(name for name, count in counts.items() if count > 1)


def led_to(shop: Shop, path: str, words: str) -> str:
    """Return the text of what a link of a page leads to, by the words of the link."""
    link = next(each for each in shop.html(path).find_all("a") if each.get_text() == words)
    place, _, fragment = str(link["href"]).partition("#")
    target = shop.html(f"{place.strip('/')}/index.html" if place else path).find(id=unquote(fragment))
    assert target is not None, link["href"]
    return target.get_text()


THREE_TEXTS = """\
description: |
  Brass.[^1] See [light](#light-source) and [cleaning](#cleaning).

  [^1]: Raw brass.

  ## Light

  Warm.[^1]

  ### Light source

  E14.

  ### Cleaning

  Dry cloth. [This cleaning](#cleaning)

  [^1]: 2700 K.
care: |
  Wipe it.[^1] [My cleaning](#cleaning)

  ### Cleaning

  No water.

  ### Cleaning

  Twice.

  [^1]: With a dry cloth.
"""
BAND = "products/plain-band/index.html"


def test_an_id_stands_once_in_a_page_of_several_texts(tmp_path: Path) -> None:
    shop = built(tmp_path, {"content/products/plain-band.yaml": RING + THREE_TEXTS})

    assert twice(shop, BAND) == []
    made = [str(each["id"]) for each in shop.html(BAND).find_all(id=re.compile(f"^{PREFIX}"))]
    assert made == [
        "t:fnref:1",
        "t:fn:1",
        "t:fnref:1_1",
        "t:light-source",
        "t:cleaning",
        "t:fn:1_1",
        "t:fnref:1_2",
        "t:cleaning_1",
        "t:cleaning_1_1",
        "t:fn:1_2",
    ]


def test_each_footnote_leads_to_its_own_note_and_back(tmp_path: Path) -> None:
    page = built(tmp_path, {"content/products/plain-band.yaml": RING + THREE_TEXTS}).html(BAND)

    notes = [page.find(id=str(link["href"])[1:]) for link in page.select("a.footnote-ref")]
    assert [note.get_text().split("\u00a0")[0].strip() for note in notes if note] == [
        "Raw brass.",
        "2700 K.",
        "With a dry cloth.",
    ]
    for link in page.select("a.footnote-ref"):
        note = page.find(id=str(link["href"])[1:])
        assert note is not None
        back = note.select_one("a.footnote-backref")
        assert back is not None
        assert page.find(id=str(back["href"])[1:]) is link.parent


def test_a_link_leads_to_the_heading_of_its_own_text_and_else_of_its_page(tmp_path: Path) -> None:
    shop = built(tmp_path, {"content/products/plain-band.yaml": RING + THREE_TEXTS})
    page = shop.html(BAND)
    hrefs = {link.get_text(): link["href"] for link in page.select(".prose a") if "cleaning" in link.get_text()}

    assert led_to(shop, BAND, "light") == "Light source"
    assert hrefs == {
        "cleaning": "#t:cleaning",
        "This cleaning": "#t:cleaning",
        "My cleaning": "#t:cleaning_1",
    }


def test_links_from_elsewhere_lead_to_headings(tmp_path: Path) -> None:
    shop = built(
        tmp_path,
        {
            "site.yaml": site_with('menu: ["page:about#returns"]\n'),
            "content/pages/about.md": "---\ntitle: About\n---\n## Returns\n\nIn 30 days.\n\n## T-shirts {#T}\n\nx\n",
            "content/guides/care.md": (
                "---\ntitle: Care\nsidenotes:\n  - {title: N, text: '[note](page:about#returns), [page](page:about)'}\n---\n"
                "[ours](page:about#returns), [address](/about/#returns), [shirts](page:about#T), [kept](#t:näin),\n"
                "[typed](#n%C3%A4in)\n\n## Näin\n\nx\n"
            ),
        },
    )
    guide = "guides/care/index.html"

    assert led_to(shop, guide, "ours") == "Returns"
    assert led_to(shop, guide, "address") == "Returns"
    assert led_to(shop, guide, "note") == "Returns"
    assert led_to(shop, guide, "shirts") == "T-shirts"
    assert led_to(shop, guide, "kept") == "Näin"
    assert led_to(shop, guide, "typed") == "Näin"
    assert led_to(shop, "index.html", "About") == "Returns"


def test_the_parts_of_a_page_keep_the_names_that_links_use(tmp_path: Path) -> None:
    asked = "questions: [{question: Does it rust?, answer: No.}]\n"
    shop = built(
        tmp_path,
        {
            "content/products/plain-band.yaml": RING + asked + 'description: "[here](#questions)"\n',
            "content/pages/faq.md": "---\ntitle: FAQ\n---\n## Questions\n\nNone yet.\n",
            "content/pages/help.md": f"---\ntitle: Help\n{asked}---\nHelp.\n",
            "content/guides/care.md": (
                "---\ntitle: Care\n---\n[a](product:plain-band#questions) [b](product:plain-band#buy)\n"
                "[c](page:faq#questions) [d](page:help#questions) [e](page:help#more)\n"
            ),
        },
    )
    links = [str(link["href"]) for link in shop.html("guides/care/index.html").select(".prose a")]

    assert links == [
        "/products/plain-band/#questions",
        "/products/plain-band/#buy",
        "/faq/#t:questions",
        "/help/#questions",
        "/help/#t:more",
    ]
    assert "Does it rust?" in led_to(shop, BAND, "here")


def test_a_line_of_text_makes_no_id(tmp_path: Path) -> None:
    shop = built(tmp_path, {"content/products/plain-band.yaml": RING + 'summary: "*Fine*{#shop} `x`{#cart}"\n'})

    summary = shop.html(BAND).select_one(".buy__summary")
    assert summary is not None
    assert summary.decode_contents() == "<em>Fine</em> <code>x</code>"


def site_with(more: str) -> str:
    return re.sub(r"^menu: .*\n", more, SITE, flags=re.MULTILINE)


def test_ids_of_a_logo_meet_none_of_the_page(tmp_path: Path) -> None:
    logo = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><defs><linearGradient id="shop"><stop offset="0" '
        'stop-color="#000"/></linearGradient></defs><path id="cart" d="M0 0h9v9z" fill="url(#shop)"/></svg>'
    )
    shop = built(
        tmp_path,
        {"site.yaml": site_with("theme: {logo: media/logo.svg}\n"), "content/media/logo.svg": logo},
    )
    page = shop.html("index.html")

    assert twice(shop, "index.html") == []
    assert [str(each["id"]) for each in page.select(".masthead__home svg [id]")] == ["logo-shop", "logo-cart"]
    assert page.select(".masthead__home path")[0]["fill"] == "url(#logo-shop)"


@pytest.mark.slow
def test_no_id_of_the_theme_begins_as_those_of_texts(demo: Shop) -> None:
    theme = ROOT / "themes" / "default"
    found = [file.name for file in theme.rglob("*.html") if f'id="{PREFIX}' in file.read_text()]

    assert found == []


def test_every_id_stands_once_in_every_page_of_the_demo(demo: Shop) -> None:
    pages = [str(path.relative_to(demo.output)) for path in sorted(demo.output.rglob("*.html"))]

    assert {path: found for path in pages if (found := twice(demo, path))} == {}


THEFT = json.dumps({"cart": {"email": "thief@evil.example"}, "words": {}, "order": {}})
NAMES = ("shop", "Cart", "Main", "Menu", "Found", "storegen", "snipcart", "search-head", "cart-title", "buy")


@pytest.fixture(scope="module")
def page(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    texts = "\n\n".join(f"## {name}\n\n`{THEFT}`{{#{name}}}\n\n*x*{{#{name.lower()} .consent .foot}}" for name in NAMES)
    files = {
        "content/products/plain-band.yaml": RING + "description: |\n  " + texts.replace("\n", "\n  ") + "\n",
        "content/guides/care.md": f"---\ntitle: Care\n---\n{texts}\n\n## Ääni & muut\n\n" + "x\n\n" * 200,
        "content/pages/about.md": "---\ntitle: About\n---\n" + "x\n\n" * 99 + "## Ääni & muut\n\n" + "x\n\n" * 200,
        "site.yaml": site_with("tracking: {analytics: {ga4: {id: G-AB12CD34EF}}}\n"),
    }
    shop = built(tmp_path_factory.mktemp("clobbered"), files)
    with hosted(shop.output) as address:
        context = browser.new_context(base_url=address)
        yield context.new_page()
        context.close()


def test_no_text_takes_the_place_of_what_the_theme_finds(page: Page) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto("/products/plain-band/")
    settle(page)
    page.locator("[data-part=add]").first.click()
    expect(page.locator("#cart [data-part=order]")).to_have_attribute("href", re.compile(".{40}"))

    assert errors == []
    href = page.locator("#cart [data-part=order]").get_attribute("href") or ""
    assert href.startswith("mailto:a@shop.example?")


@pytest.mark.parametrize("fragment", ["#ääni-muut", "#%C3%A4%C3%A4ni-muut", "#t:ääni-muut"])
@pytest.mark.parametrize("path", ["/guides/care/", "/about/"])
def test_a_link_from_elsewhere_that_names_a_heading_leads_there(page: Page, path: str, fragment: str) -> None:
    page.goto("about:blank")
    page.goto(f"{path}{fragment}")
    settle(page)

    assert page.evaluate("scrollY") > 500


@pytest.mark.parametrize("fragment", ["#%", "#none", "#a=1&b=2", "#"])
def test_a_fragment_of_nothing_is_no_error(page: Page, fragment: str) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto("about:blank")
    page.goto(f"/guides/care/{fragment}")
    settle(page)

    assert errors == []
    assert page.evaluate("typeof window.storegen.load") == "function"
