"""The theme's words in each language: complete, with the same placeholders, translated, and short on buttons."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

import pytest
from playwright.sync_api import Browser, expect

from storegen.locale import Word, lower_text, plural_forms
from storegen.theme.words import file_words
from storegen.yaml import load_yaml
from tests.browser import hosted
from tests.conftest import ROOT, MakeShop
from tests.shop import SITE

LOCALES = ROOT / "themes" / "default" / "locales"
FILES = tuple(sorted(path.stem for path in LOCALES.glob("*.yaml")))
REGIONS = tuple(each for each in FILES if "-" in each)  # their files have only what differs
LANGUAGES = tuple(each for each in FILES if each not in REGIONS)
OTHERS = tuple(each for each in LANGUAGES if each != "en")
PLACEHOLDER = re.compile(r"\{\w+\}")

# Words that are the same in English and in another language: names, and words that both languages have.
SAME = {
    *(
        "WhatsApp",
        "KakaoTalk",
        "Telegram",
        "LINE",
        "Chat",
        "Blog",
        "Error 404",
        "Total",
        "Shop",
        "Code",
        "E-mail",
    ),
    *("Under {number}", "Video: {title}"),  # Swedish
    *("Menu", "Name", "Region", "Guides", "Pages", "Page", "Questions", "Message", "material"),
    *(
        "“{text}”",
        "{first}–{last}",
        "{count} min",
        "{hours} h {minutes} min",
        "{minutes} min",
        "−{percent}%",
    ),
    *("{count} minute", "{count} minutes", "Guide: {title}"),
}

# The most letters of a word on a button that is beside others, or fills the width of a phone. A wide letter, as in
# Korean, counts as two.
SHORT = {"buy.add_short": 12, "buy.order_short": 12, "cart.add": 12, "cart.code_use": 12, "track.find": 12}
SHORT |= {"cart.remove": 12, "cart_script.undo": 14, "script.see": 12, "privacy.no": 16, "privacy.yes": 16}
SHORT |= dict.fromkeys(("buy.now", "buy.add"), 18)  # side by side on a phone
SHORT |= dict.fromkeys(("script.other", "embed.see", "page.home"), 26)
SHORT |= dict.fromkeys(("stock.tell_me", "questions.ask", "questions.ask_about", "cart.way_on", "found.more"), 32)
SHORT |= dict.fromkeys(("cart.order", "cart.open", "offer.use", "search.title", "menu.title"), 28)
SECTIONS = {"payment_button": 28, "channels": 24}

# A product whose option has a German name.
RING = """\
name: Ring
sku: R
price: 5.00
options: {Größe: [16, 17]}
variants: [{sku: R-16, options: {Größe: 16}}, {sku: R-17, options: {Größe: 17}}]
"""


def words_of(language: str) -> dict[str, Word]:
    """Return the words of a language by key, as its file has them."""
    return file_words({f"locales/{language}.yaml": (LOCALES / f"{language}.yaml").read_text()}, language, "")


ENGLISH = words_of("en")


def texts_of(word: Word) -> list[str]:
    return list(word.values()) if isinstance(word, Mapping) else [word]


def width(text: str) -> int:
    """Return the width of a text in letters of the Latin alphabet."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


@pytest.mark.parametrize("language", OTHERS)
def test_language_has_the_words_and_plural_forms_of_the_theme(language: str) -> None:
    words = words_of(language)

    assert list(words) == list(ENGLISH)
    for key, english in ENGLISH.items():
        word = words[key]
        assert isinstance(word, Mapping) == isinstance(english, Mapping), key
        if isinstance(word, Mapping):
            assert tuple(word) == plural_forms(language), key


@pytest.mark.parametrize("region", REGIONS)
def test_region_has_only_words_that_differ_from_those_of_its_language(region: str) -> None:
    base = words_of(region.partition("-")[0])

    for key, word in words_of(region).items():
        assert isinstance(word, Mapping) == isinstance(base[key], Mapping), key
        assert word != base[key], key


@pytest.mark.parametrize("language", [*OTHERS, *REGIONS])
def test_words_have_the_placeholders_of_the_english_ones(language: str) -> None:
    for key, word in words_of(language).items():
        there = {name for text in texts_of(ENGLISH[key]) for name in PLACEHOLDER.findall(text)}
        for text in texts_of(word):
            left = there - {"{count}"} if isinstance(word, Mapping) else there
            assert left <= set(PLACEHOLDER.findall(text)) <= there, (key, text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_begin_and_end_as_their_sentences_need(language: str) -> None:
    """A word that follows another begins with a space or a sign in every language. No other word does."""
    for key, word in words_of(language).items():
        english = texts_of(ENGLISH[key])[0]
        for text in texts_of(word):
            assert text, key
            assert text == text.rstrip(), (key, text)
            assert "  " not in text, (key, text)
            if english.startswith(" "):
                assert text[0] == " " or not text[0].isalnum(), (key, text)
            else:
                assert text == text.lstrip(), (key, text)


@pytest.mark.parametrize("language", OTHERS)
def test_no_word_is_left_in_english(language: str) -> None:
    left = {
        key: text
        for key, word in words_of(language).items()
        for text in texts_of(word)
        if text in texts_of(ENGLISH[key]) and text not in SAME
    }

    assert left == {}


def test_list_of_equal_words_has_none_that_no_language_shares() -> None:
    shared = {
        text
        for language in OTHERS
        for key, word in words_of(language).items()
        for text in texts_of(word)
        if text in texts_of(ENGLISH[key])
    }

    assert shared >= SAME, SAME - shared


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_on_buttons_are_short(language: str) -> None:
    words = words_of(language)
    bounds = SHORT | {key: most for key in words for start, most in SECTIONS.items() if key.startswith(f"{start}.")}
    long = {key: text for key, most in bounds.items() for text in texts_of(words[key]) if width(text) > most}

    assert long == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_that_quote_other_words_quote_them_exactly(language: str) -> None:
    words = words_of(language)

    for key in ("offer.how", "offer.how_both"):
        assert str(words["cart.code"]) in str(words[key]), key


def test_french_signs_have_their_narrow_space() -> None:
    for key, word in words_of("fr").items():
        for text in texts_of(word):
            assert not re.search(r"(?<!\u202f)[:;!?»]|«(?!\u202f)", text), (key, text)


def test_korean_particles_do_not_follow_a_name() -> None:
    """은/는, 이/가, 을/를, 과/와 and 으로/로 depend on the last sound of the name before them, which varies."""
    for key, word in words_of("ko").items():
        for text in texts_of(word):
            assert not re.search(r"\{(?!count|days)\w+\}(?:은|는|이|가|을|를|과|와|으로|로)(?![가-힣])", text), (
                key,
                text,
            )


def test_files_are_what_an_editor_can_read() -> None:
    for language in LANGUAGES:
        text = (LOCALES / f"{language}.yaml").read_text()
        assert load_yaml(text)
        assert not re.search("[\u00a0\u202f\u2060]", text), language  # written as \u00a0, so that it can be seen


def test_names_in_sentences_are_small_where_the_language_writes_nouns_so(make_shop: MakeShop) -> None:
    assert [lower_text("Größe", language) for language in ("de", "de-AT", "fi")] == ["Größe", "Größe", "größe"]
    assert lower_text("RENK I", "tr") == "renk ı"
    assert [lower_text(each, "en") for each in ("Shoe size (EU)", "LED Colour", "T-Shirt", "SIZE")] == [
        "shoe size (EU)",
        "LED colour",
        "t-shirt",
        "size",
    ]

    shop = make_shop({"site.yaml": f"{SITE.partition('menu:')[0]}languages: [de, fi]\n"})
    shop.write("content/products/ring.yaml", RING)
    shop.write("content/guides/size.md", "---\ntitle: Messen\ndate: 2026-11-01\n---\nPapier.\n\n![](product:ring)\n")
    shop.build()

    assert [each.text for each in shop.html("ratgeber/size/index.html").select(".embedded-product .button")] == [
        "Größe wählen"
    ]
    assert "Größe 16 bestellen" in shop.html("produkte/ring/index.html").text
    assert "Tilaa größe 16" in shop.html("fi/tuotteet/ring/index.html").text


@pytest.mark.browser
@pytest.mark.parametrize(
    ("language", "place", "option", "text"),
    [
        ("de", "produkte", "Größe", "Bitte zuerst Größe wählen"),
        ("fi", "tuotteet", "Größe", "Valitse ensin größe"),
        ("fi", "tuotteet", "Koko EU", "Valitse ensin koko EU"),
        ("fi", "tuotteet", "KOKO", "Valitse ensin koko"),
    ],
)
def test_script_asks_for_a_choice_as_the_page_would(
    browser: Browser, make_shop: MakeShop, language: str, place: str, option: str, text: str
) -> None:
    shop = make_shop({"site.yaml": f"{SITE.partition('menu:')[0]}languages: [{language}]\n"})
    shop.write("content/products/ring.yaml", RING.replace("Größe", option))
    shop.build()

    page = browser.new_page()
    with hosted(shop.output) as address:
        page.goto(f"{address}/{place}/ring/")
        page.locator("[data-part=add]").click()
        expect(page.locator("[data-part=error]").first).to_have_text(text)
    page.close()
