"""Surcharges by postcode and weight limits: on pages, in the cart, and in the order that is verified."""

from __future__ import annotations

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, Page, expect

from storegen.cli.verify_order_command import command as verify_order
from tests.browser import hosted
from tests.conftest import FIVE, MakeShop
from tests.planned import plan_shop
from tests.shop import NOW, SITE, Shop

KEY = "a key that nobody else has"
METHODS = """\
  methods:
    - id: letter
      name: Letter
      price: 2.90
      days: 1-3
      countries: [FI, SE]
      max_weight: 100 g
    - id: post
      name: Post
      price: 5.90
      free_from: 90.00
      days: 1-3
      countries: [FI, SE]
      max_weight: 2 kg
      surcharges:
        - {country: FI, postcodes: [22000-22999], price: 4.00, name: Åland}
        - {country: SE, postcodes: [98*, 62010], price: 9.00}
"""
OLD = "  methods:\n    - {id: post, name: Post, price: 5.90, free_from: 120.00, days: 1-3, countries: [FI]}\n"
FILES = FIVE | {
    "site.yaml": SITE.replace(OLD, METHODS) + "theme: {name: default}\n",
    "content/products/plain-band.yaml": "name: Plain band\nsku: RG-001\ncategory: rings\nprice: 49.00\nweight: 60 g\n",
    "content/pages/delivery.md": "---\ntitle: Delivery\n---\nBy post.\n",
}


def test_replaced_delivery_is_in_the_file() -> None:
    assert OLD in SITE


def test_structured_data_has_the_surcharges_with_their_postcodes() -> None:
    offer = plan_shop(FILES).jsonld("products/plain-band/index.html")[0]["offers"]
    found = [(each["shippingRate"]["value"], each["shippingDestination"]) for each in offer["shippingDetails"]]
    home, away = {"@type": "DefinedRegion", "addressCountry": "FI"}, {"@type": "DefinedRegion", "addressCountry": "SE"}
    islands = {"@type": "PostalCodeRangeSpecification", "postalCodeBegin": "22000", "postalCodeEnd": "22999"}

    assert found == [
        ("2.90", [home, away]),
        ("5.90", [home, away]),
        ("9.90", [{**home, "postalCodeRange": [islands]}]),
        ("14.90", [{**away, "postalCodePrefix": ["98"]}, {**away, "postalCode": ["62010"]}]),
    ]


def test_delivery_page_lists_limits_and_surcharges() -> None:
    post = plan_shop(FILES).context("delivery/index.html").deliveries[1]

    assert post.max_weight == "2 kg"
    assert [(each.country, each.name, each.postcodes, str(each.price.amount)) for each in post.surcharges] == [
        ("FI", "Åland", ("22000-22999",), "4.00"),
        ("SE", "", ("98*", "62010"), "9.00"),
    ]


def test_product_that_is_too_heavy_for_a_method_names_another() -> None:
    files = FILES | {"content/products/plain-band.yaml": "name: Plain band\nprice: 49.00\nweight: 101 g\n"}
    page = plan_shop(files).context("products/plain-band/index.html")

    assert [line.name for line in page.deliveries] == ["Post"]


@pytest.fixture
def page(browser: Browser, make_shop: MakeShop, monkeypatch: pytest.MonkeyPatch) -> Page:
    monkeypatch.setenv("STOREGEN_ORDER_KEY", KEY)
    shop: Shop = make_shop(FILES)
    shop.build()
    found = browser.new_context(viewport={"width": 390, "height": 844}, reduced_motion="reduce").new_page()
    found.clock.install(time=NOW)
    found.shop = shop  # type: ignore[attr-defined]
    return found


def order(page: Page) -> str:
    """Return the text of the order."""
    text: str = page.evaluate("storegen.orderText")
    return text


def verified(shop: Shop, text: str) -> tuple[int, str]:
    found = CliRunner().invoke(verify_order, ["--site", str(shop.folder), "-"], input=text)
    return found.exit_code, found.output


@pytest.mark.browser
def test_cart_asks_for_the_postcode_and_says_which_method_is_left_out(page: Page) -> None:
    shop: Shop = page.shop  # type: ignore[attr-defined]
    with hosted(shop.output) as address:
        page.goto(f"{address}/products/plain-band/")
        page.get_by_role("button", name="Add to cart").first.click()
        cart = page.locator("dialog[open] shop-cart")
        field, note, total = (
            cart.get_by_label("Postcode"),
            cart.locator("[data-part=areas]"),
            cart.locator("[data-part=total]"),
        )
        expect(total).to_have_text("€51.90")
        expect(field).to_be_hidden()
        expect(note).to_have_text("")

        cart.get_by_role("button", name="One more").click()
        expect(total).to_have_text("€98.00")
        expect(note).to_have_text("Letter takes up to 100 g. Delivery to some postcodes costs more.")
        field.fill("22 100")
        field.blur()
        expect(note).to_have_text("Letter takes up to 100 g. Delivery to Åland costs €4.00 more.")
        expect(total).to_have_text("€102.00")
        assert "Delivery, Post, Finland, 22100: 4.00 EUR" in order(page)
        assert verified(shop, order(page))[0] == 0
        code, output = verified(shop, order(page).replace(", 22100: 4.00", ", 00100: 4.00"))
        assert (code, "the shop asks 0.00 EUR" in output) == (1, True)

        cart.locator("[data-part=country]").select_option("SE")
        expect(total).to_have_text("€98.00")
        expect(note).to_have_text("Letter takes up to 100 g.")
        field.fill("98499")
        field.blur()
        expect(total).to_have_text("€107.00")
        page.reload()
        page.goto(f"{address}/cart/")
        expect(page.get_by_label("Postcode").first).to_have_value("98499")


@pytest.mark.browser
def test_cart_that_no_method_takes_says_why(page: Page) -> None:
    shop: Shop = page.shop  # type: ignore[attr-defined]
    with hosted(shop.output) as address:
        page.goto(f"{address}/products/plain-band/")
        page.get_by_role("button", name="Add to cart").first.click()
        cart = page.locator("dialog[open] shop-cart")
        cart.locator("[data-part=quantity]").fill("40")
        cart.locator("[data-part=quantity]").blur()
        expect(cart.locator("[data-part=areas]")).to_have_text("Letter takes up to 100 g. Post takes up to 2 kg.")
        expect(cart.locator("[data-part=apart]")).to_be_visible()
        expect(cart.locator("[data-part=foot]")).to_be_hidden()
