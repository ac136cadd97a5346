"""HTML in texts: shown as text, so the build says where, and what Markdown has for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.shop import SITE, Shop

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
            "write ![words](media/picture.jpg) instead of <img>, two spaces at the end of a line instead of <br>, "
            "[words](address) instead of <a>, **words** instead of <b>"
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
        "site.yaml:13: notice: HTML is shown as text: <br>; write two spaces at the end of a line instead of <br>",
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
    assert found[-1] == "4 more files hold HTML that is shown as text, such as content/blog/p10.md:6"


def test_comment_and_nested_list_are_named(tmp_path: Path) -> None:
    text = "---\ntitle: Care\n---\n<!-- note -->\n\n<ul><li>a</li><li>b</li></ul>\n"

    assert said(tmp_path, {"content/guides/care.md": text}) == [
        (
            "content/guides/care.md:4: HTML is shown as text: <!-- -->, <ul>, <li> (2 times); "
            "write lines that begin with - or 1. instead of <ul> and <li>"
        )
    ]
