"""Pages of a product's reviews: who gets one, its parts by stars, and what a review tells."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from storegen.errors import ContentError
from tests.conftest import MakeShop, five_with
from tests.shop import SITE, Shop, one, png

PRODUCT = "products/rope-ring/index.html"
PAGE = "reviews/rope-ring/index.html"
TWO = SITE + "languages: [en, fi]\n"


def reviews(count: int, product: str = "rope-ring", **more: Any) -> str:
    """Return reviews of which every fifth has four stars and the others five, on days that go back from the first."""
    made = [
        {
            "product": product,
            "rating": 4 if number % 5 == 4 else 5,
            "date": f"2026-{9 - number // 28:02}-{28 - number % 28:02}",
            "text": f"No{number:02}.",
            "name": f"Buyer {number:02}",
        }
        for number in range(count)
    ]
    made[0] |= more
    return yaml.safe_dump(made, allow_unicode=True)


def reviewed(make_shop: MakeShop, text: str, site: str = SITE, **more: str | bytes) -> Shop:
    return five_with(make_shop, {"content/reviews/all.yaml": text, **more}, site)


def test_twenty_reviews_are_on_the_page_of_the_product(make_shop: MakeShop) -> None:
    shop = reviewed(make_shop, reviews(20))

    page = shop.html(PRODUCT)
    assert len(page.select("#reviews li.review")) == 20
    assert not page.select("#reviews a[href^='/reviews/']")
    assert not shop.has(PAGE)


def test_more_reviews_have_a_page_that_the_product_leads_to(make_shop: MakeShop) -> None:
    shop = reviewed(make_shop, reviews(30))

    page = shop.html(PRODUCT)
    assert len(page.select("#reviews li.review")) == 2
    assert {str(link["href"]) for link in page.select("#reviews a[href^='/reviews/']")} == {
        "/reviews/rope-ring/",
        "/reviews/rope-ring/5-stars/",
        "/reviews/rope-ring/4-stars/",
    }
    first, second = shop.html(PAGE), shop.html("reviews/rope-ring/2/index.html")
    texts = [line.get_text() for line in (*first.select(".review__text"), *second.select(".review__text"))]
    assert texts == [f"No{number:02}." for number in range(30)]
    assert len(first.select("li.review")) == 24
    assert one(second, "link[rel=canonical]")["href"] == "https://shop.example/reviews/rope-ring/2/"
    assert one(first, "h1").get_text() == "Reviews of Rope ring"
    assert one(first, ".embedded-product a")["href"] == "/products/rope-ring/"


def test_page_of_stars_has_these_reviews_and_names_the_page_of_all_as_canonical(make_shop: MakeShop) -> None:
    shop = reviewed(make_shop, reviews(30), TWO)

    page = shop.html("reviews/rope-ring/4-stars/index.html")
    assert len(page.select("li.review")) == 6
    assert {star.get_text() for star in page.select("li.review .stars__mean")} == {"4.0"}
    assert one(page, "link[rel=canonical]")["href"] == "https://shop.example/reviews/rope-ring/"
    assert {str(link["href"]) for link in page.select("link[hreflang]")} == {
        "https://shop.example/reviews/rope-ring/",
        "https://shop.example/fi/arvostelut/rope-ring/",
    }
    current = one(page, ".review-summary a[aria-current=page]")
    assert current["href"] == "/reviews/rope-ring/4-stars/"
    assert one(page, "title").get_text().startswith("Reviews of Rope ring · 4 stars")
    assert not shop.has("reviews/rope-ring/3-stars/index.html")
    assert shop.has("fi/arvostelut/rope-ring/4-tähteä/index.html")


def test_sitemap_has_the_page_of_all_reviews_only(make_shop: MakeShop) -> None:
    shop = reviewed(make_shop, reviews(30))

    sitemap = shop.text("sitemap.xml")
    assert "/reviews/rope-ring/<" in sitemap
    assert "/reviews/rope-ring/2/<" in sitemap
    assert "stars" not in sitemap


def test_text_may_link_to_the_page_of_reviews_that_exists(make_shop: MakeShop) -> None:
    page = "---\ntitle: Care\n---\n[What buyers say](/reviews/rope-ring/)\n"
    shop = reviewed(make_shop, reviews(21), **{"content/guides/care.md": page})
    assert shop.html("guides/care/index.html").select("a[href='/reviews/rope-ring/']")

    shop.write("content/reviews/all.yaml", reviews(20))
    with pytest.raises(ContentError, match="no page at"):
        shop.build()


def test_review_that_goes_takes_its_pages_along(make_shop: MakeShop) -> None:
    shop = reviewed(make_shop, reviews(25))
    assert shop.has("reviews/rope-ring/2/index.html")
    shop.write("content/reviews/all.yaml", reviews(24))
    shop.build()

    assert not shop.has("reviews/rope-ring/2/index.html")
    assert "All 24 reviews" in one(shop.html(PRODUCT), "#reviews").get_text()


def test_review_says_what_is_known_of_it(make_shop: MakeShop) -> None:
    text = reviews(
        1, language="fi", verified="yes", reward="discount", video="https://video.example/1", images=["media/a.png"]
    )
    shop = reviewed(make_shop, text, TWO, **{"content/media/a.png": png("teal", 400, 300)})

    english, finnish = (one(shop.html(path), "li.review") for path in (PRODUCT, "fi/tuotteet/rope-ring/index.html"))
    assert "Got a discount for this review" in english.get_text()
    assert "Verified purchase" in english.get_text()
    link = one(english, "a[href='https://video.example/1']")
    assert link.get_text() == "Video on video.example"
    assert one(english, "[lang=fi]")["dir"] == "ltr"
    assert one(english, "[lang=fi]").get_text(strip=True) == "No00."
    assert finnish.select("[lang]") == []
    assert "Vahvistettu osto" in finnish.get_text()
    picture = one(english, ".review__picture")
    assert one(picture, "img")["alt"] == "Picture by Buyer 00"
    assert shop.has(str(picture["href"]).lstrip("/"))


def test_review_without_a_language_is_in_the_first_one(make_shop: MakeShop) -> None:
    shop = reviewed(make_shop, reviews(1), TWO)

    assert one(shop.html(PRODUCT), "li.review").select("[lang]") == []
    assert one(shop.html("fi/tuotteet/rope-ring/index.html"), "li.review [lang]")["lang"] == "en"


def test_rewarded_review_is_not_quoted_on_the_home_page(make_shop: MakeShop) -> None:
    home = "sections: [{testimonials: {title: Voices, reviews: 2}}]\n"
    shop = reviewed(make_shop, reviews(1), **{"content/pages/home.yaml": home})
    assert "No00." in one(shop.html("index.html"), "main").get_text()

    shop.write("content/reviews/all.yaml", reviews(1, reward="points"))
    shop.build()
    assert "No00." not in one(shop.html("index.html"), "main").get_text()


def test_picture_on_another_host_is_allowed_and_named(make_shop: MakeShop) -> None:
    privacy = "---\ntitle: Privacy\nlayout: privacy\n---\n"
    shop = reviewed(
        make_shop, reviews(1, images=["https://cdn.example/a.jpg"]), **{"content/pages/privacy.md": privacy}
    )

    policy = one(shop.html(PRODUCT), "meta[http-equiv]")["content"]
    assert "img-src 'self' data: https://cdn.example;" in str(policy)
    assert one(shop.html(PRODUCT), ".review__picture")["href"] == "https://cdn.example/a.jpg"
    assert "cdn.example" in one(shop.html("privacy/index.html"), "main").get_text()
    assert any("https://cdn.example/a.jpg" in warning for warning in shop.build().warnings)


def test_structured_data_has_authors_only_and_no_ratings_on_pages_of_reviews(make_shop: MakeShop) -> None:
    shop = reviewed(make_shop, reviews(30))

    assert [each["@type"] for each in shop.jsonld(PAGE)] == ["BreadcrumbList"]
    group = shop.jsonld(PRODUCT)[0]
    assert group["aggregateRating"]["reviewCount"] == 30
    assert [each["author"]["name"] for each in group["review"]] == ["Buyer 00", "Buyer 04"]
