"""Languages with a region: their texts, words and addresses."""

from __future__ import annotations

import pytest

from storegen.errors import ContentError
from tests.conftest import FIVE, MakeShop
from tests.shop import SITE

REGION: dict[str, str | bytes] = {
    **FIVE,
    "site.yaml": SITE
    + "languages: [fi, en-SE, sv]\naddresses: {products: products}\ntheme: {words: {nav.home: Etusivu}}\n",
    "site.en.yaml": "name: The shop\n",
    "content/products/rope-ring.en.yaml": "name: A ring like a rope\n",
    "content/products/plain-band.en.yaml": "name: A band\n",
    "content/products/plain-band.en-SE.yaml": "name: A band for Sweden\n",
}


def test_language_with_a_region_has_the_texts_of_the_language(make_shop: MakeShop) -> None:
    shop = make_shop(REGION)
    report = shop.build()

    page = shop.html("en-se/products/rope-ring/index.html")
    assert page.html is not None
    assert page.html["lang"] == "en-SE"
    assert page.h1 is not None
    assert page.h1.get_text() == "A ring like a rope"
    assert page.select_one("[lang=en]") is None
    assert "The shop" in str(page.title)
    assert "Add to cart" in page.get_text()
    assert not [line for line in report.warnings if "passed over" in line]


def test_file_with_the_region_comes_first(make_shop: MakeShop) -> None:
    shop = make_shop(REGION)
    shop.build()

    page = shop.html("en-se/products/plain-band/index.html")
    assert page.h1 is not None
    assert page.h1.get_text() == "A band for Sweden"


def test_region_is_in_the_links_between_languages(make_shop: MakeShop) -> None:
    shop = make_shop(REGION)
    shop.build()

    links = shop.html("products/rope-ring/index.html").find_all("link", rel="alternate", hreflang=True)
    found = {link["hreflang"]: link["href"] for link in links}
    assert found["en-SE"] == "https://shop.example/en-se/products/rope-ring/"


def test_mistake_in_a_shared_translation_is_reported_once(make_shop: MakeShop) -> None:
    shop = make_shop(REGION | {"content/products/rope-ring.en.yaml": "name: Ring\nprice: 1.00\n"})
    shop.edit("site.yaml", "[fi, en-SE, sv]", "[fi, en, en-SE]")
    with pytest.raises(ContentError) as found:
        shop.build()
    assert str(found.value).count("rope-ring.en.yaml") == 1
