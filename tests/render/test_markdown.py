"""Markdown: nothing in a text can act, style or lead astray, however it is written, and none takes forever."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from xml.etree.ElementTree import Element

import pytest
from bs4 import BeautifulSoup, Tag
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown.treeprocessors import Treeprocessor

from storegen.errors import ContentError, RenderError
from storegen.markdown import python_markdown
from storegen.markdown.convert import TooLongError, limited
from storegen.markdown.links import find_references
from storegen.markdown.python_markdown import MarkdownError
from storegen.references import Reference
from storegen.render.markdown import MarkdownRenderer
from storegen.views.contexts.parts import Text
from tests.cards import CARD, PICTURE
from tests.conftest import FIVE, ROOT, MakeShop
from tests.shop import SITE

DATA = ROOT.parent / "shared" / "data" / "markdown"
TAGS = frozenset(
    "a blockquote br code del div em figcaption figure h1 h2 h3 h4 h5 h6 hr img li ol p pre span strong sup "
    "table tbody td th thead tr ul".split()
)
ATTRIBUTES: Mapping[str, frozenset[str]] = {
    "a": frozenset(("href", "title", "rel")),
    "img": frozenset(("src", "srcset", "sizes", "alt", "title", "width", "height", "loading", "decoding")),
    "div": frozenset(("role", "tabindex", "aria-label")),
    "ol": frozenset(("start",)),
}
EVERYWHERE = frozenset(("class", "id", "lang"))
LINK = re.compile(r"(https?://|mailto:|tel:|#|/(?![/\\]))", re.IGNORECASE)
# What browsers take out of an address before they read its scheme (https://url.spec.whatwg.org/#url-parsing).
SKIPPED = re.compile(r"^[\x00-\x20]+|[\t\n\r]")

renderer = MarkdownRenderer()


def rendered(source: str, **found: object) -> str:
    """Return a text's HTML as the first of its page, its cards in brackets."""
    renderer.start_page()
    parts = renderer.parts(Text(source=source, **found))  # type: ignore[arg-type]
    return "".join(f"[{part.card.name}]" if part.card else part.html for part in parts)


def faults(html: str) -> list[str]:
    """Return what may not stand in a rendered text."""
    return [fault for element in BeautifulSoup(html, "html.parser").find_all(True) for fault in _faults(element)]


def _faults(element: Tag) -> Iterator[str]:
    if element.name not in TAGS:
        yield f"<{element.name}>"
    for name in element.attrs.keys() - EVERYWHERE - ATTRIBUTES.get(element.name, frozenset()):
        yield f"{element.name} {name}"
    for name in ("href", "src"):
        if name in element.attrs and not LINK.match(SKIPPED.sub("", str(element[name]))):
            yield f'{name}="{element[name]}"'


@pytest.mark.parametrize(
    "source",
    [
        "<script>canary()</script>",
        "Text <b onclick=canary()>bold</b> text",
        "<div onclick=canary()>\n\nblock\n\n</div>",
        "<img src=x onerror=canary()>",
        "<style>* {display: none}</style>",
        "<!-- comment --> <?php x ?> <![CDATA[x]]> <!DOCTYPE html>",
        "<!-- comment",
        "<iframe src=https://evil.example></iframe>",
        "</div></main></body></html>",
        "<a href='javascript:canary()'>x</a>",
        "- <script>canary()</script>\n- <b>",
        "> <script>canary()</script>",
        "| <b> | <script>canary()</script> |\n|---|---|\n| <i> | 1 |",
        "# <script>canary()</script>\n\n[TOC]",
        "Text[^<b>]\n\n[^<b>]: <script>canary()</script>",
        "[<script>canary()</script>](https://x.example)",
        '![<script>"canary()](https://x.example/i.jpg "<b>")',
        "`<script>canary()</script>`",
        "```\n<script>canary()</script>\n```",
        "```<script>canary()</script>\nx\n```",
        "&lt;script&gt;canary()&lt;/script&gt;",
        "&#60;script&#62;canary()",
        "\u0002wzxhzdk:0\u0003 \u0002klzzwxh:0000\u0003",
    ],
)
def test_html_is_shown_as_text(source: str) -> None:
    html = rendered(source)

    assert faults(html) == []
    visible = re.sub(r"<!--.*?-->|^```.*$", "", source, flags=re.MULTILINE)  # neither comments nor languages of code
    words = re.findall(r"canary\(\)|comment|display: none|iframe|body", visible)
    shown = BeautifulSoup(html, "html.parser")
    everything = shown.get_text() + "".join(f"{image.get('alt')}" for image in shown.find_all("img"))
    assert [word for word in words if word not in everything] == []


def test_html_is_shown_exactly_as_typed() -> None:
    assert rendered('Say <b class="x">&copy; & "so"</b>') == '<p>Say &lt;b class="x"&gt;&copy; &amp; "so"&lt;/b&gt;</p>'


SCHEMES = (
    "javascript:canary()",
    "JaVaScRiPt:canary()",
    "javascript\u200b:canary()",
    "java\tscript:canary()",
    "java\nscript:canary()",
    "\u0001javascript:canary()",
    " javascript:canary()",
    "&#106;avascript:canary()",
    "&#x6A;avascript:canary()",
    "javascript&colon;canary()",
    "javascript&#58;canary()",
    "jav&Tab;ascript:canary()",
    "javascript%3Acanary()",
    "\\javascript:canary()",
    "java\\script:canary()",
    "data:text/html,<script>canary()</script>",
    "data:text/html;base64,PHNjcmlwdD4=",
    "vbscript:canary()",
    "file:///etc/passwd",
    "blob:https://x.example/1",
    "//evil.example/x",
    "\\\\evil.example",
    "about:blank",
    "view-source:https://x.example",
    "ftp://x.example",
)
FORMS = (
    "[x]({})",
    "[x](<{}>)",
    '[x]({} "title")',
    "[x]( {} )",
    "[x][id]\n\n[id]: {}",
    "[x][id]\n\n[id]: <{}> 'title'",
    "[id]\n\n[id]:\n  {}",
    "<{}>",
    "[x](https://good.example){{href={}}}",
    "[x](https://good.example){{: href='{}' }}",
    "[![x](https://good.example/i.jpg)]({})",
    "- [x]({})",
    "> [x]({})",
    "| [x]({}) |\n|---|\n| [y]({}) |",
    "# [x]({})",
    "Text[^1]\n\n[^1]: [x]({})",
    "**[x]({})**",
    "`a` [x]({}) `b`",
    "[x]({} 'a' \"b\")",
    "{}",
)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("target", SCHEMES)
def test_link_of_another_scheme_is_none(form: str, target: str) -> None:
    assert faults(rendered(form.format(*[target] * form.count("{}")))) == []


@pytest.mark.parametrize("target", SCHEMES)
@pytest.mark.parametrize("form", ["![x]({})", "![x][id]\n\n[id]: {}", "![x](https://x.example/i.jpg){{src={}}}"])
def test_picture_of_another_scheme_is_none(form: str, target: str) -> None:
    try:
        html = rendered(form.format(target))
    except MarkdownError as error:
        html = ""
        assert "is not there" in str(error)  # noqa: PT017 - either is right

    assert faults(html) == []


@pytest.mark.parametrize(
    "source",
    [
        "Text\n{onclick=canary() style='color: red' class=note id=here lang=fi}",
        "# Title {onclick=canary() .note #here style=x}",
        "[x](https://x.example){target=_blank onmouseover=canary() style=x}",
        "![x](https://x.example/i.jpg){onerror=canary() onload=canary() style=x is=x}",
        "- item {onclick=canary()}",
        "*x*{onclick=canary()} **y**{style=x} `z`{onfocus=canary() contenteditable autofocus}",
        "| a | b |\n|---|---|\n| c {onclick=canary() style='x:y'} | d |",
        "> quote\n{: onclick=canary() }",
        "```{.python #here onclick=canary() style=x}\ncode\n```",
        '```{.python a><script>canary()</script>=1 "onclick"=x}\ncode\n```',
        "``` { data-x=1 srcdoc=x }\ncode\n```",
        "~~~~{.x onmouseover='canary()'}\ncode\n~~~~",
        "Text[^1]{onclick=canary()}\n\n[^1]: Note {onclick=canary()}",
        "[TOC]\n{onclick=canary()}\n\n## Title {#a onclick=canary()}",
        "Text {formaction=javascript:canary() action=x background=x xlink:href=x srcdoc=x}",
        "Text { : onclick\u00a0=canary() on\u0000click=x }",
    ],
)
def test_attributes_that_act_or_style_are_dropped(source: str) -> None:
    assert faults(rendered(source)) == []


def test_class_id_and_language_stay() -> None:
    assert (
        rendered("Ensin pesu.\n{.note .wide #pesu lang=fi}")
        == '<p class="note wide" id="t:pesu" lang="fi">Ensin pesu.</p>'
    )
    assert rendered('Text\n{class="a 1b c<d <script>"}') == '<p class="a">Text</p>'


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("[x](https://x.example/?a=1&b=2)", '<p><a href="https://x.example/?a=1&amp;b=2" rel="noopener">x</a></p>'),
        ("[x](mailto:a@shop.example)", '<p><a href="mailto:a@shop.example">x</a></p>'),
        ("[x](tel:+358190000000)", '<p><a href="tel:+358190000000">x</a></p>'),
        ("[x](#size)", '<p><a href="#t:size">x</a></p>'),
        ("<https://x.example>", '<p><a href="https://x.example" rel="noopener">https://x.example</a></p>'),
        ("<a@shop.example>", '<p><a href="mailto:a@shop.example">a@shop.example</a></p>'),
        ("[x](product:rope-ring)", '<p><a href="/products/rope-ring/">x</a></p>'),
        ("[x][r]\n\n[r]: product:rope-ring", '<p><a href="/products/rope-ring/">x</a></p>'),
        ("[x](post:spring)", "<p><span>x</span></p>"),
    ],
)
def test_good_link_leads_where_it_says(source: str, html: str) -> None:
    assert rendered(source, links={"product:rope-ring": "/products/rope-ring/", "post:spring": ""}) == html


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("[x](product:none)", 'the link "product:none" leads nowhere'),
        ("[x](/none/)", 'the link "/none/" leads nowhere'),
        ("![](product:none)", 'the picture "product:none" is not there'),
        ("![x](media/none.jpg)", 'the picture "media/none.jpg" is not there'),
    ],
)
def test_reference_that_nobody_looked_up_is_an_error(source: str, message: str) -> None:
    with pytest.raises(MarkdownError, match=re.escape(message)):
        rendered(source)


def test_picture_has_its_sizes_and_a_caption() -> None:
    html = rendered('![Ring on a hand](media/a.jpg "Size 17")', pictures={"media/a.jpg": PICTURE})

    assert html == (
        '<figure><img alt="Ring on a hand" decoding="async" height="900" loading="lazy" '
        'sizes="(min-width: 1024px) 680px, 100vw" src="/media/a-720.x.jpg" '
        'srcset="/media/a-320.x.webp 320w, /media/a-720.x.webp 720w" width="1600">'
        "<figcaption>Size 17</figcaption></figure>"
    )


@pytest.mark.parametrize(
    ("source", "html"),
    [
        (
            "Before\n\n![](product:rope-ring)\n\nAfter",
            '<p>Before</p>\n<div class="embed">[Rope ring]</div>\n<p>After</p>',
        ),
        ("- ![](product:rope-ring)\n- two", "<ul>\n<li>[Rope ring]</li>\n<li>two</li>\n</ul>"),
        (
            "![](product:rope-ring)\n\n![](product:rope-ring)",
            '<div class="embed">[Rope ring]</div>\n<div class="embed">[Rope ring]</div>',
        ),
        ("`![](product:rope-ring)`", "<p><code>![](product:rope-ring)</code></p>"),
        ("> ![](product:rope-ring)", '<blockquote>\n<div class="embed">[Rope ring]</div>\n</blockquote>'),
    ],
)
def test_product_stands_as_a_card(source: str, html: str) -> None:
    assert rendered(source, cards={"product:rope-ring": CARD}) == html


@pytest.mark.parametrize(
    ("source", "html"),
    [
        (
            "Next to the ![](product:rope-ring), or",
            '<p>Next to the <a href="/products/rope-ring/">Rope ring</a>, or</p>',
        ),
        ("# Wear ![it](product:rope-ring)", '<h1 id="t:wear">Wear <a href="/products/rope-ring/">it</a></h1>'),
        (
            "[![](product:rope-ring)](https://x.example)",
            '<p><a href="https://x.example" rel="noopener"><span>Rope ring</span></a></p>',
        ),
    ],
)
def test_product_within_a_line_is_a_link(source: str, html: str) -> None:
    assert rendered(source, cards={"product:rope-ring": CARD}) == html


def test_table_scrolls_by_itself_and_is_aligned_without_styles() -> None:
    assert rendered("| Size | mm |\n|:--|--:|\n| M | 54 |") == (
        '<div aria-label="Size, mm" class="table" role="region" tabindex="0"><table>\n'
        '<thead>\n<tr>\n<th class="align-left">Size</th>\n<th class="align-right">mm</th>\n</tr>\n</thead>\n'
        '<tbody>\n<tr>\n<td class="align-left">M</td>\n<td class="align-right">54</td>\n</tr>\n</tbody>\n'
        "</table></div>"
    )


def test_footnote_leads_there_and_back() -> None:
    soup = BeautifulSoup(rendered("Text[^a].\n\n[^a]: Note."), "html.parser")

    assert [link["href"] for link in soup.find_all("a")] == ["#t:fn:a", "#t:fnref:a"]
    assert {str(each["id"]) for each in soup.find_all(id=True)} == {"t:fn:a", "t:fnref:a"}


def test_contents_are_the_second_level_headings() -> None:
    renderer.start_page()
    links = renderer.contents(Text(source="# One\n\n## Two & <b>\n\n### Three\n\n## Four {#own}\n\n## Two & <b>"))

    assert [(link.text, link.href) for link in links] == [
        ("Two & <b>", "#t:two-b"),
        ("Four", "#t:own"),
        ("Two & <b>", "#t:two-b_1"),
    ]


def test_line_of_text_has_no_paragraph_around_it() -> None:
    assert renderer.inline("**Three** wires, [twisted](/guides/) by `hand`.") == (
        '<strong>Three</strong> wires, <a href="/guides/">twisted</a> by <code>hand</code>.'
    )


# Inputs on which Markdown engines were slow or died (research/reliability.md, 2), and their like.
NASTY = {
    "open brackets": "[" * 20_000,
    "open tags": "<a " * 20_000,
    "open pictures": "![[]()" * 5_000,
    "spaces after a fence": "```" + " " * 8_000 + "x",
    "nested lists": "\n".join("  " * depth + "- x" for depth in range(600)),
    "deep lists": "\n".join("    " * depth + "- x" for depth in range(300)),
    "nested quotations": ">" * 5_000 + " x",
    "rising backticks": "".join("`" * length + " " for length in range(1, 400)),
    "one long run of backticks": "`" * 50_000 + " x",
    "stars": "*" * 20_000,
    "open emphasis": "**a " * 10_000,
    "underscores": "_a" * 20_000,
    "open links": "[a](" * 10_000,
    "nested links": "[" * 3_000 + "a" + "](b)" * 3_000,
    "footnotes": "".join(f"x[^{number}] " for number in range(3_000)),
    "cells": "|a" * 5_000 + "\n" + "|-" * 5_000 + "\n" + "|b" * 5_000,
    "ampersands": "&#" * 20_000,
    "backslashes": "\\" * 50_000,
    "definitions": "[a]:\n" * 10_000,
    "hashes": "#" * 50_000,
    "braces": "x {" + "{:" * 20_000,
    "attributes": "x {" + ".a " * 20_000 + "}",
    "comments": "<!--" * 20_000,
    "lines": "a\n" * 50_000 + "===",
    "items": "- a\n" * 20_000,
    "titles": '[a](b "' * 10_000,
}


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_text_is_stopped_though_the_first_stop_is_lost() -> None:
    class Slow:
        def __del__(self) -> None:  # what is raised in here is lost
            spend(0.3)

    def spend(seconds: float) -> None:
        started = time.process_time()
        while time.process_time() - started < seconds:
            pass

    def work() -> None:
        Slow()
        spend(3)

    with pytest.raises(TooLongError), limited(0.2):
        work()


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # hypothesis listens to the collector
@pytest.mark.parametrize("name", NASTY)
def test_nasty_text_ends_in_time(name: str) -> None:
    started = time.process_time()
    try:
        html = rendered(NASTY[name])
    except MarkdownError as error:
        html = ""
        assert re.search("takes longer than 2 s|nested too deep|leads nowhere|is not there", str(error))  # noqa: PT017

    assert time.process_time() - started < 15  # without the limit it would be minutes
    assert faults(html) == []


@pytest.mark.parametrize("name", NASTY)
def test_references_of_a_nasty_text_are_found_at_once(name: str) -> None:
    started = time.process_time()
    find_references(NASTY[name] + "\n\n[x](product:y)")

    assert time.process_time() - started < 15  # without the limit it would be minutes


DEEP = "\n".join("    " * depth + "- x" for depth in range(300))


@pytest.mark.slow
@pytest.mark.parametrize("nasty", [DEEP, "![[]()" * 5_000, "[x](/none/)"])
def test_text_after_one_that_failed_is_right(nasty: str) -> None:
    fresh = MarkdownRenderer()
    with pytest.raises(MarkdownError):
        fresh.parts(Text(source=nasty))

    assert "".join(part.html for part in fresh.parts(Text(source="One\n\nTwo\n\n- a\n\n    b"))) == (
        "<p>One</p>\n<p>Two</p>\n<ul>\n<li>\n<p>a</p>\n<p>b</p>\n</li>\n</ul>"
    )


def test_mistake_of_a_text_names_its_line_and_field(make_shop: MakeShop) -> None:
    shop = make_shop(
        FIVE
        | {
            "content/guides/deep.md": f"---\ntitle: Deep\n---\n{DEEP}\n",
            "content/products/deep.yaml": "name: Deep\nprice: 1.00\nquestions:\n  - question: How?\n    answer: |\n"
            + "".join(f"      {line}\n" for line in f"First.\n\n{DEEP}".splitlines()),
        }
    )

    with pytest.raises(RenderError) as found:
        shop.build()
    assert [str(problem) for problem in found.value.problems] == [
        "content/guides/deep.md:4: the text is nested too deep to be rendered",
        "content/products/deep.yaml:5: questions.0.answer: the text is nested too deep to be rendered",
    ]


def test_unknown_reference_names_file_and_line(make_shop: MakeShop) -> None:
    shop = make_shop(FIVE | {"content/guides/care.md": "---\ntitle: Care\n---\nText.\n\n![](product:rope-rng)\n"})

    with pytest.raises(ContentError) as found:
        shop.build()
    assert str(found.value) == 'content/guides/care.md:6: no product "rope-rng", did you mean "rope-ring"?'


def test_template_signs_in_texts_stay_text(make_shop: MakeShop) -> None:
    signs = "{{ 7+7 }} {% include x %} {# note #} ${7+7}"
    body = f"---\ntitle: '{signs}'\nsummary: '{signs}'\n---\n{signs}\n\n![](product:rope-ring)\n"
    shop = make_shop(FIVE | {"site.yaml": SITE + f"notice: '{signs}'\n", "content/guides/signs.md": body})
    shop.build()

    page = shop.html("guides/signs/index.html")
    assert page.h1 is not None
    assert page.h1.get_text(strip=True) == signs
    assert page.get_text().count(signs) >= 4


def test_card_in_a_list_and_twice_keeps_the_page_whole(make_shop: MakeShop) -> None:
    body = "---\ntitle: Cards\n---\n- ![](product:rope-ring)\n- ![](product:plain-band)\n\n![](product:rope-ring)\n"
    shop = make_shop(FIVE | {"content/guides/cards.md": body})
    shop.build()

    cards = shop.html("guides/cards/index.html").select(".prose .embedded-product")
    assert [card["aria-label"] for card in cards] == ["Rope ring", "Plain band", "Rope ring"]
    assert [card.parent.name for card in cards if card.parent] == ["li", "li", "div"]


# What loading finds must be what rendering meets: else a good text is refused, or a bad one found out too late.


class _Recorder(Treeprocessor):
    """What a text links to and shows, as the engine itself reads it."""

    found: frozenset[tuple[str, bool]] = frozenset()

    def run(self, root: Element) -> None:
        links = {(element.get("href", ""), False) for element in root.iter("a")}
        pictures = {(element.get("src", ""), True) for element in root.iter("img")}
        self.found = frozenset(each for each in links | pictures if not each[0].startswith("#fn"))


def met(source: str) -> frozenset[tuple[str, bool]]:
    """Return (target, whether it is a picture) of everything that the engine meets in a text."""
    shop, engine = python_markdown.make_markdown()
    recorder = _Recorder(engine)
    engine.treeprocessors.register(recorder, "recorder", -50)
    shop.tree.text = Text(source=source)
    with suppress(MarkdownError):
        engine.convert(source)
    return recorder.found


def found_in(source: str) -> frozenset[tuple[str, bool]]:
    found = find_references.__wrapped__(source)  # not what is remembered of an earlier test
    return frozenset((each.target, each.picture) for each in found)


REFERENCES = (
    "    [a](product:b)",
    "Text\n\n    [a](product:b)\n\nText",
    "Text\n    [a](product:b)",
    "\t[a](product:b)",
    "- item\n\n    [a](product:b)",
    "1. item\n\n        [a](product:b)",
    "\\[a](product:b)",
    "\\![a](product:b)",
    "`[a](product:b)`",
    "`` ` [a](product:b) ``",
    "``[a](product:b)`",
    "`a\n\n[x](product:y) `b",
    "[a](product:b",
    "[a](product:b(c)",
    "[a](product:b(c))",
    "[a](product:b\\)c)",
    "[a](product:b\\_c)",
    "[a] (product:b)",
    '[a](product:b "title")',
    "[a](product:b 'title')",
    "[a](product:b c)",
    "[a]( product:b )",
    "[a](\nproduct:b)",
    "[a](<product:b>)",
    "[a](<product:b c>)",
    "[a](product:b#c)",
    "[![x](media/i.jpg)](product:b)",
    "[a [b](product:c)](product:d)",
    "[a [b](product:c)",
    "[a[b[c]d]e](product:f)",
    "[a\nb](product:c)",
    "[](product:b)",
    "![](product:b)",
    "![a](media/a b.jpg)",
    "![a](<media/a b.jpg>)",
    "[a][b]\n\n[b]: product:c",
    "[b]\n\n[b]: <product:c> 'T'",
    "[B][]\n\n[b]:\n  product:c",
    "![x][b]\n\n[b]: media/i.jpg",
    "![b] [b]\n\n[b]: media/i.jpg",
    "[b]: product:c",
    "```\n[a](product:b)\n```",
    "```\n[a](product:b)",
    "```\n[a](product:b)\n````",
    "~~~ python\n[a](product:b)\n~~~",
    "- ```\n  [a](product:b)\n  ```",
    "> [a](product:b)",
    "| a |\n|---|\n| [a](product:b) |",
    "Text[^1]\n\n[^1]: [a](product:b)",
    "[a](product:b){.c}",
    "# [a](product:b)",
    '<a href="product:b">x</a>',
    "<!-- [a](product:b) -->",
    "[a](product:b)[c](product:d)",
    "**[a](product:b)**",
    "[a](#x) [b]()",
    '[x](product:b "a) or b)")',
    '[x](product:b "a(b")',
    '[x](product:b "a"b")',
    "[x](product:b 'it's) a')",
    '[x](product:b\n"a)\nb")',
    '[x](product:b"t)")',
    '[x](product:b "a) [c](product:d)")',
    '[x](product:b "![i](media/i.jpg)")',
    '[x](product:b "a) b) (see [c](product:d)',
    '[a](product:b) it\'s (so [c](product:d "x")',
    '![x](media/i.jpg "a) b")',
    '![i](media/i.jpg "see [c](product:d)")',
    '[![i](media/i.jpg "a) b")](product:b "c) d")',
    '[x](<product:b> "a) b")',
    "[x](<product:b> c)",
    "[x][a\nb]\n\n[a b]: product:d",
    "[a \n b][]\n\n[a b]: product:d",
    "[x]\n[a  b]\n\n[ a b ]: product:d",
    "[x][a b]\n\n[a\nb]: product:d",
    "> `[x](product:y)`",
    "> `a\n> [x](product:y)`",
    "text `a\n> [x](product:y)`",
    ">     [x](product:y)",
    "> text\n>\n>     [x](product:y)",
    "> > a\n> >\n> >     [x](product:y)",
    "> - a\n>\n>     [x](product:y)",
    "1. a\n\n    > `[x](product:y)`",
    "> ~~~\n> [x](product:y)\n> ~~~",
    "> [x](product:y 'a\n> b)')",
    "> [x][a\n> b]\n>\n> [a b]: product:d",
)


@pytest.mark.parametrize("source", REFERENCES)
def test_loading_finds_what_rendering_meets(source: str) -> None:
    assert found_in(source) == met(source)


@given(st.lists(st.sampled_from((*REFERENCES, "Text", "- item", "# Title", "")), min_size=2, max_size=4))
@settings(max_examples=300, deadline=None)
def test_loading_finds_what_rendering_meets_in_several_blocks(blocks: list[str]) -> None:
    source = "\n\n".join(blocks)

    assert met(source) <= found_in(source)


def test_references_in_quotations_have_their_lines() -> None:
    text = "Say\n> one\n> [a](product:b)\n>\n> > `[no](product:no)`\n> > [c](product:d)\n\n>     [no](product:no)\n"

    assert find_references(text) == (Reference("product:b", 3), Reference("product:d", 6))


@pytest.mark.parametrize("name", ["quote", "title"])
def test_links_in_odd_places_are_checked_and_shown(make_shop: MakeShop, name: str) -> None:
    texts = {
        "quote": "> `[x](product:no)`\n>\n>     [y](product:no)\n",
        "title": '[x](product:plain-band "a) or b)")\n',
    }
    shop = make_shop(FIVE | {"content/guides/odd.md": f"---\ntitle: Odd\n---\n{texts[name]}"})
    shop.build()
    prose = shop.html("guides/odd/index.html").select(".prose")[0]

    assert [code.get_text().strip() for code in prose.select("code")] == (
        ["[x](product:no)", "[y](product:no)"] if name == "quote" else []
    )
    assert [(link["href"], link.get("title")) for link in prose.select("a")] == (
        [("/products/plain-band/", "a) or b)")] if name == "title" else []
    )


def test_references_have_their_lines() -> None:
    text = "One [a](product:b)\ntwo ![](product:c)\n\n```\n[no](product:no)\n```\n\n- x\n- [d](guide:e) and\n  [f][g]\n\n[g]: page:h\n"

    assert find_references(text) == (
        Reference("product:b", 1),
        Reference("product:c", 2, picture=True),
        Reference("guide:e", 9),
        Reference("page:h", 12),
    )


_SIGNS = st.text(st.sampled_from("ab12 \n\n\t()[]<>{}!*_`~#-+.:=\"'&;\\/|^$%@,?\u00a0\u2028"), max_size=60)
_PIECES = st.sampled_from(
    [
        *(
            "[x](",
            ")",
            "![",
            "](",
            "[id]",
            "[id]: ",
            "[^1]",
            "[^1]: ",
            "<",
            ">",
            "&#106;",
            "&colon;",
            "javascript:",
            "data:",
        ),
        *(
            "canary()",
            "onclick=",
            "style=",
            "href=",
            "{",
            "}",
            "{: ",
            "```",
            "```{",
            "~~~\n",
            "`",
            "| a |\n|---|\n",
            "\n\n",
        ),
        *(
            "    ",
            "- ",
            "1. ",
            "# ",
            "## ",
            "> ",
            "[TOC]",
            "**",
            "_",
            '"',
            "'",
            "=",
            "https://x.example",
            "mailto:a@b.fi",
        ),
        *(
            "<script>",
            "</script>",
            "<img src=x onerror=canary()>",
            "\u0002",
            "\u0003",
            "wzxhzdk:0",
            "klzzwxh:0001",
            "\\",
        ),
    ]
)


@pytest.mark.slow
@given(st.one_of(st.text(), _SIGNS, st.lists(_PIECES | _SIGNS, max_size=12).map("".join)))
@settings(max_examples=1500, deadline=None)
def test_no_text_makes_more_than_harmless_html(source: str) -> None:
    targets = {found.target: "/found/" for found in find_references(source)}
    try:
        html = rendered(source, links=targets)
    except MarkdownError:
        html = ""

    assert faults(html) == []
    assert faults(f"<p>{renderer.inline(re.sub(r'[!/:]', '', source))}</p>") == []


@pytest.mark.skipif(not DATA.is_dir(), reason="the real texts of ../shared/data are not here")
def test_real_texts_are_rendered_safely() -> None:
    texts = [path.read_text(errors="replace") for path in sorted(DATA.rglob("*")) if path.is_file()]
    assert len(texts) > 200
    good = 0
    for text in texts:
        body = re.sub(r"\A---[ \t]*\n.*?^(?:---|\.\.\.)[ \t]*\n", "", text, flags=re.DOTALL | re.MULTILINE)
        found = find_references(body)
        links = {each.target: "/found/" for each in found if not each.picture}
        pictures = {each.target: PICTURE for each in found if each.picture}
        try:
            assert faults(rendered(body, links=links, pictures=pictures)) == []
            good += 1
        except MarkdownError:
            continue
    assert good >= len(texts) - 1  # the specification of CommonMark nests what nobody nests


def test_headings_of_every_script_have_ids_that_say_what_they_are() -> None:
    text = Text(source="## 관리 방법\n\n## Näin mitataan\n\n## 3 ways\n\n## 관리 방법\n\n## !")
    renderer.start_page()

    assert [link.href for link in renderer.contents(text)] == [
        "#t:관리-방법",
        "#t:näin-mitataan",
        "#t:3-ways",
        "#t:관리-방법_1",
        "#t:_1",
    ]
