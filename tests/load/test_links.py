"""Links and references: each that leads nowhere is reported with its place, and no other."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from storegen.cache import Cache
from storegen.errors import ContentError
from storegen.load.shop import load_shop, read_shop
from tests.shop import SITE, Shop, png

PLAIN = SITE.replace('menu: ["category:rings", "guides"]\n', "languages: [en, fi]\n")
FILES: Mapping[str, str | bytes] = {
    "site.yaml": PLAIN,
    "content/media/care.pdf": b"%PDF-1.4",
    "content/media/ring.png": png("red", 4, 3),
    "content/categories/rings.yaml": "name: Rings\n",
    "content/categories/rings/small.yaml": "name: Small\n",
    "content/categories/earrings.yaml": "name: Earrings\n",
    "content/categories/earrings/small.yaml": "name: Small\n",
    "content/categories/earrings/large.yaml": "name: Large\n",
    "content/categories/earrings/large/hoops.yaml": "name: Hoops\n",
    "content/products/band.yaml": "name: Band\nprice: 50.00\n",
    "content/products/cuff.yaml": "name: Cuff\nprice: 50.00\nstatus: draft\n",
    "content/guides/care.md": "---\ntitle: Care\n---\nRub.\n",
    "content/guides/care.fi.md": "---\ntitle: Hoito\nslug: hoito\n---\nHankaa.\n",
    "content/blog/news.md": "---\ntitle: News\ndate: 2026-11-02\n---\nNew.\n",
    "content/pages/terms.md": "---\ntitle: Terms\n---\nFair.\n",
    "content/people/aino.yaml": "name: Aino\n",
    "content/offers/week.yaml": "kind: free_delivery\nname: Week\n",
    "content/offers/open.yaml": "kind: free_delivery\nname: Open\npage: yes\n",
}
NOWHERE = (
    "leads nowhere; write product:rope-ring, guide:care, page:returns, media/file.pdf, /guides/, https://…, "
    "mailto:… or tel:…"
)
NOT_SHOWN = (
    "can't be shown; write ![words](media/picture.jpg), ![](product:rope-ring) for a card, "
    "![](video:1) for a video, or ![](form:newsletter) for a form"
)
NO_ADDRESS = "expected a picture's address like https://example.com/ring.jpg, found"
TRACKING = "there is no tracking page; name your carriers in tracking.carriers of site.yaml"


def problems(folder: Path, files: Mapping[str, str | bytes]) -> list[str]:
    """Return what is wrong with a shop."""
    site = Shop(folder / "shop", {**FILES, **files}).folder
    try:
        load_shop(site)
    except ContentError as error:
        return [str(problem) for problem in error.problems]
    return []


TARGETS = [
    ("product:band", ""),
    ("product:band#care", ""),
    ("product:bund", 'no product "bund", did you mean "band"?'),
    ("product:", 'no product ""'),
    ("product:cuff", ""),  # a draft: the page leaves the link out
    ("category:rings", ""),
    ("category:rings/small", ""),
    ("category:large", ""),
    ("category:hoops", ""),
    ("category:large/hoops", 'no category "large/hoops"'),
    ("category:small", 'several categories end in "small"; write one of earrings/small, rings/small'),
    ("category:ring", 'no category "ring", did you mean "rings"?'),
    ("guide:care", ""),
    ("guide:news", 'no guide "news"'),
    ("post:news", ""),
    ("page:terms", ""),
    ("page:term", 'no page "term", did you mean "terms"?'),
    ("person:aino", ""),
    ("person:anio", 'no person "anio", did you mean "aino"?'),
    ("offer:open", ""),
    ("offer:week", 'the offer "week" has no page to link to; give it "page: yes"'),
    ("guides", ""),
    ("blog", ""),
    ("home", ""),
    ("guide", f'"guide" {NOWHERE}'),
    ("track", TRACKING),
    ("track#parcel", TRACKING),
    ("/", ""),
    ("/rings/", ""),
    ("/rings", ""),
    ("/rings/small/#list", ""),
    ("/earrings/large/", ""),
    ("/products/band/", ""),
    ("/guides/care/", ""),
    ("/guides/", ""),
    ("/cart/", ""),
    ("/feed.xml", ""),
    ("/offers/open/", ""),
    ("/offers/week/", 'no page at "/offers/week/"'),
    ("/guides/cure/", 'no page at "/guides/cure/", did you mean "/guides/care/"?'),
    ("/products/cuff/", ""),
    ("#buy", ""),
    ("media/care.pdf", ""),
    ("https://other.example/x", ""),
    ("http://other.example", ""),
    ("mailto:a@shop.example", ""),
    ("tel:+3581", ""),
    ("javascript:alert(1)", f'"javascript:alert(1)" {NOWHERE}'),
    ("https:other", f'"https:other" {NOWHERE}'),
    ("https://", f'"https://" {NOWHERE}'),
    ("//other.example/", f'"//other.example/" {NOWHERE}'),
    ("care.pdf", f'"care.pdf" {NOWHERE}'),
]


def fits(fault: str, found: list[str], place: str) -> bool:
    """Say whether a report is one fault at a place, or none; what it suggests beyond the fault doesn't matter."""
    return found == [] if not fault else len(found) == 1 and found[0].startswith(f"{place}: {fault}")


@pytest.mark.parametrize(("target", "fault"), TARGETS)
def test_link_in_a_text_must_lead_somewhere(tmp_path: Path, target: str, fault: str) -> None:
    text = f"---\ntitle: Links\n---\nRead this.\n\nAnd [that]({target}).\n"
    found = problems(tmp_path, {"content/guides/links.md": text})

    assert fits(fault, found, "content/guides/links.md:6"), found


@pytest.mark.parametrize(("target", "fault"), TARGETS)
def test_link_in_a_field_must_lead_somewhere(tmp_path: Path, target: str, fault: str) -> None:
    found = problems(tmp_path, {"site.yaml": f'{PLAIN}legal: ["{target}"]\n'})

    assert fits(fault, found, "site.yaml:13: legal.0"), found


SHOWN = [
    ("product:band", ""),
    ("product:bund", 'no product "bund", did you mean "band"?'),
    ("product:cuff", ""),
    ("media/ring.png", ""),
    ("https://cdn.example/ring.jpg", ""),
    ("https://a.example;x/ring.jpg", f'{NO_ADDRESS} "https://a.example;x/ring.jpg"'),
    ("guide:care", f'"guide:care" {NOT_SHOWN}'),
    ("/rings/", f'"/rings/" {NOT_SHOWN}'),
    ("ring.png", f'"ring.png" {NOT_SHOWN}'),
]


@pytest.mark.parametrize(("target", "fault"), SHOWN)
def test_picture_in_a_text_must_be_one_that_can_be_shown(tmp_path: Path, target: str, fault: str) -> None:
    text = f"---\ntitle: Links\n---\n![]({target})\n"
    found = problems(tmp_path, {"content/guides/links.md": text})

    assert fits(fault, found, "content/guides/links.md:4"), found


def test_line_of_text_holds_links_and_no_pictures(tmp_path: Path) -> None:
    band = "name: Band\nprice: 50.00\nsummary: See [care](guide:care).\n"

    assert problems(tmp_path, {"content/products/band.yaml": band}) == []
    assert problems(tmp_path, {"content/products/band.yaml": band.replace("[care](guide", "![](guide")}) == [
        "content/products/band.yaml:3: summary: a picture isn't allowed in this line of text"
    ]


@pytest.mark.parametrize(
    ("file", "place"),
    [
        ("content/offers/week.yaml", "text"),
        ("content/offers/week.yaml", "terms"),
        ("content/products/band.yaml", "description"),
        ("content/products/band.yaml", "care"),
        ("content/products/band.yaml", "summary"),
        ("content/categories/rings.yaml", "care"),
    ],
)
def test_every_text_is_looked_through(tmp_path: Path, file: str, place: str) -> None:
    before = FILES[file]
    assert isinstance(before, str)
    line = before.count("\n") + 1
    found = problems(tmp_path, {file: f"{before}{place}: See [it](product:bund).\n"})

    assert found == [f'{file}:{line}: {place}: no product "bund", did you mean "band"?']


@pytest.mark.parametrize(
    ("field", "fault"),
    [
        ("related: [band]", ""),
        ("related: [cuff]", ""),  # of a list, a draft is left out
        ("related: [bund]", 'related.0: no product "bund", did you mean "band"?'),
        ("category: large", ""),
        (
            "category: [rings, small]",
            'category.1: several categories end in "small"; write one of earrings/small, rings/small',
        ),
        ("guides: [cares]", 'guides.0: no guide "cares", did you mean "care"?'),
        ("note: {text: Hm., by: ben}", 'note.by: no person "ben"'),
        ("images: [media/ring.png]", ""),
        ('images: ["https://cdn.example/a.jpg"]', ""),
        ('images: ["https://*/a.jpg"]', f'images.0: {NO_ADDRESS} "https://*/a.jpg"'),
    ],
)
def test_reference_in_a_field_must_be_one_of_the_shops(tmp_path: Path, field: str, fault: str) -> None:
    found = problems(tmp_path, {"content/products/ring.yaml": f"name: Ring\nprice: 5.00\n{field}\n"})

    assert found == ([f"content/products/ring.yaml:3: {fault}"] if fault else [])


@pytest.mark.parametrize(
    ("to", "fault"),
    [
        ("product:band", ""),
        ("product:band?variant=band", ""),
        ("/rings/?sort=new", ""),
        ("/ring/?sort=new", 'no page at "/ring/"'),
        ("product:bund?variant=x", 'no product "bund", did you mean "band"?'),
    ],
)
def test_campaign_may_land_on_a_page_with_a_query(tmp_path: Path, to: str, fault: str) -> None:
    campaign = f"name: C\nsource: google\nmedium: cpc\nto: {to}\n"
    found = problems(tmp_path, {"content/campaigns/c.yaml": campaign})

    assert fits(fault, found, "content/campaigns/c.yaml:4: to"), found


def test_menu_takes_no_query(tmp_path: Path) -> None:
    (found,) = problems(tmp_path, {"site.yaml": f'{PLAIN}legal: ["/rings/?sort=new"]\n'})

    assert found.startswith('site.yaml:13: legal.0: no page at "/rings/?sort=new"')


def test_tracking_page_can_be_linked_where_carriers_are_named(tmp_path: Path) -> None:
    site = f"{PLAIN}tracking: {{carriers: [posti]}}\nlegal: [track, /track/]\n"
    text = "---\ntitle: Links\n---\n[Track](track)\n"

    assert problems(tmp_path, {"site.yaml": site, "content/guides/links.md": text}) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("[a](/fi/oppaat/hoito/)", ""),
        ("[a](/guides/care/)", ""),  # the page in the shop's first language is there too
        ("[a](/fi/oppaat/care/)", 'no page at "/fi/oppaat/care/"'),
        ("[a](product:bund)", 'no product "bund", did you mean "band"?'),
    ],
)
def test_translation_links_to_pages_of_its_language(tmp_path: Path, text: str, fault: str) -> None:
    files: dict[str, str | bytes] = {"content/products/band.fi.yaml": f'name: Rannerengas\ndescription: "{text}"\n'}
    found = problems(tmp_path, files)

    assert fits(fault, found, "content/products/band.fi.yaml:2: description"), found
    assert len(found) == bool(fault)


def test_text_of_the_first_language_links_to_no_page_of_another(tmp_path: Path) -> None:
    (found,) = problems(tmp_path, {"content/guides/links.md": "---\ntitle: L\n---\n[a](/fi/oppaat/hoito/)\n"})

    assert 'no page at "/fi/oppaat/hoito/"' in found


def test_fault_that_a_translation_takes_over_is_told_once(tmp_path: Path) -> None:
    band = "name: Band\nprice: 50.00\ndescription: See [it](product:bund).\n"
    found = problems(tmp_path, {"content/products/band.yaml": band, "content/products/band.fi.yaml": "name: Rengas\n"})

    assert len(set(found)) == len(found) == 1


def test_texts_of_the_shop_are_checked_in_each_language(tmp_path: Path) -> None:
    site = f"{PLAIN}notice: See [terms](page:term).\n"

    assert problems(tmp_path, {"site.yaml": site}) == [
        'site.yaml:13: notice: no page "term", did you mean "terms"?',
    ]
    assert problems(tmp_path, {"site.fi.yaml": "notice: Lue [ehdot](page:term).\n"}) == [
        'site.fi.yaml:1: notice: no page "term", did you mean "terms"?',
    ]


def test_texts_of_a_shop_in_one_language_are_checked(tmp_path: Path) -> None:
    site = f'{PLAIN}legal: ["page:term"]\n'.replace("languages: [en, fi]\n", "")
    (found,) = problems(
        tmp_path,
        {"site.yaml": site, "content/guides/care.fi.md": "---\ntitle: Hoito\n---\nx\n"},
    )

    assert found == 'site.yaml:12: legal.0: no page "term", did you mean "terms"?'


def test_addresses_are_not_judged_while_a_file_can_not_be_read(tmp_path: Path) -> None:
    found = problems(
        tmp_path,
        {
            "content/products/bad.yaml": "nam: Bad\n",
            "content/guides/links.md": "---\ntitle: L\n---\n[a](/products/bad/)\n",
        },
    )

    assert {problem.partition(":")[0] for problem in found} == {"content/products/bad.yaml"}


def test_reference_to_a_record_with_mistakes_is_none_of_its_own(tmp_path: Path) -> None:
    found = problems(
        tmp_path,
        {
            "content/products/bad.yaml": "nam: Bad\n",
            "content/guides/links.md": "---\ntitle: L\nproducts: [bad]\n---\n[a](product:bad)\n",
        },
    )

    assert {problem.partition(":")[0] for problem in found} == {"content/products/bad.yaml"}


def test_link_of_a_translated_field_is_told_in_the_translation(tmp_path: Path) -> None:
    home = "sections: [{prose: {title: Read, text: Read., link: guide:care}}]\n"
    translated = home.replace("guide:care", "guide:cara")
    found = problems(tmp_path, {"content/pages/home.yaml": home, "content/pages/home.fi.yaml": translated})

    assert found == ['content/pages/home.fi.yaml:1: sections.0.prose.link: no guide "cara", did you mean "care"?']


def test_every_reference_of_a_record_is_told(tmp_path: Path) -> None:
    ring = (
        "name: Ring\nprice: 5.00\nrelated: [bund]\nsummary: See [it](product:bond).\n"
        "description: Or [it](product:bind).\n"
    )
    found = problems(tmp_path, {"content/products/ring.yaml": ring})

    assert [each.split(": ")[1] for each in found] == ["related.0", "summary", "description"]


def test_reference_that_breaks_is_told_by_the_next_load(tmp_path: Path) -> None:
    shop = Shop(tmp_path / "shop", {**FILES, "content/products/ring.yaml": "name: Ring\nprice: 5.00\n"})
    cache = Cache()
    assert read_shop(shop.folder, cache=cache).problems == ()
    shop.write("content/products/ring.yaml", "name: Ring\nprice: 5.00\nrelated: [bund]\n")
    problem = read_shop(shop.folder, cache=cache).problems[0]

    assert str(problem).startswith('content/products/ring.yaml:3: related.0: no product "bund"')


@pytest.mark.parametrize(
    ("product", "fault"), [("band", ""), ("cuff", ""), ("bund", ', did you mean "band"?'), ("x", "")]
)
def test_review_is_about_a_product_of_the_shop(tmp_path: Path, product: str, fault: str) -> None:
    review = f"- {{product: {product}, rating: 5, date: 2026-11-01}}\n"
    found = problems(tmp_path, {"content/reviews/all.yaml": review})
    known = product in {"band", "cuff"}

    assert found == ([] if known else [f'content/reviews/all.yaml:1: product: no product "{product}"{fault}'])


def test_review_of_no_single_product_is_told_once(tmp_path: Path) -> None:
    review = "- {product: [band], rating: 5, date: 2026-11-01}\n"

    assert problems(tmp_path, {"content/reviews/all.yaml": review}) == [
        "content/reviews/all.yaml:1: product: expected text, found a list"
    ]
