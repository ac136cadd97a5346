"""The page after an order, for each way of paying: care, an offer, the parcel, and how to reach the shop."""

from __future__ import annotations

import pytest

from tests.conftest import MakeShop, five_with
from tests.shop import SITE

SKUS = ("RG-014-16", "RG-014-17", "RG-014-18", "RG-001", "ER-002", "ER-003", "CA-001")
LINKS = "".join(f"{sku}: https://buy.stripe.com/test_{sku.replace('-', '')}\n" for sku in SKUS)
LATER = (
    "kind: coupon\nname: A tenth off your next order\npercent: 10\ncode: NEXT10\nends: 2027-06-30\n"
    "after_order: {hours: 48, products: [rope-ring]}\n"
)
PAID, SENT = "Your payment was taken", "Your order is sent"


@pytest.mark.parametrize(
    ("provider", "says"),
    [
        ("[order]", {SENT}),
        ("[card]", {PAID}),
        ("[stripe]", {PAID}),
        ("[card, order]", {PAID, SENT}),
    ],
)
def test_page_after_an_order_says_what_comes_next(make_shop: MakeShop, provider: str, says: set[str]) -> None:
    site = f"{SITE}checkout: {{provider: {provider}}}\nanswer_hours: 24\ntracking: {{carriers: [posti], thanks: yes}}\n"
    files: dict[str, str | bytes] = {
        "content/offers/later.yaml": LATER,
        "content/categories/rings.yaml": "name: Rings\ncare: Rub it.\n",
        "content/pages/returns.md": "---\ntitle: Returns\n---\nIn its box.\n",
    }
    if "stripe" in provider:
        files = {name: text for name, text in files.items() if "offers" not in name}
        files["content/checkout/stripe.yaml"] = LINKS
    shop = five_with(make_shop, files, site)
    page = shop.html("thanks/index.html").select_one(".thanks")
    assert page is not None
    text, links = page.get_text(" ", strip=True), [str(link["href"]) for link in page.select("a")]

    assert {each for each in (PAID, SENT) if each in text} == says
    assert "1–3" in text
    assert "You have 30 days to return it." in text
    assert {"/track/", "/returns/", "mailto:a@shop.example"} <= set(links)
    assert "within 24 hours" in text
    # The script fills in the care of what was ordered; it knows the address of support pages.
    assert page.select("[data-part=care][data-support='/support/'][hidden]")
    if "stripe" not in provider:
        (offer,) = page.select("[data-after=later][hidden]")
        assert (offer["data-hours"], offer["data-products"]) == ("48", '["rope-ring"]')
        assert offer.select("a[href='/offers/later/']")
    assert "NEXT10" not in shop.text("thanks/index.html")


def test_shop_without_help_and_offers_has_no_empty_parts(make_shop: MakeShop) -> None:
    page = five_with(make_shop, {}, f"{SITE}tracking: {{thanks: yes}}\n").html("thanks/index.html")

    assert not page.select("[data-after], .thanks__after")
    assert "recommend" not in str(page.select_one(".thanks"))
