"""Marks that pages show as they stand: the build says where they are, and what to write instead."""

from __future__ import annotations

from pathlib import Path

import pytest

from storegen.build import Options, check
from storegen.theme.loading import load_theme
from tests.conftest import ROOT
from tests.shop import NOW, SITE, Shop

RINGS = {"content/categories/rings.yaml": "name: Rings\n"}
POST = """\
---
title: From the old blog
date: 2024-01-01
---

<div class="hero"><img src="/assets/a.jpg" alt="A ring"></div>

<iframe src="https://video.example/embed/1"></iframe>

Text with <span style="color:red">red</span> words,<br/> a <a href="/old/">link</a> and <B>bold</B><br>
"""


def said(folder: Path, files: dict[str, str]) -> list[str]:
    shop = Shop(folder, {**RINGS, **files})
    first = shop.build().warnings
    assert shop.build().warnings == first
    return [each for each in first if "HTML" in each]


def test_html_is_named_once_a_file_with_what_markdown_has_for_it(tmp_path: Path) -> None:
    assert said(tmp_path, {"content/blog/old.md": POST}) == [
        (
            "content/blog/old.md:6: HTML is shown as text: <div>, <img>, <iframe>, <span>, <br> (2 times), <a>, <b>; "
            "write nothing instead of <div> and <span>, ![words](media/picture.jpg) instead of <img>, "
            "[words](address) instead of <iframe> and <a>, a backslash (\\) at the end of the line instead of <br>, "
            "**words** instead of <b>"
        )
    ]


def test_html_of_word_is_named(tmp_path: Path) -> None:
    text = "---\ntitle: Care\n---\nText<o:p></o:p> <st1:place>Turku</st1:place></p>\n"

    assert said(tmp_path, {"content/guides/care.md": text}) == [
        (
            "content/guides/care.md:4: HTML is shown as text: <o:p>, <st1:place>, <p>; "
            "write nothing instead of <o:p> and <st1:place>, a blank line instead of <p>"
        )
    ]


def test_html_of_fields_is_named_with_its_field_and_line(tmp_path: Path) -> None:
    files = {
        "content/products/band.yaml": (
            "name: Band\nprice: 1.00\ncategory: rings\nsummary: Fine\ndescription: |\n  Text.\n\n  - a <em>b</em>\n"
        ),
        "content/pages/about.md": "---\ntitle: About\nsummary: x <strong>y</strong>\n---\nText.\n",
        "site.yaml": SITE + "notice: Closed<br>today\n",
    }

    assert said(tmp_path, files) == [
        "content/pages/about.md:3: summary: HTML is shown as text: <strong>; write **words** instead of <strong>",
        "content/products/band.yaml:8: description: HTML is shown as text: <em>; write *words* instead of <em>",
        (
            "site.yaml:13: notice: HTML is shown as text: <br>; "
            "write a backslash (\\) at the end of the line instead of <br>"
        ),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "`<br>` and ``<b> `x` </b>``",
        "```\n<div>\n```",
        "~~~html\n<div>\n~~~",
        "Text.\n\n    <div>code</div>\n\nText.",
        "<https://shop.example> <a@shop.example> <mailto:a@shop.example>",
        "3 <5, a<b, <3, a <name> or <size>",
        "&lt;b&gt;",
    ],
)
def test_code_and_what_is_no_html_is_not_named(tmp_path: Path, text: str) -> None:
    assert said(tmp_path, {"content/guides/care.md": f"---\ntitle: Care\n---\n{text}\n"}) == []


def test_many_files_are_counted(tmp_path: Path) -> None:
    found = said(tmp_path, {f"content/blog/p{number:02}.md": POST for number in range(14)})

    assert len(found) == 11
    assert found[-1] == "4 more files contain HTML that is shown as text, such as content/blog/p10.md:6"


def test_nested_list_is_named_and_a_comment_is_not(tmp_path: Path) -> None:
    text = "---\ntitle: Care\n---\n<!-- a <b>note</b> -->\n\n<ul><li>a</li><li>b</li></ul>\n"

    assert said(tmp_path, {"content/guides/care.md": text}) == [
        (
            "content/guides/care.md:6: HTML is shown as text: <ul>, <li> (2 times); "
            "write lines that begin with - or 1. instead of <ul> and <li>"
        )
    ]


def warned(folder: Path, body: str) -> list[str]:
    """Return the warnings about a guide, without its file. They are the same in a second build and in a check."""
    shop = Shop(folder, {**RINGS, "content/guides/care.md": f"---\ntitle: Care\n---\n{body}"})
    first = shop.build().warnings
    assert shop.build().warnings == first
    place = "content/guides/care.md:"
    found = [each.removeprefix(place) for each in first if each.startswith(place)]
    assert check(Options(folder, jobs=1, now=NOW)).warnings == first
    return found


@pytest.mark.parametrize(
    ("body", "warnings"),
    [
        ("a\n\n```js\nx", ["6: the code has no end; write ``` on a line of its own below it"]),
        ("a <!-- b\n\nc", ["4: the comment has no end; write -->"]),
        ("Wear [it](page:about", ["4: the link has no end; write [words](address)"]),
        ("a\n[it] (https://x.fi)", ["5: expected no space between ] and (; write [words](address)"]),
        ("One\n**two three", [r"5: ** has no end; write **words**, or \*\* to show asterisks"]),
        ("~~old", [r"4: ~~ has no end; write ~~words~~, or \~\~ to show the signs"]),
        (
            "| a | b |\n|---|---|\n| 1 |\n| 1 | 2 | 3 |",
            ["6: expected 2 cells, as in the first row of the table; found 1 (1 more in this text)"],
        ),
        ("| a | b |\n|---|\n", ["5: expected 2 cells, as in the first row of the table; found 1"]),
        ("| a | b |\n| 1 | 2 |", ["4: a table needs a second row of hyphens; write | --- | --- | below its first row"]),
        ("a\n\n# Title\n", ['6: the title is already the main heading of the page; write "## words"']),
        ("Title\n=====\n", ['4: the title is already the main heading of the page; write "## words"']),
        ("##Care\n", ['4: expected a space after the # signs of a heading; write "## words"']),
        ("Text {.note} more", ['4: "{.note}" has no effect here; write it alone on the last line of a paragraph']),
        (
            "Text.\n{.note width=3}",
            ['5: "width=" has no effect; braces may contain a class (.name), an id (#name) and lang='],
        ),
        ("Text.\n{.warning}", ['5: the class "warning" has no effect; the theme knows note, caution, trouble, aside']),
        ("• a\n• b", ['4: "•" does not begin a list; write "- words" (1 more in this text)']),
    ],
)
def test_marks_that_visitors_would_see_are_named(tmp_path: Path, body: str, warnings: list[str]) -> None:
    assert warned(tmp_path, body) == warnings


@pytest.mark.parametrize(
    "body",
    [
        "Text.\n{.note}\n\n## Care {#care .aside}\n\n**a**{.note} [b](https://x.fi){lang=fi}\n",
        "| a |\n|---|\n| b {.note} |\n\nA {name} and {1}.\n",
        "{a} **`a`**: b and **\\_c**: d, ~~`e`~~: f\n",
        "19,90 €** and 2 ** 3, 5**, \\*\\*a, `**a`, **a** ***b*** **c *d***\n",
        "[sic] (see below) \\[a](b, `[a](b`, [a]\n",
        "a | b\n\n• a\n\n#tag\n#1 in tests\n\n3~5, a ~~ b\n",
        "````\n```\n# a\n<div>\n````\n",
        "| a | `b|c` |\n|---|---|\n| a\\|b | c |\n",
    ],
)
def test_what_is_shown_as_it_is_meant_is_not_named(tmp_path: Path, body: str) -> None:
    assert warned(tmp_path, body) == []


def test_class_of_the_shops_own_style_has_an_effect(tmp_path: Path) -> None:
    files = {
        **RINGS,
        "themes/default/styles/own.css": "@layer components { .prose .warning { color: red } }\n",
        "content/guides/care.md": "---\ntitle: Care\n---\nText.\n{.warning}\n\nText.\n{.danger}\n",
    }

    assert [each for each in Shop(tmp_path, files).build().warnings if "class" in each] == [
        'content/guides/care.md:8: the class "danger" has no effect; the theme knows note, caution, trouble, aside'
    ]


def test_callouts_of_the_theme_have_a_style() -> None:
    theme = load_theme(ROOT, "default", ("en",))

    assert [
        name
        for name in theme.settings.callouts
        if f".prose .{name}" not in theme.texts["components/callout/callout.css"]
    ] == []
    assert theme.settings.callouts
