"""Ids that an editor writes are shown as names: of people and of carriers."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.shop import SITE, Shop

FILES = {
    "content/categories/rings.yaml": "name: Rings\n",
    "content/products/band.yaml": (
        "name: Band\nprice: 1.00\ncategory: rings\nquestions: [{question: How?, answer: So., by: aino}]\n"
    ),
    "content/people/aino.yaml": "name: Aino Korhonen\n",
    "content/pages/delivery.md": (
        "---\ntitle: Delivery\nlayout: delivery\nquestions: [{question: When?, answer: Soon., by: aino}]\n---\nText.\n"
    ),
    "content/reviews/all.yaml": (
        "- {product: band, rating: 5, date: 2026-10-01, text: Good, reply: {text: Thanks, by: aino}}\n"
        "- {product: band, rating: 5, date: 2026-10-02, text: Good, reply: {text: Thanks, by: The workshop}}\n"
    ),
}


def test_people_are_shown_by_name_wherever_they_answer(tmp_path: Path) -> None:
    shop = Shop(tmp_path, FILES)
    shop.build()

    assert [each.get_text() for each in shop.html("delivery/index.html").select(".question__by")] == ["Aino"]
    product = shop.html("products/band/index.html")
    assert [each.get_text() for each in product.select(".question__by")] == ["Aino"]
    assert {each.get_text().split(" · ")[0] for each in product.select(".review__reply .review__who")} == {
        "The workshop, Test shop",
        "Aino, Test shop",
    }


def test_new_name_of_a_person_reaches_the_answers(tmp_path: Path) -> None:
    shop = Shop(tmp_path, FILES)
    shop.build()
    shop.write("content/people/aino.yaml", "name: Liisa Korhonen\n")
    shop.build()

    assert [each.get_text() for each in shop.html("delivery/index.html").select(".question__by")] == ["Liisa"]
    assert [each.get_text() for each in shop.html("products/band/index.html").select(".question__by")] == ["Liisa"]


@pytest.mark.parametrize(
    ("carrier", "tracking", "shown"),
    [
        ("posti", "", "Posti"),
        ("POSTI", "", "Posti"),
        ("cj-logistics", "", "CJ Logistics"),
        ("Bob's vans", "", "Bob's vans"),
        ("bob", "{id: bob, name: Bob's vans, link: 'https://bob.example/{number}'}", "Bob's vans"),
    ],
)
def test_carrier_is_shown_by_name(tmp_path: Path, carrier: str, tracking: str, shown: str) -> None:
    site = SITE.replace("{id: post, name: Post,", f'{{id: post, name: Post, carrier: "{carrier}",')
    site += f"tracking: {{carriers: [{tracking}]}}\n" if tracking else ""
    site += "promises: {sent: {title: 'Sent by {carrier}'}}\nproduct_promises: [sent]\n"
    shop = Shop(tmp_path, {**FILES, "site.yaml": site})
    shop.build()

    page = shop.html("products/band/index.html")
    assert f"Sent by {shown}" in page.get_text()
    assert {each["carrier"] for each in shop.cart_rules()["methods"]} == {shown}
