"""Old addresses lead to new pages: by a file for hosts that read one, and by forwarding pages elsewhere."""

from __future__ import annotations

import pytest

from storegen.errors import ContentError
from tests.conftest import FIVE, MakeShop
from tests.shop import SITE

OLD = """\
/product/band/: product:plain-band
/collections/rings: category:rings
/old.html: page:nowhere-yet
/shop/Größe: home
/gone: https://other.example/x
"""
DRAFT = "---\ntitle: Nowhere\nstatus: draft\n---\nText.\n"


def test_old_addresses_lead_to_the_new_pages(make_shop: MakeShop) -> None:
    shop = make_shop({**FIVE, "content/redirects.yaml": OLD, "content/pages/nowhere-yet.md": DRAFT})
    shop.edit("content/products/plain-band.yaml", "name:", "slug: smooth-band\nname:")
    shop.build()

    assert shop.text("_redirects").splitlines() == [
        "/product/band/ /products/smooth-band/ 301",
        "/collections/rings /rings/ 301",
        "/shop/Gr%C3%B6%C3%9Fe / 301",
        "/gone https://other.example/x 301",
    ]
    page = shop.html("product/band/index.html")
    assert page.select_one("meta[http-equiv=refresh]")["content"] == "0; url=/products/smooth-band/"  # type: ignore[index]
    assert page.select_one("link[rel=canonical]")["href"] == "https://shop.example/products/smooth-band/"  # type: ignore[index]
    assert shop.has("collections/rings/index.html")
    assert not shop.has("old.html")
    assert "product/band" not in shop.text("sitemap.xml")


def test_redirects_follow_the_slug_and_go_with_their_lines(make_shop: MakeShop) -> None:
    shop = make_shop({**FIVE, "content/redirects.yaml": OLD, "content/pages/nowhere-yet.md": DRAFT})
    shop.build()
    shop.edit("content/products/plain-band.yaml", "name:", "slug: smooth-band\nname:")
    shop.write("content/redirects.yaml", "/product/band/: product:plain-band\n")
    shop.build()

    assert shop.text("_redirects") == "/product/band/ /products/smooth-band/ 301\n"
    assert not shop.has("collections/rings/index.html")
    shop.remove("content/redirects.yaml")
    shop.build()
    assert not shop.has("_redirects")


def test_page_at_an_old_address_is_not_redirected(make_shop: MakeShop) -> None:
    old = "/rings: category:care\n/Products/Rope-Ring: product:rope-ring\n"
    shop = make_shop({**FIVE, "content/redirects.yaml": old})
    report = shop.build()

    assert shop.text("_redirects") == "/Products/Rope-Ring /products/rope-ring/ 301\n" or not shop.has("_redirects")
    assert "content/redirects.yaml: /rings is the address of a page now, so it is not redirected" in " ".join(
        report.warnings
    )
    assert shop.html("rings/index.html").select("h1")[0].text == "Rings"


def test_redirect_may_lead_to_a_page_in_another_language(make_shop: MakeShop) -> None:
    files: dict[str, str | bytes] = {
        "site.yaml": SITE + "languages: [en, fi]\n",
        "content/products/plain-band.fi.yaml": "name: Sileä sormus\nslug: silea-sormus\n",
        "content/redirects.yaml": "/vanha/: /fi/tuotteet/silea-sormus/\n/vanhin/: /fi/tuotteet/sile/\n",
    }
    shop = make_shop(FIVE | files)
    with pytest.raises(ContentError, match=r"redirects\.yaml:2: /vanhin/: "):
        shop.build()
    shop.edit("content/redirects.yaml", "/vanhin/: /fi/tuotteet/sile/\n", "")
    shop.build()

    assert "/vanha/ /fi/tuotteet/silea-sormus/ 301" in shop.text("_redirects")
