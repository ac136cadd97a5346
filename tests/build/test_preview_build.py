"""``storegen build --preview``: a copy that no search engine lists, beside the shop's own output."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tests.cli.test_cli import run
from tests.conftest import FIVE, MakeShop
from tests.shop import SITE, Shop, tree

FILES: dict[str, str | bytes] = FIVE | {
    "site.yaml": SITE + "languages: [en, fi]\nfeeds: [google]\ntracking: {carriers: [posti]}\n",
    "content/products/rope-ring.fi.yaml": "name: Köysisormus\n",
    "content/products/hidden.yaml": "name: Hidden\nprice: 5.00\nstatus: unlisted\n",
    "content/blog/spring.md": "---\ntitle: Spring\ndate: 2026-11-20\n---\nIt comes.\n",
    "content/pages/about.md": "---\ntitle: About us\n---\nTwo of us.\n",
    "content/pages/contact.md": "---\ntitle: Contact\n---\nWrite.\n",
    "content/people/aino.md": "---\nname: Aino\nrole: Silversmith\n---\nShe solders.\n",
    "content/offers/week.yaml": (
        "name: Ring week\npercent: 20\nproducts: [plain-band]\nstarts: 2026-11-20\nends: 2026-11-30\npage: yes\n"
    ),
}
KINDS = {
    "index.html",
    "404.html",
    "rings/index.html",
    "products/rope-ring/index.html",
    "products/hidden/index.html",
    "guides/index.html",
    "guides/ring-size/index.html",
    "blog/spring/index.html",
    "about/index.html",
    "contact/index.html",
    "people/aino/index.html",
    "offers/week/index.html",
    "cart/index.html",
    "search/index.html",
    "track/index.html",
    "fi/index.html",
    "fi/tuotteet/rope-ring/index.html",
}


@pytest.fixture
def shop(make_shop: MakeShop) -> Shop:
    return make_shop(FILES)


def test_every_page_of_a_preview_refuses_to_be_listed(shop: Shop) -> None:
    shop.build()
    shop.build(preview=True)
    preview = tree(shop.folder / "preview")
    pages = {path: BeautifulSoup(data, "html.parser") for path, data in preview.items() if path.endswith(".html")}
    refusing = {path for path, page in pages.items() if page.select("meta[name=robots][content=noindex]")}

    assert pages.keys() >= KINDS
    assert refusing == set(pages)
    assert not any(page.select("link[rel=canonical], link[hreflang]") for page in pages.values())
    assert preview["robots.txt"] == b"User-agent: *\nDisallow:\n"
    assert b"/*\n" in preview["_headers"]
    assert b"\n  X-Robots-Tag: noindex\n\n/assets/*\n" in preview["_headers"]
    markdown = {path for path in tree(shop.output) if path.endswith(".md")}
    assert tree(shop.output).keys() - preview.keys() == {"sitemap.xml", "llms.txt", *markdown}


def test_the_shop_itself_is_listed_as_before(shop: Shop) -> None:
    shop.build()

    assert shop.html("products/rope-ring/index.html").select("link[rel=canonical]")
    assert "X-Robots-Tag" not in shop.text("_headers")
    assert shop.text("robots.txt").startswith("User-agent: *\nDisallow: /cart/\nDisallow: /fi/ostoskori/\n\nSitemap: ")


def test_preview_leaves_the_output_and_its_state_alone(shop: Shop, settled: None) -> None:
    shop.build()
    shop.build()
    output, manifest = tree(shop.output), (shop.folder / ".storegen/manifest").read_bytes()
    shop.build(preview=True, base_url="https://try.example")

    assert tree(shop.output) == output
    assert (shop.folder / ".storegen/manifest").read_bytes() == manifest
    assert shop.build().made == ()


def test_preview_has_the_address_that_is_given(shop: Shop) -> None:
    shop.build(preview=True, base_url="https://try.example")
    page = (shop.folder / "preview/products/rope-ring/index.html").read_text()

    assert 'property="og:url" content="https://try.example/products/rope-ring/"' in page
    assert "https://shop.example" not in page


def test_preview_is_built_step_by_step_as_the_shop_is(shop: Shop, tmp_path: Path) -> None:
    first = shop.build(preview=True)
    nothing = shop.build(preview=True)
    shop.edit("content/products/plain-band.yaml", "49.00", "51.00")
    again = shop.build(preview=True)
    shop.build(preview=True, output=tmp_path / "clean", cache=tmp_path / "cache")

    assert len(first.made) > len(KINDS)
    assert nothing.made == ()
    assert "products/plain-band/index.html" in {change.output.path for change in again.made}
    assert len(again.made) < len(first.made) / 2
    assert tree(shop.folder / "preview") == tree(tmp_path / "clean")


@pytest.mark.parametrize("first", [True, False])
def test_one_folder_for_both_holds_what_was_built_last(shop: Shop, tmp_path: Path, *, first: bool) -> None:
    for preview in (first, not first):
        shop.build(preview=preview, output=tmp_path / "both", cache=tmp_path / "cache")
    shop.build(preview=not first, output=tmp_path / "clean", cache=tmp_path / "other")

    assert tree(tmp_path / "both") == tree(tmp_path / "clean")


def test_preview_counts_no_visits_even_at_the_shops_address(shop: Shop) -> None:
    shop.edit("site.yaml", "{carriers: [posti]}", "{carriers: [posti], analytics: {plausible: {}}}")
    shop.build()
    shop.build(preview=True)
    kept, preview = (
        "".join(file.read_text() for file in folder.glob("assets/measure.*.js"))
        for folder in (shop.output, shop.folder / "preview")
    )

    assert 'const SHOP="https://shop.example";' in kept.replace(" = ", "=")
    assert 'const SHOP="about:blank";' in preview.replace(" = ", "=")


def test_command_writes_the_preview_beside_the_output(five: Shop) -> None:
    done = run("build", "--preview", "--base-url", "https://try.example", cwd=five.folder)

    assert done.returncode == 0, done.stderr
    assert "https://try.example" in (five.folder / "preview/index.html").read_text()
    assert not five.output.exists()
