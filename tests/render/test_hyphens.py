"""Long words of names have places to divide where a line may end, and only there."""

from __future__ import annotations

import pytest

from storegen.render.hyphens import SOFT_HYPHEN, hyphenate
from tests.conftest import MakeShop
from tests.shop import SITE

FINNISH = "Polkupyörän takanavanvaihteen vaihdevaijerinkiristin"


@pytest.mark.parametrize(
    ("text", "language", "divided"),
    [
        ("Wohnzimmerbeleuchtung", "de", "Wohn-zim-mer-be-leuch-tung"),
        ("Akkuschlagbohrschrauber", "de-AT", "Akku-schlag-bohr-schrau-ber"),
        ("Kjøkkenredskaper", "nb", "Kjøk-ken-red-ska-per"),
        ("vaihdevaijerinkiristin", "fi", "vaih-de-vai-je-rin-ki-ris-tin"),
        ("SYNTYMÄPÄIVÄKYNTTILÄ", "fi", "SYN-TY-MÄ-PÄI-VÄ-KYNT-TILÄ"),
        ("kahviautomaatti", "fi", "kah-viauto-maatti"),
        ("Becher aus Edelstahl", "de", "Becher aus Edelstahl"),
        ("ABC-123456789012345", "de", "ABC-123456789012345"),
        ("긴이름을가진상품이여기에있습니다", "ko", "긴이름을가진상품이여기에있습니다"),
        ("A representation", "en-GB", "A representation"),
        ("Wohnzimmerbeleuchtung", "en", "Wohnz-im-mer-beleuch-tung"),
        ("Wohnzimmerbeleuchtung", "xx", "Wohnzimmerbeleuchtung"),
    ],
)
def test_long_words_are_divided_by_the_rules_of_their_language(text: str, language: str, divided: str) -> None:
    assert hyphenate(text, language).replace(SOFT_HYPHEN, "-") == divided


def test_names_are_divided_where_they_are_shown_and_whole_where_machines_read_them(make_shop: MakeShop) -> None:
    shop = make_shop(
        {
            "site.yaml": SITE.partition("menu:")[0] + "languages: [fi]\n",
            "content/categories/osat.yaml": "name: Polkupyöränvaraosat\n",
            "content/products/kiristin.yaml": f"name: {FINNISH}\nprice: 5.00\ncategory: osat\n",
            "content/products/rengas.yaml": "name: Rengas\nprice: 9.00\ncategory: osat\n",
        }
    )
    shop.build()
    page, tiles = shop.html("tuotteet/kiristin/index.html"), shop.html("osat/index.html")
    divided = hyphenate(FINNISH, "fi")
    told = [
        page.title,
        page.select_one("meta[property='og:title']"),
        *page.select("script[type='application/ld+json']"),
    ]
    search = "".join(each.read_text() for each in (shop.output / "assets/search").rglob("*.json"))

    assert page.h1 is not None
    assert page.h1.text == divided
    assert [each.text for each in tiles.select(".product-card__name")] == [divided, "Rengas"]
    assert tiles.h1 is not None
    assert SOFT_HYPHEN in tiles.h1.text
    assert not [each for each in told if SOFT_HYPHEN in str(each)]
    assert SOFT_HYPHEN not in search
