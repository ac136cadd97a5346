"""Markdown as people type it: what editors and GitHub show as a list, a table, a link or a break is one here too."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from storegen.markdown.convert import Converter
from storegen.markdown.plain_markdown import convert_plain
from storegen.markdown.sources import Source
from tests.shop import Shop

converter = Converter()

# Each text with its HTML, in which line ends and spaces between elements don't count.
SNIPPETS = {
    "list after a line": ("In the box:\n- lamp\n- bulb", "<p>In the box:</p><ul><li>lamp</li><li>bulb</li></ul>"),
    "list after two lines": ("One\ntwo\n* a\n* b", "<p>One two</p><ul><li>a</li><li>b</li></ul>"),
    "numbers after a line": ("How\n1. a\n2. b", "<p>How</p><ol><li>a</li><li>b</li></ol>"),
    "numbers with brackets": ("1) a\n2) b", "<ol><li>a</li><li>b</li></ol>"),
    "date in a line": ("It opens on\n1. May. Welcome", "<p>It opens on 1. May. Welcome</p>"),
    "year in a line": ("It was in\n1986. We began", "<p>It was in 1986. We began</p>"),
    "minus in a line": ("It is\n-5 °C", "<p>It is -5 °C</p>"),
    "list by two spaces": (
        "* warm\n  * evening\n  * reading\n* cold",
        "<ul><li>warm<ul><li>evening</li><li>reading</li></ul></li><li>cold</li></ul>",
    ),
    "list by three and four spaces": (
        "- a\n   - b\n       - c\n- d",
        "<ul><li>a<ul><li>b<ul><li>c</li></ul></li></ul></li><li>d</li></ul>",
    ),
    "list by tabs": ("- a\n\t- b\n\t\t- c", "<ul><li>a<ul><li>b<ul><li>c</li></ul></li></ul></li></ul>"),
    "bullets by two spaces in numbers": (
        "1. a\n  - b\n2. c\n  1. d",
        "<ol><li>a<ul><li>b</li></ul></li><li>c<ol><li>d</li></ol></li></ol>",
    ),
    "numbers after bullets": ("- a\n\n1. b", "<ul><li>a</li></ul><ol><li>b</li></ol>"),
    "numbers right after bullets": ("- a\n1. b\n2. c", "<ul><li>a</li></ul><ol><li>b</li><li>c</li></ol>"),
    "paragraph in an item": ("- a\n\n  b\n- c", "<ul><li><p>a</p><p>b</p></li><li><p>c</p></li></ul>"),
    "paragraph after a list": ("- a\n\nb", "<ul><li>a</li></ul><p>b</p>"),
    "heading after a list": ("- a\n## b", '<ul><li>a</li></ul><h2 id="b">b</h2>'),
    "item on two lines": ("- a\n  b\n- c\nd", "<ul><li>a b</li><li>c d</li></ul>"),
    "code in an item": (
        "1. a\n\n   ```\n   b < c\n   ```\n2. d",
        "<ol><li><p>a</p><pre><code>b &lt; c\n</code></pre></li><li><p>d</p></li></ol>",
    ),
    "numbers with paragraphs after a line": (
        "How\n1. a\n\n   b\n2. c",
        "<p>How</p><ol><li><p>a</p><p>b</p></li><li><p>c</p></li></ol>",
    ),
    "number and paragraph after a line": (
        "How\n1. May\n\nText\n\n2. b",
        '<p>How 1. May</p><p>Text</p><ol start="2"><li>b</li></ol>',
    ),
    "list in a quotation": ("> a\n> - b\n\nc", "<blockquote><p>a</p><ul><li>b</li></ul></blockquote><p>c</p>"),
    "two quotations": ("> a\n\n> b", "<blockquote><p>a</p></blockquote><blockquote><p>b</p></blockquote>"),
    "list in a footnote": (
        "a[^1]\n\n[^1]: b\n    - c",
        (
            '<p>a<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup></p><div class="footnote"><hr><ol>'
            '<li id="fn:1"><p>b</p><ul><li>c</li></ul><p><a class="footnote-backref" href="#fnref:1" title="Jump back to '
            'footnote 1 in the text">&#8617;</a></p></li></ol></div>'
        ),
    ),
    "table after a line": (
        "Sizes\n| a | b |\n|---|--:|\n| 1 | 2 |\n- c",
        (
            '<p>Sizes</p><div aria-label="a, b" class="table" role="region" tabindex="0"><table><thead><tr><th>a</th>'
            '<th class="align-right">b</th></tr></thead><tbody><tr><td>1</td><td class="align-right">2</td></tr></tbody>'
            "</table></div><ul><li>c</li></ul>"
        ),
    ),
    "table without bars at its edges": (
        "Sizes\n\na | b\n- | -\n1 | 2",
        (
            '<p>Sizes</p><div aria-label="a, b" class="table" role="region" tabindex="0"><table><thead><tr><th>a</th>'
            "<th>b</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table></div>"
        ),
    ),
    "break by a backslash": ("Street 1\\\nHelsinki\\", "<p>Street 1<br> Helsinki\\</p>"),
    "break by two spaces": ("Street 1  \nHelsinki", "<p>Street 1<br> Helsinki</p>"),
    "no break by two backslashes": ("a\\\\\nb", "<p>a\\ b</p>"),
    "struck": (
        "~~59~~ **~~a~~** ~~**b**~~",
        "<p><del>59</del> <strong><del>a</del></strong> <del><strong>b</strong></del></p>",
    ),
    "not struck": ("3~5 days, ~~ a ~~, \\~\\~b\\~\\~, `~~c~~`", "<p>3~5 days, ~~ a ~~, ~~b~~, <code>~~c~~</code></p>"),
    "escapes": ("\\<b> \\$ \\~ \\: \\/", "<p>&lt;b&gt; $ ~ : /</p>"),
    "comments": ("a<!-- b\nc -->d\n<!-- e\n\nf -->\ng `<!-- h -->`", "<p>ad</p><p>g <code>&lt;!-- h --&gt;</code></p>"),
    "comment between items": ("- a\n<!-- b -->\n- c", "<ul><li>a</li><li>c</li></ul>"),
    "open comment": ("a <!-- b\n\nc", "<p>a &lt;!-- b</p><p>c</p>"),
    "entities": ("5&nbsp;mm &lt;b&gt; &copy;", "<p>5&nbsp;mm &lt;b&gt; &copy;</p>"),
    "hash without space": ("#1 in tests\n#tag", "<p>#1 in tests #tag</p>"),
    "heading of C#": ("## About C#", '<h2 id="about-c">About C#</h2>'),
    "closed heading": ("## Care ##\nWipe it.", '<h2 id="care">Care</h2><p>Wipe it.</p>'),
    "code in a longer fence": ("````\n```\na\n```\n````", "<pre><code>```\na\n```\n</code></pre>"),
    "code with a language": ("```py title=x\na\n```", '<pre><code class="language-py">a\n</code></pre>'),
    "code without an end": ("```\na", "<p>``` a</p>"),
    "stars beside Korean": ("이것은 **강조(A)**는 아닙니다", "<p>이것은 <strong>강조(A)</strong>는 아닙니다</p>"),
}


def tight(html: str) -> str:
    """Return HTML without the spaces between its blocks."""
    block = r"(</?(?:p|ul|ol|li|blockquote|pre|h[1-6]|hr|div|table|thead|tbody|tr|th|td)\b[^>]*>)"
    kept = html.replace("\n</code>", "\0</code>")
    parts = re.split(r"(<pre>.*?</pre>)", kept, flags=re.DOTALL)
    joined = "".join(each if each.startswith("<pre>") else re.sub(r"\s+", " ", each) for each in parts)
    return re.sub(rf"\s*{block}\s*", r"\1", joined).replace("\0", "\n").strip()


@pytest.mark.parametrize("name", SNIPPETS)
def test_text_is_shown_as_its_author_means_it(name: str) -> None:
    source, html = SNIPPETS[name]

    assert tight(converter.convert_any(Source(source)).html) == html


@pytest.mark.parametrize("name", SNIPPETS)
def test_fast_step_agrees_or_steps_aside(name: str) -> None:
    source, _ = SNIPPETS[name]

    assert convert_plain(Source(source)) in {None, converter.convert_any(Source(source))}


ADDRESSES = {
    "https://x.fi": "https://x.fi",
    "See https://x.fi/a_b_c?d=1&e=2#f.": "https://x.fi/a_b_c?d=1&amp;e=2#f",
    "(www.x.fi/a)": "www.x.fi/a",
    "http://x.fi/a(b)!": "http://x.fi/a(b)",
    "a.b+c@x.fi, and": "a.b+c@x.fi",
    "문의:a@b.kr로": "a@b.kr",
    "https://x.kr에서": "https://x.kr",
    "https://x.kr/abc에서": "https://x.kr/abc",
    "https://x.fi/wiki/한국": "https://x.fi/wiki/한국",
    "https://x.fi/pyörä": "https://x.fi/pyörä",
    "https://kauppa.fi:ssä": "https://kauppa.fi",
    "https://x.fi:8080/a": "https://x.fi:8080/a",
    "“https://x.fi/a”": "https://x.fi/a",
    "**https://x.fi/a**": "https://x.fi/a",
    "[see https://x.fi/a]": "https://x.fi/a",
    "https://x.fi/a?b&copy;": "https://x.fi/a?b",
    "https://x.fi/?!*~_'": "https://x.fi/",
}


@pytest.mark.parametrize("source", ADDRESSES)
def test_bare_address_is_a_link_without_the_signs_behind_it(source: str) -> None:
    html = converter.convert(Source(source)).html

    assert [each[1] for each in re.finditer(r"<a [^>]*>([^<]*)</a>", html)] == [ADDRESSES[source]]


@pytest.mark.parametrize(
    ("source", "href"),
    [
        ("https://x.fi", 'href="https://x.fi" rel="noopener"'),
        ("www.x.fi", 'href="https://www.x.fi" rel="noopener"'),
        ("a@x.fi", 'href="mailto:a@x.fi"'),
    ],
)
def test_bare_address_leads_as_other_links_do(source: str, href: str) -> None:
    assert f"<a {href}>" in converter.convert(Source(source)).html


@pytest.mark.parametrize(
    "source",
    [
        *("https://localhost/", "https://u@x.fi/", "ftp://x.fi", "javascript:x.fi", "x.fi", "www.", "a@b", "a@b.f1"),
        *("`https://x.fi`", "    https://x.fi", "https\\://x.fi", "a\\@x.fi", "https://x.fi.123", "https://-.fi"),
    ],
)
def test_what_is_no_address_is_no_link(source: str) -> None:
    assert "<a " not in converter.convert(Source(source)).html


def test_address_in_a_link_is_none_of_its_own() -> None:
    html = converter.convert(Source("[https://x.fi](https://y.fi) <https://z.fi>")).html

    assert re.findall(r'href="([^"]*)"', html) == ["https://y.fi", "https://z.fi"]


@pytest.mark.parametrize(
    "source", ["1. in tests", "# no heading", "- 20 %", "> a", "a\n- b", "[^1]: a", "    a", "a | b\n-|-"]
)
def test_line_of_text_holds_no_blocks(source: str) -> None:
    assert not re.search("<(?!/?(?:em|strong|a|code|del|br)\\b)", converter.convert_line(Source(source)))


def test_line_of_text_holds_marks() -> None:
    assert converter.convert_line(Source("**a** [b](https://x.fi) ~~c~~ `d`")) == (
        '<strong>a</strong> <a href="https://x.fi" rel="noopener">b</a> <del>c</del> <code>d</code>'
    )


def test_pages_show_lists_and_breaks(tmp_path: Path) -> None:
    files = {
        "content/categories/rings.yaml": "name: Rings\n",
        "content/products/lamp.yaml": (
            "name: Lamp\nprice: 1.00\ncategory: rings\ndescription: |\n  In the box:\n  - the lamp\n    - a bulb\n"
        ),
        "content/guides/bulbs.md": "---\ntitle: Bulbs\n---\n* warm\n  * evening\n\nStreet 1\\\nHelsinki, ~~old~~\n",
    }
    shop = Shop(tmp_path, files)
    shop.build()

    product, guide = shop.html("products/lamp/index.html"), shop.html("guides/bulbs/index.html")
    assert [item.get_text(" ", strip=True) for item in product.select(".prose ul li")] == ["the lamp a bulb", "a bulb"]
    assert [item.get_text(" ", strip=True) for item in guide.select(".prose li li")] == ["evening"]
    assert len(guide.select(".prose br")) == 1
    assert [struck.get_text() for struck in guide.select(".prose del")] == ["old"]
