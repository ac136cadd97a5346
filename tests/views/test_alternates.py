"""Every page leads to its translations: a switch for visitors, hreflang for search engines, the same in the sitemap."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup

from tests.conftest import FIVE, MakeShop
from tests.shop import SITE, Shop, tree

LANGUAGES = ("en", "fi", "sv")
HOME = {"en": "/", "fi": "/fi/", "sv": "/sv/"}
FILES: dict[str, str | bytes] = FIVE | {
    "site.yaml": SITE.replace(
        "menu:",
        f"languages: [{', '.join(LANGUAGES)}]\ntracking: {{carriers: [posti], thanks: yes}}\nmenu:",
    ),
    "site.sv.yaml": "addresses: {products: varor}\n",
    "themes/default/locales/sv.yaml": "meta: {name: Svenska}\naddresses: {guides: råd, cart: kundkorg, categories: grupper}\n",
    "content/products/rope-ring.fi.yaml": "name: Köysisormus\nslug: köysisormus\n",
    "content/products/rope-ring.sv.yaml": "name: Repring\nslug: repring\n",
    "content/products/secret.yaml": "name: Secret\nprice: 5.00\nstatus: draft\n",
    "content/products/secret.fi.yaml": "name: Salaisuus\n",
    "content/categories/rings.fi.yaml": "name: Sormukset\nslug: sormukset\n",
    "content/categories/rings/thin.yaml": "name: Thin\n",
    "content/categories/rings/thin.sv.yaml": "name: Tunna\nslug: tunna\n",
    "content/guides/ring-size.fi.md": "---\ntitle: Mittaa sormuskoko\nslug: mittaa\n---\nMittaa.\n",
    "content/guides/draft.md": "---\ntitle: Later\nstatus: draft\n---\nText.\n",
    "content/blog/future.md": "---\ntitle: Future\ndate: 2027-01-01\n---\nText.\n",
    "content/pages/about.md": "---\ntitle: About\n---\nHi.\n",
    "content/pages/about.sv.md": "---\ntitle: Om oss\nslug: om-oss\n---\nHej.\n",
    "content/pages/apart.md": "---\ntitle: Apart\nstatus: unlisted\n---\nHi.\n",
    "content/people/aino.yaml": "name: Aino\n",
    "content/offers/week.yaml": (
        "name: Week\npercent: 10\nproducts: [plain-band]\npage: yes\nstarts: 2026-11-20\nends: 2026-12-24\n"
    ),
    "content/offers/once.yaml": "name: Once\nkind: coupon\ncode: X1\npercent: 10\nstarts: 2026-01-01\nends: 2026-02-01\npage: yes\n",
    **{f"content/products/p{n:02}.yaml": f"name: P{n}\nprice: 5.00\ncategory: rings/thin\n" for n in range(30)},
    **{f"content/blog/b{n:02}.md": f"---\ntitle: B{n}\ndate: 2026-11-02\n---\nHi.\n" for n in range(30)},
    **{f"content/categories/c{n}.yaml": f"name: C{n}\n" for n in range(5)},
    **{f"content/products/of-c{n}.yaml": f"name: Of {n}\nprice: 5.00\ncategory: c{n}\n" for n in range(5)},
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    shop = Shop(tmp_path_factory.mktemp("alternates") / "shop", FILES)
    shop.build()
    return shop


@pytest.fixture(scope="module")
def pages(built: Shop) -> Mapping[str, BeautifulSoup]:
    """Every page by its address."""
    found = (file for file in tree(built.output) if file.endswith(".html"))
    return {f"/{file.removesuffix('index.html')}": built.html(file) for file in found}


def hreflang(page: BeautifulSoup) -> dict[str, str]:
    links = page.select("link[rel=alternate][hreflang]")
    assert len({str(link["hreflang"]) for link in links}) == len(links)
    return {str(link["hreflang"]): str(link["href"]) for link in links}


def in_sitemap(shop: Shop) -> dict[str, dict[str, str]]:
    entries = re.findall(r"<url><loc>(.*?)</loc>(.*?)</url>", shop.text("sitemap.xml"))
    return {place: dict(re.findall(r'hreflang="(.*?)" href="(.*?)"', rest)) for place, rest in entries}


def test_translations_name_each_other_and_themselves(pages: Mapping[str, BeautifulSoup]) -> None:
    listed = {place: page for place, page in pages.items() if page.select("link[rel=canonical]")}
    for place, page in listed.items():
        others = hreflang(page)
        assert sorted(others) == ["en", "fi", "sv", "x-default"], place
        assert others[str(page.html["lang"])] == f"https://shop.example{place}"  # type: ignore[index]
        assert others["x-default"] == others["en"]
        for language, target in others.items():
            there = listed[unquote(target.removeprefix("https://shop.example"))]
            assert hreflang(there) == others, (place, target)
            assert language in {"x-default", there.html["lang"]}  # type: ignore[index]
    assert len(listed) > 3 * 80
    kinds = ("/", "/fi/", "/sv/råd/", "/fi/blogi/2/", "/fi/sormukset/thin/2/", "/sv/varor/repring/", "/sv/grupper/")
    assert [
        place for place in (*kinds, "/fi/tekijat/aino/", "/fi/seuranta/", "/sv/om-oss/") if place not in listed
    ] == []


def test_sitemap_names_the_translations_that_pages_name(built: Shop, pages: Mapping[str, BeautifulSoup]) -> None:
    listed = {place: page for place, page in pages.items() if page.select("link[rel=canonical]")}

    assert in_sitemap(built) == {f"https://shop.example{place}": hreflang(page) for place, page in listed.items()}


def test_pages_that_are_not_listed_name_no_translations(pages: Mapping[str, BeautifulSoup]) -> None:
    apart = [place for place, page in pages.items() if not page.select("link[rel=canonical]")]

    assert [place for place in apart if hreflang(pages[place])] == []
    assert {"/404.html", "/cart/", "/search/", "/thanks/", "/apart/", "/offers/once/"} <= set(apart)


def test_every_page_has_a_switch_to_each_language(pages: Mapping[str, BeautifulSoup]) -> None:
    for place, page in pages.items():
        for switch in (".language__link", ".menu-sheet__language"):
            links = {str(link["hreflang"]): unquote(str(link["href"])) for link in page.select(switch)}
            assert tuple(links) == LANGUAGES, place
            assert [link for link in links.values() if link not in pages] == [], place
            assert [link["hreflang"] for link in page.select(f"{switch}[aria-current]")] == [page.html["lang"]]  # type: ignore[index]


def test_switch_of_a_page_without_translations_leads_home(pages: Mapping[str, BeautifulSoup]) -> None:
    for place in ("/404.html", "/fi/404.html"):
        assert {link["hreflang"]: link["href"] for link in pages[place].select(".language__link")} == HOME


def test_one_language_has_no_switch_and_no_hreflang(make_shop: MakeShop) -> None:
    shop = make_shop(FIVE)
    shop.build()

    for file in ("index.html", "404.html", "products/rope-ring/index.html"):
        assert not shop.html(file).select(".language, [hreflang]")
    assert "hreflang" not in shop.text("sitemap.xml")


EDITS = {
    "product": ("content/products/rope-ring.fi.yaml", "slug: köysisormus", "slug: köysi"),
    "category": ("content/categories/rings.fi.yaml", "slug: sormukset", "slug: renkaat"),
    "subcategory": ("content/categories/rings/thin.sv.yaml", "slug: tunna", "slug: smala"),
    "guide": ("content/guides/ring-size.fi.md", "slug: mittaa", "slug: koko"),
    "page": ("content/pages/about.sv.md", "slug: om-oss", "slug: oss"),
    "section": ("site.sv.yaml", "products: varor", "products: saker"),
    "words": ("themes/default/locales/sv.yaml", "guides: råd", "guides: tips"),
}


@pytest.mark.slow
@pytest.mark.parametrize("edit", EDITS)
def test_address_that_changes_in_one_language_changes_in_the_others(make_shop: MakeShop, edit: str) -> None:
    shop = make_shop(FILES)
    shop.build()
    shop.edit(*EDITS[edit])
    shop.build()
    after = tree(shop.output)
    shop.build(clean=True)

    assert after == tree(shop.output)
