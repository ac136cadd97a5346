"""The filters of templates: values as the visitors of one language read them, and none that becomes markup."""

from __future__ import annotations

import datetime as dt
import json
import re
from decimal import Decimal
from typing import Any, cast
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storegen.model.money import Money
from storegen.render.filters import attributes, make_filters, make_words, mark_current, srcset, to_json
from storegen.render.markdown import MarkdownRenderer
from storegen.views.contexts.parts import Picture

HELSINKI = ZoneInfo("Europe/Helsinki")


class _Renderer:
    """A renderer that says what it was asked for."""

    parts, inline, contents = "parts", "inline", "contents"


def filters(language: str = "en") -> dict[str, Any]:
    return dict(make_filters(language, cast("MarkdownRenderer", _Renderer()), HELSINKI))


def eur(amount: str) -> Money:
    return Money(Decimal(amount), "EUR")


EVENING = dt.datetime(2026, 11, 30, 22, 30, tzinfo=dt.UTC)  # half past midnight of the next day in Helsinki
MIDNIGHT = dt.datetime(2026, 11, 30, 22, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("name", "language", "arguments", "text"),
    [
        ("money", "en", (eur("1250"),), "€1,250.00"),
        ("money", "en", (eur("1250"), "short"), "€1,250"),
        ("money", "en", (eur("1250.50"), "short"), "€1,250.50"),
        ("money", "en", (eur("1250"), "long"), "€1,250.00"),
        ("money", "fi", (eur("1250"),), "1\u00a0250,00\u00a0€"),
        ("amount", "fi", (eur("1250"),), "1250.00"),
        ("number", "en", (1250,), "1,250"),
        ("number", "fi", (1250,), "1\u00a0250"),
        ("percent", "en", (20,), "−20%"),
        ("percent", "fi", ("12.5",), "−12,5\u00a0%"),
        ("date", "en", (dt.date(2026, 11, 30),), "30 November 2026"),
        ("date", "fi", (dt.date(2026, 11, 30),), "30. marraskuuta 2026"),
        ("date", "en", (EVENING,), "1 December 2026"),
        ("date", "en", (dt.date(2026, 11, 30), "day"), "Monday 30 November"),
        ("date", "fi", (dt.date(2026, 11, 30), "day"), "maanantaina 30. marraskuuta"),
        ("date", "id", (dt.date(2026, 11, 30), "day"), "Senin, 30 November"),
        ("date", "ko", (dt.date(2026, 11, 30), "day"), "11월 30일 (월요일)"),
        ("date", "ja", (dt.date(2026, 11, 30), "day"), "11月30日(月曜日)"),
        ("days", "en", ((1, 3),), "1–3"),
        ("days", "ko", ((1, 3),), "1~3"),
        ("days", "ja", ((3, 3),), "3"),
        ("hours", "ja", ("10:00–17:00",), "10:00～17:00"),
        ("day", "en", (dt.date(2026, 11, 30),), "30 Nov"),
        ("day", "fi", (EVENING,), "1.12."),
        ("weekday", "en", (0,), "Monday"),
        ("weekday", "en", (6, "abbreviated"), "Sun"),
        ("weekday", "fi", (0,), "maanantai"),
        ("country", "en", ("FI",), "Finland"),
        ("country", "fi", ("FI",), "Suomi"),
        ("iso", "en", (EVENING,), "2026-12-01T00:30:00+02:00"),
        ("iso", "en", (dt.date(2026, 11, 30),), "2026-11-30"),
        ("eve", "en", (MIDNIGHT,), dt.date(2026, 11, 30)),
        ("eve", "en", (EVENING,), None),
        ("json", "en", ({"b": 1, "a": eur("5.00")},), '{"a":{"amount":"5.00","currency":"EUR"},"b":1}'),
    ],
)
def test_value_becomes_the_text_of_a_language(name: str, language: str, arguments: tuple[Any, ...], text: Any) -> None:
    assert filters(language)[name](*arguments) == text


def test_texts_are_rendered_by_the_renderer_of_the_language() -> None:
    found = filters()

    assert (found["markdown"], found["inline"], found["contents"]) == ("parts", "inline", "contents")


def test_picture_is_offered_in_each_width_and_format() -> None:
    picture = Picture(
        src="/media/a-400.x.jpg", stem="/media/a", digest="x", widths=(400, 800), formats=("avif", "webp", "jpg")
    )

    assert srcset(picture, "avif") == "/media/a-400.x.avif 400w, /media/a-800.x.avif 800w"
    assert srcset(picture, "fallback") == "/media/a-400.x.jpg 400w, /media/a-800.x.jpg 800w"


def test_link_to_the_page_itself_is_marked_and_no_other() -> None:
    menu = '<a href="/rings/">Rings</a><a href="/rings/bands/">Bands</a><a href="/">Home</a>'

    assert mark_current(menu, "/rings/") == menu.replace('"/rings/"', '"/rings/" aria-current="true"')
    assert mark_current(menu, "/other/") == menu
    assert mark_current(menu, "") == menu
    assert mark_current('<a href="/a&amp;b/">', "/a&b/") == '<a href="/a&amp;b/" aria-current="true">'


def test_words_are_filled_in_and_counted() -> None:
    words: dict[str, str | dict[str, str]] = {
        "cart.one": "{name} for {price}",
        "cart.many": {"one": "{count} piece of {name}", "other": "{count} pieces of {name}"},
        "cart.plain": "Cart",
        "cartoon": "Not of the cart",
        "all.pieces": {"other": "all"},
    }
    t, section = make_words(words, "en")

    assert t("cart.plain") == "Cart"
    assert t("cart.one", name="Ring", price="€5") == "Ring for €5"
    assert t("cart.one", name="Ring") == "Ring for {price}"
    assert t("cart.many", count=1, name="ring") == "1 piece of ring"
    assert t("cart.many", count=1250, name="ring") == "1,250 pieces of ring"
    assert t("cart.many", name="ring") == "{count} pieces of ring"
    assert t("cart.many", count=2, name="{count}") == "2 pieces of {count}"  # what is filled in is no word
    assert t("all.pieces", count=1) == "all"
    assert section("cart") == {
        "many": {"one": "{count} piece of {name}", "other": "{count} pieces of {name}"},
        "one": "{name} for {price}",
        "plain": "Cart",
    }
    with pytest.raises(KeyError, match=r'there is no word "cart\.two" in locales/en\.yaml'):
        t("cart.two")


@given(st.text())
@settings(deadline=None, derandomize=True)
def test_no_text_leaves_its_script_or_attribute(text: str) -> None:
    written = to_json([text])
    (attribute,) = re.findall(r'^ a="([^"]*)"$', attributes({"a": text}))

    assert json.loads(written) == [text]
    assert not set(written) & set("<>&\u2028\u2029")
    assert not set(attribute) & set("<>\"'")


@pytest.mark.parametrize("name", ["on click", "A", "", "1a", "a=b", "a>", 'a"', "-a", "å"])
def test_attribute_of_an_odd_name_is_left_out(name: str) -> None:
    assert attributes({name: "x", "data-a1": "y"}) == ' data-a1="y"'
