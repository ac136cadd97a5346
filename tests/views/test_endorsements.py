"""What others say of the shop: a page by kind, the home page, sources, and what has expired."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import pytest

from storegen.errors import ContentError
from tests.conftest import MakeShop, five_with
from tests.shop import NOW, SITE, one, png

PRESS = "kind: press\nname: Muoto\nquote: Quiet silver.\nlink: https://muoto.example/a\ndate: 2026-04-02\n"
MARK = "kind: certificate\nname: Guild\ntext: We mend.\nexpires: 2026-12-31\n"
RATING = "kind: marketplace\nname: Markkina\nlink: https://markkina.example/shop\ndate: 2026-11-01\nrating: 4.75\nratings: 212\n"
ALL: Mapping[str, str | bytes] = {
    "content/endorsements/muoto.yaml": PRESS,
    "content/endorsements/guild.yaml": MARK,
    "content/endorsements/markkina.yaml": RATING,
}
PAGE = "endorsements/index.html"


def test_page_has_a_section_for_each_kind_that_has_entries(make_shop: MakeShop) -> None:
    shop = five_with(make_shop, ALL)

    page = shop.html(PAGE)
    titles = [title.get_text() for title in page.select(".section__title")]
    assert titles == ["In the press", "Certificates", "Ratings elsewhere"]
    assert one(page, "#press blockquote").get_text(strip=True) == "“Quiet silver.”"
    assert one(page, "#press a")["href"] == "https://muoto.example/a"
    assert "/endorsements/<" in shop.text("sitemap.xml")


def test_rating_has_its_source_and_its_day_and_no_structured_data(make_shop: MakeShop) -> None:
    shop = five_with(make_shop, ALL)

    rating = one(shop.html(PAGE), "#marketplace")
    assert one(rating, ".stars__mean").get_text() == "4.8"
    assert "212 ratings, as of 1 Nov 2026" in rating.get_text()
    assert one(rating, "a[href='https://markkina.example/shop']").get_text() == "See it on markkina.example"
    assert [each["@type"] for each in shop.jsonld(PAGE)] == ["BreadcrumbList"]


def test_shop_without_entries_has_no_page(make_shop: MakeShop) -> None:
    shop = five_with(make_shop, {})
    assert not shop.has(PAGE)

    with pytest.raises(ContentError, match="there is no page of endorsements"):
        five_with(make_shop, {}, SITE + "legal: [endorsements]\n")


def test_home_page_shows_the_chosen_kinds(make_shop: MakeShop) -> None:
    home = "sections: [{endorsements: {kinds: [certificate, marketplace], count: 1}}, {testimonials: {title: V}}]\n"
    shop = five_with(make_shop, {**ALL, "content/pages/home.yaml": home})

    page = shop.html("index.html")
    assert [name.get_text() for name in page.select(".endorsement__name")] == ["Guild"]
    assert one(page, ".band--endorsements .band__title").get_text() == "What others say"
    assert page.select("a[href='/endorsements/']")
    assert "Quiet silver." in one(page, ".testimonials").get_text()


def test_home_section_without_entries_is_absent(make_shop: MakeShop) -> None:
    home = "sections: [{endorsements: {kinds: [partner]}}]\n"
    shop = five_with(make_shop, {**ALL, "content/pages/home.yaml": home})

    assert not shop.html("index.html").select(".band--endorsements")


def test_expired_certificate_disappears_and_the_build_says_when(make_shop: MakeShop) -> None:
    shop = five_with(make_shop, ALL)
    assert shop.html(PAGE).select("#certificate")
    assert shop.build().next_instant == dt.datetime(2026, 12, 31, 22, tzinfo=dt.UTC)

    shop.build(now=dt.datetime(2027, 1, 1, 12, tzinfo=dt.UTC))
    assert not shop.html(PAGE).select("#certificate")
    assert dt.datetime(2026, 12, 31, tzinfo=dt.UTC) > NOW


def test_words_are_translated_and_quotes_are_not(make_shop: MakeShop) -> None:
    files = {
        **ALL,
        "content/endorsements/guild.fi.yaml": "name: Kilta\ntext: Korjaamme.\n",
        "content/endorsements/logo.yaml": "kind: partner\nname: Logo\nimage: media/logo.png\n",
        "content/media/logo.png": png("teal", 200, 100),
    }
    shop = five_with(make_shop, files, SITE + "languages: [en, fi]\n")

    page = shop.html("fi/muut-meista/index.html")
    assert "Korjaamme." in one(page, "#certificate").get_text()
    assert "Quiet silver." in one(page, "#press").get_text()
    assert one(page, "#press li")["lang"] == "en"
    assert one(page, "#partner img")["alt"] == "Logo"
