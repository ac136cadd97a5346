"""Choosing a variant: what the page shows for each choice, complete or not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import hosted
from tests.conftest import MakeShop
from tests.shop import NOW, SITE, png

# Red exists in S and M, blue in M and L; blue M is sold out. Each colour has its picture, and L costs more.
SHADE = """\
name: Shade
price: 20.00
images: [media/red.png, media/blue.png]
options: {Colour: [Red, Blue], Size: [S, M, L], Material: [Linen]}
variants:
  - {sku: R-S, options: {Colour: Red, Size: S, Material: Linen}, image: media/red.png}
  - {sku: R-M, options: {Colour: Red, Size: M, Material: Linen}, image: media/red.png, stock: 2}
  - {sku: B-M, options: {Colour: Blue, Size: M, Material: Linen}, image: media/blue.png, stock: 0}
  - {sku: B-L, options: {Colour: Blue, Size: L, Material: Linen}, image: media/blue.png, price: 25.00,
     availability: made_to_order}
"""
PLAIN = SITE.replace('menu: ["category:rings", "guides"]\n', "")


@pytest.fixture
def page(browser: Browser, make_shop: MakeShop) -> Iterator[Page]:
    rows = "".join(
        f"  - {{sku: X-{place}, options: {{Length: {place} cm}}, stock: {place % 3}}}\n" for place in range(30)
    )
    shop = make_shop(
        {
            "site.yaml": PLAIN,
            "content/media/red.png": png("red"),
            "content/media/blue.png": png("blue"),
            "content/products/shade.yaml": SHADE,
            "content/products/cord.yaml": f"name: Cord\nprice: 3.00\nvariants:\n{rows}",
        }
    )
    shop.build()
    with hosted(shop.output) as address:
        page = browser.new_page(base_url=address)
        page.clock.set_fixed_time(NOW)
        page.goto("/products/shade/")
        yield page
        page.close()


def choose(page: Page, value: str) -> None:
    page.locator(".variant__box", has=page.locator(f"input[value={value}]")).click()


def struck(page: Page) -> list[str]:
    return [" ".join(text.split()).replace(" ,", ",") for text in page.locator(".variant__box--out").all_inner_texts()]


@pytest.mark.browser
def test_only_value_is_chosen_already(page: Page) -> None:
    assert page.locator("input[value=Linen]").is_checked()
    assert struck(page) == []
    expect(page.locator(".price--large")).to_have_text("from €20.00")


@pytest.mark.browser
def test_values_that_do_not_go_with_the_choice_are_struck(page: Page) -> None:
    choose(page, "Blue")
    assert struck(page) == ["S, not made", "M, sold out"]

    choose(page, "Red")
    assert struck(page) == ["L, not made"]


@pytest.mark.browser
def test_price_and_picture_follow_as_soon_as_they_are_settled(page: Page) -> None:
    choose(page, "Red")

    expect(page.locator(".price--large")).to_have_text("€20.00")
    expect(page.locator("product-gallery .gallery__main img, product-gallery img").first).to_be_visible()
    assert "variant=" not in page.url  # the size is missing

    choose(page, "Blue")
    expect(page.locator(".price--large")).to_have_text("€25.00")  # the only one that can be had
    choose(page, "L")
    assert page.url.endswith("?variant=B-L")
    expect(page.locator(".promise__when")).to_have_text("Made to order")


@pytest.mark.browser
def test_combination_that_is_not_made_says_so_everywhere(page: Page) -> None:
    choose(page, "Red")
    choose(page, "L")

    expect(page.locator("#choose-first")).to_have_text("This combination is not made.")
    expect(page.locator(".promise__when")).to_have_text("This combination is not made.")
    expect(page.locator(".promise__where")).to_be_empty()
    expect(page.locator("[data-part=price]")).to_be_empty()
    expect(page.get_by_role("link", name="Buy now").first).to_be_hidden()
    expect(page.get_by_role("button", name="Add to cart")).to_be_hidden()
    assert "variant=" not in page.url

    choose(page, "M")
    expect(page.locator("#choose-first")).to_be_empty()
    expect(page.locator(".price--large")).to_have_text("€20.00")
    expect(page.locator(".promise__where")).to_contain_text("2 left")
    expect(page.get_by_role("link", name="Buy now").first).to_be_visible()


@pytest.mark.browser
def test_sold_out_choice_asks_for_a_letter(page: Page) -> None:
    choose(page, "Blue")
    choose(page, "M")

    expect(page.locator(".promise__when")).to_contain_text("Sold out: Colour Blue, Size M, Material Linen")
    expect(page.get_by_role("button", name="Add to cart")).to_be_hidden()
    letter = page.locator("[data-part=letter] a")
    expect(letter).to_be_visible()
    assert "Blue" in (letter.get_attribute("href") or "")


@pytest.mark.browser
def test_many_values_are_a_list_that_says_what_is_sold_out(page: Page) -> None:
    page.goto("/products/cord/")
    field = page.locator("select[data-option]")

    texts = field.locator("option").all_inner_texts()
    assert texts[:4] == ["Choose", "0 cm, sold out", "1 cm", "2 cm"]
    field.select_option("2 cm")
    expect(page.locator(".promise__where")).to_contain_text("2 left")
    assert page.url.endswith("?variant=X-2")


@pytest.fixture
def coloured(browser: Browser, make_shop: MakeShop) -> Iterator[Page]:
    """The same product with swatches, seen in forced colours."""
    swatches = 'options: {Colour: {values: [Red, Blue], swatches: {Red: "#7a1f2b", Blue: media/blue.png}}, '
    shop = make_shop(
        {
            "site.yaml": PLAIN,
            "content/media/red.png": png("red"),
            "content/media/blue.png": png("blue"),
            "content/products/shade.yaml": SHADE.replace("options: {Colour: [Red, Blue], ", swatches),
        }
    )
    shop.build()
    with hosted(shop.output) as address:
        context = browser.new_context(base_url=address, forced_colors="active", viewport={"width": 390, "height": 664})
        page = context.new_page()
        page.goto("/products/shade/")
        yield page
        context.close()


@pytest.mark.browser
def test_swatch_is_chosen_by_its_name_and_keeps_its_colour_in_forced_colours(coloured: Page) -> None:
    coloured.get_by_role("radio", name="Red").check(force=True)
    expect(coloured.locator("[data-part=chosen]").first).to_have_text("Red")
    swatch = coloured.locator("svg.swatch")
    assert swatch.bounding_box() == {**(swatch.bounding_box() or {}), "width": 24, "height": 24}
    assert swatch.locator("path").evaluate("path => getComputedStyle(path).fill") == "rgb(122, 31, 43)"
    chosen = coloured.locator(".variant__box", has=swatch)
    assert chosen.evaluate("box => getComputedStyle(box).outlineStyle") == "solid"


@pytest.mark.browser
def test_swatch_that_is_sold_out_in_the_size_is_struck_and_the_picture_follows(coloured: Page) -> None:
    choose(coloured, "M")
    struck_box = coloured.locator(".variant__box--out", has=coloured.locator("img.swatch"))
    expect(struck_box).to_have_count(1)
    assert struck_box.evaluate("box => getComputedStyle(box).textDecorationLine") == "line-through"

    coloured.get_by_role("radio", name="Blue").check(force=True)
    expect(coloured.locator("[data-part=number]")).to_have_text("2")


@pytest.mark.browser
def test_bar_of_a_phone_says_what_is_still_to_be_chosen(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 664})
    button = page.locator("[data-part=bar-now]")
    expect(button).to_have_text("Choose colour")
    button.click()
    expect(page.locator("#choose-first")).to_have_text("Choose a colour first")
    choose(page, "Red")
    expect(button).to_have_text("Choose size")
    choose(page, "S")
    expect(button).to_have_text("Buy now")
    choose(page, "Blue")
    choose(page, "M")
    expect(button).to_have_text("Tell me when it is back")
    expect(page.locator("[data-part=bar-choice]")).to_contain_text("Sold out")
