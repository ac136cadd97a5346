"""Filters and words: each value keeps its own text, whatever equals it, and none breaks out of its place."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from babel import Locale
from babel.numbers import format_decimal, format_percent
from markupsafe import Markup

from storegen.locale import number_text, percent_text, plural_of
from storegen.render.filters import attributes, make_words, to_json


@pytest.mark.parametrize("language", ["en", "fi", "pl", "ar", "lv"])
def test_equal_numbers_keep_their_own_texts_and_plurals(language: str) -> None:
    locale = Locale.parse(language)
    numbers: list[Any] = [
        0,
        -0.0,
        0.0,
        Decimal("-0"),
        1,
        1.0,
        Decimal(1),
        Decimal("1.0"),
        Decimal("1.00"),
        2,
        1000,
        Decimal("1e3"),
    ]

    for number in (*numbers, *reversed(numbers)):
        assert number_text(number, language) == format_decimal(number, locale=locale)
        assert plural_of(number, language) == locale.plural_form(number)
        percent = format_percent(Decimal(number) / 100, locale=locale, decimal_quantization=False)
        assert percent_text(number, language) == percent


def test_truth_is_no_number() -> None:
    assert number_text(1, "en") == "1"
    with pytest.raises(ArithmeticError):
        number_text(True, "en")


def test_word_takes_the_plural_of_its_language() -> None:
    forms = {
        "one": "{count} sztuka",
        "few": "{count} sztuki",
        "many": "{count} sztuk",
        "other": "{count} sztuki z {name}",
    }
    t, _ = make_words({"pieces": forms, "plain": "{name} {lost}"}, "pl")

    assert [t("pieces", count=count) for count in (1, 2, 5, 1000)] == [
        "1 sztuka",
        "2 sztuki",
        "5 sztuk",
        "1\u00a0000 sztuk",
    ]
    assert t("plain", name=Markup("<b>")) == "<b> {lost}"


class Loud(str):
    """A text of a kind of its own."""

    __slots__ = ()

    def __str__(self) -> str:
        return f"{str.__str__(self)}!"


def test_attributes_are_escaped_once_and_take_good_names_only() -> None:
    pairs = {"b": '"<&', "a": Markup("&lt;"), "on click": "x", "Big": "x", "c-1": 'x"', "d": Loud("<")}

    assert attributes(pairs) == ' a="&lt;" b="&#34;&lt;&amp;" c-1="x&#34;" d="&lt;!"'


@pytest.mark.parametrize("sign", ["<", ">", "&", "\u2028", "\u2029"])
def test_json_holds_no_sign_that_ends_a_script(sign: str) -> None:
    for text in (f"a{sign}b", f"{sign}é😀", f"\\{sign * 2}"):
        written = to_json({text: [text]})

        assert sign not in written
        assert json.loads(written) == {text: [text]}
        assert f"\\u{ord(sign):04x}" in written
