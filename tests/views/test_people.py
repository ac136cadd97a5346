"""Pages of people: their answers, wherever they stand, and their pages on other sites."""

from __future__ import annotations

from bs4 import Tag

from tests.conftest import FIVE, MakeShop
from tests.shop import SITE

PAGE = "people/aino/index.html"
BAND = (
    "name: Plain band\nprice: 49.00\ncategory: rings\nquestions:\n"
    "  - {question: Does it bend?, answer: Not by hand., by: aino, date: 2026-11-02}\n"
    "  - {question: Is it round?, answer: Yes., by: eero, date: 2026-11-03}\n"
)
FILES: dict[str, str | bytes] = {
    **FIVE,
    "content/people/aino.md": "---\nname: Aino Salmela\nlinks: ['https://www.guild.example/aino']\n---\nShe solders.\n",
    "content/people/eero.yaml": "name: Eero\n",
    "content/products/plain-band.yaml": BAND,
    "content/pages/contact.md": (
        "---\ntitle: Contact\nquestions: [{question: Are you open?, answer: On weekdays., by: aino, date: 2026-11-09}]\n"
        "---\nWrite.\n"
    ),
}


def one(page: Tag, selector: str) -> Tag:
    found = page.select_one(selector)
    assert found is not None, selector
    return found


def test_answers_are_on_the_page_of_their_author_the_newest_first(make_shop: MakeShop) -> None:
    shop = make_shop(FILES)
    shop.build()

    page = shop.html(PAGE)
    assert [each.get_text() for each in page.select(".question__title")] == [
        "Contact · Are you open?",
        "Plain band · Does it bend?",
    ]
    assert [str(link["href"]) for link in page.select(".question__by a")] == [
        "/contact/#questions",
        "/products/plain-band/#questions",
    ]
    assert shop.html("products/plain-band/index.html").select("#questions")


def test_new_answer_reaches_the_page(make_shop: MakeShop) -> None:
    shop = make_shop(FILES)
    shop.build()
    shop.write("content/products/plain-band.yaml", BAND.replace("by: eero", "by: aino"))
    shop.build()

    assert "Is it round?" in one(shop.html(PAGE), "main").get_text()
    assert not shop.html("people/eero/index.html").select(".question")


def test_person_without_answers_has_no_section(make_shop: MakeShop) -> None:
    shop = make_shop({**FILES, "content/products/plain-band.yaml": "name: Plain band\nprice: 49.00\n"})
    shop.build()

    assert "Answers" not in shop.html("people/eero/index.html").get_text()


def test_pages_on_other_sites_are_shown_and_in_the_data(make_shop: MakeShop) -> None:
    shop = make_shop({**FILES, "site.yaml": SITE})
    shop.build()

    link = one(shop.html(PAGE), "a[href='https://www.guild.example/aino']")
    assert link.get_text() == "guild.example"
    assert shop.jsonld(PAGE)[0]["sameAs"] == ["https://www.guild.example/aino"]
