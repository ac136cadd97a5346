"""Files of words for a language: ejected, merged with the theme's, and checked for what is not translated."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import Any

import pytest
from playwright.sync_api import Browser

from storegen.build import Options, check
from storegen.locale import Words, plural_forms, plural_of, word_text
from storegen.theme.loading import load_theme
from storegen.theme.words import read_words, spread_words
from storegen.yaml import load_yaml
from tests.conftest import FIVE, ROOT, MakeShop
from tests.shop import NOW, SITE, Shop

ARABIC = "themes/default/locales/ar.yaml"


@pytest.fixture
def shop(make_shop: MakeShop) -> Shop:
    return make_shop({**FIVE, "site.yaml": f"{SITE}languages: [ar]\n"})


def run(shop: Shop, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "storegen", *arguments, "--site", str(shop.folder)]
    return subprocess.run(command, check=False, capture_output=True, text=True)


def eject(shop: Shop, *arguments: str) -> subprocess.CompletedProcess[str]:
    return run(shop, "theme", "eject", "words", *arguments)


def warnings_of(shop: Shop) -> list[str]:
    return [each for each in check(Options(shop.folder, now=NOW)).warnings if "locales" in each]


def test_language_without_words_is_an_error_that_names_the_remedy(shop: Shop) -> None:
    result = run(shop, "check")

    assert result.returncode == 1
    assert 'run "storegen theme eject words ar" and translate the file that it writes' in result.stderr


def test_ejected_file_has_every_word_and_the_plural_forms_of_its_language(shop: Shop) -> None:
    assert eject(shop, "ar").stdout == f"{shop.folder / ARABIC}\n"

    text = (shop.folder / ARABIC).read_text()
    found: Any = load_yaml(text)
    english: Any = load_yaml((ROOT / "themes/default/locales/en.yaml").read_text())
    assert {section: list(words) for section, words in found.items()} == {
        section: list(words) for section, words in english.items()
    }
    assert found["meta"]["name"] == "العربية"
    assert found["offer"]["from_sum"] == " from {price}"
    assert tuple(found["list"]["pieces"]) == ("zero", "one", "two", "few", "many", "other")
    assert "# links to the home page and to lists\nnav:" in text
    assert "  # {time}: 14:00\n  rule:" in text


def test_ejected_file_of_a_bundled_language_has_its_words(shop: Shop) -> None:
    assert eject(shop, "fr").returncode == 0
    assert eject(shop, "de-AT").returncode == 0

    languages = ("fr", "de-AT")
    own = load_theme(shop.folder, "default", languages)
    theirs = load_theme(ROOT, "default", ("fr", "de"))
    assert own.words["fr"] == theirs.words["fr"]
    assert own.words["de-AT"] == theirs.words["de"]
    assert [(gap.missing, gap.english) for gap in own.gaps.values()] == [((), ()), ((), ())]


def test_ejected_file_is_not_overwritten(shop: Shop) -> None:
    eject(shop, "ar")
    shop.edit(ARABIC, '"Menu"', '"القائمة"')

    result = eject(shop, "ar")
    assert result.returncode == 2
    assert f"{shop.folder / ARABIC} exists; --replace overwrites it" in result.stderr
    assert "القائمة" in (shop.folder / ARABIC).read_text()
    assert eject(shop, "ar", "--replace").returncode == 0
    assert '"القائمة"' in (shop.folder / ARABIC).read_text()  # the words that the shop shows


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), 'the language of the words is missing; write, for example, "storegen theme eject words pl"'),
        (("kr",), '"kr" is not a known language, did you mean "ko"?'),
    ],
)
def test_eject_refuses_what_is_no_language(shop: Shop, arguments: tuple[str, ...], message: str) -> None:
    result = eject(shop, *arguments)

    assert (result.returncode, message in result.stderr) == (2, True)


def test_component_has_no_language(shop: Shop) -> None:
    shop.edit("site.yaml", "[ar]", "[en]")
    result = run(shop, "theme", "eject", "price", "fi")

    assert (
        result.returncode,
        'only "words" takes a language; write "storegen theme eject price"' in result.stderr,
    ) == (
        2,
        True,
    )


def test_check_counts_and_names_words_that_are_not_translated(shop: Shop) -> None:
    eject(shop, "ar")
    counted = warnings_of(shop)
    assert len(counted) == 1
    assert re.match(
        rf"{ARABIC}: [1-9]\d\d words are still in English: nav\.home, nav\.brands, nav\.products, ", counted[0]
    )
    assert "more" in counted[0]
    assert "channels.whatsapp" not in counted[0]  # a name

    english: Any = load_yaml((shop.folder / ARABIC).read_text())
    translated: dict[str, Any] = {
        section: {
            key: {form: f"ع {text}" for form, text in word.items()} if isinstance(word, dict) else f"ع {word}"
            for key, word in words.items()
        }
        for section, words in english.items()
    }
    shop.write(ARABIC, json.dumps(translated, ensure_ascii=False))
    assert warnings_of(shop) == []

    del translated["list"]["pieces"]["few"], translated["cart"]["title"]
    translated["cart"]["close"] = "Close the cart"
    translated["script"]["sent_today"] += " {carrier}"
    shop.write(ARABIC, json.dumps(translated, ensure_ascii=False))
    assert warnings_of(shop) == [
        f"{ARABIC}: 2 words are missing (pages show English): list.pieces.few, cart.title",
        f"{ARABIC}: 1 word is still in English: cart.close",
        f"{ARABIC}: 1 word is shown with a name in {{braces}}, because the English word has no such name: script.sent_today",
    ]


def test_words_from_site_yaml_count_as_translated(shop: Shop) -> None:
    eject(shop, "ar")
    before = warnings_of(shop)[0]
    shop.edit("site.yaml", "menu: [", "theme: {words: {nav.home: الرئيسية}}\nmenu: [")

    assert "nav.home" in before
    assert "nav.home" not in warnings_of(shop)[0]


def test_own_file_replaces_single_words(make_shop: MakeShop) -> None:
    shop = make_shop({**FIVE, "site.yaml": f"{SITE}languages: [en, fi]\n"})
    shop.write("themes/default/locales/en.yaml", "not_found: {title: Lost}\nlist: {pieces: {one: '{count} thing'}}\n")
    shop.write("themes/default/locales/fi.yaml", "not_found: {title: Eksyksissä}\n")
    shop.build()

    assert shop.html("404.html").select("h1")[0].text == "Lost"
    assert shop.html("404.html").select(".not-found__code")[0].text == "Error 404"
    assert shop.html("care/index.html").select(".count")[0].text.strip() == "1 thing"
    assert shop.html("rings/index.html").select(".count")[0].text.strip() == "2 products"
    assert shop.html("fi/404.html").select("h1")[0].text == "Eksyksissä"
    assert shop.html("fi/404.html").select(".not-found__code")[0].text == "Virhe 404"
    assert warnings_of(shop) == []


def test_regional_language_has_the_words_of_its_language(make_shop: MakeShop) -> None:
    shop = make_shop({**FIVE, "site.yaml": f"{SITE}languages: [de-AT]\n"})
    shop.build()

    assert shop.html("404.html").select("h1")[0].text == "Diese Seite gibt es nicht"
    assert warnings_of(shop) == []


def test_forms_of_a_plural_are_those_of_the_language() -> None:
    assert plural_forms("ko") == ("other",)
    assert plural_forms("fr") == ("one", "other")
    assert plural_forms("pl") == ("one", "few", "many", "other")
    assert plural_forms("ar") == ("zero", "one", "two", "few", "many", "other")


def test_plural_forms_are_chosen_by_the_language() -> None:
    layers = [
        {"locales/en.yaml": "a: {one: '{count} cup', other: '{count} cups'}\n"},
        {"locales/pl.yaml": "a: {one: filiżanka, few: '{count} filiżanki', many: '{count} filiżanek', other: x}\n"},
    ]
    words: Words = read_words(layers, ("pl",), "")["pl"]

    assert [word_text(words["a"], "pl", count=count) for count in (1, 2, 5, 22)] == [
        "filiżanka",
        "2 filiżanki",
        "5 filiżanek",
        "22 filiżanki",
    ]
    assert spread_words(words)["a.many"] == "{count} filiżanek"


@pytest.mark.browser
@pytest.mark.parametrize("language", ["ar", "pl", "fr", "es", "et", "ko", "cy", "lt", "sl", "he", "pt", "en"])
def test_browsers_choose_the_same_plural_form(browser: Browser, language: str) -> None:
    counts = [*range(211), 999, 1000, 1001]
    page = browser.new_page()
    rules = "([language, counts]) => counts.map((count) => new Intl.PluralRules(language).select(count))"
    found = page.evaluate(rules, [language, counts])
    page.close()

    assert found == [plural_of(count, language) for count in counts]
