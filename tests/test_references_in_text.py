"""References in Markdown: what they lead to, on which line, and what is code.

That they are those that a renderer meets is tested in tests/render/test_markdown.py.
"""

from __future__ import annotations

import pytest

from storegen.markdown.links import find_references
from storegen.references import split_reference, text_fragment


@pytest.mark.parametrize(
    ("target", "parts"),
    [
        ("product:rope-ring", ("product", "rope-ring", "")),
        ("product:rope-ring#care", ("product", "rope-ring", "#care")),
        ("product:a:b", ("product", "a:b", "")),
        ("product:", ("product", "", "")),
        ("category:rings/bands", ("category", "rings/bands", "")),
        ("guides", ("guides", "", "")),
        ("guides#top", ("guides", "", "#top")),
        ("track", ("track", "", "")),
        ("track:1", ("unknown", "track:1", "")),
        ("#buy", ("fragment", "", "#buy")),
        ("#a#b", ("fragment", "", "#a#b")),
        ("media/chart.pdf", ("media", "media/chart.pdf", "")),
        ("/media/chart.pdf#page=2", ("media", "media/chart.pdf", "#page=2")),
        ("media", ("unknown", "media", "")),
        ("/rings/", ("address", "/rings/", "")),
        ("/rings/#list", ("address", "/rings/", "#list")),
        ("/", ("address", "/", "")),
        ("//other.example/x", ("unknown", "//other.example/x", "")),
        ("https://other.example/x#y", ("web", "https://other.example/x#y", "")),
        ("http://o", ("web", "http://o", "")),
        ("https://", ("unknown", "https://", "")),
        ("https:other", ("unknown", "https:other", "")),
        ("ftp://other.example", ("unknown", "ftp://other.example", "")),
        ("mailto:a@b.example", ("mail", "mailto:a@b.example", "")),
        ("tel:+3581#2", ("mail", "tel:+3581#2", "")),
        ("mailto", ("unknown", "mailto", "")),
        ("javascript:alert(1)#x", ("unknown", "javascript:alert(1)#x", "")),
        ("", ("unknown", "", "")),
    ],
)
def test_reference_is_split_into_kind_id_and_fragment(target: str, parts: tuple[str, str, str]) -> None:
    assert split_reference(target) == parts


@pytest.mark.parametrize(
    ("name", "fragment"),
    [("care", "t:care"), ("buy", "buy"), ("t:care", "t:care"), (":~:text=a", ":~:text=a"), ("questions", "questions")],
)
def test_fragment_of_a_text_is_kept_apart_from_the_parts_of_the_page(name: str, fragment: str) -> None:
    assert text_fragment(name) == fragment


def test_page_without_such_a_part_has_its_name_free_for_texts() -> None:
    assert text_fragment("buy", ("questions",)) == "t:buy"


def found(text: str) -> list[tuple[str, int, bool]]:
    """Return (target, line, whether it is a picture) of every reference, not as remembered of an earlier test."""
    return [(each.target, each.line, each.picture) for each in find_references.__wrapped__(text)]


@pytest.mark.parametrize(
    ("text", "references"),
    [
        ("", []),
        ("Nothing.", []),
        ("[a](b)", [("b", 1, False)]),
        ("![a](b)", [("b", 1, True)]),
        ("One\n[a](b)\n\n![c](d) and [e](f)", [("b", 2, False), ("d", 4, True), ("f", 4, False)]),
        ("`x` [a](b)\n\n`[no](no)`\n[c](d)", [("b", 1, False), ("d", 4, False)]),
        ("`x\n[no](no)` [a](b)", [("b", 2, False)]),
        ("``a`b`` [a](b) ```c`` d` [no](e)", [("b", 1, False), ("e", 1, False)]),
        ("```\n[no](no)\n```\n[a](b)", [("b", 4, False)]),
        ("~~~\n[no](no)\n```\n[no](no)\n~~~\n[a](b)", [("b", 6, False)]),
        ("```\n[a](b)\n\n~~~\n[no](no)\n~~~\n[c](d)", [("b", 2, False), ("d", 7, False)]),
        ("``` python\n[no](no)\n```  \n[a](b)\n```\n[c](d)", [("b", 4, False), ("d", 6, False)]),
        ("``` {.python}\n[no](no)\n```\n", []),
        ("    [no](no)\n\n[a](b)", [("b", 3, False)]),
        ("- x\n\n    [a](b)\n\n        [no](no)\n\n    [c](d)", [("b", 3, False), ("d", 7, False)]),
        ("- x\n\nText\n\n    [no](no)", []),
        ("[^1]: x\n\n    [a](b)\n\n        [no](no)", [("b", 3, False)]),
        ("\\[a](no) [c](d)", [("d", 1, False)]),
        ("[a](b\\_c) [a](b\\(c)", [("b_c", 1, False), ("b(c", 1, False)]),
        ("[![x](y)](z)", [("z", 1, False), ("y", 1, True)]),
        ("[a [no](no)](b)", [("b", 1, False)]),
        ("[a](b \"t [no](no)\") [c](d 't')", [("b", 1, False), ("d", 1, False)]),
        ("[a]( <b c> 't' ) `x`", [("b c", 1, False)]),
        ("[a](b\n  c) `x`", [("b c", 1, False)]),
        ("[a][x] ![b][X]\n\n[x]: y\n[z]: no", [("y", 3, False), ("y", 3, True)]),
        ("[x][]\n\n[x]:\n  <y> 't'", [("y", 3, False)]),
        ("[a b][]\n\n[A  B]: no\n[a b]: y", [("y", 4, False)]),
        ("[x]: no", []),
        ("`[x]` [y]\n\n[x]: no\n[y]: z", [("z", 4, False)]),
        ("> [a](b)\n> > `x` [c](d)\n\n>     [no](no)\n\n> [e](f)", [("b", 1, False), ("d", 2, False), ("f", 6, False)]),
        (">" * 25 + " [a](b) `x`", [("b", 1, False)]),
        ("```\n[no](no)\n\n[no](no)\n```\n[a](b)", [("b", 6, False)]),
        ("```\nx\n```\n~~~\n[no](no)\n\n[no](no)\n~~~\n[a](b)", [("b", 9, False)]),
        ("> x\n" * 20 + "> [a](b) `y`", [("b", 21, False)]),
        ("1. x\n\n    > y\n    >\n    >     [no](no)\n\n[a](b)", [("b", 7, False)]),
        ("text `x [a](b) `` y", [("b", 1, False)]),
        ("`x` [a](b) `y` [c](d) `[no](no)` [e](f)", [("b", 1, False), ("d", 1, False), ("f", 1, False)]),
        ("`x` `[no](no)` [a](b)", [("b", 1, False)]),
        ('[a](b "![no](no)") `x`', [("b", 1, False)]),
        ('![a](b "c") [d](e) `x`', [("b", 1, True), ("e", 1, False)]),
        ("[a](b)[c](d) `x`", [("b", 1, False), ("d", 1, False)]),
        ("[x][a\nb]\n\n[a b]: y", [("y", 4, False)]),
        ("[a](b) [a](b) `x`", [("b", 1, False), ("b", 1, False)]),
        ("[a](" + "x" * 1990 + ") `x`", [("x" * 1990, 1, False)]),
        ("[a](" + "x" * 2010 + ") `x`", []),
    ],
)
def test_references_of_a_text_have_their_lines(text: str, references: list[tuple[str, int, bool]]) -> None:
    assert found(text) == references


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("A backslash (`\\`) and [a](guide:a)", ["guide:a"]),
        ("`\\` `[a](guide:a)` [b](guide:b)", ["guide:b"]),
        ("\\`[a](guide:a)`", ["guide:a"]),
    ],
)
def test_backslash_in_code_is_only_a_sign(text: str, targets: list[str]) -> None:
    assert [each.target for each in find_references(text)] == targets
