"""The feed for shopping engines: each article with all that an engine asks. Limits: support.google.com/merchants."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from storegen.outputs import Page
from storegen.views.contexts.product_feed import FeedDelivery, ProductFeed, ProductFeedItem
from tests.planned import plan_anew, plan_shop
from tests.records import HELSINKI
from tests.shop import SITE, png

AT = "https://shop.example"
FED = SITE.replace('menu: ["category:rings", "guides"]\n', "feeds: [google]\nlowest_price: no\n")
PIN = "name: Pin\nprice: 5.00\n"
POST = FeedDelivery(country="FI", service="Post", price="5.90 EUR", days=(1, 3))


def feed(site: str = FED, **files: str | bytes) -> ProductFeed:
    named = {f"content/{name.replace('__', '/')}.yaml": text for name, text in files.items()}
    named |= {"content/media/a.png": png("red", 4, 3), "content/media/b.png": png("blue", 4, 3)}
    found: ProductFeed = plan_shop({"site.yaml": site, **named}).context("feeds/google.xml")
    return found


def only(pin: str, site: str = FED, **files: str) -> ProductFeedItem:
    """Return the one item of a shop with one article."""
    (item,) = feed(site, products__pin=pin, **files).items
    return item


def made(site: str = FED, pin: str = PIN, **files: str) -> dict[str, Page]:
    """Return the feeds of a shop by their address, as they are planned."""
    named = {f"content/{name.replace('__', '/')}.md": text for name, text in files.items()}
    pages = plan_anew({"site.yaml": site, "content/products/pin.yaml": pin, **named}).pages
    return {path: page for path, page in pages.items() if "google" in path}


def test_feed_of_each_language_is_made_where_the_shop_asks_for_it() -> None:
    assert made(FED.replace("feeds: [google]\n", "")) == {}
    found = made(f"{FED}languages: [en, fi]\n")

    assert {path: page.language for path, page in found.items()} == {
        "feeds/google.xml": "en",
        "fi/feeds/google.xml": "fi",
    }
    assert {page.template for page in found.values()} == {"feeds/google.xml"}
    finnish = found["fi/feeds/google.xml"].context
    assert isinstance(finnish, ProductFeed)
    assert (finnish.url, finnish.home) == (f"{AT}/fi/feeds/google.xml", f"{AT}/fi/")


def test_feed_is_made_again_when_a_product_changes_and_not_for_a_guide() -> None:
    guide = "---\ntitle: Care\n---\nRub.\n"
    before = made(guides__care=guide)["feeds/google.xml"].fingerprint
    dearer = made(guides__care=guide, pin="name: Pin\nprice: 6.00\n")["feeds/google.xml"].fingerprint
    longer = made(guides__care=f"{guide}Rub again.\n")["feeds/google.xml"].fingerprint

    assert before
    assert dearer != before
    assert longer == before


def test_feed_is_named_as_the_shop() -> None:
    named = FED + "description: Pins of silver.\ntagline: Pins\n"
    found = feed(named, products__pin=PIN)

    assert (found.title, found.description) == ("Test shop", "Pins of silver.")
    assert (found.url, found.home) == (f"{AT}/feeds/google.xml", f"{AT}/")
    assert feed(FED + "tagline: Pins\n", products__pin=PIN).description == "Pins"


def test_article_with_little_to_say_says_that() -> None:
    assert only(PIN) == ProductFeedItem(
        id="pin",
        title="Pin",
        description="Pin",
        link=f"{AT}/products/pin/",
        availability="in_stock",
        price="5.00 EUR",
        condition="new",
        handling=(0, 1),
        delivery=POST,
    )


def test_article_on_sale_says_all_that_its_page_says() -> None:
    pin = """\
name: Pin
sku: P-1
price: 5.00
category: pins/small
brand: Hopea
gtin: "4006381333931"
mpn: M-1
condition: used
weight: 1.50 kg
availability: made_to_order
delivery: {make_days: 3-5}
unit_price: {content: 2 piece, per: 1 piece}
summary: A *small* [pin](product:pin).
description: Made by hand.
images: [media/a.png, "https://cdn.example/c.jpg"]
"""
    item = only(
        pin,
        categories__pins="name: Pins\n",
        categories__pins__small="name: Small\n",
        offers__week="name: Week\nproducts: [pin]\npercent: 20\nstarts: 2026-11-20\nends: 2026-11-30\n",
    )
    own, remote = item.pictures

    assert own.startswith(f"{AT}/media/a-4.")
    assert remote == "https://cdn.example/c.jpg"
    assert item == ProductFeedItem(
        id="P-1",
        title="Pin",
        description="A small pin. Made by hand.",
        link=f"{AT}/products/pin/",
        pictures=item.pictures,
        availability="in_stock",
        price="5.00 EUR",
        sale_price="4.00 EUR",
        sale_starts=dt.datetime(2026, 11, 20, tzinfo=HELSINKI),
        sale_ends=dt.datetime(2026, 12, 1, tzinfo=HELSINKI),
        brand="Hopea",
        gtin="4006381333931",
        mpn="M-1",
        condition="used",
        product_type="Pins > Small",
        weight="1500 g",
        unit="2 ct",
        unit_per="1 ct",
        handling=(3, 5),
        delivery=POST,
    )


def test_articles_of_one_product_are_a_group_with_pages_of_their_own() -> None:
    ring = """\
name: Ring
price: 40.00
options: {Size: [16, 17]}
images: [media/a.png, media/b.png]
variants:
  - {sku: R/16, options: {Size: 16}, stock: 0, image: media/b.png}
  - {sku: R 17, options: {Size: 17}, price: 45.00}
  - {sku: R-18, options: {Size: 18}, availability: preorder}
""".replace("[16, 17]", "[16, 17, 18]")
    first, second = feed(products__ring=ring).items

    assert (first.id, first.title, first.link) == ("R/16", "Ring, 16", f"{AT}/products/ring/?variant=R/16")
    assert (second.id, second.title, second.link) == ("R 17", "Ring, 17", f"{AT}/products/ring/?variant=R%2017")
    assert (first.group, second.group) == ("ring", "ring")
    assert (first.properties, second.properties) == ({"size": "16"}, {"size": "17"})
    assert (first.availability, second.availability) == ("out_of_stock", "in_stock")
    assert (first.price, second.price) == ("40.00 EUR", "45.00 EUR")
    assert [each[len(AT) : len(AT) + 9] for each in first.pictures] == ["/media/b-", "/media/a-"]  # its own first
    assert [each[len(AT) : len(AT) + 9] for each in second.pictures] == ["/media/a-", "/media/b-"]


@pytest.mark.parametrize("availability", ["preorder", "backorder"])
def test_what_comes_on_a_day_that_nobody_named_is_left_out(availability: str) -> None:
    assert feed(products__pin=f"{PIN}availability: {availability}\n").items == ()


def test_what_is_not_listed_is_not_in_the_feed() -> None:
    assert feed(products__pin=f"{PIN}status: unlisted\n").items == ()


def test_days_to_make_a_thing_count_only_where_it_must_be_made() -> None:
    assert only(f"{PIN}stock: 2\ndelivery: {{make_days: 3-5}}\n").handling == (0, 1)
    assert only(f"{PIN}availability: made_to_order\n").handling is None
    assert only(f"{PIN}availability: made_to_order\ndelivery: {{make_days: 7}}\n").handling == (7, 7)


@pytest.mark.parametrize("availability", ["preorder", "backorder"])
def test_what_comes_on_a_named_day_says_so(availability: str) -> None:
    item = only(f"{PIN}availability: {availability}\navailable_from: 2026-12-10\n")

    assert (item.availability, item.available, item.handling) == (availability, dt.date(2026, 12, 10), None)


def test_price_before_without_a_sale_has_no_days() -> None:
    item = only(f"{PIN}compare_at_price: 8.00\n")

    assert (item.price, item.sale_price) == ("8.00 EUR", "5.00 EUR")
    assert (item.sale_starts, item.sale_ends) == (None, None)


@pytest.mark.parametrize(("length", "cut"), [(49, False), (50, False), (51, True)])
def test_article_number_that_is_too_long_becomes_another(length: int, *, cut: bool) -> None:
    sku = "S" * length
    found = only(f"{PIN}sku: {sku}\n").id

    assert (found != sku) is cut
    assert len(found) <= 50
    assert only(f"{PIN}sku: {sku}T\n").id != found


@pytest.mark.parametrize("length", [149, 150, 151])
def test_title_is_cut_where_engines_cut_it(length: int) -> None:
    assert only(f"name: {'N' * length}\nprice: 5.00\n").title == "N" * min(length, 150)


@pytest.mark.parametrize(("length", "kept"), [(5000, True), (5001, False)])
def test_description_is_cut_where_engines_cut_it(length: int, *, kept: bool) -> None:
    text = ("word " * 1001)[: length - 1] + "x"
    found = only(f"{PIN}description: {text}\n").description

    assert (found == text) is kept
    assert len(found) <= 5000


def test_first_picture_and_ten_more_are_told() -> None:
    images = [f"https://cdn.example/{number}.jpg" for number in range(13)]

    assert only(f"{PIN}images: {images}\n".replace("'", '"')).pictures == tuple(images[:11])


@pytest.mark.parametrize(
    ("content", "per", "told"),
    [
        ("250 g", "1 kg", ("250 g", "1 kg")),
        ("250 g", "100 g", ("250 g", "100 g")),
        ("1.5 m2", "1 m2", ("1.5 sqm", "1 sqm")),
        ("2 m3", "1 m3", ("2 cbm", "1 cbm")),
        ("40 piece", "100 piece", ("40 ct", "100 ct")),
        ("75 cl", "1 l", ("75 cl", "1 l")),
        ("20 mm", "1 m", ("", "")),  # engines know no millimetres
        ("2 m", "100 mm", ("", "")),
    ],
)
def test_measures_are_told_in_words_that_engines_know(content: str, per: str, told: tuple[str, str]) -> None:
    item = only(f"{PIN}unit_price: {{content: {content}, per: {per}}}\n")

    assert (item.unit, item.unit_per) == told


@pytest.mark.parametrize(("weight", "told"), [("2.50 g", "2.5 g"), ("100 g", "100 g"), ("1 kg", "1000 g"), ("0 g", "")])
def test_weight_is_told_in_grams(weight: str, told: str) -> None:
    assert only(f"{PIN}weight: {weight}\n").weight == told


ABROAD = "    - {id: sea, name: Sea, price: 9.00, days: 9, countries: [SE]}\n"
ANYWHERE = "    - {id: air, name: Air, price: 12.00, days: 2-4}\n"
METHOD = "    - {id: post, name: Post, price: 5.90, free_from: 120.00, days: 1-3, countries: [FI]}\n"


@pytest.mark.parametrize(
    ("methods", "pin", "told"),
    [
        (METHOD, PIN, POST),
        (METHOD, "name: Pin\nprice: 119.99\n", POST),
        (
            METHOD,
            "name: Pin\nprice: 120.00\n",
            FeedDelivery(country="FI", service="Post", price="0.00 EUR", days=(1, 3)),
        ),
        (ABROAD, PIN, None),
        (ABROAD + METHOD, PIN, POST),  # the first that goes to the shop's own country
        (ANYWHERE + METHOD, PIN, FeedDelivery(country="FI", service="Air", price="12.00 EUR", days=(2, 4))),
        (
            ABROAD.replace("SE", "SE, FI"),
            PIN,
            FeedDelivery(country="FI", service="Sea", price="9.00 EUR", days=(9, 9)),
        ),
        (METHOD, f"{PIN}delivery: {{digital: yes}}\n", None),
        (
            METHOD + ANYWHERE,
            f"{PIN}delivery: {{methods: [air]}}\n",
            FeedDelivery(country="FI", service="Air", price="12.00 EUR", days=(2, 4)),
        ),
        (
            METHOD.replace("countries", "steps: [{weight: 2 kg, price: 8.00}], countries"),
            f"{PIN}weight: 2 kg\n",
            FeedDelivery(country="FI", service="Post", price="8.00 EUR", days=(1, 3)),
        ),
    ],
)
def test_delivery_to_the_shops_own_country_is_told(methods: str, pin: str, told: FeedDelivery | None) -> None:
    assert only(pin, FED.replace(METHOD, methods)).delivery == told


def test_shop_without_a_country_tells_no_delivery() -> None:
    assert only(PIN, FED.replace(", country: FI", "").replace(", countries: [FI]", "")).delivery is None


def test_offer_of_free_delivery_counts_for_what_it_is_about() -> None:
    free = "name: Sent\nkind: free_delivery\nproducts: [pin]\n"
    found = feed(products__pin=PIN, products__ring="name: Ring\nprice: 5.00\n", offers__free=free).items

    assert [(item.id, item.delivery.price) for item in found if item.delivery] == [
        ("pin", "0.00 EUR"),
        ("ring", "5.90 EUR"),
    ]


@pytest.mark.parametrize(("limit", "price"), [("countries: [FI]", "0.00 EUR"), ("methods: [door]", "5.90 EUR")])
def test_free_delivery_counts_in_its_countries_and_by_its_methods(limit: str, price: str) -> None:
    door = "    - {id: door, name: Door, price: 9.90, days: 1, countries: [FI, SE]}\nreturns:"
    free = f"name: Sent\nkind: free_delivery\n{limit}\n"
    found = only(PIN, FED.replace("returns:", door), offers__free=free)

    assert found.delivery is not None
    assert found.delivery.price == price


def test_two_articles_are_a_group_as_well_as_three() -> None:
    ring = "name: Ring\nprice: 5.00\noptions: {Size: [S, M]}\n"

    assert [item.group for item in feed(products__ring=ring).items] == ["ring", "ring"]


def test_feed_holds_what_a_sale_is_worth_only_where_it_is_proven() -> None:
    week: Any = "name: Week\nproducts: [pin]\npercent: 20\nstarts: 2026-11-20\nends: 2026-11-30\n"
    item = only(PIN, FED.replace("lowest_price: no\n", ""), offers__week=week)

    assert (item.price, item.sale_price, item.sale_starts) == ("4.00 EUR", "", None)
