"""The search: what is found, how spelling is mended, what is shown of it, and that an edit leaves the rest alone."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import random
import re
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page, expect

from storegen.locale import money_text
from storegen.model.money import Money
from storegen.search import index as index_module
from storegen.search.documents import SLOTS, Terms, make_blocks, make_terms, number_documents
from storegen.search.index import Index, Placed, update
from storegen.search.postings import Family
from storegen.search.terms import words_of
from storegen.search.word_forms import forms_of, stems_of
from tests.browser import hosted, settle
from tests.conftest import FIVE, ROOT, MakeShop
from tests.shop import NOW, SITE, Shop, tree


def records(shop: Shop, base: str = "search") -> list[dict[str, Any]]:
    """Return everything that the search can show."""
    files = sorted((shop.output / base).glob("[0-9]*-*.bin"))
    return [record for file in files for record in json.loads(gzip.decompress(file.read_bytes()))]


def named(shop: Shop, base: str = "search") -> dict[str, dict[str, Any]]:
    return {record["name"]: record for record in records(shop, base)}


def unzipped(shop: Shop) -> bytes:
    return b"".join(gzip.decompress(file.read_bytes()) for file in shop.output.rglob("*.bin"))


@contextmanager
def opened(browser: Browser, shop: Shop, path: str = "/search/", **options: Any) -> Iterator[Page]:
    """Yield a page of a hosted shop; what its console says of mistakes is a failure."""
    said: list[str] = []
    with hosted(shop.output) as address:
        context = browser.new_context(
            **{"viewport": {"width": 1280, "height": 900}, "reduced_motion": "reduce"} | options
        )
        page = context.new_page()
        page.on("request", lambda request: None if request.url.startswith(address) else said.append(request.url))
        page.on("console", lambda message: said.append(message.text) if message.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(f"{address}{path}")
        yield page
        context.close()
    assert said == []


def found(page: Page, query: str, base: str = "/search/") -> list[str]:
    """Return the names of what a query finds, the best first; none where not all of its words were there."""
    page.wait_for_function("Boolean(window.storegen.Index)")
    script = """async ([query, base]) => {
      const index = (window.tried ??= {})[base] ??= new window.storegen.Index(base);
      const { hits, dropped, partly } = await index.find(query);
      const whole = partly ? hits.filter((each) => !index.isProduct(each)) : dropped.length ? [] : hits;
      return (await index.show(whole.slice(0, 9))).map(({ name }) => name);
    }"""
    names: list[str] = page.evaluate(script, [query, base])
    return names


# Terms ------------------------------------------------------------------------------------------------------


VECTORS: Any = json.loads((ROOT / "tests/vectors/terms.json").read_text())


@pytest.mark.parametrize("vector", VECTORS["words"], ids=repr)
def test_words_are_folded(vector: dict[str, Any]) -> None:
    assert words_of(vector["text"]) == vector["words"]


@pytest.mark.parametrize("vector", VECTORS["stems"], ids=repr)
def test_words_have_stems(vector: dict[str, Any]) -> None:
    assert list(stems_of(vector["word"], vector["language"])) == vector["stems"]


def test_unfinished_syllable_begins_the_finished_one() -> None:
    assert words_of("후프")[0].startswith(words_of("훞")[0])
    assert words_of("과일")[0].startswith(words_of("고")[0])


LETTERS = st.characters(exclude_categories=("Cs", "Cn", "Co"))
TEXTS = st.text(st.one_of(LETTERS, st.sampled_from("aäöIİıßςΣ'’- 은반지후ㅍ값훞åéÉ́ring-014")), max_size=30)


@pytest.mark.browser
def test_browser_and_build_make_the_same_terms(browser: Browser) -> None:
    with hosted(ROOT / "themes/default") as address:
        page = browser.new_page()
        page.goto(f"{address}/components/search/terms.mjs")
        page.evaluate("async () => { window.terms = await import(location.href); }")

        @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), database=None)
        @given(st.lists(TEXTS, min_size=40, max_size=40))
        def run(texts: list[str]) -> None:
            theirs = page.evaluate("texts => texts.map((text) => terms.wordsOf(text))", texts)
            assert theirs == [words_of(text) for text in texts]

        run()
        roots = [
            f"{prefix}{root}{ending}" for prefix in INDONESIAN[0] for root in INDONESIAN[1] for ending in INDONESIAN[2]
        ]
        for language in sorted({vector["language"] for vector in VECTORS["stems"]}):
            words = [*roots, *(vector["word"] for vector in VECTORS["stems"])]
            stems = page.evaluate(
                "([words, forms]) => words.map((word) => terms.stemsOf(word, forms))",
                [words, msgspec.to_builtins(forms_of(language))],
            )
            assert stems == [list(stems_of(word, language)) for word in words], language
        every = "".join(
            chr(code) for code in range(0x10000) if unicodedata.category(chr(code)) not in {"Cs", "Cn", "Co"}
        )
        assert page.evaluate("text => terms.wordsOf(text)", every) == words_of(every)
        page.close()


INDONESIAN = (
    ("", "me", "mem", "men", "meng", "meny", "pe", "pem", "pen", "peng", "peny", "per", "ber", "ter", "di"),
    ("bersih", "kembali", "ambil", "api", "ubah", "k", "an", "9a"),
    ("", "kan", "an", "nya", "kannya", "ku", "mu", "lah", "kah"),
)


# What is found ------------------------------------------------------------------------------------------------

ENGLISH: dict[str, str | bytes] = {
    "content/products/pair.yaml": "name: Rope and wire pair\nsku: RG-020\nprice: 69.00\nbrand: Aava\n",
    "content/products/pearl.yaml": "name: Pearl necklace\nsku: NE-007\ngtin: 4006381333931\nprice: 84.00\nspecs: {Stone: freshwater}\n"
    "questions: [{question: Can I swim with it?, answer: Better not. Chlorine dulls pearls.}]\n",
    "content/pages/delivery.md": "---\ntitle: Delivery\n---\nParcels leave at two.\n",
    "content/blog/kiln.md": "---\ntitle: A kiln arrives\ndate: 2026-11-01\n---\nIt weighs a lot.\n",
}


@pytest.mark.browser
def test_typed_words_find_products_guides_and_answers(browser: Browser, make_shop: MakeShop) -> None:
    shop = make_shop(FIVE | ENGLISH)
    shop.build()
    with opened(browser, shop) as page:
        assert found(page, "rope ring")[0] == "Rope ring"
        assert found(page, "rpoe rng")[0] == "Rope ring"
        assert found(page, "rope rin")[0] == "Rope ring"
        assert found(page, "pearls") == ["Pearl necklace", "Can I swim with it?"]
        assert found(page, "neklace") == ["Pearl necklace"]
        assert found(page, "ecklace") == ["Pearl necklace"]
        assert found(page, "hops")[0] == "Small hoops"
        assert set(found(page, "earrings")[:2]) == {"Ball studs", "Small hoops"}
        assert found(page, "RG-014-17") == ["Rope ring"]
        assert found(page, "rg014") == ["Rope ring"]
        assert found(page, "4006381333931") == ["Pearl necklace"]
        assert found(page, "freshwater") == ["Pearl necklace"]
        assert found(page, "aava wire") == ["Rope and wire pair"]
        assert found(page, "gloves") == ["Rope ring"]
        assert found(page, "measure")[0] == "Measure your ring size"
        assert found(page, "chlorine") == ["Can I swim with it?"]
        assert found(page, "parcel") == ["Delivery"]
        assert found(page, "kiln") == ["A kiln arrives"]
        assert found(page, "elephant") == []
        assert found(page, "!?") == []


SUPPORT = "support: {repair: Send it to us for soldering., manuals: [{file: media/sizes.pdf, name: Sizes}]}\n"


def test_support_pages_are_found_below_what_is_called_so(browser: Browser, make_shop: MakeShop) -> None:
    band = f"{FIVE['content/products/plain-band.yaml']!s}support: {{use: Turn it over the knuckle.}}\n"
    files: dict[str, str | bytes] = {
        "content/products/plain-band.yaml": band,
        "content/categories/rings.yaml": f"name: Rings\n{SUPPORT}",
        "content/media/sizes.pdf": b"%PDF-1.4\n",
        "content/guides/knuckle.md": "---\ntitle: A wide knuckle\ndate: 2026-11-01\n---\nSee it.\n",
    }
    shop = make_shop({**FIVE, **files})
    shop.build()
    found_there = named(shop)

    assert found_there["Help with Rope ring"]["href"] == "/support/rope-ring/"
    assert "Help with Small hoops" not in found_there
    with opened(browser, shop) as page:
        assert found(page, "plain band help") == ["Help with Plain band"]
        assert found(page, "knuckle") == ["A wide knuckle", "Help with Plain band"]
        assert "Help with Rope ring" not in found(page, "soldering")  # a category's text, not repeated for each product

    shop.edit("content/categories/rings.yaml", SUPPORT, "")
    shop.build()
    assert "Help with Rope ring" not in named(shop)
    assert "Help with Plain band" in named(shop)


@pytest.mark.browser
def test_products_and_texts_are_shown_in_groups_of_their_own(browser: Browser, make_shop: MakeShop) -> None:
    shop = make_shop(FIVE | ENGLISH)
    shop.build()
    with opened(browser, shop) as page:
        page.wait_for_function("Boolean(window.storegen.Index)")
        page.locator("#search-page").fill("ring")
        expect(page.locator(".search__grid li").first).to_be_visible()
        cards = page.locator(".search__grid li").all_inner_texts()

    assert any("Rope ring" in text for text in cards)
    assert not any("Measure your ring size" in text for text in cards)


PAPER = "---\ntitle: Paper strips\ndate: 2026-11-01\n---\nWrap a paper strip round the finger, below the ring.\n"


@pytest.mark.browser
def test_text_with_all_words_is_followed_by_products_with_most_of_them(browser: Browser, make_shop: MakeShop) -> None:
    shop = make_shop(FIVE | ENGLISH | {"content/guides/paper.md": PAPER})
    shop.build()
    with opened(browser, shop, "/search/?q=paper+rope+ring+finger") as page:
        page.locator("#search-page").fill("ring paper")
        page.keyboard.press("Enter")
        expect(page.locator(".search__texts .found")).to_have_count(2)
        expect(page.locator(".search__head")).to_have_text("Results without “paper”:")
        expect(page.locator(".search__grid .product-card__name").first).to_have_text("Rope ring")
        expect(page.locator(".search__count")).to_have_text("Results for “ring paper”: 2")
        expect(page.locator(".search__told")).to_be_hidden()
        # In one step: the key may still draw the same results once more.
        texts, grid = page.evaluate(
            "['.search__texts', '.search__grid'].map((each) => document.querySelector(each).getBoundingClientRect().y)"
        )
        assert texts < grid


@pytest.mark.browser
@pytest.mark.parametrize(
    ("language", "name", "query"),
    [("fi", "Punainen muki", "punaisia kahvimukeja"), ("de", "Tasse rot", "rote Kaffeetasse")],
)
def test_unknown_compound_finds_what_its_last_part_names(
    browser: Browser, make_shop: MakeShop, language: str, name: str, query: str
) -> None:
    site = SITE.replace("name: Test shop", f"name: Test shop\nlanguages: [{language}]")
    product = f"name: {name}\nsku: A-1\nprice: 5.00\n"
    shop = make_shop({**FIVE, "site.yaml": site, "content/products/a.yaml": product})
    shop.build()
    path = next(shop.output.glob("*/index.bin")).parent.name
    with opened(browser, shop, f"/{path}/?q={query}") as page:
        expect(page.locator(".search__grid .product-card__name").first).to_have_text(name)


TITLES: Mapping[str, tuple[str, ...]] = {
    "fi": ("Köysisormus", "Hopeaketju", "Pienet renkaat", "Puhdistusliina", "Helmikorvakorut", "Kellon hihna"),
    "ko": ("은반지", "꼬임 은반지", "후프 귀걸이", "진주 목걸이", "세척 천", "팔찌"),
    "id": (
        "Cincin perak",
        "Anting bulat",
        "Kalung mutiara",
        "Kain pembersih",
        "Perhiasan tangan",
        "Pengembalian barang",
    ),
}
QUERIES = [
    ("fi", "sormus", "Köysisormus"),
    ("fi", "koysisormus", "Köysisormus"),
    ("fi", "köysisrmus", "Köysisormus"),
    ("fi", "sormukset", "Köysisormus"),
    ("fi", "ketjut", "Hopeaketju"),
    ("fi", "ketju", "Hopeaketju"),
    ("fi", "korvakoru", "Helmikorvakorut"),
    ("fi", "hopeakteju", "Hopeaketju"),
    ("ko", "은반지", "은반지"),
    ("ko", "반지", "은반지"),
    ("ko", "은밙지", "은반지"),
    ("ko", "은빈지", "은반지"),
    ("ko", "목걸이", "진주 목걸이"),
    ("ko", "목거리", "진주 목걸이"),
    ("ko", "후ㅍ", "후프 귀걸이"),
    ("ko", "훞", "후프 귀걸이"),
    ("ko", "귀고리", "후프 귀걸이"),
    ("id", "cincn perak", "Cincin perak"),
    ("id", "membersihkan", "Kain pembersih"),
    ("id", "bersih", "Kain pembersih"),
    ("id", "kembalikan", "Pengembalian barang"),
    ("id", "mengembalikan", "Pengembalian barang"),
    ("id", "mutiaranya", "Kalung mutiara"),
    ("id", "hias", "Perhiasan tangan"),
]


@pytest.mark.browser
def test_words_of_other_languages_are_found_by_their_parts(browser: Browser, make_shop: MakeShop) -> None:
    files: dict[str, str | bytes] = {
        "site.yaml": SITE.replace('menu: ["category:rings", "guides"]', "languages: [en, fi, ko, id]"),
        "themes/default/locales/ko.yaml": "meta: {name: 한국어}\n",
        "themes/default/locales/id.yaml": "meta: {name: Indonesia}\n",
    }
    for place in range(6):
        files[f"content/products/p{place}.yaml"] = f"name: Piece {place}\nprice: 1{place}.00\n"
        for language, titles in TITLES.items():
            files[f"content/products/p{place}.{language}.yaml"] = f"name: {titles[place]}\n"
    shop = make_shop(files)
    shop.build()
    pages = {"fi": "haku", "ko": "search", "id": "cari"}
    with opened(browser, shop, "/fi/haku/") as page:
        missed = [
            (language, query, names)
            for language, query, name in QUERIES
            if name not in (names := found(page, query, f"/{language}/{pages[language]}/"))
        ]

    assert missed == []


# An exact hit doesn't stop the search from finding other forms, and comes before them.
FORMS: Mapping[str, tuple[tuple[str, ...], tuple[tuple[str, list[str]], ...]]] = {
    "fi": (
        ("Vihreää teetä", "Vihreä tee", "Kupit", "Sininen kuppi", "Teekuppi", "Sormukset", "Köysisormus"),
        (
            ("vihreää teetä", ["Vihreää teetä", "Vihreä tee"]),
            ("kupit", ["Kupit", "Sininen kuppi", "Teekuppi"]),
            ("sormukset", ["Sormukset", "Köysisormus"]),
            ("köysi sormus", ["Köysisormus"]),
            ("sinikuppi", ["Sininen kuppi"]),
        ),
    ),
    "ko": (
        ("진주목걸이", "담수 진주 목걸이", "은 반지"),
        (
            ("진주목걸이", ["진주목걸이", "담수 진주 목걸이"]),
            ("진주 목걸이", ["담수 진주 목걸이", "진주목걸이"]),
            ("은반지", ["은 반지"]),
        ),
    ),
    "id": (
        ("Pembersih", "Membersihkan perak", "Rak", "Kemeja"),
        (("membersihkan", ["Membersihkan perak", "Pembersih"]), ("rak", ["Rak"])),
    ),
    "sv": (("Ringar", "Silverring", "Nyckel"), (("ringar", ["Ringar", "Silverring"]), ("nycklar", ["Nyckel"]))),
    "de": (("Tassen", "Teetasse", "Grüner Becher"), (("tassen", ["Tassen", "Teetasse"]), ("gruen", ["Grüner Becher"]))),
    "ja": (
        ("銀の指輪", "指輪", "ティーカップ"),
        (("銀 指輪", ["銀の指輪"]), ("カップ", ["ティーカップ"])),
    ),
}


@pytest.mark.browser
@pytest.mark.parametrize("language", FORMS)
def test_an_exact_hit_leaves_other_forms_in_place(browser: Browser, make_shop: MakeShop, language: str) -> None:
    names, queries = FORMS[language]
    files: dict[str, str | bytes] = {
        "site.yaml": SITE_BARE + f"languages: [{language}]\n",
        **{f"content/products/p{place}.yaml": f"name: {name}\nprice: 1.00\n" for place, name in enumerate(names)},
    }
    shop = make_shop(files)
    shop.build()
    base = next(f"/{path.removesuffix('index.bin')}" for path in tree(shop.output) if path.endswith("/index.bin"))
    with opened(browser, shop, base) as page:
        wrong = {query: known for query, wanted in queries if (known := found(page, query, base)) != wanted}

    assert wrong == {}


def test_what_lists_dont_show_is_not_found(make_shop: MakeShop) -> None:
    shop = make_shop(
        FIVE
        | {
            "content/products/a.yaml": "name: Quince\nprice: 1.00\nstatus: unlisted\n",
            "content/products/b.yaml": "name: Quail\nprice: 1.00\nstatus: draft\n",
            "content/products/c.yaml": "name: Quilt\nprice: 1.00\nprivate: {supplier: Quarry Ltd}\n",
            "content/guides/d.md": "---\ntitle: Quiet\nstatus: unlisted\n---\nHush.\n",
            "content/blog/e.md": "---\ntitle: Quick\ndate: 2026-11-25\n---\nSoon.\n",
            "content/pages/f.md": "---\ntitle: Quota\nstatus: unlisted\n---\nNo.\n",
        }
    )
    shop.build()
    everything = unzipped(shop).lower()

    assert "Quilt" in named(shop)
    assert not named(shop).keys() & {"Quince", "Quail", "Quiet", "Quick", "Quota"}
    assert not [word for word in (b"quince", b"quail", b"quiet", b"quick", b"quota", b"quarry") if word in everything]
    shop.build(now=NOW + dt.timedelta(days=3))
    assert "Quick" in named(shop)
    assert "search" not in shop.text("sitemap.xml")
    assert "noindex" in shop.text("search/index.html")


@pytest.mark.parametrize("how", ["site.yaml", "theme"])
def test_shop_without_search_has_nothing_of_it(make_shop: MakeShop, how: str) -> None:
    shop = make_shop(FIVE)
    if how == "site.yaml":
        shop.write("site.yaml", f"{SITE}search: no\n")
    else:
        from tests.build.test_incremental import BASE

        files = {name: text for name, text in BASE.items() if not name.endswith("pages/search.html")}
        for name, text in files.items():
            shop.write(name, text)
    shop.build()

    assert [path for path in tree(shop.output) if "search" in path or path.endswith(".bin")] == []
    assert "search-box" not in shop.text("index.html")
    assert "search" not in (shop.text("404.html"))


# Prices ---------------------------------------------------------------------------------------------------------

PRICED: dict[str, str | bytes] = FIVE | {
    "site.yaml": f"{SITE}lowest_price: no\n",
    "content/products/sizes.yaml": "name: Sizes\ncategory: rings\nprice: 20.00\noptions: {Size: [S, M]}\nvariants:\n"
    "  - {sku: S-S, options: {Size: S}, price: 18.50, stock: 0}\n  - {sku: S-M, options: {Size: M}, price: 22.00}\n"
    "  - {sku: S-L, options: {Size: L}, price: 31.00}\n".replace("[S, M]", "[S, M, L]"),
    "content/products/gone.yaml": "name: Gone\ncategory: rings\nprice: 70.00\nstock: 0\n",
    "content/products/was.yaml": "name: Was\ncategory: care\nprice: 8.00\ncompare_at_price: 10.00\n",
    "content/products/kilo.yaml": "name: Kilo\nprice: 12.00\nunit_price: {content: 250 g, per: 1 kg}\n",
    "content/offers/week.yaml": "name: Week\npercent: 20\ncategories: [rings]\nstarts: 2026-11-25\nends: 2026-11-26\n",
    "content/offers/less.yaml": "name: Less\namount: 5.00\nproducts: [small-hoops]\nstarts: 2026-11-26\nends: 2026-11-30\n",
}


@pytest.mark.parametrize("hours", [0, 48, 72, 100, 300])
@pytest.mark.parametrize("language", ["en", "fi"])
def test_search_asks_what_page_card_and_structured_data_ask(make_shop: MakeShop, hours: int, language: str) -> None:
    shop = make_shop(PRICED | {"site.yaml": f"{SITE}lowest_price: no\nlanguages: [{language}]\n"})
    shop.build(now=NOW + dt.timedelta(hours=hours))
    pieces = [record for record in records(shop, "haku" if language == "fi" else "search") if "price" in record]
    cards = cards_of(shop)
    assert len(pieces) == 9

    for record in pieces:
        price, path = record["price"], record["href"]
        data = next(each for each in shop.jsonld(f"{path.lstrip('/')}index.html") if "Product" in each["@type"])
        offers = [each["offers"] for each in data.get("hasVariant", [data])]
        buyable = [each for each in offers if not each["availability"].endswith("OutOfStock")] or offers
        now, card = amount(price["now"]), cards[path]
        assert float(now.amount) == min(float(each["price"]) for each in buyable), path
        assert price.get("lowest", False) is (len({each["price"] for each in buyable}) > 1), path
        assert (record["stock"] == "out") is (card.select_one(".product-card__out") is not None), path
        if record["stock"] != "out":
            shown = card.select_one(".price__now").get_text()
            assert shown.endswith(money_text(now, language)) or money_text(now, language) in shown, path
            struck = card.select_one("s.price__before")
            assert (money_text(amount(price["before"]), language) if "before" in price else None) == (
                struck.get_text() if struck else None
            ), path
            ends = card.select_one("[data-ends]")
            assert ("then" in price) is (ends is not None), path
            assert not ends or dt.datetime.fromisoformat(price["until"]) == dt.datetime.fromisoformat(
                str(ends["data-ends"])
            )


def cards_of(shop: Shop) -> dict[str, Any]:
    """Return the cards of the home page by the address that they lead to."""
    return {
        str(link["href"]): link.find_parent("li") for link in shop.html("index.html").select("a.product-card__link")
    }


def amount(money: Mapping[str, str]) -> Money:
    return Money(Decimal(money["amount"]), money["currency"])


@pytest.mark.browser
def test_search_shows_the_price_of_the_card_until_the_sale_ends(browser: Browser, make_shop: MakeShop) -> None:
    shop = make_shop(PRICED)
    shop.build(now=NOW + dt.timedelta(hours=48))
    cards = cards_of(shop)
    wanted = {
        href: " ".join(
            part.get_text(" ", strip=True) for part in card.select(".price__now, s.price__before, .price__unit")
        )
        for href, card in cards.items()
    }
    for moment, part in (("2026-11-25T12:00:00Z", ".price"), ("2026-11-26T22:00:00Z", "template")):
        with hosted(shop.output) as address:
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            page.clock.set_fixed_time(moment)
            page.goto(f"{address}/search/?q=rings")
            expect(page.locator(".search__grid .product-card")).to_have_count(4)
            for row in page.locator(".search__grid .product-card").all():
                href = row.locator("a").first.get_attribute("href") or ""
                card = cards[href]
                if card.select_one(".product-card__out"):
                    assert row.locator(".found__out").inner_text() == "Sold out"
                elif part == "template":
                    later = card.find("template").find(class_="price__now").decode_contents()
                    assert row.locator(".price__now").inner_text() == later
                else:
                    shown = row.locator(".price__now, .price__before, .price__unit").all_inner_texts()
                    assert " ".join(shown) == wanted[href]
            page.close()


@pytest.mark.browser
def test_hostile_names_are_shown_as_text(browser: Browser, make_shop: MakeShop) -> None:
    name = "<script>alert(1)</script> \"Ring\" & 'x' <img src=x onerror=alert(2)>"
    shop = make_shop(
        {
            "site.yaml": SITE_BARE,
            "content/products/evil.yaml": f"name: {json.dumps(name)}\nprice: 1.00\nfact: '<b>bold</b>'\n",
            "content/guides/evil.md": "---\ntitle: '<script>alert(3)</script> ring'\n---\nText.\n",
        }
    )
    shop.build()
    with opened(browser, shop, "/search/?q=ring") as page:
        expect(page.locator(".product-card__name").first).to_have_text(name)
        expect(page.locator(".product-card__fact").first).to_have_text("<b>bold</b>")
        assert page.locator("main img, main script, main b").count() == 0
        page.locator("#search-page").fill("<img src=x onerror=alert(4)> zzzz")
        expect(page.locator(".search__told")).to_contain_text("<img src=x onerror=alert(4)> zzzz")
        assert page.locator("main img").count() == 0


# The index ------------------------------------------------------------------------------------------------------

TERM = st.text("abcdé한", min_size=1, max_size=4)
SETS = st.lists(TERM, max_size=5).map(lambda terms: tuple(sorted(set(terms))))
DOCUMENTS = st.dictionaries(st.integers(0, 300), st.builds(Terms, SETS, SETS, SETS, SETS, SETS), max_size=25)


@pytest.mark.slow
@given(st.lists(DOCUMENTS, min_size=2, max_size=5))
@settings(deadline=None, max_examples=150)
def test_index_brought_up_to_date_is_the_index_made_anew(states: list[dict[int, Terms]]) -> None:
    patch = pytest.MonkeyPatch()
    for name, classes in (("HEADS", 4), ("TEXTS", 1), ("ENDS", 1)):
        patch.setattr(index_module, name, Family(classes, 40))
    index, files, before = Index(), dict[str, bytes](), dict[int, Terms]()
    for state in states:
        lost = [Placed(number, terms) for number, terms in before.items() if state.get(number) != terms]
        gained = [Placed(number, terms) for number, terms in state.items() if before.get(number) != terms]
        index, made = update(index, lost, gained, files.__getitem__)
        files |= made
        clean, whole = update(Index(), [], [Placed(*each) for each in state.items()], dict[str, bytes]().__getitem__)
        assert index == clean
        assert {shard.name: files[shard.name] for shard in index.shards} == whole
        before = state
    patch.undo()


@given(st.sets(st.text(min_size=1, max_size=6), max_size=200))
@settings(deadline=None)
def test_every_document_has_a_number_of_its_own(names: set[str]) -> None:
    blocks = make_blocks(names)
    numbers = number_documents(blocks)

    assert numbers.keys() == names
    assert len(set(numbers.values())) == len(names)
    assert all(len(block.names) <= SLOTS for block in blocks)


def test_terms_stand_in_one_class_only() -> None:
    terms = make_terms(
        "Rope ring", head=["Ring of silver"], numbers=["RG-1"], body=["A rope of silver wire"], language="en"
    )

    assert terms == Terms(("ring", "rope"), (), ("1", "of", "rg", "rg1", "silver"), ("rop",), ("a", "wir", "wire"))


VOCABULARY = "silver ring rope chain hoop stud band wire pearl opal plain small large wide thin round oval gold".split()


def sentence(source: random.Random, count: int) -> str:
    return " ".join(
        f"{source.choice(VOCABULARY)}{source.choice(['', 's', source.randrange(40)])}" for _ in range(count)
    )


def product(source: random.Random) -> str:
    return (
        f"name: {sentence(source, 3)}\nprice: {source.randrange(1, 99)}.50\nsummary: {sentence(source, 6)}\n"
        f"description: {sentence(source, 40)}\n"
    )


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_chain_of_edits_ends_where_a_clean_build_ends(tmp_path: Path, seed: int) -> None:
    from tests.build.test_incremental import BASE

    source = random.Random(seed)
    site = SITE + "languages: [en, fi]\ntheme: {name: small}\n"
    theme = {name: text for name, text in BASE.items() if name.startswith("themes/")}
    shop = Shop(tmp_path / "shop", {**theme, "site.yaml": site.replace('menu: ["category:rings", "guides"]\n', "")})
    for place in range(120):
        shop.write(f"content/products/p{place}.yaml", product(source))
    shop.build()
    assert len(list((shop.output / "assets/search/en").iterdir())) > 3
    for step in range(12):
        names = sorted((shop.folder / "content/products").iterdir())
        for file in source.sample(names, source.choice([1, 1, 2, 9])):
            match source.randrange(5):
                case 0:
                    file.unlink()
                case 1:
                    file.rename(file.with_name(f"q{step}-{file.name}"))
                case 2:
                    shop.write(f"content/products/new{step}.yaml", product(source))
                case 3:
                    text = file.read_text()
                    file.write_text(re.sub("name: .*", f"name: {sentence(source, 3)}", text))
                case 4:
                    text = file.read_text()
                    file.write_text(text.replace("description: ", f"description: {sentence(source, 2)} ", 1))
        shop.build()
        shop.build(output=tmp_path / f"clean{step}", cache=tmp_path / f"cache{step}")
        assert tree(tmp_path / f"clean{step}") == tree(shop.output), step


def test_packed_files_are_the_same_in_every_version_of_python(make_shop: MakeShop) -> None:
    shop = make_shop(FIVE)
    shop.build()
    heads = {path.read_bytes()[:10].hex() for path in shop.output.rglob("*.bin")}

    assert heads == {"1f8b08000000000002ff"}  # no time, and no system, which versions of Python name otherwise


def test_edit_of_a_price_leaves_the_terms_alone(make_shop: MakeShop) -> None:
    source = random.Random(1)
    shop = make_shop(random_products(source, 120))
    shop.build()
    shop.write("content/products/p7.yaml", (shop.folder / "content/products/p7.yaml").read_text().replace(".50", ".75"))
    made = {change.output.path for change in shop.build().made}

    assert len([path for path in made if path.startswith("search/")]) == 2  # its card, and the file of all facts
    assert not [path for path in made if path.startswith("assets/")]

    shop.edit("content/products/p7.yaml", "description: ", "description: quartz ")
    made = {change.output.path for change in shop.build().made}
    assert "search/index.bin" in made
    assert len([path for path in made if path.startswith("assets/search/")]) == 1


def random_products(source: random.Random, count: int) -> dict[str, str | bytes]:
    products: dict[str, str | bytes] = {f"content/products/p{place}.yaml": product(source) for place in range(count)}
    return {"site.yaml": SITE_BARE, **products}


SITE_BARE = SITE.replace('menu: ["category:rings", "guides"]\n', "")


def test_failed_build_leaves_no_wrong_index_behind(make_shop: MakeShop, tmp_path: Path) -> None:
    source = random.Random(2)
    shop = make_shop(random_products(source, 30))
    shop.build()
    shop.edit("content/products/p3.yaml", "name: ", "name: Quartz ")
    shop.write("content/pages/search.md", "---\ntitle: Mine\n---\nText.\n")
    with pytest.raises(Exception, match="the address /search/ is already used by"):
        shop.build()
    shop.remove("content/pages/search.md")
    shop.build()
    shop.build(output=tmp_path / "clean", cache=tmp_path / "cache")

    assert tree(tmp_path / "clean") == tree(shop.output)


# The field ------------------------------------------------------------------------------------------------------


@pytest.mark.browser
def test_search_with_the_keyboard_alone(browser: Browser, make_shop: MakeShop) -> None:
    shop = make_shop(FIVE | ENGLISH)
    shop.build()
    with opened(browser, shop, "/rings/") as page:
        field = page.locator("#search-head")
        field.focus()
        page.keyboard.type("r")
        page.keyboard.type("ope")
        options = page.get_by_role("option")
        expect(options.first).to_contain_text("Rope ring")
        expect(field).to_have_attribute("aria-expanded", "true")
        expect(page.locator(".search--head [role=status]")).to_contain_text("Results for “rope”: 2")
        page.keyboard.press("ArrowDown")
        first = options.first.get_attribute("id") or "none"
        expect(field).to_have_attribute("aria-activedescendant", first)
        expect(options.first).to_have_attribute("aria-selected", "true")
        assert page.evaluate("document.activeElement.id") == "search-head"
        page.keyboard.press("ArrowUp")
        expect(field).not_to_have_attribute("aria-activedescendant", first)
        page.keyboard.press("Escape")
        expect(page.get_by_role("listbox")).to_have_count(0)
        page.keyboard.press("ArrowDown")
        expect(options.first).to_be_visible()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        second = options.nth(1).get_attribute("href") or ""
        page.keyboard.press("Enter")
        page.wait_for_url(f"**{second}")


@pytest.mark.browser
def test_enter_leads_to_the_search_page_and_a_mended_spelling_is_told(browser: Browser, make_shop: MakeShop) -> None:
    shop = make_shop(FIVE | ENGLISH)
    shop.build()
    with opened(browser, shop, "/") as page:
        page.locator("#search-head").focus()
        page.keyboard.type("rpoe rng")
        expect(page.locator(".search__told")).to_have_text("Showing results for rope ring")
        expect(page.locator(".found__name mark").first).to_have_text("Rope")
        page.keyboard.press("Enter")
        page.wait_for_url("**/search/?q=rpoe+rng")
        expect(page.locator(".search__told")).to_have_text("Showing results for rope ring")
        expect(page.locator("#found a").first).to_have_attribute("href", "/products/rope-ring/")
        page.locator("#search-page").fill("rope elephnt")
        expect(page.locator(".search__told")).to_contain_text("No match for “rope elephnt”")
        expect(page.locator(".search__told")).to_contain_text("Results without “elephnt”:")
        expect(page.locator("#found a").first).to_have_attribute("href", "/products/rope-ring/")
        page.locator("#search-page").fill("r")
        expect(page.locator("#found .search__told")).to_have_count(0)
        expect(page.locator('#found a[href="/earrings/"]')).to_be_visible()


WORDS = """\
synonyms:
  - [hoops, creoles]
  - [ring, "finger jewel"]
redirects:
  Returns!: page:delivery
  secret: page:soon
popular: [rope ring, gloves & mittens]
"""
SOON = "---\ntitle: Soon\nstatus: draft\n---\nNo.\n"


@pytest.mark.browser
def test_shop_gives_its_search_synonyms_and_redirects(browser: Browser, make_shop: MakeShop) -> None:
    shop = make_shop(FIVE | ENGLISH | {"content/search.yaml": WORDS, "content/pages/soon.md": SOON})
    shop.build()
    with opened(browser, shop) as page:
        assert found(page, "creoles") == ["Small hoops"]
        assert found(page, "creole") == ["Small hoops"]
        assert found(page, "rope finger jewel")[0] == "Rope ring"
        assert found(page, "small creloes") == []
        suggested = page.locator(".search__queries").first.get_by_role("link")
        expect(suggested).to_have_text(["rope ring", "gloves & mittens"])
        suggested.first.click()
        expect(page.locator(".search__grid a").first).to_have_attribute("href", "/products/rope-ring/")
        page.locator("#search-page").fill("returns")
        page.keyboard.press("Enter")
        page.wait_for_url("**/delivery/")
        page.goto(page.url.replace("/delivery/", "/rings/"))
        page.locator("#search-head").fill("Returns")
        page.keyboard.press("Enter")
        page.wait_for_url("**/delivery/")
        page.goto(page.url.replace("/delivery/", "/search/?q=secret"))
        expect(page.locator(".search__told")).to_contain_text("No match for “secret”")
    shop.write("content/search.yaml", WORDS.replace("rope ring", "pearls"))
    made = {change.output.path for change in shop.build().made}
    assert made == {"search/index.html", "search/index.bin"}


@pytest.mark.browser
def test_empty_field_suggests_recent_queries_until_they_are_cleared(browser: Browser, make_shop: MakeShop) -> None:
    shop = make_shop(FIVE | ENGLISH)
    shop.build()
    with opened(browser, shop, "/rings/") as page:
        options = page.get_by_role("option")
        page.locator("#search-head").focus()
        expect(options).to_have_text(["Care", "Earrings", "Rings"])
        page.keyboard.type("pearls")
        expect(options.first).to_contain_text("Pearl necklace")
        page.keyboard.press("Enter")
        page.wait_for_url("**/search/?q=pearls")
        expect(page.locator(".search__grid a").first).to_be_visible()
        page.locator("#search-page").fill("")
        expect(page.locator(".search__queries a")).to_have_text(["pearls"])
        page.goto(page.url.partition("/search/")[0] + "/rings/")
        page.locator("#search-head").focus()
        expect(options.first).to_have_text("pearls")
        page.keyboard.press("ArrowDown")
        expect(options.first).to_have_attribute("aria-selected", "true")
        page.locator(".search--head").get_by_role("button", name="Clear").click()
        expect(options).to_have_text(["Care", "Earrings", "Rings"])
        assert page.evaluate("localStorage.length") == 0


CUPS: dict[str, str | bytes] = {
    "site.yaml": SITE.partition("menu:")[0],
    "content/categories/cups.yaml": "name: Cups\n",
    **{
        f"content/products/p{place}.yaml": f"name: {colour} cup\nprice: {price}.00\ncategory: cups\nstock: {stock}\n"
        f"brand: {brand}\n"
        for place, (colour, price, stock, brand) in enumerate(
            [
                *[("Blue", 30, 1, "Aava"), ("Red", 10, 1, "Aava"), ("Green", 20, 0, "Kivi"), ("White", 90, 4, "Kivi")],
                *[("Black", 60, 2, "Kivi"), ("Grey", 50, 2, "Kivi"), ("Pink", 40, 2, "Kivi")],
            ]
        )
    },
    "content/products/plate.yaml": "name: Plate\nprice: 1.00\nbrand: Lone\n",
}


@pytest.mark.browser
@pytest.mark.parametrize("most", [4000, 0])
def test_results_are_filtered_and_sorted_like_a_category(
    browser: Browser, make_shop: MakeShop, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr("storegen.views.filters._LATE", most)
    shop = make_shop(CUPS)
    shop.build()
    with opened(browser, shop, "/search/?q=cups") as page:
        names = page.locator(".search__grid .product-card__name")
        expect(names).to_have_count(7)
        aava = page.get_by_role("button", name="Aava")
        if not most:
            expect(page.locator(".filters .count")).to_be_empty()
            aava.hover()
        expect(aava).to_have_accessible_name("Aava, 2 products")
        expect(page.get_by_role("button", name="Lone")).to_have_count(0)
        page.get_by_label("Sort by").select_option("price")
        expect(names).to_have_text(
            ["Red cup", "Blue cup", "Pink cup", "Grey cup", "Black cup", "White cup", "Green cup"]
        )
        aava.click()
        expect(names).to_have_text(["Red cup", "Blue cup"])
        expect(page.locator(".filters .count")).to_have_text("2 products")
        assert page.url.endswith("/search/?q=cups&sort=price&brand=aava")
        page.go_back()
        expect(names).to_have_count(7)
        page.go_forward()
        page.reload()
        expect(names).to_have_text(["Red cup", "Blue cup"])
        page.locator("#search-page").fill("plate")
        expect(names).to_have_text(["Plate"])
        expect(page.locator(".filters__line")).to_be_hidden()
        assert page.url.endswith("/search/?q=plate")


def worn(name: str, price: int, option: str, values: str) -> str:
    return f"name: {name}\nprice: {price}.00\noptions: {{{option}: [{values}]}}\n"


WORN: dict[str, str | bytes] = {
    "site.yaml": SITE.partition("menu:")[0],
    **{f"content/products/r{n}.yaml": worn(f"Ring {n}", n, "Ring size", "'16', '17'") for n in range(1, 8)},
    "content/products/r9.yaml": worn("Ring 9", 9, "Ring size", "'18'"),
    **{f"content/products/s{n}.yaml": worn(f"Shirt {n}", n, "Colour", "Red, Blue") for n in range(11, 18)},
}


@pytest.mark.browser
def test_results_are_filtered_by_the_options_that_they_have(browser: Browser, make_shop: MakeShop) -> None:
    shop = make_shop(WORN)
    shop.build()
    with opened(browser, shop, "/search/?q=rings") as page:
        names = page.locator(".search__grid .product-card__name")
        sizes, colours = (page.get_by_role("group", name=name, exact=True) for name in ("Ring size", "Colour"))
        expect(names).to_have_count(8)
        expect(sizes.get_by_role("button")).to_have_count(3)
        expect(sizes.get_by_role("button", name="17, 7 products")).to_be_visible()
        expect(colours).to_be_hidden()
        sizes.get_by_role("button", name="18").click()
        expect(names).to_have_text(["Ring 9"])
        page.locator("#search-page").fill("shirts")
        expect(names).to_have_count(7)
        expect(colours.get_by_role("button", name="Red, 7 products")).to_be_visible()
        expect(sizes).to_be_hidden()


def test_facts_of_results_change_with_a_price(make_shop: MakeShop) -> None:
    shop = make_shop(CUPS)
    shop.build()
    shop.edit("content/products/p1.yaml", "price: 10.00", "price: 11.00")
    made = {change.output.path for change in shop.build().made}

    assert "search/facets.bin" in made
    assert "search/index.bin" not in made


@pytest.mark.browser
def test_query_is_told_once_when_the_visitor_is_done(browser: Browser, make_shop: MakeShop) -> None:
    shop = make_shop(FIVE | ENGLISH)
    shop.build()
    with opened(browser, shop) as page:
        page.evaluate(
            "() => { window.heard = []; document.addEventListener('shop-event', ({ detail }) => heard.push(detail)); }"
        )
        page.locator("#search-page").press_sequentially("Pearls", delay=150)
        expect(page.locator(".search__grid a").first).to_be_visible()
        assert page.evaluate("heard") == []
        page.keyboard.press("Enter")
        page.wait_for_function("() => heard.length")
        page.locator("#search-page").fill("zzz")
        page.keyboard.press("Enter")
        page.wait_for_function("() => heard.length > 1")
        heard = page.evaluate("heard.map(({ name, search }) => [name, search.search_term, search.results])")

    assert heard == [["search", "pearls", 1], ["search", "zzz", 0]]


@pytest.mark.browser
def test_scripts_and_index_come_when_the_field_is_used(browser: Browser, make_shop: MakeShop) -> None:
    shop = make_shop(FIVE)
    shop.build()
    asked: list[str] = []
    with hosted(shop.output) as address:
        page = browser.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{address}/products/rope-ring/")
        settle(page)
        assert [url for url in asked if "search" in url or "find" in url] == []
        page.locator("#search-head").focus()
        expect(page.locator("#search-head")).to_have_attribute("role", "combobox")
        page.locator("#search-head").fill("ring")
        expect(page.get_by_role("option").first).to_be_visible()
        page.close()

    assert len([url for url in asked if url.endswith("/index.bin")]) == 1


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1280])
def test_search_page_without_javascript_leads_on(browser: Browser, make_shop: MakeShop, width: int) -> None:
    shop = make_shop(FIVE)
    shop.build()
    with opened(browser, shop, "/", java_script_enabled=False, viewport={"width": width, "height": 844}) as page:
        page.locator("#search-head").focus()
        page.keyboard.type("ring")
        page.keyboard.press("Enter")
        page.wait_for_url("**/search/?q=ring")
        expect(page.get_by_text("needs JavaScript, which is off")).to_be_visible()
        assert {"/rings/", "/earrings/", "/care/", "/guides/ring-size/"} <= set(
            page.locator("main a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
        )


@pytest.mark.browser
def test_field_covers_a_phone_and_gives_it_back(browser: Browser, make_shop: MakeShop) -> None:
    shop = make_shop(FIVE)
    shop.build()
    with opened(browser, shop, "/404.html", viewport={"width": 390, "height": 844}) as page:
        box = page.locator("search-box").first
        assert box.bounding_box()["width"] == 44  # type: ignore[index]
        page.locator("#search-head").click()
        assert box.bounding_box() == {"x": 0, "y": 0, "width": 390, "height": 844}
        page.keyboard.type("hoop")
        expect(box.get_by_role("option").first).to_be_visible()
        page.get_by_role("button", name="Close the search").click()
        assert box.bounding_box()["width"] == 44  # type: ignore[index]
        page.locator("#search-lost").fill("studs")
        expect(page.get_by_role("option").first).to_contain_text("Ball studs")


@pytest.mark.browser
def test_host_that_unpacks_the_index_is_no_hindrance(browser: Browser, make_shop: MakeShop) -> None:
    shop = make_shop(FIVE)
    shop.build()
    for file in shop.output.rglob("*.bin"):
        file.write_bytes(gzip.decompress(file.read_bytes()))
    with opened(browser, shop) as page:
        assert found(page, "hoops") == ["Small hoops"]


def test_search_keeps_its_budgets(demo: Shop) -> None:
    for name in ("find", "search"):
        script = next((demo.output / "assets").glob(f"{name}.*.js"))
        assert len(gzip.compress(script.read_bytes(), 9)) <= 6 * 1024, name
    style = next((demo.output / "assets").glob("search.*.css"))
    assert len(gzip.compress(style.read_bytes(), 9)) <= 2 * 1024


def test_index_of_the_demo_has_every_piece_and_text(demo: Shop) -> None:
    pieces = [record for record in records(demo) if "price" in record]
    hrefs = {record["href"].partition("#")[0] for record in records(demo)}

    assert len(pieces) == 24
    for href in hrefs:
        assert demo.has(f"{href.lstrip('/')}index.html"), href
    for record in records(demo):
        if record["href"].endswith("#questions"):
            assert demo.html(f"{record['href'].partition('#')[0].lstrip('/')}index.html").find(id="questions")


def test_search_page_leads_to_categories_that_have_products(make_shop: MakeShop) -> None:
    """Also when the numbers move from one category to another."""
    names = {"mugs": "Mugs", "pans": "Pans", "toys": "Toys"}
    files: dict[str, str | bytes] = {
        "site.yaml": SITE.partition("menu:")[0],
        **{f"content/categories/{key}.yaml": f"name: {name}\n" for key, name in names.items()},
        "content/products/a.yaml": "name: A\nprice: 1.00\ncategory: mugs\n",
        "content/products/b.yaml": "name: B\nprice: 1.00\ncategory: toys\n",
    }
    shop = make_shop(files)

    def shown() -> list[str]:
        shop.build()
        return [
            each.text.split()[0] for each in shop.html("search/index.html").select(".category-links")[0].select("a")
        ]

    assert shown() == ["Mugs", "Toys"]
    shop.write("content/products/b.yaml", "name: B\nprice: 1.00\ncategory: pans\n")
    assert shown() == ["Mugs", "Pans"]


@pytest.mark.browser
def test_what_is_sold_out_comes_last_and_a_product_without_a_picture_has_its_tile(
    browser: Browser, make_shop: MakeShop
) -> None:
    files: dict[str, str | bytes] = {
        "site.yaml": SITE.partition("menu:")[0],
        "content/categories/cups.yaml": "name: Cups\n",
        **{
            f"content/products/{name}.yaml": f"name: Blue cup\nprice: 5.00\nstock: {stock}\ncategory: cups\n"
            for name, stock in (("a", 0), ("b", 0), ("c", 2), ("d", 0), ("e", 4))
        },
    }
    shop = make_shop(files)
    shop.build()
    with opened(browser, shop, "/search/?q=cup") as page:
        tiles = page.locator(".search__grid .picture--none")
        expect(tiles).to_have_count(5)
        hrefs = [str(each.get_attribute("href")) for each in page.locator(".search__grid a").all()]
        box, words = (
            each.evaluate("each => each.getBoundingClientRect().toJSON()")
            for each in (tiles.first, tiles.first.locator(".picture__name"))
        )

    assert {href.split("/")[2] for href in hrefs[:2]} == {"c", "e"}
    assert abs(box["top"] + box["bottom"] - words["top"] - words["bottom"]) <= 4


@pytest.mark.browser
def test_few_results_are_followed_by_other_products(browser: Browser, make_shop: MakeShop) -> None:
    shop = make_shop(FIVE | ENGLISH)
    shop.build()
    with opened(browser, shop, "/search/?q=hoops") as page:
        expect(page.locator(".search__grid .product-card__name")).to_have_count(1)
        others = page.locator(".search__popular .product-card:visible .product-card__name").all_inner_texts()
        page.goto(page.url.replace("q=hoops", "q=zzz"))
        expect(page.locator(".search__told")).to_be_visible()
        all_of_them = page.locator(".search__popular .product-card:visible").count()

    assert "Small hoops" not in others
    assert len(others) == 4 < all_of_them  # one row
