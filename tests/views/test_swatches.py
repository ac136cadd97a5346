"""Swatches of options: in the product's file, in site.yaml, on the product page and on cards."""

from __future__ import annotations

import pytest
from bs4 import Tag
from PIL import Image

from storegen.errors import ContentError
from tests.conftest import FIVE, MakeShop
from tests.pictures import encoded
from tests.shop import SITE, Shop

SHIRT = """\
name: Linen shirt
category: rings
price: 89.00
options:
  Colour:
    values: [Red, Natural, Sand, Black]
    swatches: {Red: "#7A1F2B", Natural: media/linen.jpg}
  Size: [S, M]
variants:
  - {sku: RED-S, options: {Colour: Red, Size: S}, stock: 1}
  - {sku: NAT-S, options: {Colour: Natural, Size: S}, stock: 0}
  - {sku: SAN-M, options: {Colour: Sand, Size: M}, stock: 1}
"""
PAGE = "products/linen-shirt/index.html"


def jpeg(width: int, height: int) -> bytes:
    return encoded(Image.new("RGB", (width, height), "linen"), "JPEG")


def shirt(make_shop: MakeShop, text: str = SHIRT, site: str = "") -> Shop:
    files = {**FIVE, "content/products/linen-shirt.yaml": text, "content/media/linen.jpg": jpeg(400, 300)}
    return make_shop({**files, "site.yaml": SITE + site})


def boxes(shop: Shop) -> dict[str, Tag]:
    """Return the boxes of the first option by the name that they show."""
    found = shop.html(PAGE).select(".variant")[0].select(".variant__box")
    return {text.get_text(): box for box in found if (text := box.select_one(".variant__text"))}


def test_values_have_their_colour_or_picture_beside_their_name(make_shop: MakeShop) -> None:
    shop = shirt(make_shop)
    shop.build()

    found = boxes(shop)
    assert list(found) == ["Red", "Natural", "Sand"]  # nothing is made in black
    assert [path["fill"] for path in found["Red"].select("svg.swatch[aria-hidden=true] path")] == ["#7a1f2b"]
    (picture,) = found["Natural"].select("img.swatch")
    assert picture["alt"] == ""
    assert shop.has(str(picture["src"]).lstrip("/"))
    assert shop.has(str(picture["srcset"]).split()[0].lstrip("/"))
    assert not found["Sand"].select(".swatch")
    assert "variant__box--out" in found["Natural"]["class"]
    assert not shop.html(PAGE).select(".variant")[1].select(".swatch")


def test_swatches_of_the_shop_hold_for_all_products_and_a_products_own_win(make_shop: MakeShop) -> None:
    shop = shirt(make_shop, site='swatches: {Sand: "#d9c7a3", Red: "#ff0000", M: 102030}\n')
    shop.build()

    found = boxes(shop)
    assert [path["fill"] for path in found["Sand"].select("path")] == ["#d9c7a3"]
    assert [path["fill"] for path in found["Red"].select("path")] == ["#7a1f2b"]
    sizes = shop.html(PAGE).select(".variant")[1].select(".variant__box path")
    assert [path["fill"] for path in sizes] == ["#102030"]


def test_card_shows_dots_and_the_number_of_colours_that_are_made(make_shop: MakeShop) -> None:
    shop = shirt(make_shop)
    shop.build()

    (line,) = shop.html("rings/index.html").select(".product-card__colours")
    assert line.get_text(strip=True) == "3 colours"
    assert len(line.select(".swatch")) == 2


def test_card_shows_five_dots_at_most(make_shop: MakeShop) -> None:
    names = ["Red", "Blue", "Green", "Grey", "Pink", "White", "Black"]
    colours = ", ".join(f'{name}: "#00000{place}"' for place, name in enumerate(names))
    text = f"name: Linen shirt\ncategory: rings\nprice: 9.00\noptions: {{Colour: [{', '.join(names)}]}}\n"
    shop = shirt(make_shop, text, f"swatches: {{{colours}}}\n")
    shop.build()

    (line,) = shop.html("rings/index.html").select(".product-card__colours")
    assert line.get_text(strip=True) == "7 colours"
    assert [path["fill"] for path in line.select("path")] == [f"#00000{place}" for place in range(5)]


def test_card_without_a_choice_of_colours_shows_none(make_shop: MakeShop) -> None:
    text = "name: Linen shirt\ncategory: rings\nprice: 9.00\noptions: {Colour: [Red], Size: [S, M]}\n"
    shop = shirt(make_shop, text, 'swatches: {Red: "#7a1f2b"}\n')
    shop.build()

    assert not shop.html("rings/index.html").select(".product-card__colours")


def test_changed_swatches_and_their_pictures_reach_pages_and_cards(make_shop: MakeShop) -> None:
    site = "swatches: {Sand: media/sand.jpg}\n"
    shop, clean = shirt(make_shop, site=site), shirt(make_shop, site=site)
    shop.write("content/media/sand.jpg", jpeg(200, 200))
    shop.build()
    for each in (shop, clean):
        each.write("content/media/sand.jpg", jpeg(320, 200))
        each.write("content/media/linen.jpg", jpeg(240, 200))
        each.write("content/products/linen-shirt.yaml", SHIRT.replace("#7A1F2B", "#112233"))
        each.build()

    assert shop.text(PAGE) == clean.text(PAGE)
    assert shop.text("rings/index.html") == clean.text("rings/index.html")
    assert "#112233" in shop.text(PAGE)
    assert all(shop.has(str(tag["src"]).lstrip("/")) for tag in shop.html(PAGE).select("img.swatch"))


def test_colour_without_quotes_is_a_comment_and_told_so(make_shop: MakeShop) -> None:
    """YAML ignores everything after a number sign, so the product would have no swatch."""
    text = SHIRT.replace('swatches: {Red: "#7A1F2B", Natural: media/linen.jpg}', "swatches:\n      Red: #7a1f2b")
    shop = shirt(make_shop, text, "swatches:\n  Sand: #d9c7a3\ntheme:\n  tokens:\n    action: #0e4f4a\n")

    told = [line for line in shop.build().warnings if "begins a comment" in line]
    assert sorted(line.partition(": nothing")[0] for line in told) == [
        "content/products/linen-shirt.yaml:8: options.Colour.swatches.Red",
        "site.yaml:14: swatches.Sand",
        "site.yaml:17: theme.tokens.action",
    ]
    assert all('put the text in quotes: "#' in line for line in told)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "Red: red",
            'options.Colour.swatches.Red: expected a colour like "#7a1f2b", or a picture like media/linen.jpg',
        ),
        ('Red: "#7a1f2"', "options.Colour.swatches.Red: expected a colour"),
        ('Rde: "#7a1f2b"', 'options.Colour.swatches.Rde: no value "Rde", did you mean "Red"?'),
        ("Red: media/lined.jpg", "options.Colour.swatches.Red: media/lined.jpg: "),
    ],
)
def test_wrong_swatch_is_reported_with_its_line(make_shop: MakeShop, text: str, message: str) -> None:
    shop = shirt(make_shop, SHIRT.replace('Red: "#7A1F2B", Natural: media/linen.jpg', text))

    with pytest.raises(ContentError) as raised:
        shop.build()
    assert f"content/products/linen-shirt.yaml:7: {message}" in str(raised.value)
