"""The first part of addresses is a word of each language, and the shop may choose another."""

from __future__ import annotations

import re

import pytest

from tests.conftest import FIVE, MakeShop
from tests.shop import SITE, Shop, tree

FILES: dict[str, str | bytes] = FIVE | {
    "site.yaml": SITE.replace("menu:", "languages: [en, fi]\nfeeds: [google]\ntracking: {carriers: [posti]}\nmenu:"),
    "content/products/rope-ring.fi.yaml": "name: Köysisormus\nslug: koysisormus\n",
    "content/guides/ring-size.fi.md": "---\ntitle: Mittaa sormuskoko\n---\n![](product:rope-ring) [Lisää](guides)\n",
    "content/blog/spring.md": "---\ntitle: Spring\ndate: 2026-11-02\n---\nHi.\n",
    "content/people/aino.yaml": "name: Aino\n",
    "content/offers/week.yaml": "name: Week\npercent: 10\nproducts: [plain-band]\npage: yes\n"
    "starts: 2026-11-20\nends: 2026-12-24\n",
    "content/pages/about.md": "---\ntitle: About\n---\n[The ring](/products/rope-ring/)\n",
}
ENGLISH = re.compile(r"/fi/(products|guides|blog|people|offers|cart|search|track)\b")


@pytest.fixture
def shop(make_shop: MakeShop) -> Shop:
    made = make_shop(FILES)
    made.build()
    return made


def test_second_language_has_its_words_in_addresses_everywhere(shop: Shop) -> None:
    for page in (
        *("tuotteet/koysisormus", "tuotteet/plain-band", "oppaat", "oppaat/ring-size", "blogi", "blogi/spring"),
        *("tekijat/aino", "tarjoukset/week", "ostoskori", "haku", "seuranta"),
    ):
        assert shop.has(f"fi/{page}/index.html"), page
    files = {
        name: data.decode()
        for name, data in tree(shop.output).items()
        if name.endswith((".html", ".xml", ".json", ".txt", "_headers"))
    }
    assert [name for name, text in files.items() if ENGLISH.search(text)] == []


def test_first_language_has_its_words_in_addresses(make_shop: MakeShop) -> None:
    shop = make_shop(FIVE)
    shop.edit("site.yaml", "menu:", "languages: [fi]\nmenu:")
    shop.build()

    assert shop.has("tuotteet/rope-ring/index.html")
    assert shop.text("robots.txt").startswith("User-agent: *\nDisallow: /ostoskori/\n")
    assert "https://shop.example/tuotteet/rope-ring/" in shop.text("sitemap.xml")
    assert shop.cart_rules("ostoskori/index.html")
    assert not shop.has("products/rope-ring/index.html")


def test_shop_chooses_names_for_each_language(make_shop: MakeShop) -> None:
    """The names in site.yaml hold for the first language only, as its own words do."""
    shop = make_shop(FILES | {"site.fi.yaml": "addresses: {blog: products}\n"})
    shop.edit("site.yaml", "menu:", "addresses: {products: shop, cart: bag}\nmenu:")
    shop.edit("content/pages/about.md", "/products/rope-ring/", "/shop/rope-ring/")
    shop.build()

    assert shop.has("shop/rope-ring/index.html")
    assert shop.html("index.html").select(".masthead__cart")[0]["href"] == "/bag/"
    assert shop.has("fi/tuotteet/koysisormus/index.html")
    assert shop.has("fi/products/spring/index.html")


def test_theme_without_such_words_has_the_english_ones(make_shop: MakeShop) -> None:
    shop = make_shop(FIVE | {"themes/default/locales/nl.yaml": "meta: {name: Nederlands}\n"})
    shop.edit("site.yaml", "menu:", "languages: [en, nl]\nmenu:")
    report = shop.build()

    assert shop.has("nl/products/rope-ring/index.html")
    assert [each for each in report.warnings if "address" in each] == []


def test_region_has_the_words_of_its_language_and_the_shop_may_change_single_ones(make_shop: MakeShop) -> None:
    files = {"de.yaml": "addresses: {products: waren, cart: korb}\n", "de-AT.yaml": "addresses: {cart: wagen}\n"}
    shop = make_shop(FIVE | {f"themes/default/locales/{name}": text for name, text in files.items()})
    shop.edit("site.yaml", "menu:", "languages: [en, de-AT]\nmenu:")
    shop.build()

    assert shop.has("de-at/waren/rope-ring/index.html")
    assert shop.has("de-at/wagen/index.html")


CHANGES = {
    "a name in site.yaml": ("site.yaml", "menu:", "addresses: {products: shop}\nmenu:"),
    "a name in the translation": ("site.fi.yaml", "name: Kauppa\n", "name: Kauppa\naddresses: {guides: neuvot}\n"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_changed_name_builds_what_a_clean_build_does(make_shop: MakeShop, change: str) -> None:
    file, old, new = CHANGES[change]
    shop = make_shop(
        FILES | {"site.fi.yaml": "name: Kauppa\n", "content/pages/about.md": "---\ntitle: About\n---\nHi.\n"}
    )
    shop.build()
    before = tree(shop.output)
    shop.edit(file, old, new)
    shop.build()
    after = tree(shop.output)
    shop.build(clean=True)

    assert after == tree(shop.output)
    shop.edit(file, new, old)
    shop.build()
    assert tree(shop.output) == before


def test_words_of_the_theme_that_change_build_what_a_clean_build_does(shop: Shop) -> None:
    shop.write("themes/default/locales/fi.yaml", "meta: {name: Suomi}\naddresses: {products: kauppa}\n")
    shop.build()
    after = tree(shop.output)
    shop.build(clean=True)

    assert after == tree(shop.output)
    assert shop.has("fi/kauppa/koysisormus/index.html")
    assert not shop.has("fi/tuotteet/koysisormus/index.html")


def test_build_says_that_pages_have_moved_and_how_old_addresses_are_kept(shop: Shop) -> None:
    shop.write("site.fi.yaml", "addresses: {products: kauppa}\n")
    moved = [each for each in shop.build().warnings if " moved " in each]
    shop.write("site.fi.yaml", "addresses: {products: [kauppa, tuotteet]}\n")
    again = shop.build()

    (message,) = moved
    assert message == (
        "site.fi.yaml: 5 pages moved from /fi/tuotteet/ to /fi/kauppa/; to redirect the old addresses, write "
        "addresses: {products: [kauppa, tuotteet]}"
    )
    assert [each for each in again.warnings if " moved " in each] == []
    assert shop.text("_redirects") == "/fi/tuotteet/* /fi/kauppa/:splat 301\n"
    page = shop.html("fi/tuotteet/koysisormus/index.html")
    assert page.select("meta[http-equiv=refresh]")[0]["content"] == "0; url=/fi/kauppa/koysisormus/"
    assert "/fi/tuotteet/" not in shop.text("sitemap.xml")


def test_removed_pages_have_not_moved_to_sections_with_pages_of_the_same_name(shop: Shop) -> None:
    """A top page such as /about/ is no old name of /cart/, and a guide no old address of a product."""
    shop.write("content/guides/plain-band.md", "---\ntitle: The plain band\n---\nHi.\n")
    shop.write("content/pages/rope-ring.md", "---\ntitle: About ropes\n---\nHi.\n")
    shop.build()
    for file in ("guides/plain-band.md", "pages/rope-ring.md", "pages/about.md"):
        shop.remove(f"content/{file}")
    report = shop.build()

    assert not shop.has("about/index.html")
    assert [each for each in report.warnings if " moved " in each] == []


def test_each_of_several_renamed_sections_has_its_own_old_name(shop: Shop) -> None:
    """The pages of the cart and of the search look alike, so a new name in place of another word is not explained."""
    shop.write("site.fi.yaml", "addresses: {cart: kori, search: etsi, guides: neuvot}\n")
    words = [each.rpartition(" write ")[2] for each in shop.build().warnings if " moved " in each]
    shop.write("site.fi.yaml", "addresses: {cart: cart, search: search}\n")
    shop.build()
    shop.write("site.fi.yaml", "addresses: {cart: kassi, search: hae}\n")
    english = [each.rpartition(" write ")[2] for each in shop.build().warnings if " moved " in each]

    assert words == ["addresses: {guides: [neuvot, oppaat]}"]
    assert english == ["addresses: {cart: [kassi, cart]}", "addresses: {search: [hae, search]}"]


def test_no_rule_takes_old_addresses_that_have_pages_again(shop: Shop) -> None:
    """Some hosts apply a rule for all addresses below /guides/ even where a page is."""
    shop.edit("site.yaml", "menu:", "addresses: {guides: [advice, guides]}\nmenu:")
    shop.write("content/pages/guides.md", "---\ntitle: Our guides\n---\nHi.\n")
    shop.build()

    assert shop.html("guides/index.html").h1.get_text() == "Our guides"  # type: ignore[union-attr]
    assert not shop.has("_redirects") or "/guides/*" not in shop.text("_redirects")
    assert shop.html("guides/ring-size/index.html").select("meta[http-equiv=refresh]")
