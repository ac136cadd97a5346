"""Translations: which texts they may hold, and what they replace."""

from __future__ import annotations

import pytest

from storegen.errors import ContentError
from tests.conftest import FIVE, MakeShop
from tests.shop import SITE, tree

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


SITE_LISTS = """\
languages: [en, fi]
channels:
  - {kind: email, value: a@shop.example, answer: soon}
  - {kind: phone, value: "+358 1", answer: at once}
  - {kind: email, value: b@shop.example, answer: later}
payments: [Visa, Bank transfer]
tracking:
  carriers: [posti]
  faq: [{title: Is it late?, text: "No."}, {title: Is it lost?, text: "Never."}]
"""
HOME = """\
sections:
  - featured: {title: New, products: [rope-ring]}
  - promise: []
  - featured: {title: Old, products: [plain-band]}
  - prose: {title: Us, text: We ride.}
"""
LISTS: dict[str, str | bytes] = FIVE | {
    "site.yaml": SITE + SITE_LISTS,
    "content/pages/contact.md": "---\ntitle: Contact\n---\nHi.\n",
    "content/pages/home.yaml": HOME.replace("  - promise: []\n", ""),
    "content/products/rope-ring.yaml": str(FIVE["content/products/rope-ring.yaml"])
    + "images: [https://p.example/a.jpg, {file: https://p.example/b.jpg, alt: Back}]\n"
    "questions: [{question: Is it round?, answer: Yes.}, {question: Is it old?, answer: No.}]\n",
}
# The same translation, written in the ways that a list can be translated.
WAYS: dict[str, dict[str, str | bytes]] = {
    "in the same order": {
        "site.fi.yaml": "channels: [{answer: pian}, {answer: heti}, {answer: myöhemmin}]\npayments: [Visa, Tilisiirto]\n"
        'tracking: {faq: [{title: Myöhässä?, text: "Ei."}, {title: Kadonnut?, text: "Ei koskaan."}]}\n',
        "content/pages/home.fi.yaml": (
            "sections: [{featured: {title: Uusi}}, {featured: {title: Vanha}}, {prose: {title: Me}}]\n"
        ),
        "content/products/rope-ring.fi.yaml": (
            "images: [Edestä, Takaa]\nquestions: [{question: Pyöreä?, answer: On.}, {question: Vanha?, answer: Ei.}]\n"
        ),
    },
    "in another order, with what identifies the entries": {
        "site.fi.yaml": "channels: [{kind: phone, answer: heti}, {kind: email, answer: pian}, {kind: email, answer: myöhemmin}]\n"
        "payments: [Visa, Tilisiirto]\n"
        'tracking: {faq: [{title: Myöhässä?, text: "Ei."}, {title: Kadonnut?, text: "Ei koskaan."}]}\n',
        "content/pages/home.fi.yaml": (
            "sections: [{prose: {title: Me}}, {featured: {title: Uusi}}, {featured: {title: Vanha}}]\n"
        ),
        "content/products/rope-ring.fi.yaml": (
            "images: [{file: https://p.example/b.jpg, alt: Takaa}, {file: https://p.example/a.jpg, alt: Edestä}]\n"
            "questions: [{question: Pyöreä?, answer: On.}, {question: Vanha?, answer: Ei.}]\n"
        ),
    },
    "as blocks with the names of the entries": {
        "site.fi.yaml": "channels: {email 2: {answer: myöhemmin}, email: {answer: pian}, phone: {answer: heti}}\n"
        "payments: {Bank transfer: Tilisiirto}\n"
        'tracking: {faq: {Is it lost?: {title: Kadonnut?, text: "Ei koskaan."}, Is it late?: {title: Myöhässä?, text: "Ei."}}}\n',
        "content/pages/home.fi.yaml": (
            "sections: {prose: {title: Me}, featured: {title: Uusi}, featured 2: {title: Vanha}}\n"
        ),
        "content/products/rope-ring.fi.yaml": (
            "images: {https://p.example/b.jpg: Takaa, https://p.example/a.jpg: Edestä}\n"
            "questions: {Is it old?: {question: Vanha?, answer: Ei.}, Is it round?: {question: Pyöreä?, answer: On.}}\n"
        ),
    },
}


def test_list_is_translated_in_three_ways_alike(make_shop: MakeShop) -> None:
    shop = make_shop(LISTS)
    made = {}
    for way, files in WAYS.items():
        for name, text in files.items():
            shop.write(name, text)
        shop.build()
        made[way] = tree(shop.output)

    first, *others = made.values()
    assert [other for other in others if other != first] == []
    page = shop.html("fi/tuotteet/rope-ring/index.html")
    assert [image["alt"] for image in page.select(".gallery img")][:2] == ["Edestä", "Takaa"]
    assert page.get_text().index("Pyöreä?") < page.get_text().index("Vanha?")
    home = shop.html("fi/index.html").get_text()
    assert home.index("Uusi") < home.index("Vanha") < home.index("Me")
    assert "Tilisiirto" in home


@pytest.mark.parametrize("way", list(WAYS)[1:])
def test_new_entry_in_the_first_language_moves_no_translation(make_shop: MakeShop, way: str) -> None:
    shop = make_shop(LISTS | WAYS[way])
    shop.edit("site.yaml", "channels:\n", "channels:\n  - {kind: whatsapp, value: '358', answer: never}\n")
    shop.write("content/pages/home.yaml", HOME.replace("  - promise: []", "  - collections: {title: All}"))
    shop.edit("content/products/rope-ring.yaml", "images: [", "images: [{file: https://p.example/c.jpg, alt: Side}, ")
    shop.build()

    page = shop.html("fi/tuotteet/rope-ring/index.html")
    assert [image["alt"] for image in page.select(".gallery img")][:3] == ["Side", "Edestä", "Takaa"]
    home = shop.html("fi/index.html").get_text()
    assert home.index("Uusi") < home.index("All") < home.index("Vanha") < home.index("Me")
    contact = shop.html("fi/contact/index.html").get_text()
    assert contact.index("pian") < contact.index("heti") < contact.index("myöhemmin")


def test_option_is_translated_in_the_shape_of_the_product(make_shop: MakeShop) -> None:
    files: dict[str, str | bytes] = {
        "content/products/fan.yaml": (
            "name: Fan\nprice: 5.00\noptions: {Colour: {values: [Red, Blue], help: Pick one}, Size: [S, M]}\n"
        ),
        "content/products/fan.fi.yaml": (
            "options:\n  Colour: {name: Väri, values: {Red: Punainen}, help: Valitse yksi}\n  Size: {name: Koko, S: Pieni}\n"
        ),
    }
    shop = make_shop(TWO | files)
    shop.build()
    page = shop.html("fi/tuotteet/fan/index.html").select_one(".buy").get_text(" ")  # type: ignore[union-attr]

    assert [
        word for word in ("Väri", "Punainen", "Blue", "Valitse yksi", "Koko", "Pieni", "M") if word not in page
    ] == []
    assert "Pick one" not in page
    assert "Pick one" in shop.text("products/fan/index.html")
