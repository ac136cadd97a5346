"""Long lists: pages by number, sitemaps by the limit of their protocol, products listed in one file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from storegen.views import site_files
from storegen.views.category import pages_of
from storegen.views.ring import Ring
from tests.conftest import FIVE, MakeShop
from tests.shop import SITE, Shop

MANY: dict[str, str | bytes] = FIVE | {
    f"content/products/p{number:02}.yaml": f"name: Piece {number:02}\nprice: {number + 1}.00\ncategory: care\n"
    for number in range(60)
}


def test_category_has_pages_of_24_that_lead_to_each_other(make_shop: MakeShop) -> None:
    shop = make_shop(MANY)
    shop.build()

    pages = [shop.html(f"care/{number}index.html") for number in ("", "2/", "3/")]
    counts = [len(set(re.findall(r'href="(/products/[^"]+)"', str(page.main)))) for page in pages]
    assert counts == [24, 24, 13]
    assert not shop.has("care/4/index.html")
    assert [link["href"] for link in pages[1].find_all("link", rel=["prev", "next"])] == ["/care/", "/care/3/"]
    assert {link["href"] for link in pages[1].select("nav a[href]") if "care" in str(link["href"])} >= {
        "/care/",
        "/care/3/",
    }
    canonical = pages[1].find("link", rel="canonical")
    assert canonical is not None
    assert canonical["href"] == "https://shop.example/care/2/"


@pytest.mark.parametrize("last", [1, 2, 12, 13, 84, 400])
def test_every_page_of_a_list_is_two_links_from_the_first(last: int) -> None:
    def linked(number: int) -> set[int]:
        pages = pages_of("/care/", number, 24, last * 24)
        return {int(link.text) for link in pages.links} if last > 1 else {1}

    near = {page for number in linked(1) for page in linked(number)}
    assert near == set(range(1, last + 1))
    assert max(len(linked(number)) for number in range(1, last + 1)) <= max(13, 12 + last / 10)


def languages(shop: Shop, path: str) -> dict[str, set[str]]:
    """Return where a page's language menus and its head lead, by language."""
    html = shop.html(path)
    links = [
        *html.select(".language__link, .menu-sheet__language"),
        *html.find_all("link", rel="alternate", hreflang=True),
    ]
    found: dict[str, set[str]] = {}
    for link in links:
        found.setdefault(str(link["hreflang"]), set()).add(str(link["href"]).removeprefix("https://shop.example"))
    return found


def test_every_page_of_a_list_leads_to_the_same_page_in_other_languages(make_shop: MakeShop) -> None:
    posts = {
        f"content/blog/p{number:02}.md": f"---\ntitle: P{number}\ndate: 2026-11-02\n---\nHi.\n" for number in range(30)
    }
    shop = make_shop(MANY | posts | {"site.yaml": SITE + "languages: [en, fi]\n"})
    shop.build()

    for place, there in (("care", "care"), ("blog", "blogi")):
        for page in ("", "2/"):
            expected = {"en": {f"/{place}/{page}"}, "fi": {f"/fi/{there}/{page}"}, "x-default": {f"/{place}/{page}"}}
            assert languages(shop, f"{place}/{page}index.html") == expected
            assert languages(shop, f"fi/{there}/{page}index.html") == expected
            assert shop.has(f"fi/{there}/{page}index.html")


def test_second_page_of_a_list_has_its_own_title_and_what_the_first_has(make_shop: MakeShop) -> None:
    posts = {
        f"content/blog/p{number:02}.md": f"---\ntitle: P{number}\ndate: 2026-11-02\n---\nHi.\n" for number in range(30)
    }
    shop = make_shop(
        MANY
        | posts
        | {
            "content/categories/care/oils.yaml": "name: Oils\n",
            "content/products/oil.yaml": "name: Oil\nprice: 9.00\ncategory: care/oils\n",
        }
    )
    shop.build()

    assert shop.html("care/2/index.html").title.string == "Care · Page 2 · Test shop"  # type: ignore[union-attr]
    assert shop.html("blog/2/index.html").title.string == "Blog · Page 2 · Test shop"  # type: ignore[union-attr]
    first, second = (shop.html(f"care/{page}index.html") for page in ("", "2/"))
    for part in (".breadcrumbs", ".masthead", ".footer"):
        assert [str(each) for each in first.select(part)] == [str(each) for each in second.select(part)]
    assert first.select('main a[href="/care/oils/"]') != []
    assert second.select('main a[href="/care/oils/"]') != []
    assert shop.jsonld("care/2/index.html") == shop.jsonld("care/index.html")


def test_list_that_shrinks_loses_its_last_pages(make_shop: MakeShop) -> None:
    shop = make_shop(MANY)
    shop.build()
    for number in range(40):
        shop.remove(f"content/products/p{number:02}.yaml")

    removed = shop.build().removed

    assert "care/2/index.html" in removed
    assert "care/3/index.html" in removed


def test_products_may_stand_in_one_file(make_shop: MakeShop) -> None:
    text = "- {name: One, slug: one, price: 1.00}\n- {name: Two, slug: two, price: 2.00}\n"
    shop = make_shop(FIVE | {"content/products/small.yaml": text})
    shop.build()

    assert shop.has("products/one/index.html")
    assert shop.has("products/two/index.html")


def test_sitemap_names_every_page_that_may_be_found(five: Shop) -> None:
    five.build()

    locs = set(re.findall(r"<loc>(.*?)</loc>", five.text("sitemap.xml")))
    pages = {
        f"https://shop.example/{path.parent.relative_to(five.output)}/".replace("/./", "/")
        for path in five.output.rglob("index.html")
    }
    forms = {page for page in pages if page.startswith("https://shop.example/forms/")}
    assert forms
    assert locs == pages - forms - {f"https://shop.example/{page}/" for page in ("cart", "saved", "search", "thanks")}


def test_sitemap_above_the_limit_becomes_an_index(five: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    assert site_files.sitemaps.__kwdefaults__ is not None
    monkeypatch.setitem(site_files.sitemaps.__kwdefaults__, "limit", 4)
    five.build()

    index = re.findall(r"<loc>(.*?)</loc>", five.text("sitemap.xml"))
    counts = [five.text(Path(loc).name).count("<loc>") for loc in index]
    assert len(counts) > 2
    assert set(counts[:-1]) == {4}
    assert 1 <= counts[-1] <= 4
    assert "Sitemap: https://shop.example/sitemap.xml" in five.text("robots.txt")


def test_sold_out_products_stand_last_in_lists(make_shop: MakeShop) -> None:
    shop = make_shop(
        FIVE
        | {
            "content/products/anklet.yaml": "name: Anklet\nsku: A\ncategory: care\nprice: 5.00\nstock: 0\n",
            "content/products/brush.yaml": "name: Brush\nsku: B\ncategory: care\nprice: 5.00\navailability: out_of_stock\n",
            "content/products/wax.yaml": "name: Wax\nsku: W\ncategory: care\nprice: 5.00\navailability: made_to_order\n",
            "content/reviews/all.yaml": "- {product: brush, rating: 5, text: Soft., name: A., date: 2026-11-01}\n",
        }
    )
    shop.build()
    addresses = [str(link["href"]) for link in shop.html("care/index.html").select('main a[href^="/products/"]')]

    assert list(dict.fromkeys(addresses)) == [
        f"/products/{name}/" for name in ("polishing-cloth", "wax", "brush", "anklet")
    ]


UNLISTED = "status: unlisted\n"
HIDDEN: dict[str, tuple[str, str]] = {
    "products/hidden/": ("content/products/hidden.yaml", f"name: Hidden\nprice: 1.00\n{UNLISTED}"),
    "hidden/": ("content/categories/hidden.yaml", f"name: Hidden\n{UNLISTED}"),
    "rings/hidden/": ("content/categories/rings/hidden.yaml", f"name: Hidden\n{UNLISTED}"),
    "guides/hidden/": ("content/guides/hidden.md", f"---\ntitle: Hidden\n{UNLISTED}---\nText.\n"),
    "blog/hidden/": ("content/blog/hidden.md", f"---\ntitle: Hidden\ndate: 2026-11-01\n{UNLISTED}---\nText.\n"),
    "about/": ("content/pages/about.md", f"---\ntitle: Hidden\n{UNLISTED}---\nText.\n"),
}


@pytest.mark.parametrize("path", HIDDEN)
def test_unlisted_page_is_kept_from_search_engines(make_shop: MakeShop, path: str) -> None:
    file, text = HIDDEN[path]
    within = path.strip("/") if file.startswith("content/categories") else "care"
    piece = f"name: Piece\nprice: 5\ncategory: {within}\n"  # a category without products is in no list
    shop = make_shop(FIVE | {file: text, "content/products/piece.yaml": piece})
    page, entry = f"{path}index.html", f"<loc>https://shop.example/{path}</loc>"
    shop.build()
    assert shop.html(page).select("meta[name=robots][content=noindex]")
    assert entry not in shop.text("sitemap.xml")

    shop.edit(file, UNLISTED, "")
    shop.build()
    assert not shop.html(page).select("meta[name=robots]")
    assert entry in shop.text("sitemap.xml")


@pytest.mark.parametrize(
    ("tax", "line"),
    [
        ("{rates: {standard: 25.5}}", "All prices include 25.5% VAT."),
        ("{name: MwSt., rates: {standard: 19}}", "All prices include 19% MwSt."),
        ("{name: MwSt., rates: {standard: 19, reduced: 7}}", "All prices include MwSt."),
        ("{rates: {standard: 25.5, books: 14}}", "All prices include VAT."),
        ("{included: no, rates: {standard: 25.5, books: 14}}", "Prices exclude VAT."),
        ("{rates: {standard: 10, books: 10}}", "All prices include 10% VAT."),
    ],
)
def test_foot_names_a_rate_only_where_all_have_it(make_shop: MakeShop, tax: str, line: str) -> None:
    shop = make_shop(FIVE)
    shop.edit("site.yaml", "{rates: {standard: 25.5}}", tax)
    shop.build()
    foot = [words.get_text().strip() for words in shop.html("rings/index.html").select(".footer p")]

    assert line in foot


def test_foot_names_no_single_rate_in_finnish_either(make_shop: MakeShop) -> None:
    shop = make_shop(FIVE | {"content/pages/about.md": "---\ntitle: About\n---\nUs.\n"})
    shop.edit("site.yaml", "{rates: {standard: 25.5}}", "{name: ALV, rates: {standard: 25.5, books: 14}}")
    shop.edit("site.yaml", "currency: EUR", "currency: EUR\nlanguages: [fi]")
    shop.build()

    assert "Hinnat sisältävät arvonlisäveron (ALV)." in shop.text("rings/index.html")


@pytest.mark.parametrize(
    ("name", "english", "finnish"), [("", "incl. 25.5% VAT", "sis. ALV 25,5 %"), ("Moms", "Moms", "Moms")]
)
def test_tax_has_its_name_in_each_language(make_shop: MakeShop, name: str, english: str, finnish: str) -> None:
    shop = make_shop(FIVE)
    shop.edit("site.yaml", "tax: {rates", f"languages: [en, fi]\ntax: {{name: {name!r}, rates")
    shop.build()

    for home, place, words in (("", "products/", english), ("fi/", "fi/tuotteet/", finnish)):
        for page in (f"{place}plain-band", f"{home}rings"):
            word = words.split()[-1] if home == "" else words.split()[min(1, len(words.split()) - 1)]
            assert word in shop.html(f"{page}/index.html").get_text()
        assert words in shop.html(f"{place}plain-band/index.html").get_text().replace("\xa0", " ")


def test_product_without_reviews_and_questions_says_nothing_about_them(make_shop: MakeShop) -> None:
    shop = make_shop(FIVE)
    shop.write(
        "content/reviews/all.yaml",
        "- {product: small-hoops, rating: 5, text: Light., name: A., date: 2026-11-01}\n",
    )
    shop.build()
    page = shop.html("products/rope-ring/index.html")

    assert "Reviews" in [each.text for each in shop.html("products/small-hoops/index.html").select(".section__title")]
    assert not page.select(".buy > .stars, .stars--none, #reviews, #questions")
    assert not {"Reviews", "Questions"} & {each.text for each in page.select("h2")}
    assert page.select(".buy__ask a")[0]["href"] == "/forms/question/?product=Rope%20ring%2C%20RG-014"
    assert [len(each.select(".stars")) for each in shop.html("earrings/index.html").select(".product-card")] == [1, 0]


def test_ring_goes_round() -> None:
    ring = Ring({name: name.encode() for name in "dbace"})

    assert ring.after("a", 4) == (("b", "c", "d", "e"), b"bcde")
    assert ring.after("d", 3) == (("e", "a", "b"), b"eab")
    assert ring.after("e", 9) == (("a", "b", "c", "d"), b"abcd")
    assert ring.after("z", 9) == (("a", "b", "c", "d", "e"), b"abcde")
    assert ring.after("bb", 2) == (("c", "d"), b"cd")
    assert Ring({}).after("a", 4) == ((), b"")


def test_sold_out_products_are_not_suggested_while_there_are_others(make_shop: MakeShop) -> None:
    def cup(stock: int) -> str:
        return f"name: Cup\nprice: 5.00\nstock: {stock}\ncategory: cups\n"

    files: dict[str, str | bytes] = {
        "site.yaml": SITE.partition("menu:")[0],
        "content/categories/cups.yaml": "name: Cups\n",
        **{f"content/products/{name}.yaml": cup(int(name not in "bd")) for name in "abcdefg"},
    }
    shop = make_shop(files)

    def suggested(name: str) -> list[str]:
        cards = shop.html(f"products/{name}/index.html").select(
            ".product__more .product-card__link, .product-card__link"
        )
        return [str(each["href"]).split("/")[2] for each in cards]

    shop.build()
    assert suggested("a") == ["c", "e", "f", "g"]
    assert suggested("b") == ["c", "e", "f", "g"]
    shop.write("content/products/d.yaml", cup(3))
    shop.write("content/products/f.yaml", cup(0))
    shop.build()
    assert suggested("a") == ["c", "d", "e", "g"]
    for name in "acdeg":
        shop.write(f"content/products/{name}.yaml", cup(0))
    shop.build()
    assert suggested("b") == ["c", "d", "e", "f"]


def test_home_page_without_sections_says_what_it_promises_before_its_products(make_shop: MakeShop) -> None:
    """A small shop shows all its products."""
    promises = "promises: {answer: {title: We answer, text: Within a day.}}\n"
    files: dict[str, str | bytes] = {
        "site.yaml": SITE.partition("menu:")[0] + promises,
        "content/categories/cups.yaml": "name: Cups\n",
        **{f"content/products/c{place}.yaml": "name: Cup\nprice: 5.00\ncategory: cups\n" for place in range(15)},
    }
    shop = make_shop(files)
    shop.build()
    page = shop.html("index.html")
    main = str(page.main)

    assert page.h1 is not None
    assert (page.h1.text, page.h1["class"]) == ("Test shop", ["heading__title"])
    assert main.index("category__name") < main.index("We answer") < main.index("product-card__name")
    assert len(page.select(".product-card")) == 15


@pytest.mark.parametrize(
    ("file", "shown"),
    [
        ("sku: C-1", ["C-1"]),
        ("sku: blue-cup", []),
        ("brand: B", []),
        ("options: {Size: [S, M]}", []),
        ("sku: C-1\noptions: {Size: [S, M]}", ["C-1"]),
    ],
)
def test_article_number_is_shown_if_somebody_gave_it(make_shop: MakeShop, file: str, shown: list[str]) -> None:
    product = f"name: Cup\nprice: 5.00\ncategory: cups\ndescription: Blue.\n{file}\n"
    shop = make_shop(
        {
            "site.yaml": SITE.partition("menu:")[0],
            "content/categories/cups.yaml": "name: Cups\n",
            "content/products/blue-cup.yaml": product,
        }
    )
    shop.build()
    rows = shop.html("products/blue-cup/index.html").select(".specs__row")

    assert [row.dd.text for row in rows if row.dd and row.dt and row.dt.text == "Article number"] == shown


def test_what_has_no_parcel_leads_to_no_parcel_after_the_order(make_shop: MakeShop) -> None:
    files: dict[str, str | bytes] = {
        "site.yaml": SITE.partition("menu:")[0] + "tracking: {carriers: [posti]}\n",
        "content/pages/delivery.md": "---\ntitle: Delivery\nlayout: delivery\n---\n",
        "content/pages/contact.md": "---\ntitle: Contact\nlayout: contact\n---\n",
        "content/guides/care.md": "---\ntitle: How to keep it\n---\nWash it.\n",
        "content/products/cup.yaml": "name: Cup\nprice: 5.00\n",
        "content/products/song.yaml": "name: Song\nprice: 5.00\ndelivery: {digital: yes}\n",
    }
    shop = make_shop(files)
    shop.build()

    def after(name: str) -> list[str]:
        return [str(link["href"]) for link in shop.html(f"products/{name}/index.html").select(".service-links a")]

    assert after("cup") == ["/track/", "/delivery/", "/guides/care/", "/contact/", "/forms/review/?product=Cup"]
    assert after("song") == ["/guides/care/", "/contact/", "/forms/review/?product=Song"]
    # What the footer has as well is not repeated.
    shop.remove("content/guides/care.md")
    shop.build()
    assert after("cup") == []


def test_service_pages_lead_to_each_other(make_shop: MakeShop) -> None:
    shop = make_shop(
        {
            "site.yaml": SITE.partition("menu:")[0],
            "content/pages/delivery.md": "---\ntitle: Delivery\nlayout: delivery\n---\n",
            "content/pages/contact.md": "---\ntitle: Contact\nlayout: contact\n---\n",
            "content/pages/about.md": "---\ntitle: About\nlayout: about\n---\n",
        }
    )
    shop.build()

    def service(name: str) -> list[str]:
        return [link.get_text(strip=True) for link in shop.html(f"{name}/index.html").select(".service-links a")]

    assert (service("delivery"), service("contact"), service("about")) == (["Contact"], ["Delivery"], [])
    shop.edit("content/pages/delivery.md", "Delivery", "How it travels")
    shop.build()
    assert service("contact") == ["How it travels"]


def test_numbers_in_names_are_sorted_by_their_value(make_shop: MakeShop) -> None:
    names = ("10 speeds", "7 speeds", "Tyre 27.5", "Tyre 100", "tyre 9")
    files: dict[str, str | bytes] = {}
    for number, name in enumerate(names):
        files[f"content/products/p{number}.yaml"] = f"name: {name}\nprice: 1.00\ncategory: gears\n"
        files[f"content/categories/gears/c{number}.yaml"] = f"name: For {name}\n"
        files[f"content/products/in-c{number}.yaml"] = f"name: In {name}\nprice: 1.00\ncategory: c{number}\n"
        files[f"content/guides/g{number}.md"] = f"---\ntitle: About {name}\n---\nHello.\n"
    shop = make_shop(FIVE | files | {"content/categories/gears.yaml": "name: Gears\n"})
    shop.build()

    sorted_names = ("7 speeds", "10 speeds", "tyre 9", "Tyre 27.5", "Tyre 100")
    for page, before in (("gears", ""), ("gears", "In "), ("gears", "For "), ("guides", "About ")):
        text = shop.html(f"{page}/index.html").get_text("|", strip=True)
        found = sorted(sorted_names, key=lambda name: text.index(f"|{before}{name}|"))
        assert tuple(found) == sorted_names, (page, before)


@pytest.mark.parametrize("section", ["collections: {}", "featured: {title: Now, products: [band]}"])
def test_home_page_has_no_list_without_entries(make_shop: MakeShop, section: str) -> None:
    """The only product is still a draft."""
    files: dict[str, str | bytes] = {
        "site.yaml": SITE.partition("menu:")[0],
        "content/categories/rings.yaml": "name: Rings\n",
        "content/products/band.yaml": "name: Band\nprice: 1.00\ncategory: rings\nstatus: draft\n",
        "content/pages/home.yaml": f"sections:\n  - {section}\n",
    }
    shop = make_shop(files)
    shop.build()
    assert shop.html("index.html").select(".band") == []

    shop.edit("content/products/band.yaml", "status: draft\n", "")
    shop.build()
    assert len(shop.html("index.html").select(".band")) == 1
