"""No English in a shop of another language: neither the theme's words nor words that are written into the code."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from playwright.sync_api import Browser, Page, expect

from storegen.locale import plural_forms
from storegen.theme.words import file_words
from tests.browser import hosted, settle
from tests.conftest import ROOT, MakeShop
from tests.greek import greek
from tests.shop import Shop

LOCALES = ROOT / "themes" / "default" / "locales"
ATTRIBUTES = ("aria-label", "alt", "placeholder", "title", "label", "content", "data-label", "value")
# Attributes of elements that people don't read.
CODES = {("meta", "content"), ("input", "value"), ("option", "value")}
META = {"description", "og:title", "og:description", "og:site_name", "og:image:alt"}
# JSON keys with texts for people.
TEXTS = {"text", "name", "words", "order", "shown", "choice", "carrier", "title", "terms"}
LEAST = 4  # letters of a phrase that is looked for
OTHERS = tuple(sorted(path.stem for path in LOCALES.glob("*.yaml") if not path.stem.startswith("en")))
PLACEHOLDER = re.compile(r"\{\w+\}")
KINDS = {
    *(
        "index.html",
        "404.html",
        "cart/index.html",
        "saved/index.html",
        "search/index.html",
        "track/index.html",
        "thanks/index.html",
    ),
    *(
        "categories/index.html",
        "rings/index.html",
        "rings/2/index.html",
        "empty/index.html",
        "products/ring/index.html",
    ),
    *("offers/code/index.html", "offers/sale/index.html", "offers/gift/index.html", "people/aino/index.html"),
    *("guides/index.html", "guides/size/index.html", "blog/index.html", "blog/news/index.html", "old/index.html"),
    *("contact/index.html", "delivery/index.html", "returns/index.html", "about/index.html", "privacy/index.html"),
}
MARKED = re.compile(r"⟦[^⟦⟧]*⟧")
LATIN = re.compile(r"[A-Za-zÀ-ɏ]{2,}")
# Names, codes and addresses, which no language translates.
ADDRESS = re.compile(r"\S*(?:@|://|%40)\S*")
CODE = re.compile(r"\b(?:[A-Z]{1,2}-[\w-]+|ABC10|EUR|[A-Z]{2}|FI0+)\b")
NAMES = {"Gmail", "Outlook", "Matomo", "Meta", "Posti", "UPS", "TRACK", "JJFI", "AA"}


def pseudo_locale() -> str:
    """Return the words of a language in which each English word stands in marks."""
    words: dict[str, dict[str, str | dict[str, str]]] = {}
    for key, word in file_words({"locales/en.yaml": (LOCALES / "en.yaml").read_text()}, "en", "").items():
        section, name = key.split(".")
        words.setdefault(section, {})[name] = (
            {form: f"⟦{word.get(form, word['other'])}⟧" for form in plural_forms("el")}
            if isinstance(word, Mapping)
            else f"⟦{word}⟧"
        )
    return json.dumps(words, ensure_ascii=False)


def json_texts(value: Any, *, shown: bool = False) -> Iterator[str]:
    """Yield the texts for people in data for scripts."""
    if isinstance(value, str) and shown:
        yield value
    elif isinstance(value, list):
        for each in value:
            yield from json_texts(each, shown=shown)
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from json_texts(each, shown=shown or key in TEXTS)


def texts_of(html: str) -> Iterator[str]:
    """Yield all that people can read or hear on a page, also what its scripts show later.

    Words of a law that has none in the page's language are left out. They are marked as English.
    """
    soup = BeautifulSoup(html, "html.parser")
    for element in soup.select("main [lang=en]") if soup.html and soup.html.get("lang") != "en" else ():
        element.decompose()
    for script in soup.find_all("script"):
        if script.get("type") == "application/json":
            yield from json_texts(json.loads(script.string or "null"))
        script.decompose()
    for style in soup.find_all("style"):
        style.decompose()
    yield from soup.stripped_strings
    for template in soup.find_all("template"):
        yield from template.stripped_strings
    for element in soup.find_all(True):
        yield from attribute_texts(element)


def attribute_texts(element: Tag) -> Iterator[str]:
    if element.name == "meta" and (element.get("name") or element.get("property")) in META:
        yield str(element["content"])
    for name, value in element.attrs.items():
        if name in ATTRIBUTES and (element.name, name) not in CODES:
            yield str(value)
        elif name.startswith("data-") and str(value).startswith(("{", "[")):
            yield from json_texts(json.loads(str(value)))


def unmarked(text: str) -> str:
    """Return what is left of a text without marked words."""
    while (shorter := MARKED.sub(" ", text)) != text:
        text = shorter
    return text


def unknown_words(texts: Iterable[str]) -> set[str]:
    """Return the Latin words in texts that stand in no file of words, nor in one of the shop."""
    return {word for text in texts for word in LATIN.findall(bare(unmarked(text)))} - NAMES


def bare(text: str) -> str:
    """Return a text without addresses, codes and placeholders."""
    for pattern in (ADDRESS, CODE, PLACEHOLDER):
        text = pattern.sub(" ", text)
    return text


def pages_of(shop: Shop) -> dict[str, list[str]]:
    """Return the texts of all pages, by address."""
    pages = {
        str(path.relative_to(shop.output)): list(texts_of(path.read_text()))
        for path in sorted(shop.output.rglob("*.html"))
    }
    assert pages.keys() >= KINDS
    return pages


def phrases_of(language: str) -> set[str]:
    """Return the parts of the words of a language between their placeholders, in small letters, without signs."""
    words = file_words({f"locales/{language}.yaml": (LOCALES / f"{language}.yaml").read_text()}, language, "")
    texts = (text for word in words.values() for text in (word.values() if isinstance(word, Mapping) else (word,)))
    parts = (plain(part) for text in texts for part in PLACEHOLDER.split(text))
    return {part for part in parts if len(part) >= LEAST}


def plain(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))


def english_in(texts: Iterable[str], language: str) -> set[str]:
    """Return the English words of the theme that texts contain, except those that the language has too."""
    own = " | ".join(phrases_of(language) | {plain(name) for name in NAMES})
    english = {phrase for phrase in phrases_of("en") if f" {phrase} " not in f" {own} "}
    whole = " | ".join(plain(bare(text)) for text in texts)
    return {phrase for phrase in english if f" {phrase} " in f" {whole} "}


@pytest.fixture
def marked(make_shop: MakeShop) -> Shop:
    """Return a shop in whose language each English word stands in marks."""
    shop = make_shop({**greek("el"), "themes/default/locales/el.yaml": pseudo_locale()})
    shop.build()
    return shop


def test_every_word_on_a_page_comes_from_a_file_of_words(marked: Shop) -> None:
    left = {name: unknown_words(texts) for name, texts in pages_of(marked).items()}

    assert {name: words for name, words in left.items() if words} == {}


@pytest.mark.parametrize("language", OTHERS)
def test_pages_have_no_english_word(make_shop: MakeShop, language: str) -> None:
    shop = make_shop(greek(language))
    shop.build()

    left = {name: english_in(texts, language) for name, texts in pages_of(shop).items()}
    assert {name: words for name, words in left.items() if words} == {}


def test_english_words_are_found() -> None:
    assert english_in(["Add to cart", "By e-mail"], "ko") == {"add to cart", "e mail"}
    assert english_in(["Blog", "Home:"], "de") == {"home"}
    assert unknown_words(["⟦Add ⟦to⟧ cart⟧ Βέρα", "⟦a⟧ Delivery"]) == {"Delivery"}


# What a visitor sees and hears after the scripts have run, and the order that would be sent.
SHOWN = """() => [
  ...document.querySelectorAll("body *:not(script, style, template, noscript)"),
].flatMap((each) => [
  ...(each.closest("p, .found__name") // a sentence with a link or a mark in it
    ? [each.matches("p, .found__name") ? each.innerHTML.replaceAll(/<[^>]*>|&\\w+;/g, " ") : ""]
    : [...each.childNodes].filter((child) => child.nodeType === Node.TEXT_NODE).map((child) => child.data)),
  ...["aria-label", "title", "placeholder", "alt", "label"].map((name) => each.getAttribute(name) ?? ""),
  each.matches("[href^='mailto:']") ? decodeURIComponent(each.href.split("?")[1] ?? "").replaceAll(/(subject|body)=/g, "") : "",
]).filter((text) => text.trim())"""

Check = Callable[[Iterable[str]], set[str]]


def buying(page: Page, address: str) -> Iterator[str]:
    """Go through the shop up to the cart. Yields a name of each step that can be looked at."""
    page.goto(f"{address}/")
    page.locator("[data-opens=menu]").click()
    yield "menu"
    page.goto(f"{address}/products/ring/")
    page.locator("[data-part=add]").click()
    yield "nothing chosen"
    page.locator(".variant__box", has_text="18").click()
    yield "sold out"
    page.locator(".variant__box", has_text="16").click()
    page.locator(".variant__box").nth(3).click()
    yield "chosen"
    page.locator("[data-part=add]").click()
    expect(page.locator("dialog[open] [data-part=total]")).not_to_be_empty()
    yield "cart"
    for name in ("made", "soon", "few", "band"):
        page.goto(f"{address}/products/{name}/")
        page.locator("[data-part=add]").first.click()
        expect(page.locator("dialog[open] [data-part=total]")).not_to_be_empty()
        yield f"cart with {name}"


def ordering(page: Page, address: str) -> Iterator[str]:
    """Go through the cart: codes, countries, and what was taken out."""
    page.goto(f"{address}/cart/")
    expect(page.locator("main [data-part=total]")).not_to_be_empty()
    yield "whole cart"
    for code in ("NONE", "ABC10"):
        page.locator("main [data-part=code]").evaluate("each => { each.open = true }")
        page.locator("main [data-part=code-field]").fill(code)
        page.locator("main [data-part=code-use]").click()
        yield f"code {code}"
    for country in ("DE", "KR"):
        page.locator("main [data-part=country]").select_option(country)
        yield f"to {country}"
    page.goto(f"{address}/products/ring/")
    yield "product for another country"
    page.goto(f"{address}/cart/")
    page.locator("main [data-part=remove]").first.click()
    yield "removed"


def asking(page: Page, address: str) -> Iterator[str]:
    """Go to the search, the tracking page and other pages with scripts."""
    for text in ("Δαχτυλίδι", "Δαχτυλίδα", "qqqqqq", "Μέτρηση"):
        page.goto(f"{address}/search/?q={text}")
        expect(page.locator("main [role=status]").first).not_to_be_empty()
        yield f"search for {text}"
    page.goto(f"{address}/saved/")
    expect(page.locator("main .empty")).to_be_visible()
    yield "nothing saved"
    page.goto(f"{address}/products/ring/")
    page.locator(".save__button").click()
    page.goto(f"{address}/saved/?p=/products/ring/")
    expect(page.locator(".saved__own")).to_be_visible()
    yield "a shared list"
    page.goto(f"{address}/saved/")
    page.locator(".saved__remove").click()
    expect(page.locator("short-toast")).not_to_be_empty()
    yield "saved and removed"
    page.goto(f"{address}/track/")
    for number in ("JJFI64300000000000000", "1Z999AA10123456784", "1Z999AA10123456785", "123456", "?"):
        page.locator("#parcel-number").fill(number)
        page.locator("#parcel-number").press("Enter")
        yield f"parcel {number}"
    for name in ("nothing", "contact", "delivery", "thanks", "offers/code"):
        page.goto(f"{address}/{name}/")
        yield name


def visited(browser: Browser, address: str, check: Check) -> dict[str, set[str]]:
    """Return what the check finds on a visitor's way through the shop, by step."""
    page = browser.new_page(viewport={"width": 390, "height": 844})
    found: dict[str, set[str]] = {}
    for way in (buying, ordering, asking):
        for step in way(page, address):
            settle(page)
            found[step] = check(page.evaluate(SHOWN))
    page.close()
    return {step: words for step, words in found.items() if words}


@pytest.mark.browser
def test_every_word_that_a_script_writes_comes_from_a_file_of_words(browser: Browser, marked: Shop) -> None:
    with hosted(marked.output) as address:
        assert visited(browser, address, unknown_words) == {}


@pytest.mark.browser
@pytest.mark.parametrize("language", ["ko", "id", "ja", "de"])
def test_scripts_write_no_english_word(browser: Browser, make_shop: MakeShop, language: str) -> None:
    shop = make_shop(greek(language))
    shop.build()

    with hosted(shop.output) as address:
        assert visited(browser, address, lambda texts: english_in(texts, language)) == {}
