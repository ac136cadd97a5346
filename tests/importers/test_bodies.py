"""Descriptions in HTML to Markdown that storegen shows as the old shop showed them."""

from __future__ import annotations

import html
import re

import pytest
from bs4 import BeautifulSoup
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storegen.importers.bodies import as_markdown, as_summary
from storegen.importers.cells import legible
from storegen.markdown.convert import Converter
from storegen.markdown.links import find_references
from storegen.markdown.sources import Source
from storegen.render.markdown import MarkdownRenderer
from storegen.views.contexts.parts import Text


def rendered(text: str) -> BeautifulSoup:
    """Render as a page does, with links that lead somewhere."""
    links = {found.target: "/found/" for found in find_references(text)}
    return BeautifulSoup(Converter().convert(Source(text, links)).html, "html.parser")


def opaque_links(soup: BeautifulSoup) -> list[str]:
    """Return the links whose words are not their address."""
    return [str(link) for link in soup.find_all("a") if link.get_text() not in {link["href"], str(link["href"])[7:]}]


def letters(soup: BeautifulSoup) -> str:
    return re.sub(r"\s+", "", soup.get_text())


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("<div>One</div>two<div>three</div>", "One\n\ntwo\n\nthree"),
        ("<p>a<br>b<br><br>c</p>", "a  \nb\n\nc"),
        ("<b> bold </b>and<i>it</i>alic", "**bold** and*it*alic"),
        ("<b>a</b><b>b</b><i>c</i>", "**ab**c"),
        ("<p><strong><em>both</em></strong></p>", "**both**"),
        ("<ul><li>a<ul><li>b</li></ul></li><li><p>c</p></li></ul>", "- a\n    - b\n- c"),
        ('<ol start="3"><li>a</li><li>b<p>c</p></li></ol>', "3. a\n\n4. b\n\n    c"),
        ("<ul><ul><li>a</li></ul></ul>", "- a"),
        ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b"),
        ("<pre>a  *b*\n  c</pre>", "```\na  *b*\n  c\n```"),
        ("<p>Use <code>x`y</code></p>", "Use ``x`y``"),
        ("a<hr>b<hr>", "a\n\n---\n\nb"),
        ("<dl><dt>Metal</dt><dd>Silver</dd></dl>", "**Metal**\n\nSilver"),
        ("<p>m<sup>2</sup>, H<sub>2</sub>O, 10<sup>th</sup></p>", "m², H₂O, 10th"),
        ('<p>Wow!<a href="https://x.example/a (b)">see</a></p>', "Wow\\![see](https://x.example/a%20%28b%29)"),
        ('<a href="mailto:a@x.example">mail</a>', "[mail](mailto:a@x.example)"),
        ('<img src="//x.example/a.jpg" alt="A [ring]">', "![A \\[ring\\]](https://x.example/a.jpg)"),
        ("<p>\xa0</p><p> </p><h2></h2><ul><li></li></ul>", ""),
        ("<table><tr><th>A</th><th>B</th></tr><tr><td>1|2</td></tr></table>", "| A | B |\n| --- | --- |\n| 1\\|2 |  |"),
        (
            "<table><tr><td>a</td><td><ul><li>x</li><li>y</li></ul></td></tr><tr><td colspan=2>b</td></tr></table>",
            "| a | x; y |\n| --- | --- |\n| b |  |",
        ),
        (
            "<table><tr><td><img src='https://x.example/a.jpg'></td><td>a</td></tr></table>",
            "![](https://x.example/a.jpg)\n\na",
        ),
        ("<table><tr><td><p>only</p><p>layout</p></td></tr></table>", "only\n\nlayout"),
        ("<p>a<span><span>b</span></span>c</p>", "abc"),
        ("<ul><li>a<li>b<ul><li>c<li>d</ul><li>e</ul>", "- a\n- b\n    - c\n    - d\n- e"),
        ("<table><tr><th>A<th>B<tr><td>1<td>2</table>", "| A | B |\n| --- | --- |\n| 1 | 2 |"),
        (
            "<table><tr><th>A</th><th>B</th></tr><tr><td><code>1|2</code></td><td>\\|</td></tr></table>",
            "| A | B |\n| --- | --- |\n| `1|2` | \\\\\\| |",
        ),
        ("<dl><dt>A<dd>b<dt>C</dl>", "**A**\n\nb\n\n**C**"),
    ],
)
def test_html_becomes_markdown(body: str, text: str) -> None:
    assert as_markdown(body).text == text


@pytest.mark.parametrize(
    "text",
    [
        "5*3*2 and a_b_ and __x__",
        "1. not a list",
        "2026.",
        "# no heading",
        "- no item",
        "+ no item",
        "> no quotation",
        "=====",
        "-----",
        "a | b",
        "~~~ no code",
        "`no code`",
        "[no](link) ![no](picture)",
        "[no]: https://x.example",
        "[TOC]",
        "[^1] no footnote",
        "no class {.note}",
        "a &copy; b &lt; c",
        "<b>no markup</b> <a@x.example> <https://x.example>",
        "C:\\new\\*",
        "C#",
        "~~no~~",
        "1) no list",
        "<!-- no comment -->",
        "no break\\",
        "\\~ \\: \\&",
    ],
)
@pytest.mark.parametrize("tag", ["p", "li", "h3", "td", "b"])
def test_text_that_looks_like_markdown_is_shown_as_it_stands(tag: str, text: str) -> None:
    inside = f"<{tag}>{html.escape(text)}</{tag}>"
    body = {"td": f"<table><tr>{inside}<td>x</td></tr><tr><td>y</td></tr></table>", "li": f"<ul>{inside}</ul>"}.get(
        tag, inside
    )
    soup = rendered(as_markdown(body).text)
    assert letters(soup) == letters(BeautifulSoup(body, "html.parser"))
    assert not soup.find(["img", "code", "em", "del"])
    assert opaque_links(soup) == []


WORDS = st.text(st.sampled_from("ab1 2.*_`#>-+=[](){}!|\\~:<&;\"'@/"), max_size=12).map(html.escape)
INLINE = st.recursive(
    WORDS | st.just("<br>"),
    lambda inner: st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag.split()[0]}>",
        st.sampled_from(["b", "i", "span", 'a href="https://x.example/"']),
        st.lists(inner, max_size=3),
    ),
    max_leaves=5,
)
BLOCKS = st.recursive(
    st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag}>",
        st.sampled_from(["p", "h3", "div"]),
        st.lists(INLINE, max_size=3),
    ),
    lambda inner: st.builds(
        lambda tags, parts: f"<{tags[0]}>{''.join(f'<{tags[1]}>{part}</{tags[1]}>' for part in parts)}</{tags[0]}>",
        st.sampled_from([("ul", "li"), ("ol", "li"), ("div", "div"), ("blockquote", "p")]),
        st.lists(inner, max_size=3),
    ),
    max_leaves=5,
)


@given(BLOCKS)
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_letter_is_lost_or_added(body: str) -> None:
    assert letters(rendered(as_markdown(body).text)) == letters(BeautifulSoup(body, "html.parser"))


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40).map(lambda text: f"<p>{text}"))
@settings(max_examples=80, deadline=None)
def test_any_text_with_markup_in_it_is_read(body: str) -> None:
    assert "\x00" not in as_markdown(body).text


@given(st.lists(st.lists(WORDS, min_size=3, max_size=3), min_size=2, max_size=4))
@settings(max_examples=50, deadline=None)
def test_every_cell_of_a_table_stays_in_its_place(grid: list[list[str]]) -> None:
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in grid)
    expected = [[letters(BeautifulSoup(cell, "html.parser")) for cell in row] for row in grid]
    found = rendered(as_markdown(f"<table>{body}</table>").text).find_all("tr")
    rows = [row for row in expected if any(row)]
    if len(rows) > 1:
        assert rows == [[letters(cell) for cell in row.find_all(["th", "td"])] for row in found]  # type: ignore[arg-type]


# What any text may hold: signs of Markdown, of HTML, of the library's own marks, and references of the shop.
SIGNS = (
    "{#shop} {.x} {: #a} ` `` ``` # ## - * + 1. > | --- === ~~~ [a](product:x) [a]: [^1] [^1]: ![x](media/a) <b> & < "
    "<https://x.fi> &amp; &lt; \\ _ ** __ ! [ ] ( ) :product:x http://a.b a@b.fi <a@b.fi> *[HTML]: [TOC] \x02 \x03 a b é "
    "wzxhzdk:0 klzzwxh:0001 ^ $$ ' \" = ~~ ~~x~~ 1) #x <!-- --> \\~ \\& https://x.fi/a a\\"
).split(" ")
TEXTS = st.lists(st.sampled_from([*SIGNS, " ", "    ", "\n", "\n\n", "\t", "\r", "\u2028"]), max_size=9).map("".join)
renderer = MarkdownRenderer()


@given(TEXTS, st.sampled_from(["", "p", "li", "td", "h2", "blockquote", "pre", "code", "b", "a", "div", "dt"]))
@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_no_markup_is_shown_as_it_stands(text: str, tag: str) -> None:
    inside = f"<{tag}>{html.escape(text)}</{tag}>" if tag else html.escape(text)
    around = {"td": "<table><tr>{}<td>x</td></tr><tr><td>y</td></tr></table>", "li": "<ul>{}</ul>"}
    body = around.get(tag, "{}").replace("{}", inside)

    renderer.start_page()
    shown = "".join(part.html for part in renderer.parts(Text(source=as_markdown(body).text)))
    soup = BeautifulSoup(f"{shown}\n", "html.parser")

    assert letters(soup) == re.sub(r"\s+", "", legible(letters(BeautifulSoup(f"{body}\n", "html.parser"))))
    assert not soup.find("img")
    assert opaque_links(soup) == []
    assert [each.name for each in soup.find_all(id=True) if each.name != "h2"] == []
    assert [each.name for each in soup.find_all(class_=True) if each["class"] != ["table"]] == []


@given(TEXTS)
@settings(max_examples=100, deadline=None)
def test_a_summary_is_shown_as_it_stands(text: str) -> None:
    summary = as_summary(html.escape(text))
    soup = BeautifulSoup(f"{renderer.inline(summary)}\n", "html.parser")

    if summary:
        assert letters(soup) == re.sub(r"\s+", "", legible(text))
        assert not soup.find("img")
        assert opaque_links(soup) == []
        assert not soup.find(id=True)
        assert not soup.find(class_=True)


def test_headings_begin_at_the_second_level_in_their_order() -> None:
    body = "<h1>A</h1><h4>B</h4><h6>C</h6><p>x</p>"
    assert as_markdown(body).text == "## A\n\n### B\n\n#### C\n\nx"


def test_heading_in_a_list_or_a_cell_is_bold_text() -> None:
    assert as_markdown("<ul><li><h3>A</h3>b</li></ul>").text == "- **A**\n\n    b"


def test_what_holds_no_words_is_left_out_and_counted() -> None:
    body = as_markdown(
        "<meta charset=utf-8><style>p{}</style><script>alert(1)</script><!-- note --><p class='a' data-x='1'>Words</p>"
        "<iframe src='https://video.example/v'></iframe><form><button>Buy</button></form><svg><text>x</text></svg>"
        "<p style='display: none'>hidden</p><img src='data:image/png;base64,AA'><img src='https://c.example/p' width=1>"
        "<a href='/collections/x'>more</a><a href='javascript:alert(1)'>!</a><noscript>no</noscript>"
    )
    assert body.text == "Words\n\nmore!"
    assert body.left_out == (
        "comment, counting picture, form, hidden element, iframe https://video.example/v, link to /collections/x, "
        "link to javascript:alert(1), meta, noscript, picture inside the text, script, style, svg"
    )
    assert body.attributes == 2


def test_text_without_any_tag_is_text() -> None:
    body = as_markdown(
        "A ring & more.\n\n- one * two\n- three_four `x`{#shop}\n\n## B &amp; C &#11;\n\n[x](/collections/y)"
    )
    assert body.text == (
        "A ring & more.\n\n\\- one \\* two  \n\\- three_four \\`x\\`\\{#shop\\}\n\n\\## B & C\n\n\\[x\\](/collections/y)"
    )


def test_line_ends_of_wordpress_part_paragraphs() -> None:
    body = as_markdown("<b>One</b>\ntwo\n\nthree\n<ul>\n<li>a\nb</li>\n</ul>", line_ends=True)
    assert body.text == "**One**  \ntwo\n\nthree\n\n- a b"
    assert as_markdown("one\ntwo\n\nthree", line_ends=True).text == "one  \ntwo\n\nthree"


def test_shortcodes_of_wordpress_are_left_out_and_named() -> None:
    body = as_markdown('[gallery ids="1,2"]Text [vc_row]in[/vc_row] [new] [box size="2"]', line_ends=True)
    assert body.text == "Text in \\[new\\]"
    assert body.left_out == "shortcode box, shortcode gallery, shortcode vc_row"


@pytest.mark.parametrize(
    "body",
    [
        "<a " * 9000,
        "<!--" * 9000,
        "<b>x</b>" * 3000,
        '[a b="' * 9000,
        "<tr><td>x<td>y" * 2000,
        "<div>" * 9000,
        "<" * 9000,
    ],
)
def test_hostile_markup_is_read_in_time(body: str) -> None:
    assert as_markdown(body, line_ends=True).text.count("x") == body.count("x")


def test_markup_nested_beyond_reason_keeps_its_words() -> None:
    body = as_markdown("<div>" * 3000 + "words *here*" + "</div>" * 3000)
    assert body.text == "words \\*here\\*"
    assert body.left_out == "all markup, because it is nested too deeply"


@pytest.mark.parametrize(
    ("text", "summary"),
    [
        ("<p>Forged in <b>Porvoo</b>.</p>", "Forged in Porvoo."),
        ("Silver &amp; gold", "Silver & gold"),
        ("Size 5*3, `x`{#shop}", "Size 5\\*3, \\`x\\`\\{#shop\\}"),
        ("<ul><li>a</li></ul>", ""),
        ("a\n\nb", ""),
        ("x" * 301, ""),
        ("", ""),
    ],
)
def test_short_description_is_a_summary_only_where_it_is_one_plain_paragraph(text: str, summary: str) -> None:
    assert as_summary(text) == summary
