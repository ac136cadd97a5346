"""Reviews on the pages of a product."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from storegen.views.items import choice_in_words
from tests.records import product
from tests.shop import SITE, Shop

LABELS = {"Size": "사이즈", "Colour": "색상", "Red": "빨강", "Dark red": "짙은 빨강", "M / L": "중대"}
OPTIONS = {"Size": ["17", "M / L"], "Colour": ["Red", "Dark red", "Blue"]}


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Size 17", "사이즈 17"),
        ("size: 17", "사이즈: 17"),
        ("17", "17"),
        ("Red", "빨강"),
        ("dark red", "짙은 빨강"),
        ("Dark red, 17", "짙은 빨강, 17"),
        ("Dark\u00a0red, 17", "짙은 빨강, 17"),
        ("Colour: Red / Size: 17", "색상: 빨강 / 사이즈: 17"),
        ("M / L", "중대"),
        ("Size M / L, Blue", "사이즈 중대, Blue"),
        ("Colour 17", "Colour 17"),
        ("Red, bought twice", "Red, bought twice"),
        ("Sizeable", "Sizeable"),
        ("", ""),
    ],
)
def test_choice_of_a_buyer_is_shown_in_the_words_of_the_page(written: str, shown: str) -> None:
    translated = replace(product(options=OPTIONS), labels=LABELS)

    assert choice_in_words(translated, written) == shown


def test_choice_stays_as_written_without_a_translation() -> None:
    assert choice_in_words(product(options=OPTIONS), "size 17") == "size 17"


def test_review_names_the_option_in_the_language_of_the_page(tmp_path: Path) -> None:
    ring = "name: Ring\nprice: 9.00\ncategory: rings\noptions: {Size: [16, 17], Colour: [Red, Blue]}\n"
    review = "- {product: ring, rating: 5, date: 2026-10-01, text: Good, variant: 'Size 17, red'}\n"
    shop = Shop(
        tmp_path,
        {
            "site.yaml": SITE + "languages: [en, fi]\n",
            "content/categories/rings.yaml": "name: Rings\n",
            "content/products/ring.yaml": ring,
            "content/products/ring.fi.yaml": "options: {Size: Koko, Colour: Väri, Red: Punainen}\n",
            "content/reviews/all.yaml": review,
        },
    )
    shop.build()

    def bought(page: str) -> str:
        return shop.html(page).select_one(".review__when").get_text().split(" · ")[0]  # type: ignore[union-attr]

    assert bought("products/ring/index.html") == "Size 17, red"
    assert bought("fi/tuotteet/ring/index.html") == "Koko 17, Punainen"
