"""Shops in languages that are written from right to left."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser

from storegen.locale import word_text
from storegen.theme.loading import load_theme
from tests.browser import hosted
from tests.conftest import FIVE, ROOT, MakeShop
from tests.shop import SITE, Shop

PHYSICAL = re.compile(
    r"(?:padding|margin|border)-(?:left|right)\b|(?:text-align|float): (?:left|right)\b|^\s*(?:left|right):(?! 50%)",
    re.MULTILINE,
)


@pytest.fixture
def shop(make_shop: MakeShop) -> Shop:
    shop = make_shop(
        {
            **FIVE,
            "site.yaml": f"{SITE}languages: [en, ar]\n",
            "themes/default/locales/ar.yaml": "stock: {in: متوفر}\n",
            "content/categories/rings.ar.yaml": "name: خواتم\n",
            "content/products/plain-band.ar.yaml": "name: خاتم بسيط\n",
        }
    )
    shop.build()
    return shop


def test_page_says_in_which_direction_it_is_written(shop: Shop) -> None:
    arabic, english = shop.html("ar/rings/index.html"), shop.html("rings/index.html")

    assert [(page.html["lang"], page.html["dir"]) for page in (arabic, english) if page.html] == [
        ("ar", "rtl"),
        ("en", "ltr"),
    ]
    links = arabic.select(".language__link")
    assert {(link["lang"], link["dir"]) for link in links} == {("ar", "rtl"), ("en", "ltr")}


def test_styles_name_no_side() -> None:
    theme = load_theme(ROOT, "default", ("en",))
    named = [
        (name, found[0])
        for name, text in theme.texts.items()
        if name.endswith(".css")
        for found in PHYSICAL.finditer(text)
    ]

    assert named == []


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1280])
def test_page_runs_from_right_to_left(browser: Browser, shop: Shop, width: int) -> None:
    with hosted(shop.output) as address:
        page = browser.new_page(viewport={"width": width, "height": 800})
        for path in ("/ar/", "/ar/rings/", "/ar/products/rope-ring/", "/ar/cart/"):
            page.goto(address + path)
            wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            assert page.evaluate(wide) <= 0, path
            logo = page.locator(".masthead__home").first.bounding_box()
            cart = page.locator("[data-opens=cart]").first.bounding_box()
            assert logo is not None
            assert cart is not None
            assert logo["x"] > cart["x"], path
        page.close()


NAMES = ("IKEA 2", "خاتم", "12 €", "Ångström")


def test_latin_names_in_arabic_sentences_are_isolated() -> None:
    said = [word_text("أضف {name}", "ar", name=name) for name in NAMES]

    assert said == ["أضف \u2068IKEA 2\u2069", "أضف خاتم", "أضف 12 €", "أضف \u2068Ångström\u2069"]
    assert word_text("Add {name}", "en", name="خاتم") == "Add خاتم"


def test_phone_number_is_written_from_left_to_right(make_shop: MakeShop) -> None:
    site = SITE.replace("email: a@shop.example", "email: a@shop.example, phone: +358 9 123")
    contact = "---\ntitle: Contact\nlayout: contact\n---\n"
    shop = make_shop(FIVE | {"site.yaml": site, "content/pages/contact.md": contact})
    shop.build()

    numbers = shop.html("contact/index.html").select("main [href^=tel], footer [href^=tel]")
    assert [number["dir"] for number in numbers] == ["ltr", "ltr"]
