"""The fast path for YAML returns what the parser returns, or leaves the text to it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from storegen.yaml import Blank
from storegen.yaml.fast_path import read_plain
from storegen.yaml.parser import compose
from tests.conftest import ROOT

SHARED = ROOT.parent / "shared"


def agrees(text: str) -> bool:
    """Say whether the fast path reads a text; what it reads must be what the parser reads, in the same order."""
    blanks: list[Blank] = []
    plain = read_plain(text, blanks)
    if plain is not None:
        expected: list[Blank] = []
        assert repr(plain[0]) == repr(compose(text, None, expected))
        assert set(expected) == set(blanks)
    return plain is not None


def texts_below(*folders: Path) -> list[str]:
    """Return the YAML files below folders, and the front matter of the Markdown files."""
    files = [file for folder in folders for file in sorted(folder.rglob("*.y*ml")) if "node_modules" not in file.parts]
    matter = [file for folder in folders for file in sorted(folder.rglob("*.md"))]
    found = [file.read_bytes().decode("utf-8", "replace") for file in files]
    for file in matter:
        parts = file.read_bytes().decode("utf-8", "replace").split("---\n", 2)
        found += [parts[1]] if len(parts) == 3 and not parts[0] else []
    return found


def test_files_of_the_demo_are_read_the_same_and_mostly_fast() -> None:
    texts = texts_below(ROOT / "content", ROOT / "starter", ROOT / "themes", ROOT / "tests")
    fast = sum(map(agrees, texts))
    assert fast > 100
    assert fast < len(texts)


def test_every_product_of_the_demo_is_read_fast() -> None:
    assert all(map(agrees, texts_below(ROOT / "content" / "products")))


@pytest.mark.skipif(not SHARED.is_dir(), reason="the real files of ../shared are not here")
def test_real_files_are_read_the_same() -> None:
    assert sum(map(agrees, texts_below(SHARED))) > 10


CATALOGUE = """\
name: Rope ring 4
price: "132.70"
options:
  Choice: [Clay, Moss]
  Cut: ["a: b", 'it''s, so', plain words, "null", ""]
variants:
  - sku: NB-1
    options:
      Choice: Clay
    stock: "30"
  - sku: NB-2
    stock: 4
tags: [gift]
sizes: {Size: {values: [15, 16 ], guide: ring-size}, none: [], of: {}}
images:
  - {file: media/a.jpg, alt: 'It''s 3:4, "worn"', at: 12:30, web: https://x.example/a#b, role: scale}
  -  [a, {b: [c, "d, e"]} , f ]
"Meta: _key": "1"
Is it 5 mm?: (yes)
note: it's 5 o'clock, isn't it?
summary: 'It''s: "new"'
empty:
# a remark
description: |
  One **line**.

    deeper # no remark
  - LocalizedContent 1.


care: |-
  Wipe it.
end: x
"""


def test_every_kind_of_plain_line_is_read_fast() -> None:
    assert agrees(CATALOGUE)


@pytest.mark.parametrize(
    "text",
    [
        "a: b\na: c\n",
        "a: b # remark\n",
        "a: b\n  c\n",
        "a: b: c\n",
        "a: &x b\n",
        "a: *x\n",
        "a: !!str b\n",
        "a: >\n  folded\n",
        "a: |2\n   x\n",
        "a: |\n\n  x\n",
        "a: {b: ~}\n",
        "a: {b}\n",
        "a: {b: c, b: d}\n",
        "a: {b: c: d}\n",
        "a: {price: 29,90}\n",
        "a: {b:c}\n",
        "a: {b: c\n  }\n",
        "a: {b: [c}]\n",
        "a: {b: c}}\n",
        "a: {b: c} d\n",
        "a: {b: c} # remark\n",
        "a: {b: c,}\n",
        "a: {b: &c d}\n",
        "a: [b: c]\n",
        "a: [b, , c]\n",
        "a: [b] , c\n",
        '"a": b\na: c\n',
        '"<<": b\n',
        "a: [b, null]\n",
        "a:\tb\n",
        "a: - b\n",
        "- a\nb: c\n",
        "a: b\n- c\n",
        "---\na: b\n",
        "a: b\n...\n",
        "%YAML 1.1\n",
        "a\n",
        "",
        "# only a remark\n",
        "a: 'b'c\n",
        'a: "b\\n"\n',
        "a: x\u2028y\n",
        "? a\n: b\n",
        "<<: b\n",
        "a : b\n",
        " a: b\nc: d\n",
    ],
)
def test_lines_that_could_be_mistaken_are_left_to_the_parser(text: str) -> None:
    assert read_plain(text) is None


_SCALARS = (
    ["a", "b c", "it's", '"q"', "'s'", "''", '""', "1", "null", "~", "Null", "x:", "x: y", "x #y", "x#y", "- z", "é", "日本",
     "&a", "*a", "!t", "@", "`", "%", "?", "x? y", "a, b", "https://x.example/a?b=c#d", "22:22", "-5", "", " ", "  ", "/a/",
     "$5", "(a)", "+1", ".5", "=", "<", "<<", "\u00a0", "\t", "\x85", "\ufeff", "\U0001f48d", "# r", '"a\\n"', "x'y", 'x"y"']
)  # fmt: skip
_WORDS = st.sampled_from(
    [*_SCALARS, "[a, b]", "[a,b]", '["a", b]', "['b, c' , d]", '["a": b]', '["a"b]', "['', null]", "[]", "[ a ]", "|", "|-",
     "|+", ">", "{", "}", ","]
)  # fmt: skip
_STARTS = st.sampled_from(
    ["a:", "a: ", "b:", "b: ", "c:  ", "- ", "-  ", "-", "- a: ", "- b:", "", "#", "a b: ", "a-b:", "- - ", "'a': ", '"a": ',
     '"a: b":', "é: ", "1: ", "a?: ", "x, y: ", "<<: "]
)  # fmt: skip
_SPACES = st.sampled_from(["", "", "", " ", "  "])
_COMMAS = st.sampled_from([", ", ", ", ", ", ",", " , ", "", ", ,"])
_USUAL = st.sampled_from(["a", "b c", "it's", '"q, r"', "'it''s'", '""', "1", "x#y", "22:22", "é", "/a/", "12%"])
_FLOW_KEYS = (
    st.integers(0, 99).map("k {}: ".format)
    | st.integers(0, 99).map("é{}:  ".format)
    | st.sampled_from(["a: ", "b: ", "c: ", "a:", "a :", "", "'a': ", '"a": ', "a?: ", "<<: ", "? a: ", "a, b: "])
)


def bracketed(parts: tuple[str, list[str], str, str]) -> str:
    """Return entries in brackets or braces, which may lack the closing one or have that of the other kind."""
    signs, entries, comma, space = parts
    return f"{signs[0]}{space}{comma.join(entries)}{space}{signs[1:]}"


def enclosing(entries: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Return lists and mappings on one line, most of them well formed."""
    listed = st.tuples(st.sampled_from(["[]"] * 7 + ["[", "[}", "[]]"]), st.lists(entries, max_size=4))
    keyed = st.builds(str.__add__, _FLOW_KEYS, entries)
    mapped = st.tuples(st.sampled_from(["{}"] * 7 + ["{", "{]", "{}}"]), st.lists(keyed, max_size=4))
    return st.tuples(listed | mapped, _COMMAS, _SPACES).map(lambda each: bracketed((*each[0], each[1], each[2])))


_FLOWS = st.recursive(_USUAL | _USUAL | _USUAL | st.sampled_from(_SCALARS), enclosing, max_leaves=8)
_LINE = st.builds(
    lambda depth, start, word: " " * depth + start + word,
    st.sampled_from([0, 0, 0, 1, 2, 2, 3, 4, 4, 6]),
    _STARTS,
    _WORDS | _FLOWS,
)


@pytest.mark.slow
@given(
    st.lists(_LINE, max_size=8).map("\n".join) | st.lists(_LINE, max_size=6).map(lambda each: "\n".join(each) + "\n")
)
@example("a: |\n  x")
@example("a: |\n  x\n ")
@example("a: |\n  x\n   ")
@example("a: |\n  x\n \n  y\n")
@example("a: |\n  x\n   \nb: c")
@example("a:\n- b\n- c: d\n  e: f\n")
@settings(max_examples=1500, deadline=None)
def test_any_lines_are_read_as_the_parser_reads_them(text: str) -> None:
    agrees(text)


@pytest.mark.slow
@given(
    st.sampled_from(["a: ", "- ", "- a: "]) | _STARTS,
    enclosing(_FLOWS),
    st.sampled_from(["", "\n", "\n", "\nb: c\n", " ", " # r", " x", "\n  x"]),
)
@example("a: ", "{price: 29,90}", "\n")
@example("- ", "{a: b, c: {d: [e, 'f']}}", "\n")
@example("a: ", "[]", "")
@example("a: ", "[[a]]", "")
@settings(max_examples=2000, deadline=None)
def test_any_brackets_and_braces_are_read_as_the_parser_reads_them(start: str, flow: str, end: str) -> None:
    agrees(f"{start}{flow}{end}")


def test_many_levels_of_brackets_are_left_to_the_parser() -> None:
    assert agrees(f"a: {'[' * 8}x{']' * 8}\n")
    assert read_plain(f"a: {'[' * 70}x{']' * 70}\n") is None


@pytest.mark.parametrize("length", [500, 501, 1023, 1024, 1025])
def test_a_long_key_is_read_as_the_parser_reads_it(length: int) -> None:
    for key in ("x" * length, '"' + "x" * (length - 2) + '"'):
        fast = read_plain(f"{key}: a\n")
        flow = read_plain(f"a: {{{key}: a}}\n")
        if length > 1024:
            assert fast is None
            assert flow is None
        elif fast is not None:
            assert agrees(f"{key}: a\n")


@pytest.mark.slow
@given(st.data(), st.sampled_from(CATALOGUE.split("\n")))
@settings(max_examples=1000, deadline=None)
def test_any_small_change_is_read_as_the_parser_reads_it(data: st.DataObject, line: str) -> None:
    place = data.draw(st.integers(0, len(CATALOGUE)))
    end = data.draw(st.integers(place, min(len(CATALOGUE), place + 4)))
    cut = data.draw(st.integers(end, len(CATALOGUE)) | st.just(len(CATALOGUE)))
    put = data.draw(st.text(st.sampled_from(" \n:-#'\"|>[]{},&*!?~%@`\tab1é"), max_size=3) | st.just(line))
    agrees(CATALOGUE[:place] + put + CATALOGUE[end:cut])
