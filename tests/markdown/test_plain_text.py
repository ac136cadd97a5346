"""Plain text of Markdown: the words that a reader of its HTML sees, on one line."""

from __future__ import annotations

import re
import time
from html import unescape
from pathlib import Path

import msgspec
import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings

from storegen.markdown.convert import Converter
from storegen.markdown.links import find_references
from storegen.markdown.plain_text import plain_line, plain_text
from storegen.markdown.python_markdown import MarkdownError
from storegen.markdown.sources import Source
from storegen.views.plain_text import shortened
from tests.cards import CARD, PICTURE
from tests.markdown.test_plain_markdown import TEXTS
from tests.shop import SITE, Shop


@pytest.mark.parametrize(
    ("markdown", "line"),
    [
        (r"a\*b \_c\_ \\ \{d\}", r"a*b _c_ \ {d}"),
        ("**bold** *thin* `code` _both_ __strong__ snake_case ~~old~~", "bold thin code both strong snake_case old"),
        ("# One\n  ## Two\n###### Six", "One Two Six"),
        ("> told\n> > again\n >last", "told again last"),
        ('[text](product:a) and ![seen](media/a.jpg "t")!', "text and !"),
        ("see ![this ring](product:a)", "see this ring"),
        ("3 > 2 # no heading, a! b] &amp; _", "3 > 2 # no heading, a! b] & _"),
        ("nothing to take out", "nothing to take out"),
        ("a 5* hotel, 3 * 4 mm, *half and `half", "a 5* hotel, 3 * 4 mm, *half and `half"),
        ("***both*** and **a *b* `c`**", "both and a b c"),
        ("* one\n* two\n\n***\n\n```py\nx\n```", "one two x"),
        ("- one\n - two\n\n-5 °C, a - b\n~~~\nx\n~~~", "one two -5 °C, a - b x"),
        ("1&nbsp;mm  by\n\t2\u202fmm", "1\xa0mm by 2\u202fmm"),
        ("| Bulb | Watt |\n| --- | --- |\n| E14 | 40 |", "Bulb Watt E14 40"),
        ("40 cm[^1], [the chart][c]\n\n[^1]: With the shade.\n[c]: https://x.fi/", "40 cm, the chart"),
        ("a\\\nb  \nc<!-- d -->", "a b c"),
        ("https://x.fi/a_b_c and <a@x.fi>", "https://x.fi/a_b_c and a@x.fi"),
        ("<b>a</b> &lt;i&gt; `<u>`", "<b>a</b> <i> <u>"),
        ("Words.\n{.note}", "Words."),
        ("model A_1_b, #1 in tests", "model A_1_b, #1 in tests"),
        ("", ""),
        (" \n\n", ""),
    ],
)
def test_plain_text_has_the_words_and_no_marks(markdown: str, line: str) -> None:
    assert plain_text(markdown) == line


@pytest.mark.parametrize(
    ("markdown", "line"),
    [
        ("1. in **tests**", "1. in tests"),
        ("- 20 % & more", "- 20 % & more"),
        ("# a\n  b", "# a b"),
        ("[a](page:b) `c`", "a c"),
    ],
)
def test_plain_line_keeps_what_begins_no_block(markdown: str, line: str) -> None:
    assert plain_line(markdown) == line


converter = Converter()


_ENTITY = re.compile(r"&[^\s;&]*;")


def shown(html: str) -> str:
    """Return the text of HTML as a browser shows it, without footnotes: blocks and breaks part words."""
    known = _ENTITY.sub(lambda found: found[0] if unescape(found[0]) != found[0] else f"&amp;{found[0][1:]}", html)
    soup = BeautifulSoup(known, "html.parser")  # which drops the end of an entity that it doesn't know
    for note in soup.select("sup:has(> a.footnote-ref), div.footnote"):
        note.decompose()
    for tag in soup.find_all(
        ["p", "div", "li", "ul", "ol", "blockquote", "pre", "br", "hr", "td", "th", "tr", "figure"]
    ):
        tag.insert_before(" ")
        tag.insert_after(" ")
    for tag in soup.find_all(["h1", "h2", "h3", "h4", "h5", "h6", "figcaption", "table", "product-card"]):
        tag.insert_before(" ")
        tag.insert_after(" ")
    return " ".join(soup.get_text().split())


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_plain_text_is_the_text_of_the_page(source: str) -> None:
    found = find_references(source)
    links = {each.target: "/found/" for each in found}
    pictures = {each.target: PICTURE for each in found if each.picture}
    unnamed = msgspec.structs.replace(CARD, name="")
    cards = {each.target: unnamed for each in found if each.picture and each.target.startswith("product:")}
    try:
        html = converter.convert(Source(source.rstrip(), links, pictures, cards)).html
    except MarkdownError:
        return

    assert " ".join(plain_text(source).split()) == shown(html)


def test_text_that_can_not_be_rendered_is_its_own_plain_text() -> None:
    started = time.process_time()

    assert plain_text("> " * 300 + "x").endswith("> > x")
    assert time.process_time() - started < 3


def test_description_is_cut_at_a_word() -> None:
    assert shortened("one two three", 10) == "one two …"
    assert shortened("one two", 10) == "one two"


def test_descriptions_of_a_page_and_feeds_hold_no_marks(tmp_path: Path) -> None:
    files = {
        "site.yaml": SITE + "feeds: [google]\n",
        "content/categories/rings.yaml": 'name: Rings\nsummary: "**Fine** rings, see [care](guide:care)"\n',
        "content/guides/care.md": "---\ntitle: Care\n---\n| a | b |\n|---|---|\n| c | d[^1] |\n\n[^1]: e\n",
        "content/products/one.yaml": (
            "name: One\nprice: 1.00\ncategory: rings\nsummary: 'Goes with [two](product:two), **warm**; A_1_b, #1.'\n"
        ),
        "content/products/two.yaml": (
            "name: Two\nprice: 1.00\ncategory: rings\ndescription: |\n"
            "  | Bulb | Watt |\n  | --- | --- |\n  | E14 | 40 |\n\n"
            "  - Height[^1]\n  - see [the chart][c], 5\\*3 cm\n\n  [^1]: With the shade.\n  [c]: https://x.example/chart\n"
        ),
    }
    shop = Shop(tmp_path, files)
    shop.build()

    for page, expected in {
        "products/one": "Goes with two, warm; A_1_b, #1.",
        "products/two": "Bulb Watt E14 40 Height see the chart, 5*3 cm",
        "rings": "Fine rings, see care",
        "guides/care": "a b c d",
    }.items():
        html = shop.html(f"{page}/index.html")
        assert [meta["content"] for meta in html.select("meta[name=description], meta[property='og:description']")] == [
            expected
        ] * 2
        if page.startswith("products"):
            assert f'"description":"{expected}"' in "".join(each.get_text() for each in html.select("script"))
            assert f"<g:description>{expected}</g:description>" in shop.text("feeds/google.xml")


def test_summary_of_a_guide_is_markdown_as_that_of_a_product_is(tmp_path: Path) -> None:
    summary = "See **these** [rings](product:one), A_1_b"
    files = {
        "content/guides/care.md": f"---\ntitle: Care\nsummary: {summary}\ndate: 2026-01-01\n---\nText.\n",
        "content/products/one.yaml": "name: One\nprice: 1.00\ncategory: rings\nslug: first\n",
        "content/categories/rings.yaml": "name: Rings\n",
    }
    shop = Shop(tmp_path, files)
    shop.build()

    shown = [
        shop.html("guides/care/index.html").select(".lead")[0],
        shop.html("guides/index.html").select(".guide__text")[0],
    ]
    for each in shown:
        assert each.get_text() == "See these rings, A_1_b"
        assert [link["href"] for link in each.select("a")] == ["/products/first/"]
    assert (
        shop.html("guides/care/index.html").select("meta[name=description]")[0]["content"] == "See these rings, A_1_b"
    )
    assert shop.jsonld("guides/care/index.html")[0]["description"] == "See these rings, A_1_b"
    assert "<summary>See these rings, A_1_b</summary>" in shop.text("feed.xml")

    shop.edit("content/products/one.yaml", "slug: first", "slug: second")
    shop.build()
    assert "/products/second/" in shop.text("guides/index.html")
