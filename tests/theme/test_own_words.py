"""The shop's own words in place of the theme's."""

from __future__ import annotations

from storegen.locale import Words
from storegen.theme.words import with_own
from tests.conftest import FIVE, MakeShop
from tests.shop import Shop

OWN = """\
theme:
  words:
    not_found.title: This page has slipped off the bench
    list.pieces.other: "{count} pieces"
"""


def text_of(shop: Shop, page: str, place: str) -> str:
    """Return the text of the first element at a place of a page."""
    return shop.html(page).select(place)[0].text.strip()


def test_own_words_are_on_pages_and_in_plural_forms(make_shop: MakeShop) -> None:
    shop = make_shop(FIVE)
    shop.edit("site.yaml", "menu: [", f"{OWN}menu: [")
    shop.build()

    assert text_of(shop, "404.html", "h1") == "This page has slipped off the bench"
    assert text_of(shop, "rings/index.html", ".count") == "2 pieces"
    assert text_of(shop, "care/index.html", ".count") == "1 product"


def test_language_without_own_words_shows_the_themes_and_a_translation_its_own(make_shop: MakeShop) -> None:
    shop = make_shop(FIVE)
    shop.edit("site.yaml", "menu: [", f"languages: [en, fi]\n{OWN}menu: [")
    shop.build()
    assert text_of(shop, "fi/404.html", "h1") == "Tätä sivua ei ole"

    shop.write("site.fi.yaml", "theme:\n  words:\n    not_found.title: Sivu putosi penkiltä\n")
    shop.build()
    assert text_of(shop, "fi/404.html", "h1") == "Sivu putosi penkiltä"
    assert text_of(shop, "404.html", "h1") == "This page has slipped off the bench"
    assert "2 tuotetta" in text_of(shop, "fi/rings/index.html", ".count")


def test_changed_word_is_on_every_page_that_shows_it_after_the_next_build(make_shop: MakeShop) -> None:
    shop = make_shop(FIVE)
    shop.edit("site.yaml", "menu: [", f"{OWN}menu: [")
    shop.build()
    shop.edit("site.yaml", "slipped off the bench", "moved out")
    shop.build()

    assert text_of(shop, "404.html", "h1") == "This page has moved out"


def test_faults_of_own_words_name_the_key_and_the_remedy() -> None:
    words: Words = {"a.title": "See {name}", "a.count": {"one": "{count} cup", "other": "{count} cups"}}

    assert with_own(words, {"a.title": "Look at {name}", "a.count.one": "one cup"}) == (
        {"a.title": "Look at {name}", "a.count": {"one": "one cup", "other": "{count} cups"}},
        {},
    )
    assert with_own(words, {"a.titel": "x", "a.count": "x", "a.title": "{nam}", "a.count.two": "{count}, {more}"})[
        1
    ] == {
        "a.titel": 'no word "a.titel" in the theme, did you mean "a.title"?',
        "a.count": "it has plural forms; write a.count.one and a.count.other",
        "a.title": 'storegen has no value for {nam}; the theme has "See {name}"',
        "a.count.two": 'storegen has no value for {more}; the theme has "{count} cups"',
    }
