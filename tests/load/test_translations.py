"""Translations: which texts they may hold, and what they replace."""

from __future__ import annotations

import pytest

from storegen.errors import ContentError
from tests.conftest import FIVE, MakeShop
from tests.shop import SITE

TWO = {**FIVE, "site.yaml": SITE + "languages: [en, fi]\n"}


def test_alt_text_of_a_category_picture_is_translated(make_shop: MakeShop) -> None:
    address = "https://pictures.example/rings.jpg"
    files: dict[str, str | bytes] = {
        "content/categories/rings.yaml": f"name: Rings\nimage: {{file: {address}, alt: A pile of rings}}\n",
        "content/categories/rings.fi.yaml": f"image: {{file: {address}, alt: Kasa sormuksia}}\n",
    }
    shop = make_shop(TWO | files)
    shop.build()

    assert "Kasa sormuksia" in shop.text("fi/index.html")
    assert "A pile of rings" in shop.text("index.html")


def test_details_of_the_company_are_replaced_whole(make_shop: MakeShop) -> None:
    site = SITE.replace("email: a@shop.example}", "email: a@shop.example, details: {Founded by: Aino, Register: PRH}}")
    files: dict[str, str | bytes] = {
        "site.yaml": site + "languages: [en, fi]\n",
        "site.fi.yaml": "company: {details: {Perustaja: Aino}}\n",
        "content/pages/about.md": "---\ntitle: About\n---\nHello.\n",
    }
    shop = make_shop(FIVE | files)
    shop.build()

    assert "Founded by" in shop.text("about/index.html")
    assert "Perustaja" in shop.text("fi/about/index.html")
    assert "Founded by" not in shop.text("fi/about/index.html")
    assert "Helsinki" in shop.text("fi/about/index.html")


def test_person_who_answers_on_a_company_page_must_exist(make_shop: MakeShop) -> None:
    page = "---\ntitle: Help\nquestions: [{question: Is it?, answer: It is., by: aino}]\n---\n"

    with pytest.raises(ContentError) as found:
        make_shop(FIVE | {"content/pages/help.md": page}).build()
    assert str(found.value) == 'content/pages/help.md:3: questions.0.by: no person "aino"'


def test_slug_of_an_offer_must_be_one(make_shop: MakeShop) -> None:
    offer = "name: Spring\nkind: coupon\npercent: 10\ncode: SPRING\npage: yes\nslug: Big Sale!\n"

    with pytest.raises(ContentError) as found:
        make_shop(FIVE | {"content/offers/spring.yaml": offer}).build()
    assert str(found.value) == (
        'content/offers/spring.yaml:6: slug: expected an address part like rope-ring, found "Big Sale!"'
    )
