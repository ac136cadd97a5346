"""References to drafts: no build fails because a record is hidden, and each place that names it is told."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from storegen.build import Report
from storegen.load.shop import load_shop
from storegen.tracking.campaigns import links_of
from tests.conftest import FIVE, MakeShop
from tests.shop import NOW, SITE, Shop, png, tree

HIDDEN = "is a draft; pages leave this out until it is published"
CUFF = f'the product "cuff" {HIDDEN}'
CARE = f'the guide "care-more" {HIDDEN}'

EVERYWHERE: dict[str, str | bytes] = FIVE | {
    "site.yaml": SITE.replace('menu: ["category:rings", "guides"]', 'menu: ["category:rings", product:cuff]')
    + "footer: {Help: [guide:care-more, guides]}\nlegal: [/products/cuff/]\n"
    + "promises: {metal: {icon: shield, title: Silver, text: 'Of [us](guide:care-more).', link: guide:care-more}}\n"
    + "product_promises: [metal]\n",
    "content/media/ring.png": png("red"),
    "content/products/cuff.yaml": "name: Open cuff\nprice: 80.00\nstatus: draft\n",
    "content/guides/care-more.md": "---\ntitle: Care\nstatus: draft\n---\nRub.\n",
    "content/products/pin.yaml": (
        "name: Pin\nprice: 9.00\ncategory: rings\nsummary: As the [cuff](product:cuff).\nrelated: [cuff]\n"
        "accessories: [cuff]\nguides: [care-more]\ndescription: See ![](product:cuff) and [care](guide:care-more).\n"
    ),
    "content/guides/wearing.md": (
        "---\ntitle: Wearing\nproducts: [cuff]\nsidenotes:\n"
        "  - {title: Note, text: 'The [cuff](product:cuff).', link: product:cuff}\n---\n"
        "First.\n\n![](product:cuff)\n\nThe [cuff](product:cuff), [its page](/products/cuff/) and ![](product:cuff) here.\n"
    ),
    "content/categories/care.yaml": (
        "name: Care\nguide: care-more\neditorial: {title: Cuff, text: New., link: product:cuff, link_text: Look, "
        "image: media/ring.png}\n"
    ),
    "content/offers/set.yaml": "kind: bundle\nname: Set\nproducts: [cuff, plain-band]\nprice: 20.00\npage: yes\n",
    "content/offers/gift.yaml": "kind: gift\nname: Gift\ngift: cuff\nmin_total: 10\npage: yes\n",
    "content/pages/home.yaml": (
        "sections:\n"
        "  - hero: {title: Hi, image: media/ring.png, button: Buy, link: product:cuff}\n"
        "  - featured: {title: Now, products: [cuff, plain-band]}\n"
        "  - prose: {title: Cuff, text: 'A [cuff](product:cuff).', link: product:cuff}\n"
    ),
    "content/campaigns/spring.yaml": "name: Spring\nsource: google\nmedium: cpc\nto: /products/cuff/\nwords: [cuff]\n",
}


def warnings_of(report: Report) -> list[str]:
    """Return the warnings about drafts."""
    return [line for line in report.warnings if "draft" in line]


def test_draft_may_be_named_anywhere_and_no_page_leads_to_it(make_shop: MakeShop) -> None:
    shop = make_shop(EVERYWHERE)
    shop.build()

    pages = [path for path in tree(shop.output) if path.endswith((".html", ".xml"))]
    assert "products/pin/index.html" in pages
    assert [path for path in pages if "/products/cuff" in shop.text(path) or "care-more" in shop.text(path)] == []
    assert [path for path in pages if "<p></p>" in shop.text(path) or 'href=""' in shop.text(path)] == []


def test_link_to_a_draft_is_words_and_its_card_is_gone(make_shop: MakeShop) -> None:
    shop = make_shop(EVERYWHERE)
    shop.build()

    text = shop.html("guides/wearing/index.html").select(".article__text .prose")[0]
    assert [p.get_text() for p in text.find_all("p")] == ["First.", "The cuff, its page and  here."]
    assert text.select("a, article, img, .embed") == []


def test_draft_that_is_published_is_linked_in_the_next_build(make_shop: MakeShop, tmp_path: Path) -> None:
    shop = make_shop(EVERYWHERE)
    shop.build()
    shop.edit("content/products/cuff.yaml", "status: draft\n", "")
    shop.build()
    built = tree(shop.output)
    clean = Shop(tmp_path / "clean", EVERYWHERE | {"content/products/cuff.yaml": "name: Open cuff\nprice: 80.00\n"})
    clean.build()

    text = shop.html("guides/wearing/index.html").select(".article__text .prose")[0]
    assert {link["href"] for link in text.select("a[href]")} == {"/products/cuff/"}
    assert built == tree(clean.output)
    shop.edit("content/products/cuff.yaml", "price", "status: draft\nprice")
    shop.build()
    assert "/products/cuff/" not in shop.text("guides/wearing/index.html")


def test_first_places_that_name_a_draft_are_told_and_the_others_counted(make_shop: MakeShop) -> None:
    shop = make_shop(EVERYWHERE)
    told = warnings_of(shop.build())

    assert told == [
        (
            "content/campaigns/spring.yaml:4: to: content/products/cuff.yaml is a draft; "
            "pages leave this link out until it is published"
        ),
        f"content/categories/care.yaml:2: guide: {CARE}",
        f"content/categories/care.yaml:3: editorial.link: {CUFF}",
        f"content/guides/wearing.md:3: products.0: {CUFF}",
        f"content/guides/wearing.md:5: sidenotes.0.link: {CUFF}",
        "21 more places refer to drafts",
    ]
    assert told == warnings_of(shop.build())


@pytest.mark.parametrize(
    ("file", "text", "warning"),
    [
        (
            "content/guides/a.md",
            "---\ntitle: A\n---\nOne.\n\nA [cuff](product:cuff).\n",
            f"content/guides/a.md:6: {CUFF}",
        ),
        ("content/guides/a.md", "---\ntitle: A\n---\n![](product:cuff)\n", f"content/guides/a.md:4: {CUFF}"),
        (
            "content/products/pin.yaml",
            "name: Pin\nprice: 9.00\ncategory: rings\nrelated: [cuff]\n",
            f"content/products/pin.yaml:4: related.0: {CUFF}",
        ),
        (
            "content/offers/set.yaml",
            "kind: gift\nname: Gift\ngift: cuff\nmin_total: 10\n",
            f"content/offers/set.yaml:3: gift: {CUFF}",
        ),
    ],
)
def test_place_that_names_a_draft_is_told_with_its_line(
    make_shop: MakeShop, file: str, text: str, warning: str
) -> None:
    shop = make_shop(FIVE | {"content/products/cuff.yaml": EVERYWHERE["content/products/cuff.yaml"], file: text})

    assert warnings_of(shop.build()) == [warning]
    assert warnings_of(shop.build(drafts=True)) == []


def test_draft_category_hides_no_product_and_needs_no_warning_for_each(make_shop: MakeShop) -> None:
    shop = make_shop(FIVE)
    shop.edit("content/categories/earrings.yaml", "name", "status: draft\nname")
    told = warnings_of(shop.build())

    assert told == []
    assert shop.has("products/small-hoops/index.html")
    assert "/earrings/" not in shop.text("products/small-hoops/index.html")


def test_category_below_a_draft_stays_and_is_told(make_shop: MakeShop) -> None:
    shop = make_shop(
        FIVE
        | {
            "content/categories/rings/thin.yaml": "name: Thin\n",
            "content/products/wire.yaml": "name: Wire\nprice: 5.00\ncategory: rings/thin\n",
        }
    )
    shop.edit("content/categories/rings.yaml", "name", "status: draft\nname")
    told = warnings_of(shop.build())

    assert 'content/categories/rings/thin.yaml:1: the category "rings" above it is a draft; no list leads here' in told
    assert shop.has("rings/thin/index.html")
    assert [link["href"] for link in shop.html("rings/thin/index.html").select(".breadcrumbs a")] == ["/"]


def test_address_of_an_article_of_tomorrow_is_linked_from_tomorrow_on(make_shop: MakeShop) -> None:
    shop = make_shop(
        FIVE
        | {
            "content/blog/new.md": "---\ntitle: New\ndate: 2026-11-24\n---\nHi.\n",
            "content/guides/a.md": "---\ntitle: A\n---\nSoon [more](/blog/new/).\n",
        }
    )
    shop.build()
    assert "/blog/new/" not in shop.text("guides/a/index.html")

    shop.build(now=NOW + dt.timedelta(days=2))
    assert 'href="/blog/new/"' in shop.text("guides/a/index.html")


def test_campaign_makes_no_link_to_a_draft(make_shop: MakeShop) -> None:
    configs, store = load_shop(make_shop(EVERYWHERE).folder)
    (campaign,) = store.campaigns

    assert list(links_of(campaign, store, next(iter(configs.values())))) == []
