"""The table of delivery methods on a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser import hosted
from tests.conftest import FIVE, MakeShop
from tests.shop import SITE

NOTE = "Ready the next working day, often the same day. We write to you as soon as it is ready."
METHOD = f'{{id: post, name: Post, price: 5.90, free_from: 120.00, days: 1-3, countries: [FI], note: "{NOTE}"}}'
LONG = '"delivery.free_from": "costs nothing for every order of {price} or a larger sum"'


@pytest.mark.browser
def test_long_words_about_the_price_leave_room_for_the_method(browser: Browser, make_shop: MakeShop) -> None:
    site = SITE.replace("{id: post, name: Post, price: 5.90, free_from: 120.00, days: 1-3, countries: [FI]}", METHOD)
    page_file = "---\ntitle: Delivery\nlayout: delivery\n---\nText.\n"
    shop = make_shop(
        {**FIVE, "site.yaml": f"{site}theme: {{words: {{{LONG}}}}}\n", "content/pages/delivery.md": page_file}
    )
    shop.build()
    page = browser.new_page(viewport={"width": 390, "height": 664})
    with hosted(shop.output) as address:
        page.goto(f"{address}/delivery/")

        def width(selector: str) -> float:
            box = page.locator(selector).bounding_box()
            assert box is not None
            return box["width"]

        assert width(".deliveries tbody th") > width(".deliveries tbody .number")
        page.close()
